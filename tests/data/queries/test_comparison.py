"""Several countries against one partner: whose record is shown, its values, and what stays unknown."""

from __future__ import annotations

import pandas as pd
import pytest

from data.queries.comparison import compare, pair_against_third, third_country
from tests.choosing import choose
from tests.data.helpers import read_rows, real_store


def total_of_year(file: str, reporter: str, partner: str, year: str) -> float:
    """Exports plus imports of twelve months, added up from the curated rows."""
    rows = [
        float(row["value_million"])
        for row in read_rows(f"observations/{file}.csv")
        if (row["reporter"], row["partner"], row["frequency"]) == (reporter, partner, "M")
        and row["period"].startswith(year)
    ]
    assert len(rows) == 24
    return sum(rows)


def test_canada_and_mexico_are_compared_by_the_record_of_the_united_states():
    found = pair_against_third(real_store(), choose(currency="USD"))
    assert (found.partner, found.one_record) == ("USA", True)
    assert found.reporters == {"CAN": "USA", "MEX": "USA"}
    last = found.table.loc["2025-01-01"]
    assert last["CAN"] == pytest.approx(total_of_year("united_states", "USA", "CAN", "2025"))
    assert last["MEX"] == pytest.approx(total_of_year("united_states", "USA", "MEX", "2025"))
    before = total_of_year("united_states", "USA", "MEX", "2024")
    assert last["MEX_growth"] == pytest.approx((last["MEX"] / before - 1) * 100)
    assert (found.latest.name.year, found.isolated) == (2025, frozenset())
    sources = set(real_store().sources["source_id"])
    for country in ("CAN", "MEX"):
        assert {one for cell in found.table[f"{country}_source"] for one in cell.split()} <= sources
    assert pd.Timestamp("2013-01-01") in set(found.broken["date"]), "the record passes to another source"


def test_a_partner_that_records_less_than_the_countries_themselves_is_not_asked():
    found = pair_against_third(real_store(), choose(partner="USA", currency="CAD"))
    assert (found.partner, found.one_record) == ("MEX", False)
    assert found.reporters == {"CAN": "CAN", "USA": "USA"}
    value = total_of_year("canada_north_america", "CAN", "MEX", "2025")
    assert found.table.loc["2025-01-01", "CAN"] == pytest.approx(value)


def test_a_growth_is_as_settled_as_its_months():
    found = pair_against_third(real_store(), choose(freq="monthly", years=(2025, 2026), currency="USD"))
    assert set(found.table.loc["2026-01-01":, "CAN_growth_status"]) == {"preliminary"}
    assert set(found.table.loc[:"2025-12-01", "CAN_growth_status"]) == {"final"}


@pytest.mark.parametrize(("pair", "third"), [(("CAN", "MEX"), "USA"), (("USA", "CAN"), "MEX"), (("MEX", "USA"), "CAN")])
def test_the_third_country_is_the_one_outside_the_pair(pair, third):
    assert third_country(choose(*pair)) == third


def test_one_country_alone_is_no_comparison():
    assert third_country(choose("CAN", "CAN")) == ""
    assert pair_against_third(real_store(), choose("CAN", "CAN")) is None
    assert compare(real_store(), choose(years=(1960, 1961)), ("CAN", "MEX"), "USA") is None


def test_any_list_of_countries_has_a_column_each():
    found = compare(real_store(), choose(currency="USD"), ("MEX", "CAN"), "USA")
    assert list(found.reporters) == ["MEX", "CAN"]
    assert list(found.table.columns[:2]) == ["MEX", "CAN"]
