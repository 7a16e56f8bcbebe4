"""Conversion, series with gaps, growth, the six flows and their sources."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.queries import trade, trade_series
from data.queries.currency import convert
from data.store import Store
from tests.choosing import choose
from tests.data.helpers import read_rows, real_store

GAP = math.nan
JANUARY, FEBRUARY = pd.Timestamp("2024-01-01"), pd.Timestamp("2024-02-01")
CURRENCIES = ("CAD", "USD", "MXN", "GBP")
RATES = {
    ("M", "CAD"): pd.Series({JANUARY: 1.25, FEBRUARY: 1.5}),
    ("M", "MXN"): pd.Series({JANUARY: 20.0}),
    ("M", "GBP"): pd.Series({JANUARY: 0.8, FEBRUARY: 0.75}),
}


def rows(currency: str, *values: float, frequency: str = "M") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "frequency": frequency,
            "period": [JANUARY, FEBRUARY][: len(values)],
            "currency": currency,
            "value_million": values,
        }
    )


# Conversion.


@pytest.mark.parametrize(
    ("recorded", "to", "rate", "value"),
    [
        ("CAD", "USD", 0.8, 80.0),
        ("USD", "CAD", 1.25, 125.0),
        ("CAD", "MXN", 16.0, 1600.0),
        ("CAD", "GBP", 0.64, 64.0),
        ("GBP", "CAD", 1.5625, 156.25),
        ("USD", "USD", 1.0, 100.0),
    ],
)
def test_hundred_million_at_round_rates(recorded, to, rate, value):
    converted = convert(rows(recorded, 100.0), RATES, to).iloc[0]
    assert (converted["rate"], converted["value"]) == pytest.approx((rate, value))


def test_each_period_is_converted_at_its_own_rate():
    assert convert(rows("CAD", 100.0, 150.0), RATES, "USD")["value"].to_list() == pytest.approx([80.0, 100.0])


amounts = st.floats(min_value=0, max_value=1e7, allow_nan=False)
prices = st.floats(min_value=0.01, max_value=1e4, allow_nan=False)


@settings(deadline=None)
@given(amounts, st.sampled_from(CURRENCIES), st.sampled_from(CURRENCIES), st.tuples(prices, prices, prices))
def test_converting_there_and_back_changes_nothing(amount, recorded, to, units):
    rates = {("M", c): pd.Series({JANUARY: u}) for c, u in zip(("CAD", "MXN", "GBP"), units, strict=True)}
    there = convert(rows(recorded, amount), rates, to)
    back = convert(rows(to, there["value"].iloc[0]), rates, recorded)
    assert math.isclose(back["value"].iloc[0], amount, rel_tol=1e-12, abs_tol=1e-300)


@settings(deadline=None)
@given(amounts, st.sampled_from(CURRENCIES))
def test_own_currency_is_exactly_unchanged(amount, currency):
    converted = convert(rows(currency, amount), RATES, currency).iloc[0]
    assert (converted["value"], converted["rate"]) == (amount, 1.0)


def test_own_currency_needs_no_rate():
    converted = convert(rows("MXN", 3.0, 7.0), RATES, "MXN")
    assert converted["value"].to_list() == [3.0, 7.0]


def test_real_values_in_the_currency_of_record_are_exactly_those_published():
    found = trade.records(real_store(), choose(freq="monthly"))
    assert len(found) == 712
    assert (found["value"] == found["value_million"]).all()


@pytest.mark.parametrize(("recorded", "to"), [("CAD", "MXN"), ("MXN", "CAD"), ("USD", "MXN")])
def test_period_without_a_rate_is_missing_not_guessed(recorded, to):
    converted = convert(rows(recorded, 100.0, 100.0), RATES, to)["value"]
    assert converted.notna().to_list() == [True, False]


def test_conversion_leaves_its_input_alone():
    before = rows("CAD", 100.0)
    convert(before, RATES, "USD")
    pd.testing.assert_frame_equal(before, rows("CAD", 100.0))


@pytest.mark.parametrize(
    "mixed",
    [
        pd.concat([rows("CAD", 1.0), rows("USD", 1.0)]),
        pd.concat([rows("CAD", 1.0), rows("CAD", 1.0, frequency="A")]),
    ],
    ids=["currencies", "frequencies"],
)
@pytest.mark.parametrize("to", ["CAD", "USD", "MXN"])
def test_mixed_rows_are_refused(mixed, to):
    with pytest.raises(ValueError, match="one frequency and one currency"):
        convert(mixed, RATES, to)


def test_no_rows_stay_no_rows():
    assert convert(rows("CAD"), RATES, "USD").empty


def test_trade_before_the_peso_has_a_rate_is_not_shown_in_pesos():
    chosen = choose(reporter="USA", years=(1985, 1992), currency="MXN")
    found = trade.series(real_store(), chosen)["total"]
    assert found.index.year.to_list() == list(range(1985, 1993))
    assert found.notna().to_list() == [False] * 7 + [True]


# Series.


def without(period: str, *flows: str) -> Store:
    """The real tables without one month of Canada's trade with Mexico."""
    store = real_store()
    o = store.observations
    gone = (o["reporter"] == "CAN") & (o["partner"] == "MEX") & (o["frequency"] == "M") & (o["period"] == period)
    gone &= o["flow"].isin(flows)
    assert gone.sum() == len(flows)
    return replace(store, observations=o[~gone])


