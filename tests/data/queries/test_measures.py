"""Measures against values worked out from the curated files as text, without the code under test."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from functools import cache

import pandas as pd
import pytest

from data.queries.measures import COMPUTATIONS, SHOWN, Measured, in_its_currency, measure, price_level
from data.queries.mirror import mirror
from data.queries.trade import full_series, series_as_reported
from data.selection import MEASURES, Selection
from tests.choosing import choose, read
from tests.data.helpers import read_rows, real_store

FILES = {"CAN": "observations/canada_north_america.csv", "USA": "observations/united_states.csv"}
GAP = math.nan


@cache
def months(reporter: str, partner: str, flow: str) -> dict[tuple[int, int], float]:
    """Published months, million units of the currency of record, by year and month."""
    return {
        (int(r["period"][:4]), int(r["period"][5:7])): float(r["value_million"])
        for r in read_rows(FILES[reporter])
        if (r["frequency"], r["partner"], r["flow"]) == ("M", partner, flow)
    }


def year_sum(reporter: str, partner: str, flow: str, year: int) -> float:
    """Sum of twelve months; unknown when one is."""
    known = months(reporter, partner, flow)
    return sum(known.get((year, m), GAP) for m in range(1, 13))


@cache
def annual_rates(currency: str) -> dict[int, float]:
    """Published units per US dollar by year."""
    rows = read_rows("exchange_rates.csv")
    return {
        int(r["period"][:4]): float(r["units_per_usd"])
        for r in rows
        if (r["frequency"], r["currency"]) == ("A", currency)
    }


def measured(query: str):
    """The measure of an address."""
    selection, rejected = read(query)
    assert not rejected
    return measure(real_store(), selection)


def by_year(query: str, flow: str) -> dict[int, float]:
    """Known values of a measure by year."""
    found = measured(query)
    assert found.why_not == ""
    known = found.table[flow].dropna()
    return dict(zip(known.index.year, known, strict=True))


# ---- Growth ---------------------------------------------------------------------------------------------------


def test_growth_is_the_change_on_the_year_before():
    # 8,894.9 / 8,661.7 - 1; sums of the twelve months that Statistics Canada published.
    assert year_sum("CAN", "MEX", "export", 2025) == pytest.approx(8894.9)
    assert year_sum("CAN", "MEX", "export", 2024) == pytest.approx(8661.7)
    assert by_year("?measure=growth", "export")[2025] == pytest.approx(2.692312, abs=1e-5)
    expected = {
        year: (year_sum("CAN", "MEX", "import", year) / year_sum("CAN", "MEX", "import", year - 1) - 1) * 100
        for year in range(1998, 2026)
    }
    assert by_year("?measure=growth", "import") == pytest.approx(expected)


def test_growth_by_month_is_the_change_on_the_same_month_a_year_before():
    table = measured("?measure=growth&freq=monthly").table
    known = months("CAN", "MEX", "export")
    assert table.loc["2026-08-01", "export"] == pytest.approx((known[2026, 8] / known[2025, 8] - 1) * 100)
    assert table.index[0] == pd.Timestamp("2019-01-01"), "the year before may lie before the chosen years"


def test_growth_writes_out_what_it_was_computed_from():
    example = measured("?measure=growth").example()
    assert (example.flow, example.period) == ("export", pd.Timestamp("2025-01-01"))
    assert example.operands == pytest.approx((8894.9, 8661.7))
    assert example.result == pytest.approx(2.692312, abs=1e-5)


# ---- Index ----------------------------------------------------------------------------------------------------


def test_index_is_100_in_its_base_year_and_proportional_after_it():
    first = year_sum("CAN", "MEX", "export", 1997)
    expected = {y: year_sum("CAN", "MEX", "export", y) / first * 100 for y in range(1997, 2026)}
    assert expected[1997] == 100
    found = measured("?measure=index")
    assert found.base == 1997
    assert by_year("?measure=index", "export") == pytest.approx(expected)


def test_base_year_of_an_index_may_lie_outside_the_chosen_years():
    base = year_sum("CAN", "MEX", "import", 2000)
    assert by_year("?measure=index&base=2000&years=2015-2025", "import") == pytest.approx(
        {y: year_sum("CAN", "MEX", "import", y) / base * 100 for y in range(2015, 2026)}
    )


def test_base_of_a_monthly_index_is_the_mean_month_of_its_year():
    known = months("CAN", "MEX", "export")
    mean = sum(known[2019, m] for m in range(1, 13)) / 12
    found = measured("?measure=index&freq=monthly")
    assert found.base == 2019
    assert found.table.loc["2026-08-01", "export"] == pytest.approx(known[2026, 8] / mean * 100)
    assert found.table.loc["2019", "export"].mean() == pytest.approx(100)


def test_index_of_a_total_is_that_of_the_total_and_no_mean_of_its_flows():
    total = {y: sum(year_sum("CAN", "USA", flow, y) for flow in ("export", "import")) for y in (1997, 2025)}
    assert by_year("?partner=USA&measure=index", "total")[2025] == pytest.approx(total[2025] / total[1997] * 100)


def test_first_year_of_a_record_with_one_flow_can_be_its_base():
    found = measured("?reporter=MEX&partner=USA&measure=index&years=2000-2010")
    assert (found.why_not, found.base) == ("", 2000)
    # 238,858.912 / 146,599.589, as UN Comtrade holds them.
    assert found.table.loc["2010-01-01", "export"] == pytest.approx(162.932, abs=1e-3)
    assert found.table["import"].isna().all()


def test_a_base_year_with_a_month_missing_is_refused():
    assert measured("?measure=index&freq=monthly&base=2026").why_not == "no_base"
    assert measured("?measure=index&base=1990").why_not == "no_base"
    assert measured("?measure=index&freq=monthly&years=2026").why_not == "no_base"


@pytest.mark.parametrize(
    ("years", "base"),
    [
        # Exports of 2022-25 are held twice as long as both flows; 2024 would compare with no other year.
        ("2022-2025", 2022),
        ("2020-2025", 2020),
        ("2018-2025", 2018),
        ("1995-2025", 1995),
        ("2018-2019", 2018),
    ],
)
def test_the_usual_base_is_of_both_flows_unless_one_is_held_twice_as_long(years, base):
    assert measured(f"?reporter=MEX&measure=index&years={years}").base == base
    assert measured(f"?reporter=MEX&measure=compound&years={years}").base == base


def test_an_index_holds_no_value_whose_source_does_not_compare_with_that_of_its_base():
    # The first three are of one table of the United Nations; all later years of Mexico are quoted by the press.
    assert by_year("?reporter=MEX&measure=index&years=1995-2025", "export") == pytest.approx(
        {1995: 100, 2005: 4234.478 / 1985.761 * 100, 2015: 10545.724 / 1985.761 * 100}
    )
    # One report gives 2018 and 2019, others the years after.
    imports = {2018: 100, 2019: 9843 / 10769 * 100}
    assert by_year("?reporter=MEX&measure=index&base=2018", "import") == pytest.approx(imports)
    assert by_year("?reported=partner&currency=USD&measure=index&base=2018", "export") == pytest.approx(imports)
    assert by_year("?reporter=MEX&measure=index&base=2018", "total") == pytest.approx(
        {2018: 100, 2019: (14319 + 9843) / (14080 + 10769) * 100}
    )


def test_compound_growth_is_withheld_between_records_that_do_not_compare():
    found = by_year("?reporter=MEX&measure=compound&years=2020-2025", "export")
    assert set(found) == {2021, 2022, 2023}
    assert found[2023] == pytest.approx(((18010 / 11143) ** (1 / 3) - 1) * 100)


# ---- Share of all trade ---------------------------------------------------------------------------------------


@cache
def partner_totals() -> dict[tuple[int, str, str], float]:
    return {
        (int(r["period"][:4]), r["partner"], r["flow"]): float(r["value_million"])
        for r in read_rows("partner_totals.csv")
        if r["reporter"] == "USA"
    }


@pytest.mark.parametrize("partner", ["MEX", "CAN"])
@pytest.mark.parametrize("flow", ["export", "import"])
def test_share_is_the_partner_over_all_countries_of_the_same_table(partner, flow):
    totals = partner_totals()
    expected = {y: totals[y, partner, flow] / totals[y, "WLD", flow] * 100 for y in range(2013, 2025)}
    assert by_year(f"?reporter=USA&partner={partner}&measure=share", flow) == pytest.approx(expected)


def test_share_of_two_way_trade_is_of_the_sums():
    totals = partner_totals()
    mine, world = (sum(totals[2024, p, f] for f in ("export", "import")) for p in ("MEX", "WLD"))
    assert by_year("?reporter=USA&measure=share", "total")[2024] == pytest.approx(mine / world * 100)
    # 334,031.9 / 2,061,690.8.
    assert round(by_year("?reporter=USA&measure=share", "export")[2024], 2) == 16.2


@pytest.mark.parametrize("currency", ["CAD", "MXN", "GBP"])
def test_share_is_the_same_in_every_currency(currency):
    assert by_year(f"?reporter=USA&measure=share&currency={currency}", "export") == by_year(
        "?reporter=USA&measure=share", "export"
    )


def test_share_in_canadas_trade_is_that_of_its_list_of_all_partners():
    # 8,661.607569 / 780,794.738909 and 47,486.90046 / 767,211.186094; 2025 is a first release.
    assert round(by_year("?measure=share", "export")[2024], 3) == 1.109
    assert round(by_year("?measure=share", "import")[2024], 3) == 6.19
    # 595,938.794151 / 780,794.738909.
    assert round(by_year("?partner=USA&measure=share", "export")[2024], 1) == 76.3
    assert set(by_year("?measure=share", "export")) == {2024, 2025}


def test_share_as_the_partner_records_it_swaps_the_flows():
    totals = partner_totals()
    found = by_year("?reporter=MEX&partner=USA&reported=partner&measure=share", "export")
    assert found[2024] == pytest.approx(totals[2024, "MEX", "import"] / totals[2024, "WLD", "import"] * 100)


# ---- Per cent of GDP ------------------------------------------------------------------------------------------


@cache
def gdp() -> dict[tuple[str, int], float]:
    return {(r["country"], int(r["year"])): float(r["gdp_usd_million"]) for r in read_rows("gdp.csv")}


def test_trade_of_2023_relative_to_gdp():
    exports = year_sum("CAN", "MEX", "export", 2023) / annual_rates("CAD")[2023]
    assert exports == pytest.approx(6574.0, abs=0.05)
    assert by_year("?measure=gdp", "export")[2023] == pytest.approx(exports / gdp()["CAN", 2023] * 100)
    american = year_sum("USA", "MEX", "import", 2023) / gdp()["USA", 2023] * 100
    assert by_year("?reporter=USA&measure=gdp", "import")[2023] == pytest.approx(american)
    # Mexico's exports to the United States of 2023, as UN Comtrade holds them.
    assert by_year("?reporter=MEX&partner=USA&measure=gdp", "export")[2023] == pytest.approx(
        475203.155 / gdp()["MEX", 2023] * 100
    )


def test_nothing_is_related_to_a_gdp_that_is_not_held():
    assert max(year for _country, year in gdp()) == 2023
    assert max(by_year("?measure=gdp", "export")) == 2023
    assert measured("?measure=gdp&years=2024-2025").why_not == "no_values"


@pytest.mark.parametrize("currency", ["USD", "MXN", "GBP"])
def test_ratio_to_gdp_is_the_same_in_every_currency(currency):
    assert by_year(f"?measure=gdp&currency={currency}", "total") == by_year("?measure=gdp", "total")


def test_what_is_set_beside_gdp_is_in_dollars_and_a_share_in_the_currency_of_its_record():
    for name, chosen in itertools.product(MEASURES, ("CAD", "GBP")):
        used = in_its_currency(choose(measure=name, currency=chosen)).currency
        assert used == {"gdp": "USD", "share": "CAD"}.get(name, chosen)
    assert in_its_currency(choose("USA", "MEX", measure="share", currency="GBP")).currency == "USD"


# ---- Constant prices ------------------------------------------------------------------------------------------


def inflation(country: str) -> dict[int, float]:
    return {int(r["year"]): float(r["rate_pct"]) for r in read_rows("inflation.csv") if r["country"] == country}


def test_years_at_constant_prices_follow_the_chain_of_inflation_rates():
    rates = inflation("CAN")
    for year in (1997, 2010, 2023, 2024):
        # Prices rose by the rates of all years after the one that is carried to 2024.
        rise = math.prod(1 + rates[y] / 100 for y in range(year + 1, 2025))
        expected = year_sum("CAN", "MEX", "import", year) * rise
        assert by_year("?measure=constant", "import")[year] == pytest.approx(expected)
    assert measured("?measure=constant").base == 2024
    assert max(by_year("?measure=constant", "import")) == max(rates) == 2024


def test_constant_prices_use_those_of_the_currency_and_its_base_year():
    rates = inflation("USA")
    fall = math.prod(1 + rates[y] / 100 for y in range(2011, 2021))
    dollars = year_sum("CAN", "MEX", "export", 2020) / annual_rates("CAD")[2020]
    found = by_year("?measure=constant&currency=USD&base=2010", "export")
    assert found[2020] == pytest.approx(dollars / fall)
    assert found[2010] == pytest.approx(year_sum("CAN", "MEX", "export", 2010) / annual_rates("CAD")[2010])


@cache
def us_prices() -> dict[tuple[int, int], float]:
    rows = [r for r in read_rows("price_index.csv") if r["country"] == "USA" and r["index_value"]]
    return {(int(r["period"][:4]), int(r["period"][5:7])): float(r["index_value"]) for r in rows}


def test_months_at_constant_prices_follow_the_consumer_price_index():
    prices = us_prices()
    mean = sum(prices[2024, m] for m in range(1, 13)) / 12
    table = measured("?reporter=USA&measure=constant&freq=monthly").table
    for year, month in ((2019, 1), (2024, 7), (2026, 5)):
        expected = months("USA", "MEX", "export")[year, month] * mean / prices[year, month]
        assert table.loc[pd.Timestamp(year, month, 1), "export"] == pytest.approx(expected)


def test_the_month_without_a_price_index_stays_empty():
    assert (2025, 10) not in us_prices()
    assert months("USA", "MEX", "export")[2025, 10] > 0
    table = measured("?reporter=USA&measure=constant&freq=monthly").table
    assert table.loc["2025-10-01", list(SHOWN)].isna().all()
    assert table.loc[["2025-09-01", "2025-11-01"], "export"].notna().all()


def test_a_year_of_prices_with_a_month_missing_is_no_base():
    assert measured("?reporter=USA&measure=constant&freq=monthly&base=2025").why_not == "no_base"


def test_price_levels_name_their_source():
    for frequency, source in (("A", "worldbank-inflation"), ("M", "bls-cpi-u")):
        assert price_level(real_store(), "USD", frequency)[1] == (source,)


# ---- Compound growth and rolling sums -------------------------------------------------------------------------


def test_compound_growth_from_1997_to_2025():
    first, last = (year_sum("CAN", "MEX", "export", y) for y in (1997, 2025))
    found = by_year("?measure=compound", "export")
    assert found[2025] == pytest.approx(((last / first) ** (1 / 28) - 1) * 100)
    assert round(found[2025], 1) == 7.2
    assert found[1998] == pytest.approx(by_year("?measure=growth", "export")[1998]), "one year is plain growth"
    assert 1997 not in found, "no growth is known in the year it is counted from"


def test_compound_growth_starts_in_the_first_chosen_year_on_record():
    assert measured("?measure=compound&years=1985-2025").base == 1997
    assert measured("?measure=compound&years=2010-2020").base == 2010


def test_twelve_month_sums():
    known = months("CAN", "MEX", "import")
    table = measured("?measure=rolling&freq=monthly").table
    last_year = [known[2025, m] for m in range(9, 13)] + [known[2026, m] for m in range(1, 9)]
    assert table.loc["2026-08-01", "import"] == pytest.approx(sum(last_year))
    assert table.loc["2025-12-01", "import"] == pytest.approx(year_sum("CAN", "MEX", "import", 2025))
    assert table.loc["2019-01-01", "import"] == pytest.approx(
        sum(known[2018, m] for m in range(2, 13)) + known[2019, 1]
    ), "months before the chosen years are summed too"


def test_twelve_month_sum_is_unknown_while_one_of_its_months_is():
    found = measured("?measure=rolling&freq=monthly&years=1997-1999").table
    # The record begins in January 1997, so that twelve months are first known in December.
    assert found.index[0] == pd.Timestamp("1997-12-01")
    # The first monthly rate of the peso is that of December 1991; twelve months in pesos are known from November 1992.
    assert min(
        r["period"] for r in read_rows("exchange_rates.csv") if (r["frequency"], r["currency"]) == ("M", "MXN")
    ) == ("1991-12-01")
    pesos = measured("?reporter=USA&measure=rolling&freq=monthly&currency=MXN&years=1985-1999").table
    assert pesos.index[0] == pd.Timestamp("1992-11-01")


# ---- Why not --------------------------------------------------------------------------------------------------

REASONS = {
    "?measure=share&reporter=USA&freq=monthly": "needs_years",
    "?measure=gdp&freq=monthly": "needs_years",
    "?measure=compound&freq=monthly": "needs_years",
    "?measure=rolling": "needs_months",
    "?measure=share&years=1997-2023": "no_values",
    "?measure=share&reporter=MEX": "no_total",
    "?measure=share&reporter=USA&reported=partner": "no_total",
    "?measure=constant&currency=GBP": "no_prices",
    "?measure=constant&currency=GBP&freq=monthly": "no_prices",
    "?measure=constant&freq=monthly": "no_prices",
    "?measure=constant&freq=monthly&currency=MXN": "no_prices",
    "?measure=constant&base=2026": "no_base",
    "?measure=index&base=1990": "no_base",
    "?measure=value&years=1985-1990": "no_values",
    "?measure=share&reporter=USA&years=1990-2000": "no_values",
    "?measure=rolling&reporter=MEX&freq=monthly": "no_values",
    "?measure=index&reporter=MEX&years=2024-2025": "mixed_sources",
    "?measure=compound&reporter=MEX&years=2024-2025": "mixed_sources",
    # 2018 compares with 2019, but is not among the chosen years.
    "?measure=index&reporter=MEX&years=2019-2025": "mixed_sources",
    "?measure=index&reporter=MEX&years=2020-2025&base=2019": "mixed_sources",
    # One year alone is its own base, as with every record.
    "?measure=compound&reporter=MEX&years=2025": "no_values",
}


@pytest.mark.parametrize("query", REASONS)
def test_a_measure_that_cannot_be_computed_says_why(query):
    found = measured(query)
    assert found.why_not == REASONS[query]
    assert found.table.empty
    assert found.example() is None


# ---- Either side's record -------------------------------------------------------------------------------------


def test_points_of_mexico_are_its_own_and_say_how_they_came_about():
    table = measured("?reporter=MEX").table
    assert table.loc["2022-01-01", "export"] == 15580
    assert table.loc["2022-01-01", ["export_status", "export_derivation"]].tolist() == ["preliminary", "worked_out"]
    assert table.loc["2025-01-01", ["export_status", "export_derivation"]].tolist() == ["preliminary", "published"]
    assert math.isnan(table.loc["2017-01-01", "export"])
    # 18,010 of 2023 divided by the printed growth of 15.6 per cent.
    assert round(18010 / 1.156, -1) == 15580


def test_growth_of_mexico_is_withheld_between_records_that_do_not_compare():
    found = by_year("?reporter=MEX&measure=growth", "export")
    # Both ends of 2022-23 are of one source; those of 2017-18 and 2023-24 are not.
    assert found[2023] == pytest.approx((18010 / 15580 - 1) * 100)
    assert {2018, 2024, 2025}.isdisjoint(found)


def test_exports_as_the_partner_records_them_are_its_imports():
    chosen = choose(partner="USA", reported="partner", currency="USD")
    table = series_as_reported(real_store(), chosen)
    for year in (1997, 2024, 2025):
        row = table.loc[pd.Timestamp(year, 1, 1)]
        assert row["export"] == pytest.approx(year_sum("USA", "CAN", "import", year))
        assert row["import"] == pytest.approx(year_sum("USA", "CAN", "export", year))
        assert row["balance"] == pytest.approx(row["export"] - row["import"])
        assert row["total"] == pytest.approx(row["export"] + row["import"])
    theirs = full_series(real_store(), choose(reporter="USA", partner="CAN", currency="USD"))
    assert table["export_growth"].equals(theirs["import_growth"].loc[table.index])
    assert table["import_status"].equals(theirs["export_status"].loc[table.index])


def test_index_of_the_partners_record_is_of_the_partners_record():
    base, now = (year_sum("USA", "CAN", "import", y) for y in (1997, 2025))
    found = by_year("?partner=USA&reported=partner&currency=USD&measure=index", "export")
    assert found[2025] == pytest.approx(now / base * 100)


@pytest.mark.parametrize(
    ("exporter", "importer", "year", "exported", "imported", "ratio"),
    [
        # C$46,646.9 million / 1.3494 and C$53,464.3 million / 1.3973 over what Mexico reports.
        ("MEX", "CAN", 2023, 18010.0, 34568.6, 1.92),
        ("MEX", "CAN", 2025, 22168.0, 38262.6, 1.73),
        # 351 billion US dollars by the American record, 276 by the Canadian one.
        ("USA", "CAN", 2024, None, None, 0.79),
    ],
)
def test_known_distances_of_two_records(exporter, importer, year, exported, imported, ratio):
    side = mirror(real_store(), choose(currency="USD"), exporter, importer)
    row = side.table.loc[pd.Timestamp(year, 1, 1)]
    if exported is None:
        exported = year_sum("USA", "CAN", "export", year)
        imported = year_sum("CAN", "USA", "import", year) / annual_rates("CAD")[year]
        assert (round(exported / 1000), round(imported / 1000)) == (351, 276)
    assert row["exporter"] == pytest.approx(exported, abs=0.1)
    assert row["importer"] == pytest.approx(imported, abs=0.1)
    assert round(row["ratio"], 2) == ratio == round(imported / exported, 2)


# ---- Over all choices -----------------------------------------------------------------------------------------

CHOICES = [
    choose(
        reporter=country,
        partner=partner,
        freq=freq,
        years=years,
        currency=currency,
        reported=reported,
        measure=name,
        base=base,
    )
    for country, partner in itertools.permutations(("CAN", "MEX", "USA"), 2)
    for freq, years in (("annual", (1997, 2025)), ("annual", (2025, 2025)), ("monthly", (2019, 2026)))
    for currency in ("CAD", "USD", "GBP")
    for reported in ("country", "partner")
    for name in MEASURES
    for base in ((None, 2010) if name in ("index", "constant") else (None,))
] + [
    # Two years of Mexico as two newspapers quote them.
    choose(reporter=country, partner=partner, years=(2024, 2025), reported=reported, measure=name)
    for country, partner, reported in (("MEX", "CAN", "country"), ("CAN", "MEX", "partner"))
    for name in ("index", "compound")
]


def test_every_measure_has_a_computation():
    assert len(COMPUTATIONS) == len(MEASURES)


@cache
def over_all_choices() -> list[tuple[Selection, Measured]]:
    return [(chosen, measure(real_store(), chosen)) for chosen in CHOICES]


@pytest.mark.slow
def test_every_choice_gives_values_within_its_years_or_a_reason_and_fills_no_gap():
    store, reasons = real_store(), set()
    for chosen, found in over_all_choices():
        if found.why_not:
            reasons.add(found.why_not)
            assert found.table.empty, chosen
            continue
        table = found.table
        assert table.index.year.min() >= chosen.years[0] and table.index.year.max() <= chosen.years[1], chosen
        assert table[["export", "import"]].notna().any(axis=None), chosen
        assert not table[list(SHOWN)].isin([math.inf, -math.inf]).any(axis=None), chosen
        if chosen.measure not in ("share", "gdp"):
            unknown = series_as_reported(store, chosen)[list(SHOWN)].reindex(table.index).isna()
            assert table[list(SHOWN)].where(unknown).isna().all(axis=None), chosen
    assert reasons == {"needs_years", "needs_months", "no_total", "no_prices", "no_base", "no_values", "mixed_sources"}


@pytest.mark.slow
def test_the_operands_of_every_example_give_its_result():
    formulas: dict[str, Callable[..., float]] = {
        "growth": lambda a, b: (a / b - 1) * 100,
        "index": lambda a, b: a / b * 100,
        "share": lambda a, b: a / b * 100,
        "gdp": lambda a, b: a / b * 100,
        "constant": lambda a, b: a / b * 100,
        "compound": lambda a, b, n: ((a / b) ** (1 / n) - 1) * 100,
    }
    checked = set()
    for chosen, found in over_all_choices():
        example = found.example()
        if example is not None:
            assert example.result == pytest.approx(formulas[chosen.measure](*example.operands)), chosen
            checked.add(chosen.measure)
    assert checked == set(formulas)
