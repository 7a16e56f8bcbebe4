"""Counter-tariffs: the tranches in two currencies, the sums they make, and the article’s figures traced into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.queries.origin import Origin, origin
from data.selection import Selection
from data.store import Store


def base_year(store: Store) -> int:
    """The last complete year before the first tranche: the trade the lists were drawn from."""
    return int(store.retaliation["announced"].min().year) - 1


def _priced(store: Store) -> pd.Series:
    """A tranche with an amount: all that have one are of one country, against another, in one currency."""
    return store.retaliation.dropna(subset="amount_billion").iloc[0]


def currency_of_amounts(store: Store) -> str:
    """The currency in which the tranches were announced."""
    return str(_priced(store)["currency"])


def answers(store: Store, selection: Selection) -> bool:
    """Whether the tranches with an amount are those of one of the chosen two against the other."""
    tranche = _priced(store)
    return {tranche["by"], tranche["against"]} == {selection.reporter, selection.partner}


def tranches(store: Store) -> pd.DataFrame:
    """Every tranche with its amount in both currencies and as a share of imports.

    Returns:
        The retaliation rows plus ``amount_usd_billion`` (at the average rate of the month it took effect or was
        announced), ``rate`` (C$ per US$) and its ``rate_source_id``, ``share_pct`` of the imports of
        :func:`base_imports_million`; all missing where the amount is unknown.
    """
    return store.remember(_tranches)


def _tranches(store: Store) -> pd.DataFrame:
    rows = store.retaliation
    month = rows["effective_from"].fillna(rows["announced"]).dt.to_period("M").dt.to_timestamp()
    currency = str(_priced(store)["currency"])
    rate = month.map(store.rates["M", currency]).where(rows["currency"] == currency)
    rates = store.exchange_rates
    monthly = rates[(rates["frequency"] == "M") & (rates["currency"] == currency)]
    sources = monthly.set_index("period")["source_id"]
    imports = base_imports_million(store) / 1000
    return rows.assign(
        rate=rate,
        rate_source_id=month.map(sources).where(rate.notna()),
        amount_usd_billion=rows["amount_billion"] / rate,
        share_pct=(rows["amount_billion"] / imports * 100).where(rows["currency"] == currency),
    )


def base_imports_million(store: Store) -> float:
    """Imports in the base year of the country that answers from the one answered, as it records them, million."""
    return float(store.remember(_base_imports)["value_million"])


def _base_imports(store: Store) -> pd.Series:
    o, tranche = store.observations, _priced(store)
    row = o[
        (o["reporter"] == tranche["by"])
        & (o["partner"] == tranche["against"])
        & (o["flow"] == "import")
        & (o["frequency"] == "A")
        & (o["period"] == f"{base_year(store)}-01-01")
    ]
    return row.iloc[0]


def ever_in_force(store: Store) -> pd.DataFrame:
    """Tranches that took effect, oldest first."""
    rows = tranches(store)
    return rows[rows["effective_from"].notna() & ~rows["status"].isin(["threatened", "never_imposed"])].sort_values(
        ["effective_from", "tranche_id"]
    )


def in_force_by_day(store: Store) -> pd.DataFrame:
    """Amount in force after each change, C$ billion, one column per tranche with a known amount.

    Returns:
        Indexed by the days on which the sum changes, from the first announcement to the end of the collection;
        a tranche counts from its first day to the day before it no longer applied. The tranche that lasted longest
        comes first.
    """
    rows = ever_in_force(store).dropna(subset="amount_billion")
    rows = rows.sort_values(["effective_to", "tranche_id"], ascending=[False, True], na_position="first")
    end = pd.Timestamp(store.coverage.last_day)
    days = pd.concat([rows["effective_from"], rows["effective_to"], pd.Series([rows["announced"].min(), end])]).dropna()
    days = pd.DatetimeIndex(sorted(set(days[days <= end])), name="day")
    amounts = {
        row.tranche_id: [
            row.amount_billion if row.effective_from <= d and not d >= row.effective_to else 0.0 for d in days
        ]
        for row in rows.itertuples()
    }
    return pd.DataFrame(amounts, index=days)


def announced_total(store: Store) -> float:
    """The first plan in C$ billion: the tranches announced on its first day, one of them never imposed."""
    rows = store.retaliation
    own = rows[rows["by"] == _priced(store)["by"]]
    plan = own[own["announced"] == own["announced"].min()]
    return float(plan["amount_billion"].sum())


@dataclass(frozen=True)
class CounterTariffs:
    """The tranches in force by day, in billion units of ``currency``, under the plan that was ``announced``.

    ``by_day`` is that of :func:`in_force_by_day`; ``names`` and ``sources`` are the tranches' names and the rows of the
    sources table that state their amounts. ``imports_million`` are the imports of ``base_year`` that they are a share
    of, with the status and the source of that figure.
    """

    by: str
    against: str
    currency: str
    by_day: pd.DataFrame
    names: Mapping[str, str]
    sources: Mapping[str, str]
    announced: float
    base_year: int
    imports_million: float
    imports_status: str
    imports_source: str
    origin: Origin

    @property
    def total(self) -> pd.Series:
        """Amount in force by day."""
        return self.by_day.sum(axis=1)

    @property
    def share(self) -> pd.Series:
        """The amount in force in per cent of the imports of the base year."""
        return self.total * 1000 / self.imports_million * 100


def counter_tariffs(store: Store, _selection: Selection) -> CounterTariffs | None:
    """Canada's tranches by day, the same for every choice; None where no tranche with an amount took effect."""
    by_day = in_force_by_day(store)
    if not len(by_day.columns):
        return None
    rows = ever_in_force(store).set_index("tranche_id").loc[list(by_day.columns)]
    imports = store.remember(_base_imports)
    return CounterTariffs(
        by=str(rows["by"].iloc[0]),
        against=str(rows["against"].iloc[0]),
        currency=str(rows["currency"].iloc[0]),
        by_day=by_day,
        names=rows["tranche"].to_dict(),
        sources=rows["source_id"].to_dict(),
        announced=announced_total(store),
        base_year=base_year(store),
        imports_million=float(imports["value_million"]),
        imports_status=str(imports["status"]),
        imports_source=str(imports["source_id"]),
        origin=origin(store, [*rows["source_id"], imports["source_id"]]),
    )


