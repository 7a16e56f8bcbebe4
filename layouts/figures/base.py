"""What every chart shares: type, axes, labels that do not collide, ticks and units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from layouts.theme import FONT, Palette
from layouts.wording.text import Text
from layouts.wording.units import Unit, tick_labels

LABEL_SIZE = 13
SMALL_SIZE = 12
# Space for the labels of the value axis, and for the names at the ends of lines.
LEFT, RIGHT = 38, 88


class Canvas:
    """Collects the parts of a figure and makes it in one go.

    Plotly checks and copies all annotations at each ``add_annotation``; a chart with sixty of them took half a
    second that way and takes a few milliseconds this way.
    """

    def __init__(
        self,
        palette: Palette,
        height: int,
        right: int = RIGHT,
        left: int = LEFT,
        top: int = 16,
        bottom: int = 28,
    ):
        """Start with our type and margins."""
        self.palette = palette
        self.plot_height = height - top - bottom
        self.traces: list[dict[str, Any]] = []
        self.shapes: list[dict[str, Any]] = []
        self.annotations: list[dict[str, Any]] = []
        self.layout: dict[str, Any] = {
            # Plotly puts its default template where none is named, six kilobytes for each figure.
            "template": "none",
            "height": height,
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": LABEL_SIZE, "color": palette.ink},
            "showlegend": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": palette.paper,
                "bordercolor": palette.neutral,
                "font": {"family": FONT, "size": LABEL_SIZE, "color": palette.ink},
                "align": "left",
            },
            # A chart that swallows a finger's scroll is a trap on a phone.
            "dragmode": False,
        }

    def answers_by_period(self) -> None:
        """Wherever the pointer or a finger is, say every series of the nearest period beside one line through it."""
        self.layout |= {"hovermode": "x unified", "hoversubplots": "axis", "hoverdistance": -1, "spikedistance": -1}

    def lines(self, **trace: Any) -> None:
        """Add a scatter trace."""
        self.traces.append({"type": "scatter"} | trace)

    def bars(self, **trace: Any) -> None:
        """Add a bar trace."""
        self.traces.append({"type": "bar"} | trace)

    def rule(self, **shape: Any) -> None:
        """Add a straight line."""
        self.shapes.append({"type": "line", "layer": "below"} | shape)

    def write(self, text: str, **annotation: Any) -> None:
        """Add text at a place."""
        self.annotations.append({"text": text, "showarrow": False} | annotation)

    def figure(self, **axes: dict[str, Any]) -> go.Figure:
        """Make the figure with its axes."""
        layout = self.layout | axes | {"shapes": self.shapes, "annotations": self.annotations}
        return go.Figure({"data": self.traces, "layout": layout})


# How the browser writes the period under the pointer.
PERIOD = {"A": "%Y", "Q": "Q%q %Y", "M": "%b %Y"}


def plain_axis() -> dict[str, Any]:
    """Give an axis without line, grid or ticks, which the reader cannot drag."""
    return {"showgrid": False, "zeroline": False, "showline": False, "fixedrange": True, "automargin": False}


def time_axis(_: Text, palette: Palette, start: pd.Timestamp, end: pd.Timestamp, frequency: str) -> dict[str, Any]:
    """Axis of years, quarters or months, with at most six round ticks, or five of a part of a year, as fit a phone."""
    years = end.year - start.year + 1
    if frequency == "A" or years > 3:
        step = next(step for step in (1, 2, 5, 10, 20) if years / step <= 6)
        marks = [y for y in range(start.year, end.year + 1) if y % step == 0]
        # A year's label stands at its middle, where its value is drawn; a month series labels each January.
        month = 7 if frequency == "A" else 1
        values = [pd.Timestamp(y, month, 1) for y in marks]
        labels = [str(y) for y in marks]
    else:
        quarterly = frequency == "Q"
        months = pd.date_range(start, end, freq="MS")
        step = next(step for step in ((3, 6, 12) if quarterly else (1, 2, 3, 6, 12)) if len(months) / step <= 5)
        # The label stands at the middle of its period, where the value is drawn.
        values = [m + pd.Timedelta(days=45 if quarterly else 14) for m in months if (m.month - 1) % step == 0]
        labels = quarter_labels(_, values) if quarterly else month_labels(_, values)
    return plain_axis() | {
        "type": "date",
        "range": [start.isoformat(), end.isoformat()],
        "tickmode": "array",
        "tickvals": [v.strftime("%Y-%m-%d") for v in values],
        "ticktext": labels,
        "tickfont": {"color": palette.muted, "size": SMALL_SIZE},
        "tickangle": 0,
        "showline": True,
        "linecolor": palette.neutral,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.neutral,
        # What a figure that answers by period says and draws of the period under the pointer.
        "hoverformat": PERIOD[frequency],
        "showspikes": True,
        "spikemode": "across",
        "spikesnap": "hovered data",
        "spikethickness": 1,
        "spikedash": "solid",
        "spikecolor": palette.ink,
    }


def quarter_labels(_: Text, days: Sequence[pd.Timestamp]) -> list[str]:
    """Names of quarters, the year beneath the first and each first one of a year."""
    return [
        f"{_.quarter(day)}<br>{day.year}" if place == 0 or day.quarter == 1 else _.quarter(day)
        for place, day in enumerate(days)
    ]


def month_labels(_: Text, months: Sequence[pd.Timestamp]) -> list[str]:
    """Names of months, the year beneath the first and each January."""
    return [
        f"{_.month_name(month, short=True)}<br>{month.year}"
        if place == 0 or month.month == 1
        else _.month_name(month, short=True)
        for place, month in enumerate(months)
    ]


def value_axis(canvas: Canvas, ticks: Sequence[float], labels: Sequence[str], axis: str = "y") -> dict[str, Any]:
    """Axis of round ticks left of the plot; the label with the unit, which is long, stands on its own grid line.

    Args:
        canvas: gets the label with the unit.
        ticks: round values.
        labels: their labels, the one with the unit at :func:`unit_place`.
        axis: name of the axis, ``y`` or ``y2`` and so on.
    """
    with_unit = unit_place(ticks)
    canvas.write(
        labels[with_unit],
        xref="paper",
        x=0,
        xshift=-LEFT + 2,
        yref=axis,
        y=ticks[with_unit],
        xanchor="left",
        yanchor="bottom" if with_unit else "top",
        font={"size": SMALL_SIZE, "color": canvas.palette.muted},
    )
    plain = [(t, text) for place, (t, text) in enumerate(zip(ticks, labels, strict=True)) if place != with_unit]
    return plain_axis() | {
        "range": list(axis_range(ticks, canvas.plot_height)),
        "tickmode": "array",
        "tickvals": list(ticks),
        "ticktext": [dict(plain).get(t, "") for t in ticks],
        "tickfont": {"color": canvas.palette.muted, "size": SMALL_SIZE},
        "showgrid": True,
        "gridcolor": canvas.palette.hairline,
        "gridwidth": 1,
    }


def axis_range(ticks: Sequence[float], plot_height: int) -> tuple[float, float]:
    """The ticks with room for the label that carries the unit: above the highest, or below the lowest."""
    low, high = ticks[0], ticks[-1]
    room = (high - low) * 18 / max(plot_height - 18, 1)
    return (low, high + room) if unit_place(ticks) else (low - room, high)


def unit_place(ticks: Sequence[float]) -> int:
    """Which tick says the unit: the highest, or the lowest where nothing is above zero."""
    return 0 if ticks[-1] <= 0 else len(ticks) - 1


def round_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers that enclose a range, zero among them: steps of 1, 2, 2.5 or 5 times a power of ten."""
    low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        return [0.0, 1.0]
    span = high - low
    power = 10.0 ** math.floor(math.log10(span / about))
    step = next(s * power for s in (1, 2, 2.5, 5, 10, 20) if span / (s * power) <= about)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]


