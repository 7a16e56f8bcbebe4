"""Marks above a chart of time: every event has its number, none covers another, and breaks stand on the axis."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.queries import events
from data.selection import MARKS
from layouts.charts.annotations import event_notes, events_of_periods, marks_name
from layouts.figures.annotations import (
    FIRST_LIFT,
    GAP,
    MARK_SIZE,
    NARROWEST,
    ROWS,
    break_marks,
    event_marks,
    marks_height,
    marks_of,
)
from layouts.figures.base import Canvas
from layouts.theme import LIGHT
from layouts.view import View
from tests.choosing import choose, read
from tests.data.helpers import read_rows, real_store

START, END = pd.Timestamp(2019, 1, 1), pd.Timestamp(2026, 8, 31)
DATES = st.lists(st.dates(START.date(), END.date()).map(pd.Timestamp), max_size=40).map(sorted)


def box(mark, width):
    """Left, right and row of a mark on a plot ``width`` pixels wide."""
    x = (mark.date - START).days / (END - START).days * width
    return x - mark.width / 2, x + mark.width / 2, mark.row


@given(DATES, st.integers(NARROWEST, 1200))
def test_no_mark_covers_another_on_any_screen(dates, width):
    marks = marks_of(dates, START, END)
    for place, one in enumerate(marks):
        left, right, row = box(one, width)
        for other in marks[:place]:
            other_left, other_right, other_row = box(other, width)
            assert row != other_row or left >= other_right or other_left >= right


@given(DATES)
def test_every_event_has_its_number_once_and_in_order(dates):
    numbers = [n for mark in marks_of(dates, START, END) for n in range(mark.first, mark.last + 1)]
    assert numbers == list(range(1, len(dates) + 1))
    for mark in marks_of(dates, START, END):
        assert mark.date == dates[mark.first - 1]


@given(DATES)
def test_marks_stay_low_enough_to_fit_above_the_plot(dates):
    marks = marks_of(dates, START, END)
    height = marks_height(dates, START, END)
    if not dates:
        assert height == 12 and marks == []
        return
    highest = max(FIRST_LIFT + mark.row * (MARK_SIZE + GAP) + MARK_SIZE for mark in marks)
    assert highest <= height
    # Shared marks may be wide; a fourth row can come of their width alone.
    assert max(mark.row for mark in marks) <= ROWS


def test_events_of_one_day_share_a_mark_only_when_they_would_pile_too_high():
    day = pd.Timestamp(2025, 3, 4)
    assert [mark.label for mark in marks_of([day] * ROWS, START, END)] == ["1", "2", "3"]
    assert [mark.label for mark in marks_of([day] * (ROWS + 1), START, END)] == ["1–4"]


def test_each_mark_is_a_number_in_a_box_and_a_dotted_line_named_for_the_export():
    canvas = Canvas(LIGHT, 400)
    event_marks(canvas, [pd.Timestamp(2020, 7, 1), pd.Timestamp(2025, 3, 4)], START, END)
    assert [a["text"] for a in canvas.annotations] == ["1", "2"]
    assert {part["name"] for part in (*canvas.annotations, *canvas.shapes)} == {"event"}
    assert {shape["line"]["color"] for shape in canvas.shapes} == {LIGHT.neutral}
    assert [a["x"][:10] for a in canvas.annotations] == ["2020-07-01", "2025-03-04"]


def test_breaks_stand_on_the_floor(text):
    canvas = Canvas(LIGHT, 400)
    rows = pd.DataFrame({"date": [pd.Timestamp(2022, 1, 1)], "text": ["HS 2022 takes effect"]})
    break_marks(text, canvas, rows, -50.0)
    assert canvas.traces[0]["y"] == [-50.0] and canvas.traces[0]["x"] == ["2022-01-01"]
    empty = Canvas(LIGHT, 400)
    break_marks(text, empty, rows.iloc[:0], 0.0)
    assert empty.traces == []


@pytest.mark.parametrize("marks", MARKS)
def test_the_choice_of_marks_is_that_of_the_file(marks):
    chosen = choose(partner="USA", marks=marks)
    found = events.marked(real_store(), chosen, START, END)
    wanted = [
        row["event_id"]
        for row in sorted(read_rows("events.csv"), key=lambda row: (row["date"], row["event_id"]))
        if "2019-01-01" <= row["date"] <= "2026-08-31"
        and row["date_precision"] != "year"
        and ("CAN" in row["countries"] or row["countries"] == "USA")
        and marks != "none"
        and int(row["rank"]) <= (1 if marks == "main" else 2)
        and marks in ("main", "all", row["category"])
    ]
    assert list(found["event_id"]) == wanted
    assert wanted or marks in ("none", "security", "diplomacy")


@pytest.mark.parametrize(("partner", "left_out"), [("CAN", "mexico-kept-at-25"), ("MEX", "canada-35")])
def test_what_the_united_states_have_with_the_third_country_stands_on_the_timeline_only(partner, left_out):
    for pair in (("USA", partner), (partner, "USA")):
        chosen = choose(*pair, marks="all", freq="monthly", years=(2019, 2026))
        marked = set(events.marked(real_store(), chosen, START, END)["event_id"])
        assert left_out not in marked and "us-border-duties-in-force" in marked
        assert left_out in set(events.timeline(real_store(), chosen)["event_id"])


def test_between_canada_and_mexico_every_event_of_either_concerns_the_pair():
    found = set(events.marked(real_store(), choose("CAN", "MEX", marks="all"), START, END)["event_id"])
    assert {"mexico-kept-at-25", "canada-35"} <= found


def test_an_event_of_the_united_states_alone_concerns_both_of_its_pairs():
    store = real_store()
    alone = dataclasses.replace(store, events=store.events.assign(countries="USA"))
    for partner in ("CAN", "MEX"):
        assert len(events.of_pair(alone, choose("USA", partner))) == len(store.events)
    assert events.of_pair(alone, choose("CAN", "MEX")).empty


def test_marks_stand_as_much_higher_as_they_are_told():
    days = [pd.Timestamp(2020, 7, 1), pd.Timestamp(2025, 3, 4)]
    plain, above = Canvas(LIGHT, 400), Canvas(LIGHT, 400)
    event_marks(plain, days, START, END)
    event_marks(above, days, START, END, above=18)
    lifts = [[a["yshift"] for a in canvas.annotations] for canvas in (plain, above)]
    assert lifts == [[FIRST_LIFT] * 2, [FIRST_LIFT + 18] * 2]
    reach = [max(shape["y1"] for shape in canvas.shapes) for canvas in (plain, above)]
    assert reach == [FIRST_LIFT, FIRST_LIFT + 18], "the dotted line reaches its mark"


def test_notes_lead_to_their_event_whatever_is_filtered_there(text):
    view = View(text, choose(partner="USA", category="court", years=(2010, 2012), marks="all"))
    rows = events.marked(real_store(), view.selection, START, END)
    notes = event_notes(view, rows)
    assert [note.href.split("#event-")[1] for note in notes] == list(rows["event_id"])
    for note, event in zip(notes, rows.itertuples(), strict=True):
        path, _, query = note.href.partition("#")[0].partition("?")
        there = read(query)[0]
        assert path == "/events" and note.text.endswith(f": {event.title}")
        assert event.event_id in set(events.timeline(real_store(), there)["event_id"])


@pytest.mark.parametrize("freq", ["annual", "monthly"])
def test_each_event_stands_in_the_table_beside_its_period(text, freq):
    view = View(text, choose(partner="USA", freq=freq, marks="all"))
    rows = events.marked(real_store(), view.selection, START, END)
    periods = pd.date_range(START, END, freq="YS" if freq == "annual" else "MS")
    cells = events_of_periods(view, rows, periods)
    assert len(cells) == len(periods)
    for event in rows.itertuples():
        holding = [period for period, cell in zip(periods, cells, strict=True) if event.title in cell]
        unit = "Y" if freq == "annual" else "M"
        assert [period.to_period(unit) for period in holding] == [event.date.to_period(unit)]


def test_each_choice_of_marks_has_a_name_of_its_own(text):
    assert len({marks_name(text, marks) for marks in MARKS}) == len(MARKS)
