"""A chart's data as a sheet: the cells of its table as numbers, dates and codes again, and the words around them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
from babel.numbers import NumberFormatError, parse_decimal

from data.export.citation import Citation, Words
from data.export.sheet import Sheet, SheetWords
from data.export.underlying import SheetMore, named_sources
from data.schema.fields import DATE, INTEGER, NUMBER, PANDAS_TYPE, TEXT, Field
from data.store import Store
from layouts.components.chart import Chart
from layouts.components.data_column import ITEM, ROW_TYPE, DataColumn, unknown
from layouts.components.status import SYMBOL, WORKED_OUT
from layouts.components.table import Column
from layouts.wording.text import MINUS, MISSING, Text

CODES = {symbol: code for code, symbol in {**SYMBOL, "worked_out": WORKED_OUT}.items()}


def export_words(_: Text) -> SheetWords:
    """Words of files in the reader's language."""
    return SheetWords(
        data=_("Data"),
        sources=_("Sources"),
        notes=_("Notes"),
        citation=_("Cite as"),
        full_citation=_("Long citation"),
        licence=_("Licence"),
        licence_text=_("Each source keeps its own terms of use; they stand beside the source."),
        reopen=_("Open this view again"),
        rows=_("Rows"),
        columns=_("Columns"),
        missing=_("An empty cell is a value that is not known."),
        column=_("{name}: {meaning}"),
        column_with_unit=_("{name}: {meaning} ({unit})"),
        cite=Words(
            short=_("{producers}: {title}. {site}, {accessed}."),
            long=_("{title}. Figures: {sources}. Compiled by {site}, {address}, accessed {accessed}."),
            source=_("{producer}, {title}{table}{vintage}"),
            table=_(", table {number}"),
            vintage=_(", vintage of {date}"),
        ),
    )


def sheet_more(_: Text, it: Chart) -> SheetMore:
    """What is said beside a chart, for the notes of a file."""
    marks = [str(getattr(note, "text", note)) for note in it.notes]
    said = [it.subtitle, *it.summary, *marks, *it.remarks, *it.breaks, it.metadata.line, it.source.words]
    return SheetMore(tuple(dict.fromkeys(said)), export_words(_))


def displayed_sheet(_: Text, store: Store, it: Chart, address: str, accessed: dt.date, sums: bool = False) -> Sheet:
    """The cells of a chart's table, with the sums and rests among its rows only where they are asked for.

    Columns of numbers hold numbers; symbols of status become codes beside them.
    """
    made: dict[str, tuple[Field, pd.Series]] = {}
    columns = list(it.columns())
    for column in columns:
        if isinstance(column, DataColumn):
            made |= {one.name: (one, values) for one, values in _typed(_, column)}
    spoken = [column for column in columns if not isinstance(column, DataColumn)]
    if spoken:
        periods = _periods(_, store, [text_of(cell) for cell in spoken[0].cells])
        if periods is not None:
            meaning = _("first day of the period")
            made["period"] = (Field("period", DATE, meaning), periods.astype(PANDAS_TYPE[DATE]))
    for column in spoken:
        for one, values in _read(_, column):
            name = _unused(one.name, made)
            made[name] = (Field(name, one.kind, one.meaning, required=False), values)
    rows = pd.DataFrame({name: values for name, (_field, values) in made.items()})
    if ROW_TYPE in rows and not sums:
        # A program that adds a column up must not meet its sum in it.
        rows = rows[rows[ROW_TYPE] == ITEM].reset_index(drop=True)
    sources, cited = named_sources(store, it.source.ids)
    more = sheet_more(_, it)
    citation = Citation(it.title, cited, address, accessed)
    fields = tuple(field for field, _values in made.values())
    return Sheet(it.file_name, rows, fields, sources, citation, more.notes, "displayed", more.words)


def text_of(cell: Any) -> str:
    """The words of a cell, which may be text, a number, components or a list of them."""
    if cell is None:
        return ""
    if isinstance(cell, list | tuple):
        return " ".join(filter(None, (text_of(part) for part in cell)))
    return text_of(cell.children) if hasattr(cell, "children") else str(cell).strip()


