"""Ranking of a reporter's partners by two-way trade."""

from __future__ import annotations

import pandas as pd


def rank_partners(observations: pd.DataFrame, reporter: str, year: int) -> pd.DataFrame:
    """Partners by exports plus imports in a year, largest first.

    Only partners with both flows on record have a total and a rank; the others come last without one,
    because a missing flow is unknown, not zero.

    Returns:
        Columns ``partner``, ``export``, ``import``, ``total`` (million units of the reporter's currency
        of record) and ``rank`` (1 is the largest; missing without a total).
    """
    o = observations
    rows = o[(o["reporter"] == reporter) & (o["frequency"] == "A") & (o["period"] == f"{year}-01-01")]
    flows = rows.pivot(index="partner", columns="flow", values="value_million")
    flows = flows.reindex(columns=["export", "import"]).rename_axis(columns=None)
    flows["total"] = flows["export"] + flows["import"]
    flows["rank"] = flows["total"].rank(ascending=False, method="min")
    return flows.sort_values("total", ascending=False, na_position="last").reset_index()
