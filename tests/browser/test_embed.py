"""Embedded charts in a browser: drawn, quiet, within their frame, in the reader's theme."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from layouts.charts.registry import registry
from layouts.theme import DARK, LIGHT
from tests.browser.test_pages import CUT
from tests.serving import served

pytestmark = pytest.mark.browser

NAMES = ["flows", "triangle", "balance", "mirror-exports", "tariffs", "retaliation", "products-ranking", "partners"]
PAPER = "getComputedStyle(document.body).backgroundColor"
INK = "document.querySelector('#plot').layout.font.color"


def rgb(colour):
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


def opened(visit, address, width=390, theme="light"):
    page = visit.empty(width, theme)
    page.goto(visit.address + address)
    page.wait_for_selector("#plot .main-svg")
    return page


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_is_drawn_and_fits_a_narrow_frame(visit, name):
    page = opened(visit, f"/embed/{name}?partner=USA")
    for width in (320, 390, 640):
        page.set_viewport_size({"width": width, "height": 600})
        page.wait_for_function(
            "() => Math.abs(document.querySelector('#plot').getBoundingClientRect().right - innerWidth) < 40"
        )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
    page.set_viewport_size({"width": 320, "height": 600})
    page.wait_for_function("() => document.querySelector('#plot')._fullLayout.width === 358")
    frame = page.evaluate("document.querySelector('#plot').getBoundingClientRect().right")
    assert frame <= 320
    # The layout has its new width before the last labels are written again.
    page.wait_for_function(f"() => ({CUT})().length === 0")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.get_by_role("link", name="Bilateral").get_attribute("target") == "_blank"


@pytest.mark.parametrize(
    ("asked", "reader", "palette"),
    [("", "light", LIGHT), ("", "dark", DARK), ("light", "dark", LIGHT), ("dark", "light", DARK)],
)
def test_the_theme_asked_for_wins_over_the_readers(visit, asked, reader, palette):
    page = opened(visit, f"/embed/flows?theme={asked}", theme=reader)
    assert page.evaluate(PAPER) == rgb(palette.paper)
    assert page.evaluate(INK) == palette.ink


def test_a_chart_follows_the_reader_who_changes_the_theme(visit):
    page = opened(visit, "/embed/flows")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => {INK} === '{DARK.ink}'")
    assert page.evaluate(PAPER) == rgb(DARK.paper)
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"() => {INK} === '{LIGHT.ink}'")


def test_a_page_of_another_site_may_frame_a_chart_and_no_page(browser, address):
    """Another port is another site to a browser, as far as framing goes."""
    framed = {"/chart": f"{address}/embed/flows", "/page": f"{address}/trade"}

    def site(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html")])
        address = framed.get(environ["PATH_INFO"])
        return [f'<!DOCTYPE html><iframe src="{address}" height="600"></iframe>'.encode() if address else b""]

    with served(SimpleNamespace(server=site)) as other:
        page = browser.new_context().new_page()
        page.goto(f"{other}/chart")
        page.frame_locator("iframe").locator("#plot .main-svg").first.wait_for()
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.goto(f"{other}/page")
        page.context.close()


def test_the_way_out_of_a_dead_end_stays_in_the_frame(visit):
    page = visit.blank(width=390)
    page.goto(f"{visit.address}/embed/trade?partner=CAN&theme=dark")
    page.get_by_role("link", name="See trade with the United States").click()
    page.wait_for_selector("#plot .main-svg")
    assert page.url.endswith("/embed/trade?partner=USA&theme=dark")


def test_an_unknown_chart_names_those_there_are(visit):
    page = visit.blank(width=390, status=404)
    assert page.goto(f"{visit.address}/embed/<script>alert(1)</script>").status == 404
    assert page.get_by_role("link").count() == len(registry())
    expect(page.get_by_text("<script>alert(1)</script>")).to_be_visible()
