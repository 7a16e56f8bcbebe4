"""Ranking of a reporter's partners by two-way trade, over the years, and what others state about ranks."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.queries.currency import convert, rate_source_ids
from data.queries.origin import Origin, origin
from data.queries.pivot_flows import PLAIN, less_settled
from data.selection import Selection
from data.store import Store

WORLD = "WLD"
# Two partners are no field to be ranked in.
FEWEST_RANKED = 3
# Fewer years of partners that keep their places are no picture.
FEWEST_YEARS = 4
# What a partner can be ranked by; exports and imports together is what is meant where nothing is said.
RANKED_BY = ("two_way", "export", "import")
COLUMNS = [
    "partner",
    "export",
    "import",
    "total",
    "rank",
    "rank_export",
    "rank_import",
    "year",
    "complete",
    "before",
    "share",
    "source_id",
]
# A sum of partners that differs from the total by no more than the last digits is that of all partners.
SAME = 1e-6


def rank_partners(totals: pd.DataFrame, reporter: str, year: int) -> pd.DataFrame:
    """Partners by exports plus imports in a year, largest first.

    A partner without one of the flows has no total and no rank, because a missing flow is unknown, not zero. Goods of
    the reporter that come back are imports from itself; it is no partner of its own.

    Returns:
        Columns ``partner``, ``export``, ``import``, ``total`` (million units of the reporter's currency of record),
        ``rank`` (by ``total``, 1 is the largest), ``rank_export`` and ``rank_import``. Ordered by ``total``.
    """
    mine = (totals["reporter"] == reporter) & (totals["frequency"] == "A") & (totals["period"] == f"{year}-01-01")
    return _ranked(totals[mine], reporter).drop(columns="year")


def _ranked(rows: pd.DataFrame, reporter: str) -> pd.DataFrame:
    """The partners of each year as :func:`rank_partners` has those of one, with ``year``; oldest year first."""
    rows = rows[~rows["partner"].isin([WORLD, reporter])]
    rows = rows.assign(year=rows["period"].dt.year)
    flows = rows.pivot(index=["year", "partner"], columns="flow", values="value_million")
    flows = flows.reindex(columns=["export", "import"]).rename_axis(columns=None)
    flows["total"] = flows["export"] + flows["import"]
    by_year = flows.groupby(level="year")
    for column, name in (("total", "rank"), ("export", "rank_export"), ("import", "rank_import")):
        flows[name] = by_year[column].rank(ascending=False, method="min")
    largest_first = flows.sort_values("total", ascending=False, na_position="last", kind="stable")
    return largest_first.sort_index(level="year", sort_remaining=False, kind="stable").reset_index()


@dataclass(frozen=True)
class Ranking:
    """The partners of a reporter in one year.

    ``table`` has the columns of :func:`rank_partners` in million units of the chosen currency, ``before`` (rank in
    the year before, missing where the same partners were not ranked then) and ``share`` (per cent of the reporter's
    trade with all countries, missing where that is not held), and how settled they are: ``export_status``,
    ``import_status``, ``total_status`` (of the total and its rank) and ``share_status``. ``asked`` is the year the
    reader wanted; ``rate`` is units of the chosen currency per unit of that of record; ``complete`` says that the
    partners make up all of the reporter's trade, so that a rank is a place among all countries. Where they do not,
    ``complete_to`` is the last rank that is one; None where none is known to be.
    """

    reporter: str
    year: int
    asked: int
    years: tuple[int, int]
    table: pd.DataFrame
    origin: Origin
    rate: float
    complete: bool
    complete_to: int | None

    @property
    def ranked(self) -> int:
        """Number of partners that have a rank."""
        return int(self.table["rank"].notna().sum())

    def row(self, partner: str) -> pd.Series | None:
        """The row of one partner; None when it has no rank."""
        found = self.table[(self.table["partner"] == partner) & self.table["rank"].notna()]
        return found.iloc[0] if len(found) else None

    def first(self, count: int, partner: str) -> pd.DataFrame:
        """The largest partners, and the chosen one where it stands further down."""
        return self.table[(self.table["rank"] <= count) | (self.table["partner"] == partner)]


def ranking(store: Store, selection: Selection) -> Ranking | None:
    """Rank the partners of the chosen country in the last chosen year, or in the nearest year that is held.

    Values are converted at the average rate of the year. None when no list of partners is held.
    """
    reporter, currency = selection.reporter, selection.currency
    years = None if selection.same_country else held_years(store, reporter)
    if years is None:
        return None
    year = min(max(selection.years[1], years[0]), years[1])
    table = store.remember(_of_year, reporter, year, currency)
    rates = rate_source_ids(
        store, {store.coverage.currency_of_record[reporter]}, currency, "A", [pd.Timestamp(year, 1, 1)]
    )
    return Ranking(
        reporter=reporter,
        year=year,
        asked=selection.years[1],
        years=years,
        table=table,
        origin=origin(store, [table["source_id"].iloc[0]], rates),
        rate=rate_of(store, reporter, year, currency),
        complete=bool(table["complete"].iloc[0]),
        complete_to=store.coverage.ranks_complete_to.get(reporter),
    )


def _of_year(store: Store, reporter: str, year: int, currency: str) -> pd.DataFrame:
    whole = all_years(store, reporter)
    table = whole[whole["year"] == year].drop(columns="year").reset_index(drop=True)
    table[["export", "import", "total"]] *= rate_of(store, reporter, year, currency)
    statuses = store.remember(_statuses, reporter).loc[year]
    return table.join(statuses, on="partner")


def _statuses(store: Store, reporter: str) -> pd.DataFrame:
    """How settled each flow, total and share is, by year and partner.

    A total is as settled as the less settled of its flows, a share as that of it and of all trade.
    """
    pool = _pool(store, reporter).astype({"partner": "str"})
    by_flow = pool.assign(year=pool["period"].dt.year).pivot(index=["year", "partner"], columns="flow", values="status")
    found = by_flow.reindex(columns=["export", "import"]).add_suffix("_status").rename_axis(columns=None)
    held = found["export_status"].fillna(found["import_status"]), found["import_status"].fillna(found["export_status"])
    found["total_status"] = less_settled(held[0].to_numpy(), held[1].to_numpy(), PLAIN["status"])
    of_world = found["total_status"].unstack("partner").get(WORLD, pd.Series(dtype="object")).to_dict()
    world = found.index.get_level_values("year").map(of_world.get)
    found["share_status"] = less_settled(found["total_status"].to_numpy(), world.to_numpy(), PLAIN["status"])
    return found


def rate_of(store: Store, reporter: str, year: int, currency: str) -> float:
    """Units of a currency per unit of the reporter's currency of record, average of a year."""
    one = {
        "frequency": ["A"],
        "period": [pd.Timestamp(year, 1, 1)],
        "currency": [store.coverage.currency_of_record[reporter]],
    }
    return float(convert(pd.DataFrame({**one, "value_million": [1.0]}), store.rates, currency)["rate"].iloc[0])


def held_years(store: Store, reporter: str) -> tuple[int, int] | None:
    """First and last year in which enough partners have a rank; None when there is none."""
    years = all_years(store, reporter)["year"]
    return (int(years.min()), int(years.max())) if len(years) else None


def all_years(store: Store, reporter: str) -> pd.DataFrame:
    """Rankings of every year that can be ranked, in the currency of record.

    Returns:
        Columns of :func:`rank_partners`, ``year``, ``before``, ``share`` and ``source_id``; see :class:`Ranking`.
    """
    return store.remember(_every_year, reporter)


def ranks(store: Store, reporter: str, year: int) -> pd.Series:
    """Rank of each partner in a year by exports plus imports; empty for a year that cannot be ranked."""
    every = store.remember(_every_rank, reporter)
    found = every[every["year"] == year].dropna(subset="rank").set_index("partner")["rank"]
    return found if len(found) >= FEWEST_RANKED else found.iloc[:0]


def _every_rank(store: Store, reporter: str) -> pd.DataFrame:
    return _ranked(_pool(store, reporter), reporter)


def _every_year(store: Store, reporter: str) -> pd.DataFrame:
    return _all_years(_pool(store, reporter), store.remember(_every_rank, reporter))


def _pool(store: Store, reporter: str) -> pd.DataFrame:
    """Annual totals of a reporter by partner and with the world."""
    wide = store.partner_totals
    return wide[(wide["reporter"] == reporter) & (wide["frequency"] == "A")].astype(
        dict.fromkeys(["partner", "flow", "source_id"], "object")
    )


def _all_years(pool: pd.DataFrame, ranked: pd.DataFrame) -> pd.DataFrame:
    year_of = pool["period"].dt.year
    world = pool[pool["partner"] == WORLD].groupby(year_of)["value_million"].sum()
    # Goods that came back from no other country are in the world total and in this sum, though in no rank.
    summed = pool[pool["partner"] != WORLD].groupby(year_of)["value_million"].sum()
    counts = pool[pool["partner"] != WORLD].groupby(year_of)["partner"].nunique()
    found: list[pd.DataFrame] = []
    earlier: dict[int, tuple[pd.Series, bool]] = {}
    enough = counts.index[counts >= FEWEST_RANKED]
    sources = pool.groupby(year_of)["source_id"].unique()
    for year, every in ranked[ranked["year"].isin(enough)].groupby("year"):
        table = every.drop(columns="year").reset_index(drop=True)
        ranks = table.dropna(subset="rank").set_index("partner")["rank"]
        if len(ranks) < FEWEST_RANKED:
            continue
        total = world.get(year, float("nan"))
        complete = bool(abs(summed[year] - total) <= SAME * total)
        then, all_then = earlier.get(year - 1, (pd.Series(dtype="float64"), False))
        # A rank moves only against the same field, or where both fields are all countries.
        alike = set(ranks.index) == set(then.index) or (complete and all_then)
        before = table["partner"].map(then) if alike else float("nan")
        # All partners of a year come from one source, or they could not be ranked together.
        more = {"year": year, "complete": complete, "before": before, "source_id": sources[year].item()}
        found.append(table.assign(share=table["total"] / total * 100, **more))
        earlier[year] = ranks, complete
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)


