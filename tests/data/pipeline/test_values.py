"""Figures computed by hand from the published months, typed as literals."""

from __future__ import annotations

import pandas as pd
import pytest

from data.queries import retaliation, trade
from data.queries.partners import rank_partners
from tests.choosing import choose
from tests.data.helpers import real_store

NAN = float("nan")


def year_of(country: str, partner: str, year: int, currency: str) -> pd.Series:
    chosen = choose(reporter=country, partner=partner, years=(year, year), currency=currency)
    (row,) = trade.series(real_store(), chosen).to_dict("records")
    return pd.Series(row)


# Million units of the currency of record: sums of twelve months, added up with a calculator.
@pytest.mark.parametrize(
    ("country", "partner", "year", "exports", "imports", "total", "balance"),
    [
        ("CAN", "MEX", 1997, 1277.1, 7021.6, 8298.7, -5744.5),
        ("CAN", "MEX", 2023, 8870.9, 46646.9, 55517.8, -37776.0),
        ("CAN", "MEX", 2024, 8661.7, 47487.0, 56148.7, -38825.3),
        ("CAN", "MEX", 2025, 8894.9, 53464.3, 62359.2, -44569.4),
        ("CAN", "USA", 2024, 595938.8, 377503.9, 973442.7, 218434.9),
        ("CAN", "USA", 2025, 562698.2, 361792.0, 924490.2, 200906.2),
        ("USA", "MEX", 1985, 13634.7, 19131.7, 32766.4, -5497.0),
        ("USA", "MEX", 1993, 41580.8, 39917.5, 81498.3, 1663.3),
        ("USA", "MEX", 2012, 215875.116, 277593.638, 493468.754, -61718.522),
        ("USA", "MEX", 2013, 225954.37, 280556.04, 506510.41, -54601.67),
        ("USA", "MEX", 2023, 323637.149, 472907.367, 796544.516, -149270.218),
        ("USA", "MEX", 2024, 334492, 503110, 837602, -168618),
        ("USA", "MEX", 2025, 337282, 534316, 871598, -197034),
        ("USA", "CAN", 1985, 47251.0, 69006.4, 116257.4, -21755.4),
        ("USA", "CAN", 2009, 204657.957, 226248.448, 430906.405, -21590.491),
        ("USA", "CAN", 2024, 350606, 411770, 762376, -61164),
        ("USA", "CAN", 2025, 333620, 381922, 715542, -48302),
        ("MEX", "CAN", 1995, 1985.761, NAN, NAN, NAN),
        ("MEX", "CAN", 2019, 14319, 9843, 24162, 4476),
        ("MEX", "CAN", 2023, 18010, NAN, NAN, NAN),
        ("MEX", "CAN", 2024, 18856, 12263, 31119, 6593),
        ("MEX", "CAN", 2025, 22168, 12555, 34723, 9613),
        ("MEX", "USA", 2024, 503418.271, 250891, 754309.271, 252527.271),
        ("MEX", "USA", 2025, 545387.806, NAN, NAN, NAN),
    ],
)
def test_annual_trade_in_the_currency_of_record(country, partner, year, exports, imports, total, balance):
    row = year_of(country, partner, year, "CAD" if country == "CAN" else "USD")
    found = [row["export"], row["import"], row["total"], row["balance"]]
    assert found == pytest.approx([exports, imports, total, balance], abs=1e-6, nan_ok=True)


# 56148.7 ÷ 1.3699, × 0.782575 for pounds, × 18.3062 for pesos; 62359.2 ÷ 1.3973; 350606 × 1.3699; and so on.
@pytest.mark.parametrize(
    ("country", "partner", "year", "measure", "currency", "value"),
    [
        ("CAN", "MEX", 2024, "total", "USD", 40987.4),
        ("CAN", "MEX", 2024, "export", "USD", 6322.9),
        ("CAN", "MEX", 2024, "import", "USD", 34664.6),
        ("CAN", "MEX", 2024, "total", "GBP", 32075.7),
        ("CAN", "MEX", 2024, "total", "MXN", 750324.4),
        ("CAN", "MEX", 2025, "total", "USD", 44628.4),
        ("USA", "CAN", 2024, "export", "CAD", 480295.2),
        ("USA", "MEX", 2024, "import", "MXN", 9210032.3),
        ("MEX", "CAN", 2025, "export", "CAD", 30975.3),
    ],
)
def test_annual_trade_at_the_average_rate_of_the_year(country, partner, year, measure, currency, value):
    assert round(year_of(country, partner, year, currency)[measure], 1) == value


