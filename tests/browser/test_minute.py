"""A reader's first minute: the answer stands above the fold, and the next question is a click away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# Words in the text of the page that lie in the window, without drawings, navigation and filters.
WORDS = """() => {
    const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    let words = 0;
    while (walk.nextNode()) {
        const node = walk.currentNode;
        if (node.parentElement.closest('svg, nav, [role=search], .visually-hidden')) continue;
        if (!node.parentElement.checkVisibility({contentVisibilityAuto: true})) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (!box.width || box.bottom <= 0 || box.top >= innerHeight) continue;
        words += node.textContent.trim().split(/\\s+/).filter(word => word).length;
    }
    return words;
}"""
FIRST = """() => {
    const tops = [...document.querySelectorAll('main .js-plotly-plot, main table')]
        .map(part => part.getBoundingClientRect()).filter(box => box.height > 40).map(box => box.top);
    return Math.min(...tops);
}"""


@pytest.mark.parametrize(("width", "words", "top"), [(1440, 90, 420), (390, 60, 480)])
def test_the_overview_shows_its_chart_early_and_in_few_words(visit, width, words, top):
    page = visit("/", width=width)
    assert page.evaluate(WORDS) <= words
    assert page.evaluate(FIRST) <= top


def test_two_countries_against_the_third_are_a_click_away(visit):
    page = visit("/")
    page.get_by_role("link", name="Canada and Mexico compared in trade with the United States").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trade with the United States in 2025: Mexico C$")
    expect(page.locator("[data-chart=compare] .main-svg").first).to_be_visible()
    page.get_by_role("group", name="Trade with").get_by_role("link", name="Mexico").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trade with Mexico in 2025: United States")
    assert page.url.endswith("/compare?partner=USA")


def test_the_overview_says_whether_the_tariffs_of_the_news_still_apply(visit):
    page = visit("/")
    expect(page.locator(".tariff-strip .ended")).to_contain_text(
        "IEEPA tariff 10–35%, 4 March 2025 to 23 February 2026"
    )
    page.get_by_role("link", name="Rates by day, with goods and texts").click()
    expect(page.get_by_role("navigation", name="Views").get_by_role("link", name="Rates by day")).to_be_visible()


@pytest.mark.parametrize("path", ["/partners", "/retaliation", "/api"])
def test_on_a_phone_the_present_place_and_view_are_among_those_to_be_seen(visit, path):
    page = visit(path, width=390)
    for current in (".page-link.current", ".view.current"):
        expect(page.locator(current)).to_be_in_viewport(ratio=0.99)
    assert page.locator(".view.current").bounding_box()["height"] >= 44
