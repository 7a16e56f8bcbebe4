"""Measures of trade: each turns the values of a record into something comparable, or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from data.queries import trade
from data.schema.columns import RATE_CURRENCY
from data.selection import FLOWS, MEASURES, Selection
from data.store import Store
from data.years import A_YEAR, QUARTER

SHOWN = ("export", "import", "total")
LABELS = ("status", "derivation")
FINAL = "final"


# GDP is held in US dollars, so what is set beside it is in US dollars too.
IN_DOLLARS = ("gdp",)


def in_its_currency(selection: Selection) -> Selection:
    """The record that is shown, in the currency its measure is computed in."""
    asked = selection.as_reported()
    if selection.measure == "share":
        return replace(asked, currency=asked.coverage.currency_of_record[asked.reporter])
    return replace(asked, currency=RATE_CURRENCY) if selection.measure in IN_DOLLARS else asked


@dataclass(frozen=True)
class Measured:
    """A measure of the chosen record over the chosen years.

    ``table`` is indexed by period and holds ``export``, ``import`` and ``total`` in the unit of the measure, with
    ``<flow>_status`` and ``<flow>_derivation``. ``base`` is the year an index, constant prices or compound growth
    start from. ``operands`` are what the values were computed from, each indexed like the table with the same
    columns, in the order of the formula. ``why_not`` names the reason when the measure cannot be computed, and the
    table is then empty; ``source_ids`` are the sources used beside those of the values.
    """

    table: pd.DataFrame
    base: int | None = None
    operands: tuple[pd.DataFrame, ...] = ()
    why_not: str = ""
    source_ids: tuple[str, ...] = ()

    def example(self) -> Example | None:
        """The newest value with what it was computed from; None without a formula or a value."""
        for flow in FLOWS if self.operands else ():
            known = self.table[flow].dropna()
            if len(known):
                period = known.index[-1]
                parts = tuple(float(operand.loc[period, flow]) for operand in self.operands)
                return Example(flow, period, parts, float(known.iloc[-1]))
        return None


@dataclass(frozen=True)
class Example:
    """One value of a measure, computed out loud."""

    flow: str
    period: pd.Timestamp
    operands: tuple[float, ...]
    result: float


class _CannotError(Exception):
    """A measure cannot be computed; the message is the code of the reason."""


def measure(store: Store, selection: Selection) -> Measured:
    """Compute the chosen measure of the chosen record.

    Reasons in ``why_not``: ``needs_years``, ``needs_months``, ``no_total``, ``no_gdp``, ``no_prices``,
    ``no_base`` (the base year is not wholly on record), ``mixed_sources`` (only records that do not compare with
    that of the base year), ``no_values``.
    """
    return store.remember(_measure, selection)


def _measure(store: Store, selection: Selection) -> Measured:
    compute = dict(zip(MEASURES, COMPUTATIONS, strict=True))[selection.measure]
    try:
        measured = compute(store, selection)
    except _CannotError as reason:
        return Measured(pd.DataFrame(), why_not=str(reason))
    table = measured.table[selection.shown(measured.table.index)]
    known = table[list(FLOWS)].dropna(how="all").index
    if known.empty:
        return Measured(pd.DataFrame(), why_not="no_values")
    return replace(measured, table=table.loc[known[0] : known[-1]])


def _whole(store: Store, selection: Selection) -> pd.DataFrame:
    whole = trade.full_series_as_reported(store, selection)
    if whole[list(FLOWS)].isna().all(axis=None):
        raise _CannotError("no_values")
    return whole


def _over(whole: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    """One series as the operand of each flow."""
    return pd.DataFrame({name: values.reindex(whole.index) for name in SHOWN})


def _with_values(whole: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Put other values in the place of the amounts; what they come from stays beside them."""
    return whole.assign(**{name: values[name] for name in SHOWN})


