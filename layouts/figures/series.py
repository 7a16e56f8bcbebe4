"""The balance and growth over time, as bars from a zero line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from data.queries.records import one_axis
from layouts.figures.annotations import event_marks, marks_height
from layouts.figures.base import (
    LABEL_SIZE,
    LEFT,
    Canvas,
    end_labels,
    round_ticks,
    time_axis,
    unit_labels,
    value_axis,
)
from layouts.figures.lines import Line, Span, answer, hover, signed, unsettled, values_of
from layouts.theme import Palette
from layouts.wording.text import Text
from layouts.wording.units import Money, Percent


def balance_figure(
    _: Text,
    palette: Palette,
    table: pd.DataFrame,
    currency: str,
    frequency: str,
    name: str,
    events: Sequence[pd.Timestamp] = (),
    height: int = 240,
) -> go.Figure:
    """Balance as bars from a zero line, surplus above and deficit below; the last bar says its value."""
    span = Span.of(table, frequency)
    events = span.marks(events)
    above = marks_height(events, span.start, span.end)
    canvas = Canvas(palette, height + above - 12, top=above, bottom=span.bottom)
    canvas.answers_by_period()
    unit = Money.of(table["balance"], currency)
    scaled = table["balance"] / unit.divisor
    ticks = round_ticks(float(scaled.min()), float(scaled.max()), 3)
    said = hover(_, name, signed(table, "balance", [_.money(value, currency) for value in table["balance"]]))
    canvas.bars(
        x=span.places(table.index),
        y=values_of(scaled),
        name=name,
        **answer(canvas, span.places(table.index), scaled, said, palette.neutral, 0),
        marker={"color": palette.neutral, "line": {"width": 0}, "pattern": hatched(table, "balance", palette)},
        width=span.bar_width,
    )
    canvas.rule(xref="paper", x0=0, x1=1, y0=0, y1=0, line={"color": palette.ink, "width": 1}, layer="above")
    known = scaled.dropna()
    kind = _("Deficit") if known.iloc[-1] < 0 else _("Surplus")
    text = f"<b>{kind}</b><br>{unit.short(_, abs(known.iloc[-1]))}"
    end_labels(canvas, [(None, float(known.iloc[-1]), text, palette.ink)], ticks)
    event_marks(canvas, events, span.start, span.end)
    return canvas.figure(
        xaxis=time_axis(_, palette, span.start, span.end, frequency),
        yaxis=value_axis(canvas, ticks, unit_labels(_, ticks, unit)),
    )


# Share of the height between two small multiples, where the name of the lower one stands.
BETWEEN = 0.16
# Height of the name above a small multiple; marks of events stand above it.
NAME_HEIGHT = 18


def growth_figure(
    _: Text,
    palette: Palette,
    table: pd.DataFrame,
    lines: Sequence[Line],
    frequency: str,
    events: Sequence[pd.Timestamp] = (),
    height: int = 360,
) -> go.Figure:
    """Year-on-year change as small multiples on one scale; each line's column is a growth column."""
    one_axis([line.record for line in lines])
    span = Span.of(table, frequency)
    events = span.marks(events)
    # The name of the upper row stands where the lowest marks would.
    above = marks_height(events, span.start, span.end) + NAME_HEIGHT if len(events) else 30
    canvas = Canvas(palette, height + above - 30, top=above, bottom=span.bottom)
    canvas.answers_by_period()
    values = table[[line.column for line in lines]]
    ticks = round_ticks(float(values.min(axis=None)), float(values.max(axis=None)), 3)
    share = (1 - BETWEEN * (len(lines) - 1)) / len(lines)
    axes = {}
    for row, line in enumerate(lines):
        top = 1 - row * (share + BETWEEN)
        axis = "y" if row == 0 else f"y{row + 1}"
        _growth_row(_, canvas, line, table, span, axis, top)
        axes["yaxis" + axis[1:]] = value_axis(canvas, ticks, unit_labels(_, ticks, Percent(signed=True)), axis) | {
            "domain": [max(top - share, 0), top]
        }
    event_marks(canvas, events, span.start, span.end, above=NAME_HEIGHT)
    lowest = "y" if len(lines) == 1 else f"y{len(lines)}"
    return canvas.figure(xaxis=time_axis(_, palette, span.start, span.end, frequency) | {"anchor": lowest}, **axes)


def hatched(table: pd.DataFrame, column: str, palette: Palette) -> dict[str, Any]:
    """Pattern of bars: hatched where a value is not final."""
    shapes = ["/" if is_open else "" for is_open in unsettled(table, column)]
    return {"shape": shapes, "bgcolor": palette.paper, "fillmode": "replace", "size": 4, "solidity": 0.5}


def _growth_row(_: Text, canvas: Canvas, line: Line, table: pd.DataFrame, span: Span, axis: str, top: float) -> None:
    values = table[line.column]
    written = signed(table, line.column, [_.signed_percent(value) for value in values])
    said = hover(_, line.full_name, written)
    canvas.bars(
        x=span.places(values.index),
        y=values_of(values),
        name=line.full_name,
        yaxis=axis,
        **answer(canvas, span.places(values.index), values, said, line.colour, 0, yaxis=axis),
        marker={"color": line.colour, "line": {"width": 0}, "pattern": hatched(table, line.column, canvas.palette)},
        width=span.bar_width,
    )
    zero = {"color": canvas.palette.ink, "width": 1}
    canvas.rule(xref="paper", x0=0, x1=1, yref=axis, y0=0, y1=0, line=zero, layer="above")
    canvas.write(
        f"<b>{line.label}</b>",
        xref="paper",
        x=0,
        yref="paper",
        y=top,
        xanchor="left",
        yanchor="bottom",
        font={"color": line.colour, "size": LABEL_SIZE},
        yshift=10,
        xshift=2 - LEFT,
    )
    known = values.dropna()
    if len(known):
        growth = _.signed_percent(known.iloc[-1])
        canvas.write(
            # A flow that ends before the axis does says when.
            growth
            if known.index[-1] == values.index[-1]
            else f"{growth}<br>{_.period(known.index[-1], span.frequency)}",
            xref="paper",
            x=1,
            y=float(known.iloc[-1]),
            yref=axis,
            xanchor="left",
            xshift=6,
            font={"color": line.colour, "size": LABEL_SIZE},
        )
