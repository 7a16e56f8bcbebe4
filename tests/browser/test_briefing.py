"""The briefing on paper: as many pages as it needs, none empty, no chart and no row of a table on two of them.

The pages are read from the PDF itself: before it is made, each part gets a link of its own that covers it, and a PDF
lists the links of each page with their places. A part that is cut in two has its link on two pages.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from layouts.theme import LIGHT
from tests.browser.reading import CONTROLS, choose, expect_query

pytestmark = pytest.mark.browser

CHOICES = ["", "?partner=USA", "?reporter=USA&freq=monthly", "?reporter=MEX"]
FORMATS = {"A4": (210, 297), "Letter": (215.9, 279.4)}
# Between the margins of print.css, in millimetres.
SIDES, TOP, BOTTOM = 16, 15, 18
PIXELS = 96 / 25.4

COVER = """() => {
    let count = 0;
    const cover = (part, kind) => {
        const link = document.createElement('a');
        link.href = 'https://part.test/' + kind + '/' + count++;
        link.style.cssText = 'position:absolute;inset:0;display:block;break-inside:avoid';
        part.style.position = 'relative';
        part.appendChild(link);
    };
    document.querySelectorAll('.sheet .chart').forEach(part => cover(part, 'chart'));
    document.querySelectorAll('.sheet tbody tr').forEach(row => cover(row.children[1] || row.children[0], 'row'));
    document.querySelectorAll('.sheet .event, .sheet .claims > li').forEach(part => cover(part, 'item'));
    document.querySelectorAll('.sheet .plain li').forEach(part => cover(part, 'line'));
    document.querySelectorAll('.sheet header, .sheet .numbers').forEach(part => cover(part, 'head'));
    return count;
}"""


def opened(visit, choice, width=1440, theme="light"):
    page = visit.empty(width, theme)
    page.goto(f"{visit.address}/briefing{choice}")
    page.wait_for_selector(".sheet h1")
    page.wait_for_function(
        """() => !document.querySelector('[data-dash-is-loading=true]') &&
            [...document.querySelectorAll('.dash-graph')].every(graph => graph.querySelector('.main-svg'))"""
    )
    return page


def pages_of(pdf):
    """The links of each page of a PDF, in the order of the pages: address and box, in points from the lower left."""
    text = pdf.decode("latin-1")
    objects = {int(n): body for n, body in re.findall(r"(?m)^(\d+) 0 obj\n?(.*?)\nendobj", text, re.DOTALL)}
    root = next(body for body in objects.values() if re.search(r"/Type\s*/Catalog", body))
    return list(_below(objects, int(re.search(r"/Pages (\d+) 0 R", root)[1])))


def _below(objects, number):
    body = objects[number]
    if re.search(r"/Type\s*/Pages", body):
        for kid in re.findall(r"(\d+) 0 R", re.search(r"/Kids\s*\[(.*?)\]", body, re.DOTALL)[1]):
            yield from _below(objects, int(kid))
        return
    links = []
    listed = re.search(r"/Annots\s*\[(.*?)\]", body, re.DOTALL)
    for one in re.findall(r"(\d+) 0 R", listed[1]) if listed else []:
        annotation = objects[int(one)]
        address = re.search(r"/URI\s*\((https://part\.test/[^)]*)\)", annotation)
        if address:
            box = [float(n) for n in re.search(r"/Rect\s*\[([^\]]*)\]", annotation)[1].split()]
            links.append((address[1].removeprefix("https://part.test/"), box))
    yield links


@pytest.mark.parametrize("choice", CHOICES)
def test_no_part_is_cut_and_no_page_is_empty(visit, choice):
    page = opened(visit, choice)
    parts = page.evaluate(COVER)
    for paper in FORMATS:
        check_pages(pages_of(page.pdf(format=paper)), parts, paper)


def check_pages(pages, parts, paper):
    assert 5 <= len(pages) <= 11
    assert [number for number, links in enumerate(pages, 1) if not links] == [], "a page is empty"
    found = [address for links in pages for address, _box in links]
    assert len(set(found)) == parts, "a part is missing"
    assert sorted(found) == sorted(set(found)), "a part is on two pages"
    # Everything lies between the margins.
    wide, high = (size / 25.4 * 72 for size in FORMATS[paper])
    for links in pages:
        for address, (left, low, right, top) in links:
            inside = left > SIDES * 2.83 - 2 and right < wide - SIDES * 2.83 + 2 and low > BOTTOM * 2.83 - 2
            assert inside and top < high - TOP * 2.83 + 2, address


def test_a_part_that_is_cut_would_be_found(visit):
    page = opened(visit, "?partner=USA")
    page.add_style_tag(content="@media print { .sheet .chart { break-inside: auto !important; padding-top: 300px } }")
    page.evaluate(COVER)
    found = [address for links in pages_of(page.pdf(format="A4")) for address, _box in links if "chart" in address]
    assert len(found) > len(set(found))


@pytest.mark.parametrize("choice", CHOICES)
def test_every_chart_is_lower_than_a_page_of_either_format(visit, choice):
    """A browser keeps a part whole only when it fits."""
    page = opened(visit, choice)
    least = min(high - TOP - BOTTOM for _wide, high in FORMATS.values()) * PIXELS
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round((210 - 2 * SIDES) * PIXELS), "height": 900})
    charts = page.evaluate(
        """() => [...document.querySelectorAll('.sheet .chart')].map(chart =>
            [chart.dataset.chart, chart.getBoundingClientRect().height, getComputedStyle(chart).breakInside])"""
    )
    assert len(charts) >= 4
    for name, height, inside in charts:
        assert height < least and inside == "avoid", name


WIDTHS = "() => [...document.querySelectorAll('.js-plotly-plot')].map(plot => plot._fullLayout.width)"
COLOURS = "() => [...document.querySelectorAll('.js-plotly-plot')].map(plot => plot.layout.font.color)"


@pytest.mark.parametrize("width", [1440, 390])
def test_charts_are_drawn_for_the_width_of_paper_and_go_back_to_the_screens(visit, width):
    page = opened(visit, "?partner=USA", width=width)
    before = page.evaluate(WIDTHS)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert set(page.evaluate(WIDTHS)) == {672}
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.wait_for_function(f"() => JSON.stringify(({WIDTHS})()) === '{str(before).replace(' ', '')}'")


def test_a_dark_page_is_printed_light_and_stays_dark_on_the_screen(visit):
    page = visit("/trade?partner=USA", theme="dark")
    dark = page.evaluate(COLOURS)
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert set(page.evaluate(COLOURS)) == {LIGHT.ink}
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(27, 31, 36)"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    for control in (".header", ".filters", ".footer", ".actions", ".toolbar"):
        assert not page.locator(control).first.is_visible(), control
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen", color_scheme="dark")
    assert page.evaluate(COLOURS) == dark and LIGHT.ink not in dark


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_sheet_is_light_and_as_wide_as_the_screen_allows(visit, width, theme):
    page = opened(visit, "?partner=USA", width=width, theme=theme)
    assert page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert set(page.evaluate(COLOURS)) == {LIGHT.ink}


def test_the_button_opens_the_print_dialog(visit):
    page = opened(visit, "")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print or save as PDF").click()
    assert page.evaluate("window.printed")


def test_links_are_not_written_out_on_paper(visit):
    page = opened(visit, "?partner=USA")
    page.emulate_media(media="print")
    after = page.evaluate(
        "() => [...document.querySelectorAll('.sheet a')].map(link => getComputedStyle(link, '::after').content)"
    )
    assert after and set(after) == {"none"}


def test_the_briefing_follows_the_filters(visit):
    page = opened(visit, "?partner=USA&years=2010-2024")
    assert "2010–2024" in page.locator(".sheet header").inner_text()
    choose(page, CONTROLS["currency"], "US dollars")
    expect(page.locator(".sheet header")).to_contain_text("in US dollars")
    expect_query(page, "?partner=USA&years=2010-2024&currency=USD")
