"""How a page is to be drawn: language, colours, and addresses that keep the reader's choices."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data.coverage import Coverage
from data.selection import Selection
from layouts.theme import LIGHT, OTHER_TONE, REPORTER_TONE, Palette
from layouts.wording.text import Text


@dataclass(frozen=True)
class View:
    """Everything about the drawing that is not data.

    ``reader`` is the reader's own choice where ``selection`` is another one that a chart asks for; links keep it.
    """

    text: Text
    selection: Selection
    palette: Palette = LIGHT
    open_panels: frozenset[str] = frozenset()
    reader: Selection | None = None

    def href(self, path: str, **changes: object) -> str:
        """Address of a page with the reader's choice, or with some of it changed."""
        return path + replace(self.choice, **changes).to_query()  # type: ignore[arg-type]

    @property
    def choice(self) -> Selection:
        """What the reader chose, which the address holds."""
        return self.reader or self.selection

    @property
    def coverage(self) -> Coverage:
        """What can be chosen at all."""
        return self.selection.coverage

    def colour(self, country: str) -> str:
        """Colour of a country: its own where it has one, else that of its role in the chosen pair."""
        role = REPORTER_TONE if country == self.selection.reporter else OTHER_TONE
        return getattr(self.palette, self.coverage.colours.get(country, role))

    def tint(self, country: str) -> str:
        """Lighter tone of a country's colour, for areas."""
        return self.palette.tint(self.colour(country))

    def asking(self, selection: Selection) -> View:
        """The same view for what a chart asks; its links still lead on with the reader's choice."""
        return replace(self, selection=selection, reader=self.choice)
