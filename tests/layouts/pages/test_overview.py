"""The first sentence and the four numbers of the overview, for every way two flows can stand to each other."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data.queries import trade
from data.store import Store
from layouts.pages import overview
from layouts.sections.headline import headline_numbers
from layouts.view import View
from tests.choosing import choose
from tests.data.helpers import real_store
from tests.drawing import parts


def with_trade(**millions: tuple[float, float]) -> Store:
    """The tables with Canada's exports to and imports from Mexico in some years (``y2024=(exports, imports)``)."""
    store = real_store()
    o = store.observations
    pair = (o["reporter"] == "CAN") & (o["partner"] == "MEX") & (o["frequency"] == "A")
    values = o["value_million"].copy()
    for name, both in millions.items():
        for flow, value in zip(("export", "import"), both, strict=True):
            values[pair & (o["flow"] == flow) & (o["period"] == pd.Timestamp(f"{name[1:]}-01-01"))] = value
    return replace(store, observations=o.assign(value_million=values))


def finding(text, store: Store) -> str:
    view = View(text, choose())
    return overview.finding(view, trade.headline(store, view.selection))


@pytest.mark.parametrize(
    ("exports", "imports", "said"),
    [
        (1000, 1000, "Canada’s exports and imports were about equal"),
        (1000, 1050, "Canada’s exports and imports were about equal"),
        (1050, 1000, "Canada’s exports and imports were about equal"),
        (1000, 1060, "Canada’s imports exceeded exports by 6%"),
        (1060, 1000, "Canada’s exports exceeded imports by 6%"),
        (1000, 1990, "Canada’s imports exceeded exports by 99%"),
        (1000, 2000, "Canada’s imports were 2 times its exports"),
        (2600, 1000, "Canada’s exports were 2.6 times its imports"),
    ],
)
def test_flows_are_compared_in_per_cent_up_to_twice_and_in_times_beyond(text, exports, imports, said):
    before = {"y2024": (exports / 2, imports / 2)}
    found = finding(text, with_trade(y2025=(exports, imports), **before))
    assert found.endswith(f" in 2025, up 100.0%; {said}.")


def test_less_trade_than_the_year_before_is_down(text):
    found = finding(text, with_trade(y2024=(1000, 3000), y2025=(900, 2700)))
    assert found == "Two-way trade was C$3.6 billion in 2025, down 10.0%; Canada’s imports were 3 times its exports."


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((1000, 3000), (1000, 4000), "deficit widened by C$1 billion"),
        ((1000, 4000), (1000, 3000), "deficit narrowed by C$1 billion"),
        ((3000, 1000), (4000, 1000), "surplus widened by C$1 billion"),
        ((4000, 1000), (3000, 1000), "surplus narrowed by C$1 billion"),
        ((1000, 1600), (1600, 1000), "C$1.2 billion from the opposite sign"),
    ],
)
def test_a_balance_widens_narrows_or_changes_its_sign(text, before, now, said):
    view, store = View(text, choose()), with_trade(y2024=before, y2025=now)
    cards = headline_numbers(view, store, trade.headline(store, view.selection))
    changes = [part.children for part in parts(cards) if getattr(part, "className", "") == "number-change"]
    assert changes[-1].replace(".0 billion", " billion") == said
