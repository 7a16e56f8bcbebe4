"""Ranking of a reporter's partners by two-way trade, over the years, and what others state about ranks."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.currency import convert
from data.selection import CURRENCY_OF_RECORD, Selection
from data.store import Store

WORLD = "WLD"
# Two partners are no field to be ranked in.
FEWEST_RANKED = 3
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
    trade with all countries, missing where that is not held). ``asked`` is the year the reader wanted.
    """

    reporter: str
    year: int
    asked: int
    years: tuple[int, int]
    table: pd.DataFrame
    source_ids: tuple[str, ...]

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
    years = held_years(store, selection.country)
    if years is None:
        return None
    year = min(max(selection.years[1], years[0]), years[1])
    asked = ("partner ranking", selection.country, year, selection.currency)
    if asked not in store.memo:
        whole = all_years(store, selection.country)
        table = whole[whole["year"] == year].drop(columns="year").reset_index(drop=True)
        table[["export", "import", "total", "low"]] *= rate_of(store, selection.country, year, selection.currency)
        store.memo[asked] = table
    table = store.memo[asked]
    return Ranking(selection.country, year, selection.years[1], years, table, (table["source_id"].iloc[0],))


def rate_of(store: Store, reporter: str, year: int, currency: str) -> float:
    """Units of a currency per unit of the reporter's currency of record, average of a year."""
    one = {"frequency": ["A"], "period": [pd.Timestamp(year, 1, 1)], "currency": [CURRENCY_OF_RECORD[reporter]]}
    return float(convert(pd.DataFrame({**one, "value_million": [1.0]}), store.rates, currency)["rate"].iloc[0])


def without_rank(store: Store, reporter: str, year: int) -> int:
    """How many partners on record of a year have no rank, because one of their flows is not held."""
    asked = ("partners without rank", reporter, year)
    if asked not in store.memo:
        store.memo[asked] = int(rank_partners(store.observations, reporter, year)["rank"].isna().sum())
    return store.memo[asked]


def held_years(store: Store, reporter: str) -> tuple[int, int] | None:
    """First and last year in which enough partners have a rank; None when there is none."""
    years = all_years(store, reporter)["year"]
    return (int(years.min()), int(years.max())) if len(years) else None


def all_years(store: Store, reporter: str) -> pd.DataFrame:
    """Rankings of every year that can be ranked, in the currency of record.

    Returns:
        Columns of :func:`rank_partners`, ``year``, ``before``, ``share`` and ``source_id``; see :class:`Ranking`.
    """
    asked = ("partner rankings", reporter)
    if asked not in store.memo:
        store.memo[asked] = _all_years(_pool(store, reporter), reporter)
    return store.memo[asked]


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
    asked = ("partner rank history", reporter)
    if asked not in store.memo:
        whole = all_years(store, reporter).dropna(subset="rank")
        store.memo[asked] = whole.pivot(index="year", columns="partner", values="rank").rename_axis(columns=None)
    return store.memo[asked]


def statements(store: Store, reporter: str) -> pd.DataFrame:
    """What others have published about the ranks of a country's partners, beside our own rank.

    Returns:
        Rows of the statements table ordered by year, newest first, then partner and rank, with ``ours`` (our rank by
        two-way trade, missing where none is held or another measure is ranked by), ``ranked`` (partners ours holds
        among; zero without one) and ``disputed`` (another statement gives the same partner another rank for the year).
    """
    asked = ("rank statements", reporter)
    if asked not in store.memo:
        store.memo[asked] = _statements(store, reporter)
    return store.memo[asked]


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
