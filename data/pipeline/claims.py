"""Check the figures of the article, and those that people quote, against ours, and show the arithmetic.

Each check returns the figure our tables give and the computation as text of plain numbers and the signs
``+``, ``÷``, ``×`` and ``>``, so that a reader or a test can redo it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.queries.partners import WORLD, rank_partners
from data.schema.columns import RATE_CURRENCY

# A figure is confirmed when ours rounds to it; close when it lies within this distance of ours.
CLOSE_WITHIN_PCT = 5.0


@dataclass(frozen=True)
class Tables:
    """The tables a check reads."""

    observations: pd.DataFrame
    partner_totals: pd.DataFrame
    exchange_rates: pd.DataFrame
    tariffs: pd.DataFrame
    retaliation: pd.DataFrame


@dataclass(frozen=True)
class Finding:
    """What our tables say, in the unit of the claim, and how it was computed."""

    value: float
    computation: str = ""
    # Months whose average rates reproduce the figure, where it is one that only a rate can give.
    months: tuple[str, ...] = ()


def two_way_trade(tables: Tables, reporter: str, partner: str, year: str) -> Finding:
    """Exports plus imports of a year as the reporter records them, billion units of its currency."""
    exports, imports = (_annual(tables, reporter, partner, flow, year) for flow in ("export", "import"))
    return Finding((exports + imports) / 1000, f"{exports:.1f} + {imports:.1f} = {exports + imports:.1f}")


def deficit(tables: Tables, reporter: str, partner: str, year: str) -> Finding:
    """Imports less exports of a year as the reporter records them, billion units of its currency."""
    exports, imports = (_annual(tables, reporter, partner, flow, year) for flow in ("export", "import"))
    return Finding((imports - exports) / 1000, f"{imports:.1f} − {exports:.1f} = {imports - exports:.1f}")


def export_share(tables: Tables, reporter: str, partner: str, year: str) -> Finding:
    """Share of a partner in all exports of the reporter in a year, per cent; both from one release."""
    t = tables.partner_totals
    rows = t[(t["reporter"] == reporter) & (t["flow"] == "export") & (t["period"] == f"{year}-01-01")]
    exports = rows.set_index("partner")["value_million"]
    part, whole = float(exports.at[partner]), float(exports.at[WORLD])
    share = part / whole * 100
    return Finding(share, f"{part:.1f} ÷ {whole:.1f} × 100 = {share:.1f}")


def trade_among(tables: Tables, year: str, *records: str) -> Finding:
    """Trade of several pairs in a year, each once and both ways, billion US dollars.

    Args:
        tables: what is recorded, and the rates.
        year: calendar year.
        records: reporter, partner and currency of record of each pair, joined by hyphens.
    """
    total, steps = 0.0, []
    for reporter, partner, currency in (record.split("-") for record in records):
        recorded, rate = two_way_trade(tables, reporter, partner, year).value * 1000, 1.0
        step = f"{recorded:.1f}"
        if currency != RATE_CURRENCY:
            rate = _rate(tables, "A", f"{year}-01-01", currency)
            step += f" ÷ {rate:.4f}"
        total += recorded / rate
        steps.append(step)
    return Finding(total / 1000, f"{' + '.join(steps)} = {total:.1f}")


def amount_in_month(tables: Tables, amount: str, currency: str, *equals: str) -> Finding:
    """An amount in another currency at the average rates of the month that makes several amounts equal.

    The rates are looked for among all months that are held: those at which the first of the ``equals`` comes to each
    of the others, at the precision each was given with.

    Args:
        tables: where the rates are.
        amount: billion units of the first currency of ``equals``.
        currency: currency it is wanted in.
        equals: amounts said to be the same, each followed by its currency.

    Raises:
        KeyError: no month makes them equal.
    """
    (first, own), *others = zip(equals[::2], equals[1::2], strict=True)
    rates = _monthly_rates(tables)
    same = pd.Series(True, rates.index)
    for figure, other in others:
        ours = float(first) / rates[own] * rates[other]
        same &= ours.round(_decimals(figure)) == float(figure)
    months = rates.index[same]
    if months.empty:
        raise KeyError(equals)
    at = rates.loc[months[0]]
    value, steps = float(amount) / at[own] * at[currency], f"{amount} ÷ {at[own]:.4f}"
    steps += "" if currency == RATE_CURRENCY else f" × {at[currency]:.4f}"
    return Finding(value, f"{steps} = {value:.2f}", tuple(f"{month:%Y-%m}" for month in months))


def _monthly_rates(tables: Tables) -> pd.DataFrame:
    """Average rates by month, a column a currency, units per US$."""
    r = tables.exchange_rates
    wide = r[r["frequency"] == "M"].pivot(index="period", columns="currency", values="units_per_usd")
    return wide.assign(**{RATE_CURRENCY: 1.0})


def partner_rank(tables: Tables, reporter: str, partner: str, year: str) -> Finding:
    """Place of a partner by exports and imports together among all partners of a reporter."""
    ranking = rank_partners(tables.partner_totals, reporter, int(year))
    place = int(ranking.set_index("partner").at[partner, "rank"])
    # The totals down to the first smaller one show the place.
    return Finding(float(place), " > ".join(f"{total:.1f}" for total in ranking["total"].head(place + 1)))


def implied_rate(tables: Tables, dividend: str, divisor: str, period: str, currency: str, per: str) -> Finding:
    """Average rate of the period that two amounts said to be equal should imply: ``currency`` per unit of ``per``."""
    frequency = "A" if len(period) == 4 else "M"
    start = f"{period}-01-01" if frequency == "A" else f"{period}-01"
    rate = _rate(tables, frequency, start, currency)
    if per == RATE_CURRENCY:
        return Finding(rate, f"{dividend} ÷ {divisor} = {float(dividend) / float(divisor):.4f}")
    return Finding(
        rate / _rate(tables, frequency, start, per),
        f"{dividend} ÷ {divisor} = {float(dividend) / float(divisor):.4f}",
    )


def tariff_rate(tables: Tables, tariff_id: str) -> Finding:
    """Rate of one row of the tariff table, per cent."""
    return Finding(float(tables.tariffs.set_index("tariff_id").loc[tariff_id, "rate_pct"]))


def retaliation_amount(tables: Tables, *tranche_ids: str) -> Finding:
    """Sum of the amounts of tranches, billion units of their currency."""
    amounts = tables.retaliation.set_index("tranche_id").loc[list(tranche_ids), "amount_billion"]
    total = float(amounts.sum())
    if len(amounts) == 1:
        return Finding(total)
    return Finding(total, " + ".join(f"{amount:g}" for amount in amounts) + f" = {total:g}")


def amount_in_currency(tables: Tables, amount: str, currency: str, period: str) -> Finding:
    """Billion units of a currency in US dollars at the average rate of a month."""
    rate = _rate(tables, "M", f"{period}-01", currency)
    return Finding(float(amount) / rate, f"{amount} ÷ {rate:.4f} = {float(amount) / rate:.2f}")


CLAIM_CHECKS = {
    check.__name__: check
    for check in (
        two_way_trade,
        deficit,
        export_share,
        trade_among,
        partner_rank,
        implied_rate,
        tariff_rate,
        retaliation_amount,
        amount_in_currency,
        amount_in_month,
    )
}


def check_claims(claims: pd.DataFrame, tables: Tables, key: str = "claim_id") -> pd.DataFrame:
    """Add our figure to every claim, or to every figure that people quote.

    Args:
        claims: rows of the claims table or of the quoted figures.
        tables: what the checks read.
        key: column that identifies a row.

    Returns:
        The rows with ``check_value``, ``difference_pct`` (claim against ours), ``computation`` and ``reproduced_in``
        (months whose average rates give the figure, separated by spaces).

    Raises:
        ValueError: the verdict written beside a claim is not the one the figures give.
    """
    claims = claims.reset_index(drop=True)
    findings = [_find(claim, tables, _where(key, claim)) for claim in claims.itertuples()]
    value = pd.Series([f.value if f else None for f in findings], index=claims.index, dtype="float64")
    checked = claims.assign(
        check_value=value,
        difference_pct=(claims["value"] / value - 1) * 100,
        computation=pd.Series([f.computation if f else "" for f in findings], index=claims.index, dtype="str"),
        reproduced_in=pd.Series([" ".join(f.months) if f else "" for f in findings], claims.index, dtype="str"),
    )
    for claim in checked.itertuples():
        expected = verdict_of(claim.value, claim.check_value)
        if expected and claim.unit != "date" and claim.verdict != expected:
            raise ValueError(f"{_where(key, claim)}: the figures give {expected}, the file says {claim.verdict}")
    return checked


def _where(key: str, claim) -> str:
    """Name the file and the row of a claim."""
    return f"{'claims.csv' if key == 'claim_id' else 'quoted_figures.csv'}, {getattr(claim, key)}"


def _find(claim, tables: Tables, where: str) -> Finding | None:
    if pd.isna(claim.check_name):
        return None
    arguments = claim.check_arguments.split() if isinstance(claim.check_arguments, str) else []
    try:
        return CLAIM_CHECKS[claim.check_name](tables, *arguments)
    except (KeyError, TypeError) as error:
        raise ValueError(f"{where}: {claim.check_name} cannot work on {arguments}") from error


def verdict_of(claimed: float, ours: float) -> str:
    """Compare a claimed figure with ours at the precision it was claimed with; empty when either is missing."""
    if pd.isna(claimed) or pd.isna(ours):
        return ""
    if round(ours, _decimals(f"{claimed:g}")) == claimed:
        return "confirmed"
    # Without a division, so that a figure at exactly this distance counts as within it.
    return "close" if abs(claimed - ours) * 100 <= CLOSE_WITHIN_PCT * abs(ours) else "differs"


def _decimals(figure: str) -> int:
    """Digits after the point of a written figure."""
    return len(figure.partition(".")[2])


def _annual(tables: Tables, reporter: str, partner: str, flow: str, year: str) -> float:
    o = tables.observations
    chosen = o[
        (o["frequency"] == "A")
        & (o["period"] == f"{year}-01-01")
        & (o["reporter"] == reporter)
        & (o["partner"] == partner)
        & (o["flow"] == flow)
    ]
    if len(chosen) != 1:
        raise KeyError((reporter, partner, flow, year))
    return float(chosen["value_million"].iloc[0])


def _rate(tables: Tables, frequency: str, start: str, currency: str) -> float:
    r = tables.exchange_rates
    chosen = r[(r["frequency"] == frequency) & (r["currency"] == currency) & (r["period"] == start)]
    if len(chosen) != 1:
        raise KeyError((frequency, start, currency))
    return float(chosen["units_per_usd"].iloc[0])
