"""Tariffs: what applies on a day, the days on which something changes, and the life of each measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from data.queries.origin import Origin, origin
from data.schema.policy import STEPS, TARIFF_MEASURES, WITHOUT_RATE
from data.selection import Selection
from data.store import Store

# Steps after which a measure is no longer charged.
OVER = ("ended", "expired")
# The goods of a measure that is on everything but what its other rows name.
EVERY = "general"


def between(store: Store, country: str, partner: str) -> pd.DataFrame:
    """Rows of the tariff table that one of the two countries imposes on the other, both directions."""
    t = store.tariffs
    forth = (t["imposer"] == country) & (t["target"] == partner)
    back = (t["imposer"] == partner) & (t["target"] == country)
    return t[forth | back]


def in_force(store: Store, tariffs: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """Rows whose half-open interval contains a day.

    Raises:
        ValueError: the day lies after the end of the collection, where nothing is known.
    """
    if day > store.coverage.last_day:
        raise ValueError(f"not known after {store.coverage.last_day.isoformat()}")
    start, end = tariffs["effective_from"], tariffs["effective_to"]
    at = pd.Timestamp(day)
    return tariffs[(start <= at) & (end.isna() | (end > at)) & (tariffs["status"] != "never_applied")]


def by_measure(store: Store, countries: Collection[str], day: dt.date) -> pd.DataFrame:
    """What is charged by or on any of some countries on a day, and what was and no longer is, a row a measure.

    Args:
        store: the tables.
        countries: ISO3 codes; a row stands for a measure that one of them charges or whose goods are charged.
        day: the day, within the collection.

    Returns:
        Ordered by imposer, who charges most measures first, and by first day, with ``imposer``, ``measure``,
        ``targets`` (ISO3 codes), ``low`` and ``high`` (per cent: of a measure in force those of the day, else all it
        ever had), ``first``, ``last`` (the last day of one that ended; missing while it is in force) and ``free``
        (whether goods that qualify under the USMCA are exempt from all of it).
    """
    return store.remember(_by_measure, tuple(sorted(set(countries))), day)


def _by_measure(store: Store, countries: tuple[str, ...], day: dt.date) -> pd.DataFrame:
    rows = store.tariffs[store.tariffs["kind"] == "duty"]
    concerned = rows["imposer"].isin(countries) | rows["target"].isin(countries)
    applied = rows[concerned & (rows["status"] != "never_applied") & (rows["effective_from"] <= pd.Timestamp(day))]
    now = set(in_force(store, applied, day)["tariff_id"])
    found = []
    for (imposer, measure), every in applied.groupby(["imposer", "measure"], observed=True, sort=False):
        held = every[every["tariff_id"].isin(now)]
        shown = held if len(held) else every
        found.append(
            {
                "imposer": imposer,
                "measure": measure,
                "targets": tuple(dict.fromkeys(shown["target"])),
                "low": shown["rate_low_pct"].fillna(shown["rate_pct"]).min(),
                "high": shown["rate_pct"].max(),
                "first": every["effective_from"].min(),
                "last": pd.NaT if len(held) else every["effective_to"].max() - pd.Timedelta(days=1),
                "free": bool((shown["usmca_rule"] == "free").all()),
            }
        )
    table = pd.DataFrame(found, columns=list(found[0]) if found else ["imposer", "first", "last"])
    table["measures"] = table.groupby("imposer")["imposer"].transform("size")
    by = ["measures", "imposer", "first"]
    return table.sort_values(by, ascending=[False, True, True], kind="stable", ignore_index=True).drop(
        columns="measures"
    )


def never_applied(tariffs: pd.DataFrame) -> pd.DataFrame:
    """Rows that were announced and never applied, in any form, by the end of the collection.

    A rate whose start was put off and that applied later is not one of them, whatever its first day was to be.
    """
    said = tariffs["status"].isin(["announced", "never_applied"])
    key = ["imposer", "target", "measure", "product_scope", "rate_pct"]
    applied = set(tariffs.loc[~said & tariffs["effective_from"].notna(), key].itertuples(index=False, name=None))
    later = [row in applied for row in tariffs[key].itertuples(index=False, name=None)]
    return tariffs[said & ~pd.Series(later, tariffs.index, dtype=bool)]


def change_days(store: Store, tariffs: pd.DataFrame) -> list[dt.date]:
    """Days on which a row begins or ends, oldest first, up to the end of the collection."""
    applied = tariffs[tariffs["status"] != "never_applied"]
    days = pd.concat([applied["effective_from"], applied["effective_to"]]).dropna().dt.date
    return sorted({day for day in days if day <= store.coverage.last_day})


def neighbours(days: list[dt.date], day: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The change before a day and the change after it."""
    earlier = [d for d in days if d < day]
    later = [d for d in days if d > day]
    return (earlier[-1] if earlier else None), (later[0] if later else None)


