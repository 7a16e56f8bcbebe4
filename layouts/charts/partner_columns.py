"""Columns that the tables of partners share: whose rows they are, ranks as far as they hold, amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.schema.fields import DATE, INTEGER, TEXT
from layouts.components.data_column import DataColumn, constant, unknown
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import Money


def whose(view: View, reporter: str, year: int, partners: list[str]) -> list[DataColumn]:
    """What the rows of a ranking are of: files have the codes of the countries beside the names."""
    _, rows = view.text, len(partners)
    return [
        DataColumn("period", _("first day of the year"), [pd.Timestamp(year, 1, 1)] * rows, DATE, on_page=False),
        constant("reporter", _("country whose partners are ranked"), reporter, rows),
        DataColumn("partner", _("code of the partner"), partners, TEXT, on_page=False),
        DataColumn("partner_name", _("Partner"), [countries.name(_, partner) for partner in partners], TEXT),
    ]


def rank(
    view: View,
    reporter: str,
    name: str,
    header: str,
    ranks: pd.Series,
    statuses: Sequence[Any] = (),
    shown: bool = True,
) -> DataColumn:
    """Ranks as far down as the list of partners is complete; beyond it a partner that is not listed may come first."""
    _, lowest = view.text, view.coverage.ranks_complete_to.get(reporter)
    known = ranks if lowest is None else ranks.where(ranks <= lowest)
    whole = [None if unknown(one) else int(one) for one in known]
    absent = _("not ranked")
    return DataColumn(name, header, whole, INTEGER, _.number, statuses=statuses, on_page=shown, absent=absent)


def amount(_: Text, table: pd.DataFrame, column: str, name: str, header: str, unit: Money) -> DataColumn:
    """Amounts of one column of a ranking."""
    return DataColumn(
        name,
        header,
        list(table[column]),
        show=lambda value: unit.cell(_, value),
        unit=unit.header(_),
        statuses=list(table[f"{column}_status"]),
        sources=list(table["source_id"]),
    )
