"""The data of a chart as files have them, alone."""

from __future__ import annotations

import datetime as dt

from data.export.sheet import Sheet
from data.store import Store
from layouts.charts.registry import chart_of
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn
from layouts.export.sheet import displayed_sheet
from layouts.view import View
from layouts.wording.text import Text
from tests.choosing import read
from tests.data.helpers import real_store


def drawn(name: str, query: str, store: Store | None = None) -> Chart:
    """One chart for an address, which has it."""
    it = chart_of(View(Text(), read(query)[0]), store or real_store(), name)
    assert it is not None, (name, query)
    return it


def sheet(name: str, query: str, store: Store | None = None) -> Sheet:
    """What a file of a chart holds."""
    return displayed_sheet(
        Text(), store or real_store(), drawn(name, query, store), "/", dt.date(2026, 11, 1), sums=True
    )


def kinds(it: Sheet) -> dict[str, str]:
    """Columns of a file with their types, in their order."""
    return {name: str(kind) for name, kind in it.rows.dtypes.items()}


def column(it: Chart, name: str) -> DataColumn:
    """A column of a chart that files have, by its name there."""
    (found,) = [one for one in it.columns() if isinstance(one, DataColumn) and one.name == name and one.in_file]
    return found