def steps(store: Store, selection: Selection) -> pd.DataFrame:
    """Dated rows between the chosen pair for the step chart, ended at the end of the collection.

    Returns:
        The tariff rows with a start and a rate, with ``until`` (end of the row or of the collection) and
        ``open`` (whether it was still in force then), ordered so that each scope's rows follow each other.
    """
    rows = between(store, selection.reporter, selection.partner)
    rows = rows[rows["effective_from"].notna() & (rows["status"] != "never_applied")]
    end = pd.Timestamp(store.coverage.last_day)
    rows = rows[rows["effective_from"] <= end]
    until = rows["effective_to"].fillna(end).clip(upper=end)
    rows = rows.assign(until=until, open=rows["effective_to"].isna())
    first = rows.groupby(["imposer", "target", "measure", "product_scope"], observed=True)["effective_from"]
    return rows.assign(first=first.transform("min")).sort_values(
        ["imposer", "first", "measure", "product_scope", "effective_from"], ignore_index=True
    )


def measure_steps(store: Store, country: str, partner: str) -> pd.DataFrame:
    """Steps of every measure that one of the two countries took against the other, both directions.

    Returns:
        Rows of the lives table, measure after measure by the day of its first step; the steps of one day follow each
        other as in :data:`STEPS`.
    """
    return store.remember(_measure_steps, country, partner)


def _measure_steps(store: Store, country: str, partner: str) -> pd.DataFrame:
    rows = _between(store.tariff_lives, country, partner)
    first = rows.groupby(["imposer", "measure"], observed=True)["date"].transform("min")
    order = rows["step"].map(STEPS.index)
    named = rows["measure"].map((*TARIFF_MEASURES, *WITHOUT_RATE).index)
    sorted_rows = rows.assign(first=first, order=order, named=named).sort_values(
        ["imposer", "first", "named", "date", "order"], ignore_index=True
    )
    return sorted_rows.drop(columns=["first", "order", "named"])


@dataclass(frozen=True)
class Life:
    """One measure of one country, from its first word to its end.

    ``start`` is the first day it was charged, None when it never was; ``end`` the first day it no longer was, None
    while it runs. ``steps`` are rows of the lives table, oldest first.
    """

    imposer: str
    measure: str
    start: pd.Timestamp | None
    end: pd.Timestamp | None
    steps: pd.DataFrame

    @property
    def first(self) -> pd.Timestamp:
        """Day of the first step."""
        return self.steps["date"].iloc[0]


def measures(steps: pd.DataFrame) -> list[Life]:
    """Gather steps into lives, in their order."""
    found = []
    for (imposer, measure), rows in steps.groupby(["imposer", "measure"], sort=False, observed=True):
        begun, over = rows.loc[rows["step"] == "effective", "date"], rows.loc[rows["step"].isin(OVER), "date"]
        found.append(
            Life(imposer, measure, begun.iloc[0] if len(begun) else None, over.iloc[0] if len(over) else None, rows)
        )
    return found


def stacking(store: Store, country: str, partner: str, day: dt.date) -> pd.DataFrame:
    """Rules on adding duties to each other that matter between the two on a day: both sides of the rule are charged.

    Raises:
        ValueError: the day lies after the end of the collection, where nothing is known.
    """
    now = in_force(store, between(store, country, partner), day)
    rules, at = _between(store.tariff_stacking, country, partner), pd.Timestamp(day)
    rules = rules[(rules["effective_from"] <= at) & (rules["effective_to"].isna() | (rules["effective_to"] > at))]
    charged = {imposer: set(rows["measure"]) for imposer, rows in now.groupby("imposer")}
    matters = [
        bool(set(rule.charged.split()) & charged.get(rule.imposer, set()))
        and bool(set(rule.beside.split()) & charged.get(rule.imposer, set()))
        for rule in rules.itertuples()
    ]
    return rules[pd.Series(matters, index=rules.index, dtype=bool)]


