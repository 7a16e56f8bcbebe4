"""Ranked bars with their numbers in columns, and ranks over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.base import LABEL_SIZE, SMALL_SIZE, Canvas, plain_axis, spread
from layouts.theme import Palette
from layouts.wording.text import Text

# A row holds a line of words and, under it, the bar with its numbers.
ROW = 44
HEADER = 26
# Letters of a name that fit a phone in the usual size.
LONG = 50
BAR_PLACE, BAR_WIDTH = 0.27, 0.3
# Where the small lines of the years stand, as shares of the width.
TREND = (0.74, 1.0)
BARS_BESIDE_TREND = 0.68


@dataclass(frozen=True)
class Part:
    """One part of a bar: its value in the unit of the axis, its colour, and what is said when it is touched."""

    value: float
    colour: str
    hover: str


@dataclass(frozen=True)
class Bar:
    """One row: its name, the parts of its bar from zero, its numbers, its colour, and its values over the years.

    A missing part draws nothing. ``strong`` sets the words bold.
    """

    name: str
    parts: Sequence[Part]
    cells: Sequence[str]
    colour: str
    strong: bool = False
    trend: Sequence[float] = ()


@dataclass(frozen=True)
class Heading:
    """Head of a column of numbers and the column's width in pixels."""

    name: str
    width: int


def bars_figure(
    _: Text,
    palette: Palette,
    bars: Sequence[Bar],
    headings: Sequence[Heading],
    key: Sequence[tuple[str, str]] = (),
    trend: str = "",
) -> go.Figure:
    """Horizontal bars from zero, the first on top, with names above them and numbers in columns at their right.

    Args:
        _: language.
        palette: colours.
        bars: rows from top to bottom.
        headings: one for each cell of a row.
        key: what the parts of the bars are: colour and name of each.
        trend: head of the column of small lines; without it none are drawn.
    """
    height = len(bars) * ROW + HEADER + 4
    right = sum(heading.width for heading in headings)
    canvas = Canvas(palette, height, right=right, left=2, top=HEADER, bottom=4)
    count = len(bars)
    bases = [count - 1 - place for place in range(count)]
    _bars(canvas, bars, bases)
    for bar, base in zip(bars, bases, strict=True):
        _words(canvas, bar, headings, base)
    if trend:
        _trends(canvas, bars, bases)
    _headings(canvas, headings, key, trend)
    canvas.layout["barmode"] = "stack"
    largest = max(sum(part.value for part in bar.parts if part.value == part.value) for bar in bars)
    fixed = plain_axis() | {"showticklabels": False}
    return canvas.figure(
        xaxis=fixed | {"range": [0, largest or 1], "domain": [0, BARS_BESIDE_TREND if trend else 1]},
        xaxis2=fixed | {"range": [-0.04, 1.08], "domain": list(TREND), "anchor": "y"},
        yaxis=fixed | {"range": [0, count]},
    )


def _bars(canvas: Canvas, bars: Sequence[Bar], bases: Sequence[int]) -> None:
    """Draw the first parts of all bars as one trace, then the second ones."""
    for place in range(max(len(bar.parts) for bar in bars)):
        drawn = [
            (bar.parts[place], base)
            for bar, base in zip(bars, bases, strict=True)
            if place < len(bar.parts) and bar.parts[place].value == bar.parts[place].value
        ]
        canvas.bars(
            x=[round(part.value, 6) for part, _base in drawn],
            y=[base + BAR_PLACE for _part, base in drawn],
            width=BAR_WIDTH,
            orientation="h",
            name="",
            hoverinfo="text",
            hovertext=[part.hover for part, _base in drawn],
            marker={"color": [part.colour for part, _base in drawn], "line": {"width": 0}},
        )


def _words(canvas: Canvas, bar: Bar, headings: Sequence[Heading], base: int) -> None:
    canvas.write(
        f"<b>{bar.name}</b>" if bar.strong else bar.name,
        xref="paper",
        x=0,
        y=base + BAR_PLACE + BAR_WIDTH / 2,
        xanchor="left",
        yanchor="bottom",
        yshift=1,
        xshift=-2,
        font={"size": LABEL_SIZE if len(bar.name) <= LONG else SMALL_SIZE - 0.5, "color": bar.colour},
    )
    for cell, shift in zip(bar.cells, _ends(headings), strict=True):
        canvas.write(
            f"<b>{cell}</b>" if bar.strong else cell,
            xref="paper",
            x=1,
            y=base + BAR_PLACE,
            xanchor="right",
            xshift=shift,
            font={"size": LABEL_SIZE, "color": bar.colour},
        )


def _ends(headings: Sequence[Heading]) -> list[int]:
    """Right ends of the columns, in pixels from the plot."""
    widths = [heading.width for heading in headings]
    return [sum(widths[: place + 1]) for place in range(len(widths))]


