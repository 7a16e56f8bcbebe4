"""Events beside a chart of time: the choice of which stand on it, and the words of their numbered marks."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from dash import html

from data.schema.fields import TEXT
from data.selection import MARKS
from layouts.components.chart import Note
from layouts.components.controls import select
from layouts.components.data_column import DataColumn
from layouts.view import View
from layouts.wording.events import category_name
from layouts.wording.text import Text


def event_notes(view: View, rows: pd.DataFrame) -> list[Note]:
    """The words of the marks, each leading to the event on the list of events."""
    _ = view.text
    # The list shows what the filters let through; all categories and years hold the event for certain.
    found = view.href("/events", category="all", years=view.choice.defaults().years)
    return [
        Note(
            _("{date}: {event}", date=_.date(e.date, e.date_precision), event=_.data(e.title)),
            f"{found}#event-{e.event_id}",
        )
        for e in rows.itertuples()
    ]


def events_of_periods(view: View, rows: pd.DataFrame, periods: pd.DatetimeIndex) -> list[str]:
    """Titles of the marked events by period, for the table under a chart."""
    _ = view.text
    unit = {"A": "Y"}.get(view.selection.frequency, view.selection.frequency)
    keys = rows["date"].dt.to_period(unit)
    titles = {key: [_.data(title) for title in group["title"]] for key, group in rows.groupby(keys)}
    return [_.several(titles.get(key, [""])) for key in periods.to_period(unit)]


def event_column(view: View, happened: pd.DataFrame, periods: pd.DatetimeIndex) -> list[DataColumn]:
    """The marked events beside the numbers of their periods; the page leaves the column out when none is marked."""
    titles = [title or None for title in events_of_periods(view, happened, periods)]
    return [DataColumn("events", view.text("Events"), titles, TEXT, on_page=not happened.empty)]


def marks_select(view: View) -> html.Label:
    """Offer which events stand on the charts."""
    _, chosen = view.text, view.selection
    options = {marks_name(_, marks): replace(chosen, marks=marks) for marks in MARKS}
    return select(view, "marks", _("Events on charts"), options, marks_name(_, chosen.marks))


def marks_name(_: Text, marks: str) -> str:
    """Name a choice of events."""
    return {"main": _("key events"), "none": _("none")}.get(marks) or category_name(_, marks)
