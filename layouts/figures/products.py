"""Products in rows: a name over a bar, numbers in columns beside it, and a trend line for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from layouts.figures.base import SMALL_SIZE, Canvas, plain_axis
from layouts.theme import Palette

# Pixels.
NAME, SECOND_LINE, BAR, GAP = 18, 16, 13, 14
# Letters that the width of a phone has room for.
LINE_LENGTH = 48
HEAD = 28
TREND_WIDTH, TREND_HEIGHT, TREND_GAP = 56, 20, 18
CLEAR = "rgba(0,0,0,0)"


@dataclass(frozen=True)
class Row:
    """One product: what is written of it, how long its bar is, and where a click on it leads.

    ``lines`` is its name, cut to :data:`LINE_LENGTH`. ``value`` and ``before`` are in one unit, whatever it is; a
    missing ``before`` has no stroke. ``href`` is the query of an address, or empty.
    """

    lines: Sequence[str]
    value: float
    colour: str
    cells: Sequence[str]
    hover: str
    before: float = float("nan")
    trend: Sequence[float] = ()
    href: str = ""
    strong: bool = False

    @property
    def height(self) -> int:
        """Pixels the row needs."""
        return NAME + SECOND_LINE * (len(self.lines) - 1) + BAR + GAP


@dataclass(frozen=True)
class Head:
    """The name of a column beside the bars, and its width in pixels."""

    name: str
    width: int


def rows_figure(palette: Palette, rows: Sequence[Row], heads: Sequence[Head], trend: str = "") -> go.Figure:
    """Draw rows from top to bottom, each as high as its name needs.

    Args:
        palette: colours.
        rows: the products in order, with as many cells as there are heads.
        heads: columns right of the bars.
        trend: name of the column of trend lines; empty without one.
    """
    edges = [sum(head.width for head in heads[: place + 1]) for place in range(len(heads))]
    right = edges[-1] + (TREND_WIDTH + TREND_GAP if trend else 0) + 2
    total = sum(row.height for row in rows)
    canvas = Canvas(palette, total + HEAD + 6, right=right, left=0, top=HEAD, bottom=6)
    known = [value for row in rows for value in (row.value, row.before) if value == value]
    low, high = min(0.0, *known), max(0.0, *known)
    places: list[float] = []
    top = float(total)
    for row in rows:
        places.append(top - row.height + GAP + BAR / 2)
        top -= row.height
    _bars(canvas, rows, places, low, high)
    for row, place in zip(rows, places, strict=True):
        _words(canvas, row, place, edges)
        _stroke(canvas, row.before, place, palette.ink)
        if low < 0:
            # Zero is marked at the bars only, so that it crosses no name.
            _stroke(canvas, 0.0, place, palette.neutral)
        if trend:
            _trend(canvas, row, place, edges[-1] + TREND_GAP)
    _heads(canvas, heads, edges, trend, right)
    return canvas.figure(
        xaxis=plain_axis() | {"range": [low, high or 1.0], "showticklabels": False},
        yaxis=plain_axis() | {"range": [0, total], "showticklabels": False},
    )


def _bars(canvas: Canvas, rows: Sequence[Row], places: Sequence[float], low: float, high: float) -> None:
    known = [(row, place) for row, place in zip(rows, places, strict=True) if row.value == row.value]
    canvas.bars(
        orientation="h",
        x=[round(row.value, 6) for row, _place in known],
        y=[place for _row, place in known],
        width=BAR,
        marker={"color": [row.colour for row, _place in known], "line": {"width": 0}},
        hoverinfo="skip",
    )
    # A whole row answers the pointer, also where its bar is short.
    for base, length in ((0.0, high), (0.0, low)):
        if length:
            canvas.bars(
                orientation="h",
                base=base,
                x=[length] * len(rows),
                y=[place + (row.height - GAP - BAR) / 2 for row, place in zip(rows, places, strict=True)],
                width=[row.height for row in rows],
                marker={"color": CLEAR, "line": {"width": 0}},
                hoverinfo="text",
                hovertext=[row.hover for row in rows],
                customdata=[row.href for row in rows],
            )
    canvas.layout |= {"barmode": "overlay"}


def _words(canvas: Canvas, row: Row, place: float, edges: Sequence[int]) -> None:
    written = "<br>".join(row.lines)
    canvas.write(
        f"<b>{written}</b>" if row.strong else written,
        xref="paper",
        x=0,
        y=place,
        xanchor="left",
        yanchor="bottom",
        align="left",
        yshift=BAR / 2,
        # Plotly sets a text two pixels in.
        xshift=-2,
        font={"size": 13, "color": canvas.palette.ink},
    )
    for cell, edge in zip(row.cells, edges, strict=True):
        canvas.write(
            f"<b>{cell}</b>" if row.strong else cell,
            xref="paper",
            x=1,
            y=place,
            xanchor="right",
            yanchor="middle",
            xshift=edge,
            font={"size": SMALL_SIZE, "color": canvas.palette.ink},
        )


def _stroke(canvas: Canvas, value: float, place: float, colour: str) -> None:
    """Mark a value across a bar: where the compared year stood, or zero."""
    if value == value:
        half = BAR / 2 + 3
        line = {"color": colour, "width": 1.5}
        canvas.rule(x0=value, x1=value, y0=place - half, y1=place + half, line=line, layer="above")


def _trend(canvas: Canvas, row: Row, place: float, left: int) -> None:
    """Draw the years of a row as a small line on its own scale; an unknown year breaks it."""
    known = [value for value in row.trend if value == value]
    if len(known) < 2:
        return
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = TREND_WIDTH / (len(row.trend) - 1)
    path, pen = "", "M"
    for number, value in enumerate(row.trend):
        if value != value:
            pen = "M"
            continue
        y = (value - low) / span * TREND_HEIGHT - TREND_HEIGHT / 2
        path, pen = f"{path}{pen}{left + number * step:.1f},{y:.1f}", "L"
    canvas.rule(
        type="path",
        path=path,
        xref="paper",
        xsizemode="pixel",
        xanchor=1,
        yref="y",
        ysizemode="pixel",
        yanchor=place,
        line={"color": canvas.palette.muted, "width": 1.25},
    )


def _heads(canvas: Canvas, heads: Sequence[Head], edges: Sequence[int], trend: str, right: int) -> None:
    names = [(head.name, edge) for head, edge in zip(heads, edges, strict=True)]
    for name, edge in [*names, *([(trend, right - 2)] if trend else [])]:
        canvas.write(
            name,
            xref="paper",
            x=1,
            yref="paper",
            y=1,
            xanchor="right",
            yanchor="bottom",
            xshift=edge,
            yshift=4,
            font={"size": SMALL_SIZE, "color": canvas.palette.muted},
        )
