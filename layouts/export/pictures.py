"""A chart composed as a whole picture without a browser page: title and subtitle above, remarks and source below."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from layouts.components.chart import Chart

# Drawn near the width of a chart on its page, so that labels keep their places; the scale makes 3000 pixels of it.
WIDE, SCALE = 1000, 3
EDGE, GAP = 28, 10
USUAL_HEIGHT = 400


@dataclass(frozen=True)
class Words:
    """Lines of one size in a picture; ``letters`` is how many fit into its width."""

    size: int
    letters: int
    high: float = 1.35

    def lines(self, texts: Sequence[str]) -> list[str]:
        """Wrap texts; each begins on a line of its own."""
        return [line for text in texts for line in textwrap.wrap(text, self.letters)]

    def height(self, lines: Sequence[str]) -> float:
        """Pixels that so many lines take."""
        return len(lines) * self.size * self.high


TITLE, SUBTITLE, FOOT = Words(24, 66), Words(16, 112), Words(13, 140)


def picture_figure(it: Chart, address: str) -> go.Figure:
    """Compose the picture of a chart.

    Args:
        it: the chart, drawn on its page before; it is left as it is.
        address: written below, where the view is seen again.
    """
    figure = go.Figure(it.figure)
    # The figure has only the numbers and signs of its marks; their words stand below it.
    marks = [f"{place}  {note.text}" for place, note in enumerate(it.notes, 1)]
    title, subtitle = TITLE.lines([it.title]), SUBTITLE.lines([it.subtitle])
    breaks = [f"▴  {words}" for words in it.breaks]
    foot = FOOT.lines([*marks, *it.remarks, *breaks, it.passport.line, it.source.words, address])
    own = figure.layout.margin
    head = EDGE + TITLE.height(title) + SUBTITLE.height(subtitle) + GAP
    margin = {
        "l": EDGE + (own.l or 0),
        "r": EDGE + (own.r or 0),
        "t": head + (own.t or 0),
        "b": GAP + FOOT.height(foot) + EDGE + (own.b or 0),
    }
    plot = (figure.layout.height or USUAL_HEIGHT) - (own.t or 0) - (own.b or 0)
    high = plot + margin["t"] + margin["b"]
    figure.update_layout(width=WIDE, height=high, margin=margin, paper_bgcolor=figure.layout.hoverlabel.bgcolor)
    ink, muted = figure.layout.font.color, it.figure.layout.meta["muted"]
    _write(figure, title, TITLE, ink, margin, EDGE, bold=True)
    _write(figure, subtitle, SUBTITLE, muted, margin, EDGE + TITLE.height(title))
    _write(figure, foot, FOOT, muted, margin, high - EDGE - FOOT.height(foot))
    return figure


def _write(
    figure: go.Figure,
    lines: Sequence[str],
    words: Words,
    colour: str | None,
    margin: dict[str, float],
    top: float,
    bold: bool = False,
) -> None:
    """Write lines below each other, the first so many pixels below the upper edge of the picture."""
    for place, line in enumerate(lines):
        text = _escaped(line)
        figure.add_annotation(
            text=f"<b>{text}</b>" if bold else text,
            xref="paper",
            yref="paper",
            x=0,
            y=1,
            xanchor="left",
            yanchor="top",
            align="left",
            showarrow=False,
            borderpad=0,
            xshift=EDGE - margin["l"],
            yshift=margin["t"] - top - place * words.size * words.high,
            font={"size": words.size, "color": colour},
        )


def _escaped(text: str) -> str:
    # Plotly would take what stands between two dollar signs for a formula.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("$", "&#36;")
