"""Rows as Parquet that carries its meaning, units, sources and citation."""

from __future__ import annotations

import json
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from data.export.sheet import Sheet, cells, records, source_rows
from data.schema.fields import DATE, INTEGER, NUMBER, TEXT
from data.schema.tables import SOURCES

ARROW = {NUMBER: pa.float64(), INTEGER: pa.int64(), DATE: pa.date32(), TEXT: pa.string()}


def to_parquet(sheet: Sheet) -> bytes:
    """Write typed columns; meaning and unit stand in the metadata of each, the rest in that of the file."""
    schema = pa.schema(
        [
            pa.field(f.name, ARROW[f.kind], metadata={b"meaning": f.meaning.encode(), b"unit": f.unit.encode()})
            for f in sheet.fields
        ],
        metadata=_about(sheet),
    )
    arrays = [
        pa.array(values, type=ARROW[f.kind])
        for f, values in zip(sheet.fields, cells(sheet.rows, sheet.fields), strict=True)
    ]
    written = BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), written, compression="zstd")
    return written.getvalue()


def _about(sheet: Sheet) -> dict[bytes, bytes]:
    sources = source_rows(sheet.sources)
    fields = tuple(f for name in sources for f in SOURCES.fields if f.name == name)
    said = {
        "title": sheet.citation.title,
        "citation": sheet.citation.long(sheet.words.cite),
        "address": sheet.citation.address,
        "licence": sheet.words.licence_text,
        "rows": sheet.which,
        "notes": json.dumps(list(sheet.notes), ensure_ascii=False),
        "sources": json.dumps(records(sources, fields), ensure_ascii=False),
    }
    return {f"bilateral.{name}".encode(): text.encode() for name, text in said.items()}
