"""US trade with Canada and with Mexico by section and chapter of the Harmonized System.

All of it is the record of the United States, in one vintage that is not the one of the observations: shares are
therefore of the sum of the chapters, and nothing here may be set against the observations.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from data.queries.currency import convert
from data.queries.origin import Origin, origin
from data.queries.settled import least_settled_of, least_settled_rows
from data.schema.columns import RATE_CURRENCY
from data.selection import Selection
from data.store import Store

SOURCE, MONTHLY_SOURCE = "bts-transborder", "bts-transborder-monthly"
OPPOSITE = {"export": "import", "import": "export"}


@dataclass(frozen=True)
class Scope:
    """What is listed of a flow: all sections, all chapters, or the chapters of one ``section``."""

    level: str
    section: str = ""


def is_held(selection: Selection) -> bool:
    """Whether the pair is the United States with a neighbour, of which alone the products are held."""
    held, pair = selection.coverage.products, {selection.reporter, selection.partner}
    return held.reporter in pair and bool(pair & set(held.partners))


def partner_of(selection: Selection) -> str:
    """The country whose trade with the United States is chosen (:func:`is_held`)."""
    return selection.partner if selection.reporter == selection.coverage.products.reporter else selection.reporter


def us_flow(selection: Selection) -> str:
    """The chosen flow as the United States sees it: an export of Canada is a US import."""
    return selection.flow if selection.reporter == selection.coverage.products.reporter else OPPOSITE[selection.flow]


def exporter(selection: Selection) -> str:
    """The country the goods of the chosen flow come from."""
    return selection.reporter if selection.flow == "export" else selection.partner


def year_of(selection: Selection) -> int | None:
    """The last chosen year on record; None when no chosen year is."""
    held = selection.coverage.products.years
    last = min(selection.years[1], held[1])
    return last if last >= max(selection.years[0], held[0]) else None


def compared_year(selection: Selection) -> int | None:
    """The year compared with, by default the one before; None when it is not on record or is the year itself."""
    year = year_of(selection)
    if year is None:
        return None
    against = selection.against or year - 1
    first, last = selection.coverage.products.years
    return against if first <= against <= last and against != year else None


@dataclass(frozen=True)
class ByProduct:
    """A flow by period and product, a column each: million units of a currency, how settled each is, and its source.

    A sum has the source that all its parts share.
    """

    values: pd.DataFrame
    statuses: pd.DataFrame
    sources: pd.DataFrame

    @cached_property
    def whole(self) -> pd.Series:
        """Their sum by period; missing where nothing is on record."""
        return self.values.sum(axis=1, min_count=1)

    @cached_property
    def whole_status(self) -> pd.Series:
        """How settled the sum is: as the least settled of its parts."""
        return least_settled_rows(self.statuses)

    def only(self, codes: list[str]) -> ByProduct:
        """Some of the products."""
        return ByProduct(self.values[codes], self.statuses[codes], self.sources[codes])


@dataclass(frozen=True)
class Facts:
    """What every chart of products says of its figures.

    ``reporter`` keeps the record, of trade with ``partner``; ``flow`` is the chosen flow as it sees it. ``years`` are
    the first and last on record. ``names`` are those of :func:`names`.
    """

    reporter: str
    partner: str
    flow: str
    years: tuple[int, int]
    names: pd.DataFrame
    origin: Origin


def facts(store: Store, selection: Selection, monthly: bool = False) -> Facts:
    """The facts about the chosen flow by year, or by month."""
    return store.remember(_facts, partner_of(selection), us_flow(selection), selection.currency, monthly)


def _facts(store: Store, partner: str, flow: str, currency: str, monthly: bool) -> Facts:
    rates = rate_sources(store, currency, "M" if monthly else "A")
    return Facts(
        reporter=store.coverage.products.reporter,
        partner=partner,
        flow=flow,
        years=store.coverage.products.years,
        names=names(store),
        origin=origin(store, [MONTHLY_SOURCE if monthly else SOURCE], rates),
    )


def in_currency_of_record(selection: Selection) -> Selection:
    """The same choice unconverted, for figures that have no currency: shares and what is made from them."""
    held = selection.coverage
    return replace(selection, currency=held.currency_of_record[held.products.reporter])


def names(store: Store) -> pd.DataFrame:
    """Sections and chapters by code: ``name_en`` and ``section`` (empty for a section)."""
    return store.remember(_names)


def _names(store: Store) -> pd.DataFrame:
    rows = store.product_names[store.product_names["product_scheme"].isin(["HS_SECTION", "HS2"])]
    table = rows.set_index("product_code")[["name_en", "parent_code"]].rename(columns={"parent_code": "section"})
    order = [*store.coverage.sections, *store.coverage.chapters]
    return table.reindex(order).fillna({"section": ""})


def section_of(store: Store, code: str) -> str:
    """The section of a chapter; a section is its own, and no product has none."""
    return code if code in store.coverage.sections or not code else str(names(store).at[code, "section"])


def scope_of(store: Store, selection: Selection) -> Scope:
    """What the selection lists: inside the chosen product's section, or everything at the chosen detail."""
    if selection.product:
        return Scope("chapter", section_of(store, selection.product))
    return Scope(selection.detail)


