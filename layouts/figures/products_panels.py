"""Small multiples: series over time beneath each other on one axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.base import LABEL_SIZE, LEFT, Canvas, round_ticks, time_axis, unit_labels, value_axis
from layouts.figures.lines import Span, answer, hover, values_of
from layouts.theme import Palette
from layouts.wording.text import Text
from layouts.wording.units import Unit

# Pixels of a panel and of the space above it, where its name stands.
PANEL, ABOVE = 96, 54
# Letters of a heading that the width of a phone has room for; two lines of them fit above a panel.
LINE_LENGTH = 42


@dataclass(frozen=True)
class Panel:
    """One series: its name, its values by period, the unit they are in, and where a click on it leads.

    ``lines`` is the name cut to :data:`LINE_LENGTH`, where it is longer.
    """

    name: str
    values: pd.Series
    unit: Unit
    colour: str
    href: str = ""
    lines: Sequence[str] = ()


def panels_figure(_: Text, palette: Palette, panels: Sequence[Panel], frequency: str) -> go.Figure:
    """Draw one panel under the other, each from zero on a scale of its own: their courses compare, not their sizes.

    Args:
        _: language.
        palette: colours.
        panels: from top to bottom, all over the same periods.
        frequency: A for years, M for months.
    """
    span = Span.of(panels[0].values.to_frame(), frequency)
    height = len(panels) * (PANEL + ABOVE) + span.bottom
    canvas = Canvas(palette, height, top=ABOVE, bottom=span.bottom)
    canvas.answers_by_period()
    whole = canvas.plot_height
    # The value axis reckons its room for labels by the height it has, which here is that of one panel.
    canvas.plot_height = PANEL
    axes = {}
    for row, panel in enumerate(panels):
        axis = "y" if row == 0 else f"y{row + 1}"
        top = 1 - row * (PANEL + ABOVE) / whole
        ticks = round_ticks(0, float(panel.values.max() / panel.unit.divisor), 3)
        _panel(_, canvas, panel, span, axis, top, ticks)
        axes["yaxis" + axis[1:]] = value_axis(canvas, ticks, unit_labels(_, ticks, panel.unit), axis) | {
            "domain": [max(top - PANEL / whole, 0), top]
        }
    lowest = "y" if len(panels) == 1 else f"y{len(panels)}"
    return canvas.figure(xaxis=time_axis(_, palette, span.start, span.end, frequency) | {"anchor": lowest}, **axes)


def _panel(_: Text, canvas: Canvas, panel: Panel, span: Span, axis: str, top: float, ticks: Sequence[float]) -> None:
    scaled = panel.values / panel.unit.divisor
    said = hover(_, panel.name, [panel.unit.full(_, value) for value in panel.values])
    canvas.lines(
        x=span.places(panel.values.index),
        y=values_of(scaled),
        yaxis=axis,
        name=panel.name,
        mode="lines",
        connectgaps=False,
        line={"color": panel.colour, "width": 2},
        **answer(canvas, span.places(panel.values.index), scaled, said, panel.colour, ticks[0], yaxis=axis),
        customdata=[panel.href] * len(scaled),
    )
    canvas.write(
        f"<b>{'<br>'.join(panel.lines or [panel.name])}</b>",
        align="left",
        xref="paper",
        x=0,
        yref="paper",
        y=top,
        xanchor="left",
        yanchor="bottom",
        xshift=2 - LEFT,
        yshift=6,
        font={"color": canvas.palette.ink, "size": LABEL_SIZE},
    )
    known = scaled.dropna()
    if len(known):
        canvas.write(
            panel.unit.short(_, float(known.iloc[-1])),
            xref="paper",
            x=1,
            yref=axis,
            y=float(known.iloc[-1]),
            xanchor="left",
            xshift=8,
            font={"color": panel.colour, "size": LABEL_SIZE},
        )
