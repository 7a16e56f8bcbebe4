"""Breaks: days from which figures are not quite what they were."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from data.store import Store


def in_span(
    store: Store,
    reporters: Collection[str],
    start: pd.Timestamp,
    end: pd.Timestamp,
    leave_out: Collection[str] = (),
    prices: bool = False,
) -> pd.DataFrame:
    """Breaks that concern the records of some reporters, in order of their days.

    Args:
        store: the tables.
        reporters: countries whose records are shown.
        start: first instant shown; a break on it breaks nothing that is seen.
        end: last instant shown.
        leave_out: kinds not wanted, such as ``agreement`` where agreements are marked as events.
        prices: whether consumer prices take part in the figures.

    Returns:
        Rows of the breaks table.
    """
    rows = store.breaks
    wanted = {"all", *reporters, *(["prices"] if prices else [])}
    mine = rows["applies_to"].map(lambda codes: bool(wanted & set(codes.split())))
    seen = (rows["date"] > start) & (rows["date"] <= end)
    return rows[mine & seen & ~rows["kind"].isin(leave_out)].sort_values("date", kind="stable")
