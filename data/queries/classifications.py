"""Trade by product in classifications other than the Harmonized System: NAPCS, SITC, agri-food, a published top ten.

Each comes from one source with its own coverage; none is added to, or joined with, another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.queries.currency import convert
from data.queries.origin import Origin, origin
from data.queries.settled import least_settled, least_settled_each
from data.schema.columns import RATE_CURRENCY
from data.selection import FLOWS, Selection
from data.store import Store

NAPCS = "statcan-12-10-0175"
SITC = "unctad-matrix-sitc"
AGRIFOOD = "statcan-12-10-0173"
BACI = "baci-worldtradeflows"
# Values by SITC section are shown as the source gives them.
SITC_CURRENCY = RATE_CURRENCY


def values(store: Store, source_id: str, currency: str) -> pd.DataFrame:
    """All rows of one source of the products table, converted at annual average rates.

    Returns:
        Columns of the products table with ``rate`` and ``value`` (million units of ``currency``).
    """
    return store.remember(_values, source_id, currency)


def _values(store: Store, source_id: str, currency: str) -> pd.DataFrame:
    rows = store.products[store.products["source_id"] == source_id]
    labels = ["frequency", "reporter", "partner", "flow", "product_code", "currency", "status", "source_id"]
    return convert(rows.astype(dict.fromkeys(labels, "object")), store.rates, currency)


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


def product_names(store: Store, scheme: str) -> dict[str, str]:
    """English names of the products of a classification by code."""
    rows = store.product_names[store.product_names["product_scheme"] == scheme]
    return dict(zip(rows["product_code"], rows["name_en"], strict=True))


@dataclass(frozen=True)
class Facts:
    """What every chart of a classification says of its figures.

    ``reporter`` keeps the record of trade with ``partner`` in the currency ``recorded``. ``names`` are English names
    of products by code.
    """

    reporter: str
    partner: str
    recorded: str
    names: Mapping[str, str]
    origin: Origin


def _facts(store: Store, rows: pd.DataFrame, currency: str) -> Facts:
    """Facts about rows of one source and one pair."""
    first = rows.iloc[0]
    years = rows["period"].dt.year
    rates = store.remember(rate_sources, first["source_id"], currency, int(years.min()), int(years.max()))
    return Facts(
        reporter=str(first["reporter"]),
        partner=str(first["partner"]),
        recorded=str(first["currency"]),
        names=store.remember(product_names, str(first["product_scheme"])),
        origin=origin(store, [first["source_id"]], rates),
    )


def _of_pair(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The rows of the two chosen countries, whichever of them reports."""
    pair = [selection.reporter, selection.partner]
    return rows[rows["reporter"].isin(pair) & rows["partner"].isin(pair)]


@dataclass(frozen=True)
class Sections:
    """One flow of a pair by NAPCS section in one year, and in all that are held.

    ``flow`` is as its reporter records it: domestic_export or import. ``asked`` is the last chosen year, ``year`` the
    nearest one held. ``series`` is that of :func:`napcs_series`; ``table`` its rows of the year, indexed by section,
    the largest first.
    """

    facts: Facts
    flow: str
    year: int
    asked: int
    table: pd.DataFrame
    series: pd.DataFrame

    @property
    def years(self) -> list[int]:
        """The years held, in order."""
        return sorted(int(year) for year in self.series["period"].dt.year.unique())

    def wide(self, column: str = "value") -> pd.DataFrame:
        """A column of the series by year and section."""
        by_year = self.series.assign(year=self.series["period"].dt.year)
        return by_year.pivot(index="year", columns="product_code", values=column).rename_axis(columns=None)


def napcs(store: Store, selection: Selection) -> Sections | None:
    """Break the chosen flow down by section, in the last chosen year held; None for a pair that is not held."""
    rows = _of_pair(values(store, NAPCS, selection.currency), selection)
    if rows.empty:
        return None
    facts = _facts(store, rows, selection.currency)
    # What the reporter of the record buys, the other side calls its exports.
    own = (selection.reporter == facts.reporter) == (selection.flow == "export")
    flow = "domestic_export" if own else "import"
    series = store.remember(napcs_series, flow, selection.currency)
    years = series["period"].dt.year
    year = min(max(selection.years[1], int(years.min())), int(years.max()))
    table = series[years == year].set_index("product_code").sort_values("value", ascending=False)
    return Sections(facts, flow, year, selection.years[1], table.rename_axis(index=None), series)


