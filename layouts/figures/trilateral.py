"""The trade triangle: three countries, six flows, arrow width by value on one scale."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.base import SMALL_SIZE, Canvas, plain_axis
from layouts.theme import Palette
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import Scale, scale_of

# Places of the countries in their order, clockwise from the top, near where they lie on the map.
PLACES = ((0.0, 1.0), (0.92, -0.62), (-0.92, -0.62))
WIDEST = 0.15
APART = 0.035
CLEAR = 0.27


def triangle_figure(
    _: Text,
    palette: Palette,
    flows: pd.DataFrame,
    currency: str,
    chosen: frozenset[str],
    colours: Mapping[str, str],
    height: int = 420,
) -> go.Figure:
    """Draw the six flows; the chosen pair in the exporter's colour, the others grey.

    Args:
        _: language.
        palette: colours.
        flows: ``exporter``, ``importer``, ``value`` in million units of ``currency`` (missing when unknown), and
            ``reporter``, whose record the value is.
        currency: currency of the values.
        chosen: the two countries of the selection.
        colours: the countries in their order, each with its colour.
        height: height in pixels.
    """
    canvas = Canvas(palette, height, right=4, left=4, top=4, bottom=4)
    largest = float(flows["value"].max())
    scale = scale_of(flows["value"])
    places = dict(zip(colours, PLACES, strict=True))
    for flow in flows.itertuples():
        highlighted = {flow.exporter, flow.importer} == chosen
        colour = colours[flow.exporter] if highlighted else palette.neutral_soft
        label = colours[flow.exporter] if highlighted else palette.muted
        _arrow(_, canvas, flow, places, largest, scale, currency, colour, label)
    for country, (x, y) in places.items():
        # Set in two lines, the longest name stays inside a phone.
        name = countries.name(_, country).replace(" ", "<br>")
        # The two lower names stand outside the triangle, where no arrow starts.
        anchor = "center" if not x else "left" if x > 0 else "right"
        canvas.write(
            f"<b>{name}</b>",
            x=x - math.copysign(0.16, x) if x else x,
            y=y,
            xanchor=anchor,
            yshift=4 if y > 0 else -4,
            font={"size": 15, "color": colours[country]},
        )
    # The picture must be the same from every screen: the axes keep their ranges, and the plot gives way instead.
    fixed = plain_axis() | {"showticklabels": False, "constrain": "domain"}
    return canvas.figure(
        xaxis=fixed | {"range": [-1.5, 1.5]},
        yaxis=fixed | {"range": [-1.05, 1.14], "scaleanchor": "x", "scaleratio": 1},
    )


def _arrow(
    _: Text,
    canvas: Canvas,
    flow,
    places: Mapping[str, tuple[float, float]],
    largest: float,
    scale: Scale,
    currency: str,
    colour: str,
    label: str,
) -> None:
    """Draw one flow as an arrow right of the line from exporter to importer, with its label beside it."""
    (x0, y0), (x1, y1) = places[flow.exporter], places[flow.importer]
    length = math.hypot(x1 - x0, y1 - y0)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    nx, ny = uy, -ux
    known = not math.isnan(flow.value)
    width = max(flow.value / largest * WIDEST, 0.008) if known else 0.0
    head = max(width * 1.1, 0.07)

    def at(along: float, across: float) -> tuple[float, float]:
        return x0 + ux * along + nx * across, y0 + uy * along + ny * across

    near, far = CLEAR, length - CLEAR
    if known:
        flank = max(width / 2 + 0.03, 0.045)
        middle = APART + width / 2
        outline = [
            at(near, APART),
            at(far - head, APART),
            at(far - head, middle - flank),
            at(far, middle),
            at(far - head, middle + flank),
            at(far - head, APART + width),
            at(near, APART + width),
            at(near, APART),
        ]
        who = _(
            "{exporter} to {importer}",
            exporter=countries.sentence_start(_, flow.exporter),
            importer=countries.partner(_, flow.importer),
        )
        canvas.lines(
            x=[p[0] for p in outline],
            y=[p[1] for p in outline],
            mode="lines",
            fill="toself",
            hoveron="fills",
            fillcolor=colour,
            line={"width": 0, "color": colour},
            name=who,
            hoverinfo="text",
            text=f"<b>{who}</b><br>{_.money(flow.value, currency)}<br>{_recorded(_, flow)}",
        )
    beside_x, beside_y = at((near + far) / 2, APART + width + 0.06)
    horizontal = abs(uy) < 0.1
    canvas.write(
        f"<b>{_.number(flow.value / scale.millions, scale.decimals)}</b><br><span style='font-size:{SMALL_SIZE}px'>"
        f"{_record_sign(_, flow)}</span>"
        if known
        else _("not known"),
        x=beside_x,
        y=beside_y,
        font={"size": 14 if known else SMALL_SIZE, "color": label},
        xanchor="center" if horizontal else ("left" if nx > 0 else "right"),
        yanchor=("bottom" if ny > 0 else "top") if horizontal else "middle",
    )


def _recorded(_: Text, flow) -> str:
    """Name the record of a flow: the two records of one flow give two values."""
    return _("{possessive} record", possessive=countries.possessive(_, flow.reporter))


def _record_sign(_: Text, flow) -> str:
    """The same in as few letters as the room between two arrows holds."""
    short = countries.short(_, flow.reporter)
    return short if len(short) < len(flow.reporter) else _.verbatim(flow.reporter)
