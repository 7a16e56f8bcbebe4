"""How settled a value is that is made from others: as the least settled of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from data.schema.products import STATUSES

_RANK = {status: place for place, status in enumerate(STATUSES)}
# The status of a rank; nothing is known under -1, which is the last place.
_STATUS = np.array([*STATUSES, None], dtype=object)


def least_settled(labels: Iterable[object]) -> str | None:
    """The least settled of several statuses; missing ones say nothing, and without any the answer is None.

    Raises:
        KeyError: a label is no status of the tables.
    """
    known = [_RANK[label] for label in labels if isinstance(label, str)]
    return STATUSES[max(known)] if known else None


def least_settled_each(*labels: pd.Series | str | None) -> pd.Series:
    """The least settled status at each place of several series; a single status counts at every place."""
    first = next(label for label in labels if isinstance(label, pd.Series))
    ranks = [_ranks(label) if isinstance(label, pd.Series) else _rank(label) for label in labels]
    return pd.Series(_STATUS[np.maximum.reduce(np.broadcast_arrays(*ranks))], first.index, dtype=object)


def least_settled_rows(labels: pd.DataFrame) -> pd.Series:
    """The least settled status of each row."""
    return pd.Series(_STATUS[_ranks(labels).max(axis=1)], labels.index, dtype=object)


def least_settled_of(labels: pd.DataFrame, groups: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """The least settled status of each row within groups of columns, named with the places of theirs."""
    ranks = _ranks(labels)
    least = {name: _STATUS[ranks[:, places].max(axis=1)] for name, places in groups.items()}
    return pd.DataFrame(least, labels.index, dtype=object)


def _rank(label: object) -> int:
    return _RANK[label] if isinstance(label, str) else -1


def _ranks(labels: pd.Series | pd.DataFrame) -> np.ndarray:
    cells = labels.to_numpy(dtype=object)
    return np.fromiter(map(_rank, cells.ravel()), dtype="int8", count=cells.size).reshape(cells.shape)
