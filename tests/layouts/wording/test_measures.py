"""Measures as a reader meets them: names, definitions, reasons, and ways out that lead to charts."""

from __future__ import annotations

import re

import pytest

from callbacks.pages import PAGES
from data.queries.measures import measure
from data.selection import MEASURES
from layouts.view import View
from layouts.wording import rounding
from layouts.wording.measures import definition, described, measure_name
from layouts.wording.text import Text
from tests.choosing import choose, read
from tests.data.helpers import real_store
from tests.data.queries.test_measures import CHOICES
from tests.sheets import column, drawn, sheet
from tests.wiring import charts_of, draw, tagged, walk, words

# Each reason as a choice that runs into it, its words, and the ways out that are offered.
DEAD_ENDS = {
    "?measure=gdp&freq=monthly": (
        "This measure is made of whole years; parts of years are chosen.",
        ["Show years instead", "Show values"],
    ),
    "?measure=rolling": (
        "A twelve-month sum is made of months; longer periods are chosen.",
        ["Show months instead", "Show values"],
    ),
    "?measure=share&reporter=MEX&partner=USA": (
        "No data on the trade of Mexico with the world, so its share is unknown.",
        ["Show the record of the United States instead", "Show values"],
    ),
    "?measure=share&reporter=USA&partner=MEX&reported=partner&currency=CAD": (
        "No data on the trade of Mexico with the world",
        ["Show the record of the United States instead", "Show values"],
    ),
    "?measure=constant&currency=GBP": (
        "No consumer price data for pounds sterling.",
        ["Show values"],
    ),
    "?measure=constant&freq=monthly": (
        "Consumer prices of Canada: annual data only.",
        ["Show years instead", "Show values"],
    ),
    "?measure=index&base=1990": (
        "The base year 1990 is not wholly on record for this choice.",
        ["Take the usual base year", "Show values"],
    ),
    "?measure=constant&base=2026&reporter=USA": (
        "The base year 2026 is not wholly on record for this choice.",
        ["Take the usual base year", "Show values"],
    ),
    "?measure=index&reporter=MEX&years=2024-2025": (
        "The other years come from records that do not compare with that of the base year",
        ["Show values"],
    ),
    "?measure=gdp&years=2024-2025": (
        "Nothing is on record for these years that this measure could be made of.",
        ["Show values"],
    ),
}


def notice_of(page):
    """The notice that stands where the charts would."""
    (found,) = [node for node in walk(page) if node["props"].get("className") == "notice"]
    return found


@pytest.mark.parametrize("query", DEAD_ENDS)
def test_a_measure_that_cannot_be_shown_says_why_and_every_way_out_leads_to_a_chart(client, query):
    reason, labels = DEAD_ENDS[query]
    page = draw(client, "/trade", query)["page"]
    assert charts_of(page) == {}
    notice = notice_of(page)
    assert reason in words(notice)
    ways = tagged(notice, "Link")
    assert [words(way) for way in ways] == labels
    for way in ways:
        assert way["props"]["href"].startswith("?")
        led = draw(client, "/trade", way["props"]["href"].rstrip("?"))
        assert led["notices"] is None
        assert "trade" in charts_of(led["page"]), words(way)


def reason_of(chosen):
    return measure(real_store(), chosen).why_not


@pytest.mark.slow
def test_every_reason_is_looked_at():
    met = {reason_of(read(query)[0]) for query in DEAD_ENDS}
    assert met == {reason_of(chosen) for chosen in CHOICES} - {""}


# By month Mexico has nothing to be measured, which the page says before any measure is asked for.
ASKED = [
    c
    for c in CHOICES
    if c.currency in ("CAD", "GBP")
    and c.years != (2025, 2025)
    and c.base is None
    and not (c.freq == "monthly" and c.as_reported().reporter == "MEX")
]


