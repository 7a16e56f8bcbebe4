"""Ranks of partners and published statements, against values worked out by hand from the curated files."""

from __future__ import annotations

import dataclasses
import itertools

import pandas as pd
import pytest

from data.queries import partners
from data.selection import Selection
from data.store import Store
from tests.choosing import choose, coverage
from tests.data.helpers import read_rows, real_store

US = choose(reporter="USA", partner="MEX", currency="USD", years=(1997, 2024))
CANADA = choose(reporter="CAN", partner="MEX", currency="CAD", years=(1997, 2024))


def in_year(selection: Selection, year: int, **changes) -> partners.Ranking:
    asked = dataclasses.replace(selection, **{"years": (1985, year), **changes})
    found = partners.ranking(real_store(), asked)
    assert found is not None
    return found


# Exports plus imports, US$ million: Mexico 2023 323,637.150335 + 472,907.368135 = 796,544.518470, of a world total of
# 2,020,479.165519 + 3,076,796.376327 = 5,097,275.541846; 2024 334,031.930350 + 505,523.174525 = 839,555.104875 of
# 2,061,690.757601 + 3,266,410.195321 = 5,328,100.952922. Canada 2023 354,407.979759 + 418,010.321977.
@pytest.mark.parametrize(
    ("year", "partner", "rank", "total", "share"),
    [
        (2023, "MEX", 1, 796544.518470, 15.6269),
        (2024, "MEX", 1, 839555.104875, 15.7571),
        (2023, "CAN", 2, 772418.301736, 15.1536),
        (2024, "CAN", 2, 761794.836491, 14.2977),
        (2023, "CHN", 3, 574882.047054, 11.2782),
        (2018, "MEX", 3, None, None),
    ],
)
def test_rank_and_share_of_us_partners(year, partner, rank, total, share):
    row = in_year(US, year).row(partner)
    assert row is not None
    assert row["rank"] == rank
    if total:
        assert row["total"] == pytest.approx(total, abs=1e-5)
        assert round(row["share"], 4) == share


def test_mexico_passed_canada_in_2019_by_little():
    # 256,676.487323 + 356,093.584045 against 292,820.257565 + 318,588.767408.
    table = in_year(US, 2019).table.set_index("partner")
    assert table.loc["MEX", "total"] - table.loc["CAN", "total"] == pytest.approx(612770.071368 - 611409.024973)
    assert list(table.loc[["MEX", "CAN"], "rank"]) == [1, 2]


# The release of June 2026, C$ million: 8,661.607569 + 47,486.90046 = 56,148.508029, of a trade of 780,794.738909 +
# 767,211.186094 = 1,548,005.925003 in 2024; 8,889.399151 + 53,411.931406 = 62,301.330557 of 1,567,933.823412 in 2025.
@pytest.mark.parametrize(
    ("year", "partner", "rank", "by_exports", "by_imports", "total", "share", "count"),
    [
        (2024, "MEX", 3, 5, 3, 56148.508029, 3.6272, 223),
        (2024, "USA", 1, 1, 1, 973442.63303, 62.8837, 223),
        (2024, "GBR", 4, 3, 11, 38621.296966, 2.4949, 223),
        (2025, "MEX", 3, 7, 3, 62301.330557, 3.9735, 222),
        (2025, "GBR", 4, 2, 12, 56590.516108, 3.6092, 222),
    ],
)
def test_places_of_canadas_partners_are_places_out_of_all(
    year, partner, rank, by_exports, by_imports, total, share, count
):
    found = in_year(CANADA, year)
    row = found.row(partner)
    assert row is not None
    assert (row["rank"], row["rank_export"], row["rank_import"]) == (rank, by_exports, by_imports)
    assert row["total"] == pytest.approx(total, abs=1e-5)
    assert round(row["share"], 4) == share
    assert (found.ranked, found.complete) == (count, True)
    assert found.origin.ids == ("statcan-cimt",)


