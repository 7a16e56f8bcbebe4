"""Conversion at the average rate of the period, and the rate that was used."""

from __future__ import annotations

import pandas as pd


def rates_for(rates: pd.DataFrame, frequency: str, currency: str) -> pd.Series:
    """Price of one US dollar in ``currency`` by period; empty for the dollar itself."""
    chosen = rates[(rates["frequency"] == frequency) & (rates["currency"] == currency)]
    return chosen.set_index("period")["units_per_usd"].sort_index()


def convert(rows: pd.DataFrame, rates: pd.DataFrame, to: str) -> pd.DataFrame:
    """Add ``value`` (million units of ``to``) and ``rate`` (units of ``to`` per unit of the row's currency).

    A row in its own currency keeps its value exactly. A period without a rate gets a missing value, never a guess.

    Args:
        rows: observations of one frequency with ``period``, ``currency``, ``value_million``.
        rates: the exchange rate table (units per US$).
        to: target currency, ISO 4217.
    """
    frequency = rows["frequency"].iloc[0] if len(rows) else "A"
    rate = _per_usd(rows["period"], rates, frequency, to)
    for currency in rows["currency"].unique():
        mine = rows["currency"] == currency
        if currency == to:
            rate[mine] = 1.0
        else:
            rate[mine] = rate[mine] / _per_usd(rows.loc[mine, "period"], rates, frequency, currency)
    return rows.assign(rate=rate, value=rows["value_million"] * rate)


def _per_usd(periods: pd.Series, rates: pd.DataFrame, frequency: str, currency: str) -> pd.Series:
    if currency == "USD":
        return pd.Series(1.0, index=periods.index)
    return periods.map(rates_for(rates, frequency, currency)).astype("float64")
