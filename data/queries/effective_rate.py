"""US tariffs on Canadian and Mexican goods: what was announced, what applied, and how much of the goods it met.

There are no data on duties actually collected. What is held is the share of imports entered with a claim under
the USMCA, which the IEEPA tariff left free from 7 March 2025; the rest can have paid the IEEPA tariff.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from data.queries import tariffs
from data.selection import Selection
from data.store import Store

# Events of the events table that changed the IEEPA tariff of either partner.
EVENTS = ("us-border-duties-in-force", "usmca-exemption", "canada-35", "ieepa-duties-end")
BORDER, WHOLE = "border_duty", "general"


def partner_of(selection: Selection) -> str:
    """The country whose goods are imported with claims: the chosen one, or its partner where that is on record."""
    held = selection.coverage.claims
    pair = (selection.reporter, selection.partner)
    return next((country for country in pair if country in held.partners), held.partners[0])


def claims(store: Store) -> pd.DataFrame:
    """US imports by month with either partner, in all and with a USMCA claim.

    Returns:
        Indexed by ``period``; for each partner ``<partner>_value`` and ``<partner>_usmca`` (million US$) and
        ``<partner>`` (share of the second in the first, per cent).
    """
    return store.remember(_claims)


def _claims(store: Store) -> pd.DataFrame:
    rows = store.usmca_shares
    wide = rows.pivot(index="period", columns="partner", values=["value_million", "usmca_million"])
    found: dict[str, pd.Series] = {}
    for partner in store.coverage.claims.partners:
        value, claimed = wide["value_million", partner], wide["usmca_million", partner]
        found |= {f"{partner}_value": value, f"{partner}_usmca": claimed, partner: claimed / value * 100}
    return pd.DataFrame(found)


@dataclass(frozen=True)
class Chapters:
    """Imports of one partner's goods by chapter, largest first.

    ``values`` and ``claimed`` are indexed by chapter with a column a month, million US$; ``shares`` is the second in
    the first, per cent, and missing where nothing was imported.
    """

    values: pd.DataFrame
    claimed: pd.DataFrame
    shares: pd.DataFrame


def chapters(store: Store, partner: str) -> Chapters:
    """Imports from a partner by chapter and month, in all and with a USMCA claim."""
    return store.remember(_chapters, partner)


def _chapters(store: Store, partner: str) -> Chapters:
    rows = store.usmca_chapters[store.usmca_chapters["partner"] == partner]
    rows = rows.astype({"product_code": "object"})
    values = rows.pivot(index="product_code", columns="period", values="value_million")
    claimed = rows.pivot(index="product_code", columns="period", values="usmca_million")
    order = values.sum(axis=1).sort_values(ascending=False, kind="stable").index
    values, claimed = values.loc[order], claimed.loc[order]
    return Chapters(values, claimed, claimed / values.where(values > 0) * 100)


@dataclass(frozen=True)
class Announced:
    """A rate announced for all goods, known exceptions aside, and the day it was first announced.

    ``applies_from`` is the first day of its unbroken run, None where it never applied; ``scope`` says which goods it is
    for; ``measure``, ``scope`` and ``source_id`` are of the tariff table.
    """

    rate: float
    measure: str
    announced: dt.date
    applies_from: dt.date | None
    scope: str
    source_id: str


def announced(store: Store, partner: str, day: dt.date) -> Announced | None:
    """The rate for all goods of a partner announced last by a day, whether it applied yet; None when none was."""
    rows = _on(store, partner)
    at = pd.Timestamp(day)
    known = rows[(rows["product_scope"] == WHOLE) & (rows["announced"] <= at)]
    over = known["effective_to"].fillna(known["withdrawn"])
    known = known[over.isna() | (over > at)]
    if known.empty:
        return None
    last = known.sort_values(["announced", "effective_from"], na_position="first").iloc[-1]
    run = _run(rows[rows["product_scope"] == WHOLE], last)
    begins = run["effective_from"].min()
    return Announced(
        float(last["rate_pct"]),
        str(last["measure"]),
        run["announced"].min().date(),
        None if pd.isna(begins) else begins.date(),
        str(last["scope_text"]),
        str(last["source_id"]),
    )


def _run(rows: pd.DataFrame, last: pd.Series) -> pd.DataFrame:
    """Rows of one measure at one rate that follow each other without a gap up to a row: it may have got exceptions."""
    alike = rows[(rows["measure"] == last["measure"]) & (rows["rate_pct"] == last["rate_pct"])]
    run = [last.name]
    while len(before := alike.index[alike["effective_to"] == alike.at[run[-1], "effective_from"]]):
        run.append(before[0])
    return alike.loc[run]


def rates_in_force(store: Store, partner: str, day: dt.date) -> pd.DataFrame:
    """What applied to a partner's goods on a day, by measure.

    Returns:
        Rows by ``measure`` in the order they came: ``low`` and ``high`` (per cent; missing for a ban alone), ``ban``
        (whether some goods may not enter), ``usmca_exempt`` (whether USMCA goods pay nothing in all of its scopes),
        ``whole`` (whether it is for all goods but listed ones), ``scopes`` (how many groups of goods it sets a rate
        for), ``source_id``.
    """
    return store.remember(_rates_in_force, partner, day)


def _rates_in_force(store: Store, partner: str, day: dt.date) -> pd.DataFrame:
    now = sorted(tariffs.in_force(store, _on(store, partner), day).itertuples(), key=lambda row: row.effective_from)
    measures = {measure: [row for row in now if row.measure == measure] for measure in (r.measure for r in now)}
    columns = ["measure", "low", "high", "ban", "usmca_exempt", "whole", "scopes", "source_id"]
    return pd.DataFrame([_law(*each) for each in measures.items()], columns=columns)


def _law(measure: str, rows: list) -> dict[str, object]:
    """One row of :func:`rates_in_force`."""
    high = [row.rate_pct for row in rows if not pd.isna(row.rate_pct)]
    low = [row.rate_low_pct for row in rows if not pd.isna(row.rate_low_pct)]
    return {
        "measure": measure,
        "low": min(high + low, default=float("nan")),
        "high": max(high, default=float("nan")),
        "ban": any(row.kind == "import_ban" for row in rows),
        "usmca_exempt": all(row.usmca_rate_pct == 0 for row in rows),
        "whole": any(row.product_scope == WHOLE for row in rows),
        "scopes": len(high),
        "source_id": rows[0].source_id,
    }


def days_of_change(store: Store, partner: str) -> list[dt.date]:
    """Days on which something was announced, withdrawn, began or ended for a partner's goods, oldest first."""
    rows = _on(store, partner)
    said = {day.date() for column in ("announced", "withdrawn") for day in rows[column].dropna()}
    return sorted(day for day in said | set(tariffs.change_days(store, rows)) if day <= store.coverage.last_day)