def test_goods_that_came_back_are_in_the_trade_and_in_no_place():
    # C$5,554.1 million of 2024 came from Canada itself.
    found = in_year(CANADA, 2024)
    assert "CAN" not in set(found.table["partner"])
    assert found.table["share"].sum() == pytest.approx((1 - 5554.130126 / 1548005.925003) * 100)


def test_list_of_the_united_states_is_not_complete():
    assert not in_year(US, 2024).complete


def test_rank_change_needs_the_same_field_or_all_countries_the_year_before():
    assert in_year(CANADA, 2024).table["before"].isna().all()
    # One island less sold anything in 2025, and both lists are of all countries.
    assert in_year(CANADA, 2025).row("MEX")["before"] == 3
    assert in_year(CANADA, 2025).row("VNM")["before"] == 9
    assert in_year(US, 2013).table["before"].isna().all()
    # Taiwan was eighth in 2023 and seventh in 2024, the United Kingdom went the other way by two.
    table = in_year(US, 2024).table.set_index("partner")
    assert list(table.loc[["TWN", "GBR"], "rank"]) == [7, 9]
    assert list(table.loc[["TWN", "GBR"], "before"]) == [8, 7]


def store_of(partner_totals: pd.DataFrame) -> Store:
    """The real tables with other totals of partners, and nothing remembered."""
    return dataclasses.replace(real_store(), partner_totals=partner_totals)


def test_rank_does_not_move_against_another_field():
    rows = real_store().partner_totals
    japan_in_2023 = (rows["reporter"] == "USA") & (rows["partner"] == "JPN") & (rows["period"].dt.year == 2023)
    without = store_of(rows[~japan_in_2023])
    found = partners.ranking(without, dataclasses.replace(US, years=(1997, 2024)))
    assert found.ranked == 46
    assert found.table["before"].isna().all()


def test_a_list_with_a_hole_is_not_complete():
    rows = real_store().partner_totals
    mexico = (rows["reporter"] == "CAN") & (rows["partner"] == "MEX") & (rows["period"].dt.year == 2025)
    found = partners.ranking(store_of(rows[~mexico]), dataclasses.replace(CANADA, years=(1997, 2025)))
    assert not found.complete
    assert found.table["before"].isna().all()


@pytest.mark.parametrize(("asked", "shown"), [(1990, 2013), (2013, 2013), (2020, 2020), (2024, 2024), (2026, 2024)])
def test_year_is_the_nearest_one_that_can_be_ranked(asked, shown):
    found = in_year(US, asked)
    assert (found.asked, found.year, found.years) == (asked, shown, (2013, 2024))


def test_canada_can_be_ranked_in_2024_and_2025():
    assert in_year(CANADA, 1999).years == (2024, 2025)
    assert in_year(CANADA, 2026).year == 2025


def test_mexico_has_no_list_of_partners():
    assert partners.ranking(real_store(), choose(reporter="MEX", partner="CAN", currency="USD")) is None
    assert partners.held_years(real_store(), "MEX") is None
    assert partners.rank_history(real_store(), "MEX").empty


@pytest.mark.parametrize("year", range(2013, 2025))
def test_us_ranks_are_one_to_n_without_the_world(year):
    table = in_year(US, year).table
    assert list(table["rank"]) == list(range(1, 47))
    assert partners.WORLD not in set(table["partner"])
    assert table["total"].is_monotonic_decreasing
    assert table["share"].sum() < 100


def test_every_country_down_to_the_fortieth_place_is_in_the_us_table():
    """The pool is complete to a rank when each of its partners was so large at least once."""
    history, lowest = partners.rank_history(real_store(), "USA"), coverage().ranks_complete_to["USA"]
    assert set(history.min()[history.min() <= lowest].index) == set(history)
    assert (history.max() > lowest).any()


def test_history_agrees_with_each_year():
    history = partners.rank_history(real_store(), "USA")
    assert list(history["MEX"]) == [3, 3, 3, 3, 3, 3, 1, 2, 2, 2, 1, 1]
    for year in history.index:
        ranks = in_year(US, int(year)).table.set_index("partner")["rank"]
        pd.testing.assert_series_equal(history.loc[year].sort_index(), ranks.sort_index(), check_names=False)


