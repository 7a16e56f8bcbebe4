"""How settled the figures of a source are, year by year."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data.pipeline.derive import STATUS_ORDER
from data.store import Store


def by_year(store: Store, source_id: str) -> pd.Series:
    """The least settled status among the rows of a source in each year.

    Args:
        store: the tables.
        source_id: source of rows of the products or of the partner totals.

    Returns:
        Indexed by year.
    """
    asked = ("status by year", source_id)
    if asked not in store.memo:
        found = [table[table["source_id"] == source_id] for table in (store.products, store.partner_totals)]
        rows = pd.concat([rows[["period", "status"]].astype({"status": "object"}) for rows in found])
        level = rows["status"].map(STATUS_ORDER.index).groupby(rows["period"].dt.year).max()
        store.memo[asked] = level.map(dict(enumerate(STATUS_ORDER))).rename_axis("year")
    return store.memo[asked]


def of_years(store: Store, source_id: str, years: Iterable[int] | None = None) -> list[str]:
    """The statuses that occur in some years of a source, or in all of them; the most settled first."""
    known = by_year(store, source_id)
    found = set(known if years is None else known.reindex(list(years)).dropna())
    return [status for status in STATUS_ORDER if status in found]


def preliminary(store: Store, source_id: str, years: Iterable[int] | None = None) -> list[int]:
    """Those of some years of a source, or of all of them, that are not final; oldest first."""
    known = by_year(store, source_id)
    wanted = set(known.index if years is None else years)
    return sorted(int(year) for year, status in known.items() if status != "final" and year in wanted)
