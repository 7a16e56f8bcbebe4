"""A page as drawn, with the charts that stand on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from data.store import Store
from layouts.charts.registry import chart_of
from layouts.components.chart import Chart
from layouts.view import View


@dataclass(frozen=True)
class Drawn:
    """A page, and its charts by name in the order in which they stand on it."""

    page: Any
    charts: dict[str, Chart]


def drawn(page: Callable[[View, Store], Any], view: View, store: Store) -> Drawn:
    """Draw a page and take the charts it shows from the registry."""
    made = page(view, store)
    names = [getattr(part, "data-chart") for part in parts(made) if isinstance(part, html.Figure)]
    return Drawn(made, {name: it for name in names if (it := chart_of(view, store, name))})


def charts_of(page: Callable[[View, Store], Any], view: View, store: Store) -> dict[str, Chart]:
    """The charts that a page shows."""
    return drawn(page, view, store).charts


def parts(part: Any):
    """Every component of a page."""
    if isinstance(part, list | tuple):
        for one in part:
            yield from parts(one)
    elif isinstance(part, Component):
        yield part
        yield from parts(getattr(part, "children", None))
