"""The colours of charts and page: told apart, readable, and swapped without loss for a picture."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from layouts.theme import DARK, LIGHT, PALETTES, TONES, recolouring

STYLE = Path(__file__).parents[2] / "layouts" / "assets" / "style.css"


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def css_tokens(selector):
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", STYLE.read_text("utf-8"), re.DOTALL | re.MULTILINE)[1]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


CSS = {"light": ":root", "dark": ':root[data-theme="dark"]'}


@pytest.mark.parametrize("theme", PALETTES)
def test_no_two_tokens_of_a_palette_share_a_colour(theme):
    colours = [colour.lower() for colour in dataclasses.asdict(PALETTES[theme]).values()]
    assert len(set(colours)) == len(colours)


@pytest.mark.parametrize(("own", "other"), [(DARK, "light"), (LIGHT, "dark")])
def test_every_colour_has_a_counterpart_in_the_other_theme_and_no_swap_undoes_another(own, other):
    swap = recolouring(own)
    mine, theirs = dataclasses.asdict(own), dataclasses.asdict(PALETTES[other])
    assert swap.pop(other) == {mine[token]: theirs[token] for token in theirs}
    assert list(swap.values()) == [{}], "its own theme changes nothing"
    # A picture is made by one replacement after the other, which must not meet what an earlier one wrote.
    assert not set(mine.values()) & set(theirs.values())


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("token", ["red", "green", "blue"])
def test_countries_stand_out_from_the_paper(theme, token):
    palette = PALETTES[theme]
    assert contrast(getattr(palette, token), palette.paper) >= 3
    assert contrast(css_tokens(CSS[theme])[token.replace("_", "-")], css_tokens(CSS[theme])["paper"]) >= 3


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("token", ["ink", "muted"])
def test_text_can_be_read_on_every_ground(theme, token):
    palette, css = PALETTES[theme], css_tokens(CSS[theme])
    assert contrast(getattr(palette, token), palette.paper) >= 4.5
    for ground in ("paper", "raised", "shade"):
        assert contrast(css[token], css[ground]) >= 4.5, ground


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("token", ["good", "warn", "bad", "accent"])
def test_words_in_a_colour_can_be_read(theme, token):
    css = css_tokens(CSS[theme])
    assert contrast(css[token], css["paper"]) >= 4.5


@pytest.mark.parametrize("theme", PALETTES)
def test_text_of_a_chart_in_a_country_colour_can_be_read(theme):
    palette = PALETTES[theme]
    for tone in TONES:
        colour = getattr(palette, tone)
        assert contrast(palette.ink, palette.tint(colour)) >= 4.5
        # Names at line ends and the like are bold or large.
        assert contrast(colour, palette.paper) >= 3


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("token", ["paper", "ink", "muted", "hairline", "red", "green", "blue"])
def test_charts_and_page_share_their_colours(theme, token):
    assert css_tokens(CSS[theme])[token.replace("_", "-")] == getattr(PALETTES[theme], token).lower()
