"""Announced, in law, realised: against values worked out by hand from the curated files, and for every choice."""

from __future__ import annotations

import datetime as dt
import math
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.queries import effective_rate
from data.queries.scenario import scenario
from tests.choosing import choose, coverage, read
from tests.data.helpers import read_rows, real_store

PARTNERS = ("CAN", "MEX")
MONTHS = [f"{year}-{month:02}-01" for year, month in [*((2025, m) for m in range(1, 13)), (2026, 1), (2026, 2)]]


def month(text: str) -> pd.Timestamp:
    return pd.Timestamp(f"{text}-01")


# The record of claims.


@pytest.mark.parametrize("partner", PARTNERS)
def test_chapters_add_up_to_the_imports_of_every_month(partner):
    totals = {r["period"]: r for r in read_rows("usmca_shares.csv") if r["partner"] == partner}
    assert sorted(totals) == MONTHS
    for column in ("value_million", "usmca_million"):
        sums = dict.fromkeys(MONTHS, 0.0)
        for row in read_rows("usmca_chapters.csv"):
            if row["partner"] == partner:
                sums[row["period"]] += float(row[column])
        assert sums == pytest.approx({p: float(r[column]) for p, r in totals.items()}, abs=1e-6)


@pytest.mark.parametrize("file", ["usmca_shares.csv", "usmca_chapters.csv"])
def test_no_more_is_claimed_than_is_imported(file):
    assert [r for r in read_rows(file) if float(r["usmca_million"]) > float(r["value_million"])] == []


@pytest.mark.parametrize(
    ("partner", "when", "share"),
    [("CAN", "2025-01", 34.5), ("CAN", "2026-02", 83.8), ("MEX", "2025-01", 45.3), ("MEX", "2026-02", 90.0)],
)
def test_share_with_a_claim_in_the_first_and_the_newest_month(partner, when, share):
    assert round(effective_rate.claims(real_store()).at[month(when), partner], 1) == share


def test_share_of_a_chapter_is_its_claims_over_its_imports():
    # Canadian mineral fuels in February 2026.
    row = next(
        r
        for r in read_rows("usmca_chapters.csv")
        if (r["partner"], r["period"], r["product_code"]) == ("CAN", "2026-02-01", "27")
    )
    found = effective_rate.chapters(real_store(), "CAN").shares.at["27", month("2026-02")]
    assert found == pytest.approx(float(row["usmca_million"]) / float(row["value_million"]) * 100)
    assert round(found, 1) == 77.9


def test_a_chapter_without_imports_has_no_share_rather_than_none_claimed():
    found = effective_rate.chapters(real_store(), "MEX")
    nothing = found.values.isna() | (found.values == 0)
    assert nothing.any(axis=None)
    assert found.shares.isna().equals(nothing)


@pytest.mark.parametrize("partner", PARTNERS)
def test_chapters_stand_in_the_order_of_their_imports(partner):
    sums = effective_rate.chapters(real_store(), partner).values.sum(axis=1)
    assert sums.is_monotonic_decreasing
    assert sums.index[0] == {"CAN": "27", "MEX": "84"}[partner]


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_jump_of_july_2025_is_in_nearly_all_chapters(partner):
    """What the page says of the record: of the 40 largest chapters most leap, though no rate changed that month."""
    shares = effective_rate.chapters(real_store(), partner).shares.head(40)
    rise = shares[month("2025-07")] - shares[month("2025-06")]
    open_to_rise = shares[month("2025-06")] < 80
    assert (rise[open_to_rise] > 10).mean() > 0.85
    others = effective_rate.claims(real_store())[partner].diff().drop(month("2025-07"))
    assert others.abs().max() < 18
    assert effective_rate.claims(real_store())[partner].diff()[month("2025-07")] > 28


# The estimate of the IEEPA tariff.


