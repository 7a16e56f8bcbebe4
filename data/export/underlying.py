"""Which rows of which table stand behind a chart, as words that the API knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pandas as pd

from data.api.query import MOST, Query, complete, find, read, sources_of
from data.api.resources import RESOURCES
from data.coverage import Coverage
from data.export.citation import Citation, Cited
from data.export.citation import sources_of as cited
from data.export.sheet import Sheet, SheetWords
from data.queries import comparison as compared
from data.queries import effective_rate, partners, products, retaliation
from data.queries import trilateral as flows_of_three
from data.selection import Selection
from data.store import Store
from data.years import Years

Words = dict[str, str]


@dataclass(frozen=True)
class Behind:
    """A table and one or several choices of its rows; together they are what a chart is made from."""

    table: str
    choices: tuple[Words, ...]

    def addresses(self, suffix: str) -> list[str]:
        """Addresses of the rows in the API, all in one answer each; JSON alone has to be asked for so many."""
        more = {} if suffix != "json" else {"limit": str(MOST)}
        return [f"/api/v1/{self.table}.{suffix}?{urlencode({**words, **more})}" for words in self.choices]

    def queries(self, store: Store) -> list[Query]:
        """The choices as queries."""
        return [read(store, RESOURCES[self.table], list(words.items())) for words in self.choices]


def full_sheet(
    store: Store, rows: Behind, name: str, title: str, address: str, accessed: dt.date, more: SheetMore
) -> Sheet:
    """All columns of the rows behind a chart.

    Args:
        store: the tables.
        rows: which rows.
        name: file name without ending.
        title: title of the chart.
        address: where the chart is seen again.
        accessed: the day, for the citation.
        more: notes and words.
    """
    queries = rows.queries(store)
    parts = [(query, find(store, query)) for query in queries]
    frames = [complete(store, query, found) for query, found in parts]
    sources = pd.concat([sources_of(store, query, found) for query, found in parts])
    sources = sources.drop_duplicates("source_id", ignore_index=True)
    joined = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    citation = Citation(title, cited(sources.to_dict("records")), address, accessed)
    return Sheet(name, joined, queries[0].fields, sources, citation, more.notes, "full", more.words)


@dataclass(frozen=True)
class SheetMore:
    """What a chart adds to its rows: notes, and the words of the reader's language."""

    notes: tuple[str, ...]
    words: SheetWords


def named_sources(store: Store, ids: tuple[str, ...]) -> tuple[pd.DataFrame, tuple[Cited, ...]]:
    """Rows of the sources table by id, and how they are cited."""
    rows = store.sources[store.sources["source_id"].isin(ids)].reset_index(drop=True)
    return rows, cited(rows.to_dict("records"))


# ---- One rule a chart ---------------------------------------------------------------------------------------


def _years(held: Coverage, years: tuple[int, int], back: int = 0) -> str:
    """Write the chosen years, from so many years earlier, within those there are."""
    span = Years.of(years)
    first, last = max(span[0] - back, held.first_year), min(span[1], held.last_year)
    return str(Years(first, last, span.first_month, span.last_month))


def _pair(selection: Selection, *sides: tuple[str, str, str], back: int = 0) -> Behind:
    """Observations of reporter, partner and flow (both when empty) in the chosen years, converted."""
    years = _years(selection.coverage, selection.years, back)
    common = {"years": years, "freq": selection.freq, "currency": selection.currency}
    choices = [
        {"reporter": reporter, "partner": partner, **({"flow": flow} if flow else {}), **common}
        for reporter, partner, flow in sides
    ]
    return Behind("observations", tuple(choices))


def series(back: int = 0) -> Callable[[Store, Selection], Behind]:
    """The record that is shown; a change needs the year before the first."""

    def rule(_store: Store, selection: Selection) -> Behind:
        asked = selection.as_reported()
        more = back if asked.measure == "value" else 1
        return _pair(asked, (asked.reporter, asked.partner, ""), back=more)

    return rule


def trilateral(store: Store, selection: Selection) -> Behind | None:
    """One row a flow, of whichever record states it."""
    found = flows_of_three.flows(store, selection)
    if found is None:
        return None
    choices = [
        {
            "reporter": row.reporter,
            "partner": row.importer if row.reporter == row.exporter else row.exporter,
            "years": str(row.year),
            "freq": "annual",
            "flow": "export" if row.reporter == row.exporter else "import",
            "currency": selection.currency,
        }
        for row in found.table.itertuples()
    ]
    return Behind("observations", tuple(choices))


