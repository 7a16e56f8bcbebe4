"""Build the Parquet tables from the curated files: ``python -m data.pipeline.build``."""

from __future__ import annotations

import hashlib
import logging
import sys
import tempfile
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.paths import DATA, curated_dir, parquet_dir
from data.pipeline import checks
from data.pipeline.claims import Tables, check_claims
from data.pipeline.derive import with_mean_rates, with_sums
from data.pipeline.read import CuratedDataError, Problem, read_table
from data.schema.fields import Table
from data.schema.places import COUNTRIES, CURRENCIES
from data.schema.tables import BUILT, SOURCES, TABLES

log = logging.getLogger("bilateral.data")

HASH_KEY = b"bilateral.inputs_sha256"


def input_hash(curated: Path | None = None) -> str:
    """Hash of everything the tables are made from: the curated files and the code that reads them."""
    digest = hashlib.sha256()
    tables = curated or curated_dir()
    for path in sorted([*DATA.rglob("*.py"), *(p for p in tables.rglob("*") if p.is_file())]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def build(curated: Path | None = None, target: Path | None = None) -> dict[str, pd.DataFrame]:
    """Read, check, derive and write every table; nothing is written when anything is wrong.

    Raises:
        CuratedDataError: a curated file breaks its schema or names an unknown source.
        ValueError: a verdict contradicts the figures, a year would mix sources, or the tables contradict themselves.
    """
    curated = curated or curated_dir()
    tables = assemble(curated)
    contradictions = checks.errors(tables["checks"])
    if contradictions:
        raise ValueError("\n".join(contradictions))
    _write(tables, target or parquet_dir(), input_hash(curated))
    return tables


def assemble(curated: Path) -> dict[str, pd.DataFrame]:
    """Read every table, derive what is computed and compare it all; contradictions are left in the table of checks.

    Raises:
        CuratedDataError: a curated file breaks its schema or names an unknown source.
        ValueError: a verdict contradicts the figures, or a year would mix sources.
    """
    tables = read_all(curated)
    tables["observations"] = with_sums(tables["observations"])
    tables["exchange_rates"] = with_mean_rates(tables["exchange_rates"])
    checked_with = Tables(**{field.name: tables[field.name] for field in fields(Tables)})
    tables["claims"] = check_claims(tables["claims"], checked_with)
    tables["quoted_figures"] = check_claims(tables["quoted_figures"], checked_with, "figure_id")
    tables["checks"] = checks.run(tables)
    return tables


def read_all(curated: Path) -> dict[str, pd.DataFrame]:
    """Read every table, collecting the problems of all files before refusing them together.

    Raises:
        CuratedDataError: a curated file breaks its schema or names an unknown source.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    known: dict[str, frozenset[str]] = {}
    for table in TABLES:
        try:
            tables[table.name] = read_table(table, curated, known)
        except CuratedDataError as error:
            problems += error.problems
        if table in (SOURCES, COUNTRIES, CURRENCIES) and table.name in tables:
            known[table.name] = frozenset(tables[table.name][table.key[0]])
    if problems:
        raise CuratedDataError(problems)
    return tables


def _write(tables: dict[str, pd.DataFrame], target: Path, digest: str) -> None:
    """Write all tables aside, then move them into place, so that a crash leaves the old ones whole."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as aside:
        for table in BUILT:
            pq.write_table(_arrow(tables[table.name], table, digest), Path(aside, f"{table.name}.parquet"))
        for table in BUILT:
            Path(aside, f"{table.name}.parquet").replace(target / f"{table.name}.parquet")


def _arrow(frame: pd.DataFrame, table: Table, digest: str) -> pa.Table:
    """Turn a frame into an Arrow table that carries its meaning, units and the hash of its inputs."""
    arrow = pa.Table.from_pandas(frame, preserve_index=False)
    about = {f.name: {b"meaning": f.meaning.encode(), b"unit": f.unit.encode()} for f in table.fields}
    for index, field in enumerate(arrow.schema):
        arrow = arrow.set_column(index, field.with_metadata(about.get(field.name, {})), arrow.column(index))
    schema = arrow.schema.metadata | {
        HASH_KEY: digest.encode(),
        b"bilateral.table": table.meaning.encode(),
        b"bilateral.primary_key": ",".join(table.key).encode(),
    }
    return arrow.replace_schema_metadata(schema)


def is_current(target: Path | None = None) -> bool:
    """Tell whether every table is there and made from the inputs as they are now."""
    target, digest = target or parquet_dir(), input_hash().encode()
    files = [target / f"{table.name}.parquet" for table in BUILT]
    return all(f.exists() and (pq.read_schema(f).metadata or {}).get(HASH_KEY) == digest for f in files)


def ensure_built() -> None:
    """Build the tables when one is absent or an input has changed."""
    if is_current():
        log.info("data: the tables in %s are up to date", parquet_dir())
        return
    log.info("data: building the tables from the curated files")
    for name, frame in build().items():
        log.info("data: %s.parquet, %d rows", name, len(frame))


def main() -> int:
    """Build and report; on bad input name every bad cell and exit with 1."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    try:
        ensure_built()
    except (CuratedDataError, ValueError) as error:
        print(f"data: nothing was written; the curated files need a correction\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
