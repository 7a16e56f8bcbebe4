"""Events: filtered for the timeline, chosen for the charts."""

from __future__ import annotations

import pandas as pd

from data.selection import Selection
from data.store import Store
from data.years import Years


def timeline(store: Store, selection: Selection) -> pd.DataFrame:
    """Events that touch the chosen countries in the chosen years and category, newest first."""
    e = _of_either(store, selection)
    span = Years.of(selection.years)
    # A selection that runs to the last complete year still means "until now" for events.
    end = max(span.end, e["date"].max()) if selection.years == selection.defaults().years else span.end
    chosen = e[e["date"].between(span.start, end)]
    if selection.category != "all":
        chosen = chosen[chosen["category"] == selection.category]
    return chosen.sort_values(["date", "rank", "event_id"], ascending=[False, True, True])


def latest(store: Store, selection: Selection, count: int = 3) -> pd.DataFrame:
    """The newest important events, whatever their category."""
    e = _of_either(store, selection)
    return e[e["rank"] <= 2].sort_values(["date", "event_id"], ascending=False).head(count)


def marked(store: Store, selection: Selection, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Events to mark on a time axis, oldest first: those the reader chose that concern the pair.

    The key events are the events of the first rank; a category gives its first two ranks. An event of which
    only the year is known has no place on the axis.
    """
    return store.remember(_marked, selection, start, end)


def _marked(store: Store, selection: Selection, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    e = of_pair(store, selection)
    wanted = {
        "main": e["rank"] == 1,
        "none": e["rank"] < 1,
        "all": e["rank"] <= 2,
    }.get(selection.marks, (e["rank"] <= 2) & (e["category"] == selection.marks))
    placed = e["date"].between(start, end) & (e["date_precision"] != "year")
    return e[wanted & placed].sort_values(["date", "event_id"])


def of_pair(store: Store, selection: Selection) -> pd.DataFrame:
    """Events that concern the trade of the chosen pair.

    What touches either country does, but for what the country whose tariffs are followed has with a third alone.
    """
    either, importer = _of_either(store, selection), store.coverage.claims.importer
    others = {selection.reporter, selection.partner} - {importer}
    if len(others) == 2:
        return either
    concerned = either["countries"].map(lambda codes: bool(others & set(codes.split())) or codes == importer)
    return either[concerned]


def _of_either(store: Store, selection: Selection) -> pd.DataFrame:
    chosen = {selection.reporter, selection.partner}
    return store.events[store.events["countries"].map(lambda codes: bool(chosen & set(codes.split())))]