MONTHS = choose(freq="monthly", years=(2024, 2025))


def test_series_keeps_to_the_chosen_years():
    found = trade.series(real_store(), MONTHS)
    assert found.index.to_list() == pd.date_range("2024-01-01", "2025-12-01", freq="MS").to_list()


def test_total_and_balance_are_missing_when_a_flow_is():
    found = trade.series(without("2024-02-01", "import"), MONTHS).loc["2024-02-01"]
    assert found["export"] == 724.6
    assert found[["import", "total", "balance"]].isna().all()


def test_unknown_month_stays_in_the_calendar():
    found = trade.series(without("2024-02-01", "import", "export"), MONTHS)
    assert len(found) == 24
    assert found.loc["2024-02-01", ["export", "import", "total", "balance"]].isna().all()


def test_growth_compares_with_the_same_month_a_year_earlier():
    found = trade.series(real_store(), MONTHS)
    # 689.9 ÷ 693.2, 831.4 ÷ 737.5 and 4716.4 ÷ 4130.3
    assert round(found.loc["2025-01-01", "export_growth"], 3) == -0.476
    assert round(found.loc["2025-03-01", "export_growth"], 3) == 12.732
    assert round(found.loc["2025-03-01", "import_growth"], 3) == 14.190


def test_growth_after_a_gap_still_compares_with_the_same_month_a_year_earlier():
    found = trade.series(without("2024-02-01", "import", "export"), MONTHS)
    assert round(found.loc["2025-01-01", "export_growth"], 3) == -0.476
    assert math.isnan(found.loc["2025-02-01", "export_growth"])
    assert round(found.loc["2025-03-01", "export_growth"], 3) == 12.732


def test_growth_of_the_first_chosen_year_looks_at_the_year_before_it():
    found = trade.series(real_store(), choose(years=(2025, 2025)))
    assert round(found.loc["2025-01-01", "total_growth"], 2) == 11.06


def test_growth_of_the_first_year_on_record_is_unknown():
    assert math.isnan(trade.series(real_store(), choose()).loc["1997-01-01", "total_growth"])


def test_growth_over_unknown_years_and_between_press_reports_is_withheld():
    found = trade.series(real_store(), choose(reporter="MEX", partner="CAN", currency="USD", years=(1995, 2025)))
    assert found.index.year.to_list() == list(range(1995, 2026))
    assert found["export"].notna().sum() == 11
    # Only years that one report speaks of compare, and give the growth it printed: 1.7, 17.2, 19.3 and 15.6.
    known = found["export_growth"].dropna().round(1)
    assert dict(zip(known.index.year, known, strict=True)) == {2019: 1.7, 2021: 17.2, 2022: 19.3, 2023: 15.6}


def test_growth_of_the_total_is_withheld_when_one_flow_alone_changes_to_the_press():
    store = real_store()
    press = store.sources.loc[store.sources["obtained"] == "press", "source_id"].iloc[0]
    o = store.observations
    one = (o["reporter"] == "CAN") & (o["partner"] == "MEX") & (o["frequency"] == "A") & (o["flow"] == "import")
    quoted = o["source_id"].astype(str).where(~(one & (o["period"] == "2025-01-01")), press)
    growth = trade.series(replace(store, observations=o.assign(source_id=quoted)), choose()).loc["2025-01-01"]
    assert growth["export_growth"] == growth["export_growth"]
    assert math.isnan(growth["import_growth"]) and math.isnan(growth["total_growth"])


def test_status_of_each_month_is_told():
    found = trade.series(real_store(), choose(freq="monthly", years=(2025, 2026)))
    assert found.loc["2025-12-01", "export_status"] == "final"
    assert found.loc["2026-01-01", "import_status"] == "preliminary"


