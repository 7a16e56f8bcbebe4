"""A reader's first minute: the answer stands above the fold, and the next question is a click away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.reading import expect_query
from tests.serving import wait_until_drawn

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
    page.get_by_role("link", name="Who trades more with the United States: Canada or Mexico?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trade with the United States in 2025: Mexico C$")
    expect(page.locator("[data-chart=compare] .main-svg").first).to_be_visible()
    page.get_by_role("group", name="Trade with").get_by_role("link", name="Mexico").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trade with Mexico in 2025: United States")
    assert page.url.endswith("/compare?partner=USA")


def test_a_first_visit_says_what_this_is_and_three_questions_lead_to_views(visit):
    page = visit("/")
    expect(page.get_by_role("banner")).to_contain_text("Trade and tariffs of Canada, Mexico and US")
    questions = page.get_by_role("navigation", name="Questions to begin with").get_by_role("link")
    led = [link.get_attribute("href") for link in questions.all()]
    assert led == ["/tariffs", "/mirror", "/compare", "/briefing"]
    expect(page.locator("#clear")).to_be_empty()
    questions.nth(1).click()
    expect(page.get_by_role("navigation", name="Views").get_by_role("link", name="Mirror data")).to_be_visible()


def test_an_editor_types_the_years_and_takes_the_chart_in_three_actions(visit):
    page = visit("/trade?partner=USA")
    for control, year, years in (("first", "2018", "2018-2025"), ("last", "2024", "2018-2024")):
        page.locator(f"#filter-{control}-year").click()
        # The focus goes to the year that is chosen; whoever types then means the field.
        page.wait_for_function("() => document.activeElement.closest('.dash-dropdown-content')")
        page.keyboard.type(year)
        expect(page.get_by_role("searchbox", name="Type a year")).to_have_value(year)
        expect(page.locator("[role=option]")).to_have_count(1)
        page.keyboard.press("Enter")
        expect_query(page, f"?partner=USA&years={years}")
    expect(page.locator("[data-chart=trade] .subtitle").first).to_contain_text("2018–2024")
    wait_until_drawn(page)
    with page.expect_download() as download:
        page.locator("[data-chart=trade]").get_by_role("button", name="Download PNG").click()
    assert download.value.suggested_filename == "trade_can-usa_2018-2024_annual_cad.png"
    page.get_by_role("link", name="Clear choices").click()
    expect_query(page, "")
    expect(page.locator("#clear")).to_be_empty()


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


PROBED = """async name => {
    const plot = document.querySelector(`[data-chart="${name}"] .js-plotly-plot`);
    plot.scrollIntoView({block: "center"});
    const silent = [], box = plot.querySelector(".nsewdrag").getBoundingClientRect();
    const said = () => plot.querySelectorAll(".hoverlayer .legendtext, .hoverlayer .legendtitletext").length;
    for (let row = 1; row <= 5; row++) for (let column = 1; column <= 7; column++) {
        const x = box.left + box.width * column / 8, y = box.top + box.height * row / 6;
        plot.querySelector(".nsewdrag").dispatchEvent(
            new MouseEvent("mousemove", {clientX: x, clientY: y, bubbles: true, view: window}));
        // Plotly answers some frames after the pointer came to rest.
        for (let frame = 0; frame < 8; frame++) await new Promise(requestAnimationFrame);
        const lines = plot.querySelectorAll(".spikeline").length;
        if (!said() || !lines) silent.push([row, column]);
        plot.querySelector(".nsewdrag").dispatchEvent(
            new MouseEvent("mouseout", {clientX: 0, clientY: 0, bubbles: true, view: window}));
        window.Plotly.Fx.unhover(plot);
    }
    return silent;
}"""


@pytest.mark.parametrize(
    ("path", "name", "width"),
    [("/trade?partner=USA&freq=monthly", "trade", 1440), ("/", "flows", 390)],
)
def test_wherever_the_pointer_is_in_a_plot_a_line_and_every_series_answer(visit, path, name, width):
    page = visit(path, width=width)
    assert page.evaluate(PROBED, name) == []


def test_a_year_that_one_side_did_not_record_is_said_to_be_unknown(visit):
    page = visit("/mirror?years=1997-2025")
    plot = page.locator("[data-chart=mirror-exports] .nsewdrag")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    # The axis runs from the first day of 1997 to the last of 2025.
    page.mouse.move(box["x"] + box["width"] * (2020.5 - 1997) / (2026 - 1997), box["y"] + 40)
    said = page.locator("[data-chart=mirror-exports] .hoverlayer")
    expect(said).to_contain_text("2020")
    expect(said).to_contain_text("Mexico: ..")
    expect(said).to_contain_text("Canada: C$6.2 billion")
