"""Series over time as lines or single points, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from data.queries.records import Record, one_axis
from data.queries.span import span_of
from layouts.components.status import marked
from layouts.figures.annotations import break_marks, event_marks, marks_height
from layouts.figures.base import (
    PERIOD,
    Canvas,
    end_labels,
    round_ticks,
    time_axis,
    unit_labels,
    value_axis,
)
from layouts.theme import Palette
from layouts.wording.text import Text
from layouts.wording.units import Unit


@dataclass(frozen=True)
class Line:
    """One series: its column, its short and full names, its colour, whose record it is, and how it is drawn.

    A table may hold ``<column>_status`` and ``<column>_derivation`` beside the column; what is not final, or was
    worked out, is then drawn hollow. ``steps`` is for what holds over its period and then changes at once, such as a
    rate of duty.
    """

    column: str
    label: str
    full_name: str
    colour: str
    record: Record
    dash: str = "solid"
    width: float = 2.5
    isolated: bool = False
    steps: bool = False


@dataclass(frozen=True)
class Span:
    """The time shown: first instant, last instant, and the frequency of the values (A, Q or M)."""

    start: pd.Timestamp
    end: pd.Timestamp
    frequency: str

    @classmethod
    def of(cls, table: pd.DataFrame, frequency: str) -> Span:
        """Span of a table's periods, to the last day of the last one."""
        return cls(*span_of(table.index, frequency), frequency)

    @property
    def bottom(self) -> int:
        """Space under the plot: months may need a second line for their year."""
        return 28 if self.frequency == "A" else 40

    @property
    def bar_width(self) -> int:
        """Width of a bar in milliseconds: a little less than its period."""
        return {"A": 260, "Q": 65, "M": 22}[self.frequency] * 86_400_000

    def marks(self, days: Sequence[pd.Timestamp]) -> list[pd.Timestamp]:
        """Where events are marked: on their day, or where years are shown at the value of their year."""
        if self.frequency != "A":
            return list(days)
        return [pd.Timestamp(place) for place in self.places(pd.DatetimeIndex([f"{d.year}-01-01" for d in days]))]

    def places(self, periods: pd.DatetimeIndex) -> list[str]:
        """Where values are drawn: at the middle of their year, quarter or month."""
        shift = {"A": pd.DateOffset(months=6), "Q": pd.DateOffset(days=45), "M": pd.DateOffset(days=14)}[self.frequency]
        return [(p + shift).strftime("%Y-%m-%d") for p in periods]