@pytest.mark.parametrize(
    ("country", "partner", "year", "currency", "exports", "imports", "total"),
    [
        ("CAN", "MEX", 2025, "CAD", 2.69, 12.59, 11.06),
        ("CAN", "USA", 2025, "CAD", -5.58, -4.16, -5.03),
        ("USA", "MEX", 2025, "USD", 0.83, 6.20, 4.06),
        ("MEX", "CAN", 2025, "USD", NAN, NAN, NAN),
        ("MEX", "USA", 2025, "USD", 8.34, NAN, NAN),
        ("CAN", "MEX", 1997, "CAD", NAN, NAN, NAN),
    ],
)
def test_growth_on_the_year_before(country, partner, year, currency, exports, imports, total):
    row = year_of(country, partner, year, currency)
    found = [row["export_growth"], row["import_growth"], row["total_growth"]]
    assert [round(value, 2) for value in found] == pytest.approx([exports, imports, total], nan_ok=True)


@pytest.mark.parametrize(
    ("frequency", "currency", "period", "rate"),
    [
        ("A", "CAD", "1985-01-01", 1.3659),
        ("A", "CAD", "2024-01-01", 1.3699),
        ("A", "CAD", "2025-01-01", 1.3973),
        ("A", "MXN", "1992-01-01", 3.09536),
        ("A", "MXN", "2024-01-01", 18.3062),
        ("A", "MXN", "2025-01-01", 19.2052),
        ("A", "GBP", "2024-01-01", 0.782575),
        ("M", "MXN", "1991-12-01", 3.070921),
        ("M", "CAD", "2025-02-01", 1.4299),
        ("M", "GBP", "2024-12-01", 0.7907),
        ("M", "CAD", "2026-08-01", 1.390785),
    ],
)
def test_units_per_us_dollar(frequency, currency, period, rate):
    assert real_store().rates[frequency, currency][period] == rate


@pytest.mark.parametrize(
    ("country", "year", "gdp"),
    [("CAN", 1960, 40563.8), ("MEX", 2023, 1788886.8), ("USA", 2023, 27360935.0), ("CAN", 2023, 2140085.6)],
)
def test_gross_domestic_product(country, year, gdp):
    rows = real_store().gdp.set_index(["country", "year"])
    assert rows.loc[(country, year), "gdp_usd_million"] == gdp


@pytest.mark.parametrize(
    ("period", "exports", "imports"),
    [("1997-01-01", 106.7, 495.1), ("2024-01-01", 693.2, 3465.5), ("2025-03-01", 831.4, 4716.4)],
)
def test_month_of_canada_with_mexico(period, exports, imports):
    chosen = choose(freq="monthly", years=(1985, 2026))
    row = trade.series(real_store(), chosen).loc[period]
    assert (row["export"], row["import"]) == (exports, imports)


def test_month_is_converted_at_the_rate_of_that_month():
    chosen = choose(freq="monthly", years=(2024, 2024), currency="USD")
    # 3465.5 ÷ 1.3423
    assert round(trade.series(real_store(), chosen).loc["2024-01-01", "import"], 2) == 2581.76


def test_months_of_2026_against_the_same_months_of_2025():
    found = trade.year_to_date(real_store(), choose())
    assert (found.year, found.last_month) == (2026, pd.Timestamp("2026-08-01"))
    assert found.now == pytest.approx({"export": 7106.4, "import": 40625.8, "total": 47732.2, "balance": -33519.4})
    assert found.before == pytest.approx({"export": 5812.4, "import": 34383.2, "total": 40195.6, "balance": -28570.8})


def test_months_of_2026_in_us_dollars_are_converted_month_by_month():
    found = trade.year_to_date(real_store(), choose(currency="USD"))
    assert [round(found.now["export"], 1), round(found.now["import"], 1)] == [5134.1, 29354.3]
    assert [round(found.before["export"], 1), round(found.before["import"], 1)] == [4149.7, 24578.8]


def test_months_of_2026_as_the_united_states_records_them():
    found = trade.year_to_date(real_store(), choose(reporter="USA", currency="USD"))
    assert (found.now["export"], found.now["import"]) == (263473, 419346)
    assert (found.before["export"], found.before["import"]) == (225901, 354478)


