"""US trade with Canada and with Mexico by section and chapter of the Harmonized System.

All of it is the record of the United States, in one vintage that is not the one of the observations: shares are
therefore of the sum of the chapters, and nothing here may be set against the observations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.queries.currency import convert
from data.selection import SECTIONS, Selection
from data.store import Store

REPORTER = "USA"
PARTNERS = ("CAN", "MEX")
YEARS = (2007, 2025)
SOURCE, MONTHLY_SOURCE = "bts-transborder", "bts-transborder-monthly"
# Only US–Mexico is held by month, and only by section.
MONTHLY_PARTNER = "MEX"
LARGEST = 5
OPPOSITE = {"export": "import", "import": "export"}


@dataclass(frozen=True)
class Scope:
    """What is listed of a flow: all sections, all chapters, or the chapters of one ``section``."""

    level: str
    section: str = ""


def is_held(selection: Selection) -> bool:
    """Whether the pair is the United States with a neighbour, of which alone the products are held."""
    return REPORTER in (selection.reporter, selection.partner) and not selection.same_country


def partner_of(selection: Selection) -> str:
    """The country whose trade with the United States is chosen (:func:`is_held`)."""
    return selection.partner if selection.reporter == REPORTER else selection.reporter


def us_flow(selection: Selection) -> str:
    """The chosen flow as the United States sees it: an export of Canada is a US import."""
    return selection.flow if selection.reporter == REPORTER else OPPOSITE[selection.flow]


def exporter(selection: Selection) -> str:
    """The country the goods of the chosen flow come from."""
    return selection.reporter if selection.flow == "export" else selection.partner


def year_of(selection: Selection) -> int | None:
    """The last chosen year on record; None when no chosen year is."""
    last = min(selection.years[1], YEARS[1])
    return last if last >= max(selection.years[0], YEARS[0]) else None


def compared_year(selection: Selection) -> int | None:
    """The year compared with, by default the one before; None when it is not on record or is the year itself."""
    year = year_of(selection)
    if year is None:
        return None
    against = selection.against or year - 1
    return against if YEARS[0] <= against <= YEARS[1] and against != year else None


def names(store: Store) -> pd.DataFrame:
    """Sections and chapters by code: ``name_en`` and ``section`` (empty for a section)."""
    if ("product names",) not in store.memo:
        rows = store.product_names[store.product_names["product_scheme"].isin(["HS_SECTION", "HS2"])]
        table = rows.set_index("product_code")[["name_en", "parent_code"]].rename(columns={"parent_code": "section"})
        order = [*SECTIONS, *sorted(code for code in table.index if code not in SECTIONS)]
        store.memo["product names",] = table.reindex(order).fillna({"section": ""})
    return store.memo["product names",]


def section_of(store: Store, code: str) -> str:
    """The section of a chapter; a section is its own, and no product has none."""
    return code if code in SECTIONS or not code else str(names(store).at[code, "section"])


def scope_of(store: Store, selection: Selection) -> Scope:
    """What the selection lists: inside the chosen product's section, or everything at the chosen detail."""
    if selection.product:
        return Scope("chapter", section_of(store, selection.product))
    return Scope(selection.detail)


def chapters(store: Store, partner: str, flow: str, currency: str) -> pd.DataFrame:
    """A US flow by year and chapter, million units of the currency; what is not on record is missing."""
    return _wide(store, "HS2", "A", partner, flow, currency)


def sections(store: Store, partner: str, flow: str, currency: str) -> pd.DataFrame:
    """A US flow by year and section, as the sums of their chapters."""
    key = ("sections", partner, flow, currency)
    if key not in store.memo:
        wide = chapters(store, partner, flow, currency)
        summed = wide.T.groupby(names(store)["section"]).sum(min_count=1).T
        store.memo[key] = summed[[code for code in SECTIONS if code in summed]]
    return store.memo[key]


def monthly_sections(store: Store, flow: str, currency: str) -> pd.DataFrame:
    """A US flow with Mexico by month and section, million units of the currency."""
    wide = _wide(store, "HS_SECTION", "M", MONTHLY_PARTNER, flow, currency)
    return wide[[code for code in SECTIONS if code in wide]]


def _wide(store: Store, scheme: str, frequency: str, partner: str, flow: str, currency: str) -> pd.DataFrame:
    key = ("products", scheme, partner, flow, currency)
    if key not in store.memo:
        rows = store.products
        mine = rows[
            (rows["product_scheme"] == scheme)
            & (rows["frequency"] == frequency)
            & (rows["reporter"] == REPORTER)
            & (rows["partner"] == partner)
            & (rows["flow"] == flow)
        ]
        values = convert(mine, store.rates, currency).astype({"product_code": "object"})
        wide = values.pivot(index="period", columns="product_code", values="value")
        step = "YS" if frequency == "A" else "MS"
        calendar = pd.date_range(f"{YEARS[0]}-01-01", f"{YEARS[1]}-12-01", freq=step, name="period")
        store.memo[key] = wide.reindex(calendar).rename_axis(columns=None)
    return store.memo[key]


