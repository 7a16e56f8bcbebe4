"""Rows as an Excel workbook: typed cells, a frozen header, a sheet of sources and one of notes."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter

from data.export.sheet import Sheet, cells, source_rows
from data.schema.fields import DATE, INTEGER, NUMBER, Field
from data.schema.tables import SOURCES

# Excel forbids these in the name of a sheet and allows 31 signs.
FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")
WIDEST, NARROWEST = 60, 9
# A workbook says when it was made; a fixed day keeps the same rows the same file.
CREATED = dt.datetime(2000, 1, 1)


def to_xlsx(sheet: Sheet) -> bytes:
    """Write the workbook. Text is always written as text, so that no cell becomes a formula or a link."""
    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": sheet.citation.title, "created": CREATED})
        formats = {
            "header": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            DATE: book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            INTEGER: book.add_format({"num_format": "0"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        numbers = {
            one.name: book.add_format({"num_format": number_format(sheet.rows[one.name])})
            for one in sheet.fields
            if one.kind == NUMBER
        }
        words = sheet.words
        _fill(book.add_worksheet(_name(words.data)), sheet.rows, sheet.fields, formats, numbers)
        sources = source_rows(sheet.sources)
        fields = tuple(f for name in sources for f in SOURCES.fields if f.name == name)
        _fill(book.add_worksheet(_name(words.sources)), sources, fields, formats, {})
        notes = book.add_worksheet(_name(words.notes))
        notes.set_column(0, 0, 22, formats["wrapped"])
        notes.set_column(1, 1, 110, formats["wrapped"])
        for place, (name, text) in enumerate([("", sheet.citation.title), *sheet.about()]):
            notes.write_string(place, 0, name)
            notes.write_string(place, 1, text, formats["wrapped"])
    return written.getvalue()


def number_format(values: pd.Series) -> str:
    """As many decimals as the values need, four at most; the cell itself keeps every digit."""
    known = values.dropna().astype("float64")
    needed = next((d for d in range(4) if (known.round(d) == known).all()), 4)
    return "#,##0" + ("." + "0" * needed if needed else "")


def _fill(page: Any, rows: pd.DataFrame, fields: tuple[Field, ...], formats: dict, numbers: dict) -> None:
    for place, (one, values) in enumerate(zip(fields, cells(rows, fields), strict=True)):
        page.write_string(0, place, one.name, formats["header"])
        for line, value in enumerate(values, 1):
            _write(page, line, place, value, one, formats, numbers)
        longest = max((len(str(value)) for value in values[:200] if value is not None), default=0)
        page.set_column(place, place, min(max(longest, len(one.name), NARROWEST), WIDEST) + 1)
    page.freeze_panes(1, 0)
    if len(rows):
        page.autofilter(0, 0, len(rows), len(fields) - 1)


def _write(page: Any, line: int, place: int, value: Any, one: Field, formats: dict, numbers: dict) -> None:
    if value is None:
        return
    if one.kind == DATE:
        page.write_datetime(line, place, value, formats[DATE])
    elif one.kind in (NUMBER, INTEGER):
        page.write_number(line, place, value, numbers.get(one.name, formats.get(one.kind)))
    else:
        page.write_string(line, place, value)


def _name(text: str) -> str:
    return text.translate(FORBIDDEN)[:31] or "-"
