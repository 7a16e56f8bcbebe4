"""Both records of a flow, against values worked out by hand from the curated files."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pandas as pd
import pytest

from data.queries.mirror import exchanged, mirror, notes, record_note
from tests.choosing import choose
from tests.data.helpers import real_store

DOLLARS = choose(reporter="CAN", partner="MEX", currency="USD", years=(1985, 2025))


def year(side, when):
    return side.table.loc[pd.Timestamp(when, 1, 1)]


# Canada’s imports from Mexico in C$ million ÷ the annual rate:
# 46,646.9 ÷ 1.3494 = 34,568.6; 53,464.3 ÷ 1.3973 = 38,262.6.
@pytest.mark.parametrize(
    ("when", "exporter", "importer", "ratio"),
    [(2023, 18010, 34568.623, 1.92), (2025, 22168, 38262.578, 1.73), (2015, 10545.724, 24391.7, 2.31)],
)
def test_canada_records_more_of_mexicos_exports_than_mexico(when, exporter, importer, ratio):
    row = year(mirror(real_store(), DOLLARS, "MEX", "CAN"), when)
    assert row["exporter"] == pytest.approx(exporter)
    assert row["importer"] == pytest.approx(importer, rel=1e-4)
    assert round(row["ratio"], 2) == ratio
    assert row["gap"] == pytest.approx(row["importer"] - row["exporter"])


def test_canada_records_less_of_us_exports_than_the_united_states():
    row = year(mirror(real_store(), DOLLARS, "USA", "CAN"), 2024)
    assert round(row["exporter"] / 1000) == 351
    assert round(row["importer"] / 1000) == 276


def test_points_of_mexico_stay_apart_and_full_records_do_not():
    assert mirror(real_store(), DOLLARS, "MEX", "CAN").isolated == {"exporter"}
    assert mirror(real_store(), DOLLARS, "CAN", "MEX").isolated == {"importer"}
    assert mirror(real_store(), DOLLARS, "CAN", "USA").isolated == frozenset()
    assert mirror(real_store(), DOLLARS, "MEX", "USA").isolated == frozenset()


def test_points_stay_apart_when_the_chosen_years_hold_no_hole():
    recent = choose(reporter="CAN", partner="MEX", currency="USD", years=(2023, 2025))
    assert mirror(real_store(), recent, "MEX", "CAN").isolated == {"exporter"}


def test_year_one_side_does_not_record_has_no_gap():
    side = mirror(real_store(), DOLLARS, "MEX", "CAN")
    row = year(side, 2017)
    assert pd.isna(row["exporter"])
    assert pd.isna(row["gap"])
    assert pd.isna(row["ratio"])
    assert side.latest is not None
    assert side.latest.name == pd.Timestamp(2025, 1, 1)


@pytest.mark.parametrize(("reporter", "partner", "flow"), [("CAN", "MEX", "import"), ("MEX", "CAN", "export")])
def test_gap_and_ratio_are_as_settled_as_the_less_settled_side(reporter, partner, flow):
    rows = real_store().observations
    of_2025 = (rows["frequency"] == "A") & (rows["period"].dt.year == 2025)
    side = (rows["reporter"] == reporter) & (rows["partner"] == partner) & (rows["flow"] == flow)
    statuses = rows["status"].astype("object").mask(of_2025, "final").mask(of_2025 & side, "special_estimate")
    store = replace(real_store(), observations=rows.assign(status=statuses))
    row = year(mirror(store, DOLLARS, "MEX", "CAN"), 2025)
    assert sorted(row[["exporter_status", "importer_status"]]) == ["final", "special_estimate"]
    assert list(row[["gap_status", "ratio_status"]]) == ["special_estimate"] * 2


def test_a_gap_from_a_figure_that_was_worked_out_is_worked_out():
    # 14,319 / 1.017: Mexico's exports of 2018, from the growth that a report of 2019 prints.
    row = year(mirror(real_store(), DOLLARS, "MEX", "CAN"), 2018)
    assert list(row[["exporter_derivation", "gap_derivation", "ratio_derivation"]]) == ["worked_out"] * 3
    assert row["importer_derivation"] == "sum_of_months"


def test_what_neither_side_records_is_no_flow():
    assert mirror(real_store(), replace(DOLLARS, years=(1985, 1987), freq="monthly"), "MEX", "CAN") is None
    assert mirror(real_store(), DOLLARS, "CAN", "CAN") is None


def test_nobody_records_mexico_by_month_so_no_gap_is_known():
    monthly = choose(reporter="CAN", partner="MEX", freq="monthly", years=(2024, 2026))
    assert mirror(real_store(), monthly, "MEX", "CAN").latest is None


def test_ratio_is_the_same_in_every_currency():
    for currency in ("CAD", "USD", "MXN", "GBP"):
        chosen = choose(reporter="CAN", partner="MEX", currency=currency)
        assert year(mirror(real_store(), chosen, "MEX", "CAN"), 2025)["ratio"] == pytest.approx(1.72603, rel=1e-5)


def test_only_canada_and_the_united_states_exchange_records():
    assert exchanged(real_store(), "USA", "CAN")
    assert not exchanged(real_store(), "MEX", "CAN")
    assert "1990" in record_note(real_store(), "USA", "CAN")
    assert "No records are exchanged" in record_note(real_store(), "MEX", "CAN")


@pytest.mark.parametrize(("exporter", "importer"), list(itertools.permutations(("CAN", "MEX", "USA"), 2)))
def test_every_flow_has_reasons_of_its_own_first(exporter, importer):
    rows = notes(real_store(), exporter, importer)
    assert rows["flow"].iloc[0] == f"{exporter}-{importer}"
    assert rows["flow"].iloc[-1] == "both"
    assert not (rows["topic"] == "records").any()
