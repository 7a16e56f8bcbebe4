"""Breaks: which touch a series, in which span, and that each says where it is from."""

from __future__ import annotations

import pandas as pd
import pytest

from data.queries.breaks import in_span
from tests.data.helpers import read_rows, real_store

EARLY, LATE = pd.Timestamp("1985-01-01"), pd.Timestamp("2026-12-31")
CANADA_MEXICO, CANADA_US, MEXICO_CANADA, MEXICO_US, US_CANADA, US_MEXICO = RECORDS = (
    ("CAN", "MEX"),
    ("CAN", "USA"),
    ("MEX", "CAN"),
    ("MEX", "USA"),
    ("USA", "CAN"),
    ("USA", "MEX"),
)


def ids(*records, start=EARLY, end=LATE, **more):
    return list(in_span(real_store(), records, start, end, **more)["break_id"])


# What a reader sees on totals: the agreements, and what touches the record of that pair.
TOTALS = {
    CANADA_MEXICO: ["nafta-1994", "usmca-2020", "us-shutdown-2025-10", "us-shutdown-2025-11"],
    CANADA_US: ["data-exchange-1990", "nafta-1994", "usmca-2020", "us-shutdown-2025-10", "us-shutdown-2025-11"],
    MEXICO_CANADA: ["nafta-1994", "mexico-source-2018", "usmca-2020"],
    MEXICO_US: ["nafta-1994", "usmca-2020"],
    US_CANADA: [
        *("data-exchange-1990", "nafta-1994", "us-source-2013", "usmca-2020", "us-source-2024"),
        *("us-shutdown-2025-10", "us-shutdown-2025-11"),
    ],
    US_MEXICO: [
        *("nafta-1994", "us-source-2013", "usmca-2020", "us-source-2024"),
        *("us-shutdown-2025-10", "us-shutdown-2025-11"),
    ],
}


@pytest.mark.parametrize(("record", "expected"), TOTALS.items(), ids=str)
def test_totals_of_a_record_have_the_breaks_that_touch_them_and_no_other(record, expected):
    assert ids(record) == expected


@pytest.mark.parametrize("record", RECORDS, ids="-".join)
def test_revisions_of_codes_touch_products_and_no_totals(record):
    assert not [one for one in ids(record) if one.startswith(("hs-", "napcs-"))]
    assert [one for one in ids(record, series=["hs"]) if one.startswith("hs-")] == [
        "hs-2007",
        "hs-2012",
        "hs-2017",
        "hs-2022",
    ]


def test_editions_of_napcs_touch_canadas_record_alone():
    assert {"napcs-2017", "napcs-2022"} <= set(ids(CANADA_US, series=["napcs"]))
    assert {"napcs-2017", "napcs-2022"}.isdisjoint(ids(US_CANADA, series=["napcs"]))


def test_several_records_have_the_breaks_of_each():
    both = ids(CANADA_MEXICO, MEXICO_CANADA)
    assert set(both) == {*TOTALS[CANADA_MEXICO], *TOTALS[MEXICO_CANADA]}
    assert len(both) == len(set(both))


def test_breaks_of_prices_count_only_where_prices_do():
    assert "us-cpi-2025-10" not in ids(US_MEXICO)
    assert set(ids(US_MEXICO, series=["totals", "prices"])) == {*TOTALS[US_MEXICO], "us-cpi-2025-10"}


def test_kinds_marked_elsewhere_are_left_out():
    assert set(ids(CANADA_US)) - set(ids(CANADA_US, leave_out=("agreement",))) == {"nafta-1994", "usmca-2020"}


def test_a_break_on_the_first_instant_breaks_nothing_and_one_on_the_last_is_seen():
    day = pd.Timestamp("2013-01-01")
    assert "us-source-2013" not in ids(US_MEXICO, start=day)
    assert "us-source-2013" in ids(US_MEXICO, start=day - pd.Timedelta(days=1))
    assert "us-source-2013" in ids(US_MEXICO, end=day)
    assert ids(US_MEXICO, start=day, end=day) == []


def test_every_break_touches_some_series_and_comes_in_order():
    every = in_span(real_store(), RECORDS, EARLY, LATE, series=["totals", "hs", "napcs", "sitc", "prices"])
    assert every["date"].is_monotonic_increasing
    assert len(every) == len(read_rows("breaks.csv"))


def test_every_break_says_something_and_names_a_source_that_is_listed():
    rows = real_store().breaks
    assert rows["text"].str.endswith(".").all()
    assert set(rows["source_id"]) <= set(real_store().source)
