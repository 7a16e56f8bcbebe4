"""Trade before and after an event, against sums worked out from the curated files without the code under test."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.queries import trade
from data.queries.event_study import RUSH_POINTS, Around, Window, around, comparable, others, window
from tests.choosing import choose
from tests.data.helpers import read_rows, real_store

CANADA_US = choose("CAN", "USA", currency="CAD")
PAIRS = [("CAN", "MEX"), ("CAN", "USA"), ("MEX", "CAN"), ("MEX", "USA"), ("USA", "CAN"), ("USA", "MEX")]


def month(year, number):
    return pd.Timestamp(year, number, 1)


def concerns(pair, countries):
    """What touches either country, but for what the United States have with the third country alone."""
    codes, others = set(countries.split()), set(pair) - {"USA"}
    return bool(set(pair) & codes) if len(others) == 2 else bool(others & codes) or codes == {"USA"}


def months(first, count):
    return [first + pd.DateOffset(months=n) for n in range(count)]


def curated(reporter, partner, flow, file="canada_north_america.csv"):
    """Monthly values of a curated file by month, as decimals."""
    return {
        pd.Timestamp(row["period"]): Decimal(row["value_million"])
        for row in read_rows(f"observations/{file}")
        if (row["frequency"], row["reporter"], row["partner"], row["flow"]) == ("M", reporter, partner, flow)
    }


def total(values, first, count):
    return sum(values[m] for m in months(first, count))


# Sums of the curated file, C$ million: twelve months from March 2024 and a year earlier, and so on.
BY_HAND = {
    "before": (month(2024, 3), 12, ("612634.5", "593750.6", 3.1804), ("381662.7", "376629.3", 1.3364)),
    "after": (month(2025, 4), 12, ("529694.0", "617830.8", -14.2655), ("353553.4", "385536.7", -8.2958)),
    "rush": (month(2024, 12), 3, ("163684.3", "140665.0", 16.3646), ("91272.0", "87649.1", 4.1334)),
    "calm": (month(2024, 3), 9, ("448950.2", "453085.6", -0.9127), ("290390.7", "288980.2", 0.4881)),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_the_windows_around_4_march_2025_are_those_of_the_file(name):
    found = getattr(around(real_store(), CANADA_US, pd.Timestamp(2025, 3, 4)), name)
    first, count, *flows = BY_HAND[name]
    assert (found.first, found.months) == (first, count)
    assert found.last == first + pd.DateOffset(months=count - 1)
    for flow, (now, earlier, growth) in zip(("export", "import"), flows, strict=True):
        values = curated("CAN", "USA", flow)
        assert total(values, first, count) == Decimal(now)
        assert total(values, first - pd.DateOffset(years=1), count) == Decimal(earlier)
        assert found.now[flow] == pytest.approx(float(now))
        assert found.earlier[flow] == pytest.approx(float(earlier))
        assert found.growth[flow] == pytest.approx(growth, abs=1e-4)
    both = [sum(float(flow[place]) for flow in flows) for place in (0, 1)]
    assert [found.now["total"], found.earlier["total"]] == pytest.approx(both)


def test_exports_were_brought_forward_before_march_2025_and_imports_were_not():
    """Exports +16.4% against −0.9%, imports +4.1% against +0.5%."""
    found = around(real_store(), CANADA_US, pd.Timestamp(2025, 3, 4))
    assert found.brought_forward() == ["export"]


def test_the_month_of_a_day_counts_as_after_only_when_the_day_is_its_first():
    first = around(real_store(), CANADA_US, pd.Timestamp(2025, 8, 1))
    assert (first.before.last, first.after.first) == (month(2025, 7), month(2025, 8))
    second = around(real_store(), CANADA_US, pd.Timestamp(2025, 8, 2))
    assert (second.before.last, second.after.first) == (month(2025, 7), month(2025, 9))
    unknown = around(real_store(), CANADA_US, pd.Timestamp(2025, 8, 1), day_known=False)
    assert (unknown.before.last, unknown.after.first) == (month(2025, 7), month(2025, 9))


def test_at_the_end_of_the_record_three_months_are_enough_and_two_are_not():
    values = curated("CAN", "USA", "export")
    last = max(values)
    enough = around(real_store(), CANADA_US, last - pd.DateOffset(months=2))
    assert enough.after.months == 3 and enough.after.last == last
    assert around(real_store(), CANADA_US, last - pd.DateOffset(months=2) + pd.DateOffset(days=1)) is None
    assert around(real_store(), CANADA_US, last + pd.DateOffset(months=5)) is None


def test_at_the_start_of_the_record_two_years_before_are_needed():
    first = min(curated("CAN", "USA", "export"))
    assert first == month(1997, 1)
    found = around(real_store(), CANADA_US, month(1999, 1))
    assert (found.table.index[0], found.before.first) == (month(1997, 1), month(1998, 1))
    assert around(real_store(), CANADA_US, pd.Timestamp(1998, 12, 31)) is None


def test_windows_are_at_most_a_year_and_no_month_is_on_both_sides():
    found = around(real_store(), CANADA_US, pd.Timestamp(2010, 6, 15))
    assert (found.before.months, found.after.months) == (12, 12)
    assert list(found.table.index) == months(month(2008, 6), 37)


def test_mexico_has_no_months_and_its_partner_has():
    for partner in ("USA", "CAN"):
        mexican = choose("MEX", partner)
        assert around(real_store(), mexican, pd.Timestamp(2025, 3, 4)) is None
        assert comparable(real_store(), mexican).empty
        theirs = replace(mexican, reported="partner")
        assert around(real_store(), theirs, pd.Timestamp(2025, 3, 4)) is not None
        assert len(comparable(real_store(), theirs)) > 20


def test_by_the_partners_record_its_imports_are_the_countrys_exports():
    day = pd.Timestamp(2025, 3, 4)
    mexican = around(real_store(), choose("MEX", "USA", currency="USD", reported="partner"), day)
    american = around(real_store(), choose("USA", "MEX", currency="USD"), day)
    assert mexican.after.now["export"] == american.after.now["import"]
    assert mexican.after.now["import"] == american.after.now["export"]


@pytest.mark.parametrize(("currency", "unit"), [("GBP", 0.6), ("MXN", 12.0)])
def test_months_are_converted_one_by_one(currency, unit):
    """December 2024 by hand: C$ million ÷ C$ a US$ × units a US$."""
    rates = {
        row["currency"]: Decimal(row["units_per_usd"])
        for row in read_rows("exchange_rates.csv")
        if row["frequency"] == "M" and row["period"] == "2024-12-01"
    }
    found = around(real_store(), replace(CANADA_US, currency=currency), pd.Timestamp(2025, 3, 4))
    wanted = curated("CAN", "USA", "export")[month(2024, 12)] / rates["CAD"] * rates[currency]
    assert found.table.loc[month(2024, 12), "export"] == pytest.approx(float(wanted))
    assert rates[currency] > unit
    # The change and its two sums are those of the recorded values, whatever the series is shown in.
    assert found.after.growth["export"] == pytest.approx(-14.2655, abs=1e-4)
    assert found.after.now["export"] / found.after.earlier["export"] == pytest.approx(1 - 0.142655, abs=1e-6)


@pytest.mark.parametrize("name", BY_HAND)
@pytest.mark.parametrize("currency", ["USD", "MXN", "GBP"])
def test_sums_and_changes_are_those_of_the_currency_of_record_whatever_is_chosen(name, currency):
    found = getattr(around(real_store(), replace(CANADA_US, currency=currency), pd.Timestamp(2025, 3, 4)), name)
    for flow, (now, earlier, growth) in zip(("export", "import"), BY_HAND[name][2:], strict=True):
        assert found.growth[flow] == pytest.approx(growth, abs=1e-4)
        assert [found.now[flow], found.earlier[flow]] == pytest.approx([float(now), float(earlier)])


def test_by_the_partners_record_changes_are_in_the_partners_currency():
    day = pd.Timestamp(2025, 3, 4)
    theirs = around(real_store(), replace(CANADA_US, reported="partner"), day)
    dollars = around(real_store(), choose("USA", "CAN", currency="USD"), day)
    assert theirs.after.growth["export"] == pytest.approx(dollars.after.growth["import"])
    assert theirs.after.now["export"] == pytest.approx(dollars.after.now["import"])


def test_an_exchange_rate_brings_nothing_forward():
    for day in pd.date_range("1995-02-01", "2025-12-01", freq="6MS"):
        flagged = {
            tuple(around(real_store(), choose("USA", "MEX", currency=currency), day).brought_forward())
            for currency in ("USD", "MXN", "CAD", "GBP")
        }
        assert len(flagged) == 1, day


def test_a_missing_month_makes_its_sums_unknown_and_flags_nothing():
    index = pd.date_range("2020-01-01", periods=36, freq="MS")
    values = pd.DataFrame({"export": 1.0, "import": 2.0, "total": 3.0}, index=index)
    values.loc["2021-05-01", ["export", "total"]] = float("nan")
    found = window(values, month(2021, 1), month(2021, 6))
    assert found.now.isna().to_list() == [True, False, True] and found.growth.isna()["export"]
    assert found.now["import"] == 12.0 and found.months == 6
    unknown = Around(month(2021, 7), values, found, found, found, found)
    assert unknown.brought_forward() == []


def grown(export, imported):
    growth = pd.Series({"export": export, "import": imported, "total": 0.0})
    return Window(month(2024, 1), month(2024, 3), growth, growth, growth)


POINTS = st.floats(-90, 200, allow_nan=False)


@given(st.tuples(POINTS, POINTS), st.tuples(POINTS, POINTS))
def test_brought_forward_means_ten_points_above_the_months_before(rush, calm):
    found = Around(month(2024, 4), pd.DataFrame(), grown(0, 0), grown(0, 0), grown(*rush), grown(*calm))
    wanted = [f for f, fast, slow in zip(("export", "import"), rush, calm, strict=True) if fast - slow >= RUSH_POINTS]
    assert found.brought_forward() == wanted


DAYS = st.dates(pd.Timestamp(1985, 1, 1).date(), pd.Timestamp(2026, 12, 31).date()).map(pd.Timestamp)


@given(st.sampled_from(PAIRS), st.sampled_from(["CAD", "USD", "MXN", "GBP"]), DAYS, st.booleans())
def test_windows_meet_at_the_day_over_all_records(pair, currency, day, day_known):
    selection = choose(*pair, currency=currency)
    found = around(real_store(), selection, day, day_known)
    if found is None:
        return
    own = day.to_period("M").to_timestamp()
    assert found.before.last < own <= found.after.first
    assert (found.after.first == own) == (day.day == 1 and day_known)
    assert found.before.months == 12 and 3 <= found.after.months <= 12
    assert (found.calm.first, found.rush.last) == (found.before.first, found.before.last)
    assert found.calm.last + pd.DateOffset(months=1) == found.rush.first and found.rush.months == 3
    assert found.table.index[0] == found.before.first - pd.DateOffset(years=1)
    assert found.table.index[-1] == found.after.last
    whole = trade.full_series_as_reported(real_store(), replace(selection, freq="monthly"))
    assert found.after.last <= whole.dropna(subset=["export", "import"]).index[-1]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("reported", ["country", "partner"])
def test_only_events_that_can_be_compared_are_offered_newest_first(pair, reported):
    selection = choose(*pair, reported=reported)
    offered = comparable(real_store(), selection)
    ids = set(offered["event_id"])
    assert offered["date"].is_monotonic_decreasing
    for row in read_rows("events.csv"):
        mine = concerns(pair, row["countries"])
        day = pd.Timestamp(row["date"])
        can = around(real_store(), selection, day, row["date_precision"] == "day") is not None
        assert (row["event_id"] in ids) == (mine and can and row["date_precision"] != "year"), row["event_id"]


def test_other_events_of_the_months_leave_out_the_event_the_minor_and_the_foreign():
    found = around(real_store(), CANADA_US, pd.Timestamp(2025, 3, 4))
    listed = others(real_store(), CANADA_US, found, "us-border-duties-in-force")
    rows = {
        row["event_id"]
        for row in read_rows("events.csv")
        if "2024-03-01" <= row["date"] <= "2026-03-31"
        and row["date_precision"] != "year"
        and int(row["rank"]) <= 2
        and concerns(("CAN", "USA"), row["countries"])
    }
    assert set(listed["event_id"]) == rows - {"us-border-duties-in-force"}
    assert "us-metals-25" in rows and not {"sinaloa-fighting", "mexico-kept-at-25"} & rows
    assert listed["date"].is_monotonic_increasing
