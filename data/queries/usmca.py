"""Imports with a claim under the USMCA, as charts show them: by month, and by chapter and month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.queries import effective_rate, products
from data.queries.effective_rate import Chapters
from data.queries.origin import Origin, origin
from data.selection import Selection
from data.store import Store


@dataclass(frozen=True)
class ClaimShares:
    """Imports with a claim by month from every partner on that record, as ``importer`` counts them.

    ``table`` is that of :func:`data.queries.effective_rate.claims`, in million units of ``currency`` and per cent;
    ``sources`` names by month and partner the row of the sources table that states its figures. Months before ``jump``
    do not compare with those from it on. ``happened`` are rows of the events table.
    """

    importer: str
    partners: tuple[str, ...]
    currency: str
    table: pd.DataFrame
    sources: pd.DataFrame
    jump: pd.Timestamp
    happened: pd.DataFrame
    origin: Origin


def shares(store: Store, selection: Selection) -> ClaimShares | None:
    """Shares of imports with a claim, the same whatever pair is chosen; None for a country and itself."""
    if selection.same_country:
        return None
    rows = store.usmca_shares
    happened = store.events[store.events["event_id"].isin(effective_rate.EVENTS)].sort_values("date")
    return ClaimShares(
        importer=store.coverage.claims.importer,
        partners=store.coverage.claims.partners,
        currency=str(rows["currency"].iloc[0]),
        table=effective_rate.claims(store),
        sources=rows.pivot(index="period", columns="partner", values="source_id"),
        jump=store.coverage.claims.compared_from,
        happened=happened,
        origin=origin(store, rows["source_id"]),
    )


@dataclass(frozen=True)
class ClaimChapters:
    """Imports of one partner's goods with a claim, by chapter and month.

    ``names`` are the names of chapters by code, ``sources`` the rows of the sources table that state a chapter's
    figures. Months before ``jump`` do not compare with those from it on.
    """

    partner: str
    chapters: Chapters
    names: Mapping[str, str]
    sources: Mapping[str, str]
    jump: pd.Timestamp
    origin: Origin


def chapters(store: Store, selection: Selection) -> ClaimChapters | None:
    """Shares with a claim by chapter, of the goods of the pair's partner; None for a country and itself."""
    if selection.same_country:
        return None
    partner = effective_rate.partner_of(selection)
    rows = store.usmca_chapters
    rows = rows[rows["partner"] == partner].astype({"product_code": "object", "source_id": "object"})
    return ClaimChapters(
        partner=partner,
        chapters=effective_rate.chapters(store, partner),
        names=products.names(store)["name_en"].to_dict(),
        sources=rows.groupby("product_code")["source_id"].agg(lambda ids: " ".join(ids.unique())).to_dict(),
        jump=store.coverage.claims.compared_from,
        origin=origin(store, rows["source_id"]),
    )