def listed(store: Store, selection: Selection) -> pd.DataFrame:
    """The years of what the selection lists (:func:`scope_of`), in the chosen currency."""
    scope, flow = scope_of(store, selection), (partner_of(selection), us_flow(selection), selection.currency)
    if scope.level == "section":
        return sections(store, *flow)
    wide = chapters(store, *flow)
    if scope.section:
        own = names(store)["section"]
        wide = wide[[code for code in wide if own[code] == scope.section]]
    return wide


def total(store: Store, selection: Selection) -> pd.Series:
    """The whole flow by year: the sum of its chapters, in the chosen currency."""
    return chapters(store, partner_of(selection), us_flow(selection), selection.currency).sum(axis=1, min_count=1)


def breakdown(store: Store, selection: Selection) -> pd.DataFrame:
    """What the selection lists in its year, the largest first.

    Returns:
        Columns ``code``, ``name``, ``value`` and ``before`` (million units of the chosen currency, in the year and
        the compared year), ``change`` and ``growth`` (per cent), ``share`` and ``share_before`` (per cent of the
        whole flow, also inside a section). What is not on record is missing, and stands last.
    """
    year, against = year_of(selection), compared_year(selection)
    wide, whole = listed(store, selection), total(store, selection).to_frame()
    now, then = _row(wide, year), _row(wide, against)
    table = pd.DataFrame(
        {
            "code": wide.columns,
            "name": names(store)["name_en"].reindex(wide.columns).to_numpy(),
            "value": now.to_numpy(),
            "before": then.to_numpy(),
        }
    )
    table["change"] = table["value"] - table["before"]
    table["growth"] = table["change"] / table["before"].where(table["before"] > 0) * 100
    table["share"] = table["value"] / _row(whole, year).iloc[0] * 100
    table["share_before"] = table["before"] / _row(whole, against).iloc[0] * 100
    return table.sort_values("value", ascending=False, kind="stable", ignore_index=True)


def _row(values: pd.DataFrame, year: int | None) -> pd.Series:
    """The row of a year; missing values for a year that is not known."""
    if year is None:
        return pd.Series(float("nan"), index=values.columns)
    return values.loc[pd.Timestamp(year, 1, 1)]


@dataclass(frozen=True)
class Contributions:
    """What the parts added to the change of their sum from the compared year to the year.

    ``rows`` has ``code`` (empty for the rest), ``name``, ``value``, ``before``, ``change`` (million units of the
    chosen currency) and ``points`` (percentage points of the sum's growth). Their changes sum to ``change``.
    """

    year: int
    against: int
    rows: pd.DataFrame
    before: float
    after: float

    @property
    def change(self) -> float:
        """Change of the whole, million units of the chosen currency."""
        return self.after - self.before

    @property
    def growth(self) -> float:
        """Growth of the whole, per cent."""
        return self.change / self.before * 100


