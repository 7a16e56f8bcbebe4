"""Ranking of a reporter's partners by two-way trade, over the years, and what others state about ranks."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.queries.currency import convert, rate_source_ids
from data.queries.origin import Origin, origin
from data.queries.pivot_flows import PLAIN, less_settled
from data.selection import CURRENCY_OF_RECORD, Selection
from data.store import Store

WORLD = "WLD"
# Two partners are no field to be ranked in.
FEWEST_RANKED = 3
# Fewer years of partners that keep their places are no picture.
FEWEST_YEARS = 4
# Every country that was among so many largest in some year is in the US table, so a rank down to it is complete.
COMPLETE_TO = {"USA": 40}
COLUMNS = [
    "partner",
    "export",
    "import",
    "total",
    "rank",
    "low",
    "best",
    "worst",
    "year",
    "before",
    "share",
    "source_id",
]


def rank_partners(observations: pd.DataFrame, reporter: str, year: int) -> pd.DataFrame:
    """Partners by exports plus imports in a year, largest first.

    Only partners with both flows on record have a total and a rank, because a missing flow is unknown, not zero. The
    others stand where the flow that is held puts them at least.

    Returns:
        Columns ``partner``, ``export``, ``import``, ``total`` (million units of the reporter's currency
        of record), ``rank`` (1 is the largest; missing without a total), ``low`` (what is held of the total, its
        least), ``best`` and ``worst`` (places among all partners listed that the missing flows leave open; a flow that
        is not held is taken to be no larger than the second-largest one that is). Ordered by ``low``.
    """
    o = observations
    rows = o[(o["reporter"] == reporter) & (o["frequency"] == "A") & (o["period"] == f"{year}-01-01")]
    flows = rows.pivot(index="partner", columns="flow", values="value_million")
    flows = flows.reindex(columns=["export", "import"]).rename_axis(columns=None)
    flows["total"] = flows["export"] + flows["import"]
    flows["rank"] = flows["total"].rank(ascending=False, method="min")
    flows["low"] = flows[["export", "import"]].sum(axis=1, min_count=1)
    flows["best"], flows["worst"] = _places(flows)
    return flows.sort_values("low", ascending=False, na_position="last").reset_index()


def _places(flows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Best and worst place of each partner: behind all that certainly have more, behind all that can have more."""
    known = flows[flows["total"].notna()]
    most = flows["low"].copy()
    for flow in ("export", "import"):
        held = known[flow].nlargest(2)
        most[flows[flow].isna()] += held.iloc[-1] if len(held) else float("inf")
    best = [1 + int((flows["low"].drop(name) > most[name]).sum()) for name in flows.index]
    worst = [1 + int((most.drop(name) > flows["low"][name]).sum()) for name in flows.index]
    return pd.Series(best, flows.index), pd.Series(worst, flows.index)


@dataclass(frozen=True)
class Ranking:
    """The partners of a reporter in one year.

    ``table`` has the columns of :func:`rank_partners` in million units of the chosen currency, ``before`` (rank in
    the year before, missing where the same partners were not ranked then) and ``share`` (per cent of the reporter's
    trade with all countries, missing where that is not held), and how settled they are: ``export_status``,
    ``import_status``, ``total_status`` (of rank, total and what is held of it) and ``share_status``. ``asked`` is the
    year the reader wanted; ``rate`` is units of the chosen currency per unit of that of record.
    """

    reporter: str
    year: int
    asked: int
    years: tuple[int, int]
    table: pd.DataFrame
    origin: Origin
    rate: float

    @property
    def ranked(self) -> int:
        """Number of partners that have a rank."""
        return int(self.table["rank"].notna().sum())

    @property
    def unranked(self) -> list[str]:
        """Partners of which one flow is not held."""
        return list(self.table.loc[self.table["rank"].isna(), "partner"])

    @property
    def certain(self) -> int:
        """Lowest rank down to which no partner of the list can be in another place; 0 when the first already can."""
        sure = self.table["best"] == self.table["worst"]
        return int(sure.cumprod().sum())

    def row(self, partner: str) -> pd.Series | None:
        """The row of one partner; None when it has no rank."""
        found = self.table[(self.table["partner"] == partner) & self.table["rank"].notna()]
        return found.iloc[0] if len(found) else None

    def first(self, count: int, partner: str) -> pd.DataFrame:
        """The largest partners, those without a rank, and the chosen one where it stands further down."""
        unplaced = self.table["rank"].isna()
        return self.table[(self.table["rank"] <= count) | (self.table["partner"] == partner) | unplaced]


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
    rates = rate_source_ids(store, {CURRENCY_OF_RECORD[reporter]}, currency, "A", [pd.Timestamp(year, 1, 1)])
    return Ranking(
        reporter=reporter,
        year=year,
        asked=selection.years[1],
        years=years,
        table=table,
        origin=origin(store, [table["source_id"].iloc[0]], rates),
        rate=rate_of(store, reporter, year, currency),
    )


