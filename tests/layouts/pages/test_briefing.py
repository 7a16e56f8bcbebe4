"""The briefing: what stands on it for each pair, in light colours, without anything that is pressed."""

from __future__ import annotations

import pytest
from dash import dcc, html

from data.queries import events, retaliation, trade
from layouts.components.source_line import citation
from layouts.pages import briefing
from layouts.theme import DARK, LIGHT
from layouts.view import View
from tests.choosing import choose, read
from tests.data.helpers import read_rows
from tests.drawing import drawn

# The charts of each pair, in their order.
PAIRS = {
    ("CAN", "MEX"): ["flows", "balance", "mirror-exports", "baci"],
    ("CAN", "USA"): ["flows", "balance", "mirror-exports", "products-ranking", "retaliation"],
    ("MEX", "CAN"): ["flows", "balance", "mirror-exports", "baci"],
    # One year in which both flows are on record is no course of a balance.
    ("MEX", "USA"): ["flows", "mirror-exports", "products-ranking", "measure-timeline"],
    ("USA", "CAN"): ["flows", "balance", "mirror-exports", "products-ranking", "retaliation"],
    ("USA", "MEX"): ["flows", "balance", "mirror-exports", "products-ranking", "measure-timeline"],
}
QUERIES = [
    "?partner=USA&freq=monthly",
    "?reporter=MEX&freq=monthly",
    "?years=1985-1990",
    "?years=2024",
    "?partner=USA&measure=index&reported=both&product=87",
    "?partner=USA&currency=GBP",
    "?marks=all&partner=USA",
]


def made(text, store, **chosen):
    return drawn(briefing.page, View(text, choose(**chosen), DARK), store)


def parts(page, kind):
    return [part for part in page._traverse() if isinstance(part, kind)]


def words(part):
    if isinstance(part, list | tuple):
        return "".join(words(child) for child in part)
    return words(part.children) if hasattr(part, "children") else "" if part is None else str(part)


def section(page, heading):
    (found,) = [s for s in parts(page, html.Section) if words(s.children[0]).startswith(heading)]
    return found


@pytest.mark.parametrize(("country", "partner"), PAIRS)
def test_each_pair_has_the_charts_there_are_figures_for(text, store, country, partner):
    found = made(text, store, reporter=country, partner=partner, currency="USD")
    assert list(found.charts) == PAIRS[country, partner]


@pytest.mark.parametrize("query", QUERIES)
def test_the_briefing_draws_for_every_choice_with_numbers_sources_and_one_title(text, store, query):
    selection = read(query)[0]
    page = briefing.page(View(text, selection), store)
    assert len(parts(page, html.H1)) == 1
    assert "nan" not in words(page).lower().split()
    if parts(page, dcc.Graph):
        assert words(section(page, "Sources used").children[1])
    else:
        assert "figures here" in words(page) or "figures that" in words(page)


def test_a_country_with_itself_gets_the_notice(text, store):
    page = briefing.page(View(text, choose(partner="CAN")), store)
    assert "chosen twice" in words(page) and not parts(page, dcc.Graph)


def test_paper_is_light_whatever_the_theme(text, store):
    found = made(text, store, partner="USA")
    for graph in parts(found.page, dcc.Graph):
        assert graph.figure.layout.font.color == LIGHT.ink
        assert DARK.ink not in graph.figure.to_json().split('"meta"')[0]


def test_the_headline_numbers_are_those_of_the_tables(text, store):
    head = trade.headline(store, choose())
    shown = {p.to_plotly_json()["props"].get("data-figure"): words(p) for p in parts(made(text, store).page, html.P)}
    for measure, figure in head.figures.items():
        assert shown[measure] == text.money(figure.value, "CAD")
    # The twelve months of 2025 that Statistics Canada published, added up without the code under test.
    assert "62.4" in shown["total"]


def test_the_ledger_has_every_tranche_of_the_table_once(text, store):
    page = made(text, store, partner="USA").page
    rows = parts(section(page, "Retaliation"), html.Tbody)[0].children
    assert len(rows) == len(read_rows("retaliation.csv")) == len(retaliation.tranches(store))
    names = [words(row.children[0]) for row in rows]
    assert len(set(names)) == len(names)
    first = next(row for row in rows if "First list" in words(row.children[0]))
    # The announcement of 2 February 2025: C$30 billion from 4 March to 31 August 2025.
    assert [words(cell) for cell in first.children][1:3] == ["Ended", "30.0"]
    assert [words(cell).replace("\u00a0", " ") for cell in first.children][5:] == ["4 Mar 2025", "1 Sept 2025"]