@pytest.mark.parametrize("freq", ["annual", "monthly"])
def test_pair_without_a_record_is_an_empty_series(freq):
    chosen = choose(reporter="MEX", partner="MEX", freq=freq, years=(1985, 2026))
    found = trade.series(real_store(), chosen)
    assert found.empty
    assert {"export", "import", "total", "balance", "total_growth"} <= set(found.columns)


@pytest.mark.parametrize(
    ("country", "partner", "isolated"),
    [
        ("MEX", "CAN", True),
        ("MEX", "USA", True),
        ("CAN", "MEX", False),
        ("CAN", "USA", False),
        ("USA", "CAN", False),
        ("USA", "MEX", False),
        ("MEX", "MEX", False),
    ],
)
def test_points_of_a_record_with_unknown_years_are_isolated(country, partner, isolated):
    assert bool(trade.isolated_flows(real_store(), choose(reporter=country, partner=partner))) is isolated


@pytest.mark.parametrize(
    ("country", "partner", "apart"),
    [
        ("MEX", "CAN", {"export", "import"}),
        # UN Comtrade holds each year of the exports from 2000; one year of the imports was quoted by the press.
        ("MEX", "USA", {"import"}),
        ("CAN", "MEX", set()),
        ("USA", "MEX", set()),
        ("MEX", "MEX", set()),
    ],
)
def test_each_flow_is_isolated_for_itself(country, partner, apart):
    swapped = {"export": "import", "import": "export"}
    for currency in CURRENCIES:
        own = choose(reporter=country, partner=partner, currency=currency)
        assert trade.isolated_flows(real_store(), own) == apart
        theirs = replace(own, reporter=partner, partner=country, reported="partner")
        assert trade.isolated_flows(real_store(), theirs) == {swapped[flow] for flow in apart}


def test_one_unknown_month_isolates_its_flow_and_no_other():
    assert trade.isolated_flows(without("2024-02-01", "import"), MONTHS) == {"import"}
    assert trade.isolated_flows(real_store(), MONTHS) == frozenset()


@pytest.mark.parametrize(
    ("values", "holes"),
    [
        ([1.0, 2.0, 3.0], False),
        ([GAP, 1.0, 2.0, GAP], False),
        ([1.0, GAP, 2.0], True),
        ([GAP, 1.0, GAP], True),
        ([1.0], True),
        ([GAP, GAP], False),
        ([], False),
    ],
)
def test_holes_lie_between_known_values_and_one_value_stands_alone(values, holes):
    assert trade.has_holes(pd.Series(values, dtype=float)) is holes


def test_record_is_not_isolated_because_an_exchange_rate_is_missing():
    store, in_us_dollars = real_store(), choose(currency="USD")
    rates = store.exchange_rates
    gone = (rates["frequency"] == "A") & (rates["currency"] == "CAD") & (rates["period"] == "2010-01-01")
    lacking = replace(store, exchange_rates=rates[~gone])
    assert math.isnan(trade.series(lacking, in_us_dollars).loc["2010-01-01", "total"])
    assert not trade.isolated_flows(lacking, in_us_dollars)


def test_one_unknown_month_isolates_a_record():
    assert trade.isolated_flows(without("2024-02-01", "import"), MONTHS)
    assert not trade.isolated_flows(real_store(), MONTHS)


@pytest.mark.parametrize(
    ("reporter", "partner", "frequency", "years"),
    [
        ("CAN", "MEX", "A", (1997, 2025)),
        ("CAN", "USA", "M", (1997, 2026)),
        ("USA", "MEX", "A", (1985, 2025)),
        ("USA", "CAN", "M", (1985, 2026)),
        ("MEX", "CAN", "A", (1995, 2025)),
        ("MEX", "USA", "A", (2000, 2025)),
        ("MEX", "CAN", "M", None),
        ("CAN", "CAN", "A", None),
    ],
)
def test_coverage_gives_the_first_and_last_year_on_record(reporter, partner, frequency, years):
    assert trade.coverage(real_store(), reporter, partner, frequency) == years


# Headline.


def test_headline_takes_the_last_complete_year_of_the_selection():
    assert trade.headline(real_store(), choose(years=(2000, 2010))).year == 2010
    assert trade.headline(real_store(), choose(freq="monthly", years=(2019, 2026))).year == 2025


def test_headline_of_the_incomplete_year_alone_is_none():
    assert trade.headline(real_store(), choose(years=(2026, 2026))) is None


