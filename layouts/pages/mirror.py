"""The Mirror data page: each flow of a pair as its exporter and as its importer record it."""

from __future__ import annotations

from dash import html

from data.queries import mirror
from data.store import Store
from layouts.charts.annotations import marks_select
from layouts.charts.registry import chart_of
from layouts.components import notices
from layouts.components.chart import chart
from layouts.components.controls import toolbar
from layouts.sections.no_records import no_records
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text

PATH = "/mirror"
# The chart of each direction of the pair, the reporter's exports first.
CHARTS = ("mirror-exports", "mirror-imports")


def page(view: View, store: Store) -> html.Div:
    """Draw both directions of the pair, each with its gap and the reasons for it."""
    _, chosen = view.text, view.selection
    if chosen.same_country:
        return html.Div([html.H1(_("Mirror data")), notices.same_country(view)])
    title = _(
        "What {country} and {partner} each record",
        country=countries.subject(_, chosen.reporter),
        partner=countries.subject(_, chosen.partner),
    )
    standfirst = _(
        "The seller’s exports and the buyer’s imports should be the same goods, counted twice. "
        "The two figures differ, and the difference has reasons."
    )
    return html.Div(
        [
            html.H1(title),
            html.P(standfirst, className="standfirst"),
            _badge(view, store),
            toolbar(marks_select(view)),
            *_directions(view, store),
        ]
    )


def _directions(view: View, store: Store) -> list:
    """Draw each direction that is on record with either side; say once why nothing is."""
    pair = (view.selection.reporter, view.selection.partner)
    parts: list = []
    for name, (exporter, importer) in zip(CHARTS, (pair, pair[::-1]), strict=True):
        it = chart_of(view, store, name)
        parts += [] if it is None else [chart(view, it), _reasons(view, store, exporter, importer)]
    return parts or [no_records(view, store)]


def _badge(view: View, store: Store) -> html.P | None:
    _, pair = view.text, (view.selection.reporter, view.selection.partner)
    note = mirror.record_note(store, *pair)
    if not note:
        return None
    kind = _("Exchanged records") if mirror.exchanged(store, *pair) else _("Independent records")
    return html.P([html.Strong(kind, className="badge"), " ", _.data(note)], className="so-far")


def _reasons(view: View, store: Store, exporter: str, importer: str) -> html.Div | None:
    _ = view.text
    rows = mirror.notes(store, exporter, importer)
    items = [html.Li([html.Strong(topic_name(_, r.topic)), " ", _.data(r.text)]) for r in rows.itertuples()]
    if view.coverage.currency_of_record[exporter] == view.coverage.currency_of_record[importer]:
        items = [item for item, r in zip(items, rows.itertuples(), strict=True) if r.topic != "exchange_rate"]
    return html.Div([html.H3(_("Why the two differ")), html.Ul(items)], className="reasons") if items else None


def topic_name(_: Text, topic: str) -> str:
    """Name what a reason is about."""
    return {
        "origin": _("Origin and destination."),
        "destination": _("Destination."),
        "re_exports": _("Re-exports."),
        "valuation": _("Valuation."),
        "transit": _("Transit."),
        "products": _("Products."),
        "low_value": _("Small shipments."),
        "timing": _("Timing."),
        "exchange_rate": _("Exchange rate."),
    }[topic]
