"""Shared links: the tags of each address, and the pictures they name."""

from __future__ import annotations

import io
import re
import threading
from html.parser import HTMLParser

import pytest
from PIL import Image

from app import create_app
from callbacks import preview
from callbacks.pages import PAGES, page_name, page_titles
from data.queries import trade
from layouts.document.preview import HEIGHT, WIDTH, question
from layouts.pages import overview
from layouts.view import View
from layouts.wording.text import Text
from tests.callbacks.test_embed import HOSTILE
from tests.choosing import choose, read


class Head(HTMLParser):
    """The tags of a document's head that say something to others."""

    def __init__(self, document: str):
        super().__init__()
        self.said: dict[str, list[str]] = {}
        self.feed(document[: document.index("</head>")])

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "meta" and ("property" in given or "name" in given):
            self.said.setdefault(given.get("property") or given["name"], []).append(given["content"])
        if tag == "link" and given.get("rel") == "canonical":
            self.said.setdefault("canonical", []).append(given["href"])

    def __getitem__(self, name):
        (value,) = self.said[name]
        return value


def head_of(client, address, **more):
    return Head(client.get(address, **more).text)


# ---- Tags ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("query", ["", "?reporter=USA&years=2015-2025&freq=monthly"])
def test_each_address_has_each_tag_once_and_absolute_addresses(client, path, query):
    head = head_of(client, path + query)
    assert head["og:url"] == head["canonical"] == f"http://localhost{path}{query}"
    assert head["og:image"] == f"http://localhost/preview/{page_name(path)}.png{query}"
    assert (head["og:image:width"], head["og:image:height"]) == ("1200", "630")
    assert head["twitter:card"] == "summary_large_image"
    assert head["og:title"].startswith(page_titles(Text())[path]) and head["og:title"].endswith(" – Bilateral")
    assert head["og:image:alt"] == head["og:title"]
    assert 20 < len(head["og:description"]) < 200


def test_an_address_that_spells_the_usual_choice_out_is_the_same_as_one_that_does_not(client):
    spelled = "/trade?utm_source=mail&freq=annual&reporter=USA&partner=MEX&currency=USD&years=1997-2025"
    assert head_of(client, spelled)["canonical"] == "http://localhost/trade?reporter=USA"


def test_the_title_says_what_is_chosen(client):
    head = head_of(client, "/trade?reporter=USA&partner=CAN&years=2010-2024&currency=CAD")
    assert head["og:title"] == "Trade: United States – Canada · 2010–2024 · annual · CAD – Bilateral"


def test_the_description_is_the_finding_of_the_page(client, store, text):
    selection, _rejected = read("?partner=USA")
    said = overview.finding(View(text, selection), trade.headline(store, selection))
    assert head_of(client, "/?partner=USA")["og:description"] == said
    # What Statistics Canada published for 2025, exports and imports added up by hand: 562.7 + 361.8.
    assert "C$924.5 billion in 2025" in said


@pytest.mark.parametrize("address", ["/?partner=CAN", "/trade?partner=CAN", "/tariffs?partner=CAN"])
def test_a_choice_that_leads_nowhere_still_has_a_description(client, address):
    assert head_of(client, address)["og:description"]


def test_every_page_has_a_question_of_its_own(text):
    said = [question(text, path) for path in PAGES]
    assert len(set(said)) == len(PAGES)


def test_an_unknown_address_says_so_and_repeats_nothing_of_it(client):
    response = client.get("/nope?partner=USA")
    head = Head(response.text)
    assert response.status_code == 404
    assert head["og:title"] == "Not found – Bilateral"
    assert head["og:url"] == "http://localhost/"
    assert "nope" not in response.text


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("field", ["country", "years", "around", "utm_source", "theme"])
def test_nothing_hostile_of_a_query_comes_back(client, field, value):
    response = client.get("/trade", query_string={field: value, "partner": "USA"})
    head = Head(response.text)
    # A word of small letters may be the id of an event; only the page can tell. It is still nothing but letters.
    kept = rf"&around={value}" if field == "around" and re.fullmatch(r"[a-z0-9-]+", value) else ""
    assert head["og:url"] == f"http://localhost/trade?partner=USA{kept}"
    assert head["og:image"] == f"http://localhost/preview/trade.png?partner=USA{kept}"
    assert "alert(" not in response.text


