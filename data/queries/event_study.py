"""Trade before and after an event: each month against the same month a year earlier, which takes the seasons out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from data.queries import events, trade, trade_series
from data.queries.trade_series import TradeSeries
from data.selection import Selection
from data.store import Store

YEAR = pd.DateOffset(months=12)
SHOWN = ("export", "import", "total")
# Windows of at most a year, so that no month is compared with one on the other side of the event twice.
LONGEST, SHORTEST = 12, 3
# Trade is called brought forward when the last months before grew so many points faster than those before them.
RUSH_MONTHS, RUSH_POINTS = 3, 10.0


@dataclass(frozen=True)
class Window:
    """Consecutive months: their sum, that of the same months a year earlier, and the change in per cent.

    ``now`` and ``earlier`` are million units of the currency of record, and ``growth`` is of these, so that no exchange
    rate moves it and a reader who divides arrives at it. Each is indexed by export, import and total; a missing month
    makes its sum unknown.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    now: pd.Series
    earlier: pd.Series
    growth: pd.Series

    @property
    def months(self) -> int:
        """Length in months."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1


@dataclass(frozen=True)
class Around:
    """The months before and after a day, ``table`` being the monthly series from a year before the first window.

    ``rush`` and ``calm`` are the last three months before and the months of the window before those.
    """

    day: pd.Timestamp
    table: pd.DataFrame
    before: Window
    after: Window
    rush: Window
    calm: Window

    def brought_forward(self) -> list[str]:
        """Flows that grew much faster in the last months before the day than in the months before those."""
        points = self.rush.growth - self.calm.growth
        return [flow for flow in ("export", "import") if points[flow] >= RUSH_POINTS]


def around(store: Store, selection: Selection, day: pd.Timestamp, day_known: bool = True) -> Around | None:
    """Compare the months after a day with those before it, each with the same months a year earlier.

    The month of the day counts as after when the day is its first, and otherwise belongs to neither side; so does
    the month of an event of which no more than the month is known.

    Returns:
        None when fewer than three months are on record after the day, or the year before it is not.
    """
    whole = trade.full_series_as_reported(store, replace(selection, freq="monthly"))
    values = whole[list(SHOWN)]
    recorded = _as_recorded(store, selection)
    found = _spans(_known(values), day, day_known)
    if found is None:
        return None
    (first, end), (start, last) = found
    rush_start = end - pd.DateOffset(months=RUSH_MONTHS - 1)
    return Around(
        day,
        whole.loc[first - pd.DateOffset(months=12) : last],
        window(recorded, first, end),
        window(recorded, start, last),
        window(recorded, rush_start, end),
        window(recorded, first, rush_start - pd.DateOffset(months=1)),
    )


def _as_recorded(store: Store, selection: Selection) -> pd.DataFrame:
    currency = store.coverage.currency_of_record[selection.as_reported().reporter]
    return trade.full_series_as_reported(store, replace(selection, freq="monthly", currency=currency))[list(SHOWN)]


def _known(values: pd.DataFrame) -> pd.DatetimeIndex:
    return values.dropna(subset=["export", "import"]).index


Months = tuple[pd.Timestamp, pd.Timestamp]


def _spans(known: pd.DatetimeIndex, day: pd.Timestamp, day_known: bool) -> tuple[Months, Months] | None:
    """First and last month before the day, and after it; None where the record is too short on either side."""
    month = day.to_period("M").to_timestamp()
    start = month if day.day == 1 and day_known else month + pd.DateOffset(months=1)
    end = month - pd.DateOffset(months=1)
    if known.empty or start > known[-1]:
        return None
    length = min(LONGEST, (known[-1].year - start.year) * 12 + known[-1].month - start.month + 1)
    first = end - pd.DateOffset(months=LONGEST - 1)
    if length < SHORTEST or first - pd.DateOffset(months=12) < known[0]:
        return None
    return (first, end), (start, start + pd.DateOffset(months=length - 1))


def window(recorded: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> Window:
    """Sum the recorded months from first to last and the same months a year earlier."""
    now, earlier = _sum(recorded, first, last), _sum(recorded, first - YEAR, last - YEAR)
    return Window(first, last, now, earlier, (now / earlier - 1) * 100)


def _sum(values: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.Series:
    return values.loc[first:last].sum(skipna=False)


def others(store: Store, selection: Selection, found: Around, event_id: str) -> pd.DataFrame:
    """Other events of the first two ranks between the two windows' ends that concern the pair."""
    e = events.of_pair(store, selection)
    near = e["date"].between(found.before.first, found.after.last + pd.offsets.MonthEnd())
    placed = (e["date_precision"] != "year") & (e["rank"] <= 2) & (e["event_id"] != event_id)
    return e[near & placed].sort_values(["date", "event_id"])


def comparable(store: Store, selection: Selection) -> pd.DataFrame:
    """Events whose day or month is known and around which the chosen record can be compared, newest first."""
    e = events.of_pair(store, selection)
    mine = e[e["date_precision"] != "year"].sort_values(["date", "event_id"], ascending=False)
    known = _known(trade.full_series_as_reported(store, replace(selection, freq="monthly")))
    can = [
        _spans(known, day, precision == "day") is not None
        for day, precision in zip(mine["date"], mine["date_precision"], strict=True)
    ]
    return mine[can]


@dataclass(frozen=True)
class EventStudy:
    """The months around one event: the event (one row of its table), the comparison, and the series behind it."""

    event: pd.DataFrame
    found: Around
    series: TradeSeries


def by_month(selection: Selection) -> Selection:
    """The choice that an event study shows: months and values, of one record."""
    reported = "partner" if selection.reported == "partner" else "country"
    return replace(selection, freq="monthly", measure="value", base=None, reported=reported)


def study(store: Store, selection: Selection) -> EventStudy | None:
    """Compare around the chosen event; None where there is no such event, no day or no months for it."""
    event = store.events[store.events["event_id"] == selection.around]
    if selection.same_country or event.empty or event["date_precision"].iloc[0] == "year":
        return None
    found = around(store, selection, event["date"].iloc[0], event["date_precision"].iloc[0] == "day")
    if found is None:
        return None
    spanned = replace(selection, years=(found.table.index[0].year, found.table.index[-1].year))
    return EventStudy(event, found, trade_series.of_table(store, spanned, found.table))