def _on(store: Store, partner: str) -> pd.DataFrame:
    t = store.tariffs
    return t[(t["imposer"] == store.coverage.claims.importer) & (t["target"] == partner)]


@dataclass(frozen=True)
class Stretch:
    """Days of one month at one rate.

    ``rate`` is in per cent, zero before and after the duty; ``usmca_exempt`` tells whether USMCA goods were.
    """

    days: int
    rate: float
    usmca_exempt: bool


@dataclass(frozen=True)
class Group:
    """Goods that one rate of the IEEPA tariff is for, in one month.

    ``scope`` is that of the tariff table; ``whole`` and ``unclaimed`` are the goods, and those of them without a claim
    under the USMCA, in per cent of all imports from the partner; ``runs`` are the days of the month.
    """

    scope: str
    whole: float
    unclaimed: float
    runs: list[Stretch]


def estimate(store: Store, partner: str) -> pd.DataFrame:
    """What the IEEPA tariff weighed on all imports from a partner, by month: an estimate of ours, no duty collected.

    Each day's rate is taken to be charged on the goods it is for that claim nothing under the USMCA, and on all of
    them while claims did not help. The goods of a rate are the chapters that the tariff table names as nearest to its
    scope, and all other chapters for the general rate. Imports are taken to be spread evenly over the days of a month,
    and no claim to be refused.

    Returns:
        Indexed by ``period``, the months in which the duty was charged on some day and the claims are known: ``days``,
        ``days_charged``, ``days_without_relief`` (charged without relief for USMCA goods), ``rate`` (general rate, mean
        over all days, per cent), ``share`` (of all imports with a claim, per cent), ``estimate`` (per cent of the value
        of all imports).
    """
    return store.remember(_estimate, partner)


