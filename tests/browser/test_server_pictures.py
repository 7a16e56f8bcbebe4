"""Pictures drawn by the server: those of the reader's browser to the pixel, and the cards of shared links."""

from __future__ import annotations

import io
import json
import os
from html import unescape

import pytest
from PIL import Image, ImageChops

from callbacks.api import pictures as command
from callbacks.pages import PAGES, page_name
from data.export.command import OK
from layouts.document.preview import HEIGHT, WIDTH
from layouts.export.picture_browser import PictureBrowser, kaleido_browser
from layouts.export.pictures import PicturePage, asked_of
from layouts.view import View
from tests.browser.shapes import chunks, composed, drawn, labels, texts
from tests.choosing import read
from tests.drawing import charts_of

pytestmark = pytest.mark.browser

# Lines, bars, arrows, rows, steps, many marks; a chart each of the kinds that are laid out differently.
VIEWS = {
    "/?partner=USA": ("flows", "triangle"),
    "/trade?partner=USA&freq=monthly&marks=all": ("trade",),
    "/tariffs?partner=USA": ("tariffs",),
    "/products?reporter=USA": ("products-ranking", "products-areas"),
    "/retaliation": ("retaliation",),
}
# Words as an image has them may be rounded otherwise at an edge; a line more, or a label moved, is far beyond.
SAME = 0.0005
TOUCH = 1
# A card keeps so much of a chart's height.
KEPT = 0.85


@pytest.fixture(scope="module")
def kaleido():
    """Kaleido as the server runs it, in the browser that all these tests use."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER_PATH", os.environ["CHROMIUM"])
        browser = PictureBrowser(PicturePage(), kaleido_browser, seconds=60)
        yield browser
        browser.close()


def charts(store, text, at):
    path, _, query = at.partition("?")
    return charts_of(PAGES[path], View(text, read(query)[0]), store)


def decoded(data):
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB")


def different(one, other):
    """Share of pixels that differ by more than a shade."""
    assert one.size == other.size
    difference = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value > 8 else 0)
    return difference.histogram()[255] / (one.width * one.height)


LINES = "const linesOf = made => [made.width, made.height, made.layout.annotations.map(a => [a.text, a.font.size])];"

OURS = f"""asked => {{
    {LINES}
    const plot = document.getElementById("plot");
    return Plotly.newPlot(plot, asked.data, asked.layout, asked.config)
        .then(bilateral.pictureFont.ready)
        .then(() => linesOf(bilateral.picture.compose(plot, asked.picture)));
}}"""

THEIRS = f"""([name, options]) => {{
    {LINES}
    const plot = document.querySelector(`[data-chart='${{name}}'] .js-plotly-plot`);
    return bilateral.pictureFont.ready().then(() => linesOf(bilateral.picture.compose(plot, options)));
}}"""


@pytest.fixture
def document(browser, tmp_path):
    """The document that Kaleido opens, which asks no host for anything."""
    file = tmp_path / "index.html"
    file.write_text(PicturePage().generate_index(), "utf-8")
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    yield page
    page.close()
    assert asked and all(url.startswith(("file:", "data:", "blob:")) for url in asked)


@pytest.mark.parametrize("at", VIEWS)
def test_the_server_draws_what_the_reader_gets(visit, store, text, kaleido, document, at):
    page = visit(at)
    for name in VIEWS[at]:
        chart = charts(store, text, at)[name]
        for shape in ("report", "slide", "story"):
            asked = asked_of(chart, shape)
            assert document.evaluate(OURS, asked) == page.evaluate(THEIRS, [name, asked["picture"]]), shape
        asked = asked_of(chart, "square")
        ours, theirs = kaleido.draw(asked), drawn(page, name, **asked["picture"])
        assert different(decoded(ours), decoded(theirs)) < SAME, name
        assert texts(ours) | {"Creation Time": ""} == texts(theirs) | {"Creation Time": ""}
        assert all(chunk.intact for chunk in chunks(ours))


# ---- Cards --------------------------------------------------------------------------------------------------

# Pages whose first chart, which is the one on the card, has no rows of its own height.
CARDS = ("/?partner=USA", "/trade?partner=USA&freq=monthly&marks=all", "/mirror", "/retaliation")
CARDS = (*CARDS, "/burden", "/before-after", "/products", "/tariffs?border=CAN-MEX")


@pytest.mark.parametrize("at", CARDS)
def test_a_card_says_title_and_source_and_leaves_the_chart_its_room(visit, store, text, at):
    page = visit(at)
    chart = next(iter(charts(store, text, at).values()))
    made = composed(page, chart.name, shape="card")
    assert (round(made["width"] * made["scale"]), round(made["height"] * made["scale"])) == (WIDTH, HEIGHT)
    said = unescape(" ".join(made["words"]).replace("<b>", "").replace("</b>", ""))
    assert said == f"{chart.title} {chart.subtitle} {chart.source.words}"
    assert made["events"] == 0
    # Labels in bands and between lines were set for the height of the chart on its page.
    own, margin = chart.figure.layout, made["margin"]
    plot = own.height - own.margin.t - own.margin.b
    assert made["height"] - margin["t"] - margin["b"] >= KEPT * plot
    found = labels(page, chart.name, shape="card")
    for place, one in enumerate(found):
        assert one.left >= TOUCH and one.right <= made["width"] - TOUCH and one.bottom <= made["height"] - TOUCH
        for other in found[:place]:
            assert not one.meets(other, TOUCH), f"“{one.text}” and “{other.text}” overlap"


def test_a_card_holds_no_chart_of_many_rows(store, text, kaleido):
    rows = next(iter(charts(store, text, "/tariffs?partner=USA").values()))
    assert kaleido.draw(asked_of(rows, "card")) == b""


def test_the_server_draws_cards_of_their_size_and_they_lead_back(store, text, kaleido):
    chart = charts(store, text, "/trade?partner=USA")["trade"]
    before = chart.figure.to_json()
    card = kaleido.draw(asked_of(chart, "card"))
    assert decoded(card).size == (WIDTH, HEIGHT)
    assert json.loads(texts(card)["Bilateral view"])["address"] == "/trade?partner=USA"
    assert chart.figure.to_json() == before


def test_the_command_draws_every_chart_of_a_page(store, text, kaleido, tmp_path):
    def paint(it):
        return kaleido.draw(asked_of(it, "report"))

    assert command.main(["mirror", "--out", str(tmp_path)], store, lambda: paint) == OK
    files = sorted(tmp_path.iterdir())
    assert [f.stem for f in files] == sorted(it.file_name for it in charts(store, text, "/mirror").values())
    for file in files:
        assert decoded(file.read_bytes()).width == 3000
        assert page_name("/mirror") in texts(file.read_bytes())["URL"]
