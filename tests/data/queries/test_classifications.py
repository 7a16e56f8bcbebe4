"""NAPCS, SITC, agri-food and the reconciled top ten, against values worked out by hand from the curated files."""

from __future__ import annotations

import itertools

import pytest

from data.queries import classifications as c
from data.selection import Selection
from tests.choosing import choose, coverage
from tests.data.helpers import read_rows, real_store

TO_US = choose(reporter="CAN", partner="USA", currency="CAD", years=(1997, 2024))


def asked(**changes) -> Selection:
    return choose(**{**TO_US.__dict__, **changes})


def test_energy_is_the_largest_section_of_canadas_domestic_exports():
    shown = c.napcs(real_store(), TO_US)
    assert (shown.flow, shown.year) == ("domestic_export", 2024)
    energy = shown.table.iloc[0]
    assert energy.name == "energy"
    assert energy["value"] == pytest.approx(170954.089)
    # Of the sum of the twelve, 546,601.753.
    assert round(energy["share"], 2) == 31.28
    # 170,954.089 ÷ 166,023.733.
    assert round(energy["growth"], 2) == 2.97


def test_what_the_united_states_exports_is_what_canada_imports():
    shown = c.napcs(real_store(), asked(reporter="USA", partner="CAN", flow="export"))
    assert shown.flow == "import"
    assert shown.table.loc["motor-vehicles", "value"] == pytest.approx(81921.803)
    back = c.napcs(real_store(), asked(reporter="USA", partner="CAN", flow="import"))
    assert back.flow == "domestic_export"
    assert c.napcs(real_store(), asked(flow="import")).flow == "import"


@pytest.mark.parametrize(("year", "shown"), [(1990, 2014), (2014, 2014), (2020, 2020), (2026, 2024)])
def test_year_is_the_nearest_one_held(year, shown):
    found = c.napcs(real_store(), asked(years=(1985, year)))
    assert (found.asked, found.year) == (year, shown)
    assert found.table["growth"].isna().all() == (shown == 2014)


@pytest.mark.parametrize(
    ("year", "flow", "currency"),
    list(itertools.product(range(2014, 2025), ("export", "import"), coverage().currencies)),
)
def test_shares_of_sections_sum_to_100(year, flow, currency):
    shown = c.napcs(real_store(), asked(years=(1997, year), flow=flow, currency=currency))
    assert shown.table["share"].sum() == pytest.approx(100)
    assert len(shown.table) == 12
    assert shown.table["value"].is_monotonic_decreasing
    assert shown.years == list(range(2014, 2025))


def test_sections_are_converted_at_the_average_of_their_year():
    shown = c.napcs(real_store(), asked(currency="USD"))
    assert shown.table.loc["energy", "value"] == pytest.approx(170954.089 / 1.3699, rel=1e-4)
    assert c.rate_sources(real_store(), c.NAPCS, "CAD", 2014, 2024) == []
    assert c.rate_sources(real_store(), c.NAPCS, "USD", 2014, 2024) == ["fed-h10"]


def test_agrifood_is_kept_apart_from_the_sections():
    shown = c.napcs(real_store(), TO_US)
    assert "agrifood" not in shown.table.index
    assert {"farm-fishing-food", "energy"} <= set(shown.table.index)


# Machinery and transport equipment (section 7) in per cent of the ten sections of the flow.
@pytest.mark.parametrize(
    ("exporter", "importer", "year", "share"),
    [("CAN", "MEX", 2005, 41.0), ("MEX", "CAN", 1995, 84.0), ("USA", "MEX", 2015, 45.9), ("MEX", "USA", 2015, 65.7)],
)
def test_share_of_machinery(exporter, importer, year, share):
    rows = [
        (r["product_code"], float(r["value_million"]))
        for r in read_rows("products/north_america_sitc.csv")
        if (r["reporter"], r["partner"], r["period"][:4]) == (exporter, importer, str(year))
    ]
    assert len(rows) == 10
    assert round(dict(rows)["7"] / sum(value for _code, value in rows) * 100, 1) == share
    table = c.sitc_shares(real_store()).set_index(["exporter", "importer", "year", "product_code"])
    assert round(table.loc[(exporter, importer, year, "7"), "share"], 1) == share


def test_shares_of_each_flow_and_year_sum_to_100():
    sums = c.sitc_shares(real_store()).groupby(["exporter", "importer", "year"])["share"].agg(["sum", "size"])
    assert len(sums) == 18
    assert sums["sum"].to_list() == pytest.approx([100] * 18)
    assert set(sums["size"]) == {10}


def test_agrifood_trade_with_mexico():
    table = c.agrifood(real_store(), choose(reporter="CAN", partner="MEX", years=(1985, 2026))).table
    assert list(table.index.year) == list(range(1999, 2026))
    last = table.iloc[-1]
    assert (last["export"], last["import"]) == (pytest.approx(1673.812), pytest.approx(3350.73))
    assert not table[["export", "import"]].isna().any(axis=None)


def test_agrifood_is_always_seen_from_canada():
    here = c.agrifood(real_store(), choose(reporter="CAN", partner="USA", currency="USD")).table
    there = c.agrifood(real_store(), choose(reporter="USA", partner="CAN", currency="USD")).table
    assert here.equals(there)
    # 26,580.312 ÷ 1.3973.
    assert here["export"].iloc[-1] == pytest.approx(19022.6, abs=1)


def test_agrifood_follows_the_years_and_knows_nothing_of_mexico_with_the_united_states():
    few = c.agrifood(real_store(), choose(years=(2010, 2012))).table
    assert list(few.index.year) == [2010, 2011, 2012]
    assert c.agrifood(real_store(), choose(years=(1985, 1990))) is None
    assert c.agrifood(real_store(), choose(reporter="MEX", partner="USA", currency="USD")) is None


def test_top_ten_are_about_35_per_cent_of_the_total_of_the_site():
    table = c.baci(real_store(), choose(currency="USD")).table
    assert list(table["product_code"][:2]) == ["120510", "870840"]
    assert table["value"].sum() == pytest.approx(2415.58)
    assert round(2415.58 / 6940 * 100) == 35
    assert set(table["basis"].astype(str)) == {"reconciled"}
    assert table["value"].is_monotonic_decreasing


@pytest.mark.parametrize("source_id", [c.NAPCS, c.SITC, c.AGRIFOOD, c.BACI])
def test_every_product_has_a_name(source_id):
    store = real_store()
    names = set(zip(store.product_names["product_scheme"], store.product_names["product_code"], strict=True))
    rows = c.values(store, source_id, "USD")
    assert set(zip(rows["product_scheme"].astype(str), rows["product_code"], strict=True)) <= names
    assert rows["value"].notna().all()