def test_headline_before_the_record_or_of_one_country_is_none():
    assert trade.headline(real_store(), choose(years=(1985, 1990))) is None
    assert trade.headline(real_store(), choose(reporter="CAN", partner="CAN")) is None


@pytest.mark.parametrize(("country", "partner"), [("USA", "MEX"), ("USA", "CAN"), ("MEX", "CAN"), ("MEX", "USA")])
def test_country_with_two_partners_on_record_gets_no_rank(country, partner):
    assert trade.headline(real_store(), choose(reporter=country, partner=partner, currency="USD")).rank is None


def test_rank_needs_the_other_partners_of_that_year():
    assert trade.headline(real_store(), choose(years=(2000, 2023))).rank is None
    assert trade.headline(real_store(), choose(years=(2000, 2024))).rank == 3


def test_headline_growth_is_unknown_where_the_year_before_is_or_does_not_compare():
    figures = trade.headline(real_store(), choose(reporter="MEX", currency="USD", partner="CAN")).figures
    # 2024 and 2025 come from two press reports; one of them prints a fall of imports where these would give a rise.
    assert all(math.isnan(figure.growth) for figure in figures.values())
    assert round(trade.headline(real_store(), choose()).figures["import"].growth, 2) == 12.59
    earlier = choose(reporter="MEX", currency="USD", partner="CAN", years=(2015, 2020))
    assert math.isnan(trade.headline(real_store(), earlier).figures["export"].growth)
    # 14,319 and 14,080, which is worked back from the growth the same report prints.
    one_report = trade.headline(real_store(), replace(earlier, years=(2015, 2019)))
    assert round(one_report.figures["export"].growth, 1) == 1.7


def test_country_without_months_has_no_year_to_date():
    assert trade.year_to_date(real_store(), choose(reporter="MEX", partner="CAN", currency="USD")) is None


# The six flows.


def six(country: str, partner: str, year: int, currency: str) -> dict[tuple[str, str], tuple[str, float]]:
    chosen = choose(reporter=country, partner=partner, years=(year, year), currency=currency)
    found = trade.trilateral_flows(real_store(), chosen)
    assert set(found["year"]) == {year}
    return {(f.exporter, f.importer): (f.reporter, f.value) for f in found.itertuples()}


def test_trilateral_flows_name_each_pair_in_both_directions_once():
    assert set(six("CAN", "MEX", 2025, "CAD")) == {
        ("CAN", "MEX"),
        ("CAN", "USA"),
        ("MEX", "CAN"),
        ("MEX", "USA"),
        ("USA", "CAN"),
        ("USA", "MEX"),
    }


def test_trilateral_flows_of_canada_and_mexico_take_canada_for_the_pair_and_the_united_states_for_the_rest():
    found = six("CAN", "MEX", 2024, "USD")
    assert {pair: reporter for pair, (reporter, _) in found.items()} == {
        ("CAN", "MEX"): "CAN",
        ("MEX", "CAN"): "CAN",
        ("CAN", "USA"): "USA",
        ("USA", "CAN"): "USA",
        ("MEX", "USA"): "USA",
        ("USA", "MEX"): "USA",
    }
    assert round(found["CAN", "MEX"][1], 1) == 6322.9
    assert found["CAN", "USA"][1] == 411770
    assert found["USA", "MEX"][1] == 334492


@pytest.mark.parametrize(
    ("country", "partner", "year", "forth", "back"),
    [
        ("MEX", "CAN", 2025, ("MEX", 22168), ("MEX", 12555)),
        ("MEX", "USA", 2024, ("MEX", 503418.271), ("MEX", 250891)),
        ("USA", "CAN", 2025, ("USA", 333620), ("USA", 381922)),
    ],
)
def test_trilateral_flows_take_the_chosen_reporter_for_the_chosen_pair(country, partner, year, forth, back):
    found = six(country, partner, year, "USD")
    assert (found[country, partner], found[partner, country]) == (forth, back)


def test_trilateral_flows_take_canada_for_canada_and_the_united_states_when_canada_is_chosen():
    found = six("CAN", "USA", 2025, "CAD")
    assert found["CAN", "USA"] == ("CAN", pytest.approx(562698.2))
    assert found["USA", "CAN"] == ("CAN", pytest.approx(361792.0))


@pytest.mark.parametrize(
    ("partner", "year", "reporter", "exports"),
    [("CAN", 2023, "CAN", 34568.6231), ("USA", 2025, "USA", 534316)],
    ids=["Canada", "United States"],
)
def test_trilateral_flows_fall_back_where_the_chosen_country_lacks_one_of_the_two(partner, year, reporter, exports):
    found = six("MEX", partner, year, "USD")
    assert found["MEX", partner] == (reporter, pytest.approx(exports))
    assert found[partner, "MEX"][0] == reporter


