"""Products against values worked out by hand from the curated files, and properties over all selections."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.queries import product_history, product_ranking, products
from tests.choosing import choose, coverage, read
from tests.data.helpers import read_rows, real_store

PARTNERS = ("CAN", "MEX")
BOUGHT = choose(reporter="USA", partner="MEX", flow="import", currency="USD", years=(2007, 2024))

pairs = st.sampled_from([("USA", "CAN"), ("USA", "MEX"), ("CAN", "USA"), ("MEX", "USA")])
selections = st.builds(
    lambda pair, **more: choose(reporter=pair[0], partner=pair[1], **more),
    pairs,
    flow=st.sampled_from(("export", "import")),
    currency=st.sampled_from(("CAD", "USD", "MXN", "GBP")),
    years=st.integers(2007, 2025).map(lambda year: (2007, year)),
    against=st.one_of(st.none(), st.integers(2007, 2025)),
    product=st.one_of(st.just(""), st.sampled_from(coverage().sections), st.sampled_from(coverage().chapters)),
    detail=st.sampled_from(("section", "chapter")),
)


@cache
def curated(partner: str, flow: str, monthly: bool = False) -> dict[tuple[str, str], float]:
    """Values by period and code of a curated file, read without the code under test."""
    name = {"CAN": "canada", "MEX": "mexico"}[partner]
    rows = read_rows(f"products/us_{name}{'_sections' if monthly else ''}_{flow}.csv")
    return {(row["period"], row["product_code"]): float(row["value_million"]) for row in rows}


@cache
def year_total(partner: str, flow: str, year: int) -> float:
    return sum(value for (period, _), value in curated(partner, flow).items() if period == f"{year}-01-01")


def row_of(table: pd.DataFrame, code: str) -> pd.Series:
    return table.set_index("code").loc[code]


# ---- By hand ------------------------------------------------------------------------------------------------


def test_cars_from_mexico_in_2024():
    # us_mexico_import.csv: chapter 87 is 136,589.789145 in 2024 and 129,383.066520 in 2023; all chapters of 2024
    # add up to 505,851.3. 136,589.8 ÷ 505,851.3 = 27.002 %, and 136,589.8 ÷ 129,383.1 − 1 = 5.570 %.
    row = row_of(product_ranking.breakdown(real_store(), replace(BOUGHT, detail="chapter")), "87")
    assert row["value"] == pytest.approx(136589.789145)
    assert row["before"] == pytest.approx(129383.06652)
    assert row["change"] == pytest.approx(7206.722625)
    assert round(row["growth"], 2) == 5.57
    assert round(row["share"], 3) == 27.002
    assert row["name"] == "Vehicles other than railway, and their parts"


def test_cars_added_one_and_a_half_points_to_imports_from_mexico_in_2024():
    # 7,206.722625 ÷ 475,607.1 (all chapters of 2023) = 1.515 percentage points.
    split = product_ranking.contributions(real_store(), replace(BOUGHT, detail="chapter"))
    assert split is not None
    assert (split.year, split.against) == (2024, 2023)
    assert split.before == pytest.approx(year_total("MEX", "import", 2023))
    assert round(row_of(split.rows, "87")["points"], 3) == 1.515


def test_the_chosen_country_s_export_is_the_us_import():
    sold = choose(reporter="CAN", partner="USA", flow="export", currency="USD", years=(2007, 2025), detail="chapter")
    row = row_of(product_ranking.breakdown(real_store(), sold), "27")
    assert row["value"] == pytest.approx(curated("CAN", "import")["2025-01-01", "27"])
    assert products.us_flow(sold) == "import"
    assert products.exporter(sold) == "CAN"
    assert products.exporter(replace(sold, flow="import")) == "USA"


def test_values_are_converted_at_the_average_rate_of_their_year():
    # Canadian dollars per US dollar, annual average of 2023: 1.3494 (curated exchange_rates.csv).
    rates = {r["period"]: r for r in read_rows("exchange_rates.csv") if (r["frequency"], r["currency"]) == ("A", "CAD")}
    rate = float(rates["2023-01-01"]["units_per_usd"])
    chosen = replace(BOUGHT, currency="CAD", years=(2007, 2023), detail="chapter")
    row = row_of(product_ranking.breakdown(real_store(), chosen), "87")
    assert row["value"] == pytest.approx(129383.06652 * rate)


@pytest.mark.parametrize("currency", ["CAD", "MXN", "GBP"])
def test_shares_of_a_year_are_the_same_in_every_currency(currency):
    dollars = product_ranking.breakdown(real_store(), BOUGHT)
    converted = product_ranking.breakdown(real_store(), replace(BOUGHT, currency=currency))
    pd.testing.assert_series_equal(dollars["share"], converted["share"])


def test_herfindahl_index_of_a_year_by_hand():
    values = [v for (period, _), v in curated("MEX", "import").items() if period == "2024-01-01"]
    whole = sum(values)
    by_hand = sum((v / whole * 100) ** 2 for v in values)
    largest = sum(sorted(values)[-5:]) / whole * 100
    row = product_history.concentrated(real_store(), BOUGHT).loc["2024-01-01"]
    assert row["herfindahl"] == pytest.approx(by_hand)
    assert row["largest"] == pytest.approx(largest)


# ---- Sums ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("partner", PARTNERS)
@pytest.mark.parametrize("flow", ["export", "import"])
def test_chapters_are_the_curated_values_and_nothing_else(partner, flow):
    wide = products.chapters(real_store(), partner, flow, "USD").values
    held = {(f"{p.year}-01-01", code): value for code in wide for p, value in wide[code].dropna().items()}
    assert held == curated(partner, flow)


@pytest.mark.parametrize("partner", PARTNERS)
@pytest.mark.parametrize("flow", ["export", "import"])
def test_sections_are_the_sums_of_their_chapters(partner, flow):
    parents = {r["product_code"]: r["parent_code"] for r in read_rows("product_names.csv") if r["parent_code"]}
    summed: dict[tuple[int, str], float] = defaultdict(float)
    for (period, code), value in curated(partner, flow).items():
        summed[int(period[:4]), parents[code]] += value
    wide = products.sections(real_store(), partner, flow, "USD").values
    assert {(p.year, code) for code in wide for p in wide[code].dropna().index} == set(summed)
    for (year, code), value in summed.items():
        assert wide.at[pd.Timestamp(year, 1, 1), code] == pytest.approx(value)


@pytest.mark.parametrize("flow", ["export", "import"])
def test_months_of_a_section_add_up_to_the_year_of_its_chapters(flow):
    months = products.monthly_sections(real_store(), "MEX", flow, "USD").values
    assert len(months) == 19 * 12
    by_year = months.groupby(months.index.year).sum()
    years = products.sections(real_store(), "MEX", flow, "USD").values
    for code in coverage().sections:
        assert by_year[code].to_numpy() == pytest.approx(years[code].to_numpy(), abs=1e-3), code


def test_months_are_the_curated_values():
    months = products.monthly_sections(real_store(), "MEX", "import", "USD").values
    for (period, code), value in curated("MEX", "import", monthly=True).items():
        assert months.at[pd.Timestamp(period), code] == pytest.approx(value)


def test_an_edition_of_the_system_is_marked_on_one_section_and_not_on_many():
    """The 2012 edition moved goods between sections; beside the largest sections together it would say nothing."""
    many = replace(BOUGHT, freq="monthly", years=(2011, 2013))
    assert product_history.months(real_store(), many).broken.empty
    one = product_history.months(real_store(), replace(many, product="XVII"))
    assert list(one.broken["date"].dt.year) == [2012]


# ---- Over all selections ------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=150)
@given(selections)
def test_shares_of_a_flow_sum_to_a_hundred(selection):
    table = product_ranking.breakdown(real_store(), replace(selection, product=""))
    assert table["share"].sum() == pytest.approx(100)
    # Where nothing compares there are no shares of before, rather than zeros.
    before = table["share_before"]
    compared = products.compared_year(replace(selection, product="")) is not None
    assert before.sum() == pytest.approx(100) if compared else before.isna().all()


@settings(deadline=None, max_examples=150)
@given(selections, st.sampled_from([*coverage().sections, *coverage().chapters]))
def test_a_section_has_the_share_of_its_chapters(selection, product):
    selection = replace(selection, product=product)
    inside = product_ranking.breakdown(real_store(), selection)
    section = products.section_of(real_store(), selection.product)
    outside = product_ranking.breakdown(real_store(), replace(selection, product="", detail="section"))
    assert row_of(outside, section)["share"] == pytest.approx(inside["share"].sum())
    assert row_of(outside, section)["value"] == pytest.approx(inside["value"].sum())


@pytest.mark.slow
@settings(deadline=None, max_examples=250)
@given(selections, st.integers(1, 12))
def test_contributions_sum_to_the_change(selection, most):
    split = product_ranking.contributions(real_store(), selection, most)
    if products.compared_year(selection) is None:
        assert split is None
        return
    rows = split.rows
    scale = max(split.before, split.after)
    assert rows["change"].sum() == pytest.approx(split.after - split.before, abs=1e-9 * scale)
    assert rows["points"].sum() == pytest.approx(split.growth, abs=1e-9)
    assert rows["value"].sum() == pytest.approx(split.after)
    assert rows["before"].sum() == pytest.approx(split.before)
    assert (rows["code"] == "").sum() <= 1
    assert len(rows) <= most + 1
    named = rows[rows["code"] != ""]
    # What rose most comes first, and nothing that moved more is left to the rest.
    assert named["change"].is_monotonic_decreasing
    others = product_ranking.breakdown(real_store(), selection).set_index("code")["change"].drop(named["code"])
    assert named["change"].abs().min() >= others.abs().max() or others.isna().all()


@settings(deadline=None, max_examples=100)
@given(selections)
def test_every_product_listed_leads_to_a_selection_of_its_own(selection):
    for code in product_ranking.breakdown(real_store(), selection)["code"]:
        chosen = replace(selection, product=code)
        assert read(chosen.to_query()) == (chosen, ())


@settings(deadline=None, max_examples=100)
@given(selections)
def test_rows_stand_in_order_of_value(selection):
    values = product_ranking.breakdown(real_store(), selection)["value"]
    assert values.dropna().is_monotonic_decreasing
    assert list(values.index) == list(range(len(values)))


# ---- Gaps and edges -----------------------------------------------------------------------------------------


def test_what_is_not_on_record_is_a_gap():
    # Silk (chapter 50) is missing from one year of US imports from Mexico; chapter 99 occurs in imports only.
    wide = products.chapters(real_store(), "MEX", "import", "USD").values
    assert wide["50"].isna().sum() == 1
    missing = wide.index[wide["50"].isna()][0].year
    gap = replace(BOUGHT, years=(2007, missing), product="50")
    row = row_of(product_ranking.breakdown(real_store(), gap), "50")
    assert pd.isna(row["value"]) and pd.isna(row["share"]) and pd.isna(row["change"])
    split = product_ranking.contributions(real_store(), gap, most=20)
    assert "50" not in set(split.rows["code"])
    assert split.rows["change"].sum() == pytest.approx(split.change)
    assert "99" not in products.chapters(real_store(), "MEX", "export", "USD").values
    assert product_history.by_partner(real_store(), replace(BOUGHT, flow="export"), "99")["MEX"].isna().all()


@pytest.mark.parametrize(
    ("years", "against", "shown", "compared"),
    [
        ((1997, 2025), None, 2025, 2024),
        ((2019, 2026), 2010, 2025, 2010),
        ((1990, 2006), None, None, None),
        ((2026, 2026), None, None, None),
        ((2007, 2007), None, 2007, None),
        ((2007, 2020), 1999, 2020, None),
        ((2007, 2020), 2020, 2020, None),
    ],
)
def test_the_year_shown_is_the_last_chosen_one_on_record(years, against, shown, compared):
    chosen = replace(BOUGHT, years=years, against=against)
    assert products.year_of(chosen) == shown
    assert products.compared_year(chosen) == compared


def test_only_pairs_with_the_united_states_are_held():
    assert products.is_held(BOUGHT)
    assert not products.is_held(choose(reporter="CAN", partner="MEX"))
    assert not products.is_held(choose(reporter="USA", partner="USA"))


def test_the_currency_of_record_needs_no_rate():
    assert products.rate_sources(real_store(), coverage().currency_of_record["USA"], "A") == []
    assert products.rate_sources(real_store(), "CAD", "A") != []


# ---- Around an event ----------------------------------------------------------------------------------------


def by_hand_share(code: str, first: str, last: str) -> float:
    values = curated("MEX", "import", monthly=True)
    mine = sum(v for (period, c), v in values.items() if c == code and first <= period <= last)
    return mine / sum(v for (period, _), v in values.items() if first <= period <= last) * 100


def test_twelve_months_on_either_side_of_an_event():
    around = product_history.share_around(real_store(), replace(BOUGHT, event="usmca-in-force"), "XVII")
    assert around.frequency == "M"
    assert around.before.share == pytest.approx(by_hand_share("XVII", "2019-07-01", "2020-06-01"))
    (after,) = around.after
    assert after.share == pytest.approx(by_hand_share("XVII", "2020-07-01", "2021-06-01"))
    assert (after.periods, around.before.periods) == (12, 12)


def test_fewer_months_after_are_set_against_the_same_months_before():
    # The duties took effect on 4 March 2025: March is on neither side, and the record ends in December.
    around = product_history.share_around(real_store(), replace(BOUGHT, event="us-border-duties-in-force"), "XVII")
    (after,) = around.after
    assert (after.first, after.last) == (pd.Timestamp(2025, 4, 1), pd.Timestamp(2025, 12, 1))
    assert (around.before.first, around.before.last) == (pd.Timestamp(2024, 4, 1), pd.Timestamp(2024, 12, 1))
    assert around.before.share == pytest.approx(by_hand_share("XVII", "2024-04-01", "2024-12-01"))
    assert after.share == pytest.approx(by_hand_share("XVII", "2025-04-01", "2025-12-01"))


def test_years_around_an_event_leave_out_the_year_it_falls_into():
    around = product_history.share_around(real_store(), replace(BOUGHT, event="usmca-in-force"), "87")
    assert around.frequency == "A"
    assert around.before.first.year == 2019
    assert around.during.first.year == 2020
    assert [window.first.year for window in around.after] == [2021, 2022, 2023, 2024, 2025]
    share = curated("MEX", "import")["2021-01-01", "87"] / year_total("MEX", "import", 2021) * 100
    assert around.after[0].share == pytest.approx(share)


def test_no_full_year_after_an_event_of_the_last_year_is_invented():
    sold = replace(BOUGHT, partner="CAN", event="us-border-duties-in-force")
    for code in ("XVII", "87"):
        around = product_history.share_around(real_store(), sold, code)
        assert around.after == []
        assert around.before.first.year == 2024
        assert around.during.first.year == 2025


@pytest.mark.parametrize("event", coverage().events_compared)
@pytest.mark.parametrize("code", ["XVII", "87", "99", "98-99", "50"])
def test_every_event_on_offer_can_be_compared_with(event, code):
    for partner in PARTNERS:
        for flow in ("export", "import"):
            chosen = replace(BOUGHT, partner=partner, flow=flow, event=event)
            around = product_history.share_around(real_store(), chosen, code)
            if (code, flow) == ("99", "export"):
                assert around is None
            else:
                assert 0 <= around.before.share <= 100
                assert around.before.last < around.date


@pytest.mark.parametrize("code", [*coverage().sections, *coverage().chapters])
def test_every_section_and_chapter_has_a_name_and_a_place(code):
    table = products.names(real_store())
    assert table.at[code, "name_en"]
    assert products.section_of(real_store(), code) in coverage().sections
