"""Rows that are taken away, with what their columns mean and where they come from."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.export.citation import Citation, Words
from data.schema.fields import DATE, INTEGER, NUMBER, Field

# Columns of the sources table that go with every file.
SOURCE_COLUMNS = (
    "source_id",
    "producer",
    "title",
    "table_number",
    "vintage_date",
    "vintage_note",
    "obtained",
    "verification",
    "licence",
    "url",
    "notes",
)


@dataclass(frozen=True)
class SheetWords:
    """Words around the rows in a file, with named places."""

    data: str = "Data"
    sources: str = "Sources"
    notes: str = "Notes"
    citation: str = "Cite as"
    full_citation: str = "In full"
    licence: str = "Licence"
    licence_text: str = "Each source keeps its own terms of use; they stand beside the source."
    reopen: str = "Open this view again"
    rows: str = "Rows"
    columns: str = "Columns"
    missing: str = "An empty cell is a value that is not known."
    column: str = "{name}: {meaning}"
    column_with_unit: str = "{name}: {meaning} ({unit})"
    cite: Words = field(default_factory=Words)


@dataclass(frozen=True)
class Sheet:
    """A table to take away.

    ``fields`` describe the columns of ``rows`` in order; ``sources`` are rows of the sources table; ``notes`` are
    remarks that belong to the figures; ``name`` is the file name without its ending; ``which`` says whether the rows
    are those displayed or all behind them.
    """

    name: str
    rows: pd.DataFrame
    fields: tuple[Field, ...]
    sources: pd.DataFrame
    citation: Citation
    notes: tuple[str, ...] = ()
    which: str = "full"
    words: SheetWords = field(default_factory=SheetWords)

    def __post_init__(self):
        if list(self.rows.columns) != [field.name for field in self.fields]:
            raise ValueError("the fields describe other columns than the rows have")

    def about(self) -> list[tuple[str, str]]:
        """Name and text of each remark: how to cite, licence, address, notes, meaning of the columns."""
        words = self.words
        said = [
            (words.citation, self.citation.short(words.cite)),
            (words.full_citation, self.citation.long(words.cite)),
            (words.licence, words.licence_text),
            (words.reopen, self.citation.address),
            (words.rows, str(len(self.rows))),
        ]
        said += [(words.notes, note) for note in self.notes]
        said += [(words.columns, column_line(words, one)) for one in self.fields if one.meaning]
        return [*said, (words.columns, words.missing)]


def column_line(words: SheetWords, one: Field) -> str:
    """Describe a column in a line."""
    if one.unit:
        return words.column_with_unit.format(name=one.name, meaning=one.meaning, unit=one.unit)
    return words.column.format(name=one.name, meaning=one.meaning)


def source_rows(sources: pd.DataFrame) -> pd.DataFrame:
    """The columns of the sources table that go with a file."""
    return sources[list(SOURCE_COLUMNS)].reset_index(drop=True)


def cell(value: Any, kind: str) -> Any:
    """A value as a plain Python one: None where it is missing, words among it; a date without a time of day."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if kind == DATE:
        return value.date() if isinstance(value, dt.datetime) else value
    if kind == INTEGER:
        return int(value)
    return float(value) if kind == NUMBER else str(value) or None


def cells(rows: pd.DataFrame, fields: Iterable[Field]) -> list[list[Any]]:
    """The columns of a frame as lists of plain values."""
    return [[cell(value, field.kind) for value in rows[field.name].astype("object")] for field in fields]


def records(rows: pd.DataFrame, fields: tuple[Field, ...]) -> list[dict[str, Any]]:
    """The rows of a frame as JSON takes them: dates as YYYY-MM-DD, what is missing as None."""
    columns = []
    for one, values in zip(fields, cells(rows, fields), strict=True):
        columns.append([v.isoformat() if v is not None else None for v in values] if one.kind == DATE else values)
    names = [one.name for one in fields]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
