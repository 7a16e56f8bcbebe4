"""Spans of time named behind a chart: the months before and after an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.base import SMALL_SIZE
from layouts.theme import Palette


@dataclass(frozen=True)
class Band:
    """A named span of months, from the first to the end of the last."""

    name: str
    first: pd.Timestamp
    last: pd.Timestamp

    @property
    def end(self) -> pd.Timestamp:
        """First instant after the span."""
        return self.last + pd.DateOffset(months=1)


def with_bands(figure: go.Figure, palette: Palette, bands: Sequence[Band]) -> go.Figure:
    """Give a chart of time faint bands behind its lines, named in the strip that the axis keeps free at the top."""
    areas = [
        {
            "type": "rect",
            "layer": "below",
            "x0": band.first.isoformat(),
            "x1": band.end.isoformat(),
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "fillcolor": palette.shade,
            "line": {"width": 0},
        }
        for band in bands
    ]
    names = [
        {
            "text": band.name,
            "x": (band.first + (band.end - band.first) / 2).isoformat(),
            "yref": "paper",
            "y": 1,
            "yanchor": "top",
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": palette.muted},
        }
        for band in bands
    ]
    # Bands lie under everything else that is drawn below the lines.
    figure.layout.shapes = [*areas, *figure.layout.shapes]
    figure.layout.annotations = [*figure.layout.annotations, *names]
    return figure
