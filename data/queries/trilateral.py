"""The flows among the three countries in one year, with all that a chart of them says."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from data.queries import trade
from data.queries.origin import Origin, bases_of, origin
from data.selection import Selection
from data.store import Store


@dataclass(frozen=True)
class TrilateralFlows:
    """Exports of each country to each of the others in ``year``.

    ``table`` has the columns of :func:`data.queries.trade.trilateral_flows`, in million units of the chosen currency.
    """

    year: int
    table: pd.DataFrame
    origin: Origin


def flows(store: Store, selection: Selection) -> TrilateralFlows | None:
    """The flows of the last complete chosen year; None where the chosen pair has no figures for it."""
    if selection.same_country or trade.headline(store, selection) is None:
        return None
    table = trade.trilateral_flows(store, selection)
    year = int(table["year"].iloc[0])
    rates = trade.rate_sources_for_year(store, table, year, selection.currency)
    known = table.dropna(subset="value")
    flow = ["export" if one.reporter == one.exporter else "import" for one in known.itertuples()]
    found = origin(store, known["source_id"], rates)
    return TrilateralFlows(year, table, replace(found, bases=bases_of(known.assign(flow=flow))))
