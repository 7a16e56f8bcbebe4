"""Goods at the border: which tariffs may take goods of one code, and what of their imports claims the USMCA.

Lists of tariff lines are not held. What is held is where the goods of a tariff stand in the Harmonized System, as its
description says; so a tariff either takes goods of every code, or may take some of these, or has a list that may name
anything.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from data.queries.tariffs import in_force
from data.store import Store

# How surely a tariff takes goods of a code, the surest first.
REACHES = ("all", "some", "lists")


@dataclass(frozen=True)
class ProductTariffs:
    """What goods of one code may pay on a day, by ``importer`` on goods of each of ``partners``.

    ``duties`` are rows of the tariffs table with ``reach`` (one of :data:`REACHES`) and ``targets`` (those of the
    partners that the same row stands for), the surest first. ``imports`` has a row for each partner with imports of
    these goods in ``year``: ``value_million`` and ``usmca_million`` of ``currency`` and ``share``, per cent of the
    value that was entered with a claim; ``source`` is the id of the source of these figures.
    """

    importer: str
    partners: tuple[str, ...]
    day: dt.date
    duties: pd.DataFrame
    imports: pd.DataFrame
    year: int
    currency: str
    source: str


def product_tariffs(store: Store, code: str, day: dt.date) -> ProductTariffs:
    """What goods of a code of two to six digits may pay on a day.

    Args:
        store: the tables.
        code: chapter, heading or subheading of the HS without dots, of the edition of the figures.
        day: a day within the collection.

    Raises:
        ValueError: the day lies after the end of the collection, where nothing is known.
    """
    claims = store.coverage.claims
    duties, held = _duties(store, code, day), store.usmca_subheadings
    imports = _imports(held, code, claims.partners)
    return ProductTariffs(
        importer=claims.importer,
        partners=claims.partners,
        day=day,
        duties=duties,
        imports=imports,
        year=held["period"].max().year,
        currency=str(held["currency"].iloc[0]),
        source=str(held["source_id"].iloc[0]),
    )


def _duties(store: Store, code: str, day: dt.date) -> pd.DataFrame:
    claims, t = store.coverage.claims, store.tariffs
    rows = in_force(store, t[(t["imposer"] == claims.importer) & t["target"].isin(claims.partners)], day)
    goods = store.tariff_goods.set_index("product_scope")
    reach = [_reach(goods.loc[scope] if scope in goods.index else None, code) for scope in rows["product_scope"]]
    rows = rows.assign(reach=pd.Categorical(reach, REACHES, ordered=True)).dropna(subset="reach")
    return _merged(rows).sort_values(["reach", "effective_from", "measure"], kind="stable", ignore_index=True)


def _reach(goods: pd.Series | None, code: str) -> str | None:
    """How surely a tariff on some goods takes those of a code; None where it does not.

    Goods that nobody placed in the Harmonized System may be any.
    """
    if goods is None:
        return "lists"
    if goods["reach"] == "all":
        return "all"
    named = goods["hs_codes"].split() if isinstance(goods["hs_codes"], str) else []
    if any(code.startswith(one) or one.startswith(code) for one in named):
        return "some"
    return "lists" if goods["reach"] == "listed_wider" else None


def _merged(rows: pd.DataFrame) -> pd.DataFrame:
    """One row for the same tariff on the goods of several partners."""
    same = ["measure", "product_scope", "rate_low_pct", "rate_pct", "usmca_rate_pct", "usmca_rule", "effective_from"]
    groups = rows.groupby(same, dropna=False, observed=True, sort=False)
    targets = {place: list(found["target"]) for _key, found in groups for place in found.index[:1]}
    first = rows.loc[~rows.duplicated(same)]
    return first.assign(targets=[targets[place] for place in first.index])


def _imports(held: pd.DataFrame, code: str, partners: tuple[str, ...]) -> pd.DataFrame:
    year = held[held["period"] == held["period"].max()]
    rows = year[year["product_code"].astype(str).str.startswith(code)]
    sums = rows.groupby(rows["partner"].astype(str))[["value_million", "usmca_million"]].sum()
    sums = sums.reindex([partner for partner in partners if partner in sums.index])
    return sums.assign(share=sums["usmca_million"] / sums["value_million"] * 100)
