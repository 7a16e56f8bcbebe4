"""Choosing: controls, address and charts always say the same, in every direction."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from data.queries import tariffs
from data.selection import CATEGORIES, FREQUENCIES, MEASURES
from tests.browser.reading import (
    CONTROLS,
    choose,
    chosen,
    drawn,
    expect_drawn,
    expect_heading,
    expect_query,
    query,
    series_of,
)
from tests.choosing import choose as selected
from tests.choosing import coverage, read
from tests.serving import wait_until_drawn

pytestmark = pytest.mark.browser

US, MEXICO, CANADA = "the United States", "Mexico", "Canada"


def expect_trade(page, store, selection, to):
    """Title, chart and address of the Trade page for a selection."""
    expect_query(page, selection.to_query())
    expect_drawn(page, "trade", series_of(store, selection, to))


# ---- Turning a control ----------------------------------------------------------------------------------------


def test_another_partner_changes_title_chart_and_address(visit, store):
    page = visit("/trade")
    expect_drawn(page, "trade", series_of(store, selected(), MEXICO))
    choose(page, CONTROLS["partner"], "United States")
    expect_heading(page, "Canada’s goods trade with the United States")
    expect_trade(page, store, selected(partner="USA"), US)
    expect(page.locator("[data-chart=trade] h2")).to_contain_text("with the United States")


def test_other_years_change_chart_and_address(visit, store):
    page = visit("/trade")
    choose(page, CONTROLS["first"], "2010")
    expect_trade(page, store, selected(years=(2010, 2025)), MEXICO)
    choose(page, CONTROLS["last"], "2020")
    expect_trade(page, store, selected(years=(2010, 2020)), MEXICO)
    expect(page.locator("[data-chart=trade] .subtitle")).to_contain_text("2010–2020")


def test_a_first_year_after_the_last_takes_the_last_along(visit, store):
    page = visit("/trade?years=2010-2015")
    choose(page, CONTROLS["first"], "2018")
    expect_trade(page, store, selected(years=(2018, 2018)), MEXICO)
    expect(page.locator("#filter-last-year")).to_have_text("2018")


def test_months_take_their_usual_years_unless_years_were_chosen(visit, store):
    page = visit("/trade")
    choose(page, CONTROLS["frequency"], "monthly")
    expect_trade(page, store, selected(freq="monthly", years=(2019, 2026)), MEXICO)
    expect(page.locator("#filter-first-year")).to_have_text("2019")
    page = visit("/trade?years=2010-2012")
    choose(page, CONTROLS["frequency"], "monthly")
    expect_trade(page, store, selected(freq="monthly", years=(2010, 2012)), MEXICO)


def test_another_currency_converts_the_chart_and_says_so(visit, store):
    page = visit("/trade")
    choose(page, CONTROLS["currency"], "US dollars")
    expect_trade(page, store, selected(currency="USD"), MEXICO)
    expect(page.locator("[data-chart=trade] .subtitle")).to_contain_text("US dollars")
    expect(page.locator("[data-chart=trade] .source")).to_contain_text("Converted at average rates")


def test_a_currency_never_chosen_follows_the_country(visit, store):
    page = visit("/trade")
    choose(page, CONTROLS["country"], "United States")
    expect_trade(page, store, selected(reporter="USA", currency="USD"), MEXICO)
    expect(page.locator("#filter-currency")).to_have_text("US dollars")


def test_a_chosen_currency_stays_when_the_country_changes(visit, store):
    page = visit("/trade?currency=GBP")
    choose(page, CONTROLS["country"], "United States")
    expect_trade(page, store, selected(reporter="USA", currency="GBP"), MEXICO)
    expect(page.locator("#filter-currency")).to_have_text("pounds sterling")


def test_a_country_that_becomes_its_own_partner_is_explained(visit):
    page = visit("/trade")
    choose(page, CONTROLS["country"], "Mexico")
    expect_query(page, "?reporter=MEX&partner=MEX")
    expect(page.locator("#page .notice")).to_contain_text("Mexico is chosen twice")


# ---- The address ----------------------------------------------------------------------------------------------

WRITE = """cases => {
    const kept = window.dash_clientside.set_props;
    try {
        return cases.map(({now, before, search}) => {
            let written = window.location.search;
            window.dash_clientside.set_props = (id, props) => { written = props.search; };
            window.dash_clientside.bilateral.writeAddress(...now, before, search);
            return written;
        });
    } finally {
        window.dash_clientside.set_props = kept;
    }
}"""


def test_the_script_writes_the_same_address_as_python_for_every_choice(visit):
    spans = [(1997, 2025), (2019, 2026), (2005, 2012), (2025, 2025), (1985, 2026)]
    extras = [
        {},
        {"on": dt.date(2025, 3, 7), "category": "court"},
        {"reported": "both", "measure": "index", "base": 2000, "marks": "none"},
        {"flow": "import", "product": "98-99", "against": 2019, "event": "canada-35", "detail": "chapter", "rate": 2.5},
    ]
    every = [
        selected(country, partner, years, freq, currency, **more)
        for country, partner, years, freq, currency, more in itertools.product(
            coverage().countries, coverage().countries, spans, FREQUENCIES, coverage().currencies, extras
        )
    ]
    cases = []
    for it in every:
        now = [it.reporter, it.partner, *it.years, it.freq, it.currency]
        # The partner alone was turned, so nothing else may follow it.
        before = [it.reporter, next(c for c in coverage().countries if c != it.partner), *now[2:]]
        # What nobody touched stands in the address already; by month and quarter the years among it, which may be cut.
        kept = replace(it, reporter="CAN", partner="MEX", currency="CAD").to_query()
        cases.append({"now": now, "before": before, "search": "&".join(["?partner=CAN", *filter(None, [kept[1:]])])})
    written = visit("/sources").evaluate(WRITE, cases)
    assert len(every) > 500
    assert written == [it.to_query() for it in every]


LINKS = [
    ("?partner=USA", US),
    ("?reporter=USA&years=2000-2010", MEXICO),
    ("?reporter=USA&partner=CAN&currency=CAD", CANADA),
    ("?years=2020-2024&freq=monthly&currency=USD", MEXICO),
    ("?years=2019&currency=GBP", MEXICO),
]


@pytest.mark.parametrize(("search", "to"), LINKS)
def test_a_link_opens_the_same_view(visit, store, text, search, to):
    page = visit(f"/trade{search}")
    selection = read(search)[0]
    expect_drawn(page, "trade", series_of(store, selection, to))
    names = {"CAN": "Canada", "MEX": "Mexico", "USA": "United States"}
    assert {name: chosen(page, control) for name, control in CONTROLS.items()} == {
        "country": names[selection.reporter],
        "partner": names[selection.partner],
        "first": str(selection.years[0]),
        "last": str(selection.years[1]),
        "frequency": selection.freq,
        "currency": text.currency(selection.currency),
    }
    assert query(page) == search == selection.to_query()


def test_opening_a_page_does_not_rewrite_its_address(visit):
    for path in ("/trade?utm_source=mail&partner=USA", "/tariffs?partner=USA&on=2025-08-01", "/events?category=court"):
        page = visit(path)
        assert page.url == visit.address + path


def test_back_and_forward_bring_back_controls_and_charts(visit, store):
    page = visit("/trade")
    choose(page, CONTROLS["partner"], "United States")
    expect_trade(page, store, selected(partner="USA"), US)
    choose(page, CONTROLS["currency"], "US dollars")
    expect_trade(page, store, selected(partner="USA", currency="USD"), US)
    page.go_back()
    expect_trade(page, store, selected(partner="USA"), US)
    expect(page.locator("#filter-currency")).to_have_text("Canadian dollars")
    page.go_back()
    expect_trade(page, store, selected(), MEXICO)
    expect(page.locator("#filter-partner")).to_have_text("Mexico")
    page.go_forward()
    expect_trade(page, store, selected(partner="USA"), US)
    expect(page.locator("#filter-partner")).to_have_text("United States")


# ---- Choices that lead nowhere --------------------------------------------------------------------------------

REFUSED = [
    ("country", "BRA", ["the country", "CAN", "MEX", "USA"]),
    ("partner", "XYZ", ["the partner", "CAN", "MEX", "USA"]),
    ("years", "1900-1910", ["the years", "1985-2026"]),
    ("freq", "weekly", ["the frequency", "annual", "quarterly", "monthly"]),
    ("currency", "EUR", ["the currency", *coverage().currencies]),
    ("on", "2025-02-30", ["the day", "2025-01-01", "2026-10-09"]),
    ("category", "sport", ["the category", *CATEGORIES]),
    ("reported", "me", ["the record", "country, partner or both"]),
    ("measure", "foo", ["the measure", *MEASURES]),
    ("base", "1900", ["the base year", "a year from 1985 to 2026"]),
    ("product", "77", ["the product", "I", "01"]),
]


@pytest.mark.parametrize(("field", "value", "said"), REFUSED)
def test_a_value_that_cannot_be_used_is_named_with_what_could_be_and_the_rest_works(visit, field, value, said):
    other = ("currency", "USD", "US dollars") if field != "currency" else ("partner", "USA", "United States")
    page = visit(f"/trade?{field}={value}&{other[0]}={other[1]}")
    notice = page.locator("#notices .notice")
    for words in (value, *said):
        expect(notice).to_contain_text(words)
    assert chosen(page, CONTROLS[other[0]]) == other[2]
    assert drawn(page, "trade")
    notice.get_by_role("link", name="Clean the address").click()
    expect(notice).to_have_count(0)
    expect_query(page, f"?{other[0]}={other[1]}")


DEAD_ENDS = {
    "/?partner=CAN": "Canada is chosen twice",
    "/trade?partner=CAN": "Canada is chosen twice",
    "/trade?reporter=MEX&freq=monthly": "No monthly data from Mexico on trade with Canada",
    "/trade?years=1985-1986": "Canada has no figures here for 1985–1986",
    "/tariffs?partner=CAN": "Canada is chosen twice",
}


@pytest.mark.parametrize("path", DEAD_ENDS)
def test_a_choice_without_figures_says_why_and_every_way_out_leads_to_charts(visit, path):
    page = visit(path)
    notice = page.locator("#page .notice").first
    expect(notice).to_contain_text(DEAD_ENDS[path])
    labels = notice.get_by_role("link").all_inner_texts()
    assert labels
    for label in labels:
        notice.get_by_role("link", name=label, exact=True).click()
        expect(page.locator("#page .js-plotly-plot .main-svg").first).to_be_visible()
        expect(page.get_by_text(DEAD_ENDS[path])).to_have_count(0)
        page.go_back()
        expect(notice).to_contain_text(DEAD_ENDS[path])


# ---- Tables ---------------------------------------------------------------------------------------------------

TABLE = """() => [...document.querySelectorAll('[data-chart=trade] .data tbody tr')]
    .map(row => [...row.children].map(cell => cell.innerText.trim()))"""


def test_the_table_under_a_chart_has_its_numbers_and_stays_open(visit, store, text):
    page = visit("/trade")
    button = page.get_by_role("button", name=re.compile("^Data: Canada’s goods trade"))
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    expect(page.locator("[data-chart=trade] .data table")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect_table(page, text, "trade", MEXICO)
    choose(page, CONTROLS["partner"], "United States")
    expect_drawn(page, "trade", series_of(store, selected(partner="USA"), US))
    expect_table(page, text, "trade", US)
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(page.locator("[data-chart=trade] .data table")).to_have_count(0)
    expect(button).to_have_attribute("aria-expanded", "false")


def expect_table(page, text, chart, to):
    """The open table says in millions what the lines show in billions."""
    lines = drawn(page, chart)
    rows = page.evaluate(TABLE)
    assert len(rows) > 20
    for column, name in ((1, f"Exports to {to}"), (2, f"Imports from {to}"), (3, f"Two-way trade with {to}")):
        shown = [row[column].rstrip("ᵖᴱ") for row in rows]
        assert shown == [text.number(value * 1000, 1) for value in lines[name]]


# ---- Tariffs and events ---------------------------------------------------------------------------------------


def matrix(page):
    """Goods of the tables of the chosen day, from the page."""
    return page.locator("section.first .rates tbody th[scope=row] > span:first-child").all_inner_texts()


def goods_on(store, text, day):
    rows = tariffs.between(store, "CAN", "USA")
    return sorted(text.data(scope) for scope in tariffs.in_force(store, rows, day)["scope_text"])


def type_day(page, day):
    field = page.get_by_label("Day (year-month-day)")
    field.fill(day)
    field.press("Enter")


def test_a_typed_day_changes_the_matrix_and_the_address(visit, store, text):
    page = visit("/tariffs?partner=USA")
    assert sorted(matrix(page)) == goods_on(store, text, coverage().last_day)
    type_day(page, "2025-03-20")
    expect(page.get_by_role("heading", name="What applied on 20 March 2025")).to_be_visible()
    expect_query(page, "?partner=USA&on=2025-03-20")
    assert (
        sorted(matrix(page))
        == goods_on(store, text, dt.date(2025, 3, 20))
        != goods_on(store, text, coverage().last_day)
    )


@pytest.mark.parametrize("day", ["2025-02-30", "yesterday"])
def test_a_typed_day_that_is_none_is_explained(visit, day):
    page = visit("/tariffs?partner=USA&on=2025-08-01")
    type_day(page, day)
    expect(page.locator("#notices .notice")).to_contain_text(day)
    expect(page.locator("#notices .notice")).to_contain_text("a day from 2025-01-01 to 2026-10-09")
    expect(page.get_by_role("heading", name="What applied on 9 October 2026")).to_be_visible()


def test_the_changes_before_and_after_a_day_are_one_click_away(visit, store, text):
    days = tariffs.change_days(store, tariffs.between(store, "CAN", "USA"))
    before, after = tariffs.neighbours(days, dt.date(2025, 8, 15))
    page = visit("/tariffs?partner=USA&on=2025-08-15")
    page.get_by_role("link", name="Change before").click()
    expect(page.get_by_role("heading", name=f"What applied on {text.date(before)}")).to_be_visible()
    expect_query(page, f"?partner=USA&on={before}")
    page.go_back()
    page.get_by_role("link", name="Change after").click()
    expect(page.get_by_role("heading", name=f"What applied on {text.date(after)}")).to_be_visible()


def test_a_day_of_change_is_chosen_from_a_list(visit, store, text):
    days = tariffs.change_days(store, tariffs.between(store, "CAN", "USA"))
    page = visit("/tariffs?partner=USA")
    choose(page, "tariff-change", text.date(days[1]))
    expect(page.get_by_role("heading", name=f"What applied on {text.date(days[1])}")).to_be_visible()
    expect_query(page, f"?partner=USA&on={days[1]}")


def test_a_day_without_tariffs_says_so_and_leads_to_the_first_one(visit, store, text):
    days = tariffs.change_days(store, tariffs.between(store, "CAN", "USA"))
    page = visit("/tariffs?partner=USA&on=2025-01-15")
    expect(page.locator("#page .notice")).to_contain_text("No additional tariff between the two applied on this day")
    page.get_by_role("link", name=f"Go to {text.date(days[0])}").click()
    expect(page.locator("section.first .rates").first).to_be_visible()


def test_the_first_day_has_no_change_before_it(visit, store):
    days = tariffs.change_days(store, tariffs.between(store, "CAN", "USA"))
    page = visit(f"/tariffs?partner=USA&on={days[0]}")
    expect(page.get_by_role("link", name="Change before")).to_have_count(0)
    expect(page.get_by_text("Change before")).to_be_visible()


def test_events_are_filtered_by_category(visit, store):
    page = visit("/events")
    everything = page.locator(".event").count()
    choose(page, "event-category", "courts")
    expect_query(page, "?category=court")
    mine = store.events[store.events["category"] == "court"]
    mine = mine[mine["countries"].str.contains("CAN|MEX")]
    expect(page.locator(".event")).to_have_count(len(mine))
    assert 0 < len(mine) < everything
    assert set(page.locator(".event").evaluate_all("all => all.map(e => e.id)")) == set("event-" + mine["event_id"])
    choose(page, "event-category", "all categories")
    expect(page.locator(".event")).to_have_count(everything)
    expect_query(page, "")


def test_a_choice_of_the_page_survives_a_turn_of_a_filter(visit):
    page = visit("/products?reporter=USA&flow=import&detail=chapter")
    choose(page, CONTROLS["currency"], "Canadian dollars")
    expect_query(page, "?reporter=USA&currency=CAD&flow=import&detail=chapter")


def test_tariffs_are_chosen_by_their_border_and_the_day_stays_while_filters_of_trade_are_put_away(visit):
    page = visit("/tariffs?on=2025-08-01")
    expect(page.locator("#filters")).to_be_hidden()
    expect_heading(page, "The article’s 25% and 10% on Canadian goods ended on 23 February 2026; other tariffs apply.")
    page.get_by_role("group", name="Tariffs between").get_by_role("link", name="United States and Mexico").click()
    expect_query(page, "?on=2025-08-01&border=USA-MEX")
    expect_heading(page, "The article’s 25% on Mexican goods ended on 23 February 2026; other tariffs apply.")
    expect(page.get_by_role("heading", name="What applied on 1 August 2025")).to_be_visible()
    wait_until_drawn(page)
    page.get_by_role("link", name="Rate actually paid").click()
    expect(page.locator("#filters")).to_be_visible()
    expect(page.locator("#filter-bar")).to_have_text(re.compile(r"^Trade of .* with .*, in .*dollars"))
    for idle in ("#filter-first-year", "#filter-last-year", "#filter-frequency"):
        expect(page.locator(idle)).to_be_hidden()
