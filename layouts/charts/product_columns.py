"""Columns that the data of every chart of products has, and the statuses that occur in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd
from dash import html

from data.schema.fields import DATE, NUMBER, TEXT
from layouts.components.data_column import DataColumn, constant, unknown
from layouts.components.status import SYMBOL, legend, meaning
from layouts.view import View
from layouts.wording import products as words
from layouts.wording.products import Names
from layouts.wording.text import Text
from layouts.wording.units import Money

# The classification of what is listed, as the products table names it.
SCHEMES = {"section": "HS_SECTION", "chapter": "HS2"}


def product_columns(view: View, names: Names, codes: Sequence[str], sums: Sequence[str] = ()) -> list[DataColumn]:
    """Products as links that lead to them; in files their codes and names. ``sums`` are names of rows that follow."""
    _ = view.text
    cells = [*(words.link(view, names, code) for code in codes), *sums]
    written = [*(words.product_name(_, names, code) for code in codes), *sums]
    return [
        DataColumn("product_link", _("Product"), cells, TEXT, _as_it_is, in_file=False),
        *coded(_, [*codes, *[None] * len(sums)], written),
    ]


def _as_it_is(cell: Any) -> Any:
    return cell


def coded(_: Text, codes: Sequence[str | None], names: Sequence[str]) -> list[DataColumn]:
    """Codes and names of products, for files."""
    return [
        DataColumn("product_code", _("code of the product"), list(codes), TEXT, on_page=False),
        DataColumn("product", _("Product"), list(names), TEXT, on_page=False),
    ]


def of_record(_: Text, rows: int, **names: str) -> list[DataColumn]:
    """Whose record the rows are of, for files: reporter, partner, flow, product_scheme."""
    meanings = {
        "reporter": _("country whose record it is"),
        "partner": _("the country it trades with"),
        "flow": _("flow as the reporter records it"),
        "product_scheme": _("classification of the products"),
    }
    return [constant(name, meanings[name], value, rows) for name, value in names.items()]


def unit_column(_: Text, currency: str, rows: int) -> DataColumn:
    """What the amounts count, for files."""
    return constant("unit", _("what the values count"), Money(currency).code, rows)


def days(name: str, header: str, periods: Iterable[Any]) -> DataColumn:
    """First days of periods, for files."""
    return DataColumn(name, header, list(periods), DATE, on_page=False)


def by_year(_: Text, year: int | None, rows: int) -> list[DataColumn]:
    """The one year of all rows, for files."""
    return [days("period", _("first day of the period"), [_first_day(year)] * rows), annual(_, rows)]


def compared_with(_: Text, year: int | None, rows: int) -> DataColumn:
    """The year with which all rows are compared, for files."""
    return days("compared_period", _("first day of the period compared with"), [_first_day(year)] * rows)


def _first_day(year: int | None) -> pd.Timestamp | None:
    return None if year is None else pd.Timestamp(year, 1, 1)


def annual(_: Text, rows: int) -> DataColumn:
    """That the periods are years, for files."""
    return constant("frequency", _("A by year, M by month"), "A", rows)


def year_columns(_: Text, periods: Sequence[pd.Timestamp]) -> list[DataColumn]:
    """The years of a series, and for files that they are years."""
    years = DataColumn("period", _("Year"), list(periods), DATE, lambda day: _.period(day, "A"))
    return [years, annual(_, len(periods))]


def known_span(_: Text, table: pd.DataFrame, frequency: str) -> str:
    """Name the periods of which something is known."""
    known = table.dropna(how="all").index
    return _.span(_.period(known[0], frequency), _.period(known[-1], frequency))


def numbers(
    table: pd.DataFrame,
    column: str,
    name: str,
    header: str,
    show: Callable[[Any], Any] = str,
    unit: str = "",
    on_page: bool = True,
    in_file: bool = True,
) -> DataColumn:
    """A column of a table with the statuses and sources that stand beside it there."""

    def labels(of: str) -> list:
        return list(table[f"{column}_{of}"]) if f"{column}_{of}" in table else []

    return DataColumn(
        name,
        header,
        list(table[column]),
        NUMBER,
        show,
        unit,
        statuses=labels("status"),
        sources=labels("source"),
        on_page=on_page,
        in_file=in_file,
    )


def one_decimal(_: Text) -> Callable[[float], str]:
    """Write amounts of a table."""
    return lambda value: _.number(value, 1)


def two_decimals(_: Text) -> Callable[[float], str]:
    """Write shares of a table."""
    return lambda value: _.number(value, 2)


def statuses_of(table: pd.DataFrame, missing: Sequence[str] = ()) -> list[str]:
    """Statuses that occur in a table, and that one of some columns has gaps."""
    found = [label for name in table if str(name).endswith("status") for label in table[name] if not unknown(label)]
    gaps = bool(missing) and bool(table[list(missing)].isna().any(axis=None))
    return [*dict.fromkeys(found), *(["missing"] if gaps else [])]


def signs(_: Text, table: pd.DataFrame) -> list[str]:
    """Explain the signs beside numbers of a picture, which has no legend; nothing where all of it is final."""
    codes = [code for code in statuses_of(table) if code in SYMBOL]
    return [_("{symbol} {meaning}", symbol=SYMBOL[code], meaning=meaning(_, code)) for code in codes]


def status_legend(_: Text, table: pd.DataFrame) -> html.P | None:
    """Explain the signs of a table; None where all of it is final."""
    codes = [code for code in statuses_of(table) if code != "final"]
    return legend(_, codes) if codes else None
