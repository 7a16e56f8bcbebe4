"""A chart as readers meet it: title, subtitle, plot, source line, and the actions that take it away."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import plotly.graph_objects as go
from dash import dcc, html

from layouts.provenance import SourceLine
from layouts.table import Column, table
from layouts.theme import recolouring
from layouts.view import View

CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}


@dataclass(frozen=True)
class Chart:
    """Everything about one chart; nothing of it is drawn yet.

    ``columns`` makes the table, which most readers never open; ``notes`` are the texts of the numbered marks.
    ``summary`` says in sentences what the picture shows.
    """

    name: str
    title: str
    subtitle: str
    source: SourceLine
    summary: Sequence[str]
    figure: go.Figure
    columns: Callable[[], Sequence[Column]]
    file_name: str
    path: str
    notes: Sequence[str] = ()
    remarks: Sequence[str] = field(default=())


def chart(view: View, it: Chart) -> html.Figure:
    """Draw a chart with its words, its actions and, when the reader has opened it, its table."""
    _ = view.text
    is_open = it.name in view.open_tables
    graph = dcc.Graph(id=f"graph-{it.name}", figure=_with_export_words(view, it), config=CONFIG, className="graph")
    return html.Figure(
        [
            html.Figcaption([html.H2(it.title), html.P(it.subtitle, className="subtitle")]),
            html.Div([html.P(said) for said in it.summary], className="visually-hidden", id=f"summary-{it.name}"),
            html.Div(graph, role="img", className="plot", **{"aria-labelledby": f"summary-{it.name}"}),
            html.Ol([html.Li(note) for note in it.notes], className="marks") if it.notes else None,
            *(html.P(remark, className="remark") for remark in it.remarks),
            html.Div(
                [html.P(it.source.words, className="source"), _actions(view, it, is_open)],
                className="chart-footer",
            ),
            html.Div(table(it.title, it.columns()) if is_open else None, id=f"data-{it.name}", className="data"),
        ],
        className="chart",
        key=it.name,
        **{"data-chart": it.name},
    )


def _actions(view: View, it: Chart, is_open: bool) -> html.Div:
    _ = view.text
    return html.Div(
        [
            html.Button(
                _("Download PNG"),
                className="action",
                **{"data-action": "png", "aria-label": _("Download PNG: {title}", title=it.title)},
            ),
            html.Button(
                _("Data"),
                className="action",
                **{
                    "data-action": "data",
                    "aria-expanded": str(is_open).lower(),
                    "aria-controls": f"data-{it.name}",
                    "aria-label": _("Data: {title}", title=it.title),
                },
            ),
            *(
                dcc.Link(_("Sources"), href=f"{view.href('/sources')}#source-{source_id}", className="action")
                for source_id in it.source.ids[:1]
            ),
        ],
        className="actions",
    )


def _with_export_words(view: View, it: Chart) -> go.Figure:
    """Give the figure the words of its export, which the browser composes into the picture."""
    _ = view.text
    it.figure.update_layout(
        meta={
            "chart": it.name,
            "title": it.title,
            "subtitle": it.subtitle,
            "notes": [_("{number} {text}", number=_circled(place), text=note) for place, note in enumerate(it.notes, 1)]
            + list(it.remarks),
            "source": it.source.words,
            "address": view.href(it.path),
            # The browser knows its own address and the day; it fills them in.
            "stamp": _("{address}, downloaded on {date}", address="{address}", date="{date}"),
            "file": f"{it.file_name}.png",
            "muted": view.palette.muted,
            "recolour": recolouring(view.palette),
        }
    )
    return it.figure


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else f"({number})"


def known(value: float) -> bool:
    """Whether a number is there at all."""
    return value is not None and not math.isnan(value)