def imported(partner: str, when: str) -> dict[str, tuple[float, float]]:
    """Imports and imports with a claim of a month by chapter, from the file itself."""
    rows = read_rows("usmca_chapters.csv")
    mine = [r for r in rows if (r["partner"], r["period"][:7]) == (partner, when)]
    return {r["product_code"]: (float(r["value_million"]), float(r["usmca_million"])) for r in mine}


def by_hand(partner: str, when: str, general: float, energy: float, spared: float = 1, unspared: float = 0) -> float:
    """Rate × goods that pay, over all imports; ``spared`` and ``unspared`` are the days at them over those of a month.

    Chapter 27 pays the rate of energy, all others the general one.
    """
    goods = imported(partner, when)
    whole = sum(value for value, _claimed in goods.values())
    rate = {code: energy if code == "27" else general for code in goods}
    open_ = sum(rate[code] * (value - claimed) for code, (value, claimed) in goods.items()) / whole
    every = sum(rate[code] * value for code, (value, _claimed) in goods.items()) / whole
    return spared * open_ + unspared * every


@pytest.mark.parametrize(
    ("partner", "when", "expected"),
    [
        # 3 days without relief and 25 with it, of 31.
        ("CAN", "2025-03", by_hand("CAN", "2025-03", 25, 10, 25 / 31, 3 / 31)),
        ("MEX", "2025-03", (3 * 25 + 25 * 25 * (1 - 22987.785201 / 47159.831546)) / 31),
        ("CAN", "2025-07", by_hand("CAN", "2025-07", 25, 10)),
        ("CAN", "2025-08", by_hand("CAN", "2025-08", 35, 10)),
        ("MEX", "2025-08", 25 * (1 - 39108.966888 / 44714.849778)),
        # 23 of 28 days: the last day it was charged was 23 February.
        ("CAN", "2026-02", by_hand("CAN", "2026-02", 35, 10, 23 / 28)),
        ("MEX", "2026-02", 23 / 28 * 25 * (1 - 39120.26921 / 43490.462167)),
    ],
)
def test_estimate_of_a_month_by_hand(partner, when, expected):
    assert effective_rate.estimate(real_store(), partner).at[month(when), "estimate"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("partner", "when", "rounded"),
    [
        # Without a claim in January 2026, US$ million: 4,815.4, of them energy 2,134.8, of 28,032.1 imported:
        # (2,680.5 × 35 + 2,134.8 × 10) ÷ 28,039 = 4.1; at 35 for all it would be 6.0.
        ("CAN", "2026-01", 4.1),
        # At 25 for all goods it would be 10.7.
        ("CAN", "2025-06", 10.1),
        ("CAN", "2025-03", 10.7),
        ("MEX", "2025-12", 2.8),
    ],
)
def test_estimate_of_a_month_in_numbers(partner, when, rounded):
    assert round(effective_rate.estimate(real_store(), partner).at[month(when), "estimate"], 1) == rounded


@pytest.mark.parametrize("partner", PARTNERS)
def test_estimate_covers_the_months_of_the_duty_and_no_other(partner):
    table = effective_rate.estimate(real_store(), partner)
    assert [m.strftime("%Y-%m-%d") for m in table.index] == MONTHS[2:]
    assert table["days_charged"].sum() == (dt.date(2026, 2, 24) - dt.date(2025, 3, 4)).days
    assert table["days_without_relief"].to_list() == [3] + [0] * 11


@pytest.mark.parametrize("partner", PARTNERS)
def test_estimate_is_below_the_rate_and_above_nothing(partner):
    table = effective_rate.estimate(real_store(), partner)
    assert (table["estimate"] > 0).all()
    assert (table["estimate"] < table["rate"]).all()
    assert table["rate"].max() == {"CAN": 35, "MEX": 25}[partner]


