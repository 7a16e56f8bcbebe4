"""Breaks: days from which figures are not quite what they were."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from data.store import Store


def in_span(
    store: Store,
    records: Collection[tuple[str, str]],
    start: pd.Timestamp,
    end: pd.Timestamp,
    leave_out: Collection[str] = (),
    series: Collection[str] = ("totals",),
) -> pd.DataFrame:
    """Breaks that touch the series of some records, in order of their days.

    Args:
        store: the tables.
        records: reporter and partner of each record that is shown.
        start: first instant shown; a break on it breaks nothing that is seen.
        end: last instant shown.
        leave_out: kinds not wanted, such as ``agreement`` where agreements are marked as events.
        series: what is shown of the records, in the words of the table: ``totals``, ``hs``, ``prices`` …

    Returns:
        Rows of the breaks table.
    """
    rows = store.breaks
    wanted = set(series)
    mine = [
        bool(wanted & set(row.series.split())) and any(_touches(row, *record) for record in records)
        for row in rows.itertuples()
    ]
    seen = (rows["date"] > start) & (rows["date"] <= end)
    chosen = rows[pd.Series(mine, rows.index, dtype=bool) & seen & ~rows["kind"].isin(leave_out)]
    return chosen.sort_values("date", kind="stable")


def _touches(row, reporter: str, partner: str) -> bool:
    """Whether a break concerns what one country records of its trade with another."""
    pair = "-".join(sorted((reporter, partner)))
    return _names(row.reporters, reporter) and _names(row.pairs, pair)


def _names(listed: str, one: str) -> bool:
    return listed == "all" or one in listed.split()
