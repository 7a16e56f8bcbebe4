"""Goods trade of a pair as one country records it: series, growth, headline and the six flows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import pandas as pd

from data.queries import partners
from data.queries.currency import convert, rate_source_ids
from data.queries.pivot_flows import wide
from data.selection import FLOWS, Selection
from data.store import Store

AMOUNTS = ("export", "import", "total", "balance")
# What is said of a value: how settled it is, how it came about, and which row of the sources table states it.
LABELS = ("status", "derivation", "source_id")


def records(store: Store, selection: Selection) -> pd.DataFrame:
    """All observations of the reporter with the partner at the chosen frequency, converted.

    Returns:
        Rows of the observations table ordered by flow and period, with ``rate`` (units of the chosen currency
        per unit of record) and ``value`` (million units of the chosen currency). Years are not filtered yet.
    """
    return store.remember(_records, selection.reporter, selection.partner, selection.frequency, selection.currency)


def _records(store: Store, reporter: str, partner: str, frequency: str, currency: str) -> pd.DataFrame:
    rows = store.series.get((reporter, partner, frequency), store.observations.iloc[:0])
    return convert(rows, store.rates, currency)


def full_series(store: Store, selection: Selection) -> pd.DataFrame:
    """The series of :func:`series` over all years on record."""
    return store.remember(_full_series, selection.reporter, selection.partner, selection.frequency, selection.currency)


def _full_series(store: Store, reporter: str, partner: str, frequency: str, currency: str) -> pd.DataFrame:
    rows = store.remember(_records, reporter, partner, frequency, currency)
    press = {source_id for source_id, source in store.source.items() if source["obtained"] == "press"}
    return wide(rows, frequency, press)


def series(store: Store, selection: Selection) -> pd.DataFrame:
    """Exports, imports, their total, the balance and growth over the chosen years.

    Growth compares with the same period a year earlier, which may lie before the chosen years.

    Returns:
        Indexed by ``period``; columns ``export``, ``import``, ``total``, ``balance`` (million units of the chosen
        currency), ``<measure>_growth`` (per cent) for the first three, and beside each column of values
        ``<column>_status`` (of a derived value: that of the least settled value it comes from),
        ``<column>_derivation`` and, for the flows, ``<flow>_source``. A period in which a flow is not on record has
        a missing value, and so have its total
        and balance.
    """
    whole = full_series(store, selection)
    return whole[selection.shown(whole.index)]


def full_series_as_reported(store: Store, selection: Selection) -> pd.DataFrame:
    """The whole series as the chosen side records it; the partner's imports are then the country's exports."""
    if selection.reported != "partner":
        return full_series(store, selection)
    theirs = full_series(store, selection.as_reported())
    other = {"export": "import", "import": "export"}
    names = {c: c.replace(flow, other[flow], 1) for c in theirs for flow in FLOWS if c.startswith(flow)}
    return theirs.rename(columns=names).assign(balance=-theirs["balance"])


def series_as_reported(store: Store, selection: Selection) -> pd.DataFrame:
    """The series of :func:`series` as the chosen side records it."""
    whole = full_series_as_reported(store, selection)
    return whole[selection.shown(whole.index)]


@dataclass(frozen=True)
class Figure:
    """One headline number in million units of currency.

    ``before`` is the year before; missing when it is unknown or comes from a record that does not compare.
    """

    measure: str
    value: float
    before: float

    @property
    def growth(self) -> float:
        """Year-over-year change, per cent; missing when the year before is unknown."""
        return (self.value / self.before - 1) * 100


@dataclass(frozen=True)
class Headline:
    """The pair in the last complete year of the selection."""

    year: int
    figures: dict[str, Figure]
    rank: int | None
    ranked_partners: int


def headline(store: Store, selection: Selection) -> Headline | None:
    """Sum up the last complete chosen year; None when neither flow is on record for it."""
    annual = replace(selection, freq="annual")
    held = store.coverage
    table = series(store, replace(annual, years=(held.first_year, min(selection.years[1], held.last_complete_year))))
    table = table.dropna(how="all", subset=list(FLOWS))
    if table.empty or table.index[-1].year < selection.years[0]:
        return None
    year = table.index[-1].year
    before = table[table.index.year == year - 1]
    comparable = {m: bool(pd.notna(table[f"{m}_growth"].iloc[-1])) for m in ("export", "import", "total")}
    comparable["balance"] = comparable["total"]
    figures = {
        m: Figure(m, float(table[m].iloc[-1]), float(before[m].iloc[0]) if comparable[m] else float("nan"))
        for m in AMOUNTS
    }
    ranked = partners.ranks(store, selection.reporter, year)
    rank = int(ranked[selection.partner]) if selection.partner in ranked else None
    return Headline(year, figures, rank, len(ranked))


@dataclass(frozen=True)
class YearToDate:
    """The months of the newest, incomplete year against the same months a year earlier."""

    year: int
    last_month: pd.Timestamp
    now: dict[str, float]
    before: dict[str, float]


def year_to_date(store: Store, selection: Selection) -> YearToDate | None:
    """Compare the incomplete year with the same months a year earlier; None without monthly records.

    Months are converted one by one at monthly average rates.
    """
    table = full_series(store, replace(selection, freq="monthly"))
    months = table.dropna(subset=list(FLOWS))
    if months.empty:
        return None
    last = months.index[-1]
    now = months[months.index.year == last.year]
    before = months[(months.index.year == last.year - 1) & (months.index.month <= last.month)]
    if len(now) == 12 or len(before) != len(now):
        return None
    return YearToDate(last.year, last, dict(now[list(AMOUNTS)].sum()), dict(before[list(AMOUNTS)].sum()))


def apart_by_rates(store: Store, selection: Selection) -> float:
    """How far a converted year and the sum of its converted months lie apart at most, per cent of the year.

    A year is converted at its own average rate and each month at its own, so the two differ where trade was not
    spread evenly over the year. Exports, imports and their total of every year on record by month count; missing where
    nothing is converted or no year can be set beside its months.
    """
    return store.remember(_apart_by_rates, selection)


def _apart_by_rates(store: Store, selection: Selection) -> float:
    if selection.currency == store.coverage.currency_of_record[selection.as_reported().reporter]:
        return float("nan")
    years, months = (
        full_series_as_reported(store, replace(selection, freq=freq))[["export", "import", "total"]]
        for freq in ("annual", "monthly")
    )
    sums = months.resample("YS").sum(min_count=12) if len(months) else years.iloc[:0]
    apart = (sums / years - 1).abs() * 100
    return float(apart.max(axis=None)) if apart.notna().any(axis=None) else float("nan")


def usual_reporter(store: Store, pair: frozenset[str]) -> str:
    """Whose record of the flows between two countries is asked when none is chosen."""
    return next(country for country in store.coverage.asked if country in pair)


def trilateral_flows(store: Store, selection: Selection) -> pd.DataFrame:
    """The exports of each of the home countries to the others in the last complete chosen year.

    A flow between the chosen pair is taken from the chosen country's record where it holds both flows of that
    year; the others from the country that is asked first (:func:`usual_reporter`).

    Returns:
        Columns ``exporter``, ``importer``, ``reporter``, ``value`` (million units of the chosen currency, missing
        when unknown), ``year``, ``basis``, ``status``, ``derivation``, ``source_id``; the last four None without a
        value.
    """
    head = headline(store, selection)
    year = head.year if head else min(selection.years[1], store.coverage.last_complete_year)
    # The pair alone decides whose record is asked first; every other choice leaves the flows as they are.
    usual = Selection.usual(store.coverage)
    plain = replace(usual, reporter=selection.reporter, partner=selection.partner, currency=selection.currency)
    return store.remember(_trilateral_flows, plain, year)


def _trilateral_flows(store: Store, selection: Selection, year: int) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for pair in map(frozenset, combinations(store.coverage.home, 2)):
        for exporter in sorted(pair):
            importer = next(iter(pair - {exporter}))
            rows.append(
                {"exporter": exporter, "importer": importer, "year": year}
                | _flow(store, selection, exporter, importer, year)
            )
    return pd.DataFrame(rows)


def _flow(store: Store, selection: Selection, exporter: str, importer: str, year: int) -> dict[str, Any]:
    pair = frozenset({exporter, importer})
    reporters = [usual_reporter(store, pair)]
    if pair == {selection.reporter, selection.partner}:
        reporters.insert(0, selection.reporter)
    for reporter in reporters:
        partner = next(iter(pair - {reporter}))
        asked = replace(selection, reporter=reporter, partner=partner, freq="annual")
        rows = records(store, asked)
        rows = rows[rows["period"] == pd.Timestamp(year, 1, 1)]
        if len(rows) == len(FLOWS):
            row = rows[rows["flow"] == ("export" if reporter == exporter else "import")].iloc[0]
            return {"reporter": reporter, **row[["value", "basis", *LABELS]]}
    return {"reporter": reporters[-1], "value": float("nan"), **dict.fromkeys(["basis", *LABELS])}


def sources_used(store: Store, selection: Selection) -> list[str]:
    """Ids of the sources behind the chosen series, newest period first."""
    rows = records(store, selection)
    rows = rows[selection.shown(pd.DatetimeIndex(rows["period"]))]
    return list(dict.fromkeys(rows.sort_values("period", ascending=False)["source_id"]))


def rate_sources(store: Store, selection: Selection) -> list[str]:
    """Ids of the sources of the exchange rates that converted the chosen series; empty when nothing was converted."""
    rows = records(store, selection)
    rows = rows[selection.shown(pd.DatetimeIndex(rows["period"]))]
    return rate_source_ids(store, set(rows["currency"]), selection.currency, selection.frequency, rows["period"])


def rate_sources_for_year(store: Store, flows: pd.DataFrame, year: int, currency: str) -> list[str]:
    """Ids of the sources of the annual rates that converted :func:`trilateral_flows`."""
    recorded = {store.coverage.currency_of_record[reporter] for reporter in flows["reporter"]}
    return rate_source_ids(store, recorded, currency, "A", pd.Series([pd.Timestamp(year, 1, 1)]))


def coverage(store: Store, reporter: str, partner: str, frequency: str) -> tuple[int, int] | None:
    """First and last year on record for a pair at a frequency (A or M); None when there is none."""
    o = store.observations
    mine = (o["reporter"] == reporter) & (o["partner"] == partner) & (o["frequency"] == frequency)
    years = o.loc[mine, "period"].dt.year
    return (int(years.min()), int(years.max())) if len(years) else None


def as_recorded(selection: Selection) -> Selection:
    """The same selection in the currency of the country's record, in which nothing is lost to a missing rate."""
    return replace(selection, currency=selection.coverage.currency_of_record[selection.reporter])


def has_holes(values: pd.Series) -> bool:
    """Whether known periods have unknown ones between them, or stand alone, so that they must not be joined."""
    known = values.dropna()
    return len(known) == 1 or bool(len(known) and values.loc[known.index[0] : known.index[-1]].isna().any())


def isolated_flows(store: Store, selection: Selection) -> frozenset[str]:
    """The flows of the shown record whose points must not be joined, whatever the currency leaves unknown."""
    recorded = store.coverage.currency_of_record[selection.as_reported().reporter]
    values = full_series_as_reported(store, replace(selection, currency=recorded))
    return frozenset(flow for flow in FLOWS if has_holes(values[flow]))
