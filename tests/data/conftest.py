"""What the tests of the tables share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pytest

from data.pipeline import build
from data.pipeline.read import read_table
from data.schema.fields import Table


@pytest.fixture(scope="session", autouse=True)
def files_as_they_were_are_read_once() -> Iterator[None]:
    """Most tests spoil one file out of dozens: a table whose files have the same bytes is taken from before."""
    read: dict[tuple[object, ...], pd.DataFrame] = {}

    def once(table: Table, curated: Path, known: Mapping[str, frozenset[str]] | None = None) -> pd.DataFrame:
        files = sorted(curated.glob(table.files))
        bytes_of = tuple((file.name, hashlib.sha256(file.read_bytes()).digest()) for file in files)
        key = (table, bytes_of, frozenset((known or {}).items()))
        if key not in read:
            read[key] = read_table(table, curated, known)
        return read[key].copy()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "read_table", once)
        yield
