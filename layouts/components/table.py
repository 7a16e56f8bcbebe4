"""Tables of figures: right-aligned numbers, units in the header, readable by machines and screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from layouts.components.data_column import DataColumn
from layouts.wording.text import Text


@dataclass(frozen=True)
class Column:
    """One column: its header, its cells in order, and whether they are numbers."""

    header: str
    cells: Sequence[Any]
    numeric: bool = True


def table(caption: str, columns: Sequence[Column | DataColumn], class_name: str = "table") -> html.Div:
    """Lay columns out as a table whose first column heads its rows; wide ones scroll inside their own box."""
    columns = [column for column in columns if not isinstance(column, DataColumn) or column.on_page]
    header = html.Tr([html.Th(c.header, scope="col", className="number" if c.numeric else "") for c in columns])
    rows = [
        html.Tr([_cell(columns[place], cell, place, "matrix" in class_name) for place, cell in enumerate(cells)])
        for cells in zip(*(c.cells for c in columns), strict=True)
    ]
    body = html.Table(
        [html.Caption(caption, className="visually-hidden"), html.Thead(header), html.Tbody(rows)],
        className=class_name,
    )
    return html.Div(body, className="table-box", tabIndex=0, role="region", **{"aria-label": caption})


def _cell(column: Column | DataColumn, cell: Any, place: int, repeat: bool) -> html.Th | html.Td:
    class_name = "number" if column.numeric else ""
    if place == 0:
        return html.Th(cell, scope="row", className=class_name)
    # On a phone a wide table folds into blocks, in which each cell repeats its header.
    label: dict[str, Any] = {"data-label": column.header} if repeat else {}
    return html.Td(cell, className=class_name, **label)


def folded_note(_: Text, note: object) -> html.Details | None:
    """Fold a remark away until the reader asks for it; None without one."""
    if not isinstance(note, str):
        return None
    return html.Details([html.Summary(_("Note")), html.P(_.data(note))], className="note")
