"""The rates of a day, grouped by programme, each beside its own history: a row a group of goods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pandas as pd
from dash import html

from layouts.view import View
from layouts.wording.tariffs import measure_name, rate, usmca_rate

# A bar that takes less of the span has no room for its rate, which then stands beside it for the pointer alone.
ROOM_PER_CENT = 7
# What a row needs of the tariffs table.
SHOWN = [
    *("imposer", "measure", "product_scope", "scope_text", "kind", "rate_low_pct", "rate_pct", "rate_text"),
    *("usmca_rate_pct", "usmca_rule", "effective_from", "effective_to"),
]
HIDDEN = {"aria-hidden": "true"}


def rates_table(view: View, now: pd.DataFrame, history: pd.DataFrame, caption: str) -> html.Div:
    """Set the rates of a day in rows under the names of their programmes.

    Args:
        view: how it is drawn.
        now: rows of the tariffs table of one imposer on one target that apply on the chosen day.
        history: all rows of that imposer and target that ever applied.
        caption: names the table.
    """
    _ = view.text
    past: dict[tuple[str, str], list[Any]] = {}
    for row in history.sort_values("effective_from")[SHOWN].itertuples():
        past.setdefault((row.measure, row.product_scope), []).append(row)
    body: list[html.Tr] = []
    for measure, group in groupby(_in_order(now), key=lambda row: row.measure):
        rows, name = list(group), measure_name(_, measure)
        if len(rows) > 1:
            body.append(html.Tr(html.Th(name, colSpan=5, scope="colgroup"), className="programme"))
        body += [_row(view, row, past[row.measure, row.product_scope], "" if len(rows) > 1 else name) for row in rows]
    header = html.Tr(
        [
            html.Th(_("Goods"), scope="col"),
            html.Th(_("Rate"), scope="col", className="number"),
            html.Th(_("USMCA goods"), scope="col"),
            html.Th(_("Since"), scope="col", className="number"),
            html.Td(_axis(view), className="history"),
        ]
    )
    made = html.Table(
        [html.Caption(caption, className="visually-hidden"), html.Thead(header), html.Tbody(body)], className="rates"
    )
    return html.Div(made, className="table-box", tabIndex=0, role="region", **{"aria-label": caption})


def _in_order(now: pd.DataFrame) -> Iterator[Any]:
    """Rows of the day by programme, the oldest first."""
    first = now.groupby("measure", observed=True)["effective_from"].transform("min")
    by = ["first", "measure", "effective_from", "product_scope"]
    return now[SHOWN].assign(first=first).sort_values(by).itertuples()


def _row(view: View, row: Any, past: Sequence[Any], programme: str) -> html.Tr:
    _ = view.text
    return html.Tr(
        [
            html.Th(
                [
                    html.Span(_.data(row.scope_text)),
                    html.Span(programme, className="source") if programme else None,
                    html.Span(_.data(row.rate_text), className="source detail")
                    if isinstance(row.rate_text, str)
                    else None,
                ],
                scope="row",
                className="" if programme else "within",
            ),
            html.Td(html.Strong(rate(_, row)), className="number"),
            html.Td(usmca_rate(_, row), className="usmca free" if row.usmca_rate_pct == 0 else "usmca"),
            html.Td(_.short_date(row.effective_from), className="number"),
            # What the bars say stands in words in the chart below and its table.
            html.Td(html.Div([_bar(view, it) for it in past], **HIDDEN), className="history"),
        ]
    )


def _bar(view: View, row: Any) -> html.Span:
    """One rate over its days, in the colour of who charges it; the dress says what USMCA goods pay."""
    _ = view.text
    last = pd.Timestamp(view.coverage.last_day)
    end = last if pd.isna(row.effective_to) else min(row.effective_to, last)
    left, width = _place(view, row.effective_from), _place(view, end) - _place(view, row.effective_from)
    colour = view.colour(row.imposer)
    said = rate(_, row)
    words = {"rate": said, "first": _.date(row.effective_from)}
    if pd.isna(row.effective_to):
        days = _("{rate} since {first}", **words)
    else:
        days = _("{rate}, {first} to {last}", **words, last=_.date(row.effective_to - pd.Timedelta(days=1)))
    return html.Span(
        said if width >= ROOM_PER_CENT else "",
        className=f"bar {_dress(row)}",
        title=days,
        style={
            "left": f"{left:.2f}%",
            "width": f"{max(width, 0.6):.2f}%",
            "borderColor": colour,
            "--bar": colour,
            "--bar-tint": view.tint(row.imposer),
        },
    )


def _dress(row: Any) -> str:
    """How a bar is drawn, by what USMCA goods pay."""
    if row.kind == "import_ban":
        return "ban"
    if row.usmca_rate_pct == 0:
        return "free"
    return "part" if row.usmca_rule == "partial" else "all"


def _place(view: View, day: pd.Timestamp) -> float:
    """Place of a day on the axis, per cent of its length."""
    first, last = (pd.Timestamp(day) for day in view.coverage.tariff_days)
    return (day - first) / (last - first) * 100


def _axis(view: View) -> html.Div:
    """Half years above the bars, and the chosen day."""
    _ = view.text
    halves = pd.date_range(*view.coverage.tariff_days, freq="6MS")
    marks = [html.Span(_.month(day), style={"left": f"{_place(view, day):.2f}%"}) for day in halves]
    return html.Div(marks, className="axis", **HIDDEN)


def key(view: View) -> html.P:
    """What the dress of a bar means."""
    _ = view.text
    dresses = {"all": _("USMCA goods pay too"), "free": _("free with USMCA"), "part": _("on the non-US part only")}
    return html.P(
        [
            html.Span([html.Span(className=f"swatch {dress}"), " ", words], className="item")
            for dress, words in dresses.items()
        ],
        className="source rates-key",
    )
