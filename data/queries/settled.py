"""How settled a value is that is made from others: as the least settled of them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data.schema.products import STATUSES

_RANK = {status: place for place, status in enumerate(STATUSES)}


def least_settled(labels: Iterable[object]) -> str | None:
    """The least settled of several statuses; missing ones say nothing, and without any the answer is None.

    Raises:
        KeyError: a label is no status of the tables.
    """
    known = [_RANK[label] for label in labels if isinstance(label, str)]
    return STATUSES[max(known)] if known else None


def least_settled_rows(labels: pd.DataFrame) -> pd.Series:
    """The least settled status of each row."""
    found = [least_settled(row) for row in labels.to_numpy(dtype=object)]
    return pd.Series(found, labels.index, dtype=object)
