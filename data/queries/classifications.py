"""Trade by product in classifications other than the Harmonized System: NAPCS, SITC, agri-food, a published top ten.

Each comes from one source with its own coverage; none is added to, or joined with, another.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.queries.currency import convert
from data.selection import Selection
from data.store import Store

NAPCS = "statcan-12-10-0175"
SITC = "unctad-matrix-sitc"
AGRIFOOD = "statcan-12-10-0173"
BACI = "baci-worldtradeflows"


def values(store: Store, source_id: str, currency: str) -> pd.DataFrame:
    """All rows of one source of the products table, converted at annual average rates.

    Returns:
        Columns of the products table with ``rate`` and ``value`` (million units of ``currency``).
    """
    asked = ("classification", source_id, currency)
    if asked not in store.memo:
        rows = store.products[store.products["source_id"] == source_id]
        labels = ["frequency", "reporter", "partner", "flow", "product_code", "currency", "status", "source_id"]
        store.memo[asked] = convert(rows.astype(dict.fromkeys(labels, "object")), store.rates, currency)
    return store.memo[asked]


def rate_sources(store: Store, source_id: str, currency: str, first: int, last: int) -> list[str]:
    """Ids of the sources of the rates that converted some years of one source; empty when nothing was converted."""
    rows = values(store, source_id, currency)
    recorded = set(rows["currency"])
    if recorded <= {currency}:
        return []
    rates = store.exchange_rates
    used = rates["currency"].isin({currency, *recorded}) & (rates["frequency"] == "A")
    used &= rates["period"].dt.year.between(first, last)
    return list(dict.fromkeys(rates[used].sort_values("period", ascending=False)["source_id"]))


@dataclass(frozen=True)
class Breakdown:
    """Canada's trade with the United States by NAPCS section in one year, and before.

    ``flow`` is as Canada records it: domestic_export or import. ``table`` is indexed by section, largest first, with
    ``value`` (million units of the chosen currency), ``share`` (per cent of all sections), ``before`` and ``growth``
    (per cent, on the year before; missing in the first year). ``history`` holds the values by year and section.
    """

    flow: str
    year: int
    asked: int
    table: pd.DataFrame
    history: pd.DataFrame


def napcs_flow(selection: Selection) -> str:
    """Name the chosen flow as Canada records it: what the United States exports, Canada imports."""
    return "domestic_export" if (selection.reporter == "CAN") == (selection.flow == "export") else "import"


def napcs(store: Store, selection: Selection) -> Breakdown:
    """Break the chosen flow between Canada and the United States down by section, in the last chosen year held."""
    flow = napcs_flow(selection)
    asked = ("napcs", flow, selection.currency)
    if asked not in store.memo:
        rows = values(store, NAPCS, selection.currency)
        store.memo[asked] = _by_year(rows[rows["flow"] == flow])
    history = store.memo[asked]
    year = min(max(selection.years[1], int(history.index[0])), int(history.index[-1]))
    value = history.loc[year]
    before = history.loc[year - 1] if year - 1 in history.index else value * float("nan")
    table = pd.DataFrame({"value": value, "share": value / value.sum() * 100, "before": before})
    table["growth"] = (table["value"] / table["before"] - 1) * 100
    return Breakdown(flow, year, selection.years[1], table.sort_values("value", ascending=False), history)


def _by_year(rows: pd.DataFrame) -> pd.DataFrame:
    wide = rows.pivot(index="period", columns="product_code", values="value")
    return wide.set_axis(wide.index.year, axis="index").rename_axis(index="year", columns=None)


def sitc_shares(store: Store) -> pd.DataFrame:
    """Share of each SITC section in each of the six flows, as the exporter reports it.

    Returns:
        Columns ``exporter``, ``importer``, ``year``, ``product_code``, ``value`` (million US$) and ``share``
        (per cent of the flow of the year).
    """
    asked = ("sitc shares",)
    if asked not in store.memo:
        rows = values(store, SITC, "USD")
        table = pd.DataFrame(
            {
                "exporter": rows["reporter"],
                "importer": rows["partner"],
                "year": rows["period"].dt.year,
                "product_code": rows["product_code"],
                "value": rows["value"],
            }
        )
        whole = table.groupby(["exporter", "importer", "year"])["value"].transform("sum")
        store.memo[asked] = table.assign(share=table["value"] / whole * 100).reset_index(drop=True)
    return store.memo[asked]


def agrifood(store: Store, selection: Selection) -> pd.DataFrame:
    """Canada's agri-food trade with its partner of the chosen pair, over the chosen years.

    Returns:
        Indexed by ``period``; ``export`` and ``import`` seen from Canada (million units of the chosen currency) and
        their ``<flow>_status``. Empty when the pair or the years are not held.
    """
    pair = {selection.reporter, selection.partner}
    # With any other reporter nothing is held, and no row bears Canada as its own partner.
    partner = next(iter(pair - {"CAN"})) if "CAN" in pair and len(pair) == 2 else "CAN"
    asked = ("agrifood", partner, selection.currency)
    if asked not in store.memo:
        rows = values(store, AGRIFOOD, selection.currency)
        rows = rows[rows["partner"] == partner]
        wide = rows.pivot(index="period", columns="flow", values="value").reindex(columns=["export", "import"])
        statuses = rows.pivot(index="period", columns="flow", values="status").reindex(columns=["export", "import"])
        store.memo[asked] = wide.join(statuses.add_suffix("_status")).rename_axis(columns=None)
    whole = store.memo[asked]
    return whole[(whole.index.year >= selection.years[0]) & (whole.index.year <= selection.years[1])]


def baci(store: Store, selection: Selection) -> pd.DataFrame:
    """The ten largest products of Canada's exports to Mexico in 2023, reconciled from both countries' records.

    Returns:
        Rows of :func:`values`, largest first.
    """
    return values(store, BACI, selection.currency).sort_values("value", ascending=False, ignore_index=True)