@pytest.mark.parametrize("partner", PARTNERS)
@pytest.mark.parametrize("when", MONTHS)
def test_goods_of_all_rates_together_are_all_imports(partner, when):
    found = effective_rate.groups(real_store(), partner, pd.Timestamp(when))
    assert [group.scope for group in found] == {"CAN": ["general", "energy"], "MEX": ["general"]}[partner]
    assert sum(group.whole for group in found) == pytest.approx(100)
    share = effective_rate.claims(real_store()).at[pd.Timestamp(when), partner]
    assert sum(group.unclaimed for group in found) == pytest.approx(100 - share)


@pytest.mark.parametrize("partner", PARTNERS)
def test_last_day_with_an_estimate(partner):
    assert effective_rate.last_day(real_store(), partner) == dt.date(2026, 2, 23)


@pytest.mark.parametrize("partner", PARTNERS)
@pytest.mark.parametrize("when", MONTHS)
def test_runs_of_days_fill_the_month(partner, when):
    at = pd.Timestamp(when)
    runs = effective_rate.stretches(real_store(), partner, at)
    assert sum(run.days for run in runs) == at.days_in_month
    states = [(run.rate, run.usmca_exempt) for run in runs]
    assert all(before != after for before, after in pairwise(states))


# Announced and in law.


@pytest.mark.parametrize(
    ("partner", "day", "rate", "measure", "announced", "applies"),
    [
        ("CAN", "2025-02-10", 25, "border_duty", "2025-02-01", "2025-03-04"),
        # Announced for 4 March, and from 7 March with the goods under the USMCA exempt.
        ("CAN", "2025-03-06", 25, "border_duty", "2025-02-01", "2025-03-04"),
        ("CAN", "2025-07-09", 25, "border_duty", "2025-02-01", "2025-03-04"),
        # The letters of July 2025: Canada on the tenth, Mexico on the twelfth until it was kept at 25.
        ("CAN", "2025-07-10", 35, "border_duty", "2025-07-10", "2025-08-01"),
        ("CAN", "2025-07-31", 35, "border_duty", "2025-07-10", "2025-08-01"),
        ("MEX", "2025-07-11", 25, "border_duty", "2025-02-01", "2025-03-04"),
        ("MEX", "2025-07-31", 25, "border_duty", "2025-02-01", "2025-03-04"),
        ("MEX", "2025-08-01", 25, "border_duty", "2025-02-01", "2025-03-04"),
        ("CAN", "2026-02-21", 10, "surcharge_122", "2026-02-20", "2026-02-24"),
        ("MEX", "2026-10-09", 10, "forced_labour_301", "2026-07-23", "2026-07-24"),
    ],
)
def test_rate_announced_last(partner, day, rate, measure, announced, applies):
    said = effective_rate.announced(real_store(), partner, dt.date.fromisoformat(day))
    assert said is not None and said.applies_from is not None
    assert (said.rate, said.measure) == (rate, measure)
    assert (said.announced.isoformat(), said.applies_from.isoformat()) == (announced, applies)


@pytest.mark.parametrize("day", ["2025-07-12", "2025-07-30"])
def test_rate_of_the_letter_to_mexico_was_announced_and_never_applied(day):
    said = effective_rate.announced(real_store(), "MEX", dt.date.fromisoformat(day))
    assert said is not None
    assert (said.rate, said.announced, said.applies_from) == (30, dt.date(2025, 7, 12), None)


def test_nothing_was_announced_in_january_2025():
    assert effective_rate.announced(real_store(), "CAN", dt.date(2025, 1, 31)) is None
    assert effective_rate.rates_in_force(real_store(), "CAN", dt.date(2025, 1, 31)).empty


def test_law_by_measure_on_the_last_day_of_25_per_cent():
    law = effective_rate.rates_in_force(real_store(), "CAN", dt.date(2025, 7, 31)).set_index("measure")
    assert list(law.index) == ["border_duty", "autos_232", "auto_parts_232", "metals_232"]
    assert law.loc["border_duty", ["low", "high", "scopes"]].to_list() == [10, 25, 3]
    assert law.loc["metals_232", ["low", "high"]].to_list() == [50, 50]
    assert law["usmca_exempt"].to_dict() == {
        "border_duty": True,
        "autos_232": False,
        "auto_parts_232": True,
        "metals_232": False,
    }
    assert not law["ban"].any()


