"""No filter stands on a page where it changes nothing, and none is put away that would change something."""

from __future__ import annotations

import pytest

from callbacks.pages import PAGES
from layouts.document.destinations import ALL_FILTERS, IDLE_FILTERS
from layouts.document.markup import markup
from layouts.view import View
from tests.choosing import read

# Other choices of each filter; a page that stays the same under all of them does not follow it.
OTHERS = {
    "reporter": ("?reporter=USA", "?reporter=MEX&partner=USA"),
    "partner": ("?partner=USA",),
    "years": ("?years=2010-2015", "?years=2024"),
    "freq": ("?freq=monthly", "?freq=quarterly"),
    "currency": ("?currency=MXN", "?currency=GBP"),
}
# The page of tariffs follows the pair, and chooses among pairs itself.
OWN_CHOICE = {"/tariffs": ("reporter", "partner"), "/retaliation": ()}


def drawn(store, text, path: str, query: str) -> str:
    """The page as it reads, without the addresses of its links, which keep every choice."""
    return markup(PAGES[path](View(text, read(query)[0]), store), lambda _address: "")


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_the_filters_of_a_page_are_those_that_change_it(store, text, path):
    usual = drawn(store, text, path, "")
    idle = [name for name in ALL_FILTERS if all(drawn(store, text, path, query) == usual for query in OTHERS[name])]
    expected = [name for name in IDLE_FILTERS.get(path, ()) if name not in OWN_CHOICE.get(path, ())]
    assert idle == expected
