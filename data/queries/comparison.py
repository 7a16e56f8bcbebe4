"""The trade of several countries with one partner, side by side on one axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from data.queries import breaks, events, trade
from data.queries.origin import Origin, origin_of_rows
from data.queries.span import span_of
from data.selection import Selection
from data.store import Store

LABELS = ("status", "derivation", "growth", "growth_status")


@dataclass(frozen=True)
class Comparison:
    """Two-way goods trade of some countries with a partner.

    ``table`` is indexed by period without holes, with a column a country (ISO3; million units of the chosen currency,
    missing where unknown), ``<country>_growth`` (per cent on a year earlier), and ``<country>_status``,
    ``<country>_derivation``, ``<country>_growth_status`` and ``<country>_source`` (ids, separated by a space where the
    two flows have two) beside them. ``reporters`` names whose record a country's
    column is from: the partner's for all where it holds as much as they do themselves, else each country's own.
    ``isolated`` are countries whose points may not be joined; ``happened`` are rows of the events table and ``broken``
    of the breaks table within the span.
    """

    partner: str
    reporters: dict[str, str]
    table: pd.DataFrame
    isolated: frozenset[str]
    happened: pd.DataFrame
    broken: pd.DataFrame
    origin: Origin

    @property
    def one_record(self) -> bool:
        """Whether all figures come from the partner's record, and so count alike."""
        return set(self.reporters.values()) == {self.partner}

    @property
    def latest(self) -> pd.Series | None:
        """The newest period in which all countries have a value; None when there is none."""
        whole = self.table.dropna(subset=list(self.reporters))
        return whole.iloc[-1] if len(whole) else None


def pair_against_third(store: Store, selection: Selection) -> Comparison | None:
    """The two chosen countries against the first other country in depth that both trade with."""
    third = third_country(selection)
    return compare(store, selection, (selection.reporter, selection.partner), third) if third else None


def third_country(selection: Selection) -> str:
    """The first country in depth beside the chosen pair; empty where the pair is none or there is no other."""
    pair = {selection.reporter, selection.partner}
    others = [country for country in selection.coverage.countries if country not in pair]
    return others[0] if len(pair) == 2 and others else ""


def compare(store: Store, selection: Selection, countries: Sequence[str], partner: str) -> Comparison | None:
    """Set the trade of countries with a partner side by side over the chosen years, in the chosen currency.

    Args:
        store: the tables.
        selection: years, frequency and currency; its own pair does not count.
        countries: ISO3 codes, the order of the columns.
        partner: ISO3 code of the country they all trade with.

    Returns:
        None where fewer than two of the countries have a value in these years.
    """
    asked = _asked(store, selection, countries, partner)
    series = {country: trade.series(store, one) for country, one in asked.items()}
    known = [country for country in countries if series[country]["total"].notna().any()]
    if len(known) < 2:
        return None
    table = _table(series, known, selection.freq)
    start, end = span_of(table.index, selection.frequency)
    return Comparison(
        partner,
        {country: asked[country].reporter for country in known},
        table,
        frozenset(country for country in known if _has_holes(store, asked[country])),
        events.marked(store, selection, start, end),
        breaks.in_span(store, [(asked[one].reporter, asked[one].partner) for one in known], start, end),
        origin_of_rows(store, [_drawn(store, asked[country], table) for country in known], selection.currency),
    )


def _asked(store: Store, selection: Selection, countries: Iterable[str], partner: str) -> dict[str, Selection]:
    """Whose record of each country's trade is asked; two-way trade is the same sum from either side."""
    own = {one: replace(selection, reporter=one, partner=partner) for one in countries}
    theirs = {one: replace(selection, reporter=partner, partner=one) for one in countries}
    enough = all(_held(store, theirs[one]) >= _held(store, own[one]) for one in own)
    return theirs if enough else own


def _held(store: Store, asked: Selection) -> int:
    """How many periods a record knows, whatever years and currency are chosen."""
    return int(trade.full_series(store, trade.as_recorded(asked))["total"].notna().sum())


def _table(series: dict[str, pd.DataFrame], known: Sequence[str], freq: str) -> pd.DataFrame:
    totals = pd.DataFrame({country: series[country]["total"].dropna() for country in known})
    step = {"annual": "YS", "quarterly": "QS", "monthly": "MS"}[freq]
    periods = pd.date_range(totals.index.min(), totals.index.max(), freq=step, name="period")
    table = totals.reindex(periods)
    for country in known:
        for label in LABELS:
            table[f"{country}_{label}"] = series[country][f"total_{label}"].reindex(periods)
        table[f"{country}_source"] = _sources(series[country]).reindex(periods)
    return table


def _sources(series: pd.DataFrame) -> pd.Series:
    """Ids of the sources of both flows, one where they share it; missing where a flow is."""
    both = series[["export_source", "import_source"]].dropna()
    return both.apply(lambda row: " ".join(dict.fromkeys(row)), axis=1, result_type="reduce").astype(object)


def _drawn(store: Store, asked: Selection, table: pd.DataFrame) -> pd.DataFrame:
    """The observations behind a country's line."""
    rows = trade.records(store, asked)
    return rows[rows["period"].isin(table.index)]


def _has_holes(store: Store, asked: Selection) -> bool:
    return trade.has_holes(trade.full_series(store, trade.as_recorded(asked))["total"])
