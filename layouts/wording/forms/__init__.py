"""Forms of names that the Unicode CLDR does not have, a file a language."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES_KEPT = 8
USUAL = "en"


def form(language: str, code: str, column: str) -> str:
    """A form of the name of a country or currency; empty where the plain name does.

    Args:
        language: code of the language; a language without a file has the English forms.
        code: ISO 3166 code of a country, or ISO 4217 code of a currency.
        column: ``name``, ``in_text``, ``opening``, ``owner``, ``short`` or ``adjective``.
    """
    return _forms(language).get(code, {}).get(column, "")


@lru_cache(maxsize=LANGUAGES_KEPT)
def _forms(language: str) -> dict[str, dict[str, str]]:
    path = FOLDER / f"{language}.csv"
    if not path.is_file():
        # A language without forms is one without messages, and says the English ones.
        path = FOLDER / f"{USUAL}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["code"]: row for row in csv.DictReader(handle)}
