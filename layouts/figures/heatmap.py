"""Shares by row and month as strips of colour: the name above each strip, its first and last value at its ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.base import LABEL_SIZE, SMALL_SIZE, Canvas, month_labels, plain_axis
from layouts.theme import Palette
from layouts.wording.text import Text

ROW = 38
# The strip of a row; the rest of the row holds its name.
STRIP = 16
EDGE = 4
# The foot of the names of months, in rows: the name of the first strip stands below it.
MONTHS = -0.85
# Rows' worth of space above the first row, for the legend and the months; and where in it the legend stands.
HEAD, LEGEND = 2.6, -2.4
# Steps of the legend, per cent.
STEPS = (0, 25, 50, 75, 100)
# A phone has the room for so many labels of months.
MOST_MONTHS = 5


@dataclass(frozen=True)
class Strip:
    """One row: its name, what stands at its right end, its values by month (missing for none) and their hovers."""

    name: str
    ends: str
    values: Sequence[float]
    hovers: Sequence[str]


def heatmap_figure(
    _: Text,
    palette: Palette,
    strips: Sequence[Strip],
    months: pd.DatetimeIndex,
    colours: tuple[str, str],
    divided: pd.Timestamp | None = None,
) -> go.Figure:
    """Draw shares from 0 to 100 per cent, a row each, the first on top.

    Args:
        _: language.
        palette: colours.
        strips: the rows; a missing value leaves a gap.
        months: the months of their values.
        colours: of 0 and of 100 per cent, both of the palette, so that the picture can swap them.
        divided: a month before which a stroke parts what does not compare; None for none.
    """
    height = round((len(strips) + HEAD) * ROW) + 2 * EDGE
    canvas = Canvas(palette, height, left=0, right=0, top=EDGE, bottom=EDGE)
    scale = [[0, colours[0]], [1, colours[1]]]
    _legend(_, canvas, scale)
    _months(_, canvas, months)
    _rows(canvas, strips, len(months), scale)
    for place, strip in enumerate(strips):
        _name(canvas, strip, place)
    if divided is not None and divided in months:
        x = list(months).index(divided) - 0.5
        half = STRIP / ROW / 2 + 0.06
        for place in range(len(strips)):
            line = {"color": palette.ink, "width": 2}
            canvas.rule(x0=x, x1=x, y0=place - half, y1=place + half, line=line, layer="above")
    plain = plain_axis() | {"showticklabels": False, "ticks": ""}
    return canvas.figure(
        xaxis=plain | {"range": [-0.5, len(months) - 0.5]},
        xaxis2=plain | {"range": [-0.5, len(STEPS) - 0.5], "domain": [0, 0.5], "anchor": "y"},
        yaxis=plain | {"range": [len(strips) - 0.5, -0.5 - HEAD]},
    )


def _rows(canvas: Canvas, strips: Sequence[Strip], width: int, scale: list) -> None:
    canvas.traces.append(
        {
            "type": "heatmap",
            "x": list(range(width)),
            "y": list(range(len(strips))),
            "z": [[None if v != v else round(float(v), 2) for v in strip.values] for strip in strips],
            "hovertext": [list(strip.hovers) for strip in strips],
            "hoverinfo": "text",
            "hoverongaps": False,
            "zmin": STEPS[0],
            "zmax": STEPS[-1],
            "colorscale": scale,
            "showscale": False,
            "xgap": 1,
            # What is left of a row between two strips holds the name of the lower one.
            "ygap": ROW - STRIP,
        }
    )


def _name(canvas: Canvas, strip: Strip, place: int) -> None:
    """Write a name above the left end of its strip and its values above the right end."""
    above: dict[str, Any] = {"xref": "paper", "y": place, "yanchor": "bottom", "yshift": STRIP / 2 - 1}
    canvas.write(strip.name, x=0, xanchor="left", align="left", font={"size": LABEL_SIZE}, **above)
    muted = {"size": SMALL_SIZE, "color": canvas.palette.muted}
    canvas.write(strip.ends, x=1, xanchor="right", align="right", font=muted, **above)


def _legend(_: Text, canvas: Canvas, scale: list) -> None:
    """Show the colours of five shares above the rows, each with its value above it."""
    canvas.traces.append(
        {
            "type": "heatmap",
            "xaxis": "x2",
            "x": list(range(len(STEPS))),
            "y": [LEGEND],
            "z": [list(STEPS)],
            "zmin": STEPS[0],
            "zmax": STEPS[-1],
            "colorscale": scale,
            "showscale": False,
            "hoverinfo": "skip",
            "xgap": 1,
            "ygap": ROW - STRIP,
        }
    )
    for place, share in enumerate(STEPS):
        canvas.write(
            _.percent(share, 0),
            xref="x2",
            x=place,
            y=LEGEND,
            yanchor="bottom",
            yshift=STRIP / 2 - 1,
            font={"size": SMALL_SIZE, "color": canvas.palette.muted},
        )


def _months(_: Text, canvas: Canvas, months: pd.DatetimeIndex) -> None:
    """Name some months above the first row; the year stands beneath the first and each January."""
    step = next(step for step in (1, 2, 3, 6, 12) if len(months) / step <= MOST_MONTHS)
    places = [place for place, month in enumerate(months) if (month.month - 1) % step == 0]
    for place, label in zip(places, month_labels(_, [months[place] for place in places]), strict=True):
        canvas.write(
            label,
            x=place - 0.5,
            y=MONTHS,
            xanchor="left",
            yanchor="bottom",
            align="left",
            font={"size": SMALL_SIZE, "color": canvas.palette.muted},
        )