# Checks of a claim about an amount, whose first argument is the amount itself.
SAME_AMOUNT = ("amount_in_currency", "implied_rate")
# Tranches of one state make one sum; two of different states never do, because goods moved from one to the other.
STATES = ("in_force", "ended", "never_imposed", "threatened")


@dataclass(frozen=True)
class Part:
    """The tranches of one state and their sums: billions of both currencies and per cent of imports.

    ``unknown`` counts the tranches without an amount; the sums leave them out.
    """

    status: str
    rows: pd.DataFrame
    cad: float
    usd: float
    share: float
    unknown: int


def parts(store: Store) -> list[Part]:
    """The ledger by state, each with its sums; a sum of nothing known is missing."""
    rows = tranches(store)
    found = []
    for status in STATES:
        own = rows[rows["status"] == status].sort_values(["announced", "effective_from", "tranche_id"])
        if own.empty:
            continue
        cad, usd, share = (own[c].sum(min_count=1) for c in ("amount_billion", "amount_usd_billion", "share_pct"))
        found.append(Part(status, own, cad, usd, share, unknown=int(own["amount_billion"].isna().sum())))
    return found


@dataclass(frozen=True)
class Trace:
    """An amount of the article in C$, followed into the ledger.

    ``said`` is its claim, ``in_dollars`` and ``implied`` the claims of the same amount in US dollars and of the rate
    the two imply; ``tranches`` are the rows it is made of.
    """

    said: pd.Series
    in_dollars: pd.Series | None
    implied: pd.Series | None
    tranches: pd.DataFrame


def traces(store: Store) -> list[Trace]:
    """Each amount of counter-tariffs that the article names, with what it is made of."""
    return store.remember(_traces)


def _traces(store: Store) -> list[Trace]:
    claims, rows = store.claims, store.retaliation.set_index("tranche_id")
    found = []
    for _place, said in claims[claims["check_name"] == "retaliation_amount"].iterrows():
        same = claims["check_arguments"].fillna("").str.split().str[0] == f"{said['value']:g}"
        dollars, implied = (_first(claims[same & (claims["check_name"] == name)]) for name in SAME_AMOUNT)
        found.append(Trace(said, dollars, implied, rows.loc[said["check_arguments"].split()]))
    return found


def tranches_by_claim(store: Store) -> dict[str, pd.DataFrame]:
    """Tranches that claims of the article are about, by claim; without those that name no amount of counter-tariffs."""
    return {
        claim["claim_id"]: trace.tranches
        for trace in reversed(traces(store))
        for claim in (trace.said, trace.in_dollars, trace.implied)
        if claim is not None
    }


def _first(rows: pd.DataFrame) -> pd.Series | None:
    return rows.iloc[0] if len(rows) else None