def unit_labels(_: Text, ticks: Sequence[float], unit: Unit) -> list[str]:
    """Labels of ticks: the unit on the one that has the room, plain numbers on the others."""
    return tick_labels(_, ticks, unit, unit_place(ticks))


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart until none is nearer than ``gap`` to the next, keeping their order and bounds.

    Args:
        positions: wanted places of the label centres.
        gap: smallest distance of two centres.
        low: lowest place for a centre.
        high: highest place for a centre.
    """
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    placed: list[float] = []
    for i in order:
        placed.append(max(positions[i], low) if not placed else max(positions[i], placed[-1] + gap))
    for k in range(len(placed) - 1, -1, -1):
        ceiling = high if k == len(placed) - 1 else placed[k + 1] - gap
        placed[k] = min(placed[k], ceiling)
    result = [0.0] * len(positions)
    for place, i in zip(placed, order, strict=True):
        result[i] = place
    return result


def end_labels(canvas: Canvas, labels: Sequence[tuple[Any, float, str, str]], ticks: Sequence[float]) -> None:
    """Write each series' name and last value at its line's end, moved apart where they would collide.

    Args:
        canvas: written on.
        labels: x (None for the edge of the plot, right of a bar), y, text and colour of each.
        ticks: ticks of the value axis.
    """
    height = canvas.plot_height
    low, high = axis_range(ticks, height)
    pixels = [(y - low) / (high - low) * height for _x, y, _t, _c in labels]
    for (x, y, text, colour), pixel, place in zip(labels, pixels, spread(pixels, 36, 6, height), strict=True):
        place_x = {"xref": "paper", "x": 1} if x is None else {"x": x}
        canvas.write(
            text,
            **place_x,
            y=y,
            font={"color": colour, "size": LABEL_SIZE},
            xanchor="left",
            yanchor="middle",
            align="left",
            xshift=9,
            yshift=place - pixel,
        )
