"""Quarters are sums of their three months; one that is not complete is a gap. Values are added up by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data.pipeline.derive import with_mean_rates, with_sums
from data.queries import mirror, trade
from data.queries.measures import measure
from data.years import Years
from tests.choosing import choose

QUARTERLY = choose(freq="quarterly", years=(2024, 2026))
# Canada's exports to Mexico as Statistics Canada published them by month, in million Canadian dollars.
MONTHS = {
    "2024-01-01": (693.2, 724.6, 737.5),
    "2025-01-01": (689.9, 717.4, 831.4),
    "2025-04-01": (745.8, 681.8, 703.5),
}


@pytest.mark.parametrize(("quarter", "months"), MONTHS.items())
def test_a_quarter_is_the_sum_of_its_months(store, quarter, months):
    monthly = trade.series(store, replace(QUARTERLY, freq="monthly"))["export"]
    assert tuple(monthly.loc[quarter:].iloc[:3]) == months
    assert trade.series(store, QUARTERLY).loc[quarter, "export"] == pytest.approx(sum(months), abs=1e-6)


def test_values_total_balance_and_growth_of_a_quarter(store):
    row = trade.series(store, QUARTERLY).loc["2025-01-01"]
    assert row["export"] == pytest.approx(2238.7)
    assert row["total"] == pytest.approx(row["export"] + row["import"])
    # The same quarter a year earlier had 2,155.3.
    assert row["export_growth"] == pytest.approx((2238.7 / 2155.3 - 1) * 100)
    assert (row["export_derivation"], row["export_status"]) == ("sum_of_months", "final")


def test_four_quarters_are_the_year(store):
    quarters = trade.series(store, replace(QUARTERLY, years=(2025, 2025)))[["export", "import"]].sum()
    year = trade.series(store, replace(QUARTERLY, freq="annual", years=(2025, 2025)))[["export", "import"]].iloc[0]
    assert quarters.to_list() == pytest.approx(year.to_list())


def test_a_quarter_is_preliminary_when_a_month_is_and_missing_when_one_is(store):
    months = trade.series(store, replace(QUARTERLY, freq="monthly"))
    quarters = trade.series(store, QUARTERLY)
    assert quarters.loc["2026-01-01", "export_status"] == "preliminary"
    assert months.index[-1].month % 3, "the newest quarter is not complete"
    assert quarters.index[-1] + pd.DateOffset(months=3) == months.index[-1].to_period("Q").start_time


def frame(values: dict[str, float], statuses: dict[str, str] | None = None, sources: dict[str, str] | None = None):
    """Months of one series as the curated file has them."""
    return pd.DataFrame(
        [
            {
                "frequency": "M",
                "period": pd.Timestamp(f"{month}-01"),
                "reporter": "CAN",
                "partner": "MEX",
                "flow": "export",
                "product_scheme": "HS",
                "product_code": "TOTAL",
                "value_million": value,
                "currency": "CAD",
                "basis": "customs",
                "status": (statuses or {}).get(month, "final"),
                "source_id": (sources or {}).get(month, "one"),
                "computation": None,
            }
            for month, value in values.items()
        ]
    ).astype({"period": "datetime64[us]", "computation": "str"})


def quarters_of(rows: pd.DataFrame) -> dict[str, tuple[float, str]]:
    found = with_sums(rows)
    found = found[found["frequency"] == "Q"]
    return {f"{r.period:%Y-%m}": (r.value_million, r.status) for r in found.itertuples()}


def test_only_three_months_of_one_source_make_a_quarter():
    months = {"2025-01": 1.0, "2025-02": 2.0, "2025-03": 4.0, "2025-04": 8.0, "2025-05": 16.0, "2025-07": 32.0}
    assert quarters_of(frame(months)) == {"2025-01": (7.0, "final")}
    assert quarters_of(frame(months, {"2025-02": "preliminary"})) == {"2025-01": (7.0, "preliminary")}
    assert quarters_of(frame(months, {}, {"2025-03": "other"})) == {}


def test_a_quarter_is_not_read_from_a_file():
    with pytest.raises(ValueError, match="a quarter is summed from its months"):
        with_sums(frame({"2025-01": 1.0}).assign(frequency="Q"))


def test_the_rate_of_a_quarter_is_the_mean_of_its_three_months():
    months = pd.DataFrame(
        {
            "frequency": "M",
            "period": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"]),
            "currency": "CAD",
            "units_per_usd": [1.4390, 1.4301, 1.4353, 1.3978],
            "source_id": "one",
        }
    )
    found = with_mean_rates(months)
    quarters = found[found["frequency"] == "Q"]
    assert quarters[["period", "units_per_usd", "derivation"]].values.tolist() == [
        [pd.Timestamp("2025-01-01"), 1.434800, "mean_of_months"]
    ]


def test_a_quarter_is_converted_at_its_own_rate(store):
    recorded = trade.series(store, QUARTERLY).loc["2025-01-01", "export"]
    rate = store.rates["Q", "CAD"].loc["2025-01-01"]
    converted = trade.series(store, replace(QUARTERLY, currency="USD")).loc["2025-01-01", "export"]
    assert converted == pytest.approx(recorded / rate)
    assert trade.rate_sources(store, replace(QUARTERLY, currency="USD"))


def test_an_index_of_quarters_has_the_mean_of_its_base_year_at_100(store):
    measured = measure(store, replace(QUARTERLY, measure="index", base=2024))
    assert measured.table.loc["2024", "export"].mean() == pytest.approx(100)
    assert measured.table.loc["2025-01-01", "export"] == pytest.approx(2238.7 / (8661.7 / 4) * 100)


def test_constant_prices_of_quarters_take_the_mean_of_three_published_months(store):
    asked = replace(QUARTERLY, reporter="USA", currency="USD", measure="constant", base=2024)
    measured = measure(store, asked)
    prices = store.price_index[store.price_index["country"] == "USA"].set_index("period")["index_value"]
    level = prices.loc["2025-01":"2025-03"].mean() / prices.loc["2024"].mean()
    value = trade.series(store, replace(asked, measure="value")).loc["2025-01-01", "export"]
    assert measured.table.loc["2025-01-01", "export"] == pytest.approx(value / level)


@pytest.mark.parametrize(
    ("name", "why"),
    [("share", "needs_years"), ("gdp", "needs_years"), ("compound", "needs_years"), ("rolling", "needs_months")],
)
def test_measures_of_years_or_months_say_so(store, name, why):
    assert measure(store, replace(QUARTERLY, measure=name)).why_not == why


def test_the_two_records_of_a_quarter_stand_side_by_side(store):
    table = mirror.mirror(store, replace(QUARTERLY, years=(2024, 2024), currency="USD"), "CAN", "USA").table
    assert list(table.index.month) == [1, 4, 7, 10]
    assert table["gap"].notna().all()


def test_months_narrow_a_series_and_growth_reaches_before_them(store):
    cut = replace(QUARTERLY, freq="monthly", years=Years(2025, 2025, 3, 3))
    table = trade.series(store, cut)
    assert list(table.index) == [pd.Timestamp("2025-03-01")]
    assert table["export_growth"].iloc[0] == pytest.approx((831.4 / 737.5 - 1) * 100)
