"""The estimate of the IEEPA tariff for a chart: the table, the days behind each month, where the figures come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.queries import effective_rate
from data.queries.effective_rate import Group
from data.queries.origin import Origin, origin
from data.selection import Selection
from data.store import Store


@dataclass(frozen=True)
class DutyEstimate:
    """What the IEEPA tariff of ``importer`` weighed on goods of ``partner``: an estimate, no duty collected.

    ``table`` is that of :func:`data.queries.effective_rate.estimate`; ``groups`` are the goods of each of its months by
    the rate that is for them; ``lower`` names the chapters that stand for goods with a rate of their own, each with
    those goods in words; ``currency`` is that of the imports; ``share_sources`` are the rows of the sources table that
    state the shares. Months before ``jump`` do not compare with those from it on.
    """

    importer: str
    partner: str
    currency: str
    table: pd.DataFrame
    groups: Mapping[pd.Timestamp, list[Group]]
    lower: Mapping[str, str]
    share_sources: pd.Series
    jump: pd.Timestamp
    origin: Origin


def estimate(store: Store, selection: Selection) -> DutyEstimate | None:
    """The estimate for the goods of the pair's partner; None for a country and itself, or where nothing was charged."""
    if selection.same_country:
        return None
    partner = effective_rate.partner_of(selection)
    table = effective_rate.estimate(store, partner)
    if table.empty:
        return None
    claims = store.usmca_shares
    duty = store.tariffs
    duty = duty[
        (duty["measure"] == effective_rate.BORDER) & (duty["target"] == partner) & duty["effective_from"].notna()
    ]
    return DutyEstimate(
        importer=store.coverage.claims.importer,
        partner=partner,
        currency=str(claims["currency"].iloc[0]),
        table=table,
        groups={month: effective_rate.groups(store, partner, month) for month in table.index},
        lower=dict(duty.dropna(subset="hs_chapters")[["hs_chapters", "scope_text"]].itertuples(index=False, name=None)),
        share_sources=claims[claims["partner"] == partner].set_index("period")["source_id"].reindex(table.index),
        jump=store.coverage.claims.compared_from,
        origin=origin(store, [*claims["source_id"], *duty["source_id"]]),
    )
