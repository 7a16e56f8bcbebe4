"""Products over time: one product's years and share, months by section, and how concentrated a flow is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.queries import breaks, products
from data.queries.products import ByProduct, Facts
from data.queries.settled import least_settled_each
from data.queries.span import span_of
from data.selection import Selection
from data.store import Store
from data.years import within

# Chapters whose share says how concentrated a flow is, and sections whose months are shown side by side.
LARGEST = 5


@dataclass(frozen=True)
class History:
    """A product's years in the chosen direction, with either partner of the United States.

    ``table`` is that of :func:`by_partner`. ``broken`` are rows of the breaks table. Beside a share stand its
    ``around`` the chosen event, and ``event``, that row of the events table; a history of values has neither.
    """

    facts: Facts
    code: str
    partners: tuple[str, ...]
    table: pd.DataFrame
    broken: pd.DataFrame
    around: ShareAround | None = None
    event: pd.DataFrame | None = None


def history(store: Store, selection: Selection) -> History | None:
    """The chosen product's years; None where none is chosen, held, or on record in this direction."""
    code = selection.product
    if not code or not products.is_held(selection) or products.year_of(selection) is None:
        return None
    table = by_partner(store, selection, code)
    partners = store.coverage.products.partners
    if table[list(partners)].isna().all(axis=None):
        return None
    broken = _breaks(store, table.index, "A")
    return History(products.facts(store, selection), code, partners, table, broken)


def share(store: Store, selection: Selection) -> History | None:
    """The chosen product's years as its share, with the chosen event; None where :func:`history` is."""
    found = history(store, selection)
    if found is None:
        return None
    return History(
        found.facts,
        found.code,
        found.partners,
        found.table,
        found.broken,
        around=share_around(store, selection, found.code),
        event=store.events[store.events["event_id"] == selection.event],
    )


def by_partner(store: Store, selection: Selection, code: str) -> pd.DataFrame:
    """A product's years in the chosen direction, with either partner of the United States.

    Returns:
        Indexed by ``period``; for each partner ``<partner>`` (million units of the chosen currency) and
        ``<partner>_share`` (per cent of the whole flow with that partner), each with its ``<column>_status``, and
        the values with their ``<column>_source``.
    """
    flow, found = products.us_flow(selection), {}
    for partner in store.coverage.products.partners:
        key = (store, partner, flow, selection.currency)
        whole = products.chapters(*key)
        of = products.sections(*key) if code in store.coverage.sections else whole
        found[partner] = _column(of.values, code).astype("float64")
        found[f"{partner}_share"] = found[partner] / whole.whole * 100
        found[f"{partner}_status"] = own = _column(of.statuses, code)
        found[f"{partner}_share_status"] = least_settled_each(own, whole.whole_status)
        found[f"{partner}_source"] = _column(of.sources, code)
    return pd.DataFrame(found)


def _column(wide: pd.DataFrame, code: str) -> pd.Series:
    """The column of a product; all missing where the flow never had it."""
    return wide[code] if code in wide else pd.Series(None, wide.index, dtype=object)


def _breaks(store: Store, periods: pd.DatetimeIndex, frequency: str) -> pd.DataFrame:
    """Editions of the Harmonized System that took effect within the time shown."""
    held = store.coverage.products
    records = [(held.reporter, partner) for partner in held.partners]
    start, end = span_of(periods, frequency)
    return breaks.in_span(store, records, start, end, leave_out=("agreement",), series=("hs",))


@dataclass(frozen=True)
class Months:
    """Months of one section (``section``), or of the largest where it is empty; the largest in the newest months first.

    ``by`` holds the sections shown in the chosen currency, ``shares`` and ``share_statuses`` their part of all goods
    of the month in per cent. Breaks are marked on a single section only.
    """

    facts: Facts
    section: str
    by: ByProduct
    shares: pd.DataFrame
    share_statuses: pd.DataFrame
    broken: pd.DataFrame

    @property
    def shown(self) -> list[str]:
        """Codes of the sections."""
        return list(self.by.values)


def months(store: Store, selection: Selection) -> Months | None:
    """The chosen months by section; None where they are not asked for, not held, or none is on record."""
    asked = selection.freq == "monthly" and products.is_held(selection)
    partner = products.partner_of(selection)
    if not asked or partner not in store.coverage.products.monthly_partners:
        return None
    every = products.monthly_sections(store, partner, products.us_flow(selection), selection.currency)
    periods = every.values.index
    chosen = periods[within(periods, selection.years, "M")]
    if chosen.empty:
        return None
    every = ByProduct(every.values.loc[chosen], every.statuses.loc[chosen], every.sources.loc[chosen])
    section = products.section_of(store, selection.product)
    order = every.values.iloc[-12:].sum().sort_values(ascending=False, kind="stable").index
    by = every.only([section] if section else list(order[:LARGEST]))
    whole = every.whole_status
    broken = _breaks(store, chosen, "M")
    return Months(
        facts=products.facts(store, selection, monthly=True),
        section=section,
        by=by,
        shares=by.values.div(every.whole, axis=0) * 100,
        share_statuses=pd.DataFrame({code: least_settled_each(by.statuses[code], whole) for code in by.statuses}),
        broken=broken if section else broken.iloc[:0],
    )


