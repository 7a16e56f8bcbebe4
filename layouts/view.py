"""How a page is to be drawn: language, colours, and addresses that keep the reader's choices."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data.selection import Selection
from layouts.theme import LIGHT, Palette
from layouts.wording.text import Text


@dataclass(frozen=True)
class View:
    """Everything about the drawing that is not data."""

    text: Text
    selection: Selection
    palette: Palette = LIGHT
    open_tables: frozenset[str] = frozenset()

    def href(self, path: str, **changes: object) -> str:
        """Address of a page with the present selection, or with some of it changed."""
        return path + replace(self.selection, **changes).to_query()  # type: ignore[arg-type]