@pytest.mark.parametrize(("country", "currency"), list(itertools.product(("CAN", "USA"), ("CAD", "USD", "MXN", "GBP"))))
def test_currency_changes_amounts_and_no_rank(country, currency):
    base = CANADA if country == "CAN" else US
    own, other = in_year(base, 2024), in_year(base, 2024, currency=currency)
    rate = partners.rate_of(real_store(), country, 2024, currency)
    assert list(other.table["partner"]) == list(own.table["partner"])
    assert list(other.table["rank"].dropna()) == list(own.table["rank"].dropna())
    assert other.table["total"].dropna().to_list() == pytest.approx((own.table["total"] * rate).dropna().to_list())


def test_canadas_trade_is_converted_at_the_average_of_the_year():
    # 56,148.7 ÷ 1.3699 = 40,987.4.
    assert round(in_year(CANADA, 2024, currency="USD").row("MEX")["total"] / 10) == 4099


def test_first_rows_keep_a_chosen_partner_from_further_down():
    found = in_year(US, 2024)
    assert list(found.first(3, "MEX")["partner"]) == ["MEX", "CAN", "CHN"]
    assert list(found.first(1, "CAN")["partner"]) == ["MEX", "CAN"]


def test_ranking_leaves_the_held_table_as_it_is():
    before = partners.all_years(real_store(), "USA").copy()
    in_year(US, 2024, currency="CAD")
    pd.testing.assert_frame_equal(partners.all_years(real_store(), "USA"), before)


def statements(country: str) -> pd.DataFrame:
    return partners.statements(real_store(), country)


def test_statements_are_those_of_the_file():
    rows = read_rows("rank_statements.csv")
    for country in ("CAN", "MEX"):
        mine = [r for r in rows if r["reporter"] == country]
        assert sorted(statements(country)["statement_id"]) == sorted(r["statement_id"] for r in mine)
    assert partners.statements(real_store(), "USA").empty


def test_statements_that_contradict_each_other_are_told_and_stand_together():
    canada = statements("CAN")
    disputed = canada[canada["disputed"]]
    assert list(disputed["statement_id"]) == ["mbn-2024-mex", "article-2024-mex", "board-2024-mex"]
    assert list(disputed["rank"]) == [3, 3, 5]
    assert list(disputed.index) == list(range(disputed.index[0], disputed.index[0] + 3))


def test_rank_by_exports_contradicts_no_rank_by_trade():
    mexico = statements("MEX").set_index("statement_id")
    assert list(mexico.loc[["horizonte-2025-can", "horizonte-2025-can-export"], "rank"]) == [3, 2]
    assert not mexico["disputed"].any()


def test_our_rank_stands_beside_a_statement_where_one_is_held():
    canada = statements("CAN").set_index("statement_id")
    assert list(canada.loc["board-2024-mex", ["rank", "ours", "ranked"]]) == [5, 3, 223]
    assert list(canada.loc["cronica-2025-mex", ["rank", "ours"]]) == [4, 3]
    assert pd.isna(canada.loc["daily-2023-kor", "ours"])
    assert pd.isna(canada.loc["gac-2020-mex", "ours"])
    assert statements("MEX")["ours"].isna().all()


@pytest.mark.parametrize(("year", "expected"), [(2024, ["board-2024-mex"]), (2025, ["cronica-2025-mex"]), (2023, [])])
def test_published_ranks_that_differ_from_ours_are_told_beside_it(year, expected):
    assert partners.contradicting(real_store(), "CAN", "MEX", year)["statement_id"].to_list() == expected


def test_every_statement_names_a_source_that_is_quoted_or_the_article():
    store: Store = real_store()
    sources = {source_id: store.source[source_id] for source_id in store.rank_statements["source_id"]}
    assert {source["obtained"] for source in sources.values()} <= {"press", "transcribed", "article"}
    assert {source["verification"] for source in sources.values()} == {"secondary"}
    assert set(store.rank_statements["verification"]) == {"secondary"}