@pytest.mark.slow
def test_every_choice_of_measure_draws_a_chart_or_a_reason_with_ways_that_lead_to_one():
    store, _ = real_store(), Text()
    led_to: dict[str, bool] = {}

    def charted(query):
        page = PAGES["/trade"](View(_, read(query)[0]), store)
        return any(getattr(part, "data-chart", None) == "trade" for part in page._traverse())

    for chosen in ASKED:
        if not reason_of(chosen):
            continue
        page = PAGES["/trade"](View(_, chosen), store)
        parts = list(page._traverse())
        (notice,) = [p for p in parts if getattr(p, "className", None) == "notice"]
        ways = [p.href for p in notice._traverse() if getattr(p, "className", None) == "way"]
        assert ways, chosen
        for way in ways:
            if way not in led_to:
                led_to[way] = charted(way)
            assert led_to[way], (chosen, way)
    assert len(led_to) > 20


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_is_offered_chosen_and_defined(client, name):
    page = draw(client, "/trade", f"?reporter=USA&measure={name}" if name != "value" else "?reporter=USA")["page"]
    (switch,) = [n for n in walk(page) if n["props"].get("aria-label") == "Measure"]
    options = [node for node in tagged(switch, "Span") if "option" in str(node["props"]["children"])]
    chosen = [words(node) for node in options if node["props"].get("aria-current") == "true"]
    assert len(tagged(switch, "Link")) == len(MEASURES) == 8
    assert chosen == [measure_name(Text(), name)]
    links = {words(link): link["props"]["href"] for link in tagged(switch, "Link")}
    for other in MEASURES:
        found = read(links[measure_name(Text(), other)])[0]
        assert found == choose(reporter="USA", currency="USD", measure=other), "nothing else changes"
    assert definition(Text(), choose(measure=name), 2000) in words(page)


@pytest.mark.parametrize("name", MEASURES)
def test_names_and_definitions_are_whole_and_differ(name):
    _ = Text()
    chosen = choose(measure=name)
    assert definition(_, chosen, 2000).endswith(".")
    others = {definition(_, choose(measure=other), 2000) for other in MEASURES if other != name}
    assert definition(_, chosen, 2000) not in others
    assert not re.search(r"\{|\}", definition(_, chosen, 2000) + described(_, chosen, 2000) + measure_name(_, name))


@pytest.mark.parametrize(("query", "present"), [("", "1997"), ("&base=2010", "2010"), ("&freq=monthly", "2019")])
def test_base_years_are_a_list_of_addresses_that_shows_the_one_in_use(client, query, present):
    page = draw(client, "/trade", f"?measure=index{query}")["page"]
    (control,) = [node for node in tagged(page, "Select") if node["props"]["id"] == "select-base"]
    options = {words(o): o["props"] for o in tagged(control, "Option")}
    assert list(options) == [str(year) for year in range(2025, 1984, -1)]
    assert [year for year, props in options.items() if props.get("selected")] == [present]
    for year, props in options.items():
        assert read(props["value"])[0].base == int(year)


def test_a_list_without_a_present_option_shows_none_so_that_each_can_be_chosen(client):
    page = draw(client, "/trade", "?measure=index&freq=monthly&years=2026")["page"]
    (control,) = [node for node in tagged(page, "Select") if node["props"]["id"] == "select-base"]
    options = [o["props"] for o in tagged(control, "Option")]
    assert [(o["value"], o["disabled"]) for o in options if o.get("selected")] == [("", True)]
    assert "trade" in charts_of(draw(client, "/trade", options[1]["value"])["page"])


def test_only_measures_with_a_base_offer_base_years(client):
    offered = {
        name: bool(
            [
                n
                for n in tagged(draw(client, "/trade", f"?measure={name}")["page"], "Select")
                if "base" in n["props"]["id"]
            ]
        )
        for name in MEASURES
    }
    assert {name for name, has in offered.items() if has} == {"index", "constant"}


def test_other_measures_than_values_leave_the_charts_of_values_out(client):
    assert list(charts_of(draw(client, "/trade")["page"])) == ["trade", "balance", "growth"]
    assert list(charts_of(draw(client, "/trade", "?measure=index")["page"])) == ["trade"]
    both = draw(client, "/trade", "?measure=index&reported=both&partner=USA")["page"]
    assert list(charts_of(both)) == ["mirror-exports", "mirror-imports"]
    assert "Measures apply to one record; with both sides shown, the chart shows values." in words(both)


