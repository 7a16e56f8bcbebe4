"""A pair's trade over time with all that a chart of it says: values, events, breaks, sources, rates."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from data.queries import breaks, events, measures, trade
from data.queries.measures import Measured, in_its_currency
from data.queries.origin import Origin, origin, origin_of_rows
from data.queries.span import span_of
from data.selection import FLOWS, Selection
from data.store import Store


@dataclass(frozen=True)
class TradeSeries:
    """Exports, imports and what is derived from them, over the periods of the choice that are on record.

    ``measured`` holds the table (see :class:`data.queries.measures.Measured`); ``apart`` names the flows of which
    single years are on record; ``lost`` those that have values but none in this measure. ``happened`` are rows of
    the events table and ``broken`` of the breaks table within the span. ``worked_out`` are the observations that
    were computed from printed figures. ``recorded`` is the currency of the record; ``rate`` is units of the chosen
    currency per unit of it in the newest period, missing where none was needed or is known; ``converted`` whether
    any value was converted. ``held`` is the first and last period of values in the chosen years. ``apart_by_rates`` is
    how far a converted year and the sum of its months lie apart at most, per cent.
    """

    measured: Measured
    apart: frozenset[str]
    lost: tuple[str, ...]
    happened: pd.DataFrame
    broken: pd.DataFrame
    origin: Origin
    worked_out: pd.DataFrame
    recorded: str
    rate: float
    converted: bool
    held: tuple[pd.Timestamp, pd.Timestamp]
    apart_by_rates: float

    @property
    def table(self) -> pd.DataFrame:
        """Values by period."""
        return self.measured.table


def flows(store: Store, selection: Selection) -> TradeSeries | None:
    """Exports and imports in the chosen measure; None where there is nothing to draw."""
    measured = _measured(store, selection)
    if measured is None:
        return None
    return _with_facts(store, selection, measured)


def own_flows(store: Store, selection: Selection) -> TradeSeries | None:
    """Values as the reporter itself records them, whatever measure and record are chosen."""
    return flows(store, own_values(selection))


def own_values(selection: Selection) -> Selection:
    """The choice of the reporter's own record, in values."""
    return replace(selection, reported="country", measure="value", base=None)


def balance(store: Store, selection: Selection) -> TradeSeries | None:
    """Exports less imports, beside values only; None where fewer than two periods know both."""
    measured = _measured(store, selection) if selection.measure == "value" else None
    # One year is no course of a balance; the chart of flows and its table have it.
    if measured is None or measured.table["balance"].notna().sum() < 2:
        return None
    return _beside_values(store, selection, measured, ["balance"])


def growth(store: Store, selection: Selection) -> TradeSeries | None:
    """Change on the same period a year earlier in per cent, beside values only; None where none is known."""
    if selection.measure != "value":
        return None
    chosen = replace(selection, measure="growth")
    measured = _measured(store, chosen)
    if measured is None or measured.table[list(FLOWS)].isna().all(axis=None):
        return None
    return _beside_values(store, chosen, measured, list(FLOWS))


def of_table(store: Store, selection: Selection, table: pd.DataFrame) -> TradeSeries:
    """The facts about a part of a series of values, such as the months around an event."""
    return _with_facts(store, selection, Measured(table))


def _measured(store: Store, selection: Selection) -> Measured | None:
    if selection.same_country or selection.reported == "both":
        return None
    measured = measures.measure(store, selection)
    return None if measured.why_not else measured


def _beside_values(store: Store, selection: Selection, measured: Measured, columns: list[str]) -> TradeSeries:
    """The periods from the first to the last in which one of the columns is known."""
    known = measured.table[columns].dropna(how="all").index
    table = measured.table.loc[known[0] : known[-1]]
    return _with_facts(store, selection, replace(measured, table=table))


def origin_of_year(store: Store, selection: Selection, year: int) -> Origin:
    """Sources and bases of the figures of one year, as the reporter itself records them."""
    rows = trade.records(store, replace(selection, freq="annual"))
    return origin_of_rows(store, [rows[rows["period"].dt.year == year]], selection.currency)


# What a value is made of beside that of its own period: the months before it.
MONTHS_BEFORE = {"growth": 12, "rolling": 11}


def _origin(store: Store, selection: Selection, measured: Measured) -> Origin:
    """Sources of the figures that are drawn, and of those they are computed from."""
    if selection.measure == "share":
        return origin(store, measured.source_ids)
    rows = trade.records(store, in_its_currency(selection))
    swap = {"export": "import", "import": "export"} if selection.reported == "partner" else {}
    shown = [swap.get(flow, flow) for flow in FLOWS if measured.table[flow].notna().any()]
    rows = rows[rows["flow"].isin(shown)]
    first, last = measured.table.index[0], measured.table.index[-1]
    drawn = rows["period"].between(first - pd.DateOffset(months=MONTHS_BEFORE.get(selection.measure, 0)), last)
    if selection.measure in ("index", "compound"):
        drawn |= rows["period"].dt.year == measured.base
    return origin_of_rows(store, [rows[drawn]], in_its_currency(selection).currency, measured.source_ids)


def _with_facts(store: Store, selection: Selection, measured: Measured) -> TradeSeries:
    asked, table = selection.as_reported(), measured.table
    start, end = span_of(table.index, selection.frequency)
    rows = trade.records(store, asked)
    computed = rows[rows["computation"].notna() & rows["period"].dt.year.between(*asked.years)]
    valued = trade.series_as_reported(store, selection)[list(FLOWS)].dropna(how="all").index
    in_currency = trade.records(store, in_its_currency(selection))
    rate = in_currency.loc[in_currency["period"] == table.index[-1], "rate"].dropna()
    return TradeSeries(
        measured=measured,
        apart=trade.isolated_flows(store, selection),
        lost=tuple(flow for flow in FLOWS if _is_lost(store, selection, table, flow)),
        happened=events.marked(store, selection, start, end),
        broken=_breaks(store, selection, start, end),
        origin=_origin(store, selection, measured),
        worked_out=computed,
        recorded=store.coverage.currency_of_record[asked.reporter],
        rate=float(rate.iloc[0]) if len(rate) else float("nan"),
        converted=bool(trade.rate_sources(store, asked)),
        held=(valued[0], valued[-1]) if len(valued) else (table.index[0], table.index[-1]),
        apart_by_rates=trade.apart_by_rates(store, selection),
    )


def _is_lost(store: Store, selection: Selection, table: pd.DataFrame, flow: str) -> bool:
    """Whether a flow has values but none in this measure."""
    return bool(table[flow].isna().all()) and bool(trade.series_as_reported(store, selection)[flow].notna().any())


def _breaks(store: Store, selection: Selection, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Breaks of the chosen record; agreements are left to the events where these are marked."""
    asked = selection.as_reported()
    prices = ["prices"] if selection.measure == "constant" and selection.freq != "annual" else []
    return breaks.in_span(
        store,
        [(asked.reporter, asked.partner)],
        start,
        end,
        leave_out=("agreement",) if selection.marks in ("main", "all", "agreement") else (),
        series=["totals", *prices],
    )
