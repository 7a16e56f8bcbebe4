"""Colours of the charts, light and dark; the stylesheet holds the same tokens for the page."""

from __future__ import annotations

from dataclasses import asdict, dataclass

# Our own type, see layouts/font_bundle; a name that needs no quotes, which plotly.js does not get right. What it lacks
# comes from the system.
FAMILY = "Bilateral"
FONT = f"{FAMILY}, system-ui, Roboto, Helvetica, Arial, sans-serif"


# Colours of countries: the first three are given in the countries table, the others fall to a role.
TONES = ("red", "green", "blue", "violet", "amber")
REPORTER_TONE, OTHER_TONE = "violet", "amber"


@dataclass(frozen=True)
class Palette:
    """One set of colours. No two tokens share a value, so that an export can swap one set for the other."""

    paper: str
    ink: str
    muted: str
    hairline: str
    shade: str
    red: str
    green: str
    blue: str
    red_tint: str
    green_tint: str
    blue_tint: str
    violet: str
    violet_tint: str
    amber: str
    amber_tint: str
    neutral: str
    neutral_soft: str

    def tint(self, colour: str) -> str:
        """Lighter tone of a country's colour, for areas."""
        return {getattr(self, tone): getattr(self, f"{tone}_tint") for tone in TONES}[colour]


LIGHT = Palette(
    paper="#FBFAF7",
    ink="#1B1F24",
    muted="#59616B",
    hairline="#DFE2E6",
    shade="#EFEEEA",
    red="#C8321E",
    green="#008A73",
    blue="#24478F",
    red_tint="#F1CFC8",
    green_tint="#C3E2DB",
    blue_tint="#CBD5E9",
    violet="#7A3E9D",
    violet_tint="#E2D3EC",
    amber="#A86400",
    amber_tint="#F2DFC0",
    neutral="#8A929C",
    neutral_soft="#C9CED4",
)

DARK = Palette(
    paper="#12161C",
    ink="#E8EBEF",
    muted="#A3ACB8",
    hairline="#2C343E",
    shade="#1B2129",
    red="#FF7A5C",
    green="#3CC8A3",
    blue="#8FB2FF",
    red_tint="#5A2A20",
    green_tint="#14493D",
    blue_tint="#2A3A5E",
    violet="#C79BE8",
    violet_tint="#432B55",
    amber="#F0B45A",
    amber_tint="#4D3814",
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
