"""The rows of a record set side by side: one row a period, the flows as columns, and no period left out.

Columns are laid out as arrays. The same in pivots and joins of pandas takes eight times as long, and this is what a
reader waits for after each choice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.pipeline.derive import PUBLISHED, SUM_OF_MONTHS
from data.selection import FLOWS
from data.years import A_YEAR

GROWING = ("export", "import", "total")
# Labels of a value that need no mention; a total takes that of its less settled flow.
PLAIN = {"status": {"final"}, "derivation": {PUBLISHED, SUM_OF_MONTHS}}


@dataclass(frozen=True)
class _Calendar:
    """All periods from the first to the last, without holes, and the place of each row in them by flow.

    A calendar without holes keeps gaps as gaps, both in lines and in comparisons with a year earlier.
    """

    periods: pd.DatetimeIndex
    rows: dict[str, np.ndarray]
    places: dict[str, np.ndarray]
    back: int

    @classmethod
    def of(cls, rows: pd.DataFrame, frequency: str) -> _Calendar:
        months = 12 // A_YEAR[frequency]
        steps = rows["period"].to_numpy().astype("datetime64[M]").astype(int) // months
        first, last = (steps.min(), steps.max() + 1) if len(steps) else (0, 0)
        starts = (np.arange(first, last) * months).astype("datetime64[M]")
        periods = pd.DatetimeIndex(starts.astype("datetime64[us]"), name="period")
        flows = rows["flow"].to_numpy()
        chosen = {flow: flows == flow for flow in FLOWS}
        places = {flow: steps[chosen[flow]] - first for flow in FLOWS}
        if any(len(np.unique(place)) < len(place) for place in places.values()):
            raise ValueError("a flow has one value a period")
        return cls(periods, chosen, places, A_YEAR[frequency])

    def spread(self, cells: np.ndarray, flow: str, kind: type, unknown: Any = np.nan) -> np.ndarray:
        """Set the cells of a flow at their periods; the others are unknown."""
        laid: np.ndarray = np.full(len(self.periods), unknown, dtype=kind)
        laid[self.places[flow]] = cells[self.rows[flow]]
        return laid

    def earlier(self, cells: np.ndarray, unknown: Any = np.nan) -> np.ndarray:
        """The cells of the same period a year earlier; unknown in the first year."""
        head = np.full(min(self.back, len(cells)), unknown, dtype=cells.dtype)
        return np.concatenate([head, cells[: -self.back]])


def wide(rows: pd.DataFrame, frequency: str, press: Collection[str]) -> pd.DataFrame:
    """Set the flows of a record side by side, with their total, balance and growth.

    Growth between two sources of which one is the press is withheld: they may count by different releases.

    Args:
        rows: observations of one reporter, partner and frequency with ``value``; one row a flow and period.
        frequency: A, Q or M.
        press: ids of the sources that are press reports.

    Returns:
        Indexed by ``period`` without holes; the columns that :func:`data.queries.trade.series` describes.

    Raises:
        ValueError: a flow has two values for one period.
    """
    calendar = _Calendar.of(rows, frequency)
    cells = rows["value"].to_numpy()
    values: dict[str, Any] = {flow: calendar.spread(cells, flow, float) for flow in FLOWS}
    values["total"] = values["export"] + values["import"]
    values["balance"] = values["export"] - values["import"]
    mixed = _mixed(rows, calendar, press)
    for measure in GROWING:
        with np.errstate(divide="ignore", invalid="ignore"):
            growth = (values[measure] / calendar.earlier(values[measure]) - 1) * 100
        values[f"{measure}_growth"] = np.where(mixed[measure], np.nan, growth)
    for flow in FLOWS:
        values[f"{flow}_source"] = calendar.spread(rows["source_id"].to_numpy(), flow, object, None)
    for label, plain in PLAIN.items():
        labels = _labels(rows, calendar, label, plain)
        labels["balance"] = labels["total"]
        for measure in GROWING:
            labels[f"{measure}_growth"] = less_settled(labels[measure], calendar.earlier(labels[measure]), plain)
        for of, each in labels.items():
            values[f"{of}_{label}"] = pd.Series(each, calendar.periods, dtype=object)
    return pd.DataFrame(values, index=calendar.periods)


def less_settled(ours: np.ndarray, other: np.ndarray, plain: set[str]) -> np.ndarray:
    """Of two labels the one that needs mention; a value made from two is as settled as the less settled of them."""
    settled = np.array([one in plain for one in ours], dtype=bool)
    return np.where(settled, other, ours)


def _mixed(rows: pd.DataFrame, calendar: _Calendar, press: Collection[str]) -> dict[str, np.ndarray]:
    """Where a period and the one a year earlier come from two sources of which one is the press."""
    sources = rows["source_id"].to_numpy()
    reported = np.array([source in press for source in sources], dtype=bool)
    mixed = {}
    for flow in FLOWS:
        named = calendar.spread(sources, flow, object)
        quoted = calendar.spread(reported, flow, bool, False)
        mixed[flow] = (named != calendar.earlier(named)) & (quoted | calendar.earlier(quoted, False))
    return mixed | {"total": mixed["export"] | mixed["import"]}


def _labels(rows: pd.DataFrame, calendar: _Calendar, label: str, plain: set[str]) -> dict[str, np.ndarray]:
    """Labels of the flows and of their total, which is as settled as the less settled of the two."""
    cells = rows[label].to_numpy()
    labels = {flow: calendar.spread(cells, flow, object) for flow in FLOWS}
    return labels | {"total": less_settled(labels["export"], labels["import"], plain)}
