"""Colours of the charts, light and dark; the stylesheet holds the same tokens for the page."""

from __future__ import annotations

from dataclasses import asdict, dataclass

FONT = "system-ui, Roboto, Helvetica, Arial, sans-serif"


@dataclass(frozen=True)
class Palette:
    """One set of colours. No two tokens share a value, so that an export can swap one set for the other."""

    paper: str
    ink: str
    muted: str
    hairline: str
    shade: str
    canada: str
    mexico: str
    united_states: str
    canada_tint: str
    mexico_tint: str
    united_states_tint: str
    neutral: str
    neutral_soft: str

    def country(self, iso3: str) -> str:
        """Colour of a country, the same on every page."""
        return {"CAN": self.canada, "MEX": self.mexico, "USA": self.united_states}[iso3]

    def tint(self, iso3: str) -> str:
        """Lighter tone of a country's colour, for areas."""
        return {"CAN": self.canada_tint, "MEX": self.mexico_tint, "USA": self.united_states_tint}[iso3]


LIGHT = Palette(
    paper="#FBFAF7",
    ink="#1B1F24",
    muted="#59616B",
    hairline="#DFE2E6",
    shade="#EFEEEA",
    canada="#C8321E",
    mexico="#008A73",
    united_states="#24478F",
    canada_tint="#F1CFC8",
    mexico_tint="#C3E2DB",
    united_states_tint="#CBD5E9",
    neutral="#8A929C",
    neutral_soft="#C9CED4",
)

DARK = Palette(
    paper="#12161C",
    ink="#E8EBEF",
    muted="#A3ACB8",
    hairline="#2C343E",
    shade="#1B2129",
    canada="#FF7A5C",
    mexico="#3CC8A3",
    united_states="#8FB2FF",
    canada_tint="#5A2A20",
    mexico_tint="#14493D",
    united_states_tint="#2A3A5E",
    neutral="#7D8793",
    neutral_soft="#48515C",
)

PALETTES = {"light": LIGHT, "dark": DARK}


def recolouring(palette: Palette) -> dict[str, dict[str, str]]:
    """Map each colour of a palette to its counterpart in each theme; empty for its own."""
    own = asdict(palette)
    return {
        theme: {} if other is palette else {colour: asdict(other)[token] for token, colour in own.items()}
        for theme, other in PALETTES.items()
    }