def napcs_series(store: Store, flow: str, currency: str) -> pd.DataFrame:
    """One flow by NAPCS section and year.

    Returns:
        Columns ``product_code``, ``period``, ``value`` (million units of the currency), ``share`` (per cent of all
        sections of the year), ``growth`` (per cent on the year before; missing in the first), each with its
        ``<column>_status``, and ``value_source``.
    """
    rows = values(store, NAPCS, currency)
    rows = rows[rows["flow"] == flow].sort_values(["product_code", "period"])
    table = rows[["product_code", "period", "value"]].reset_index(drop=True)
    table["value_status"], table["value_source"] = rows["status"].to_numpy(), rows["source_id"].to_numpy()
    year = table.groupby("period")
    whole = {period: least_settled(labels) for period, labels in year["value_status"]}
    table["share"] = table["value"] / year["value"].transform("sum", min_count=1) * 100
    table["share_status"] = least_settled_each(table["value_status"], table["period"].map(whole))
    last = table.shift()
    # Rows stand by section and year, so the row above is the year before, if it is of the same section.
    follows = (last["product_code"] == table["product_code"]) & (last["period"].dt.year + 1 == table["period"].dt.year)
    table["growth"] = (table["value"] / last["value"].where(follows) - 1) * 100
    table["growth_status"] = least_settled_each(table["value_status"], last["value_status"].where(follows))
    return table


@dataclass(frozen=True)
class Shares:
    """The six flows of the three countries by SITC section; ``table`` is that of :func:`sitc_shares`."""

    names: Mapping[str, str]
    origin: Origin
    table: pd.DataFrame
    currency: str = SITC_CURRENCY


def sitc(store: Store, selection: Selection) -> Shares | None:
    """The make-up of the flows; None only where one country is chosen twice."""
    if selection.same_country:
        return None
    return Shares(store.remember(product_names, "SITC1"), origin(store, [SITC]), sitc_shares(store))


def sitc_shares(store: Store) -> pd.DataFrame:
    """Share of each SITC section in each of the six flows, as the exporter reports it.

    Returns:
        Columns ``exporter``, ``importer``, ``period``, ``year``, ``product_code``, ``value`` (million US$) and
        ``share`` (per cent of the flow of the year), the last two with their ``<column>_status``, and
        ``value_source``.
    """
    return store.remember(_sitc_shares)


def _sitc_shares(store: Store) -> pd.DataFrame:
    rows = values(store, SITC, SITC_CURRENCY)
    table = pd.DataFrame(
        {
            "exporter": rows["reporter"],
            "importer": rows["partner"],
            "period": rows["period"],
            "year": rows["period"].dt.year,
            "product_code": rows["product_code"],
            "value": rows["value"],
            "value_status": rows["status"],
            "value_source": rows["source_id"],
        }
    ).reset_index(drop=True)
    flows = table.groupby(["exporter", "importer", "year"])
    table["share"] = table["value"] / flows["value"].transform("sum", min_count=1) * 100
    whole = {flow: least_settled(labels) for flow, labels in flows["value_status"]}
    found = pd.Series([whole[flow] for flow in zip(*(table[c] for c in ("exporter", "importer", "year")), strict=True)])
    return table.assign(share_status=least_settled_each(table["value_status"], found))


@dataclass(frozen=True)
class Agrifood:
    """Agri-food trade over the chosen years, seen from its reporter.

    ``table`` is indexed by ``period``; ``export`` and ``import`` (million units of the chosen currency) with their
    ``<flow>_status`` and ``<flow>_source``.
    """

    facts: Facts
    table: pd.DataFrame


def agrifood(store: Store, selection: Selection) -> Agrifood | None:
    """Agri-food trade of the chosen pair over the chosen years; None when the pair or the years are not held."""
    rows = _of_pair(values(store, AGRIFOOD, selection.currency), selection)
    rows = rows[rows["period"].dt.year.between(*selection.years)]
    if rows.empty:
        return None
    columns = {}
    for label, suffix in (("value", ""), ("status", "_status"), ("source_id", "_source")):
        for flow in FLOWS:
            columns[flow + suffix] = rows[rows["flow"] == flow].set_index("period")[label]
    return Agrifood(_facts(store, rows, selection.currency), pd.DataFrame(columns))


@dataclass(frozen=True)
class Listed:
    """The largest products of one flow in one year, from a site that prints no more; ``table``: rows, largest first.

    Values are reconciled from both countries' records, not the customs figures of either.
    """

    facts: Facts
    year: int
    table: pd.DataFrame


def baci(store: Store, selection: Selection) -> Listed | None:
    """The ten largest products of one country's exports to the other; None for a pair that is not held."""
    rows = _of_pair(values(store, BACI, selection.currency), selection)
    if rows.empty:
        return None
    table = rows.sort_values("value", ascending=False, ignore_index=True)
    return Listed(_facts(store, rows, selection.currency), int(table["period"].iloc[0].year), table)
