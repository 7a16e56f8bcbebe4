"""Breaks: which concern a record, in which span, and that each says where it is from."""

from __future__ import annotations

import pandas as pd
import pytest

from data.queries.breaks import in_span
from tests.data.helpers import read_rows, real_store

EARLY, LATE = pd.Timestamp("1985-01-01"), pd.Timestamp("2026-12-31")


def ids(reporters, start=EARLY, end=LATE, **more):
    return list(in_span(real_store(), reporters, start, end, **more)["break_id"])


def expected(*reporters, prices=False):
    """Breaks of some reporters from the file itself, in order of their days; the file keeps ties in order."""
    wanted = {"all", *reporters} | ({"prices"} if prices else set())
    rows = [r for r in read_rows("breaks.csv") if wanted & set(r["applies_to"].split())]
    return [r["break_id"] for r in sorted(rows, key=lambda r: r["date"])]


@pytest.mark.parametrize("reporters", [("CAN",), ("MEX",), ("USA",), ("CAN", "USA"), ("CAN", "MEX")])
def test_a_record_has_its_own_breaks_and_those_of_all(reporters):
    assert ids(reporters) == expected(*reporters)
    assert set(expected(*reporters)) > {"hs-2012", "usmca-2020"}


def test_breaks_of_one_reporter_do_not_mark_another():
    assert "napcs-2022" in ids(["CAN"])
    assert {"napcs-2022", "us-source-2024"}.isdisjoint(ids(["MEX"]))
    assert "us-source-2024" in ids(["USA"])
    assert "us-source-2024" not in ids(["CAN"])
    assert {"napcs-2022", "us-source-2024"} <= set(ids(["CAN", "USA"]))


def test_breaks_of_prices_count_only_where_prices_do():
    assert "us-cpi-2025-10" not in ids(["USA"])
    assert ids(["USA"], prices=True) == expected("USA", prices=True)
    assert "us-cpi-2025-10" in ids(["USA"], prices=True)


def test_kinds_marked_elsewhere_are_left_out():
    assert set(ids(["CAN"])) - set(ids(["CAN"], leave_out=("agreement",))) == {"nafta-1994", "usmca-2020"}


def test_a_break_on_the_first_instant_breaks_nothing_and_one_on_the_last_is_seen():
    day = pd.Timestamp("2012-01-01")
    assert "hs-2012" not in ids(["CAN"], start=day)
    assert "hs-2012" in ids(["CAN"], start=day - pd.Timedelta(days=1))
    assert "hs-2012" in ids(["CAN"], end=day)
    assert ids(["CAN"], start=day, end=day) == []


def test_breaks_come_in_order_of_their_days():
    days = in_span(real_store(), ["CAN", "MEX", "USA"], EARLY, LATE, prices=True)["date"]
    assert days.is_monotonic_increasing
    assert len(days) == len(read_rows("breaks.csv"))


def test_every_break_says_something_and_names_a_source_that_is_listed():
    rows = real_store().breaks
    assert rows["text"].str.endswith(".").all()
    assert set(rows["source_id"]) <= set(real_store().source)
