"""Measures, records and origins by hand: switches, the list of base years, metadata, and the picture of an index."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from data.queries import measures
from tests.browser.reading import drawn, expect_drawn, expect_heading, expect_query
from tests.choosing import read

pytestmark = pytest.mark.browser


def measured(store, query):
    """What the chart must show for an address, from the computed measure; amounts in billions."""
    selection = read(query)[0]
    table = measures.measure(store, selection).table
    divisor = 1000 if selection.measure in ("value", "constant", "rolling") else 1
    names = {"export": "Exports to Mexico", "import": "Imports from Mexico", "total": "Two-way trade with Mexico"}
    shown = (
        names
        if selection.measure in ("value", "constant", "rolling", "gdp")
        else {k: names[k] for k in ("export", "import")}
    )
    return {
        name: [None if v != v else round(float(v / divisor), 6) for v in table[column]]
        for column, name in shown.items()
    }


def option(page, group, name):
    return page.get_by_role("group", name=group).get_by_role("link", name=name, exact=True)


def current(page, group):
    return page.get_by_role("group", name=group).locator("[aria-current=true]")


# ---- Switches -------------------------------------------------------------------------------------------------


def test_the_measure_switch_changes_chart_words_and_address_and_back_returns(visit, store):
    page = visit("/trade")
    expect(current(page, "Measure")).to_have_text("Value")
    for name, query, subtitle in (
        ("Index", "?measure=index", "1997 = 100"),
        ("Growth", "?measure=growth", "per cent"),
        ("% of GDP", "?measure=gdp", "value relative to GDP of Canada, per cent"),
    ):
        option(page, "Measure", name).click()
        expect_query(page, query)
        expect_drawn(page, "trade", measured(store, query))
        expect(page.locator("[data-chart=trade] .subtitle")).to_contain_text(subtitle)
        expect(current(page, "Measure")).to_have_text(name)
        expect(page.locator("[data-chart]")).to_have_count(1)
    for query in ("?measure=growth", "?measure=index", ""):
        page.go_back()
        expect_query(page, query)
        expect_drawn(page, "trade", measured(store, query))
    expect(page.locator("[data-chart]")).to_have_count(3)


def test_a_measure_is_chosen_by_keys_alone(visit, store):
    page = visit("/trade")
    option(page, "Measure", "Index").focus()
    page.keyboard.press("Enter")
    expect_query(page, "?measure=index")
    expect_drawn(page, "trade", measured(store, "?measure=index"))


def test_a_measure_that_cannot_be_computed_explains_itself_and_leads_on(visit, store):
    page = visit("/trade")
    option(page, "Measure", "12-month sum").click()
    notice = page.locator("#page .notice")
    expect(notice).to_contain_text("A twelve-month sum is made of months; longer periods are chosen.")
    expect(page.locator("[data-chart]")).to_have_count(0)
    notice.get_by_role("link", name="Show months instead").click()
    expect_query(page, "?freq=monthly&measure=rolling")
    expect_drawn(page, "trade", measured(store, "?freq=monthly&measure=rolling"))


def test_the_record_switch_shows_either_side_and_both(visit):
    page = visit("/trade?partner=USA&currency=USD")
    title = page.locator("[data-chart=trade] h2")
    expect(title).to_contain_text("as Canada reports it")
    canada = drawn(page, "trade")["Exports to the United States"]
    option(page, "As reported by", "United States").click()
    expect_query(page, "?partner=USA&currency=USD&reported=partner")
    expect(title).to_contain_text("as the United States reports it")
    page.wait_for_function("() => document.querySelectorAll('[data-chart]').length === 3")
    assert drawn(page, "trade")["Exports to the United States"] != canada
    option(page, "As reported by", "both sides").click()
    expect_query(page, "?partner=USA&currency=USD&reported=both")
    expect(page.locator("[data-chart=mirror-exports]")).to_be_visible()
    expect(page.locator("[data-chart=mirror-imports]")).to_be_visible()
    page.get_by_role("link", name="Why the two sides differ").click()
    expect_heading(page, "What Canada and the United States each record")


# ---- Base years -----------------------------------------------------------------------------------------------


def test_the_base_year_is_picked_from_the_list_of_the_browser(visit, store):
    page = visit("/trade?measure=index")
    base = page.get_by_label("Base year")
    expect(base).to_have_value("?measure=index&base=1997")
    base.select_option("2010")
    expect_query(page, "?measure=index&base=2010")
    expect_drawn(page, "trade", measured(store, "?measure=index&base=2010"))
    expect(page.locator("[data-chart=trade] .subtitle")).to_contain_text("2010 = 100")
    page.go_back()
    expect_query(page, "?measure=index")
    expect_drawn(page, "trade", measured(store, "?measure=index"))
    expect(base).to_have_value("?measure=index&base=1997")


def test_an_address_written_by_hand_is_explained_and_cleaned(visit, store):
    page = visit("/trade?measure=foo&base=1900")
    notice = page.locator("#notices .notice")
    expect(notice).to_contain_text("the measure “foo”")
    expect(notice).to_contain_text("the base year “1900”")
    expect_drawn(page, "trade", measured(store, ""))
    notice.get_by_role("link", name="Clean the address").click()
    expect(notice).to_have_count(0)
    expect_query(page, "")


# ---- Origins --------------------------------------------------------------------------------------------------


def test_the_origin_of_a_chart_opens_and_closes_by_hand(visit):
    page = visit("/trade?years=1997-2024")
    button = page.get_by_role("button", name=re.compile("^About this data: Canada’s goods trade"))
    panel = page.locator("[data-chart=trade] .metadata")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(panel.locator("dt").first).to_have_text("Reporter")
    expect(panel).to_contain_text("8,661.7 + 47,487.0 = 56,148.7")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[data-chart=balance] .metadata dl")).to_have_count(0)
    button.click()
    expect(panel.locator("dl")).to_have_count(0)
    expect(button).to_have_attribute("aria-expanded", "false")


def test_the_origin_of_a_chart_opens_and_closes_by_keys_and_keeps_the_focus(visit):
    page = visit("/trade")
    button = page.get_by_role("button", name=re.compile("^About this data: Canada’s balance"))
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-chart=balance] .metadata dl")).to_be_visible()
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("[data-chart=balance] .metadata dl")).to_have_count(0)
    expect(button).to_be_focused()


def test_a_source_in_the_metadata_leads_to_its_row_on_the_sources_page(visit):
    page = visit("/trade?partner=USA")
    page.get_by_role("button", name=re.compile("^About this data: Canada’s goods trade")).click()
    page.locator("[data-chart=trade] .metadata").get_by_role("link", name="All about this source").first.click()
    expect_heading(page, "Where the figures come from")
    assert page.url == f"{visit.address}/sources?partner=USA#source-statcan-12-10-0011"
    expect(page.locator("#source-statcan-12-10-0011")).to_be_attached()
    page.wait_for_function("() => window.scrollY > 0")


def test_a_headline_number_folds_out_its_origin(visit):
    page = visit("/?years=1997-2024")
    card = page.locator(".number-card").filter(has_text="Two-way trade")
    origin = card.locator("details.card-origin")
    expect(origin.get_by_text("8,661.7 + 47,487.0 = 56,148.7 (million Canadian dollars)")).to_be_hidden()
    origin.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(origin.get_by_text("8,661.7 + 47,487.0 = 56,148.7 (million Canadian dollars)")).to_be_visible()
    expect(origin).to_contain_text("Statistics Canada, table 12-10-0011")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


# ---- Pictures -------------------------------------------------------------------------------------------------


def test_the_picture_of_an_index_is_whole_and_named_after_it(visit, tmp_path):
    page = visit("/trade?measure=index")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^Download PNG")).click()
    assert download.value.suggested_filename == "trade_can-mex_1997-2025_annual_cad_index.png"
    download.value.save_as(tmp_path / "index.png")
    with Image.open(tmp_path / "index.png") as image:
        assert (image.format, image.width) == ("PNG", 3000)
        assert image.height >= 1800


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "path",
    [
        "/trade?measure=index&partner=USA&freq=monthly",
        "/trade?measure=constant&reporter=USA&freq=monthly",
        "/trade?reporter=MEX&measure=compound",
        "/trade?reported=both",
    ],
)
def test_measures_stay_within_their_width_with_every_metadata_open(visit, path, width):
    page = visit(path, width=width)
    for button in page.get_by_role("button", name=re.compile("^About this data:")).all():
        button.click()
    expect(page.locator(".metadata dl")).to_have_count(page.locator("[data-chart]").count())
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
