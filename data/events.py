"""Events: filtered for the timeline, chosen for the charts."""

from __future__ import annotations

import pandas as pd

from data.selection import Selection
from data.store import Store


def timeline(store: Store, selection: Selection) -> pd.DataFrame:
    """Events that touch the chosen countries in the chosen years and category, newest first."""
    e = store.events
    touched = e["countries"].str.split(" ").map({selection.country, selection.partner}.intersection).astype(bool)
    first, last = selection.years
    # An annual selection that runs to the last complete year still means "until now" for events.
    last = max(last, e["date"].dt.year.max()) if selection.years == selection.defaults().years else last
    chosen = e[touched & e["date"].dt.year.between(first, last)]
    if selection.category != "all":
        chosen = chosen[chosen["category"] == selection.category]
    return chosen.sort_values(["date", "rank", "event_id"], ascending=[False, True, True])


def latest(store: Store, selection: Selection, count: int = 3) -> pd.DataFrame:
    """The newest important events, whatever their category."""
    e = store.events
    touched = e["countries"].str.split(" ").map({selection.country, selection.partner}.intersection).astype(bool)
    return e[touched & (e["rank"] <= 2)].sort_values(["date", "event_id"], ascending=False).head(count)


def turning_points(store: Store, selection: Selection, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Events of the first rank that touch the chosen countries, for marks on a time axis, oldest first."""
    e = store.events
    touched = e["countries"].str.split(" ").map({selection.country, selection.partner}.intersection).astype(bool)
    return e[touched & (e["rank"] == 1) & e["date"].between(start, end)].sort_values(["date", "event_id"])
