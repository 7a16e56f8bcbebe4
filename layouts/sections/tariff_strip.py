"""Tariffs in a glance: what is charged on the last day of the data, by whom, and what has ended."""

from __future__ import annotations

from dash import dcc, html

from data.queries import tariffs
from data.store import Store
from layouts.view import View
from layouts.wording.tariffs import measure_name, rate_span, whose


def tariff_strip(view: View, store: Store) -> html.Section | None:
    """Set what is in force in chips and what has ended in a line; None where nothing was ever charged.

    Args:
        view: how it is drawn; tariffs by and on either country of the pair count.
        store: the tables.
    """
    _, chosen = view.text, view.selection
    day = view.coverage.last_day
    rows = tariffs.by_measure(store, {chosen.reporter, chosen.partner}, day)
    if rows.empty:
        return None
    charged, over = rows[rows["last"].isna()], rows[rows["last"].notna()]
    title = html.H2(_("Additional tariffs in force on {date}", date=_.date(day)))
    return html.Section(
        [
            title,
            _in_force(view, charged) if len(charged) else html.P(_("None.")),
            _ended(view, over) if len(over) else None,
            html.P(_way(view), className="ways"),
        ],
        className="section tariff-strip",
    )


def _way(view: View) -> dcc.Link:
    return dcc.Link(view.text("Rates by day, with goods and texts"), href=view.href("/tariffs"), className="way")


def _in_force(view: View, rows) -> html.Ul:
    """A chip a measure, its outline in the colour of the country that charges it."""
    _ = view.text
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(
                        _(
                            "{whose}: {measure}",
                            whose=whose(_, row.imposer, row.targets),
                            measure=measure_name(_, row.measure),
                        )
                    ),
                    " ",
                    html.Strong(rate_span(_, row.low, row.high)),
                    html.Span(_(", free with USMCA")) if row.free else None,
                ],
                className="chip",
                style={"borderColor": view.colour(row.imposer)},
            )
            for row in rows.itertuples()
        ],
        className="chips",
    )


def _ended(view: View, rows) -> html.P:
    _ = view.text
    parts = [
        _(
            "{whose}: {measure} {rate}, {first} to {last}",
            whose=whose(_, row.imposer, row.targets),
            measure=measure_name(_, row.measure),
            rate=rate_span(_, row.low, row.high),
            first=_.date(row.first),
            last=_.date(row.last),
        )
        for row in rows.itertuples()
    ]
    items = [html.Span(part, className="item") for part in parts]
    return html.P([html.Strong(_("Ended")), " ", *items], className="source ended")