@dataclass(frozen=True)
class Concentration:
    """How far a flow rests on few chapters; ``table`` is that of :func:`concentrated`."""

    facts: Facts
    table: pd.DataFrame


def concentration(store: Store, selection: Selection) -> Concentration | None:
    """How far the chosen flow rests on few chapters, in all years held; None where it is not held."""
    if not products.is_held(selection) or products.year_of(selection) is None:
        return None
    return Concentration(products.facts(store, selection), concentrated(store, selection))


def concentrated(store: Store, selection: Selection) -> pd.DataFrame:
    """How far the flow rests on few chapters, by year; computed in the currency of the record.

    Returns:
        Indexed by ``period``; ``largest`` (share of the five largest chapters, per cent) and ``herfindahl`` (sum of
        the squared shares in per cent of all chapters: from near 0 to 10,000 for a single one), and their
        ``<column>_status``.
    """
    by = products.whole_flow(store, products.in_currency_of_record(selection))
    shares = by.values.div(by.whole, axis=0) * 100
    largest = np.sort(shares.fillna(0).to_numpy(), axis=1)[:, -LARGEST:].sum(axis=1)
    herfindahl = (shares**2).sum(axis=1, min_count=1)
    status = by.whole_status
    return pd.DataFrame(
        {
            "largest": pd.Series(largest, shares.index).where(herfindahl.notna()),
            "herfindahl": herfindahl,
            "largest_status": status,
            "herfindahl_status": status,
        }
    )


@dataclass(frozen=True)
class ShareWindow:
    """A share over some periods of a year or more: first and last period, how many there are, per cent."""

    first: pd.Timestamp
    last: pd.Timestamp
    periods: int
    share: float


@dataclass(frozen=True)
class ShareAround:
    """A product's share of its flow before and after an event, from years (A) or months (M).

    ``after`` holds each full year after the event, or one window of up to twelve months; it is empty when none is
    on record yet. ``during`` is the year the event falls into, which is neither.
    """

    event: str
    date: pd.Timestamp
    frequency: str
    before: ShareWindow
    during: ShareWindow | None
    after: Sequence[ShareWindow]


def share_around(store: Store, selection: Selection, code: str) -> ShareAround | None:
    """A product's share of the chosen flow around the chosen event, in the currency of the record.

    Sections of trade with some partners are known by month: full months after the event, twelve at most, are set
    against the same months of the calendar just before it. All else is known by year.
    """
    date = products.event_date(store, selection.event)
    recorded = products.in_currency_of_record(selection)
    partner = products.partner_of(selection)
    if partner in store.coverage.products.monthly_partners and code in store.coverage.sections:
        by = products.monthly_sections(store, partner, products.us_flow(selection), recorded.currency)
        return _around_months(selection.event, date, by.values[code], by.whole)
    shares = by_partner(store, recorded, code)[f"{partner}_share"].dropna()
    starts_a_year = (date.month, date.day) == (1, 1)
    last_before, first_after = date.year - 1, date.year if starts_a_year else date.year + 1
    windows = {period.year: ShareWindow(period, period, 1, float(share)) for period, share in shares.items()}
    if last_before not in windows:
        return None
    after = [window for year, window in windows.items() if year >= first_after]
    during = None if starts_a_year else windows.get(date.year)
    return ShareAround(selection.event, date, "A", windows[last_before], during, after)


def _around_months(event: str, date: pd.Timestamp, values: pd.Series, whole: pd.Series) -> ShareAround | None:
    first = date if date.day == 1 else date + pd.offsets.MonthBegin()
    year_before = values.loc[: date.replace(day=1) - pd.Timedelta(days=1)].iloc[-12:]
    after = values.loc[first:].iloc[:12]
    # Trade has seasons: fewer than twelve months are set against the same months of the calendar.
    before = year_before[year_before.index.month.isin(after.index.month)] if len(after) else year_before
    if len(year_before) < 12:
        return None
    known = [_window(after, whole)] if len(after) else []
    return ShareAround(event, date, "M", _window(before, whole), None, known)


def _window(values: pd.Series, whole: pd.Series) -> ShareWindow:
    share = float(values.sum() / whole[values.index].sum() * 100)
    return ShareWindow(values.index[0], values.index[-1], len(values), share)
