"""Where the figures of a result come from: what a source line and the metadata of a chart say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.store import Store


@dataclass(frozen=True)
class Origin:
    """Sources of the values and of the rates that converted them, with their rows.

    ``ids`` name the sources of the values, ``rate_ids`` those of exchange rates. ``rows`` holds the rows of the
    sources table by id; ``conventions`` is how each reporter counts each flow.
    """

    ids: tuple[str, ...]
    rate_ids: tuple[str, ...] = ()
    rows: Mapping[str, dict[str, Any]] = field(default_factory=dict, compare=False)
    conventions: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False, repr=False)


def origin(store: Store, ids: Iterable[str], rate_ids: Iterable[str] = ()) -> Origin:
    """Look sources up; an id that comes twice counts once, in the order of its first place."""
    return Origin(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(rate_ids)), store.source, store.conventions)
