"""Check the article's figures against ours, and show the arithmetic.

Each check returns the figure our tables give and the computation as text of plain numbers and the signs
``+``, ``÷``, ``×`` and ``>``, so that a reader or a test can redo it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.partners import rank_partners

# A figure is confirmed when ours rounds to it; close when it lies within this distance of ours.
CLOSE_WITHIN_PCT = 5.0


@dataclass(frozen=True)
class Tables:
    """The tables a check reads."""

    observations: pd.DataFrame
    exchange_rates: pd.DataFrame
    tariffs: pd.DataFrame
    retaliation: pd.DataFrame


@dataclass(frozen=True)
class Finding:
    """What our tables say, in the unit of the claim, and how it was computed."""

    value: float
    computation: str = ""
    # Whether the tables prove the figure; False where what they lack could change it.
    proved: bool = True


def two_way_trade(tables: Tables, reporter: str, partner: str, year: str) -> Finding:
    """Exports plus imports of a year as the reporter records them, billion units of its currency."""
    exports, imports = (_annual(tables, reporter, partner, flow, year) for flow in ("export", "import"))
    return Finding((exports + imports) / 1000, f"{exports:.1f} + {imports:.1f} = {exports + imports:.1f}")


def trade_in_currency(tables: Tables, reporter: str, partner: str, year: str, currency: str) -> Finding:
    """The same sum in another currency at the annual average rates; the record must be in Canadian dollars."""
    total = two_way_trade(tables, reporter, partner, year).value * 1000
    cad, steps = _rate(tables, "A", f"{year}-01-01", "CAD"), f"{total:.1f} ÷ "
    steps += f"{cad:.4f}"
    value = total / cad
    if currency != "USD":
        rate = _rate(tables, "A", f"{year}-01-01", currency)
        value, steps = value * rate, f"{steps} × {rate:.4f}"
    return Finding(value / 1000, f"{steps} = {value:.1f}")


def partner_rank(tables: Tables, reporter: str, partner: str, year: str) -> Finding:
    """Place of a partner by two-way trade among those whose both flows we hold; proved if no other can change it."""
    ranking = rank_partners(tables.observations, reporter, int(year)).dropna(subset="rank")
    row = ranking.set_index("partner").loc[partner]
    place = int(row["rank"])
    # The totals down to the first smaller one show the place.
    totals = " > ".join(f"{total:.1f}" for total in ranking["total"].head(place + 1))
    return Finding(float(place), totals, row["best"] == row["worst"] == place)


def implied_rate(tables: Tables, dividend: str, divisor: str, period: str, currency: str, per: str) -> Finding:
    """Average rate of the period that two amounts said to be equal should imply: ``currency`` per unit of ``per``."""
    frequency = "A" if len(period) == 4 else "M"
    start = f"{period}-01-01" if frequency == "A" else f"{period}-01"
    rate = _rate(tables, frequency, start, currency)
    if per == "USD":
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


def amount_in_currency(tables: Tables, amount: str, period: str) -> Finding:
    """Billion Canadian dollars in US dollars at the average rate of a month."""
    rate = _rate(tables, "M", f"{period}-01", "CAD")
    return Finding(float(amount) / rate, f"{amount} ÷ {rate:.4f} = {float(amount) / rate:.2f}")


CHECKS = {
    check.__name__: check
    for check in (
        two_way_trade,
        trade_in_currency,
        partner_rank,
        implied_rate,
        tariff_rate,
        retaliation_amount,
        amount_in_currency,
    )
}


def check_claims(claims: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Add ``check_value``, ``difference_pct`` (claim against ours) and ``computation`` to every claim.

    Raises:
        ValueError: the verdict written beside a claim is not the one the figures give.
    """
    claims = claims.reset_index(drop=True)
    findings = [_find(claim, tables) for claim in claims.itertuples()]
    value = pd.Series([f.value if f else None for f in findings], index=claims.index, dtype="float64")
    checked = claims.assign(
        check_value=value,
        difference_pct=(claims["value"] / value - 1) * 100,
        computation=pd.Series([f.computation if f else "" for f in findings], index=claims.index, dtype="str"),
    )
    for claim in checked.itertuples():
        finding = findings[claim.Index]
        proved = finding is None or finding.proved
        expected = verdict_of(claim.value, claim.check_value) if proved else "cannot_be_checked"
        if expected and claim.unit != "date" and claim.verdict != expected:
            raise ValueError(
                f"claims.csv, {claim.claim_id}: the figures give {expected}, the file says {claim.verdict}"
            )
    return checked


def _find(claim, tables: Tables) -> Finding | None:
    if pd.isna(claim.check_name):
        return None
    arguments = claim.check_arguments.split() if isinstance(claim.check_arguments, str) else []
    try:
        return CHECKS[claim.check_name](tables, *arguments)
    except (KeyError, TypeError) as error:
        raise ValueError(f"claims.csv, {claim.claim_id}: {claim.check_name} cannot work on {arguments}") from error


def verdict_of(claimed: float, ours: float) -> str:
    """Compare a claimed figure with ours at the precision it was claimed with; empty when either is missing."""
    if pd.isna(claimed) or pd.isna(ours):
        return ""
    decimals = len(f"{claimed:g}".partition(".")[2])
    if round(ours, decimals) == claimed:
        return "confirmed"
    # Without a division, so that a figure at exactly this distance counts as within it.
    return "close" if abs(claimed - ours) * 100 <= CLOSE_WITHIN_PCT * abs(ours) else "differs"


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
