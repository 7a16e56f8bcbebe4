"""The charts of a page, found by drawing it: so every page has them without listing them a second time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from data.store import Store
from layouts.components.chart import COLLECTED, Chart
from layouts.view import View


@dataclass(frozen=True)
class Drawn:
    """A page as drawn, and its charts by name in the order in which they stand on it."""

    page: Any
    charts: dict[str, Chart]


def drawn(page: Callable[[View, Store], Any], view: View, store: Store) -> Drawn:
    """Draw a page and keep what its charts were made of; a page drawn inside another keeps its own."""
    found: dict[str, Chart] = {}
    token = COLLECTED.set(found)
    try:
        return Drawn(page(view, store), found)
    finally:
        COLLECTED.reset(token)


def charts_of(page: Callable[[View, Store], Any], view: View, store: Store) -> dict[str, Chart]:
    """Every chart that a page shows for a selection, by name, in the order of the page."""
    return drawn(page, view, store).charts


def page_name(path: str) -> str:
    """Name of a page in addresses of files: ``overview`` for ``/``, else the path without its stroke."""
    return path.strip("/") or "overview"
