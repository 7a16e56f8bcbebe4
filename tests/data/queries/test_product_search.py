"""Goods are found by the words people use, by official names and by codes, and never by a part of another word."""

from __future__ import annotations

import pytest

from data.queries.product_search import code_typed, forms, search, tokens

# What a trade analyst expects to be led to first.
FIRST = {
    "cars": "8703",
    "trucks": "8704",
    "pickup": "870431",
    "beef": "0201",
    "pork": "0203",
    "tomatoes": "0702",
    "avocados": "080440",
    "berries": "0810",
    "lumber": "4407",
    "plywood": "4412",
    "crude oil": "270900",
    "natural gas": "271121",
    "potash": "310420",
    "clothes": "61",
    "shoes": "64",
    "phones": "8517",
    "computers": "8471",
    "wine": "2204",
    "beer": "220300",
    "tequila": "220890",
    "milk": "0401",
    "cheese": "0406",
    "maple syrup": "170220",
    "canola": "1205",
    "lobster": "030632",
    "batteries": "8507",
    "auto parts": "8708",
    "chips": "8542",
    "medicines": "3004",
    "gold": "7108",
    "steel": "72",
}
ONE_AND_THE_SAME = [
    ("aluminium", "aluminum"),
    ("tyres", "tire"),
    ("fertiliser", "fertilizers"),
    ("fibreboard", "fiberboard"),
    ("jewellery", "Jewelry"),
    ("sulphur", "sulfur"),
    ("whisky", "whiskey"),
    ("yoghurt", "yogurts"),
    ("avocado", "avocadoes"),
    ("knife", "knives"),
    ("berry", "berries"),
    ("shoe", "shoes"),
    ("Men's shirts", "mens shirt"),
    ("crème", "CREME"),
]
CODES = {
    "8703": "8703",
    "87.03": "8703",
    "0201.30": "020130",
    "020130": "020130",
    "0201 30": "020130",
    "87": "87",
    "HS 4412": "4412",
    "870": "87",
    "87032": "8703",
    # The national lines of a tariff begin with the subheading.
    "8703.23.01.24": "870323",
    # A subheading that is none leads to its heading, and a heading that is none to its chapter.
    "870399": "8703",
    "0199": "01",
}


def codes(store, typed: str) -> list[str]:
    return [it.code for it in search(store, typed).found]


@pytest.mark.parametrize(("typed", "code"), FIRST.items())
def test_an_everyday_word_leads_first_to_its_goods(store, typed, code):
    assert codes(store, typed)[0] == code


def test_an_answer_names_the_heading_and_the_chapter_of_its_figures(store):
    found = search(store, "avocados").found[0]
    assert (found.code, found.name, found.chapter, found.word) == ("080440", "Avocados", "08", "")
    assert search(store, "tequila").found[0].word == "tequila", "the name says only: other"
    assert found.heading == "Dates, figs, pineapples, avocados, guavas, mangoes and mangosteens, fresh or dried"


@pytest.mark.parametrize("typed", ["wine", "ham", "oil", "tea", "tin", "car", "corn", "hat"])
def test_a_word_is_found_whole_or_as_the_beginning_of_one_and_never_inside(store, typed):
    found = search(store, typed, most=1000).found
    assert found
    for it in found:
        of_it = {form for word in tokens(f"{it.name} {it.heading} {it.word}") for form in forms(word)}
        assert any(form.startswith(typed) for form in of_it), it


def test_wine_leads_to_no_swine_and_no_twine(store):
    found = codes(store, "wine")
    assert "2204" in found and not {"0103", "0203", "5607", "5608"} & set(found)


@pytest.mark.parametrize(("one", "other"), ONE_AND_THE_SAME)
def test_number_and_spelling_make_no_difference(store, one, other):
    assert codes(store, one) == codes(store, other)


@pytest.mark.parametrize(("one", "other"), [("pins", "pine"), ("cans", "cane"), ("cars", "care"), ("gas", "gases!")])
def test_words_that_look_alike_are_told_apart(one, other):
    assert bool(forms(one) & forms(other.rstrip("!"))) is other.endswith("!")


@pytest.mark.parametrize(("typed", "code"), CODES.items())
def test_a_code_is_read_with_and_without_dots(store, typed, code):
    assert codes(store, typed)[0] == code


@pytest.mark.parametrize("typed", ["8", "wine 22", "87-03x", "", "!", "２２", "1234567890123"])
def test_what_is_no_code_is_not_read_as_one(typed):
    assert code_typed(typed) == ""


def test_an_unfinished_code_offers_what_begins_with_it(store):
    assert codes(store, "87032") == ["8703", "870321", "870322", "870323", "870324"]
    assert codes(store, "87")[:3] == ["87", "8701", "8702"]


def test_an_unfinished_word_is_completed_after_whole_ones(store):
    assert codes(store, "avoc")[0] == "080440"
    found = codes(store, "car")
    assert found[0] == "8703"
    assert codes(store, "ca") == [], "two letters would find too much"


def test_a_misspelt_word_is_replaced_and_that_is_said(store):
    answer = search(store, "avacado")
    assert (answer.instead, answer.found[0].code) == ("avocado", "080440")
    assert search(store, "avocado").instead == ""
    assert search(store, "xyzzyplugh") == search(store, "")


def test_words_that_no_goods_share_are_looked_up_one_by_one(store):
    found = codes(store, "cars and avocados")
    assert found[:2] == ["8703", "080440"]


def test_a_code_of_an_earlier_edition_is_found_and_marked(store):
    assert [(it.code, it.earlier) for it in search(store, "8803").found] == [("8803", True)]
    assert not search(store, "8807").found[0].earlier


def test_every_everyday_word_leads_to_codes_that_exist_and_finds_them(store):
    words = store.product_words
    chapters = set(store.product_names.loc[store.product_names["product_scheme"] == "HS2", "product_code"])
    known = chapters | set(store.hs_names["product_code"])
    assert len(words) >= 300
    assert {code for row in words["codes"] for code in row.split()} <= known
    for row in words.itertuples():
        wanted = row.codes.split()
        assert codes(store, row.word)[: len(wanted)] == wanted or set(wanted) <= set(codes(store, row.word)), row.word


def test_no_two_everyday_words_are_the_same_word(store):
    seen: dict[frozenset, str] = {}
    for word in store.product_words["word"]:
        key = frozenset(min(forms(token)) for token in tokens(word))
        assert key not in seen, (word, seen.get(key))
        seen[key] = word


def test_headings_and_subheadings_are_whole(store):
    rows = store.hs_names
    headings = set(rows.loc[rows["product_scheme"] == "HS4", "product_code"])
    subheadings = set(rows.loc[rows["product_scheme"] == "HS6", "product_code"])
    assert {code[:4] for code in subheadings} == set(
        rows.loc[(rows["product_scheme"] == "HS4") & (rows["edition"] == "2022"), "product_code"]
    )
    assert all(code[:2] not in ("77", "98", "99") for code in headings)
    # What a sign of a damaged copy would be: notes of the tariff, codes of other lines, marks of indentation.
    assert not rows["name_en"].str.contains(r"--|For the purposes of|^[^\w“]|the expression|\s{2}|subheadings? ,").any()
