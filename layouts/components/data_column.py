"""A column of a chart's data: typed values, and how one of them is written. Everything that shows them starts here."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.schema.fields import DATE, INTEGER, NUMBER, TEXT
from layouts.components.status import marked
from layouts.wording.text import MISSING, Text

# Row types of charts that hold sums beside their parts; a program that adds rows up must not add these.
ROW_TYPE = "row_type"
ITEM, TOTAL, REST = "item", "total", "rest"


@dataclass(frozen=True)
class DataColumn:
    """One column of a chart's data.

    ``name`` is for programs: the same for every pair, currency and language, in lower case. ``header`` is for
    readers, with the unit. ``values`` are as computed: floats, whole numbers, days, codes as text, None where
    nothing is known; they are never rounded, ``show`` does that when it writes one of them. ``unit`` says in words
    what a number counts. ``statuses``, ``derivations`` and ``sources`` say of each value how settled it is, how it
    came about and which row of the sources table states it; files carry them as columns of their own. ``absent`` is
    what a page writes for a number that is not there.
    """

    name: str
    header: str
    values: Sequence[Any]
    kind: str = NUMBER
    show: Callable[[Any], Any] = str
    unit: str = ""
    statuses: Sequence[Any] = ()
    derivations: Sequence[Any] = ()
    sources: Sequence[Any] = ()
    on_page: bool = True
    in_file: bool = True
    absent: str = MISSING

    @property
    def numeric(self) -> bool:
        """Whether the page sets the column flush right."""
        return self.kind in (NUMBER, INTEGER)

    @property
    def cells(self) -> list[Any]:
        """The values as the page writes them, with the signs of their status."""
        plain: Iterable[Any] = [None] * len(self.values)
        each = zip(self.values, self.statuses or plain, self.derivations or plain, strict=True)
        return [self._cell(value, status, derivation) for value, status, derivation in each]

    def _cell(self, value: Any, status: Any, derivation: Any) -> Any:
        if unknown(value):
            return self.absent if self.numeric else ""
        written = self.show(value)
        return marked(written, status, derivation) if isinstance(written, str) else written


def unknown(value: Any) -> bool:
    """Whether a value is missing."""
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def period_columns(_: Text, periods: Sequence[dt.date], frequency: str) -> list[DataColumn]:
    """The first column of a series over time: first days of years or months, and for files which of the two."""
    return [
        DataColumn("period", _("Period"), list(periods), DATE, lambda day: _.period(day, frequency)),
        constant("frequency", _("A by year, M by month"), frequency, len(periods)),
    ]


def constant(name: str, header: str, value: Any, rows: int) -> DataColumn:
    """A column of files that says the same of every row, such as the currency of its amounts."""
    return DataColumn(name, header, [value] * rows, TEXT, on_page=False)


def row_types(_: Text, types: Sequence[str]) -> DataColumn:
    """Mark sums and rests among the rows, for files."""
    return DataColumn(ROW_TYPE, _("item, or a sum: total, rest"), list(types), TEXT, on_page=False)


def text_column(name: str, header: str, values: Sequence[Any], show: Callable[[Any], Any] = str) -> DataColumn:
    """A column of words or codes."""
    return DataColumn(name, header, values, TEXT, show)


def page_column(name: str, header: str, rows: Sequence[Any], show: Callable[[Any], Any], right: bool) -> DataColumn:
    """A column of the page alone, each cell written from a whole row; files have its facts in columns of their own."""
    return DataColumn(name, header, list(rows), NUMBER if right else TEXT, show, in_file=False)


def file_column(name: str, header: str, values: Sequence[Any], kind: str = TEXT, unit: str = "") -> DataColumn:
    """A column of files alone."""
    return DataColumn(name, header, list(values), kind, unit=unit, on_page=False)
