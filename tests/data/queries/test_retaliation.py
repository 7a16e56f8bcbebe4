"""The ledger of counter-tariffs: its sums, day by day, and the article's figures in it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from data.queries import retaliation
from tests.data.helpers import read_rows, real_store

# Read from the file with nothing but the standard library, so that an error of the code under test cannot hide.
LEDGER = {row["tranche_id"]: row for row in read_rows("retaliation.csv")}
FIRST, LAST = dt.date(2025, 2, 1), dt.date(2026, 10, 9)
EVERY_DAY = [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def charged_on(day: dt.date) -> dict[str, float]:
    """C$ billion of each tranche that is charged on a day, from the file."""
    return {
        tranche: float(row["amount_billion"])
        for tranche, row in LEDGER.items()
        if row["amount_billion"]
        and row["effective_from"]
        and row["effective_from"] <= day.isoformat()
        and not (row["effective_to"] and row["effective_to"] <= day.isoformat())
    }


def test_sum_in_force_equals_its_parts_on_every_day():
    changes = retaliation.in_force_by_day(real_store())
    daily = changes.reindex(pd.DatetimeIndex(EVERY_DAY), method="ffill")
    for day, (_moment, row) in zip(EVERY_DAY, daily.iterrows(), strict=True):
        expected = charged_on(day)
        assert {tranche: amount for tranche, amount in row.items() if amount} == pytest.approx(expected), day
        assert row.sum() == pytest.approx(sum(expected.values())), day


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        ("2025-02-04", 0),
        ("2025-03-03", 0),
        ("2025-03-04", 30),
        ("2025-03-12", 30),
        # 30 + 12.6 + 3.0 + 14.2
        ("2025-03-13", 59.8),
        ("2025-08-31", 59.8),
        # 12.6 + 3.0
        ("2025-09-01", 15.6),
        ("2026-09-07", 15.6),
        ("2026-09-08", 27.6),
        ("2026-10-09", 27.6),
    ],
)
def test_sum_in_force_worked_out_by_hand(day, amount):
    totals = retaliation.in_force_by_day(real_store()).sum(axis=1)
    assert totals[totals.index <= day].iloc[-1] == pytest.approx(amount)
    assert sum(charged_on(dt.date.fromisoformat(day)).values()) == pytest.approx(amount)


def test_every_total_of_the_ledger_equals_its_parts():
    parts = retaliation.parts(real_store())
    assert [part.status for part in parts] == ["in_force", "ended", "never_imposed", "threatened"]
    assert sum(len(part.rows) for part in parts) == len(LEDGER)
    for part in parts:
        own = {tranche: row for tranche, row in LEDGER.items() if row["status"] == part.status}
        assert set(part.rows["tranche_id"]) == set(own)
        amounts = [float(row["amount_billion"]) for row in own.values() if row["amount_billion"]]
        assert part.unknown == len(own) - len(amounts)
        assert part.cad == pytest.approx(sum(amounts) if amounts else float("nan"), nan_ok=True)
        for total, column in ((part.usd, "amount_usd_billion"), (part.share, "share_pct")):
            values = part.rows[column].dropna().to_list()
            assert total == pytest.approx(sum(values) if values else float("nan"), nan_ok=True)


# C$ in all; US$: 30 ÷ 1.4356 + (12.6 + 3.0 + 14.2) ÷ 1.4356 (both of March 2025); per cent of C$377.5039 billion.
@pytest.mark.parametrize(
    ("status", "cad", "usd", "share", "unknown"),
    [
        ("in_force", 27.6, 19.77, 7.31, 1),
        ("ended", 59.8, 41.65, 15.84, 0),
        ("never_imposed", 125.0, 87.42, 33.11, 0),
        ("threatened", float("nan"), float("nan"), float("nan"), 1),
    ],
)
def test_totals_of_the_ledger_worked_out_by_hand(status, cad, usd, share, unknown):
    (part,) = (part for part in retaliation.parts(real_store()) if part.status == status)
    found = [round(value, 2) for value in (part.cad, part.usd, part.share)]
    assert found == pytest.approx([cad, usd, share], nan_ok=True, abs=0.011)
    assert part.unknown == unknown


def test_what_is_in_force_on_the_last_day_is_the_total_of_the_ledger():
    (part,) = (part for part in retaliation.parts(real_store()) if part.status == "in_force")
    assert retaliation.in_force_by_day(real_store()).iloc[-1].sum() == pytest.approx(part.cad)


def test_the_answer_of_march_is_the_sum_the_minister_named():
    march = [float(row["amount_billion"]) for row in LEDGER.values() if row["effective_from"] == "2025-03-13"]
    assert sum(march) == pytest.approx(29.8)


def test_longest_lasting_tranches_come_first():
    assert list(retaliation.in_force_by_day(real_store()).columns) == [
        "can-surtax-2026",
        "can-aluminium-2025",
        "can-steel-2025",
        "can-first-list-2025",
        "can-other-goods-2025",
    ]


# The article's figures.


def test_the_amounts_of_the_article_are_traced_to_their_tranches():
    traced = {trace.said["value"]: trace for trace in retaliation.traces(real_store())}
    assert set(traced) == {30, 155}
    assert list(traced[30].tranches.index) == ["can-first-list-2025"]
    assert list(traced[155].tranches.index) == ["can-first-list-2025", "can-second-list-2025"]
    for amount, trace in traced.items():
        made_of = [float(LEDGER[tranche]["amount_billion"]) for tranche in trace.tranches.index]
        assert sum(made_of) == amount


# Article: 30 ÷ 20.6 and 155 ÷ 106; ours: the same amounts at the average of February 2025, 1.4299.
@pytest.mark.parametrize(
    ("amount", "article", "implied", "ours"), [(30, 20.6, 1.4563, 20.98), (155, 106, 1.4623, 108.4)]
)
def test_both_rates_of_the_amounts(amount, article, implied, ours):
    (trace,) = (trace for trace in retaliation.traces(real_store()) if trace.said["value"] == amount)
    assert trace.in_dollars["value"] == article
    assert trace.in_dollars["check_value"] == pytest.approx(ours, abs=0.01)
    assert trace.implied["value"] == implied == pytest.approx(amount / article, abs=5e-5)
    assert trace.implied["check_value"] == pytest.approx(1.4299, abs=5e-5)


def test_every_claim_that_names_an_amount_of_counter_tariffs_leads_to_tranches():
    store = real_store()
    named = {row["claim_id"] for row in read_rows("claims.csv") if row["claim_id"].startswith("retaliation-")}
    assert len(named) == 4
    for claim in named | {"implied-cad-usd-first-list", "implied-cad-usd-potential"}:
        assert len(retaliation.tranches_by_claim(store)[claim]) in (1, 2), claim
    assert not {"trade-2024-cad", "implied-cad-usd-2024"} & set(retaliation.tranches_by_claim(store))
