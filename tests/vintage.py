"""The vintage that tests are bound to: the curated tables without what was added after it.

Hand-computed values hold for figures as they were; a new month, country or currency must change data and no test. So
the tests read a copy of the tables cut to the reporters, currencies and periods below.
"""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from data.paths import curated_dir
from data.pipeline.build import build, input_hash

KEPT = Path(__file__).parent / "output" / "vintage"
REPORTERS = frozenset({"CAN", "MEX", "USA"})
CURRENCIES = frozenset({"CAD", "USD", "MXN", "GBP"})
# Last period of each table, and the last day of what is dated by day.
LAST = {
    "observations": "2026-08-01",
    "products": "2025-12-01",
    "partner_totals": "2025-01-01",
    "exchange_rates": "2026-10-01",
    "price_index": "2026-05-01",
    "usmca_shares": "2026-02-01",
    "usmca_chapters": "2026-02-01",
    "usmca_subheadings": "2025-01-01",
    "gdp": "2023",
    "inflation": "2024",
    "events": "2026-10-09",
}
LAST_DAY = {"tariffs": "2026-10-09"}
DATED = ("period", "year", "date")


def use_vintage() -> None:
    """Let everything that reads tables, child processes too, read those of the vintage; build them where needed."""
    whole = curated_dir()
    home = KEPT / input_hash(whole)[:16]
    if not home.is_dir():
        KEPT.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=KEPT))
        cut(whole, made / "curated")
        build(made / "curated", made / "parquet")
        for old in KEPT.iterdir():
            if old not in (home, made) and not old.name.startswith("tmp"):
                shutil.rmtree(old, ignore_errors=True)
        try:
            made.rename(home)
        except OSError:
            # Another process was quicker.
            shutil.rmtree(made, ignore_errors=True)
    os.environ["BILATERAL_CURATED"] = str(home / "curated")
    os.environ["BILATERAL_PARQUET"] = str(home / "parquet")


def cut(whole: Path, target: Path) -> None:
    """Copy the curated tables without rows of later periods, other reporters and other currencies."""
    shutil.copytree(whole, target)
    for path in target.rglob("*.csv"):
        table = path.parent.name if path.parent != target else path.stem
        rewrite(path, lambda row, table=table: _kept(table, row))
    rewrite(target / "collections.csv", lambda row: True, _as_it_was)


def rewrite(path: Path, keep: Callable[[dict], bool], change: Callable[[dict], dict] | None = None) -> None:
    """Write a table again with some of its rows, changed or as they are."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        names, rows = reader.fieldnames or [], list(reader)
    kept = [change(row) if change else row for row in rows if keep(row)]
    if kept == rows:
        return
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def _kept(table: str, row: dict) -> bool:
    if table in LAST and next(row[column] for column in DATED if column in row) > LAST[table]:
        return False
    if table == "observations" and row["reporter"] not in REPORTERS:
        return False
    return table not in ("currencies", "exchange_rates") or row["currency"] in CURRENCIES


def _as_it_was(row: dict) -> dict:
    return {**row, "last_day": LAST_DAY.get(row["collection"], row["last_day"])}
