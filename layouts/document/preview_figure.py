"""A chart composed for the card of a shared link: title above, source below, nothing else but the plot."""

from __future__ import annotations

import textwrap

import plotly.graph_objects as go

from layouts.components.chart import Chart

# A card of 1200 by 630 is drawn as 960 by 504: near the size of a chart on its page, so that labels keep their places.
SCALE = 1.25
WIDE, HIGH = 960, 504
EDGE = 30
TITLE, SMALL = 25, 14
# A chart that is made taller than this on the page would be squeezed until its labels collide; lines have room.
TALLEST = 400
LINES = frozenset({"trade", "around"})


def preview_figure(it: Chart | None) -> go.Figure | None:
    """Compose the chart; None without one, or where it is too tall for a card."""
    if it is None or (it.name not in LINES and (it.figure.layout.height or 0) > TALLEST):
        return None
    figure = go.Figure(it.figure)
    own = figure.layout.margin
    title = textwrap.wrap(it.title, 56)[:2]
    head = EDGE + len(title) * TITLE * 1.25 + 8
    foot = EDGE + SMALL * 1.4 + 8
    margin = {"l": EDGE + (own.l or 0), "r": EDGE + (own.r or 0), "t": head + (own.t or 0), "b": foot + (own.b or 0)}
    figure.update_layout(width=WIDE, height=HIGH, margin=margin, paper_bgcolor=figure.layout.hoverlabel.bgcolor)
    for place, line in enumerate(title):
        _write(
            figure,
            f"<b>{_escaped(line)}</b>",
            TITLE,
            figure.layout.font.color,
            margin,
            EDGE * 0.8 + place * TITLE * 1.25,
        )
    source = textwrap.shorten(it.source.words, 108, placeholder=" …")
    _write(figure, _escaped(source), SMALL, it.figure.layout.meta["muted"], margin, HIGH - EDGE - SMALL * 0.6)
    return figure


def _write(figure: go.Figure, text: str, size: float, colour: str, margin: dict[str, float], top: float) -> None:
    """Write a line so many pixels below the upper edge of the picture."""
    figure.add_annotation(
        text=text,
        xref="paper",
        yref="paper",
        x=0,
        y=1,
        xanchor="left",
        yanchor="top",
        align="left",
        showarrow=False,
        xshift=EDGE - margin["l"],
        yshift=margin["t"] - top,
        font={"size": size, "color": colour},
    )


def _escaped(text: str) -> str:
    # Plotly would take what stands between two dollar signs for a formula.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("$", "&#36;")
