"""Small trend lines beside headline numbers, as pictures of a few hundred bytes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from urllib.parse import quote

from dash import html

WIDTH, HEIGHT, PAD = 120, 32, 4


def sparkline(values: Sequence[float], colour: str, isolated: bool = False) -> html.Img:
    """Draw a line with a dot at its end; a missing value breaks it, and isolated values are dots never joined.

    It is decoration beside a number: its alternative text is empty.
    """
    known = [v for v in values if not math.isnan(v)]
    low, high = min(known, default=0), max(known, default=1)
    step = (WIDTH - 2 * PAD) / max(len(values) - 1, 1)

    def place(index: int, value: float) -> str:
        y = HEIGHT - PAD - (value - low) / ((high - low) or 1) * (HEIGHT - 2 * PAD)
        return f"{PAD + index * step:.1f},{y:.1f}"

    runs: list[list[str]] = [[]]
    for index, value in enumerate(values):
        if math.isnan(value) or isolated:
            runs.append([])
        if not math.isnan(value):
            runs[-1].append(place(index, value))
    paths = "".join(f'<polyline points="{" ".join(run)}"/>' for run in runs if len(run) > 1)
    dots = "".join(_dot(run[0], colour) for run in runs if len(run) == 1)
    end = _dot(runs[-1][-1], colour) if runs[-1] else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" stroke="{colour}" '
        f'stroke-width="2" stroke-linejoin="round">{paths}{dots}{end}</svg>'
    )
    return html.Img(src=f"data:image/svg+xml,{quote(svg)}", alt="", className="sparkline", width=WIDTH, height=HEIGHT)


def _dot(place: str, colour: str) -> str:
    x, y = place.split(",")
    return f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}" stroke="none"/>'