def test_partners_of_canada_by_two_way_trade_in_2024():
    """By hand from the release of June 2026, C$ million: the United Kingdom bought 28,757.8 and sold 9,863.5."""
    ranking = rank_partners(real_store().partner_totals, "CAN", 2024).head(8)
    assert ranking["partner"].to_list() == ["USA", "CHN", "MEX", "GBR", "JPN", "DEU", "KOR", "ITA"]
    assert ranking["rank"].to_list() == [1, 2, 3, 4, 5, 6, 7, 8]
    expected = [973442.6, 118922.8, 56148.5, 38621.3, 36329.6, 30402.8, 24703.5, 15778.5]
    assert ranking["total"].to_list() == pytest.approx(expected, abs=0.05)


def test_partner_with_an_unknown_flow_has_no_total_and_no_rank():
    totals = real_store().partner_totals
    unknown = (totals["partner"] == "GBR") & (totals["flow"] == "import")
    ranking = rank_partners(totals[~unknown], "CAN", 2024)
    assert ranking["partner"].to_list()[:4] == ["USA", "CHN", "MEX", "JPN"]
    gone = ranking.set_index("partner").loc["GBR"]
    assert gone["export"] == pytest.approx(28757.8, abs=0.05)
    assert gone[["import", "total", "rank", "rank_import"]].isna().all()
    # By exports alone it has one: third, after the United States and China.
    assert gone["rank_export"] == 3


def test_headline_of_canada_and_mexico_gives_2025_and_rank_3_of_222():
    head = trade.headline(real_store(), choose())
    assert (head.year, head.rank, head.ranked_partners) == (2025, 3, 222)
    assert head.figures["total"].value == pytest.approx(62359.2)
    assert head.figures["total"].before == pytest.approx(56148.7)
    assert round(head.figures["total"].growth, 2) == 11.06
    assert head.figures["balance"].value == pytest.approx(-44569.4)


# Retaliation, C$ billion.


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        ("2025-02-01", 0),
        ("2025-03-03", 0),
        ("2025-03-04", 30),
        ("2025-03-12", 30),
        ("2025-03-13", 59.8),
        ("2025-08-31", 59.8),
        ("2025-09-01", 15.6),
        ("2026-09-07", 15.6),
        ("2026-09-08", 27.6),
        ("2026-10-09", 27.6),
    ],
)
def test_counter_tariffs_in_force_on_a_day(day, amount):
    by_day = retaliation.in_force_by_day(real_store()).sum(axis=1)
    assert by_day[by_day.index <= day].iloc[-1] == pytest.approx(amount)


def test_sum_in_force_changes_on_these_days_only():
    by_day = retaliation.in_force_by_day(real_store())
    assert [day.strftime("%Y-%m-%d") for day in by_day.index] == [
        "2025-02-01",
        "2025-03-04",
        "2025-03-13",
        "2025-09-01",
        "2026-09-08",
        "2026-10-09",
    ]


def test_announced_plan_is_155_billion():
    assert retaliation.announced_total(real_store()) == 155


def test_imports_that_the_tranches_are_set_against():
    assert retaliation.base_imports_million(real_store()) == pytest.approx(377503.9)


# 27.6 ÷ 377.5039; 30 ÷ 1.4356 (March 2025); 125 ÷ 1.4299 (February 2025); 27.6 ÷ 1.396137 (September 2026).
@pytest.mark.parametrize(
    ("tranche", "share", "usd"),
    [
        ("can-first-list-2025", 7.95, 20.90),
        ("can-second-list-2025", 33.11, 87.42),
        ("can-steel-2025", 3.34, 8.78),
        ("can-surtax-2026", 7.31, 19.77),
        ("can-vehicles-2025", NAN, NAN),
        ("mex-threat-2025", NAN, NAN),
    ],
)
def test_tranche_as_share_of_imports_and_in_us_dollars(tranche, share, usd):
    row = retaliation.tranches(real_store()).set_index("tranche_id").loc[tranche]
    assert round(row["share_pct"], 2) == pytest.approx(share, nan_ok=True)
    assert round(row["amount_usd_billion"], 2) == pytest.approx(usd, nan_ok=True)


def test_tranche_that_was_never_imposed_was_never_in_force():
    assert set(retaliation.ever_in_force(real_store())["tranche_id"]) == {
        "can-first-list-2025",
        "can-steel-2025",
        "can-aluminium-2025",
        "can-other-goods-2025",
        "can-vehicles-2025",
        "can-surtax-2026",
    }
