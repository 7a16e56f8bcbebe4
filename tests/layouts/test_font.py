"""The type that is shipped holds every character that a reader can meet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from layouts.export.pictures import ASSETS
from tests.test_house import ROOT

CHARACTERS = ROOT / "layouts" / "font_bundle" / "characters.txt"
# Spaces of all kinds have no shape; the theme's sign is a picture on a button, the cross the one of a closed dialog.
WITHOUT_SHAPE = set(" \n\u00a0\u00ad\u2007\u2009\u2011\u202f")
SIGNS_OF_BUTTONS = set("◐✕")


def foreign(words: str) -> set[str]:
    return set(words) - set(CHARACTERS.read_text("utf-8")) - WITHOUT_SHAPE - SIGNS_OF_BUTTONS


def curated() -> list[Path]:
    return sorted((ROOT / "data" / "curated").rglob("*.csv"))


def test_every_character_of_the_texts_is_in_the_type():
    catalogue = next((ROOT / "layouts" / "wording").rglob("*.pot"))
    assert foreign(catalogue.read_text("utf-8")) == set()


@pytest.mark.parametrize("path", curated(), ids=lambda path: path.stem)
def test_every_character_of_the_tables_is_in_the_type(path):
    with path.open(encoding="utf-8") as lines:
        assert foreign("".join("".join(row) for row in csv.reader(lines))) == set()


def test_the_type_is_light_and_brings_its_licence():
    assert (ASSETS / "bilateral.woff2").stat().st_size <= 45_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (ASSETS / "bilateral.LICENSE.txt").read_text("utf-8")
