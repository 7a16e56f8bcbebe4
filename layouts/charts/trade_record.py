"""Whose record a series of trade is, and the metadata of its numbers."""

from __future__ import annotations

import pandas as pd

from data.queries.measures import in_its_currency
from data.queries.records import Record
from data.queries.trade_series import TradeSeries
from data.selection import FLOWS
from layouts.components.metadata import Flows, Metadata, flow_name, trade_metadata
from layouts.components.source_line import SourceLine
from layouts.view import View
from layouts.wording import measures


def record_of(view: View, prices: int | None = None) -> Record:
    """Whose record the chosen series is, in the currency it is measured in."""
    asked = in_its_currency(view.selection)
    return Record(asked.reporter, asked.partner, asked.currency, prices=str(prices) if prices else "current")


def series_metadata(view: View, it: TradeSeries, record: Record, source: SourceLine) -> Metadata:
    """Metadata of the chosen series in the chosen measure."""
    _, chosen, measured = view.text, view.selection, it.measured
    flows = FLOWS if chosen.reported != "partner" else FLOWS[::-1]
    unit = measures.unit_of(measured, chosen, FLOWS)
    shown = Flows(
        [record],
        flows,
        computations=[*measures.computation(view, measured, unit), *worked_out(view, it)],
        statuses=statuses_of(it.table),
        rate=rate_line(view, it),
        definition=measures.definition(_, chosen, measured.base) if chosen.measure != "value" else "",
    )
    return trade_metadata(view, shown, source)


def worked_out(view: View, it: TradeSeries) -> list[str]:
    """How each shown value that was not published as such was worked out, as its reporter records it."""
    _ = view.text
    return [
        _(
            "{flow}, {period}: {computation} = {result} (million {currency})",
            flow=flow_name(_, r.flow),
            period=_.period(r.period, view.selection.frequency),
            computation=_.verbatim(r.computation),
            result=_.number(r.value_million),
            currency=_.currency(r.currency),
        )
        for r in it.worked_out.itertuples()
    ]


def statuses_of(table: pd.DataFrame) -> list[str]:
    """Codes of the statuses and derivations that occur in a table, and whether something is missing."""
    found = [c for flow in FLOWS if f"{flow}_status" in table for c in table[f"{flow}_status"].dropna().unique()]
    ways = [table[f"{flow}_derivation"] for flow in FLOWS if f"{flow}_derivation" in table]
    found += ["worked_out"] if any((way == "worked_out").any() for way in ways) else []
    found += ["missing"] if table[[f for f in FLOWS if f in table]].isna().any(axis=None) else []
    return list(dict.fromkeys(found))


def rate_line(view: View, it: TradeSeries) -> str:
    """Say at which rate the newest value was converted."""
    return rate_words(view, it.recorded, it.rate, it.table.index[-1])


def rate_words(view: View, recorded: str, rate: float, period: pd.Timestamp) -> str:
    """Say at which rate values of a currency of record were converted in a period; the rate may be unknown."""
    _, asked = view.text, in_its_currency(view.selection)
    if recorded == asked.currency:
        return _("Currency of record; nothing is converted.")
    if rate != rate:
        return _("Recorded in {currency}; converted at the average rate of each period.", currency=_.currency(recorded))
    return _(
        "Recorded in {currency}; converted at the average rate of each period, {period}: {rate} {code} per {record}.",
        currency=_.currency(recorded),
        period=_.period(period, asked.frequency),
        rate=_.number(rate, 4),
        code=_.verbatim(asked.currency),
        record=_.verbatim(recorded),
    )