def contributions(store: Store, selection: Selection, most: int = 10) -> Contributions | None:
    """Split the change of what the selection lists; None without two years to compare.

    Args:
        store: the tables.
        selection: the reader's choices.
        most: how many parts are named, those that moved most; the others are one rest row, in which also stands
            what is on record in one of the two years only.
    """
    year, against = year_of(selection), compared_year(selection)
    if year is None or against is None:
        return None
    table = breakdown(store, selection)
    before, after = float(table["before"].sum()), float(table["value"].sum())
    order = table["change"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
    known = [i for i in order if pd.notna(table.at[i, "change"])]
    named = table.loc[known if len(table) <= most else known[:most]]
    named = named.sort_values("change", ascending=False, kind="stable")
    columns = ["code", "name", "value", "before", "change"]
    rows = named[columns].reset_index(drop=True)
    if len(named) < len(table):
        rest = {"code": "", "name": "", "value": after - named["value"].sum(), "before": before - named["before"].sum()}
        rest["change"] = (after - before) - named["change"].sum()
        rows = pd.concat([rows, pd.DataFrame([rest])], ignore_index=True)
    return Contributions(year, against, rows.assign(points=rows["change"] / before * 100), before, after)


def history(store: Store, selection: Selection, code: str) -> pd.DataFrame:
    """A product's years in the chosen direction, with either partner of the United States.

    Returns:
        Indexed by ``period``; ``CAN`` and ``MEX`` (million units of the chosen currency), ``CAN_share`` and
        ``MEX_share`` (per cent of the whole flow with that partner).
    """
    flow, found = us_flow(selection), {}
    for partner in PARTNERS:
        key = (store, partner, flow, selection.currency)
        wide = sections(*key) if code in SECTIONS else chapters(*key)
        values = wide[code] if code in wide else pd.Series(float("nan"), index=wide.index)
        found[partner] = values
        found[f"{partner}_share"] = values / chapters(*key).sum(axis=1, min_count=1) * 100
    return pd.DataFrame(found)[[*PARTNERS, *(f"{partner}_share" for partner in PARTNERS)]]


def concentration(store: Store, selection: Selection) -> pd.DataFrame:
    """How far the flow rests on few chapters, by year.

    Returns:
        Indexed by ``period``; ``largest`` (share of the five largest chapters, per cent) and ``herfindahl`` (sum of
        the squared shares in per cent of all chapters: from near 0 to 10,000 for a single one).
    """
    wide = chapters(store, partner_of(selection), us_flow(selection), "USD")
    shares = wide.div(wide.sum(axis=1, min_count=1), axis=0) * 100
    largest = np.sort(shares.fillna(0).to_numpy(), axis=1)[:, -LARGEST:].sum(axis=1)
    herfindahl = (shares**2).sum(axis=1, min_count=1)
    return pd.DataFrame(
        {"largest": pd.Series(largest, shares.index).where(herfindahl.notna()), "herfindahl": herfindahl}
    )


@dataclass(frozen=True)
class Window:
    """A share over some periods of a year or more: first and last period, how many there are, per cent."""

    first: pd.Timestamp
    last: pd.Timestamp
    periods: int
    share: float


@dataclass(frozen=True)
class Around:
    """A product's share of its flow before and after an event, from years (A) or months (M).

    ``after`` holds each full year after the event, or one window of up to twelve months; it is empty when none is
    on record yet. ``during`` is the year the event falls into, which is neither.
    """

    event: str
    date: pd.Timestamp
    frequency: str
    before: Window
    during: Window | None
    after: Sequence[Window]


def share_around(store: Store, selection: Selection, code: str) -> Around | None:
    """A product's share of the chosen flow around the chosen event, in the US dollars of the record.

    Sections of trade with Mexico are known by month: full months after the event, twelve at most, are set against
    the same months of the calendar just before it. All else is known by year.
    """
    date = event_date(store, selection.event)
    if partner_of(selection) == MONTHLY_PARTNER and code in SECTIONS:
        wide = monthly_sections(store, us_flow(selection), "USD")
        return _around_months(selection.event, date, wide[code], wide.sum(axis=1, min_count=1))
    table = history(store, replace(selection, currency="USD"), code)
    shares = table[f"{partner_of(selection)}_share"].dropna()
    starts_a_year = (date.month, date.day) == (1, 1)
    last_before, first_after = date.year - 1, date.year if starts_a_year else date.year + 1
    windows = {period.year: Window(period, period, 1, float(share)) for period, share in shares.items()}
    if last_before not in windows:
        return None
    after = [window for year, window in windows.items() if year >= first_after]
    during = None if starts_a_year else windows.get(date.year)
    return Around(selection.event, date, "A", windows[last_before], during, after)


def _around_months(event: str, date: pd.Timestamp, values: pd.Series, whole: pd.Series) -> Around | None:
    first = date if date.day == 1 else date + pd.offsets.MonthBegin()
    year_before = values.loc[: date.replace(day=1) - pd.Timedelta(days=1)].iloc[-12:]
    after = values.loc[first:].iloc[:12]
    # Trade has seasons: fewer than twelve months are set against the same months of the calendar.
    before = year_before[year_before.index.month.isin(after.index.month)] if len(after) else year_before
    if len(year_before) < 12:
        return None
    known = [_window(after, whole)] if len(after) else []
    return Around(event, date, "M", _window(before, whole), None, known)


def _window(values: pd.Series, whole: pd.Series) -> Window:
    share = float(values.sum() / whole[values.index].sum() * 100)
    return Window(values.index[0], values.index[-1], len(values), share)


def event_date(store: Store, event: str) -> pd.Timestamp:
    """Day of an event of the events table."""
    return pd.Timestamp(store.events.set_index("event_id").at[event, "date"])


def rate_sources(store: Store, currency: str, frequency: str) -> list[str]:
    """Ids of the sources of the rates that converted US dollars; empty when nothing was converted."""
    if currency == "USD":
        return []
    rates = store.exchange_rates
    held = rates["period"].dt.year.between(*YEARS) & (rates["currency"] == currency)
    used = rates[held & (rates["frequency"] == frequency)].sort_values("period", ascending=False)
    return list(dict.fromkeys(used["source_id"]))
