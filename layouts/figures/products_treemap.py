"""Sections and their chapters as areas, an overview beside the ranked rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from layouts.figures.base import SMALL_SIZE, Canvas
from layouts.theme import Palette

# Letters in a line of a tile.
LINE_LENGTH = 17
# Below this size a label would be read by nobody; the tile then speaks under the pointer only.
SMALLEST = 11


@dataclass(frozen=True)
class Tile:
    """An area: its id, the id of the tile around it (empty for none), name, value, hover and where it leads.

    ``lines`` is its name, cut to :data:`LINE_LENGTH`, ``share`` stands below it. The value of a tile
    that others lie in is the sum of theirs, and its colour is quiet, whatever it is given.
    """

    id: str
    parent: str
    lines: Sequence[str]
    share: str
    value: float
    hover: str
    href: str
    colour: str


def treemap_figure(palette: Palette, tiles: Sequence[Tile], height: int = 560) -> go.Figure:
    """Draw the tiles of which something is known.

    Args:
        palette: colours.
        tiles: those around others before those inside them.
        height: height in pixels.
    """
    drawn = [tile for tile in tiles if tile.value > 0]
    canvas = Canvas(palette, height, left=0, right=0, top=2, bottom=2)
    canvas.traces.append(
        {
            "type": "treemap",
            "ids": [tile.id for tile in drawn],
            "parents": [tile.parent for tile in drawn],
            "labels": [_label(tile) for tile in drawn],
            "values": [round(tile.value, 6) for tile in drawn],
            "customdata": [tile.href for tile in drawn],
            "hovertext": [tile.hover for tile in drawn],
            "hoverinfo": "text",
            "branchvalues": "total",
            "textinfo": "label",
            "textposition": "top left",
            "textfont": {"size": SMALL_SIZE, "color": palette.ink},
            "marker": {
                "colors": [palette.shade if not tile.parent else tile.colour for tile in drawn],
                "line": {"color": palette.paper, "width": 1},
                "pad": {"t": 20, "l": 2, "r": 2, "b": 2},
            },
            "tiling": {"packing": "squarify", "pad": 1},
            "pathbar": {"visible": False},
            "sort": True,
        }
    )
    canvas.layout |= {"uniformtext": {"minsize": SMALLEST, "mode": "hide"}}
    return canvas.figure()


def _label(tile: Tile) -> str:
    if not tile.parent:
        return "<b>" + " ".join(tile.lines) + "</b>"
    return "<br>".join([*tile.lines, tile.share])
