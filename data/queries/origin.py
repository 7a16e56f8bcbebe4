"""Where the figures of a result come from: what a source line and the metadata of a chart say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from data.queries.currency import rate_source_ids
from data.store import Store

NOT_STATED = "not_stated"


@dataclass(frozen=True)
class Origin:
    """Sources of the values and of the rates that converted them, with their rows.

    ``ids`` name the sources of the values, ``rate_ids`` those of exchange rates. ``rows`` holds the rows of the
    sources table by id; ``conventions`` is how each reporter counts each flow. ``bases`` are the accounting bases of
    the figures by reporter and flow; a press report may state none. Empty where all are customs records.
    """

    ids: tuple[str, ...]
    rate_ids: tuple[str, ...] = ()
    rows: Mapping[str, dict[str, Any]] = field(default_factory=dict, compare=False)
    conventions: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False, repr=False)
    bases: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict, compare=False)

    def unstated(self, reporter: str, flow: str) -> bool:
        """Whether no figure shown of a flow comes with its basis."""
        return self.bases.get((reporter, flow)) == {NOT_STATED}

    @property
    def basis_codes(self) -> frozenset[str]:
        """All bases of the figures."""
        return frozenset().union(*self.bases.values()) if self.bases else frozenset()


def origin(store: Store, ids: Iterable[str], rate_ids: Iterable[str] = ()) -> Origin:
    """Look sources up; an id that comes twice counts once, in the order of its first place."""
    return Origin(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(rate_ids)), store.source, store.conventions)


def origin_of_rows(store: Store, rows: Sequence[pd.DataFrame], to: str, more: Iterable[str] = ()) -> Origin:
    """Origin of observations that are drawn: their sources, newest first within each frame, and no others.

    Args:
        store: the tables.
        rows: converted observations of one frequency; those without a value are drawn by nothing and left out.
        to: currency they were converted to.
        more: ids of further sources of the values, such as those of a price level.
    """
    known = [some[some["value"].notna()].sort_values("period", ascending=False) for some in rows]
    known = [some for some in known if len(some)]
    ids = [source_id for some in known for source_id in some["source_id"]]
    rates = [
        source_id
        for some in known
        for source_id in rate_source_ids(store, set(some["currency"]), to, some["frequency"].iloc[0], some["period"])
    ]
    bases = bases_of(pd.concat(known)) if known else {}
    return replace(origin(store, [*ids, *more], rates), bases=bases)


def bases_of(rows: pd.DataFrame) -> dict[tuple[str, str], frozenset[str]]:
    """The accounting bases of observations by reporter and flow."""
    bases: dict[tuple[str, str], frozenset[str]] = {}
    for reporter, flow, basis in rows[["reporter", "flow", "basis"]].drop_duplicates().itertuples(index=False):
        bases[reporter, flow] = bases.get((reporter, flow), frozenset()) | {str(basis)}
    return bases