def _trends(canvas: Canvas, bars: Sequence[Bar], bases: Sequence[int]) -> None:
    """Draw each row's years as a small line on its own scale from zero, with a point at the last."""
    x: list[float | None] = []
    y: list[float | None] = []
    ends: list[float | None] = []
    for bar, base in zip(bars, bases, strict=True):
        largest, last = max((v for v in bar.trend if v == v), default=0.0) or 1.0, max(len(bar.trend) - 1, 1)
        row = [base + 0.05 + 0.36 * value / largest if value == value else None for value in bar.trend]
        # The gap after each row keeps the lines of two rows apart.
        x += [*(round(place / last, 4) for place in range(len(row))), None]
        y += [*row, None]
        ends += row[-1:]
    quiet = {"xaxis": "x2", "hoverinfo": "skip", "name": ""}
    canvas.lines(x=x, y=y, mode="lines", line={"color": canvas.palette.ink, "width": 1.5}, **quiet)
    canvas.lines(x=[1] * len(ends), y=ends, mode="markers", marker={"color": canvas.palette.ink, "size": 5}, **quiet)


def _headings(canvas: Canvas, headings: Sequence[Heading], key: Sequence[tuple[str, str]], trend: str) -> None:
    small = {"size": SMALL_SIZE, "color": canvas.palette.muted}
    top = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 6}
    for heading, shift in zip(headings, _ends(headings), strict=True):
        canvas.write(heading.name, **top, x=1, xanchor="right", xshift=shift, font=small)
    if trend:
        canvas.write(trend, **top, x=1, xanchor="right", font=small)
    for place, (colour, name) in enumerate(key):
        at = place * 86 - 2
        canvas.write("■", **top, x=0, xanchor="left", xshift=at, font={"size": SMALL_SIZE, "color": colour})
        canvas.write(name, **top, x=0, xanchor="left", xshift=at + 14, font=small)


@dataclass(frozen=True)
class Track:
    """The ranks of one partner over the years: its column, its name, its colour, and whether it stands out."""

    column: str
    name: str
    colour: str
    strong: bool = False


STEP = 24


def ranks_figure(_: Text, palette: Palette, ranks: pd.DataFrame, tracks: Sequence[Track], shown: int) -> go.Figure:
    """Ranks over the years, the first on top, each partner named at its end with its last rank.

    Args:
        _: language.
        palette: colours.
        ranks: indexed by year, one column a partner; a missing rank is a gap.
        tracks: what to draw, the ones that stand out last.
        shown: lowest rank on the axis; a line that comes from further down enters at the bottom.
    """
    first, last = int(ranks.index[0]), int(ranks.index[-1])
    canvas = Canvas(palette, shown * STEP + 40, right=130, left=24, top=10, bottom=30)
    for track in tracks:
        values = ranks[track.column]
        canvas.lines(
            x=list(ranks.index),
            y=[None if rank != rank else int(rank) for rank in values],
            name=track.name,
            mode="lines+markers",
            line={"color": track.colour, "width": 3 if track.strong else 1.5},
            marker={"color": track.colour, "size": 8 if track.strong else 5},
            hoverinfo="text",
            hovertext=[_rank_hover(_, track.name, year, rank) for year, rank in values.items()],
        )
    ends = [float(ranks[track.column].iloc[-1]) for track in tracks]
    for track, end, place in zip(tracks, ends, spread(ends, 0.72, 1, shown), strict=True):
        text = _("{rank} {name}", rank=_.number(end), name=track.name)
        canvas.write(
            f"<b>{text}</b>" if track.strong else text,
            x=last,
            y=place,
            xanchor="left",
            xshift=10,
            font={"size": LABEL_SIZE, "color": track.colour if track.strong else palette.muted},
        )
    small = {"color": palette.muted, "size": SMALL_SIZE}
    years = [year for year in range(first, last + 1) if (last - year) % (3 if last - first > 6 else 1) == 0]
    return canvas.figure(
        xaxis=plain_axis()
        | {"range": [first - 0.3, last + 0.3], "tickmode": "array", "tickvals": years, "tickfont": small}
        | {"ticktext": [str(year) for year in years], "ticks": "outside", "ticklen": 4, "tickcolor": palette.neutral},
        yaxis=plain_axis()
        | {"range": [shown + 0.6, 0.4], "tickmode": "array", "tickvals": _marks(shown), "tickfont": small}
        | {"ticktext": [_.number(mark) for mark in _marks(shown)], "showgrid": True, "gridcolor": palette.hairline},
    )


def _marks(shown: int) -> list[int]:
    return [1, *range(5, shown + 1, 5)]


def _rank_hover(_: Text, name: str, year: int, rank: float) -> str:
    if rank != rank:
        return ""
    return f"<b>{name}</b><br>" + _("{period}: rank {rank}", period=year, rank=_.number(rank))