def test_the_line_of_compound_growth_has_the_numbers_of_the_measure(client):
    # The sums of twelve months of 1997 and 2025 give 7.2, 7.5 and 7.5 per cent a year over 28 years.
    said = words(draw(client, "/trade")["page"])
    assert "Compound annual growth, 1997 to 2025: exports +7.2%, imports +7.5% and two-way trade +7.5%." in said
    assert "Compound growth" not in words(
        [n for n in walk(draw(client, "/trade", "?measure=index")["page"]) if n["props"].get("className") == "so-far"]
    )


# ---- Whose record ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "title", "chosen"),
    [
        ("?partner=USA", "Canada’s goods trade with the United States, as Canada reports it", "Canada"),
        (
            "?partner=USA&reported=partner",
            "Canada’s goods trade with the United States, as the United States reports it",
            "United States",
        ),
        ("?reporter=USA&reported=partner", "US goods trade with Mexico, as Mexico reports it", "Mexico"),
    ],
)
def test_the_switch_of_records_and_the_title_say_whose_record_it_is(client, query, title, chosen):
    page = draw(client, "/trade", query)["page"]
    assert words(tagged(charts_of(page)["trade"], "H2")) == title
    (switch,) = [n for n in walk(page) if n["props"].get("aria-label") == "As reported by"]
    current = [n for n in tagged(switch, "Span") if n["props"].get("aria-current")]
    assert [words(n) for n in current] == [chosen]
    reported = [read(link["props"]["href"])[0].reported for link in tagged(switch, "Link")]
    assert reported == ["country", "partner", "both"]


def test_both_sides_lead_to_the_reasons_why_they_differ(client):
    page = draw(client, "/trade", "?reported=both&currency=USD")["page"]
    assert list(charts_of(page)) == ["mirror-exports", "mirror-imports"]
    (why,) = [link for link in tagged(page, "Link") if words(link) == "Why the two sides differ"]
    assert why["props"]["href"] == "/mirror?currency=USD&reported=both"
    assert "1.73 times as much" in words(charts_of(page)["mirror-imports"])


def test_a_converted_sum_of_twelve_months_says_that_each_month_has_its_rate():
    remarks = drawn("trade", "?freq=monthly&measure=rolling&currency=USD").remarks
    assert "Each month is converted at its own average rate" in remarks[-1] and remarks[-1].endswith("by up to 1.1%.")
    assert not any("Each month" in said for said in drawn("trade", "?freq=monthly&measure=rolling").remarks)


# ---- Shares, ends, digits -------------------------------------------------------------------------------------


def ends(it):
    """Names and values at the ends of the lines."""
    return dict(
        a.text.removeprefix("<b>").split("</b><br>") for a in it.figure.layout.annotations if "</b><br>" in str(a.text)
    )


def test_shares_say_what_they_are_of_and_the_total_has_its_own():
    """US trade with Mexico, 2024: 16.2 % of exports, 15.5 % of imports, 15.8 % of both."""
    it = drawn("trade", "?reporter=USA&measure=share&years=2013-2024")
    assert ends(it) == {"Exports": "16.2%", "Imports": "15.5%", "Two-way": "15.8%"}
    assert [said.split(":")[0] for said in it.summary] == [
        "Exports to Mexico, share of US exports to all countries",
        "Imports from Mexico, share of US imports from all countries",
        "Two-way trade with Mexico, share of US two-way trade with all countries",
    ]
    headers = [column(it, f"{name}_pct").header for name in ("exports", "imports", "two_way")]
    assert headers[0] == "Exports, per cent of US exports to all countries"
    assert column(it, "two_way_pct").values[-1] == pytest.approx(15.7571, abs=1e-4)
    # What Mexico exports is a share of what the United States imports.
    theirs = drawn("trade", "?reporter=MEX&partner=USA&reported=partner&measure=share")
    assert column(theirs, "exports_pct").header == "Exports, per cent of US imports from all countries"
    assert column(theirs, "exports_pct").values[-1] == column(it, "imports_pct").values[-1]