def _typed(_: Text, column: DataColumn) -> Iterator[tuple[Field, pd.Series]]:
    """A column as the file has it: its values as they are, and beside them their status, origin and source."""
    if not column.in_file:
        return
    known = [None if unknown(value) else value for value in column.values]
    field = Field(column.name, column.kind, column.header, required=False, unit=column.unit)
    yield field, pd.Series(known, dtype=PANDAS_TYPE[column.kind])
    for labels, suffix, meaning in (
        (column.statuses, "status", _("how settled the value is")),
        (column.derivations, "derivation", _("published, or how it was worked out")),
        (column.sources, "source", _("row of the sources table that states the value")),
    ):
        if len(labels):
            words = [
                None if unknown(label) or unknown(value) else str(label)
                for label, value in zip(labels, column.values, strict=True)
            ]
            yield Field(f"{column.name}_{suffix}", TEXT, meaning, required=False), pd.Series(words, dtype="str")


def _read(_: Text, column: Column) -> list[tuple[Field, pd.Series]]:
    """One column of a table as one of numbers and, where symbols occur, one of their codes; or as one of text."""
    texts = [text_of(cell) for cell in column.cells]
    header = text_of(column.header)
    read = [_number(_, text) for text in texts] if column.numeric else []
    if not read or any(one is None for one in read):
        kept = pd.Series([None if text in (MISSING, "") else text for text in texts], dtype="str")
        return [(Field(header, TEXT, ""), kept)]
    values = pd.Series([one[0] for one in read if one], dtype="float64")
    # Ranks, days and counts are whole; a number that is only shown without its decimals is not told from them.
    kind = INTEGER if _all_whole(values, texts) else NUMBER
    found = [(Field(header, kind, ""), values.astype(PANDAS_TYPE[kind]))]
    codes = [" ".join(one[1]) for one in read if one]
    if any(codes):
        name = _("{column}, status", column=header)
        found.append(
            (Field(name, TEXT, _("how settled the value is")), pd.Series(codes, dtype="str").replace("", None))
        )
    return found


def _number(_: Text, text: str) -> tuple[float, list[str]] | None:
    """The number a cell shows and the codes of its symbols; None when the cell shows something else."""
    codes = [code for symbol, code in CODES.items() if symbol in text]
    bare = "".join(sign for sign in text if sign not in CODES).strip()
    if bare in (MISSING, ""):
        return float("nan"), codes
    bare = bare.replace(MINUS, "-").removeprefix("+").removesuffix("%").strip()
    try:
        return float(parse_decimal(bare, locale=_.locale, strict=True)), codes
    except NumberFormatError:
        return None


def _all_whole(values: pd.Series, texts: Sequence[str]) -> bool:
    """Whether a column holds whole numbers, and shows them so: 5.0 is measured, 5 is counted."""
    known = values.dropna()
    if known.empty or (known % 1 != 0).any():
        return False
    # Groups of digits come in threes; decimals that are all zero are fewer.
    return not any(len(digits) < 3 for text in texts for digits in re.findall(r"[.,](\d+)", text))


def _periods(_: Text, store: Store, texts: Sequence[str]) -> pd.Series | None:
    """First days of the periods that texts name; None when one of them names none."""
    known = _known_periods(_, store.coverage.first_year, store.coverage.last_year)
    days = [known.get(text) for text in texts]
    return None if not days or None in days else pd.Series(days)


@lru_cache(maxsize=8)
def _known_periods(_: Text, first: int, last: int) -> dict[str, dt.date]:
    """Every year, quarter and month on record by its name."""
    years = [dt.date(year, 1, 1) for year in range(first, last + 1)]
    months = [day.replace(month=month) for day in years for month in range(1, 13)]
    starts = {"A": years, "Q": [day for day in months if day.month % 3 == 1], "M": months}
    return {_.period(day, frequency): day for frequency, days in starts.items() for day in days}


def _unused(name: str, taken: dict[str, Any]) -> str:
    """The name, or with a number after it where two columns would share one."""
    place = 2
    made = name
    while made in taken:
        made, place = f"{name} ({place})", place + 1
    return made
