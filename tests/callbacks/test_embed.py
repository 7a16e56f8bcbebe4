"""Charts on their own: what is sent, with which headers, what is said when there is none, and nothing that runs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import brotli
import pytest
from dash import dcc, html

from app import create_app
from callbacks import embed
from callbacks.pages import PAGES
from layouts.charts.registry import chart_of, registry
from layouts.document.embed import embed_code, embed_path, figure_json, frame_height, reasons_of
from layouts.document.markup import markup
from layouts.pages import briefing
from layouts.theme import DARK, LIGHT
from layouts.view import View
from tests.choosing import read
from tests.drawing import charts_of, drawn

QUERIES = [
    "",
    "?partner=USA&product=87&flow=import",
    "?reporter=USA&partner=MEX&product=XVII&freq=monthly",
    "?reporter=MEX&partner=USA",
    "?partner=USA&freq=monthly&reported=both",
]
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    "javascript:alert(1)",
    "../../etc/passwd",
    "trade/../..",
    "%3Cscript%3E",
    "ｔｒａｄｅ",
    "a" * 5000,
]


class Parts(HTMLParser):
    """Tags with their attributes, as a browser reads them."""

    def __init__(self, document: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(document)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def of(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def figure_of(document):
    written = re.search(r'<script type="application/json" id="figure">(.*?)</script>', document, re.DOTALL)[1]
    return json.loads(written)


def policy_of(response):
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


def view_of(text, query=""):
    return View(text, read(query)[0])


# ---- Every chart --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def homes(store, text):
    """Every chart that any page shows for any of the queries, with its page and the page it says it is of."""
    found = set()
    for query in QUERIES:
        for path, page in PAGES.items():
            # The briefing shows charts of other pages.
            if path != briefing.PATH:
                charts = charts_of(page, view_of(text, query), store)
                found |= {(name, path, it.path) for name, it in charts.items()}
    return found


@pytest.mark.slow
def test_every_chart_of_every_page_can_be_embedded(homes):
    """What a page shows is declared in the registry."""
    assert {name for name, _page, _own in homes} - set(registry()) == set()


@pytest.mark.slow
def test_every_name_that_is_listed_is_a_chart_of_its_page(homes):
    declared = {(name, entry.page) for name, entry in registry().items()}
    assert declared - {(name, page) for name, page, _own in homes} == set()
    assert {(name, own) for name, _page, own in homes} == declared


@pytest.mark.parametrize("name", ["trade", "triangle", "tariffs", "products-ranking", "mirror-can-usa", "retaliation"])
def test_an_embedded_chart_has_its_words_its_figure_and_its_way_back(client, store, text, name):
    response = client.get(f"/embed/{name}?partner=USA")
    assert response.status_code == 200 and response.mimetype == "text/html"
    document, it = response.text, chart_of(view_of(text, "?partner=USA"), store, name)
    shown = unescape(document)
    for words in (it.title, it.subtitle, it.source.words, *it.remarks, *(note.text for note in it.notes)):
        assert words in shown
    figure = figure_of(document)
    assert len(figure["data"]) == len(it.figure.data) and figure["layout"]["height"] == it.figure.layout.height
    assert figure["config"]["showSendToCloud"] is False
    back = [a for a in Parts(document).of("a") if a.get("class") == "home"]
    assert [(a["href"], a["target"], a["rel"]) for a in back] == [
        (f"{it.path}?partner=USA#{it.name}", "_blank", "noopener")
    ]
    assert "header" not in {tag for tag, _attributes in Parts(document).tags} and "/_dash" not in document


def test_an_embedded_chart_weighs_little(client):
    """Besides plotly, which is kept a year, a chart may weigh no more than a small picture."""
    document = client.get("/embed/trade?partner=USA").data
    assert len(brotli.compress(document)) < 8_000
    addresses = [a.get("src") or a.get("href") for tag in ("script", "link") for a in Parts(document.decode()).of(tag)]
    files = [address for address in addresses if address and address.startswith("/")]
    assert [re.sub(r"\?m=[\d.]+$", "", file) for file in files] == [
        "/assets/plotly-trade.min.js",
        "/assets/embed.js",
        "/assets/bilateral.woff2",
        "/assets/embed.css",
    ]
    for file in files:
        with client.get(file) as response:
            assert response.status_code == 200 and "max-age=31536000" in response.headers["Cache-Control"]


def test_the_files_of_embedded_charts_are_not_loaded_by_the_pages_but_plotly_is_the_same_file(client):
    page, chart = client.get("/").text, client.get("/embed/trade").text
    assert "embed.js" not in page and "embed.css" not in page
    plotly = re.search(r'/assets/plotly-trade\.min\.js\?m=[\d.]+"', chart)[0]
    assert plotly in page


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK), ("", LIGHT), ("purple", LIGHT)])
def test_the_theme_is_the_one_asked_for_and_else_left_to_the_reader(client, theme, palette):
    document = client.get(f"/embed/trade?theme={theme}").text
    assert figure_of(document)["layout"]["font"]["color"] == palette.ink
    chosen = Parts(document).of("html")[0].get("data-theme")
    assert chosen == (theme if theme in ("light", "dark") else None)
    if chosen is None:
        assert figure_of(document)["layout"]["meta"]["recolour"]["dark"][LIGHT.ink] == DARK.ink


# ---- Choices that lead nowhere ------------------------------------------------------------------------------


def test_a_bad_value_is_explained_in_the_frame_and_the_chart_is_there(client):
    document = client.get("/embed/trade?partner=USA&years=1700-1800&theme=dark").text
    assert "1700-1800" in document and "1985-2026" in document
    assert figure_of(document)["data"]
    # The way out keeps the chart, the choice and the theme.
    assert "?partner=USA&theme=dark" in [a["href"] for a in Parts(document).of("a")]


def test_a_misspelt_field_is_named_in_the_frame_with_what_it_means(client):
    document = client.get("/embed/trade?contry=USA&theme=dark").text
    assert "The address asks for “contry”, which is not a field of it. Did you mean" in document
    assert "country=USA</a>" in document
    assert client.get("/embed/trade?Country=USA&amp;partner=MEX").text == client.get("/embed/trade?country=USA").text


@pytest.mark.parametrize(
    ("address", "says", "way"),
    [
        ("/embed/trade?partner=CAN", "Canada is chosen twice", "?partner=USA"),
        ("/embed/trade?years=1985-1990", "they run from 1997 to 2025", "?"),
        ("/embed/tariffs?reporter=CAN&partner=CAN", "Canada is chosen twice", "?partner=USA"),
    ],
)
def test_a_choice_without_this_chart_gives_the_reasons_of_the_page_and_its_ways(client, address, says, way):
    response = client.get(address)
    assert response.status_code == 200
    assert says in unescape(response.text)
    hrefs = [a["href"] for a in Parts(response.text).of("a")]
    assert way in hrefs
    assert "plotly" not in response.text


@pytest.mark.parametrize("name", ["", "nope", "Trade", "flows/", *HOSTILE])
def test_an_unknown_name_gives_404_with_the_names_there_are_and_runs_nothing(client, name):
    response = client.get(f"/embed/{name}")
    if response.status_code == 308:
        response = client.get(response.location)
    assert response.status_code == 404
    document = response.text
    if "There is no chart" in document:
        found = {a["href"] for a in Parts(document).of("a")}
        assert found == {f"/embed/{known}" for known in registry()}
        assert len(document) < 12_000
    assert_nothing_runs(document)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("field", ["country", "years", "product", "around", "theme", "utm_source"])
def test_a_hostile_query_is_text_and_nothing_else(client, field, value):
    response = client.get("/embed/trade", query_string={field: value})
    assert response.status_code == 200
    assert_nothing_runs(response.text)
    assert figure_of(response.text)["data"]


def assert_nothing_runs(document):
    parts = Parts(document)
    assert [name for tag, a in parts.tags for name in a if name.startswith("on")] == []
    assert parts.of("img") == []
    for script in parts.of("script"):
        assert script.get("type") == "application/json" or re.match(r"/(assets|_dash)", script.get("src") or "/_dash")
    for link in parts.of("a"):
        assert re.match(r"(/(?!/)|\?|https?://)", link["href"])


def test_a_figure_cannot_end_its_script(client, store, text):
    it = charts_of(PAGES["/trade"], view_of(text), store)["trade"]
    it.figure.layout.annotations[0].text = "</script><script>alert(1)</script><!--"
    written = figure_json(it)
    assert "<" not in written and ">" not in written
    assert json.loads(written)["layout"]["annotations"][0]["text"] == it.figure.layout.annotations[0].text


# ---- Headers ------------------------------------------------------------------------------------------------


def test_anyone_may_frame_a_chart_and_nobody_else_a_page(client):
    assert policy_of(client.get("/embed/trade"))["frame-ancestors"] == ["*"]
    for path in ("/", "/trade", "/briefing", "/embedded", "/healthz", "/preview/overview.png"):
        assert policy_of(client.get(path))["frame-ancestors"] == ["'self'"], path


@pytest.mark.parametrize("path", ["/embed/trade", "/embed/nope", "/embed/trade?partner=CAN"])
def test_a_frame_runs_our_files_only(client, path):
    response = client.get(path)
    policy = policy_of(response)
    assert policy["default-src"] == ["'none'"] and policy["script-src"] == ["'self'"]
    assert policy["base-uri"] == ["'none'"] and policy["form-action"] == ["'none'"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Frame-Options" not in response.headers
    assert "Access-Control-Allow-Origin" not in response.headers
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))", response.text)
    assert inline == []


@pytest.mark.parametrize(
    ("setting", "ancestors"),
    [
        ("*", ["*"]),
        ("'self' https://example.org", ["'self'", "https://example.org"]),
        ("https://*.example.org:8443", ["https://*.example.org:8443"]),
        ("", ["'self'"]),
        ("https://example.org; script-src *", ["'self'"]),
        ("https://example.org\r\nSet-Cookie: a=b", ["'self'"]),
    ],
)
def test_the_setting_says_who_may_frame_and_can_say_nothing_else(setting, ancestors):
    policy = embed.embed_policy(setting)
    assert policy.split("; ")[-1] == f"frame-ancestors {' '.join(ancestors)}"
    assert policy.count("script-src") == 1 and "\n" not in policy


def test_the_setting_is_read_when_the_app_is_made(store, text, monkeypatch):
    monkeypatch.setenv(embed.FRAME_ANCESTORS, "https://example.org")
    client = create_app(store, text).server.test_client()
    assert policy_of(client.get("/embed/trade"))["frame-ancestors"] == ["https://example.org"]


@pytest.mark.parametrize("encoding", ["", "br", "gzip"])
def test_a_chart_may_be_kept_an_hour_and_is_not_sent_twice(client, encoding):
    headers = {"Accept-Encoding": encoding} if encoding else {}
    first = client.get("/embed/trade", headers=headers)
    assert "max-age=3600" in first.headers["Cache-Control"] and "public" in first.headers["Cache-Control"]
    again = client.get("/embed/trade", headers=headers | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/embed/trade?partner=USA", headers=headers | {"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    assert "max-age=60" in client.get("/embed/nope").headers["Cache-Control"]


def test_parameters_of_trackers_make_no_document_of_their_own(client):
    tags = {client.get(f"/embed/trade?utm_source={n}").headers["ETag"] for n in range(3)}
    assert tags == {client.get("/embed/trade").headers["ETag"]}


# ---- The code that embeds -----------------------------------------------------------------------------------


def test_the_code_is_one_frame_with_address_title_and_room(store, text):
    view = view_of(text, "?partner=USA&currency=USD")
    it = charts_of(PAGES["/trade"], view, store)["trade"]
    code = embed_code(view, it, "https://example.org")
    ((tag, frame),) = Parts(code).tags
    assert tag == "iframe"
    assert frame["src"] == "https://example.org/embed/trade?partner=USA&currency=USD"
    assert frame["title"] == it.title
    assert (frame["width"], frame["loading"]) == ("100%", "lazy")
    assert int(frame["height"]) == frame_height(it) > it.figure.layout.height + 100
    assert embed_code(view, it).startswith('<iframe src="{origin}/embed/trade')


def test_a_title_cannot_leave_its_attribute(store, text):
    view = view_of(text)
    it = replace(charts_of(PAGES["/trade"], view, store)["trade"], title='"><script>alert(1)</script>')
    ((tag, frame),) = Parts(embed_code(view, it)).tags
    assert tag == "iframe" and frame["title"] == it.title


@pytest.mark.parametrize(
    ("query", "theme", "expected"),
    [
        ("", "", "/embed/trade"),
        ("", "dark", "/embed/trade?theme=dark"),
        ("?partner=USA", "light", "/embed/trade?partner=USA&theme=light"),
        ("?partner=USA", "purple", "/embed/trade?partner=USA"),
    ],
)
def test_the_address_of_a_frame_holds_choice_and_theme(text, query, theme, expected):
    assert embed_path(view_of(text, query), "trade", theme) == expected


# ---- Components as HTML -------------------------------------------------------------------------------------


def test_markup_escapes_text_and_attributes_and_leaves_controls_out():
    component = html.Div(
        [
            html.P(["a < b & c", html.Strong("“d”")], className="x", title='"'),
            html.Button("press"),
            dcc.Dropdown(id="choose"),
            None,
            3,
            html.Span("name", **{"data-verbatim": "1", "data-key": "k", "aria-label": "<l>"}),
        ],
        id="all",
        n_clicks=3,
        style={"color": "red"},
    )
    assert markup(component) == (
        '<div id="all"><p class="x" title="&quot;">a &lt; b &amp; c<strong>“d”</strong></p>3'
        '<span aria-label="&lt;l&gt;" data-key="k">name</span></div>'
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/trade", '<a href="/trade" target="_blank" rel="noopener">x</a>'),
        ("?a=1&b=2", '<a href="?a=1&amp;b=2">x</a>'),
        ("https://example.org", '<a href="https://example.org" target="_blank" rel="noopener">x</a>'),
        ("javascript:alert(1)", "x"),
        ("//example.org", "x"),
        ("data:text/html,x", "x"),
    ],
)
def test_markup_links_to_pages_only(address, expected):
    assert markup(dcc.Link("x", href=address)) == expected
    assert markup(html.A("x", href=address)) == expected


def test_charts_are_collected_for_the_page_that_is_drawn_and_for_no_other(store, text):
    def outer(view, store):
        inner = charts_of(PAGES["/mirror"], view, store)
        assert {name.split("-")[0] for name in inner} == {"mirror"}
        return PAGES["/trade"](view, store)

    assert set(drawn(outer, view_of(text), store).charts) == {"trade", "balance", "growth"}


def test_the_reasons_of_a_page_are_its_notices(store, text):
    page = PAGES["/trade"](view_of(text, "?partner=CAN"), store)
    (notice,) = reasons_of(page)
    assert "chosen twice" in markup(notice)
    assert reasons_of(PAGES["/retaliation"](view_of(text), store)) == []
