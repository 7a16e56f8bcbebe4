"""Every page as it opens: drawn, quiet, within its width, and named for those who do not see it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from layouts.document.destinations import ALL_FILTERS, IDLE_FILTERS
from layouts.theme import PALETTES
from tests.browser.reading import choose, expect_heading, expect_query
from tests.serving import wait_until_drawn

pytestmark = pytest.mark.browser

# Each page with a choice that fills it, and the charts that must then be there.
PAGES = {
    "/": ["flows", "triangle"],
    "/trade?partner=USA": ["trade", "balance", "growth"],
    "/compare": ["compare"],
    "/mirror?partner=USA": ["mirror-exports", "mirror-imports"],
    "/products?reporter=USA": [
        "products-ranking",
        "products-change",
        "products-areas",
        "products-concentration",
        "sitc",
    ],
    "/products?reporter=USA&product=87&flow=import&freq=monthly": [
        "products-months",
        "products-ranking",
        "products-history",
        "products-share",
        "products-change",
        "products-areas",
        "products-concentration",
        "sitc",
    ],
    "/partners?reporter=USA": ["partners", "partner-ranks"],
    "/before-after?partner=USA": ["around"],
    "/tariffs?partner=USA": ["tariffs", "measure-timeline"],
    "/burden?partner=USA": ["usmca-share", "border-duty-bound", "usmca-chapters"],
    "/retaliation": ["retaliation"],
    "/events": [],
    "/sources": [],
    "/api": [],
}

CHARTS = """() => [...document.querySelectorAll('[data-chart]')].map(chart => {
    const svg = chart.querySelector('.main-svg'), box = svg.getBoundingClientRect();
    const marks = [...svg.querySelectorAll('.trace path, .heatmaplayer image')].filter(path => {
        const drawn = path.getBBox();
        return drawn.width > 1 || drawn.height > 1;
    });
    return {name: chart.dataset.chart, width: box.width, height: box.height, marks: marks.length};
})"""

CUT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
    const frame = plot.getBoundingClientRect();
    return [...plot.querySelectorAll('.main-svg text')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
    }).map(text => text.textContent.trim()).filter(words => words);
})"""

# What is lower than a pointer needs to hit; the input on which Dash only keeps the focus is nothing to hit.
LOW = """() => [...document.querySelectorAll('summary, button, input, select, .option, .view')]
    .filter(one => one.checkVisibility() && !one.matches('.dash-dropdown-focus-target'))
    .map(one => [one, one.getBoundingClientRect().height]).filter(([one, height]) => height > 1 && height < 24)
    .map(([one, height]) => `${one.tagName} ${one.className} ${one.textContent}: ${height}`)"""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_drawn_quiet_within_its_width_and_named_in_both_themes(visit, path, width):
    page = visit(path, width=width)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.title().endswith(" – Bilateral")
    check_drawn(page, path, "light")
    assert page.evaluate(LOW) == []
    page.locator("#theme-toggle").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    wait_until_drawn(page)
    check_drawn(page, path, "dark")
    if width == 1440 or path == "/trade?partner=USA":
        check_named(page, path, width)
    assert visit.complaints == []


@pytest.mark.parametrize("path", ["/", "/tariffs?partner=USA"])
def test_a_page_opens_dark_for_those_who_read_dark(visit, path):
    check_drawn(visit(path, theme="dark"), path, "dark")


def check_drawn(page, path, theme):
    """Every chart of the page with its marks and words, on the ground of the theme."""
    charts = page.evaluate(CHARTS)
    assert [chart["name"] for chart in charts] == PAGES[path]
    for chart in charts:
        assert chart["width"] > 200 and chart["height"] > 150, chart
        assert chart["marks"] > 0, chart
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert page.evaluate(CUT) == [], "words of a chart are cut off"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == rgb(PALETTES[theme].paper)


def rgb(colour):
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


