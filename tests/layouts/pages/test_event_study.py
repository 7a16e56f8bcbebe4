"""The Before and after page: its sentences, its chart and its ways out of every dead end."""

from __future__ import annotations

import re

import pytest

from callbacks.pages import PAGES
from layouts.pages.event_study import PATH
from layouts.theme import DARK, LIGHT
from layouts.view import View
from tests.choosing import choose, read
from tests.data.helpers import read_rows, real_store
from tests.drawing import drawn

PAGE = PAGES[PATH]


def shown(text, selection, palette=LIGHT):
    return drawn(PAGE, View(text, selection, palette), real_store())


def said(node):
    """The words of a page, part by part."""
    if isinstance(node, (list, tuple)):
        return " ".join(said(child) for child in node)
    children = getattr(node, "children", node)
    return said(children) if children is not node else "" if node is None else str(node)


def links(page):
    return [part.href for part in page._traverse() if getattr(part, "href", None)]


def options(page):
    return [part for part in page._traverse() if type(part).__name__ == "Option"]


def test_the_finding_states_both_changes_with_their_months(text):
    """C$ million: 883,247.4 against 1,003,367.5 is −12.0%; 994,297.2 against 970,379.9 is +2.5%."""
    page = shown(text, choose(partner="USA")).page
    words = said(page)
    assert "Two-way trade changed by −12.0% on the same months a year earlier in the 12 months from Apr 2025" in words
    assert "after +2.5% in the twelve months before" in words
    assert "Possibly brought forward" in words and "exports +16.4% against −0.9%" in words
    assert "imports +4.1%" not in words
    for number in ("612,634", "593,751", "529,694", "617,831", "163,684", "140,665"):
        assert number in words


def test_the_chart_shows_both_windows_and_the_event(text):
    charts = shown(text, choose(partner="USA")).charts
    chart = charts["around"]
    layout = chart.figure.layout
    bands = [shape for shape in layout.shapes if shape.type == "rect"]
    assert [(band.x0[:10], band.x1[:10]) for band in bands] == [
        ("2024-03-01", "2025-03-01"),
        ("2025-04-01", "2026-04-01"),
    ]
    assert {band.fillcolor for band in bands} == {LIGHT.shade} and {band.layer for band in bands} == {"below"}
    names = [a.text for a in layout.annotations if a.text in ("Before", "After")]
    assert names == ["Before", "After"]
    marks = [a for a in layout.annotations if a.name == "event"]
    assert [mark.text for mark in marks] == ["1"] and marks[0].x.startswith("2025-03-04")
    assert chart.subtitle.startswith("Mar 2023–Mar 2026")
    assert chart.file_name.endswith("us-border-duties-in-force")
    dark = shown(text, choose(partner="USA"), DARK).charts["around"].figure.layout
    assert {shape.fillcolor for shape in dark.shapes if shape.type == "rect"} == {DARK.shade}


def test_links_and_the_address_of_the_chart_keep_the_readers_choice(text):
    selection = choose(partner="USA", currency="USD", around="us-metals-50")
    found = shown(text, selection)
    meta = next(part.figure.layout.meta for part in found.page._traverse() if hasattr(part, "figure"))
    assert read(meta["address"].split("?")[1]) == (selection, ())
    assert all("freq=monthly" not in href for href in links(found.page))


DEAD_ENDS = {
    "no months": (choose("MEX", "USA", currency="USD"), "needs monthly data, and there is none from Mexico"),
    "unknown event": (choose(partner="USA", around="no-such-event"), "which is not on the list of events"),
    "only the year is known": (choose(around="usmca-review-due"), "Too few months are on record around"),
    "too near the end": (choose(partner="USA", around="section-338-bans"), "Too few months are on record around"),
    "too near the start": (choose(partner="USA", around="nafta-in-force"), "Too few months are on record around"),
}


@pytest.mark.parametrize("case", DEAD_ENDS)
def test_a_dead_end_says_why_and_its_first_way_out_leads_to_a_comparison(text, case):
    selection, reason = DEAD_ENDS[case]
    found = shown(text, selection)
    assert reason in said(found.page) and found.charts == {}
    ways = [
        part.href
        for notice in found.page._traverse()
        if "notice" in str(getattr(notice, "className", ""))
        for part in notice._traverse()
        if getattr(part, "href", None)
    ]
    assert ways, "a dead end without a way out"
    for way in ways:
        onward, rejected = read(way.partition("?")[2])
        assert rejected == () and "around" in shown(text, onward).charts, way


def test_a_country_with_itself_is_explained(text):
    found = shown(text, choose("CAN", "CAN"))
    assert found.charts == {} and links(found.page)


@pytest.mark.slow
def test_every_offered_event_can_be_compared(text):
    page = shown(text, choose("USA", "MEX", currency="USD")).page
    queries = [option.value for option in options(page)]
    assert len(queries) > 20
    for query in queries[::5]:
        selection, rejected = read(query)
        assert rejected == () and "around" in shown(text, selection).charts


def test_years_that_were_chosen_do_not_change_the_comparison(text):
    usual = shown(text, choose(partner="USA")).charts["around"]
    narrow = shown(text, choose(partner="USA", years=(2001, 2002))).charts["around"]
    assert usual.figure.data == narrow.figure.data and usual.file_name == narrow.file_name


def test_both_sides_fall_back_on_the_countrys_record(text):
    chart = shown(text, choose(partner="USA", reported="both")).charts["around"]
    assert chart.title.endswith("as Canada reports it")


@pytest.mark.slow
def test_every_event_of_the_list_has_a_page(text):
    for row in read_rows("events.csv"):
        words = said(shown(text, choose(partner="USA", around=row["event_id"])).page)
        assert re.search(r"Before and after|Around an event", words) and "nan" not in words.split()


def test_a_cell_has_its_sums_and_its_change_in_one_currency(text):
    """In US dollars too the sums are those of the record: 529,694 against 617,831 is −14.3%."""
    words = said(shown(text, choose(partner="USA", currency="USD")).page)
    assert "−14.3% 529,694, a year earlier 617,831" in words
    assert "Exports, million Canadian dollars" in words and "Exports, million US dollars" not in words
    assert "Sums and changes are in the currency of record, Canadian dollars" in words
