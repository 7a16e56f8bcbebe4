"""Years may be cut to months or quarters, and stay a plain pair of years for all that shows years."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest

from data.years import Years, within
from tests.choosing import choose, read

WRITTEN = {
    "2024": Years(2024, 2024),
    "2015-2025": Years(2015, 2025),
    "2015 – 2025": Years(2015, 2025),
    "2025-03": Years(2025, 2025, 3, 3),
    "2024-07-2025-06": Years(2024, 2025, 7, 6),
    "2025-Q2": Years(2025, 2025, 4, 6),
    "2025q2": Years(2025, 2025, 4, 6),
    "2024-Q3-2025-Q1": Years(2024, 2025, 7, 3),
    "2024-2025-06": Years(2024, 2025, 1, 6),
    "2025-01-2025-12": Years(2025, 2025),
}


@pytest.mark.parametrize(("text", "years"), WRITTEN.items())
def test_a_span_is_read_and_written_again(text, years):
    read = Years.parse(text)
    assert read == years and Years.parse(str(read)) == years


@pytest.mark.parametrize(
    "text", ["", "25", "2025-13", "2025-00", "2025-Q5", "2025-06-2025-01", "2026-2025", "2025-3", "2025-03-01", "٢٠٢٥"]
)
def test_anything_else_is_none(text):
    assert Years.parse(text) is None


def test_whole_years_are_the_plain_pair_and_cut_ones_are_not():
    assert Years(2024, 2025) == (2024, 2025) and hash(Years(2024, 2025)) == hash((2024, 2025))
    assert Years(2024, 2025, 7, 6) != (2024, 2025) and Years(2024, 2025, 7, 6) != (2024, 2025)
    first, last = Years(2024, 2025, 7, 6)
    assert (first, last) == (2024, 2025)
    assert pickle.loads(pickle.dumps(Years(2024, 2025, 7, 6))) == Years(2024, 2025, 7, 6)
    assert len({choose(years=Years(2025, 2025, 3, 3)), choose(years=(2025, 2025))}) == 2


@pytest.mark.parametrize(
    ("frequency", "shown"),
    [
        ("M", ["2024-08", "2024-09", "2024-10", "2024-11", "2024-12", "2025-01", "2025-02"]),
        ("Q", ["2024-07", "2024-10", "2025-01"]),
        ("A", ["2024-01", "2025-01"]),
    ],
)
def test_a_span_shows_the_periods_it_touches(frequency, shown):
    step = {"A": "YS", "Q": "QS", "M": "MS"}[frequency]
    periods = pd.date_range("2023-01-01", "2026-12-01", freq=step)
    assert list(periods[within(periods, Years(2024, 2025, 8, 2), frequency)].strftime("%Y-%m")) == shown


@pytest.mark.parametrize(
    ("query", "freq", "years"),
    [
        ("?years=2025-03", "monthly", Years(2025, 2025, 3, 3)),
        ("?years=2024-07-2025-06", "monthly", Years(2024, 2025, 7, 6)),
        ("?years=2025-Q2", "quarterly", Years(2025, 2025, 4, 6)),
        ("?years=2025-Q2&freq=monthly", "monthly", Years(2025, 2025, 4, 6)),
        ("?years=2025-03&freq=annual", "annual", Years(2025, 2025, 3, 3)),
        ("?years=2024-2025&freq=quarterly", "quarterly", (2024, 2025)),
        ("?years=2024-2025", "annual", (2024, 2025)),
    ],
)
def test_who_writes_months_or_quarters_sees_them_unless_another_frequency_is_asked_for(query, freq, years):
    chosen, rejected = read(query)
    assert (chosen.freq, chosen.years, rejected) == (freq, years, ())
    assert read(chosen.to_query()) == (chosen, ())


def test_months_outside_the_years_there_are_are_refused_with_examples():
    (one,) = read("?years=2031-03")[1]
    assert one.allowed == ("1985-2026", "2025", "2025-03", "2025-Q2")


def test_a_file_is_named_after_its_months():
    chosen, _rejected = read("?years=2024-07-2025-06")
    assert chosen.file_name("trade") == "trade_can-mex_2024-07-2025-06_monthly_cad"
