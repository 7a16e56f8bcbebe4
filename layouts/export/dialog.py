"""The dialog that takes a chart away: as a picture in four shapes, as data, as a link, as a citation.

The dialog is one for all charts. Its words stand here; layouts/assets/export.js fills in the chart and acts.
"""

from __future__ import annotations

from typing import Any

from dash import html

from layouts.wording.text import Text


def export_dialog(_: Text) -> html.Dialog:
    """Lay the dialog out, closed and empty."""
    return html.Dialog(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.H2(_("Share or export"), id="export-title"),
                            html.P(className="subtitle export-name"),
                        ]
                    ),
                    _button(_("Close"), "close", className="quiet-action"),
                ],
                className="export-head",
            ),
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(html.Img(alt="", className="preview"), className="preview-box"),
                            html.P(className="preview-size source", role="status"),
                        ],
                        className="export-preview",
                    ),
                    html.Div([_picture(_), _data(_), _link(_), _citation(_)], className="export-choices"),
                ],
                className="export-body",
            ),
        ],
        id="export",
        className="export",
        **{"aria-labelledby": "export-title"},
    )


def _picture(_: Text) -> html.Section:
    shapes = {
        "report": _("Report"),
        "slide": _("Slide, 16:9"),
        "square": _("Square"),
        "story": _("Phone, 9:16"),
    }
    return html.Section(
        [
            html.H3(_("Picture")),
            _choice(_("Shape"), "shape", shapes),
            _choice(_("File"), "file", {"png": _.verbatim("PNG"), "svg": _.verbatim("SVG")}),
            _choice(_("Words"), "words", {"all": _("title, notes and source"), "plain": _("chart only")}),
            _choice(_("Colours"), "colours", {"light": _("light"), "dark": _("dark"), "clear": _("transparent")}),
            _choice(_("Events"), "events", {"with": _("with"), "without": _("without")}),
            html.Div(
                [
                    _button(_("Download picture"), "picture", className="strong-action"),
                    _button(_("Copy picture"), "copy-picture"),
                ],
                className="export-actions",
            ),
        ]
    )


def _data(_: Text) -> html.Section:
    return html.Section(
        [
            html.H3(_("Data")),
            _choice(
                _("Rows"),
                "rows",
                {"displayed": _("without totals"), "sums": _("with totals"), "full": _("with all columns")},
            ),
            html.P(className="row-count source", role="status", **{"data-words": _("{rows} rows, {columns} columns")}),
            html.Div(
                [
                    _file(_("CSV"), "csv"),
                    _file(_("CSV for Excel"), "csv", bom="1"),
                    _file(_.verbatim("XLSX"), "xlsx"),
                    _file(_.verbatim("Parquet"), "parquet"),
                    _file(_.verbatim("JSON"), "json"),
                    _button(_("ZIP with picture"), "zip"),
                ],
                className="export-actions",
            ),
            html.Details(
                [
                    html.Summary(_("For programs")),
                    *(_copyable(_, name, key) for key, name in _programs(_).items()),
                ],
                className="note programs",
            ),
        ],
        className="export-data",
    )


def _programs(_: Text) -> dict[str, str]:
    return {
        "api": _("API address of this view"),
        "pandas": _.verbatim("pandas"),
        "polars": _.verbatim("polars"),
        "duckdb": _.verbatim("DuckDB"),
        "r": _.verbatim("R"),
        "excel": _("Excel, Power Query"),
    }


def _link(_: Text) -> html.Section:
    return html.Section(
        [
            html.H3(_("Link")),
            _copyable(_, _("Address of this view"), "link"),
            _button(_("Share…"), "share"),
            html.Details(
                [html.Summary(_("Embed in a page")), _copyable(_, _("HTML code"), "embed")],
                className="note",
            ),
        ]
    )


def _citation(_: Text) -> html.Section:
    return html.Section(
        [
            html.H3(_("Citation")),
            _copyable(_, _("Short"), "short"),
            html.Details(
                [
                    html.Summary(_("Long, BibTeX, RIS")),
                    _copyable(_, _("Long"), "long"),
                    _copyable(_, _.verbatim("BibTeX"), "bibtex"),
                    _copyable(_, _.verbatim("RIS"), "ris"),
                ],
                className="note",
            ),
        ],
        className="export-citation",
    )


def _choice(label: str, name: str, options: dict[str, str]) -> html.Div:
    """A row of buttons of which one is pressed; the first is the usual one."""
    buttons = [
        html.Button(
            words,
            className="option",
            **{"data-choose": name, "data-value": value, "aria-pressed": str(place == 0).lower()},
        )
        for place, (value, words) in enumerate(options.items())
    ]
    return html.Div(
        [html.Span(label, className="control-label"), html.Div(buttons, className="options")],
        className=f"switch choose-{name}",
        role="group",
        **{"aria-label": label},
    )


def _button(words: str, action: str, className: str = "") -> html.Button:
    return html.Button(words, className=f"action {className}".strip(), **{"data-export": action})


def _file(words: str, suffix: str, bom: str = "") -> html.A:
    more: dict[str, Any] = {"data-file": suffix, "data-bom": bom}
    return html.A(words, className="action", href="", download="", **more)


def _copyable(_: Text, label: str, key: str) -> html.Div:
    """Text to be copied, with its button."""
    return html.Div(
        [
            html.Span(label, className="control-label"),
            html.Code(className="copyable", tabIndex=0, **{"data-fill": key, "data-verbatim": "1"}),
            html.Button(
                _("Copy"), className="action", **{"data-copy": key, "aria-label": _("Copy: {what}", what=label)}
            ),
        ],
        className="copy-row",
    )


def messages(_: Text) -> dict[str, str]:
    """What the scripts of the dialog, and of pictures dropped on a page, say to the reader."""
    return {
        "copied": _("Copied."),
        "notCopied": _("This browser lets a page copy only over a secure connection. Select the text and copy it."),
        "noClipboard": _("This browser does not let a page copy pictures. Download it instead."),
        "failed": _("The picture could not be made. Reload the page and try again."),
        "noData": _("The data of this chart cannot be reached just now."),
        "dropHere": _("Drop the picture to reopen its view."),
        "notOurs": _("This picture contains no view of Bilateral. Only pictures downloaded here can be reopened."),
        "notPng": _("Only PNG pictures downloaded here can be reopened. This file is of another kind."),
        "tooLarge": _("This file is too large to be a picture from here."),
        "damaged": _("This picture is damaged and cannot be read."),
        "reopened": _("The view of the picture is open."),
    }