# The list that a dropdown of Dash opens cannot be given a name; it opens from a button in a named group.
NAMED_ROLES = {
    "button",
    "link",
    "combobox",
    "textbox",
    "option",
    "searchbox",
    "checkbox",
    "region",
    "navigation",
}


def unnamed(page):
    """Controls and landmarks that a screen reader would announce without a name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    present = [node for node in nodes if not node.get("ignored") and node["role"]["value"] in NAMED_ROLES]
    assert len(present) > 10
    return [node["role"]["value"] for node in present if not node.get("name", {}).get("value", "").strip()]


def check_named(page, path, width):
    """Nothing is announced without a name, with every table and a list of choices open."""
    for button in page.get_by_role("button", name=re.compile("^Data: ")).all():
        button.click()
    expect(page.locator(".data table")).to_have_count(len(PAGES[path]))
    if IDLE_FILTERS.get(path.split("?")[0]) != ALL_FILTERS:
        if width == 390:
            page.locator("#filter-toggle").click()
        page.locator("#filter-partner").click()
        expect(page.locator("[role=option]")).to_have_count(3)
    assert unnamed(page) == []
    pictures = page.locator("[role=img]")
    assert pictures.count() == len(PAGES[path])
    for picture in pictures.all():
        assert len(page.locator(f"#{picture.get_attribute('aria-labelledby')}").inner_text()) > 20


def test_each_filter_is_named(visit):
    page = visit("/")
    for name in ("Country", "Partner", "First year", "Last year", "Frequency", "Currency"):
        expect(page.get_by_role("group", name=name, exact=True).get_by_role("button")).to_have_count(1)


def test_an_unknown_path_shows_that_there_is_no_page_and_leads_back_with_the_choice(visit):
    page = visit("/nope?partner=USA", status=404)
    expect_heading(page, "There is no page at this address")
    page.get_by_role("link", name="Go to the overview").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two-way trade was")
    expect_query(page, "?partner=USA")


def test_pages_change_without_loading_anew_and_keep_the_choice(visit):
    page = visit("/?partner=USA")
    page.evaluate("window.stillHere = true")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Trade").click()
    expect_heading(page, "Canada’s goods trade with the United States")
    expect(page).to_have_title("Trade – Bilateral")
    assert page.evaluate("window.stillHere") is True
    expect_query(page, "?partner=USA")


def test_with_less_motion_asked_for_nothing_moves(visit):
    moving = (
        "() => [...document.querySelectorAll('a, button')].some(e => getComputedStyle(e).transitionDuration !== '0s')"
    )
    assert visit("/", reduced_motion="no-preference").evaluate(moving) is True
    page = visit("/", reduced_motion="reduce")
    assert page.evaluate(moving.replace("a, button", ".page-link, .action, a")) is False


MESSAGES = """() => {
    window.messages = 0;
    window.dash_stores[0].subscribe(() => { window.messages += 1; });
}"""


def test_drawing_a_long_page_anew_costs_few_messages(visit):
    """Each message is heard by every component; one for each of thousands of cells would halt the page for seconds."""
    page = visit("/tariffs?partner=USA")
    page.evaluate(MESSAGES)
    page.get_by_role("button", name=re.compile("^Data: The life")).click()
    expect(page.locator("[data-chart=measure-timeline] .data table")).to_be_visible()
    cells = page.locator("[data-chart=measure-timeline] .data td").count()
    assert cells > 300
    assert 0 < page.evaluate("window.messages") < 100


# ---- Light and dark -------------------------------------------------------------------------------------------

INK = "ink => [...document.querySelectorAll('.js-plotly-plot')].every(plot => plot.layout.font.color === ink)"


def test_the_theme_is_switched_in_page_and_charts_and_survives_a_reload(visit):
    page = visit("/trade")
    toggle = page.get_by_role("button", name="Light or dark")
    for theme, palette in (("dark", PALETTES["dark"]), ("light", PALETTES["light"])):
        toggle.click()
        page.wait_for_function(INK, arg=palette.ink)
        for _ in range(2):
            assert page.locator("html").get_attribute("data-theme") == theme
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == rgb(palette.paper)
            lines = page.locator("[data-chart=trade] .scatterlayer path.js-line").evaluate_all(
                "paths => paths.map(path => path.style.stroke)"
            )
            assert rgb(palette.red) in lines
            page.reload()
            page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot .main-svg').length > 2")
            page.wait_for_function(INK, arg=palette.ink)


def test_the_theme_of_the_system_is_taken_before_the_first_paint(visit):
    page = visit.blank(theme="dark")
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => {"
        " window.early = document.documentElement.dataset.theme; })"
    )
    page.goto(visit.address + "/")
    assert page.evaluate("window.early") == "dark"


# ---- Keyboard -------------------------------------------------------------------------------------------------

FOCUSED = """() => {
    const e = document.activeElement;
    const name = e.dataset.panel || e.id || e.dataset.action || e.className.split(' ')[0];
    return [name, getComputedStyle(e).outlineStyle !== 'none'];
}"""


def test_tab_reaches_everything_in_order_and_shows_where_it_is(visit):
    page = visit("/trade")
    seen: list[str] = []
    while len(seen) < 60 and "metadata" not in seen:
        page.keyboard.press("Tab")
        name, outlined = page.evaluate(FOCUSED)
        assert outlined, f"{name} does not show that it has the focus"
        seen.append(name)
    filters = ["filter-country", "filter-partner", "filter-first-year", "filter-last-year", "filter-frequency"]
    head = ["skip", "brand", *["page-link"] * 6, "theme-toggle", *filters, "filter-currency"]
    choices = [*["view"] * 5, *["option"] * 3, *["option"] * 8]
    assert seen[: len(head)] == head
    assert seen[len(head) : len(head) + len(choices)] == choices, "the views, the record, then the measure"
    assert "select-marks" in seen
    assert seen[-4:] == ["png", "export", "data", "metadata"]


def test_the_skip_link_leads_past_the_filters(visit):
    page = visit("/trade")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)[0] == "view"
    assert page.evaluate("document.activeElement.innerText") == "Value"


def test_a_filter_is_turned_by_keys_alone(visit):
    page = visit("/trade")
    page.locator("#filter-partner").focus()
    page.keyboard.press("Enter")
    # The option that holds has the focus; the next one is one step down.
    for option, key in (("MEX", "ArrowDown"), ("USA", "Enter")):
        page.wait_for_function("option => document.activeElement.value === option", arg=option)
        page.keyboard.press(key)
    expect_heading(page, "Canada’s goods trade with the United States")
    expect_query(page, "?partner=USA")


def test_enter_downloads_a_picture_and_opens_a_table(visit):
    page = visit("/trade")
    page.get_by_role("button", name=re.compile("^Download PNG: Canada’s balance")).focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.startswith("balance_can-mex")
    page.get_by_role("button", name=re.compile("^Data: Canada’s balance")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-chart=balance] .data table")).to_be_visible()


# ---- Phone ----------------------------------------------------------------------------------------------------


def test_on_a_phone_the_filters_fold_into_a_line_and_open(visit):
    page = visit("/trade", width=390)
    line, bar = page.locator("#filter-toggle"), page.locator("#filter-bar")
    expect(line).to_have_text("Canada – Mexico · 1997–2025 · annual · CAD")
    expect(bar).to_be_hidden()
    assert line.get_attribute("aria-expanded") == "false"
    line.click()
    expect(bar).to_be_visible()
    expect(line).to_have_attribute("aria-expanded", "true")
    choose(page, "filter-partner", "United States")
    expect(line).to_have_text("Canada – United States · 1997–2025 · annual · CAD")
    expect_heading(page, "Canada’s goods trade with the United States")
    line.click()
    expect(bar).to_be_hidden()


def test_on_a_desk_the_filters_are_always_open(visit):
    page = visit("/trade")
    expect(page.locator("#filter-bar")).to_be_visible()
    expect(page.locator("#filter-toggle")).to_be_hidden()
