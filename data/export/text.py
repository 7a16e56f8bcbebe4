"""Rows as CSV and as JSON."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from data.export.sheet import Sheet, records, source_rows
from data.schema.fields import DATE, TEXT, Field
from data.schema.tables import SOURCES

# What a spreadsheet takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def to_csv(rows: pd.DataFrame, fields: tuple[Field, ...], bom: bool = False) -> bytes:
    """Write CSV: UTF-8, commas, a header, dates as YYYY-MM-DD, empty cells for what is missing.

    Args:
        rows: the rows.
        fields: what the columns hold.
        bom: for Excel: begin with the mark by which it knows UTF-8, and put an apostrophe before text that it would
            run as a formula. Without it, text is written exactly as it is.
    """
    made = rows.astype({f.name: "object" for f in fields if f.kind == TEXT})
    for one in fields:
        if one.kind == DATE:
            made[one.name] = rows[one.name].dt.strftime("%Y-%m-%d")
        elif bom and one.kind == TEXT:
            made[one.name] = made[one.name].map(harmless, na_action="ignore")
    header = [harmless(f.name) if bom else f.name for f in fields]
    # With this end of a line, as RFC 4180 has it, text that holds either of its signs is quoted.
    text = made.to_csv(index=False, lineterminator="\r\n", header=header)
    return ((BOM if bom else "") + text).encode()


def harmless(text: str) -> str:
    """Text that a spreadsheet shows instead of running it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def to_json(sheet: Sheet) -> bytes:
    """Write the rows as objects, beside what they mean and where they come from."""
    sources = source_rows(sheet.sources)
    source_fields = tuple(f for name in sources for f in SOURCES.fields if f.name == name)
    document = {
        "data": records(sheet.rows, sheet.fields),
        "meta": {
            "title": sheet.citation.title,
            "rows": sheet.which,
            "count": len(sheet.rows),
            "columns": [described(one) for one in sheet.fields],
            "sources": records(sources, source_fields),
            "notes": list(sheet.notes),
            "licence": sheet.words.licence_text,
            "citation": sheet.citation.long(sheet.words.cite),
            "address": sheet.citation.address,
            "accessed": sheet.citation.accessed.isoformat(),
        },
    }
    return dumped(document)


def described(one: Field) -> dict[str, str]:
    """A column in the words of the schema."""
    return {"name": one.name, "type": one.kind, "meaning": one.meaning, "unit": one.unit}


def dumped(document: Any) -> bytes:
    """Write JSON that every reader understands: no NaN, which JSON does not know."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
