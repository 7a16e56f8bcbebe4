"""The lives of measures: from the first word through the days they were charged, with a mark for each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.base import Canvas, plain_axis
from layouts.figures.tariff_steps import BOTTOM, HEADING, TOP, day_axis, day_line, row_label
from layouts.theme import Palette
from layouts.wording.text import Text

ROW, BAR, MIDDLE = 46, 8, 13

# A mark for each kind of step; the same marks stand in the subtitle and the list.
SAID, CHANGED, RULED, PUT_OFF, OVER = "○", "●", "□", "×", "◆"
MARKS = {
    "announced": SAID,
    "signed": SAID,
    "planned": PUT_OFF,
    "paused": PUT_OFF,
    "effective": CHANGED,
    "exempted": CHANGED,
    "amended": CHANGED,
    "ruled": RULED,
    "ended": OVER,
    "expired": OVER,
}
SYMBOLS = {
    SAID: "circle-open",
    CHANGED: "circle",
    RULED: "square-open",
    PUT_OFF: "x-thin-open",
    OVER: "diamond",
}


@dataclass(frozen=True)
class LifeRow:
    """One measure, or a heading when it has no steps.

    ``start`` and ``end`` bound the days on which it was charged: ``end`` is the first day without it, or the end of
    the collection; both are None where it never was. ``steps`` have ``date`` and ``step``, ``hover`` is the text of
    each.
    """

    label: str
    colour: str
    tint: str
    steps: pd.DataFrame
    hover: Sequence[str] = ()
    start: pd.Timestamp | None = None
    end: pd.Timestamp | None = None

    @property
    def height(self) -> int:
        """Height in pixels."""
        return HEADING if self.steps.empty else ROW


def timeline_figure(
    _: Text,
    palette: Palette,
    rows: Sequence[LifeRow],
    start: pd.Timestamp,
    end: pd.Timestamp,
    on: pd.Timestamp,
) -> go.Figure:
    """Draw each measure as a bar over the days it was charged, a thin line before and a mark for each step.

    Args:
        _: language.
        palette: colours.
        rows: measures from top to bottom, headings among them.
        start: first day drawn.
        end: last day drawn; later steps are left to the list.
        on: the chosen day, drawn as a line.
    """
    height = sum(row.height for row in rows)
    canvas = Canvas(palette, height + TOP + BOTTOM, right=12, left=4, top=TOP, bottom=BOTTOM)
    base = height
    for row in rows:
        base -= row.height
        row_label(canvas, row.label, row.colour, base, row.height, heading=row.steps.empty)
        if not row.steps.empty:
            _life(canvas, row, base + MIDDLE, end)
    day_line(_, canvas, on, start, end, height)
    return canvas.figure(
        xaxis=day_axis(_, palette, start, end), yaxis=plain_axis() | {"range": [0, height], "showticklabels": False}
    )


def _life(canvas: Canvas, row: LifeRow, level: float, end: pd.Timestamp) -> None:
    # The marks are drawn as symbols, which are hovered over; bar and line are shapes under them.
    shown = (row.steps["date"] <= end).to_list()
    days = [day for day, seen in zip(row.steps["date"], shown, strict=True) if seen]
    if not days:
        return
    thin = {"color": row.colour, "width": 1, "dash": "dot"}
    canvas.rule(x0=days[0].isoformat(), x1=(row.start or days[-1]).isoformat(), y0=level, y1=level, line=thin)
    if row.start is not None and row.end is not None:
        canvas.rule(
            type="rect",
            x0=row.start.isoformat(),
            x1=row.end.isoformat(),
            y0=level - BAR / 2,
            y1=level + BAR / 2,
            fillcolor=row.tint,
            line={"width": 0},
        )
    marks = [MARKS[step] for step, seen in zip(row.steps["step"], shown, strict=True) if seen]
    canvas.lines(
        x=[day.isoformat() for day in days],
        y=[level] * len(days),
        mode="markers",
        name=row.label,
        marker={
            "symbol": [SYMBOLS[mark] for mark in marks],
            "size": [9 if mark in (SAID, PUT_OFF, RULED) else 8 for mark in marks],
            "color": row.colour,
            "opacity": 1,
            "line": {"color": row.colour, "width": 1.6},
        },
        hovertext=[text for text, seen in zip(row.hover, shown, strict=True) if seen],
        hoverinfo="text",
    )
