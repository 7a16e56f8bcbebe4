"""Every word that readers see is the trade desk's: what an older edition said is refused."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from layouts.wording.text import CATALOGUES

# What is written instead stands beside it.
REFUSED = {
    r"\b(is|are|was|were) (not )?held\b(?! without| on)": "no data",
    r"\bheld (by|for|here)\b": "data by, data for",
    r"\bborder dut(y|ies)\b": "IEEPA tariff",
    r"\b[Bb]urden": "rate actually paid",
    r"\b[Gg]oods of (Canada|Mexico|the United States)\b": "Canadian, Mexican, US goods",
    r"\bin law, realised\b": "legal and actual rate",
    r"\bcollection (ends|begins)\b|\bend of the collection\b": "data to, data from",
    r"\b(dis)?prove[ns]?\b(?! producers)": "consistent with our data",
    r"\bkept open\b": "reserved the right",
    r"\b[Ff]irst day without\b": "ended",
    r"\bwider by\b|\bnarrower by\b": "widened by, narrowed by",
    r"\b[Bb]oth sides of a flow\b": "mirror data",
    r"\bData for programs\b": "API",
    r"\badded to each other, as half|\bduties are added to each other\b": "which tariffs stack",
    r"\btimes what it (sold|bought)\b": "imports exceeded exports by, were … times",
    r"\b[Ww]hat if\b": "calculate",
    r"\bPassport\b": "about this data",
    r"\bmade elsewhere and sent on\b|\bforeign origin sent on\b": "re-exports",
    r"\bturning points\b": "key events",
    r"\bon the year before\b": "year over year",
    r", in all\b": "total",
    r"^(In law|Realised|Origin)$|\bOrigin of the numbers?\b": "legal rate, actual rate, about this number",
    r"\bTake this chart away\b": "share or export",
}


@pytest.fixture(scope="module")
def messages():
    with (CATALOGUES / "messages.pot").open("rb") as handle:
        catalogue = read_po(handle)
    return [one for entry in catalogue if entry.id for one in ([entry.id] if isinstance(entry.id, str) else entry.id)]


@pytest.mark.parametrize("words", REFUSED)
def test_a_word_of_an_older_edition_is_refused(messages, words):
    """Messages are all texts of pages and files, those of the curated tables and of the API among them."""
    found = [message for message in messages if re.search(words, message)]
    assert found == [], f"write {REFUSED[words]}"
