"""A chart as readers meet it: title, subtitle, plot, source line, and the actions that take it away."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
from dash import dcc, html

from layouts import ids
from layouts.components.data_column import DataColumn
from layouts.components.metadata import Metadata
from layouts.components.metadata import panel as metadata_list
from layouts.components.source_line import SourceLine
from layouts.components.table import Column, table
from layouts.theme import recolouring
from layouts.view import View
from layouts.wording.text import Text

CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}


@dataclass(frozen=True)
class Note:
    """The words of a numbered mark, and the address that says more."""

    text: str
    href: str


@dataclass(frozen=True)
class Chart:
    """Everything about one chart; nothing of it is drawn yet.

    ``columns`` makes the table, which most readers never open; ``notes`` are the texts of the numbered marks.
    ``summary`` says in sentences what the picture shows, ``legend`` explains the symbols of the table and ``breaks``
    the marks on the axis of time. ``path`` is the page it stands on, which the registry knows.
    """

    name: str
    title: str
    subtitle: str
    source: SourceLine
    summary: Sequence[str]
    figure: go.Figure
    columns: Callable[[], Sequence[Column | DataColumn]]
    file_name: str
    metadata: Metadata
    path: str = ""
    notes: Sequence[Note] = ()
    remarks: Sequence[str] = ()
    breaks: Sequence[str] = ()
    legend: html.P | None = None


def chart(view: View, it: Chart) -> html.Figure:
    """Draw a chart with its words, its actions and, when the reader has opened it, its table."""
    _ = view.text
    figure = with_picture_words(view, it).figure
    graph = dcc.Graph(id=f"graph-{it.name}", figure=figure, config=CONFIG, className="graph")
    return html.Figure(
        [
            html.Figcaption([html.H2(it.title), html.P(it.subtitle, className="subtitle")]),
            html.Div([html.P(said) for said in it.summary], className="visually-hidden", id=f"summary-{it.name}"),
            html.Div(graph, role="img", className="plot", **{"aria-labelledby": f"summary-{it.name}"}),
            _marks(view, it),
            *(html.P(remark, className="remark") for remark in it.remarks),
            _breaks(view, it),
            html.Div(
                [html.P(it.source.words, className="source"), _actions(view, it)],
                className="chart-footer",
            ),
            *(
                html.Div(
                    opened_panel(it, panel) if panel_name(it.name, panel) in view.open_panels else None,
                    id=ids.panel(it.name, panel),
                    className=panel,
                )
                for panel in ids.PANELS
            ),
        ],
        className="chart",
        key=it.name,
        # An address may end in the name of a chart, and then scrolls to it.
        id=it.name,
        **{"data-chart": it.name},
    )


def panel_name(chart_name: str, panel: str) -> str:
    """Name under which a panel of a chart is open."""
    return f"{chart_name}:{panel}"


def opened_panel(it: Chart, panel: str) -> list:
    """What stands in a panel below a chart: the table of its data, or all about them."""
    if panel == "data":
        return [table(it.title, it.columns()), it.legend]
    return [metadata_list(it.metadata.rows())]


def _actions(view: View, it: Chart) -> html.Div:
    _ = view.text
    return html.Div(
        [
            html.Button(
                _("Download PNG"),
                className="action",
                **{"data-action": "png", "aria-label": _("Download PNG: {title}", title=it.title)},
            ),
            html.Button(
                _("Share or export"),
                className="action",
                **{
                    "data-action": "export",
                    "aria-haspopup": "dialog",
                    "aria-keyshortcuts": "e",
                    "aria-label": _("Share or export: {title}", title=it.title),
                },
            ),
            _opener(view, _("Data"), "data", it, _("Data: {title}", title=it.title)),
            _opener(view, _("About this data"), "metadata", it, _("About this data: {title}", title=it.title)),
        ],
        className="actions",
    )


def _opener(view: View, word: str, panel: str, it: Chart, label: str) -> html.Button:
    """Make the button that opens what stands below a chart; only the panel itself is then sent."""
    is_open = panel_name(it.name, panel) in view.open_panels
    return html.Button(
        word,
        id=ids.panel_button(it.name, panel),
        className="action",
        **{"data-action": "panel", "data-panel": panel, "aria-expanded": str(is_open).lower(), "aria-label": label},
    )


# So many notes stand open under a chart; more are folded away, and run on in a picture.
FEW = 6


def _marks(view: View, it: Chart) -> html.Ol | html.Details | None:
    """The words of the numbered marks."""
    if not it.notes:
        return None
    listed = html.Ol([html.Li(dcc.Link(note.text, href=note.href)) for note in it.notes], className="marks")
    if len(it.notes) <= FEW:
        return listed
    summary = view.text.ngettext("{count} event on this chart", "{count} events on this chart", len(it.notes))
    return html.Details([html.Summary(summary), listed], className="note breaks")


def _breaks(view: View, it: Chart) -> html.Details | None:
    """Fold the sentences of the marks on the axis away; the marks themselves are always seen."""
    _ = view.text
    if not it.breaks:
        return None
    summary = _.ngettext("▴ {count} break in these figures", "▴ {count} breaks in these figures", len(it.breaks))
    return html.Details(
        [html.Summary(summary), html.Ul([html.Li(said) for said in it.breaks])],
        className="note breaks",
    )


def with_picture_words(view: View, it: Chart) -> Chart:
    """Give the figure of a chart the words of its picture, which a script sets around it.

    The page does so once more, for it may have moved some of them elsewhere.
    """
    _ = view.text
    it.figure.update_layout(
        meta={
            "chart": it.name,
            "title": it.title,
            "subtitle": it.subtitle,
            "marks": _marks_in_picture(_, it),
            "remarks": list(it.remarks),
            "breaks": [_("▴ Breaks: {breaks}", breaks=_.sentences(it.breaks))] if it.breaks else [],
            "summary": _.sentences(it.summary),
            "metadata": it.metadata.line,
            "source": it.source.words,
            "address": view.href(it.path),
            # The browser knows its own address and the day; it fills them in.
            "stamp": _("{address}, downloaded on {date}", address="{address}", date="{date}"),
            "file": it.file_name,
            "software": _.verbatim("Bilateral"),
            "muted": view.palette.muted,
            "recolour": recolouring(view.palette),
        }
    )
    return it


def _marks_in_picture(_: Text, it: Chart) -> list[str]:
    """The words of the marks as a picture has them: one a line, or run on where they are many."""
    marks = [_("({number}) {text}", number=place, text=note.text) for place, note in enumerate(it.notes, 1)]
    return [_.sentences(marks)] if len(marks) > FEW else marks


def known(value: float) -> bool:
    """Whether a number is there at all."""
    return value is not None and not math.isnan(value)