def rank_history(store: Store, reporter: str) -> pd.DataFrame:
    """Rank of each partner over the years that can be ranked.

    Returns:
        Indexed by year, one column a partner, 1 is the largest.
    """
    return store.remember(_rank_history, reporter)


def _rank_history(store: Store, reporter: str) -> pd.DataFrame:
    whole = all_years(store, reporter).dropna(subset="rank")
    return whole.pivot(index="year", columns="partner", values="rank").rename_axis(columns=None)


@dataclass(frozen=True)
class RankHistory:
    """Ranks over the years.

    ``ranks`` is indexed by year with one column a partner, ``statuses`` says in the same places how settled the trade
    is that is ranked. ``newest`` is the ranking of the chosen year, among whose partners the ranks hold.
    """

    ranks: pd.DataFrame
    statuses: pd.DataFrame
    newest: Ranking
    origin: Origin


def history(store: Store, selection: Selection) -> RankHistory | None:
    """Ranks in the chosen years, or in all years where those are too few; None where all are."""
    newest = ranking(store, selection)
    if newest is None:
        return None
    whole = rank_history(store, selection.reporter)
    chosen = whole[(whole.index >= selection.years[0]) & (whole.index <= selection.years[1])]
    ranks = chosen if len(chosen) >= FEWEST_YEARS else whole
    if len(ranks) < FEWEST_YEARS:
        return None
    statuses = store.remember(_statuses, selection.reporter)["total_status"].unstack("partner")
    return RankHistory(ranks, statuses.reindex_like(ranks), newest, origin(store, newest.origin.ids))


