"""Tariff intervals: what applies on a day, and the days on which something changes."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from data.selection import LAST_DAY, Selection
from data.store import Store


def between(store: Store, country: str, partner: str) -> pd.DataFrame:
    """Rows of the tariff table that one of the two countries imposes on the other, both directions."""
    t = store.tariffs
    forth = (t["imposer"] == country) & (t["target"] == partner)
    back = (t["imposer"] == partner) & (t["target"] == country)
    return t[forth | back]


def in_force(tariffs: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """Rows whose half-open interval contains a day.

    Raises:
        ValueError: the day lies after the end of the collection, where nothing is known.
    """
    if day > LAST_DAY:
        raise ValueError(f"not known after {LAST_DAY.isoformat()}")
    start, end = tariffs["effective_from"], tariffs["effective_to"]
    at = pd.Timestamp(day)
    return tariffs[(start <= at) & (end.isna() | (end > at)) & (tariffs["status"] != "never_applied")]


def change_days(tariffs: pd.DataFrame) -> list[dt.date]:
    """Days on which a row begins or ends, oldest first, up to the end of the collection."""
    applied = tariffs[tariffs["status"] != "never_applied"]
    days = pd.concat([applied["effective_from"], applied["effective_to"]]).dropna().dt.date
    return sorted({day for day in days if day <= LAST_DAY})


def neighbours(days: list[dt.date], day: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The change before a day and the change after it."""
    earlier = [d for d in days if d < day]
    later = [d for d in days if d > day]
    return (earlier[-1] if earlier else None), (later[0] if later else None)


def steps(store: Store, selection: Selection) -> pd.DataFrame:
    """Dated rows between the chosen pair for the step chart, ended at the end of the collection.

    Returns:
        The tariff rows with a start and a rate, with ``until`` (end of the row or of the collection) and
        ``open`` (whether it was still in force then), ordered so that each scope's rows follow each other.
    """
    rows = between(store, selection.country, selection.partner)
    rows = rows[rows["effective_from"].notna() & (rows["status"] != "never_applied")]
    rows = rows[rows["effective_from"] <= pd.Timestamp(LAST_DAY)]
    end = pd.Timestamp(LAST_DAY)
    until = rows["effective_to"].fillna(end).clip(upper=end)
    rows = rows.assign(until=until, open=rows["effective_to"].isna())
    first = rows.groupby(["imposer", "target", "measure", "product_scope"], observed=True)["effective_from"]
    return rows.assign(first=first.transform("min")).sort_values(
        ["imposer", "first", "measure", "product_scope", "effective_from"], ignore_index=True
    )
