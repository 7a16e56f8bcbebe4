"""Marks on the axis of time: numbered events above the plot, breaks on the axis itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from layouts.figures.base import Canvas
from layouts.wording.text import Text

MARK_SIZE = 19
GAP = 3
# The lowest row of marks stands above the label that carries the unit.
FIRST_LIFT = 27
# Beyond so many rows, marks that stand close together become one that names the first and the last.
ROWS = 3
# The narrowest plot there is: marks that keep apart on it keep apart on every screen.
NARROWEST = 225


@dataclass(frozen=True)
class Mark:
    """One mark for the events from ``first`` to ``last``, counted from 1, on the day of the first."""

    first: int
    last: int
    date: pd.Timestamp
    row: int = 0

    @property
    def label(self) -> str:
        """The number, or the first and last number, of the events it stands for."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def width(self) -> int:
        """Width of the mark in pixels, border included."""
        return max(MARK_SIZE, 7 * len(self.label) + 8)


def marks_of(
    dates: Sequence[pd.Timestamp], start: pd.Timestamp, end: pd.Timestamp, width: int = NARROWEST
) -> list[Mark]:
    """Place a mark for each event so that no two overlap on a plot ``width`` pixels wide.

    Events so close that they would pile up higher than :data:`ROWS` share a mark.

    Args:
        dates: days of the events, oldest first.
        start: first instant of the plot.
        end: last instant of the plot.
        width: width of the plot in pixels.
    """
    single = _in_rows([Mark(n, n, date) for n, date in enumerate(dates, 1)], start, end, width)
    if not single or max(mark.row for mark in single) < ROWS:
        return single
    grouped: list[Mark] = []
    for n, date in enumerate(dates, 1):
        near = (
            grouped and _place(date, start, end, width) - _place(grouped[-1].date, start, end, width) < MARK_SIZE + GAP
        )
        if near:
            grouped[-1] = Mark(grouped[-1].first, n, grouped[-1].date)
        else:
            grouped.append(Mark(n, n, date))
    return _in_rows(grouped, start, end, width)


def _place(date: pd.Timestamp, start: pd.Timestamp, end: pd.Timestamp, width: int) -> float:
    return (date - start).days / max((end - start).days, 1) * width


def _in_rows(marks: Sequence[Mark], start: pd.Timestamp, end: pd.Timestamp, width: int) -> list[Mark]:
    """Lift each mark to the lowest row in which it touches no other."""
    reached: list[float] = []
    placed = []
    for mark in marks:
        x = _place(mark.date, start, end, width)
        left, right = x - mark.width / 2, x + mark.width / 2
        row = next((r for r, taken in enumerate(reached) if left - taken >= GAP), len(reached))
        reached[row : row + 1] = [right]
        placed.append(Mark(mark.first, mark.last, mark.date, row))
    return placed


def marks_height(dates: Sequence[pd.Timestamp], start: pd.Timestamp, end: pd.Timestamp) -> int:
    """Space above the plot that the marks need, in pixels."""
    rows = [mark.row for mark in marks_of(dates, start, end)]
    return FIRST_LIFT + MARK_SIZE + (MARK_SIZE + GAP) * max(rows) if rows else 12


def event_marks(
    canvas: Canvas, dates: Sequence[pd.Timestamp], start: pd.Timestamp, end: pd.Timestamp, above: int = 0
) -> None:
    """Draw numbered marks above the plot, each with a dotted line down; ``above`` pixels more where words stand."""
    palette = canvas.palette
    for mark in marks_of(dates, start, end):
        x = mark.date.isoformat()
        lift = FIRST_LIFT + above + mark.row * (MARK_SIZE + GAP)
        dotted = {"color": palette.neutral, "width": 1, "dash": "dot"}
        canvas.rule(x0=x, x1=x, y0=0, y1=1, yref="paper", line=dotted, name="event")
        canvas.rule(x0=x, x1=x, y0=0, y1=lift, yref="paper", ysizemode="pixel", yanchor=1, line=dotted, name="event")
        canvas.write(
            mark.label,
            x=x,
            y=1,
            yref="paper",
            yshift=lift,
            name="event",
            font={"size": 11, "color": palette.ink},
            bgcolor=palette.paper,
            bordercolor=palette.neutral,
            borderwidth=1,
            borderpad=2,
            width=mark.width - 5,
            height=13,
        )


def break_marks(_: Text, canvas: Canvas, breaks: pd.DataFrame, floor: float) -> None:
    """Stand a small mark on the axis at each break; its sentence follows below the chart."""
    if breaks.empty:
        return
    canvas.lines(
        x=[day.strftime("%Y-%m-%d") for day in breaks["date"]],
        y=[floor] * len(breaks),
        name=_("Breaks"),
        mode="markers",
        cliponaxis=False,
        # The pointer is told the values of the nearest period, wherever a break stands.
        hoverinfo="skip",
        marker={"symbol": "triangle-up", "size": 8, "color": canvas.palette.muted, "line": {"width": 0}},
    )