def _as_settled_as(values: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Mark every value as no more settled than the values of the periods it is compared with."""
    for flow in SHOWN:
        unsettled = others[f"{flow}_status"].dropna()
        unsettled = unsettled[unsettled != FINAL]
        if len(unsettled):
            status = values[f"{flow}_status"]
            values[f"{flow}_status"] = status.where(status != FINAL, unsettled.iloc[0])
    return values


def _least_settled_of_twelve(status: pd.Series) -> pd.Series:
    """Status of each sum of twelve months: final where all of them are, else that of the newest that is not."""
    return status.mask(status == FINAL).ffill(limit=11).fillna(status)


def _value(store: Store, selection: Selection) -> Measured:
    return Measured(_whole(store, selection))


def _growth(store: Store, selection: Selection) -> Measured:
    whole = _whole(store, selection)
    amounts = whole[list(SHOWN)]
    before = amounts.shift(selection.periods_a_year)
    growth = pd.DataFrame({m: whole[f"{m}_growth"] for m in SHOWN})
    labels = {f"{m}_{label}": whole[f"{m}_growth_{label}"] for m in SHOWN for label in LABELS}
    return Measured(_with_values(whole, growth).assign(**labels), operands=(amounts, before))


def _index(store: Store, selection: Selection) -> Measured:
    """Value over that of the base year, which is 100; of months or quarters the base is the mean of that year's."""
    whole = _whole(store, selection)
    base = selection.base or _first_year(whole, selection)
    of_base = whole.loc[whole.index.year == base, list(SHOWN)]
    complete = len(of_base) == selection.periods_a_year
    means = of_base.mean(skipna=False) if complete else None
    if means is None or means[list(FLOWS)].isna().all():
        raise _CannotError("no_base")
    amounts = whole[list(SHOWN)]
    of_base_year = pd.DataFrame({name: means[name] for name in SHOWN}, index=whole.index)
    index = _comparable(store, selection, amounts / means * 100, base)
    values = _as_settled_as(_with_values(whole, index), whole[whole.index.year == base])
    return Measured(values, base, (amounts, of_base_year))


def _first_year(whole: pd.DataFrame, selection: Selection) -> int:
    """First chosen year of which every period is on record: of both flows, or of one held at least twice as long."""
    # A base is a whole year, also where the years are cut to months.
    chosen = whole[(whole.index.year >= selection.years[0]) & (whole.index.year <= selection.years[1])]
    periods = selection.periods_a_year
    complete = {}
    for column in SHOWN:
        counts = chosen[column].dropna().groupby(lambda p: p.year).size()
        complete[column] = counts[counts == periods].index
    longest = max(FLOWS, key=lambda flow: len(complete[flow]))
    both = complete["total"]
    years = both if len(both) * 2 > len(complete[longest]) else complete[longest]
    if len(years) == 0:
        raise _CannotError("no_base")
    return int(years[0])


def _comparable(store: Store, selection: Selection, values: pd.DataFrame, base: int) -> pd.DataFrame:
    """Withhold values whose source and that of the base year are two of which one is the press.

    Raises:
        _CannotError: in the chosen years nothing else is left than the base year itself.
    """
    press = {source_id for source_id, source in store.source.items() if source["obtained"] == "press"}
    rows = trade.records(store, selection.as_reported())
    swap = {"export": "import", "import": "export"} if selection.reported == "partner" else {}
    mixed = pd.DataFrame(False, index=values.index, columns=list(SHOWN))
    for flow in FLOWS:
        mine = rows[rows["flow"] == swap.get(flow, flow)].set_index("period")["source_id"].reindex(values.index)
        of_base = mine[mine.index.year == base].dropna()
        if len(of_base):
            other = mine.notna() & (mine != of_base.iloc[0])
            mixed[flow] = other & (mine.isin(press) | (of_base.iloc[0] in press))
    mixed["total"] = mixed["export"] | mixed["import"]
    left = values.mask(mixed[list(values.columns)])
    shown = selection.shown(left.index) & (left.index.year != base)
    if mixed[shown].any(axis=None) and left.loc[shown, list(FLOWS)].isna().all(axis=None):
        raise _CannotError("mixed_sources")
    return left


def _share(store: Store, selection: Selection) -> Measured:
    """Per cent of the reporter's exports, imports or both with the world, from one source and vintage."""
    _only_years(selection)
    asked = selection.as_reported()
    rows = _with_world(store, asked.reporter, asked.partner)
    if rows.empty:
        raise _CannotError("no_total")
    wide = rows.pivot(index="period", columns=["partner", "flow"], values="value_million")
    mine, world = (wide[p].assign(total=wide[p]["export"] + wide[p]["import"]) for p in (asked.partner, "WLD"))
    status = store.remember(_status_of_shares, asked.reporter, asked.partner)
    parts = [mine / world * 100, mine, world, status]
    if selection.reported == "partner":
        swap = {"export": "import", "import": "export"}
        parts = [part.rename(columns=lambda c: swap.get(c, c)) for part in parts]
    values, mine, world, status = (part.rename_axis(columns=None) for part in parts)
    return Measured(
        values.join(status.add_suffix("_status")), operands=(mine, world), source_ids=tuple(rows["source_id"].unique())
    )


def _with_world(store: Store, reporter: str, partner: str) -> pd.DataFrame:
    """What a country trades with a partner and with the world."""
    rows = store.partner_totals
    return rows[(rows["reporter"] == reporter) & rows["partner"].isin([partner, "WLD"])]


def _status_of_shares(store: Store, reporter: str, partner: str) -> pd.DataFrame:
    """Status of each flow and of their total by period: final where all that the share is made of is."""
    rows = _with_world(store, reporter, partner)
    settled = rows.assign(settled=rows["status"] == FINAL).groupby(["period", "flow"], observed=True)
    status = settled.apply(
        lambda some: FINAL if some["settled"].all() else some.loc[~some["settled"], "status"].iloc[0]
    )
    status = status.unstack("flow").astype(object)
    return status.assign(total=status["export"].where(status["export"] != FINAL, status["import"]))


def _gdp(store: Store, selection: Selection) -> Measured:
    """Per cent of the reporter's GDP, both in current US dollars."""
    _only_years(selection)
    whole = _whole(store, replace(selection, currency=RATE_CURRENCY))
    rows = store.gdp[store.gdp["country"] == selection.as_reported().reporter]
    gdp = pd.Series(rows["gdp_usd_million"].to_numpy(), pd.to_datetime(rows["year"].astype(str) + "-01-01"))
    amounts, output = whole[list(SHOWN)], _over(whole, gdp)
    values = _with_values(whole, amounts / output * 100)
    return Measured(values, operands=(amounts, output), source_ids=tuple(rows["source_id"].unique()))


def _constant(store: Store, selection: Selection) -> Measured:
    """Values at the consumer prices of the base year in the currency's country."""
    whole = _whole(store, selection)
    prices, source_ids = price_level(store, selection.currency, selection.frequency)
    base = selection.base or _last_whole_year(prices, selection.frequency)
    of_base = prices[prices.index.year == base]
    if len(of_base) != selection.periods_a_year:
        raise _CannotError("no_base")
    # The level of prices as per cent of the base year's, as readers know it.
    level, amounts = _over(whole, prices / of_base.mean() * 100), whole[list(SHOWN)]
    return Measured(_with_values(whole, amounts / level * 100), base, (amounts, level), source_ids=source_ids)


def price_level(store: Store, currency: str, frequency: str) -> tuple[pd.Series, tuple[str, ...]]:
    """Consumer prices of the country of a currency, any base, indexed by period, and the ids of their source.

    Years are chained from the published rates of change; months are the published index, and a quarter is the mean
    of its three.
    """
    country = store.coverage.country_of(currency)
    if frequency == "A":
        rows = store.inflation[store.inflation["country"] == country].sort_values("year")
        years = pd.to_datetime(rows["year"].astype(str) + "-01-01")
        prices = pd.Series((1 + rows["rate_pct"] / 100).cumprod().to_numpy(), years)
    else:
        rows = store.price_index[store.price_index["country"] == country].sort_values("period")
        prices = rows.set_index("period")["index_value"]
        if frequency == "Q":
            quarters = prices.resample("QS")
            prices = quarters.mean()[quarters.count() == QUARTER]
    if prices.empty:
        raise _CannotError("no_prices")
    return prices, tuple(rows["source_id"].unique())


def _last_whole_year(prices: pd.Series, frequency: str) -> int:
    counts = prices.groupby(prices.index.year).size()
    return int(counts[counts == A_YEAR[frequency]].index[-1])


def _compound(store: Store, selection: Selection) -> Measured:
    """Growth a year since the first chosen year on record, per cent: (last / first) ** (1 / years) - 1."""
    _only_years(selection)
    whole = _whole(store, selection)
    start = _first_year(whole, selection)
    years = pd.Series(whole.index.year - start, whole.index).where(lambda n: n > 0)
    amounts = whole[list(SHOWN)]
    of_start = whole.loc[whole.index.year == start, list(SHOWN)].iloc[0]
    ratio = amounts / of_start
    growth = ratio.pow(1 / years, axis=0).mul(100).sub(100)
    # One to an unknown power is one, so the base year itself would come out as no growth.
    first = pd.DataFrame({name: of_start[name] for name in SHOWN}, index=whole.index)
    values = _with_values(whole, _comparable(store, selection, growth.where(years.notna(), axis=0), start))
    values = _as_settled_as(values, whole[whole.index.year == start])
    return Measured(values, start, (amounts, first, _over(whole, years)))


def _rolling(store: Store, selection: Selection) -> Measured:
    """Sum of the twelve months that end with each month; unknown when one of them is."""
    if selection.freq != "monthly":
        raise _CannotError("needs_months")
    whole = _whole(store, selection)
    sums = _with_values(whole, whole[list(SHOWN)].rolling(12, min_periods=12).sum())
    for flow in SHOWN:
        sums[f"{flow}_status"] = _least_settled_of_twelve(whole[f"{flow}_status"])
    return Measured(sums)


def _only_years(selection: Selection) -> None:
    if selection.freq != "annual":
        raise _CannotError("needs_years")


COMPUTATIONS: tuple[Callable[[Store, Selection], Measured], ...] = (
    _value,
    _growth,
    _index,
    _share,
    _gdp,
    _constant,
    _compound,
    _rolling,
)


def not_computed(store: Store, selection: Selection) -> dict[str, str]:
    """Why each measure cannot be computed for a choice, by measure; empty where it can."""
    plain = {one: replace(selection, measure=one, base=None) for one in MEASURES}
    return {one: store.remember(_why_not, asked) for one, asked in plain.items()}


def _why_not(store: Store, selection: Selection) -> str:
    return measure(store, selection).why_not


def base_years(store: Store, selection: Selection) -> tuple[int, ...]:
    """Years that an index or constant prices can start from; no others have all their periods."""
    return store.remember(_base_years, replace(selection, base=None))


def _base_years(store: Store, selection: Selection) -> tuple[int, ...]:
    if selection.measure == "constant":
        try:
            known = price_level(store, selection.currency, selection.frequency)[0].dropna().to_frame()
        except _CannotError:
            return ()
    else:
        known = trade.full_series_as_reported(store, selection)[list(FLOWS)]
    counts = known.groupby(known.index.year).count().max(axis=1)
    return tuple(int(year) for year in counts.index[counts == selection.periods_a_year])
