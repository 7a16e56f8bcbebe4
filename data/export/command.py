"""Take rows away as CSV, Excel, Parquet, JSON or ZIP: functions, and ``python -m data.export TABLE``.

The command takes the same words as the addresses of the API::

    python -m data.export observations --reporter CAN --partner MEX --years 2015-2025 --format csv --out trade.csv

It exits with 0 when the file is written, 1 when it could not be, and 2 when a word or value is not known.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlencode

from data.address import ALIASES
from data.api.query import PAGING, Query, RefusedError, complete, find, parameters, read, sources_of
from data.api.resources import RESOURCES, Resource
from data.export.archive import to_zip
from data.export.citation import Citation
from data.export.citation import sources_of as cited
from data.export.parquet import to_parquet
from data.export.sheet import Sheet
from data.export.text import to_csv, to_json
from data.export.xlsx import to_xlsx
from data.pipeline.build import ensure_built
from data.store import Store, load

FORMATS: dict[str, Callable[[Sheet, bool], bytes]] = {
    "csv": lambda sheet, bom: to_csv(sheet.rows, sheet.fields, bom),
    "xlsx": lambda sheet, bom: to_xlsx(sheet),
    "parquet": lambda sheet, bom: to_parquet(sheet),
    "json": lambda sheet, bom: to_json(sheet),
    "zip": lambda sheet, bom: to_zip(sheet, bom=bom),
}
MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "zip": "application/zip",
}
OK, FAILED, NOT_UNDERSTOOD = 0, 1, 2


def write(sheet: Sheet, suffix: str, bom: bool = False) -> bytes:
    """Write a sheet in one of :data:`FORMATS`; ``bom`` makes CSV one that Excel reads without harm."""
    return FORMATS[suffix](sheet, bom)


def table_sheet(store: Store, query: Query, address: str, accessed: dt.date) -> Sheet:
    """All rows that a query chooses, as a sheet; limit and offset of the query do not count.

    Args:
        store: the tables.
        query: what is wanted.
        address: where the same rows are found again.
        accessed: the day, for the citation.
    """
    found = find(store, query)
    sources = sources_of(store, query, found)
    title = f"{query.resource.name}: {query.resource.table.meaning}"
    citation = Citation(title, cited(sources.to_dict("records")), address, accessed)
    return Sheet(query.resource.name, complete(store, query, found), query.fields, sources, citation)


def parser() -> argparse.ArgumentParser:
    """Declare one command for each table, with the words it knows."""
    made = argparse.ArgumentParser(prog="python -m data.export", description="Write rows of a table to a file.")
    tables = made.add_subparsers(dest="table", metavar="TABLE", required=True)
    for resource in RESOURCES.values():
        one = tables.add_parser(resource.name, help=resource.table.meaning, description=resource.table.meaning)
        meanings = {f.name: f.meaning for f in resource.filters}
        for word in _words(resource):
            names = [f"--{name}" for name in (word, *(old for old, new in ALIASES.items() if new == word))]
            one.add_argument(*names, metavar="VALUE", help=meanings.get(word, "convert values into this currency"))
        one.add_argument("--format", choices=FORMATS, help="csv, unless the name of the file says otherwise")
        one.add_argument("--out", default="-", metavar="FILE", help="where to write; - is the terminal")
        one.add_argument("--bom", action="store_true", help="CSV for Excel")
    return made


def _words(resource: Resource) -> list[str]:
    return [word for word in parameters(resource) if word not in PAGING]


def main(arguments: Sequence[str] | None = None, store: Store | None = None) -> int:
    """Write the file that the command line asks for; what went wrong is said on the error output."""
    asked = parser().parse_args(arguments)
    resource = RESOURCES[asked.table]
    given = [(word, getattr(asked, word)) for word in _words(resource) if getattr(asked, word) is not None]
    suffix = asked.format or (Path(asked.out).suffix[1:].lower() or "csv")
    if suffix not in FORMATS:
        return _complain(f"--out: the ending .{suffix} names no format; use --format with {', '.join(FORMATS)}", True)
    if asked.out == "-" and suffix not in ("csv", "json") and sys.stdout.isatty():
        return _complain(f"--out: {suffix} is not for the terminal; name a file", True)
    try:
        if store is None:
            ensure_built()
            store = load()
        query = read(store, resource, given)
        address = f"/api/v1/{resource.name}" + (f"?{urlencode(given)}" if given else "")
        sheet = table_sheet(store, query, address, dt.date.today())
        content = write(sheet, suffix, asked.bom)
    except RefusedError as error:
        return _complain("\n".join(f"--{refusal.detail}" for refusal in error.refusals), True)
    except ValueError as error:
        return _complain(f"the tables could not be built\n{error}")
    try:
        _put(content, asked.out)
    except OSError as error:
        return _complain(f"{asked.out} cannot be written: {error.strerror}")
    print(f"{resource.name}: {len(sheet.rows)} rows as {suffix}", file=sys.stderr)
    return OK


def _put(content: bytes, out: str) -> None:
    if out == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        Path(out).write_bytes(content)


def _complain(words: str, not_understood: bool = False) -> int:
    print(words, file=sys.stderr)
    return NOT_UNDERSTOOD if not_understood else FAILED


if __name__ == "__main__":
    sys.exit(main())