def test_law_names_bans_apart_from_rates():
    law = effective_rate.rates_in_force(real_store(), "CAN", coverage().last_day).set_index("measure")
    assert law["ban"].to_dict()["discrimination_338"]
    assert law.at["discrimination_338", "scopes"] == 3
    assert not effective_rate.rates_in_force(real_store(), "MEX", coverage().last_day)["ban"].any()


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(PARTNERS), st.dates(coverage().first_day, coverage().last_day))
def test_every_day_has_its_law_within_its_rows(partner, day):
    law = effective_rate.rates_in_force(real_store(), partner, day)
    said = effective_rate.announced(real_store(), partner, day)
    assert law["measure"].is_unique
    assert ((law["low"] <= law["high"]) | law["ban"]).all()
    assert said is None or said.announced <= day


def test_days_to_choose_from_hold_announcements_and_changes():
    days = effective_rate.days_of_change(real_store(), "CAN")
    assert {dt.date(2025, 2, 1), dt.date(2025, 3, 4), dt.date(2025, 7, 10), dt.date(2026, 2, 24)} <= set(days)
    assert days == sorted(set(days))
    assert days[-1] <= coverage().last_day


@pytest.mark.parametrize(
    ("country", "partner", "found"),
    [("CAN", "MEX", "CAN"), ("MEX", "CAN", "MEX"), ("USA", "MEX", "MEX"), ("CAN", "USA", "CAN"), ("USA", "CAN", "CAN")],
)
def test_whose_goods_are_shown(country, partner, found):
    assert effective_rate.partner_of(choose(reporter=country, partner=partner)) == found


# The supposed duty.


def imports_of(partner: str, *codes: str) -> float:
    file = {"CAN": "canada", "MEX": "mexico"}[partner]
    rows = read_rows(f"products/us_{file}_import.csv")
    return sum(
        float(r["value_million"])
        for r in rows
        if r["period"] == "2025-01-01" and (not codes or r["product_code"] in codes)
    )


def claims_of(partner: str, *codes: str) -> float:
    """Share with a claim from July 2025 on, per cent."""
    rows = [
        r
        for r in read_rows("usmca_chapters.csv")
        if r["partner"] == partner and r["period"] >= "2025-07-01" and (not codes or r["product_code"] in codes)
    ]
    return sum(float(r["usmca_million"]) for r in rows) / sum(float(r["value_million"]) for r in rows) * 100


@pytest.mark.parametrize(
    ("partner", "product", "codes"),
    [
        ("CAN", "", ()),
        ("MEX", "", ()),
        ("CAN", "XVII", ("86", "87", "88", "89")),
        ("MEX", "87", ("86", "87", "88", "89")),
        ("CAN", "V", ("25", "26", "27")),
    ],
)
def test_supposed_duty_by_hand(partner, product, codes):
    it = scenario(real_store(), choose(reporter="USA", partner=partner, currency="USD", product=product, rate=12.5))
    imports, share = imports_of(partner, *codes), claims_of(partner, *codes)
    assert it.imports == pytest.approx(imports)
    assert it.share == pytest.approx(share)
    assert it.duty == pytest.approx(imports * 0.125)
    assert it.duty_unclaimed == pytest.approx(imports * (1 - share / 100) * 0.125)


def test_supposed_duty_in_numbers():
    # US$382,960.3 million × 25 % = 95,740.1; × (1 − 0.870091) = 12,437.5.
    it = scenario(real_store(), choose(reporter="USA", partner="CAN", currency="USD"))
    assert round(it.imports, 1) == 382960.3
    assert round(it.duty, 1) == 95740.1
    assert it.duty_unclaimed == pytest.approx(12437.5, abs=1)


