"""Compositions as small multiples: one panel a flow, one bar a year, two parts on common baselines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from layouts.figures.base import LABEL_SIZE, SMALL_SIZE, Canvas, plain_axis
from layouts.theme import Palette
from layouts.wording.text import Text

# Pixels: the bar, the way from one bar to the next, the title over them, and the space below a panel.
THICK, STEP, TITLE, BELOW = 14, 21, 24, 14
LEFT, RIGHT = 84, 40
HEADER = 24


@dataclass(frozen=True)
class Strip:
    """One bar: its label and its parts in per cent, each with its colour and what is said when it is touched."""

    label: str
    parts: Sequence[tuple[float, str, str]]


@dataclass(frozen=True)
class Panel:
    """One flow: its title, the colour of its words, and its bars from top to bottom."""

    title: str
    colour: str
    strips: Sequence[Strip]
    strong: bool = False


def strips_figure(_: Text, palette: Palette, panels: Sequence[Panel], first: str, last: str) -> go.Figure:
    """Draw bars of 100 per cent whose first part can be compared from the left and whose last part from the right.

    Args:
        _: language.
        palette: colours.
        panels: from top to bottom; every bar has the same parts in the same order.
        first: name of the first part, written once above its numbers at the left.
        last: name of the last part, written once above its numbers at the right.
    """
    heights = [TITLE + STEP * len(panel.strips) + BELOW for panel in panels]
    whole = sum(heights)
    canvas = Canvas(palette, whole + HEADER, right=RIGHT, left=LEFT, top=HEADER, bottom=0)
    top = float(whole)
    strips: list[Strip] = []
    middles: list[float] = []
    for panel, height in zip(panels, heights, strict=True):
        _panel(_, canvas, panel, top)
        strips += panel.strips
        middles += [_middle(top, place) for place in range(len(panel.strips))]
        top -= height
    _bars(canvas, strips, middles)
    head = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 4}
    small = {"size": SMALL_SIZE, "color": palette.muted}
    canvas.write(first, **head, x=0, xanchor="left", xshift=-44, font=small)
    canvas.write(last, **head, x=1, xanchor="right", xshift=RIGHT - 2, font=small)
    fixed = plain_axis() | {"showticklabels": False}
    canvas.layout["barmode"] = "stack"
    return canvas.figure(xaxis=fixed | {"range": [0, 100]}, yaxis=fixed | {"range": [0, whole]})


def _middle(top: float, place: int) -> float:
    return top - TITLE - place * STEP - STEP / 2


def _bars(canvas: Canvas, strips: Sequence[Strip], middles: Sequence[float]) -> None:
    """Draw the same part of all bars as one trace: a trace for each would cost ten times the time."""
    for parts in zip(*(strip.parts for strip in strips), strict=True):
        canvas.bars(
            x=[round(share, 4) for share, _colour, _said in parts],
            y=list(middles),
            width=THICK,
            orientation="h",
            name="",
            hoverinfo="text",
            hovertext=[said for _share, _colour, said in parts],
            marker={
                "color": [colour for _share, colour, _said in parts],
                # A gap in the colour of the paper parts two neighbours of one colour.
                "line": {"width": 1, "color": canvas.palette.paper},
            },
        )


def _panel(_: Text, canvas: Canvas, panel: Panel, top: float) -> None:
    canvas.write(
        f"<b>{panel.title}</b>",
        xref="paper",
        x=0,
        y=top - TITLE,
        xanchor="left",
        yanchor="bottom",
        xshift=-LEFT + 2,
        yshift=3,
        font={"size": LABEL_SIZE, "color": panel.colour},
    )
    for place, strip in enumerate(panel.strips):
        _numbers(_, canvas, panel, strip, _middle(top, place))


def _numbers(_: Text, canvas: Canvas, panel: Panel, strip: Strip, middle: float) -> None:
    words = {"y": middle, "xref": "paper", "font": {"size": SMALL_SIZE, "color": canvas.palette.muted}}
    canvas.write(strip.label, **words, x=0, xanchor="left", xshift=-LEFT + 2)
    number = words | {"font": {"size": SMALL_SIZE, "color": panel.colour}}
    ends = ((strip.parts[0][0], 0, -6), (strip.parts[-1][0], 1, RIGHT - 2))
    for share, x, shift in ends:
        text = _.percent(share, 0)
        canvas.write(f"<b>{text}</b>" if panel.strong else text, **number, x=x, xanchor="right", xshift=shift)
