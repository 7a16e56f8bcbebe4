"""Conversion at the average rate of the period, and the rate that was used."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from data.schema.columns import RATE_CURRENCY
from data.store import Store


def convert(rows: pd.DataFrame, rates: dict[tuple[str, str], pd.Series], to: str) -> pd.DataFrame:
    """Add ``value`` (million units of ``to``) and ``rate`` (units of ``to`` per unit of the row's currency).

    A row in its own currency keeps its value exactly. A period without a rate gets a missing value, never a guess.

    Args:
        rows: observations of one frequency and one currency with ``frequency``, ``period``, ``currency``,
            ``value_million``.
        rates: units per US$ by frequency and currency, as :attr:`data.store.Store.rates` has them.
        to: target currency, ISO 4217.

    Raises:
        ValueError: the rows mix frequencies or currencies.
    """
    if rows.empty:
        return rows.assign(rate=0.0, value=0.0)
    if rows["frequency"].nunique() > 1 or rows["currency"].nunique() > 1:
        raise ValueError("rows of one frequency and one currency are converted at a time")
    frequency, recorded = str(rows["frequency"].iloc[0]), str(rows["currency"].iloc[0])
    if recorded == to:
        return rows.assign(rate=1.0, value=rows["value_million"])
    rate = _per_usd(rows["period"], rates, frequency, to) / _per_usd(rows["period"], rates, frequency, recorded)
    return rows.assign(rate=rate, value=rows["value_million"] * rate)


def _per_usd(periods: pd.Series, rates: dict[tuple[str, str], pd.Series], frequency: str, currency: str) -> pd.Series:
    if currency == RATE_CURRENCY:
        return pd.Series(1.0, index=periods.index)
    return periods.map(rates[frequency, currency]).astype("float64")


def rate_source_ids(
    store: Store, recorded: Collection[str], to: str, frequency: str, periods: Sequence[pd.Timestamp] | pd.Series
) -> list[str]:
    """Ids of the sources of the rates that convert some periods, newest first; empty where nothing is converted.

    Args:
        store: the tables.
        recorded: currencies of the record.
        to: target currency.
        frequency: A or M.
        periods: first days of the periods.
    """
    if set(recorded) <= {to}:
        return []
    rates = store.exchange_rates
    used = rates["currency"].isin({to, *recorded}) & (rates["frequency"] == frequency) & rates["period"].isin(periods)
    return list(dict.fromkeys(rates[used].sort_values("period", ascending=False)["source_id"]))