def statements(store: Store, reporter: str) -> pd.DataFrame:
    """What others have published about the ranks of a country's partners, beside our own rank.

    Returns:
        Rows of the statements table ordered by year, newest first, then partner and rank, with ``ours`` (our rank by
        the same measure, by exports and imports together where none is said; missing where none is held), ``ranked``
        (partners ours holds among; zero without one) and ``disputed`` (another statement gives the same partner
        another rank for the year).
    """
    return store.remember(_statements, reporter)


def _statements(store: Store, reporter: str) -> pd.DataFrame:
    rows = store.rank_statements
    rows = rows[rows["reporter"] == reporter].astype({"year": "int64", "rank": "int64"})
    rows = rows.assign(by=rows["measure"].where(rows["measure"].isin(RANKED_BY), "two_way"))
    # What is ranked by both flows stands before what is ranked by one.
    rows = rows.assign(one_flow=rows["by"] != "two_way")
    order = ["year", "partner", "one_flow", "rank"]
    rows = rows.sort_values(order, ascending=[False, True, True, True], kind="stable")
    whole = all_years(store, reporter).dropna(subset="rank")
    columns = {"two_way": "rank", "export": "rank_export", "import": "rank_import"}
    ours = {by: whole.set_index(["year", "partner"])[column].to_dict() for by, column in columns.items()}
    counted = whole.groupby("year").size().to_dict()
    own = [ours[row.by].get((row.year, row.partner), float("nan")) for row in rows.itertuples()]
    # A rank by one flow is another rank and contradicts none by both.
    alike = rows.groupby(["year", "partner", "by"])["rank"].transform("nunique")
    return (
        rows.assign(
            ours=pd.Series(own, rows.index, dtype="float64"),
            ranked=[counted.get(year, 0) for year in rows["year"]],
            disputed=alike > 1,
        )
        .drop(columns=["by", "one_flow"])
        .reset_index(drop=True)
    )


def contradicting(store: Store, reporter: str, partner: str, year: int) -> pd.DataFrame:
    """Published statements about a partner's rank in a year that differ from ours, the highest first."""
    rows = statements(store, reporter)
    mine = rows[(rows["partner"] == partner) & (rows["year"] == year) & rows["ours"].notna()]
    return mine[mine["rank"] != mine["ours"]].sort_values("rank")