ENDS = {
    "?reporter=USA&measure=share": (
        ["Begins in 2013: no data on trade with all countries before that."],
        ["Ends in 2024: no data on trade with all countries after that."],
        "trade_usa-mex_2013-2024_annual_usd_share",
    ),
    "?measure=gdp": ([], ["Ends in 2023: no data on GDP after that."], "trade_can-mex_1997-2023_annual_cad_gdp"),
    "?measure=constant": (
        [],
        ["Ends in 2024: no data on consumer prices after that."],
        "trade_can-mex_1997-2024_annual_cad_constant",
    ),
    "?reporter=USA&measure=constant&freq=monthly": (
        [],
        ["Ends in May 2026: no data on consumer prices after that."],
        "trade_usa-mex_2019-2026_monthly_usd_constant",
    ),
    "?measure=gdp&years=2000-2020": ([], [], "trade_can-mex_2000-2020_annual_cad_gdp"),
    "": ([], [], "trade_can-mex_1997-2025_annual_cad"),
}


@pytest.mark.parametrize("query", ENDS)
def test_a_measure_that_ends_before_the_chosen_years_says_when_and_why(query):
    begins, ends_, name = ENDS[query]
    it = drawn("trade", query)
    assert [said for said in it.remarks if said.startswith("Begins in")] == begins
    assert [said for said in it.remarks if said.startswith("Ends in")] == ends_
    # The file is named after the years it holds.
    assert it.file_name == name
    years = [period.year for period in sheet("trade", query).rows["period"]]
    assert name.split("_")[2] == f"{years[0]}-{years[-1]}"


def test_measures_and_base_years_that_cannot_be_shown_are_grey(client):
    page = draw(client, "/trade", "?measure=index")["page"]
    (switch,) = [n for n in walk(page) if n["props"].get("aria-label") == "Measure"]
    grey = {words(n): n["props"]["title"] for n in tagged(switch, "Link") if "unavailable" in n["props"]["className"]}
    assert set(grey) == {"12-month sum"}
    assert grey["12-month sum"] == "A twelve-month sum is made of months; longer periods are chosen."
    assert all(n["props"]["href"] for n in tagged(switch, "Link"))
    (control,) = [node for node in tagged(page, "Select") if node["props"]["id"] == "select-base"]
    can = [words(o) for o in tagged(control, "Option") if not o["props"].get("disabled")]
    assert can == [str(year) for year in range(2025, 1996, -1)]
    monthly = draw(client, "/trade", "?freq=monthly")["page"]
    (switch,) = [n for n in walk(monthly) if n["props"].get("aria-label") == "Measure"]
    grey = {words(n) for n in tagged(switch, "Link") if "unavailable" in n["props"]["className"]}
    assert grey == {"Share", "% of GDP", "Constant prices", "Compound growth"}


def test_parts_of_gdp_have_the_digits_that_tell_years_apart():
    """Canada’s exports to Mexico, per cent of GDP: 0.326, 0.324, 0.307; with one digit they were 0.3 three times."""
    it = drawn("trade", "?measure=gdp")
    assert column(it, "exports_pct").cells[-3:] == ["0.326", "0.324", "0.307"]
    assert ends(it)["Exports"] == "0.307%"
    assert ends(drawn("trade", "?partner=USA&measure=gdp")) == {
        "Exports": "20.57%",
        "Imports": "13.01%",
        "Two-way": "33.58%",
    }


ROUNDED = "Each figure is rounded on its own, so parts may not add up to their sum."


def test_parts_that_do_not_add_up_as_shown_are_explained(client):
    """US$ billion, 2025: 6.4 and 38.3 beside 44.6, which are 6.366, 38.263 and 44.628."""
    it = drawn("trade", "?currency=USD")
    assert ends(it) == {"Exports": "6.4", "Imports": "38.3", "Two-way": "44.6"}
    assert ROUNDED in it.remarks and ROUNDED in it.legend.children
    assert ROUNDED not in drawn("trade", "").remarks and drawn("trade", "").legend is None
    page = words(draw(client, "/", "?currency=USD")["page"])
    assert ROUNDED in page
    # In Canadian dollars 8.9 and 53.5 are 62.4, and their difference is 44.6; a year before, 8.7 and 47.5 were 56.1.
    assert ROUNDED not in words(draw(client, "/")["page"])
    assert ROUNDED in words(draw(client, "/", "?years=1997-2024")["page"])
    assert not rounding.amounts_part([890.0, 47_500.0], 48_390.0)
    assert rounding.amounts_part([6_365.8, 38_262.6], 44_628.4)
    assert not rounding.amounts_part([float("nan"), 1.0], 1.0)