def test_flow_that_nobody_records_is_missing_and_has_no_source():
    found = trade.trilateral_flows(real_store(), choose(reporter="USA", years=(1990, 1990), currency="USD"))
    unknown = found[found["value"].isna()]
    assert set(zip(unknown["exporter"], unknown["importer"], strict=True)) == {("CAN", "MEX"), ("MEX", "CAN")}
    assert unknown["source_id"].isna().all()
    assert found["value"].notna().sum() == 4


# Sources.


@pytest.mark.parametrize(
    ("selection", "sources"),
    [
        (choose(), ["statcan-12-10-0011"]),
        (choose(reporter="USA", currency="USD"), ["census-fred", "census-api", "census-country-file"]),
        (choose(reporter="USA", currency="USD", years=(2013, 2023)), ["census-api"]),
        (
            choose(reporter="MEX", partner="CAN", currency="USD", years=(2023, 2025)),
            ["press-horizonte-expansion", "press-jornada", "press-mexico-news-daily"],
        ),
        (choose(reporter="CAN", partner="CAN"), []),
    ],
    ids=["Canada", "United States", "some years", "Mexico", "none"],
)
def test_sources_of_the_chosen_series_newest_first(selection, sources):
    assert trade.sources_used(real_store(), selection) == sources


@pytest.mark.parametrize(
    ("selection", "sources"),
    [
        (choose(), []),
        (choose(reporter="USA", currency="USD"), []),
        (choose(currency="USD"), ["fed-h10"]),
        (choose(currency="USD", freq="monthly", years=(2019, 2026)), ["ecb-eurofxref", "fed-h10"]),
        (choose(reporter="USA", currency="MXN", years=(1985, 2025)), ["fed-h10", "banxico-fix"]),
    ],
    ids=["Canadian dollars", "US dollars", "converted", "converted months", "pesos"],
)
def test_sources_of_the_exchange_rates_that_were_used(selection, sources):
    assert trade.rate_sources(real_store(), selection) == sources


def test_sources_of_the_rates_of_the_trilateral_flows():
    chosen = choose(currency="CAD", years=(2024, 2024))
    flows = trade.trilateral_flows(real_store(), chosen)
    assert trade.rate_sources_for_year(real_store(), flows, 2024, "CAD") == ["fed-h10"]


def test_a_converted_year_and_its_months_lie_apart_by_the_rates():
    """2020, US exports to Mexico in pesos: the year at its average rate, and each month at its own."""
    rates = {
        (row["frequency"], row["period"]): float(row["units_per_usd"])
        for row in read_rows("exchange_rates.csv")
        if row["currency"] == "MXN" and row["period"].startswith("2020")
    }
    months = {
        row["period"]: float(row["value_million"])
        for row in read_rows("observations/united_states.csv")
        if (row["frequency"], row["partner"], row["flow"], row["period"][:4]) == ("M", "MEX", "export", "2020")
    }
    annual = rates.get(("A", "2020-01-01"), sum(rates["M", month] for month in months) / 12)
    by_year = sum(months.values()) * annual
    by_month = sum(value * rates["M", month] for month, value in months.items())
    american = choose("USA", "MEX", currency="MXN")
    apart = trade.apart_by_rates(real_store(), american)
    assert apart == pytest.approx(abs(by_month / by_year - 1) * 100, abs=1e-3) == pytest.approx(1.22, abs=0.005)
    assert (
        trade.apart_by_rates(real_store(), replace(american, reporter="MEX", partner="USA", reported="partner"))
        == apart
    )
    assert trade.apart_by_rates(real_store(), choose("CAN", "MEX", currency="USD")) == pytest.approx(1.093, abs=1e-3)
    # Nothing is converted, or there are no months to add up.
    assert math.isnan(trade.apart_by_rates(real_store(), choose("USA", "MEX", currency="USD")))
    assert math.isnan(trade.apart_by_rates(real_store(), choose("MEX", "CAN", currency="CAD")))


@pytest.mark.parametrize("selection", [choose(partner="USA", reported="both"), choose(partner="CAN")])
@pytest.mark.parametrize("chart", [trade_series.flows, trade_series.balance, trade_series.growth])
def test_two_records_and_a_country_with_itself_have_no_series_of_one_record(chart, selection):
    assert chart(real_store(), selection) is None