def test_share_of_the_supposed_duty_leaves_out_the_months_before_the_jump():
    it = scenario(real_store(), choose(partner="USA"))
    assert (it.first, it.last) == (month("2025-07"), month("2026-02"))


@pytest.mark.parametrize("currency", ["CAD", "USD", "MXN", "GBP"])
@pytest.mark.parametrize("partner", PARTNERS)
@pytest.mark.parametrize("product", ["", *coverage().sections])
def test_supposed_duty_holds_together_for_every_choice(partner, product, currency):
    it = scenario(real_store(), choose(reporter="USA", partner=partner, product=product, currency=currency, rate=25))
    assert it.duty == pytest.approx(it.imports / 4, nan_ok=True)
    assert math.isnan(it.share) or 0 <= it.share <= 100
    assert math.isnan(it.duty_unclaimed) or 0 <= it.duty_unclaimed <= it.duty


@pytest.mark.parametrize(
    ("written", "rate"), [("25", 25.0), ("12.5", 12.5), ("0", 0.0), ("200", 200.0), (" 7.25 ", 7.25), ("10.0", 10.0)]
)
def test_rate_is_read_from_the_address_and_written_to_it(written, rate):
    chosen, rejected = read(f"?rate={written}")
    assert (chosen.rate, rejected) == (rate, ())
    assert read(chosen.to_query()) == (chosen, ())
    assert chosen.to_query() == ("" if rate == 25 else f"?rate={rate:g}")


@pytest.mark.parametrize("written", ["", "200.01", "-5", "25%", "1e2", "nan", "12,5", "ten", "1.234", "٢٥"])
def test_rate_that_cannot_be_used_is_refused_with_what_can(written):
    chosen, rejected = read(f"?rate={written}&reporter=USA")
    assert chosen.rate == 25
    assert [(r.field, r.allowed) for r in rejected] == ([("rate", ("0", "200"))] if written else [])


# Disagreements.


def test_disagreements_that_readers_meet_are_listed():
    ids = {r["disagreement_id"] for r in read_rows("disagreements.csv")}
    assert {
        "border-duties-tracker",
        "border-duties-article",
        "canada-35",
        "mexico-usmca-order",
        "metals-numbers",
    } <= ids
    assert {"section-338-start", "end-of-border-duties", "usmca-share-jump"} <= ids


@pytest.mark.parametrize(
    ("disagreement", "tariff", "day"),
    [
        ("border-duties-tracker", "us-can-border-general-2025-03-04", "2025-03-04"),
        ("canada-35", "us-can-border-general-2025-08-01", "2025-08-01"),
        ("section-338-start", "us-can-338-dairy-2026-08-22", "2026-08-22"),
    ],
)
def test_choice_that_is_stated_is_the_one_the_tables_follow(disagreement, tariff, day):
    said = next(r for r in read_rows("disagreements.csv") if r["disagreement_id"] == disagreement)["choice"]
    row = next(r for r in read_rows("tariffs.csv") if r["tariff_id"] == tariff)
    assert row["effective_from"] == day
    assert f"{pd.Timestamp(day):%-d %B %Y}" in said


def test_figures_quoted_for_the_jump_are_those_of_the_record():
    rows = {(r["partner"], r["product_code"], r["period"][:7]): r for r in read_rows("usmca_chapters.csv")}
    share = {
        key: round(float(row["usmca_million"]) / float(row["value_million"]) * 100, 1)
        for key, row in rows.items()
        if key[:2] in {("CAN", "48"), ("MEX", "72")}
    }
    said = next(r for r in read_rows("disagreements.csv") if r["disagreement_id"] == "usmca-share-jump")["says_b"]
    assert f"{share['CAN', '48', '2025-06']} to {share['CAN', '48', '2025-07']}" in said
    assert f"{share['MEX', '72', '2025-06']} to {share['MEX', '72', '2025-07']}" in said
