"""The product search through the server, as the browser asks it."""

from __future__ import annotations

from tests.wiring import UPDATE, walk, words


def typed(client, text: str | None, search: str = "?country=USA", path: str = "/products"):
    """Type into the field; gives what stands under it and the sentence that is read out."""
    asked = {
        "output": "..found-products.children...found-count.children..",
        "outputs": [{"id": i, "property": "children"} for i in ("found-products", "found-count")],
        "inputs": [{"id": "find-query", "property": "data", "value": text}],
        "state": [
            {"id": "url", "property": "search", "value": search},
            {"id": "url", "property": "pathname", "value": path},
        ],
        "changedPropIds": ["find-query.data"],
    }
    response = client.post(UPDATE, json=asked)
    assert response.status_code == 200, response.text
    answer = response.get_json()["response"]
    return answer["found-products"]["children"], answer["found-count"]["children"]


def links(found) -> dict[str, str]:
    """The text of each link and where it leads."""
    return {words(node): node["props"]["href"] for node in walk(found) if node["type"] == "Link"}


def test_a_word_gives_links_to_chapters_that_keep_the_choice(client):
    found, count = typed(client, "avocados", "?country=USA&flow=import")
    first, *_rest = links(found).items()
    assert first == (
        "0804.40 · Avocados0804 · Dates, figs, pineapples, avocados, guavas, mangoes and mangosteens, fresh "
        "or dried → Chapter 08 · Edible fruit and nuts; peel of citrus fruit or melons",
        "?reporter=USA&flow=import&product=08",
    )
    assert count == "2 products found"
    assert words(found).endswith("Figures are by chapter.")


def test_a_section_is_found_by_its_name_and_shown_as_one(client):
    found, _count = typed(client, "mineral products")
    assert links(found)["V · Mineral products"] == "?reporter=USA&product=V"


def test_on_the_page_of_tariffs_goods_lead_to_what_they_pay_and_a_section_which_pays_nothing_is_not_named(client):
    found, count = typed(client, "plywood", path="/tariffs")
    assert next(iter(links(found).values())) == "/tariffs?reporter=USA&goods=4412"
    assert count == "2 products found" and "Figures are by chapter" not in words(found)
    assert not any("goods=V" in href for href in links(typed(client, "mineral products", path="/tariffs")[0]).values())


def test_nothing_typed_gives_nothing_and_nothing_found_is_said(client):
    assert typed(client, None) == ([], "")
    assert typed(client, "  ") == ([], "")
    found, count = typed(client, "xyzzyplugh")
    assert words(found) == count and count.startswith("No goods are called that.")


def test_a_misspelling_is_named_and_very_long_texts_are_harmless(client):
    found, count = typed(client, "avacado")
    assert words(found).startswith("Shown for “avocado”:") and count == "Shown for “avocado”: 2 products found"
    assert typed(client, "wine " * 100_000)[1]


def test_an_earlier_code_is_marked(client):
    found, _count = typed(client, "8803")
    assert next(iter(links(found))).startswith("8803 · Parts, of goods of heading 88.01 or 88.02 (an earlier edition")