def _estimate(store: Store, partner: str) -> pd.DataFrame:
    shares = claims(store)[partner]
    found = {month: _month(groups(store, partner, month), share) for month, share in shares.items()}
    kept = {month: row for month, row in found.items() if row["days_charged"]}
    return pd.DataFrame.from_dict(kept, orient="index").rename_axis("period")


def groups(store: Store, partner: str, month: pd.Timestamp) -> list[Group]:
    """The goods of a month by the rate that is for them: those outside the named chapters first."""
    return store.remember(_groups, partner, month)


def _groups(store: Store, partner: str, month: pd.Timestamp) -> list[Group]:
    found = chapters(store, partner)
    values, unclaimed = found.values[month], (found.values - found.claimed)[month]
    total = values.sum()
    named = store.remember(_named_chapters, partner)
    apart = [chapter for codes in named.values() for chapter in codes]
    goods = {WHOLE: values.index.difference(apart), **{scope: pd.Index(codes) for scope, codes in named.items()}}
    return [
        Group(
            scope,
            values.reindex(codes).sum() / total * 100,
            unclaimed.reindex(codes).sum() / total * 100,
            stretches(store, partner, month, scope),
        )
        for scope, codes in goods.items()
    ]


def _named_chapters(store: Store, partner: str) -> dict[str, list[str]]:
    """Chapters nearest to each scope of the IEEPA tariff that has a rate of its own, as the tariff table names them."""
    rows = _border(store, partner).dropna(subset="hs_chapters")
    return {scope: codes.iloc[0].split() for scope, codes in rows.groupby("product_scope", sort=False)["hs_chapters"]}


def stretches(store: Store, partner: str, month: pd.Timestamp, scope: str = WHOLE) -> list[Stretch]:
    """The days of a month in runs of one rate of the IEEPA tariff for a scope of goods."""
    spans = list(store.remember(_spans, partner, scope).itertuples(index=False, name=None))
    days = pd.date_range(month, month + pd.offsets.MonthEnd())
    states = [_state(spans, day) for day in days]
    return [Stretch(len(list(run)), rate, spared) for (rate, spared), run in groupby(states)]


def _border(store: Store, partner: str) -> pd.DataFrame:
    rows = _on(store, partner)
    rows = rows[(rows["measure"] == BORDER) & (rows["status"] != "never_applied")]
    return rows.dropna(subset="effective_from")


def _spans(store: Store, partner: str, scope: str) -> pd.DataFrame:
    """The rates for a scope: first day, first day without, per cent, and whether claims were spared."""
    rows = _border(store, partner)
    rows = rows[rows["product_scope"] == scope]
    return rows[["effective_from", "effective_to", "rate_pct"]].assign(usmca_exempt=rows["usmca_rate_pct"] == 0)


def _state(spans: list[tuple], day: pd.Timestamp) -> tuple[float, bool]:
    for first, end, rate, spared in spans:
        if first <= day and (pd.isna(end) or day < end):
            return rate, bool(spared)
    return 0.0, False


def _month(goods: list[Group], share: float) -> dict[str, float]:
    """One row of :func:`estimate` from the goods of a month; its days are those of the general rate."""
    runs = goods[0].runs
    days = sum(run.days for run in runs)
    paid = sum(run.days * run.rate * paying(group, run) / 100 for group in goods for run in group.runs)
    return {
        "days": days,
        "days_charged": sum(run.days for run in runs if run.rate),
        "days_without_relief": sum(run.days for run in runs if run.rate and not run.usmca_exempt),
        "rate": sum(run.days * run.rate for run in runs) / days,
        "share": share,
        "estimate": paid / days,
    }


def paying(group: Group, run: Stretch) -> float:
    """The goods of a group that are taken to pay in a run of days, per cent of all imports."""
    return group.unclaimed if run.usmca_exempt else group.whole


def last_day(store: Store, partner: str) -> dt.date:
    """The last day on which the IEEPA tariff was charged and the claims are known."""
    month = estimate(store, partner).index[-1]
    runs = stretches(store, partner, month)
    end = max(place for place, run in enumerate(runs, 1) if run.rate)
    return (month + pd.Timedelta(days=sum(run.days for run in runs[:end]) - 1)).date()