def lines_figure(
    _: Text,
    palette: Palette,
    table: pd.DataFrame,
    lines: Sequence[Line],
    unit: Unit,
    frequency: str,
    events: Sequence[pd.Timestamp] = (),
    breaks: pd.DataFrame | None = None,
    isolated: bool = False,
    shaded: Sequence[str] | None = ("export", "import"),
    comparing: str = "",
    changes: bool = False,
    height: int = 420,
) -> go.Figure:
    """Values over time, each series named at its end.

    Args:
        _: language.
        palette: colours.
        table: indexed by period, values undivided (amounts in millions); a missing value is a gap in the line.
        lines: what to draw.
        unit: what the values are; axis, labels and hover follow it.
        frequency: A for years, M for months.
        events: days to mark above the plot.
        breaks: rows of the breaks table to mark on the axis.
        isolated: draw points and never join them, for records with unknown years between; a line can ask for
            the same for itself.
        shaded: the two columns whose distance is shown, as an area between lines or as a stroke between points; None
            where a distance means nothing.
        comparing: the one field of the records in which the lines may differ, because the view compares it.
        changes: say beside each value its change on a year earlier, which the table has as ``<column>_growth``; only
            for values themselves, because the change of anything made from them is another.
        height: height in pixels.

    Raises:
        MixedAxisError: the lines are of records that do not belong on one axis.
    """
    one_axis([line.record for line in lines], comparing)
    span = Span.of(table, frequency)
    events = span.marks(events)
    canvas = Canvas(palette, height, top=marks_height(events, span.start, span.end) + 4, bottom=span.bottom)
    canvas.answers_by_period()
    scaled = table[[line.column for line in lines]] / unit.divisor
    ticks = round_ticks(float(scaled.min(axis=None)), float(scaled.max(axis=None)))
    apart = {line.column for line in lines if isolated or line.isolated}
    if shaded is None:
        pass
    elif not apart:
        _shade_between(canvas, scaled, shaded, span)
    elif not isolated:
        _strokes_between(canvas, scaled, shaded, span)
    for line in lines:
        values, said = scaled[line.column], _said(_, table, line, unit, changes)
        answered = answer(canvas, span.places(table.index), values, said, line.colour, ticks[0])
        _draw(canvas, table, line, values, span, line.column in apart, answered)
    _zero(canvas, ticks)
    known = [line for line in lines if scaled[line.column].notna().any()]
    end_labels(canvas, [_end(_, line, scaled[line.column], unit, span) for line in known], ticks)
    event_marks(canvas, events, span.start, span.end)
    if breaks is not None:
        break_marks(_, canvas, breaks, ticks[0])
    axis = time_axis(_, palette, span.start, span.end, frequency)
    if changes:
        axis["unifiedhovertitle"] = {
            "text": _("{period}, change on a year earlier", period=f"%{{x|{PERIOD[frequency]}}}")
        }
    return canvas.figure(xaxis=axis, yaxis=value_axis(canvas, ticks, unit_labels(_, ticks, unit)))


def _said(_: Text, table: pd.DataFrame, line: Line, unit: Unit, changes: bool) -> list[str]:
    """What is said of a line in each period: the value, and its change on a year earlier where it is wanted."""
    said = signed(table, line.column, [unit.full(_, value) for value in table[line.column]])
    if changes:
        said = [changed(_, *one) for one in zip(said, table[f"{line.column}_growth"], strict=True)]
    return hover(_, line.label, said, line.colour)


def answer(
    canvas: Canvas, places: list[str], values: pd.Series, said: list[str], colour: str, floor: float, **axis: str
) -> dict[str, Any]:
    """How a series answers the pointer in each of its periods.

    Where nothing is known a series has no point that could say so, and the nearest one would answer in its place; one
    that nobody sees does it then, on the floor of the plot.
    """
    answered = {"hoverinfo": "x+text", "hovertext": said}
    if not values.isna().any():
        return answered
    unseen = {"mode": "markers", "marker": {"opacity": 0, "color": colour}}
    canvas.lines(x=places, y=values_of(values.fillna(floor)), **unseen, **answered, **axis)
    return {"hoverinfo": "skip"}


def signed(table: pd.DataFrame, column: str, written: Sequence[str]) -> list[str]:
    """The values of a column as written, with the signs of how settled each is."""
    plain = pd.Series("", table.index)
    labels = [table.get(f"{column}_{label}", plain) for label in ("status", "derivation")]
    return [marked(*one) for one in zip(written, *labels, strict=True)]


def _draw(
    canvas: Canvas,
    table: pd.DataFrame,
    line: Line,
    scaled: pd.Series,
    span: Span,
    apart: bool,
    answered: dict[str, Any],
) -> None:
    open_points = unsettled(table, line.column)
    shape = "circle" if line.dash == "solid" else "square"
    canvas.lines(
        x=span.places(table.index),
        y=values_of(scaled),
        name=line.full_name,
        **answered,
        mode="markers" if apart else "lines+markers" if open_points.any() else "lines",
        connectgaps=False,
        line={
            "color": line.colour,
            "width": line.width,
            "dash": line.dash,
            # A step halfway between two values, which stand in the middle of their periods.
            "shape": "hvh" if line.steps else "linear",
        },
        marker={
            "symbol": _symbols(table, line.column, shape),
            "size": 9 if apart else [6 if is_open else 0 for is_open in open_points],
            # An open sign is drawn in the colour of its outline alone.
            "color": [line.colour] * len(open_points),
            "line": {"width": 2 if apart else 1.5, "color": line.colour},
        },
    )


