"""Bad copies of the curated files, and the real tables built once for all data tests."""

from __future__ import annotations

import csv
import shutil
from functools import cache
from pathlib import Path

import pytest

from data.paths import curated_dir
from data.pipeline.build import build, ensure_built
from data.pipeline.read import CuratedDataError, Problem
from data.store import Store, load

TABLE_NAMES = {
    "sources",
    "countries",
    "currencies",
    "collections",
    "observations",
    "products",
    "partner_totals",
    "product_names",
    "hs_names",
    "product_words",
    "rank_statements",
    "exchange_rates",
    "gdp",
    "inflation",
    "price_index",
    "conventions",
    "breaks",
    "claims",
    "quoted_figures",
    "tariffs",
    "tariff_lives",
    "tariff_stacking",
    "retaliation",
    "events",
    "usmca_shares",
    "usmca_chapters",
    "usmca_subheadings",
    "tariff_goods",
    "disagreements",
    "mirror_notes",
    "known_gaps",
    "checks",
}


@cache
def real_store() -> Store:
    """The tables of the vintage that tests read, built once for all of them."""
    ensure_built()
    return load()


def curated_copy(folder: Path) -> Path:
    """A copy of the curated files that a test may spoil."""
    return Path(shutil.copytree(curated_dir(), folder / "curated"))


def read_rows(file: str, curated: Path | None = None) -> list[dict[str, str]]:
    """Rows of a curated file as text, read without the code under test."""
    with ((curated or curated_dir()) / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def set_cell(curated: Path, file: str, column: str, value: str, row: int | str = 0) -> int:
    """Overwrite one cell of the row counted from 0, or of the row that starts with a key; returns its line."""
    path = curated / file
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    at = row + 1 if isinstance(row, int) else [cells[0] for cells in rows].index(row)
    rows[at][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(rows)
    return at + 1


def replace_text(curated: Path, file: str, old: str, new: str) -> None:
    """Replace the first occurrence of a text that must be there."""
    path = curated / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(curated: Path) -> list[Problem]:
    """Build from bad files: nothing may be written; returns what the error names."""
    target = curated.parent / "target"
    target.mkdir()
    (target / "gdp.parquet").write_bytes(b"the table of before")
    with pytest.raises(CuratedDataError) as caught:
        build(curated, target)
    assert [path.name for path in target.rglob("*")] == ["gdp.parquet"]
    assert (target / "gdp.parquet").read_bytes() == b"the table of before"
    assert str(caught.value) == "\n".join(str(problem) for problem in caught.value.problems)
    return caught.value.problems
