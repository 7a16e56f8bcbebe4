"""The check of every claim of the article, computed a second time without the code under test."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

import pandas as pd
import pytest

from data.pipeline.claims import verdict_of
from layouts.sections.claims import verdict
from layouts.wording.text import Text
from tests.data.helpers import read_rows, real_store

# Ours, by hand: 8661.7 + 47487.0 = 56148.7; 56 ÷ 1.3834 = 40.479977; × 0.7404 = 29.971375; 1.3834 ÷ 0.7404 =
# 1.868449; 30 ÷ 1.4299 = 20.980488; 155 ÷ 1.4299 = 108.399189.
OURS = {
    "trade-2024-cad": 56.1487,
    "trade-2024-usd": 40.479977,
    "trade-2024-gbp": 29.971375,
    "implied-cad-usd-2024": 1.3834,
    "implied-cad-gbp-2024": 1.868449487,
    "rank-mexico-for-canada": 3,
    "rank-us-for-canada": 1,
    "rank-china-for-canada": 2,
    "us-paramount": 1,
    "tariff-mexico-25": 25,
    "tariff-canada-25": 25,
    "tariff-canada-energy-10": 10,
    "retaliation-first-list": 30,
    "retaliation-first-list-usd": 20.980488,
    "retaliation-potential": 155,
    "retaliation-potential-usd": 108.399189,
    "implied-cad-usd-first-list": 1.4299,
    "implied-cad-usd-potential": 1.4299,
}

COMPUTATIONS = {
    "trade-2024-cad": "8661.7 + 47487.0 = 56148.7",
    "trade-2024-usd": "56 ÷ 1.3834 = 40.48",
    "trade-2024-gbp": "56 ÷ 1.3834 × 0.7404 = 29.97",
    "implied-cad-usd-2024": "56 ÷ 40.5 = 1.3827",
    "implied-cad-gbp-2024": "56 ÷ 30 = 1.8667",
    "retaliation-first-list-usd": "30 ÷ 1.4299 = 20.98",
    "retaliation-potential": "30 + 125 = 155",
    "retaliation-potential-usd": "155 ÷ 1.4299 = 108.40",
    "implied-cad-usd-first-list": "30 ÷ 20.6 = 1.4563",
    "implied-cad-usd-potential": "155 ÷ 106 = 1.4623",
}

RANKINGS = {
    "rank-us-for-canada": "973442.6 > 118922.8",
    "us-paramount": "973442.6 > 118922.8",
    "rank-china-for-canada": "973442.6 > 118922.8 > 56148.5",
    # The United Kingdom comes next, with 28,757.8 + 9,863.5.
    "rank-mexico-for-canada": "973442.6 > 118922.8 > 56148.5 > 38621.3",
}

CLAIMS = {row["claim_id"]: row for row in read_rows("claims.csv")}


def evaluate(terms: str) -> float:
    """Plain numbers joined by +, ÷ and ×; products bind tighter than sums."""
    total = 0.0
    for summand in terms.split(" + "):
        first, *rest = re.split(r" ([÷×]) ", summand)
        value = float(first)
        for sign, number in zip(rest[::2], rest[1::2], strict=True):
            value = value * float(number) if sign == "×" else value / float(number)
        total += value
    return total


def decimals(number: str) -> int:
    return len(number.partition(".")[2])


def our_verdict(claimed: str, ours: float) -> str:
    """Confirmed when ours rounds to the figure at its own precision, close within five per cent of ours."""
    precision = Decimal(1).scaleb(-decimals(claimed))
    if Decimal(str(ours)).quantize(precision, ROUND_HALF_EVEN) == Decimal(claimed):
        return "confirmed"
    return "close" if abs(float(claimed) - ours) <= 0.05 * ours else "differs"


def checked(claim_id: str) -> pd.Series:
    return real_store().claims.set_index("claim_id").loc[claim_id]


@pytest.mark.parametrize(("terms", "value"), [("1 + 2", 3), ("6 ÷ 3 × 2", 4), ("1 + 6 ÷ 3", 3), ("0.5", 0.5)], ids=str)
def test_evaluator_of_this_file_can_count(terms, value):
    assert evaluate(terms) == value


def test_every_check_that_exists_is_expected_here():
    claims = real_store().claims
    assert set(claims.loc[claims["check_value"].notna(), "claim_id"]) == set(OURS)
    assert set(claims.loc[claims["computation"] != "", "claim_id"]) == {*COMPUTATIONS, *RANKINGS}


@pytest.mark.parametrize(("claim_id", "ranking"), RANKINGS.items())
def test_rank_is_shown_by_the_totals_down_to_the_next_smaller(claim_id, ranking):
    assert checked(claim_id)["computation"] == ranking
    totals = [float(total) for total in ranking.split(" > ")]
    assert totals == sorted(totals, reverse=True)
    assert len(totals) == OURS[claim_id] + 1


@pytest.mark.parametrize(("claim_id", "ours"), OURS.items())
def test_check_gives_the_figure_computed_by_hand(claim_id, ours):
    assert checked(claim_id)["check_value"] == pytest.approx(ours, rel=1e-7)


@pytest.mark.parametrize(("claim_id", "computation"), COMPUTATIONS.items())
def test_computation_is_shown_as_it_was_done(claim_id, computation):
    assert checked(claim_id)["computation"] == computation


@pytest.mark.parametrize("claim_id", COMPUTATIONS)
def test_both_sides_of_a_computation_agree(claim_id):
    terms, _, result = checked(claim_id)["computation"].partition(" = ")
    # A rate is printed to four decimals, which moves the result by at most 0.00005 in 0.78 or 6.5e-5 of it;
    # the result itself is off by at most half its last digit.
    tolerance = float(result) * 6.5e-5 * ("÷" in terms) + 0.5 * 10.0 ** -decimals(result)
    assert abs(evaluate(terms) - float(result)) <= tolerance * 1.000001


@pytest.mark.parametrize("claim_id", [c for c in COMPUTATIONS if not c.startswith("implied")])
def test_computation_ends_in_the_figure_of_the_check(claim_id):
    result = checked(claim_id)["computation"].rpartition(" = ")[2]
    # Trade is computed in millions and claimed in billions.
    unit = 1000 if claim_id == "trade-2024-cad" else 1
    assert abs(checked(claim_id)["check_value"] * unit - float(result)) <= 0.5 * 10.0 ** -decimals(result) * 1.000001


@pytest.mark.parametrize("claim_id", [c for c in COMPUTATIONS if c.startswith("implied")])
def test_implied_rate_is_computed_from_the_article_and_rounds_to_the_claim(claim_id):
    result = checked(claim_id)["computation"].rpartition(" = ")[2]
    assert f"{float(result):.4f}" == CLAIMS[claim_id]["value"]


@pytest.mark.parametrize("claim_id", OURS)
def test_verdict_is_the_one_the_stated_rule_gives(claim_id):
    claim = CLAIMS[claim_id]
    assert claim["verdict"] == our_verdict(claim["value"], OURS[claim_id])


@pytest.mark.parametrize("claim_id", ["trade-2024-usd", "trade-2024-gbp"])
def test_one_month_alone_makes_the_three_amounts_equal(claim_id):
    """Looked for a second time in the file: months at which C$56 billion rounds to 40.5 and to 30."""
    rates = {(r["period"][:7], r["currency"]): Decimal(r["units_per_usd"]) for r in read_rows("exchange_rates.csv")}
    months = {month for month, _currency in rates if len(month) == 7}
    found = []
    for month in sorted(months):
        if (month, "CAD") in rates and (month, "GBP") in rates:
            dollars = 56 / rates[month, "CAD"]
            if round(dollars, 1) == Decimal("40.5") and round(dollars * rates[month, "GBP"]) == 30:
                found.append(month)
    assert found == ["2025-09"]
    assert checked(claim_id)["reproduced_in"] == "2025-09"


def test_verdict_names_the_month_whose_rates_give_the_amount():
    claim = next(c for c in real_store().claims.itertuples() if c.claim_id == "trade-2024-gbp")
    assert verdict(Text(), claim) == "Confirmed at the average rates of September 2025"


def test_amounts_at_the_average_of_the_year_are_those_of_the_tables():
    # 56,148.7 ÷ 1.3699 = 40,987.4; × 0.782575 = 32,075.7.
    assert "US$41.0 billion" in CLAIMS["trade-2024-usd"]["explanation"]
    assert "£32.1 billion" in CLAIMS["trade-2024-gbp"]["explanation"]
    cad, gbp = (real_store().rates["A", currency]["2024-01-01"] for currency in ("CAD", "GBP"))
    assert (round(56.1487 / cad, 1), round(56.1487 / cad * gbp, 1)) == (41.0, 32.1)


# Figures that people quote. US$ million by hand: 334,492 + 503,110; 503,110 − 334,492; 411,770 − 350,606.
QUOTED = {
    "us-mexico-2024": (837.602, "close"),
    "us-deficit-mexico-2024": (168.618, "close"),
    "us-deficit-canada-2024": (61.164, "close"),
    # 595,938.794151 ÷ 780,794.738909 and 564,647.373789 ÷ 778,991.853048.
    "canada-exports-to-us-2024": (76.3246, "close"),
    "canada-exports-to-us-2025": (72.4844, "close"),
    # 618,306.5 + 609,648.6 + 45,030.4 ÷ 1.2957; 772,418.3 + 796,544.5 + 55,517.8 ÷ 1.3494.
    "trilateral-2018": (1262.7088, "close"),
    "trilateral-2023": (1610.1054, "differs"),
    # 762,376.0 + 837,602.0 + 56,148.7 ÷ 1.3699.
    "trilateral-2024": (1640.9654, "differs"),
}


@pytest.mark.parametrize(("figure", "expected"), QUOTED.items())
def test_quoted_figure_stands_beside_ours(figure, expected):
    row = real_store().quoted_figures.set_index("figure_id").loc[figure]
    assert row["check_value"] == pytest.approx(expected[0], abs=1e-4)
    assert row["verdict"] == expected[1]


def test_every_quoted_figure_is_expected_here():
    assert set(real_store().quoted_figures["figure_id"]) == set(QUOTED)


@pytest.mark.parametrize(("claim_id", "ours"), OURS.items())
def test_difference_is_the_claim_against_ours_in_per_cent(claim_id, ours):
    claimed = float(CLAIMS[claim_id]["value"])
    assert checked(claim_id)["difference_pct"] == pytest.approx((claimed - ours) / ours * 100, abs=1e-5)


@pytest.mark.parametrize(
    ("claim_id", "difference"),
    [("trade-2024-usd", 0.05), ("trade-2024-gbp", 0.10), ("implied-cad-gbp-2024", -0.09), ("trade-2024-cad", -0.26)],
)
def test_difference_computed_by_hand(claim_id, difference):
    assert round(checked(claim_id)["difference_pct"], 2) == difference


@pytest.mark.parametrize(
    ("claimed", "ours", "verdict"),
    [
        (56.0, 56.4, "confirmed"),
        (56.0, 56.6, "close"),
        (40.5, 40.54, "confirmed"),
        (40.5, 40.56, "close"),
        (95.0, 100.0, "close"),
        (94.9, 100.0, "differs"),
        (105.0, 100.0, "close"),
        (105.1, 100.0, "differs"),
        (3.0, 4.0, "differs"),
        (float("nan"), 1.0, ""),
        (1.0, float("nan"), ""),
    ],
)
def test_verdict_rule(claimed, ours, verdict):
    assert verdict_of(claimed, ours) == verdict
