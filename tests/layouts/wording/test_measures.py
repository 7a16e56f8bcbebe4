"""Measures as a reader meets them: names, definitions, reasons, and ways out that lead to charts."""

from __future__ import annotations

import re

import pytest

from callbacks.pages import PAGES
from data.queries.measures import measure
from data.selection import MEASURES, Selection
from layouts.view import View
from layouts.wording.measures import definition, described, measure_name
from layouts.wording.text import Text
from tests.data.helpers import real_store
from tests.data.queries.test_measures import CHOICES
from tests.sheets import drawn
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
        "The trade of Mexico with the world is not held, so its share is unknown.",
        ["Show the US record instead", "Show values"],
    ),
    "?measure=share&reporter=USA&partner=MEX&reported=partner&currency=CAD": (
        "The trade of Mexico with the world is not held",
        ["Show the US record instead", "Show values"],
    ),
    "?measure=constant&currency=GBP": (
        "No consumer prices are held for pounds sterling.",
        ["Show values"],
    ),
    "?measure=constant&freq=monthly": (
        "Consumer prices by month are held for the United States only; those of Canada are held by year.",
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
    met = {reason_of(Selection.from_query(query)[0]) for query in DEAD_ENDS}
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
        page = PAGES["/trade"](View(_, Selection.from_query(query)[0]), store)
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
        found = Selection.from_query(links[measure_name(Text(), other)])[0]
        assert found == Selection(reporter="USA", currency="USD", measure=other), "nothing else changes"
    assert definition(Text(), Selection(measure=name), 2000) in words(page)


@pytest.mark.parametrize("name", MEASURES)
def test_names_and_definitions_are_whole_and_differ(name):
    _ = Text()
    chosen = Selection(measure=name)
    assert definition(_, chosen, 2000).endswith(".")
    others = {definition(_, Selection(measure=other), 2000) for other in MEASURES if other != name}
    assert definition(_, chosen, 2000) not in others
    assert not re.search(r"\{|\}", definition(_, chosen, 2000) + described(_, chosen, 2000) + measure_name(_, name))


@pytest.mark.parametrize(("query", "present"), [("", "1997"), ("&base=2010", "2010"), ("&freq=monthly", "2019")])
def test_base_years_are_a_list_of_addresses_that_shows_the_one_in_use(client, query, present):
    page = draw(client, "/trade", f"?measure=index{query}")["page"]
    (control,) = [node for node in tagged(page, "Select") if node["props"]["id"] == "pick-base"]
    options = {words(o): o["props"] for o in tagged(control, "Option")}
    assert list(options) == [str(year) for year in range(2025, 1984, -1)]
    assert [year for year, props in options.items() if props.get("selected")] == [present]
    for year, props in options.items():
        assert Selection.from_query(props["value"])[0].base == int(year)


def test_a_list_without_a_present_option_shows_none_so_that_each_can_be_chosen(client):
    page = draw(client, "/trade", "?measure=index&freq=monthly&years=2026")["page"]
    (control,) = [node for node in tagged(page, "Select") if node["props"]["id"] == "pick-base"]
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
    assert "A measure is taken of one record; with both sides shown, these are values." in words(both)


def test_the_line_of_compound_growth_has_the_numbers_of_the_measure(client):
    # The sums of twelve months of 1997 and 2025 give 7.2, 7.5 and 7.5 per cent a year over 28 years.
    said = words(draw(client, "/trade")["page"])
    assert "Compound growth a year, 1997 to 2025: exports +7.2%, imports +7.5% and two-way trade +7.5%." in said
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
    reported = [Selection.from_query(link["props"]["href"])[0].reported for link in tagged(switch, "Link")]
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
