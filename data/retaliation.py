"""Counter-tariffs: the tranches in two currencies, the sum in force by day, and their weight in imports."""

from __future__ import annotations

import pandas as pd

from data.selection import LAST_DAY
from data.store import Store

START = pd.Timestamp("2025-02-01")
# The last complete year before the first tranche: the trade the lists were drawn from.
BASE_YEAR = 2024


def tranches(store: Store) -> pd.DataFrame:
    """Every tranche with its amount in both currencies and as a share of imports.

    Returns:
        The retaliation rows plus ``amount_usd_billion`` (at the average rate of the month it took effect or was
        announced), ``rate`` (C$ per US$) and its ``rate_source_id``, ``share_pct`` of Canada's imports from the
        United States in :data:`BASE_YEAR`; all missing where the amount is unknown.
    """
    rows = store.retaliation
    month = rows["effective_from"].fillna(rows["announced"]).dt.to_period("M").dt.to_timestamp()
    rate = month.map(store.rates["M", "CAD"]).where(rows["currency"] == "CAD")
    rates = store.exchange_rates
    monthly = rates[(rates["frequency"] == "M") & (rates["currency"] == "CAD")]
    sources = monthly.set_index("period")["source_id"]
    imports = base_imports_million(store) / 1000
    return rows.assign(
        rate=rate,
        rate_source_id=month.map(sources).where(rate.notna()),
        amount_usd_billion=rows["amount_billion"] / rate,
        share_pct=(rows["amount_billion"] / imports * 100).where(rows["currency"] == "CAD"),
    )


def base_imports_million(store: Store) -> float:
    """Canada's imports from the United States in the base year, C$ million, as Canada records them."""
    o = store.observations
    row = o[
        (o["reporter"] == "CAN")
        & (o["partner"] == "USA")
        & (o["flow"] == "import")
        & (o["frequency"] == "A")
        & (o["period"] == f"{BASE_YEAR}-01-01")
    ]
    return float(row["value_million"].iloc[0])


def ever_in_force(store: Store) -> pd.DataFrame:
    """Tranches that took effect, oldest first."""
    rows = tranches(store)
    return rows[rows["effective_from"].notna() & ~rows["status"].isin(["threatened", "never_imposed"])].sort_values(
        ["effective_from", "tranche_id"]
    )


def in_force_by_day(store: Store) -> pd.DataFrame:
    """Amount in force after each change, C$ billion, one column per tranche with a known amount.

    Returns:
        Indexed by the days on which the sum changes, from the first announcement to the end of the collection;
        a tranche counts from its first day to the day before it no longer applied.
    """
    rows = ever_in_force(store).dropna(subset="amount_billion")
    end = pd.Timestamp(LAST_DAY)
    days = pd.concat([rows["effective_from"], rows["effective_to"], pd.Series([START, end])]).dropna()
    days = pd.DatetimeIndex(sorted(set(days[days <= end])), name="day")
    amounts = {
        row.tranche_id: [
            row.amount_billion if row.effective_from <= d and not d >= row.effective_to else 0.0 for d in days
        ]
        for row in rows.itertuples()
    }
    return pd.DataFrame(amounts, index=days)


def announced_total(store: Store) -> float:
    """Canada's plan of 2 February 2025 in C$ billion: the first list and the second that was never imposed."""
    rows = store.retaliation.set_index("tranche_id")
    plan = rows[(rows["by"] == "CAN") & (rows["announced"] == "2025-02-02")]
    return float(plan["amount_billion"].sum())