def _between(rows: pd.DataFrame, country: str, partner: str) -> pd.DataFrame:
    """Rows by one of the two countries whose targets, several in a cell, hold the other."""
    aims = {country: partner, partner: country}
    concerned = [aims.get(by) in targets.split() for by, targets in zip(rows["imposer"], rows["targets"], strict=True)]
    return rows[pd.Series(concerned, index=rows.index, dtype=bool)]


# ---- What charts show of them -------------------------------------------------------------------------------


@dataclass(frozen=True)
class DatedRates:
    """Rates between two countries over time.

    ``rows`` are those of :func:`steps`; ``first`` and ``last`` are the first and the last day of the collection.
    """

    rows: pd.DataFrame
    first: pd.Timestamp
    last: pd.Timestamp
    origin: Origin


def dated_rates(store: Store, selection: Selection) -> DatedRates | None:
    """Every rate that applied between the chosen two; None where none did."""
    rows = steps(store, selection)
    if rows.empty:
        return None
    return DatedRates(rows, *_span(store), origin(store, rows["source_id"]))


@dataclass(frozen=True)
class MeasureTimeline:
    """The steps of every measure between two countries, as :func:`measure_steps` gives them, and the lives they make.

    ``first`` and ``last`` are the first and the last day of the collection; steps may be planned for later days.
    """

    steps: pd.DataFrame
    lives: list[Life]
    first: pd.Timestamp
    last: pd.Timestamp
    origin: Origin


def measure_timeline(store: Store, selection: Selection) -> MeasureTimeline | None:
    """The life of every measure between the chosen two; None where there is no measure."""
    rows = measure_steps(store, selection.reporter, selection.partner)
    if rows.empty:
        return None
    return MeasureTimeline(rows, measures(rows), *_span(store), origin(store, rows["source_id"]))


def _span(store: Store) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day on which the tariffs are known."""
    return pd.Timestamp(store.coverage.first_day), pd.Timestamp(store.coverage.last_day)


# ---- What stands at one border -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ended:
    """A measure of one country on the goods of another that is no longer charged.

    ``first`` is its first day and ``last`` its last; ``began`` are the rows of the tariffs table that applied on the
    first day, ``changed`` those that brought another rate for the same goods later.
    """

    measure: str
    first: pd.Timestamp
    last: pd.Timestamp
    began: pd.DataFrame
    changed: pd.DataFrame


@dataclass(frozen=True)
class Standing:
    """What one country charges the goods of another on a day, and what it no longer does.

    ``low`` and ``high`` bound the rates in force, per cent of value, missing where there are none; ``groups`` counts
    the groups of goods they are on beside those of ``every``, the rows on all other goods.
    """

    low: float
    high: float
    groups: int
    every: pd.DataFrame
    ended: tuple[Ended, ...]

    @property
    def applies(self) -> bool:
        """Whether anything is charged."""
        return bool(self.groups or len(self.every))


def standing(store: Store, imposer: str, target: str, day: dt.date) -> Standing:
    """What one country charges the goods of another on a day within the collection."""
    return store.remember(_standing, imposer, target, day)


def _standing(store: Store, imposer: str, target: str, day: dt.date) -> Standing:
    rows = store.tariffs
    rows = rows[(rows["imposer"] == imposer) & (rows["target"] == target) & (rows["kind"] == "duty")]
    held = in_force(store, rows, day)
    past = rows[(rows["effective_from"] <= pd.Timestamp(day)) & ~rows["measure"].isin(held["measure"])]
    groups = past.sort_values("effective_from").groupby("measure", sort=False, observed=True)
    return Standing(
        low=held["rate_low_pct"].fillna(held["rate_pct"]).min(),
        high=held["rate_pct"].max(),
        groups=int((held["product_scope"] != EVERY).sum()),
        every=held[held["product_scope"] == EVERY],
        ended=tuple(_ended(str(measure), one) for measure, one in groups),
    )


def _ended(measure: str, rows: pd.DataFrame) -> Ended:
    first = rows["effective_from"].min()
    began = rows[rows["effective_from"] == first]
    at_first = began.set_index("product_scope")["rate_pct"]
    differs = [at_first.get(row.product_scope, row.rate_pct) != row.rate_pct for row in rows.itertuples()]
    last = rows["effective_to"].max() - pd.Timedelta(days=1)
    return Ended(measure, first, last, began, rows[pd.Series(differs, rows.index, dtype=bool)])