def _of_year(store: Store, reporter: str, year: int, currency: str) -> pd.DataFrame:
    whole = all_years(store, reporter)
    table = whole[whole["year"] == year].drop(columns="year").reset_index(drop=True)
    table[["export", "import", "total", "low"]] *= rate_of(store, reporter, year, currency)
    statuses = store.remember(_statuses, reporter).loc[year]
    return table.join(statuses, on="partner")


def _statuses(store: Store, reporter: str) -> pd.DataFrame:
    """How settled each flow, total and share is, by year and partner.

    A total is as settled as the less settled of the flows that are held, a share as that of it and of all trade.
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
    one = {"frequency": ["A"], "period": [pd.Timestamp(year, 1, 1)], "currency": [CURRENCY_OF_RECORD[reporter]]}
    return float(convert(pd.DataFrame({**one, "value_million": [1.0]}), store.rates, currency)["rate"].iloc[0])


def without_rank(store: Store, reporter: str, year: int) -> int:
    """How many partners on record of a year have no rank, because one of their flows is not held."""
    return store.remember(_without_rank, reporter, year)


def _without_rank(store: Store, reporter: str, year: int) -> int:
    return int(rank_partners(store.observations, reporter, year)["rank"].isna().sum())


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


def _every_year(store: Store, reporter: str) -> pd.DataFrame:
    return _all_years(_pool(store, reporter), reporter)


def _pool(store: Store, reporter: str) -> pd.DataFrame:
    """Annual totals by partner from one source: the wide table where it holds the reporter, else the observations."""
    wide = store.partner_totals
    table = wide if (wide["reporter"] == reporter).any() else store.observations
    return table[(table["reporter"] == reporter) & (table["frequency"] == "A")].astype(
        dict.fromkeys(["partner", "flow", "source_id"], "object")
    )


def _all_years(pool: pd.DataFrame, reporter: str) -> pd.DataFrame:
    partners, world = pool[pool["partner"] != WORLD], pool[pool["partner"] == WORLD]
    totals = world.groupby(world["period"].dt.year)["value_million"].sum()
    counts = partners.groupby(partners["period"].dt.year)["partner"].nunique()
    found: list[pd.DataFrame] = []
    earlier: dict[int, pd.Series] = {}
    for year in counts.index[counts >= FEWEST_RANKED]:
        table = rank_partners(partners, reporter, year)
        ranks = table.dropna(subset="rank").set_index("partner")["rank"]
        if len(ranks) >= FEWEST_RANKED:
            then = earlier.get(year - 1, pd.Series(dtype="float64"))
            # A rank moves only against the same field.
            before = table["partner"].map(then) if set(ranks.index) == set(then.index) else float("nan")
            share = table["total"] / totals.get(year, float("nan")) * 100
            # All partners of a year come from one source, or they could not be ranked together.
            source_id = partners.loc[partners["period"].dt.year == year, "source_id"].unique()
            found.append(table.assign(year=year, before=before, share=share, source_id=source_id.item()))
        earlier[year] = ranks
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
        two-way trade, missing where none is held or another measure is ranked by), ``ranked`` (partners ours holds
        among; zero without one) and ``disputed`` (another statement gives the same partner another rank for the year).
    """
    return store.remember(_statements, reporter)


def _statements(store: Store, reporter: str) -> pd.DataFrame:
    rows = store.rank_statements
    rows = rows[rows["reporter"] == reporter].astype({"year": "int64", "rank": "int64"})
    rows = rows.assign(by_exports=rows["measure"] == "export")
    order = ["year", "partner", "by_exports", "rank"]
    rows = rows.sort_values(order, ascending=[False, True, True, True], kind="stable")
    whole = all_years(store, reporter).dropna(subset="rank")
    ours = whole.set_index(["year", "partner"])["rank"].to_dict()
    counted = whole.groupby("year").size().to_dict()
    keys = list(zip(rows["year"], rows["partner"], strict=True))
    by_trade = ~rows["by_exports"]
    # A rank by exports is another rank and contradicts none by two-way trade.
    alike = rows.groupby(["year", "partner", by_trade])["rank"].transform("nunique")
    return (
        rows.assign(
            ours=pd.Series([ours.get(key, float("nan")) for key in keys], rows.index, dtype="float64").where(by_trade),
            ranked=[counted.get(year, 0) for year in rows["year"]],
            disputed=alike > 1,
        )
        .drop(columns="by_exports")
        .reset_index(drop=True)
    )
