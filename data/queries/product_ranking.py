"""The products of a flow in one year: ranked, by section and chapter, and what drove the change between two years."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from data.queries import products
from data.queries.products import ByProduct, Facts, Scope
from data.queries.settled import least_settled, least_settled_each
from data.selection import Selection
from data.store import Store

# Parts of a change that are named; the others are one row.
MOST = 10


@dataclass(frozen=True)
class Ranking:
    """What is listed of a flow in ``year``, against another year where there is one.

    ``table`` is that of :func:`breakdown`, ``history`` the years of each product up to ``year``, a column each in
    million units of the chosen currency.
    """

    facts: Facts
    scope: Scope
    year: int
    against: int | None
    table: pd.DataFrame
    history: pd.DataFrame


@dataclass(frozen=True)
class Areas:
    """All sections of a flow in a year, and all its chapters."""

    sections: Ranking
    chapters: Ranking


def ranking(store: Store, selection: Selection) -> Ranking | None:
    """Rank what the selection lists; None where nothing of it is held."""
    year = products.year_of(selection) if products.is_held(selection) else None
    if year is None:
        return None
    return Ranking(
        facts=products.facts(store, selection),
        scope=products.scope_of(store, selection),
        year=year,
        against=products.compared_year(selection),
        table=breakdown(store, selection),
        history=products.listed(store, selection).values.loc[: pd.Timestamp(year, 1, 1)],
    )


def areas(store: Store, selection: Selection) -> Areas | None:
    """All sections and chapters, whatever product and detail are chosen; None where nothing is held."""
    sections = ranking(store, replace(selection, product="", detail="section"))
    chapters = ranking(store, replace(selection, product="", detail="chapter"))
    return Areas(sections, chapters) if sections and chapters else None


def breakdown(store: Store, selection: Selection) -> pd.DataFrame:
    """What the selection lists in its year, the largest first.

    Returns:
        Columns ``code``, ``name``, ``value`` and ``before`` (million units of the chosen currency, in the year and
        the compared year), ``change`` and ``growth`` (per cent), ``share`` and ``share_before`` (per cent of the
        whole flow, also inside a section). What is not on record is missing, and stands last. Beside each of them
        stands its ``<column>_status``, and beside the values their ``<column>_source``.
    """
    flow = products.partner_of(selection), products.us_flow(selection), selection.currency
    years = products.year_of(selection), products.compared_year(selection)
    # Several charts of a page start from the same table.
    return store.remember(_breakdown, products.scope_of(store, selection), *flow, *years)


def _breakdown(
    store: Store, scope: Scope, partner: str, flow: str, currency: str, year: int | None, against: int | None
) -> pd.DataFrame:
    by = products.of_scope(store, scope, partner, flow, currency)
    whole = products.chapters(store, partner, flow, currency)
    now, then = _of_year(by, whole, year), _of_year(by, whole, against)
    change = now.values - then.values
    both = least_settled_each(now.statuses, then.statuses)
    table = pd.DataFrame(
        {
            "name": products.names(store)["name_en"].reindex(by.values.columns),
            "value": now.values,
            "before": then.values,
            "change": change,
            "growth": change / then.values.where(then.values > 0) * 100,
            "share": now.values / now.whole * 100,
            "share_before": then.values / then.whole * 100,
            "value_status": now.statuses,
            "before_status": then.statuses,
            "change_status": both,
            "growth_status": both,
            "share_status": least_settled_each(now.statuses, now.whole_status),
            "share_before_status": least_settled_each(then.statuses, then.whole_status),
            "value_source": now.sources,
            "before_source": then.sources,
        }
    )
    table.insert(0, "code", by.values.columns)
    return table.sort_values("value", ascending=False, kind="stable", ignore_index=True)


@dataclass(frozen=True)
class _Year:
    """Products of one year, and the whole flow of that year."""

    values: pd.Series
    statuses: pd.Series
    sources: pd.Series
    whole: float
    whole_status: str | None


def _of_year(by: ByProduct, whole: ByProduct, year: int | None) -> _Year:
    """The products of a year; all missing for a year that is not known."""
    if year is None:
        none = pd.Series(None, by.values.columns, dtype=object)
        return _Year(none.astype("float64"), none, none, float("nan"), None)
    at = pd.Timestamp(year, 1, 1)
    values, statuses, sources = (of.loc[at] for of in (by.values, by.statuses, by.sources))
    return _Year(values, statuses, sources, float(whole.whole[at]), whole.whole_status[at])


@dataclass(frozen=True)
class Contributions:
    """What the parts added to the change of their sum from the compared year to the year.

    ``rows`` has ``code`` (empty for the rest), ``name``, ``value``, ``before``, ``change`` (million units of the
    chosen currency) and ``points`` (percentage points of the sum's growth), each with its ``<column>_status``. Their
    changes sum to ``change``. ``before_status`` and ``after_status`` are those of the whole.
    """

    facts: Facts
    scope: Scope
    year: int
    against: int
    rows: pd.DataFrame
    before: float
    after: float
    before_status: str | None
    after_status: str | None

    @property
    def change(self) -> float:
        """Change of the whole, million units of the chosen currency."""
        return self.after - self.before

    @property
    def growth(self) -> float:
        """Growth of the whole, per cent."""
        return self.change / self.before * 100

    @property
    def change_status(self) -> str | None:
        """How settled the change and the growth of the whole are."""
        return least_settled([self.before_status, self.after_status])


def contributions(store: Store, selection: Selection, most: int = MOST) -> Contributions | None:
    """Split the change of what the selection lists; None without two years to compare.

    Args:
        store: the tables.
        selection: the reader's choices.
        most: how many parts are named, those that moved most; the others are one rest row, in which also stands
            what is on record in one of the two years only.
    """
    found = ranking(store, selection)
    if found is None or found.against is None:
        return None
    table = found.table
    before, after = float(table["before"].sum()), float(table["value"].sum())
    order = table["change"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
    known = list(order[: table["change"].notna().sum()])
    named = table.loc[known if len(table) <= most else known[:most]]
    named = named.sort_values("change", ascending=False, kind="stable")
    columns = ["code", "name", "value", "before", "change"]
    columns += [f"{column}_status" for column in columns[2:]]
    rows = named[columns].reset_index(drop=True)
    if len(named) < len(table):
        rows = pd.concat([rows, _rest(table.drop(named.index)[columns], rows, before, after)], ignore_index=True)
    whole = [least_settled(table[f"{column}_status"]) for column in ("before", "value")]
    rows["points"] = rows["change"] / before * 100
    rows["points_status"] = least_settled_each(rows["change_status"], whole[0])
    return Contributions(found.facts, found.scope, found.year, found.against, rows, before, after, *whole)


def _rest(others: pd.DataFrame, named: pd.DataFrame, before: float, after: float) -> pd.DataFrame:
    """What is not named, as the difference that it makes to the whole."""
    rest = {"code": "", "name": "", "value": after - named["value"].sum(), "before": before - named["before"].sum()}
    rest["change"] = (after - before) - named["change"].sum()
    statuses = {name: least_settled(others[name]) for name in others if name.endswith("_status")}
    # The change of the rest holds what is known in one year only, so that both years have their say.
    statuses["change_status"] = least_settled([statuses["value_status"], statuses["before_status"]])
    return pd.DataFrame([{**rest, **statuses}])