def unsettled(table: pd.DataFrame, column: str) -> pd.Series:
    """Which values of a column are not final."""
    status = table.get(f"{column}_status")
    return status.isin(["preliminary", "special_estimate"]) if status is not None else pd.Series(False, table.index)


def _symbols(table: pd.DataFrame, column: str, shape: str) -> list[str]:
    """Filled where final, hollow where preliminary, hollow with a dot where worked out."""
    derivation = table.get(f"{column}_derivation", pd.Series("", table.index))
    return [
        f"{shape}-open-dot" if how == "worked_out" else f"{shape}-open" if is_open else shape
        for how, is_open in zip(derivation, unsettled(table, column), strict=True)
    ]


def values_of(values: pd.Series) -> list[float | None]:
    """Numbers for Plotly: rounded, and None where nothing is known, which leaves a gap."""
    return [None if v != v else round(float(v), 6) for v in values]


def hover(_: Text, name: str, said: Sequence[str], colour: str = "") -> list[str]:
    """Write what is shown of a series in each of its periods, which the chart names."""
    bold = f"<b style='color:{colour}'>{name}</b>" if colour else f"<b>{name}</b>"
    return [_("{name}: {value}", name=bold, value=value) for value in said]


def changed(_: Text, value: str, growth: float) -> str:
    """A value with its change on the same period a year earlier, where that is known."""
    return value if growth != growth else _("{value}, {growth}", value=value, growth=_.signed_percent(growth))


def _end(_: Text, line: Line, scaled: pd.Series, unit: Unit, span: Span) -> tuple[str | None, float, str, str]:
    known = scaled.dropna()
    value = unit.short(_, known.iloc[-1])
    if known.index[-1] != scaled.index[-1]:
        value = _("{value} ({period})", value=value, period=_.period(known.index[-1], span.frequency))
    text = f"<b>{line.label}</b><br>{value}"
    # A line that reaches the end is named beyond the plot, one that ends before at its own end.
    place = None if known.index[-1] == scaled.index[-1] else span.places(known.index[-1:])[0]
    return place, float(known.iloc[-1]), text, line.colour


def _zero(canvas: Canvas, ticks: Sequence[float]) -> None:
    """Draw the zero line where values lie on both sides of it."""
    if ticks[0] < 0 < ticks[-1]:
        canvas.rule(xref="paper", x0=0, x1=1, y0=0, y1=0, line={"color": canvas.palette.neutral, "width": 1})


def _shade_between(canvas: Canvas, scaled: pd.DataFrame, columns: Sequence[str], span: Span) -> None:
    """Shade the distance of two lines over the periods in which both are known, if these have no hole."""
    if not set(columns) <= set(scaled.columns):
        return
    known = scaled[list(columns)].dropna()
    if known.empty or scaled.loc[known.index[0] : known.index[-1], list(columns)].isna().any(axis=None):
        return
    quiet: dict[str, Any] = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "x": span.places(known.index)}
    canvas.lines(y=values_of(known[columns[0]]), **quiet)
    canvas.lines(y=values_of(known[columns[1]]), fill="tonexty", fillcolor=canvas.palette.shade, **quiet)


def _strokes_between(canvas: Canvas, scaled: pd.DataFrame, columns: Sequence[str], span: Span) -> None:
    """Draw the distance of two records in each period that both know."""
    if not set(columns) <= set(scaled.columns):
        return
    known = scaled[list(columns)].dropna()
    for x, (low, high) in zip(span.places(known.index), known.itertuples(index=False), strict=True):
        canvas.rule(x0=x, x1=x, y0=low, y1=high, line={"color": canvas.palette.neutral_soft, "width": 5})