@pytest.mark.parametrize("path", ["/<script>alert(1)</script>", '/"><img src=x>', "/trade/%22%3E%3Cscript%3E"])
def test_nothing_hostile_of_a_path_comes_back(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "alert" not in response.text and "<img" not in response.text


def test_a_host_that_would_leave_its_attribute_is_refused_or_escaped(client):
    for host in ('x"><script>alert(1)</script>', "x'onload='alert(1)"):
        response = client.get("/", headers={"Host": host})
        assert response.status_code >= 400 or "<script>alert" not in response.text
        assert "onload='alert" not in response.text


def test_the_place_that_dash_fills_in_cannot_be_named_by_a_query(client):
    assert "{%" not in client.get("/?around={%scripts%}&reporter={%config%}").text


def test_a_forwarded_address_is_believed_only_where_that_is_configured(client, store, text, monkeypatch):
    forwarded = {"X-Forwarded-Host": "figures.example.org", "X-Forwarded-Proto": "https"}
    assert head_of(client, "/", headers=forwarded)["og:url"] == "http://localhost/"
    monkeypatch.setenv(preview.TRUST_PROXY, "1")
    behind = create_app(store, text).server.test_client()
    assert head_of(behind, "/", headers=forwarded)["og:url"] == "https://figures.example.org/"
    assert head_of(behind, "/")["og:url"] == "http://localhost/"


# ---- Cards --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_card_of_the_right_size(client, path):
    response = client.get(f"/preview/{page_name(path)}.png?partner=USA")
    assert (response.status_code, response.mimetype) == (200, "image/png")
    with Image.open(io.BytesIO(response.data)) as card:
        assert card.size == (WIDTH, HEIGHT)
    assert len(response.data) < 60_000
    again = client.get(f"/preview/{page_name(path)}.png", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_no_two_pages_share_a_card():
    cards = [path.read_bytes() for path in preview.CARDS.glob("*.png")]
    assert len(set(cards)) == len(cards) > 8


@pytest.mark.parametrize("name", ["nope", "", "Trade", "trade/", "../cards/trade", "%2e%2e%2fapp", "a" * 3000])
def test_an_unknown_picture_is_404(client, name):
    response = client.get(f"/preview/{name}.png")
    assert response.status_code == 404
    assert "alert" not in response.text


def test_a_page_without_a_card_gets_that_of_the_overview():
    assert preview.card_of("a-page-to-come") == preview.card_of("overview")


# ---- Pictures drawn for the choice --------------------------------------------------------------------------


def served_with(store, text, draw):
    return preview.Previews(store, text, draw)


def test_a_picture_is_drawn_once_and_kept(store, text):
    asked = []
    painter = served_with(store, text, lambda chart: asked.append(chart) or b"picture")
    selection = choose(partner="USA")
    assert [painter("/", selection), painter("/", selection)] == [b"picture"] * 2
    assert painter("/", choose()) == b"picture"
    assert len(asked) == 2
    assert asked[0].name == "flows" and asked[0].figure.layout.meta["title"].startswith("Canada’s goods trade with")


def test_no_more_than_so_many_pictures_are_kept(store, text, monkeypatch):
    monkeypatch.setattr(preview, "PICTURES_KEPT", 2)
    painter = served_with(store, text, lambda chart: b"picture")
    for first in range(2000, 2004):
        assert painter("/", choose(years=(first, 2025))) == b"picture"
    assert len(painter.kept) == 2


def test_while_a_picture_is_drawn_others_are_not_waited_for(store, text):
    begun, go_on = threading.Event(), threading.Event()

    def slow(chart):
        begun.set()
        assert go_on.wait(30)
        return b"picture"

    painter = served_with(store, text, slow)
    results = []
    first = threading.Thread(target=lambda: results.append(painter("/", choose())))
    first.start()
    assert begun.wait(30)
    assert painter("/", choose(partner="USA")) is None
    go_on.set()
    first.join(30)
    assert results == [b"picture"]
    assert painter("/", choose(partner="USA")) == b"picture"


def test_a_picture_that_takes_too_long_is_given_up_on_and_there_the_next_time(store, text, monkeypatch):
    monkeypatch.setattr(preview, "SECONDS", 0.01)
    go_on = threading.Event()
    painter = served_with(store, text, lambda chart: b"picture" if go_on.wait(30) else b"")
    assert painter("/", choose()) is None
    go_on.set()
    painter.worker.shutdown(wait=True)
    assert painter("/", choose()) == b"picture"


def test_a_picture_that_fails_leaves_the_card_and_the_next_may_work(store, text, caplog):
    def fails(chart):
        raise RuntimeError("no browser")

    painter = served_with(store, text, fails)
    assert painter("/", choose()) is None
    assert "could not be drawn" in caplog.text
    painter.draw = lambda chart: b"picture"
    assert painter("/", choose()) == b"picture"


def test_without_a_way_to_draw_there_is_the_card(store, text):
    assert served_with(store, text, None)("/", choose()) is None


def test_the_server_sends_what_was_drawn_and_lets_it_be_kept_a_day(store, text, monkeypatch):
    picture = io.BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), "#C8321E").save(picture, "PNG")
    monkeypatch.setattr(preview, "painter", {"card": lambda chart: picture.getvalue()}.get)
    client = create_app(store, text).server.test_client()
    drawn = client.get("/preview/trade.png?partner=USA")
    assert drawn.data == picture.getvalue() and "max-age=86400" in drawn.headers["Cache-Control"]
    # A page without a chart has its card.
    card = client.get("/preview/events.png")
    assert card.data == preview.card_of("events") and "max-age=300" in card.headers["Cache-Control"]


def test_a_chart_that_a_card_cannot_hold_is_left_to_the_card_of_its_page(store, text):
    asked = []
    previews = served_with(store, text, lambda chart: asked.append(chart.name))
    assert [previews("/tariffs", choose(partner="USA")) for _time in range(2)] == [None, None]
    assert asked == ["tariffs"], "it is tried once"