def test_tariffs_are_those_that_apply_between_the_two_on_the_last_day(text, store):
    rows = parts(section(made(text, store, partner="USA").page, "Additional tariffs"), html.Tbody)[0].children
    expected = [
        row
        for row in read_rows("tariffs.csv")
        if {row["imposer"], row["target"]} == {"CAN", "USA"}
        and row["status"] not in ("announced", "never_applied")
        and row["effective_from"] <= "2026-10-09"
        and (not row["effective_to"] or row["effective_to"] > "2026-10-09")
    ]
    assert len(rows) == len(expected) > 10
    said = {words(row.children[0]): words(row.children[4]) for row in rows}
    written = [row["rate_text"] for row in expected if row["rate_text"]]
    assert written and all(any(it in name for name in said) for it in written), "what a plain rate does not say"
    apart = {usmca for name, usmca in said.items() if "USMCA" in name or "CUSMA" in name}
    assert apart == {"on part of the value", "only these"}
    none = section(made(text, store).page, "Additional tariffs")
    assert parts(none, html.Table) or "No additional tariff" in words(none)


def test_breaks_and_events_are_told_once(text, store):
    found = made(text, store, partner="USA")
    told = [words(item) for item in parts(section(found.page, "Breaks"), html.Li)]
    assert len(told) == len(set(told)) > 4
    plain = View(text, choose(partner="USA"))
    own = {line for it in briefing._charts(plain, store) for line in it.breaks}
    assert set(told) == own
    charts = [part for part in parts(found.page, html.Figure) if getattr(part, "data-chart") in found.charts]
    listed = [words(marks) for it in charts for marks in parts(it, html.Ol) if marks.className == "marks"]
    assert len(listed) == len(set(listed)) > 0
    repeated = [it for it in charts if "The numbered events are those of the first chart." in words(it)]
    assert repeated and not [it for it in repeated if parts(it, html.Ol)]


@pytest.mark.parametrize(("country", "partner"), PAIRS)
def test_every_source_of_a_section_is_listed_once(text, store, country, partner):
    found = made(text, store, reporter=country, partner=partner)
    listed = [words(item) for item in parts(section(found.page, "Sources used"), html.Li)]
    # Written down from the files: charts, tariffs in force, tranches, claims shown, latest events, breaks told.
    ids = {source_id for it in found.charts.values() for source_id in it.source.ids}
    ids |= {
        row["source_id"]
        for row in read_rows("tariffs.csv")
        if row["status"] == "in_force" and {row["imposer"], row["target"]} == {country, partner}
    }
    ids |= {row["source_id"] for row in read_rows("retaliation.csv")} | {"statcan-12-10-0011"}
    for row in read_rows("claims.csv"):
        if row["statement"] in words(section(found.page, "What the article says")):
            ids |= {row["source_id"], *row["check_source_ids"].split()}
    happened = words(section(found.page, "Latest events"))
    ids |= {row["source_id"] for row in read_rows("events.csv") if row["title"] in happened}
    told = words(section(found.page, "Breaks"))
    ids |= {row["source_id"] for row in read_rows("breaks.csv") if row["text"] in told}
    assert {citation(text, store.source, source_id) for source_id in ids} <= set(listed)
    assert len(listed) == len(set(listed))


def test_the_table_of_tariffs_names_its_sources(text, store):
    shown = section(made(text, store, partner="USA").page, "Additional tariffs")
    (line,) = [words(p) for p in parts(shown, html.P)]
    rows = [row for row in read_rows("tariffs.csv") if {row["imposer"], row["target"]} == {"CAN", "USA"}]
    ids = {row["source_id"] for row in rows if row["status"] == "in_force"}
    assert line.startswith("Source: ") and all(citation(text, store.source, source_id) in line for source_id in ids)


def test_the_latest_events_come_first(text, store):
    selection = choose(partner="USA")
    shown = [words(h) for h in parts(section(made(text, store, partner="USA").page, "Latest events"), html.H3)]
    expected = events.latest(store, selection, briefing.EVENTS_SHOWN)
    assert shown == list(expected["title"]) and expected["date"].is_monotonic_decreasing


def test_nothing_but_printing_is_pressed_outside_the_actions_that_paper_hides(text, store):
    found = made(text, store, partner="USA")
    buttons = [b.to_plotly_json()["props"] for b in parts(found.page, html.Button)]
    assert [b for b in buttons if "data-print" in b and b["children"] == "Print or save as PDF"]
    assert all("data-print" in b or b["className"] == "action" for b in buttons)
    assert not parts(found.page, dcc.Dropdown) and not parts(found.page, html.Select)


def test_many_events_stand_open(text, store):
    page = made(text, store, partner="USA", marks="all").page
    folded = [d for d in parts(page, html.Details) if "breaks" in d.className]
    assert folded and all(d.open is True for d in folded)