def chapters(store: Store, partner: str, flow: str, currency: str) -> ByProduct:
    """A US flow by year and chapter, in the currency; what is not on record is missing."""
    return store.remember(_by_product, "HS2", "A", partner, flow, currency)


def sections(store: Store, partner: str, flow: str, currency: str) -> ByProduct:
    """A US flow by year and section, as the sums of their chapters."""
    return store.remember(_sections, partner, flow, currency)


def _sections(store: Store, partner: str, flow: str, currency: str) -> ByProduct:
    by = chapters(store, partner, flow, currency)
    section = names(store)["section"].reindex(by.values.columns)
    values = by.values.T.groupby(section).sum(min_count=1).T
    codes = [code for code in store.coverage.sections if code in values]
    inside = {code: np.flatnonzero(section == code) for code in codes}
    sources = by.sources.to_numpy(dtype=object)
    shared = {code: _shared(sources[:, places]) for code, places in inside.items()}
    return ByProduct(
        values[codes],
        least_settled_of(by.statuses, inside),
        pd.DataFrame(shared, by.sources.index, dtype=object),
    )


def _shared(sources: np.ndarray) -> list[str | None]:
    """The source that all known cells of a row have; None where they are of several, or none is known."""
    found = [{cell for cell in row if cell is not None} for row in sources]
    return [ids.pop() if len(ids) == 1 else None for ids in found]


def monthly_sections(store: Store, partner: str, flow: str, currency: str) -> ByProduct:
    """A US flow by month and section, in the currency, with a partner of which months are held."""
    by = store.remember(_by_product, "HS_SECTION", "M", partner, flow, currency)
    return by.only([code for code in store.coverage.sections if code in by.values])


def _by_product(store: Store, scheme: str, frequency: str, partner: str, flow: str, currency: str) -> ByProduct:
    rows = store.products
    mine = rows[
        (rows["product_scheme"] == scheme)
        & (rows["frequency"] == frequency)
        & (rows["reporter"] == store.coverage.products.reporter)
        & (rows["partner"] == partner)
        & (rows["flow"] == flow)
    ]
    converted = convert(mine, store.rates, currency)
    first, last = store.coverage.products.years
    step = "YS" if frequency == "A" else "MS"
    # Months may reach beyond the last year that is whole.
    ends = [pd.Timestamp(first, 1, 1), pd.Timestamp(last, 12, 1), *mine["period"]]
    calendar = pd.date_range(min(ends), max(ends), freq=step, name="period")
    codes = sorted(mine["product_code"].unique())
    places = calendar.get_indexer(mine["period"]), pd.Index(codes).get_indexer(mine["product_code"].astype("object"))
    if len(set(zip(*places, strict=True))) < len(mine):
        raise ValueError("a product has one value a period")

    def laid(column: str, kind: type, unknown: object) -> pd.DataFrame:
        cells: np.ndarray = np.full((len(calendar), len(codes)), unknown, dtype=kind)
        cells[places] = converted[column].to_numpy(dtype=kind)
        return pd.DataFrame(cells, calendar, codes, dtype=kind)

    return ByProduct(laid("value", float, np.nan), laid("status", object, None), laid("source_id", object, None))


def listed(store: Store, selection: Selection) -> ByProduct:
    """The years of what the selection lists (:func:`scope_of`), in the chosen currency."""
    scope = scope_of(store, selection)
    return of_scope(store, scope, partner_of(selection), us_flow(selection), selection.currency)


def of_scope(store: Store, scope: Scope, partner: str, flow: str, currency: str) -> ByProduct:
    """The part of a US flow that a scope lists, by year."""
    if scope.level == "section":
        return sections(store, partner, flow, currency)
    by = chapters(store, partner, flow, currency)
    if not scope.section:
        return by
    own = names(store)["section"]
    return by.only([code for code in by.values if own[code] == scope.section])


def whole_flow(store: Store, selection: Selection) -> ByProduct:
    """The chosen flow by chapter, in the chosen currency; all of it, whatever the selection lists."""
    return chapters(store, partner_of(selection), us_flow(selection), selection.currency)


def event_date(store: Store, event: str) -> pd.Timestamp:
    """Day of an event of the events table."""
    return pd.Timestamp(store.events.set_index("event_id").at[event, "date"])


def rate_sources(store: Store, currency: str, frequency: str) -> list[str]:
    """Ids of the sources of the rates that converted US dollars; empty when nothing was converted."""
    if currency == RATE_CURRENCY:
        return []
    rates = store.exchange_rates
    held = rates["period"].dt.year.between(*store.coverage.products.years) & (rates["currency"] == currency)
    used = rates[held & (rates["frequency"] == frequency)].sort_values("period", ascending=False)
    return list(dict.fromkeys(used["source_id"]))