def comparison(store: Store, selection: Selection) -> Behind | None:
    """Both flows of every country with the partner, from the record that is shown."""
    found = compared.pair_against_third(store, selection)
    if found is None:
        return None
    pairs = [
        (reporter, found.partner if reporter == country else country, "")
        for country, reporter in found.reporters.items()
    ]
    return _pair(selection, *pairs, back=1)


def mirror_exports(_store: Store, selection: Selection) -> Behind:
    """Exports as the reporter records them, imports as the partner does."""
    return _both_records(selection, selection.reporter, selection.partner)


def mirror_imports(_store: Store, selection: Selection) -> Behind:
    """Exports as the partner records them, imports as the reporter does."""
    return _both_records(selection, selection.partner, selection.reporter)


def _both_records(selection: Selection, exporter: str, importer: str) -> Behind:
    return _pair(selection, (exporter, importer, "export"), (importer, exporter, "import"))


def event_study(store: Store, selection: Selection) -> Behind:
    """Months from two years before the event to the year after it."""
    asked = selection.as_reported()
    day = store.events.set_index("event_id")["date"].get(selection.around)
    held = store.coverage
    year = held.last_year if day is None else day.year
    monthly = replace(asked, freq="monthly", years=(max(year - 2, held.first_year), min(year + 1, held.last_year)))
    return _pair(monthly, (asked.reporter, asked.partner, ""))


def partner_totals(store: Store, selection: Selection) -> Behind:
    """Trade with every partner in the years that can be ranked."""
    whole = store.coverage
    years = _years(whole, partners.held_years(store, selection.reporter) or (whole.first_year, whole.last_year))
    words = {"reporter": selection.reporter, "years": years, "freq": "annual", "currency": selection.currency}
    return Behind("partner-totals", (words,))


def chapters(every_partner: bool = False) -> Callable[[Store, Selection], Behind]:
    """US trade by chapter, with the partner of the pair or with every partner that is held."""

    def rule(store: Store, selection: Selection) -> Behind:
        held = store.coverage.products
        found = held.partners if every_partner else (products.partner_of(selection),)
        common = {"reporter": held.reporter, "freq": "annual", "flow": products.us_flow(selection)}
        common |= {"scheme": "HS2", "currency": selection.currency}
        return Behind("products", tuple({**common, "partner": partner} for partner in found))

    return rule


def product_months(store: Store, selection: Selection) -> Behind:
    """US trade by section, in the chosen months."""
    partner = products.partner_of(selection)
    words = {"reporter": store.coverage.products.reporter, "partner": partner, "scheme": "HS_SECTION"}
    words |= {"freq": "monthly", "flow": products.us_flow(selection), "currency": selection.currency}
    return Behind("products", ({**words, "years": _years(selection.coverage, selection.years)},))


def of_source(source: str, currency: str = "") -> Callable[[Store, Selection], Behind]:
    """All rows of a source of the products table, in the chosen currency or in one that is always shown."""
    return lambda _store, asked: Behind("products", ({"source": source, "currency": currency or asked.currency},))


def between(table: str) -> Callable[[Store, Selection], Behind]:
    """Rows of a table that concern the two countries."""
    return lambda _store, chosen: Behind(table, ({"reporter": chosen.reporter, "partner": chosen.partner},))


def claims(store: Store, _selection: Selection) -> Behind:
    """US imports with a USMCA claim, from every partner on that record."""
    return Behind("usmca-shares", tuple({"partner": partner} for partner in store.usmca_shares["partner"].unique()))


def claims_by_chapter(_store: Store, selection: Selection) -> Behind:
    """The same by chapter, from the partner of the pair."""
    return Behind("usmca-chapters", ({"partner": effective_rate.partner_of(selection)},))


def counter_tariffs(store: Store, _selection: Selection) -> Behind:
    """The tranches of those who charged any."""
    answering = retaliation.ever_in_force(store)["by"].unique()
    return Behind("retaliation", tuple({"reporter": country} for country in answering))
