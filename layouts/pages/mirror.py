"""The Both sides page: each flow of a pair as its exporter and as its importer record it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from dash import html

from data.queries import breaks, mirror, trade
from data.queries.mirror import Mirror
from data.queries.origin import origin
from data.queries.records import Record
from data.selection import CURRENCY_OF_RECORD, Selection
from data.store import Store
from layouts.charts.annotations import event_column, event_notes, marks_pick
from layouts.charts.annotations import marked as marked_events
from layouts.charts.trade import break_lines
from layouts.components import notices
from layouts.components.chart import Chart, chart
from layouts.components.controls import toolbar
from layouts.components.metadata import Flows, Passport, trade_passport
from layouts.components.source_line import SourceLine, source_line
from layouts.components.status import legend, marked
from layouts.components.table import Column
from layouts.figures.lines import Line, Span, lines_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import Money

PATH = "/mirror"


def page(view: View, store: Store) -> html.Div:
    """Draw both directions of the pair, each with its gap and the reasons for it."""
    _, chosen = view.text, view.selection
    if chosen.same_country:
        return html.Div([html.H1(_("Both sides of a flow")), notices.same_country(view)])
    title = _(
        "What {country} and {partner} each record",
        country=countries.subject(_, chosen.reporter),
        partner=countries.subject(_, chosen.partner),
    )
    pair = ((chosen.reporter, chosen.partner), (chosen.partner, chosen.reporter))
    sides = [mirror.mirror(store, chosen, *flow) for flow in pair]
    standfirst = _(
        "The seller’s exports and the buyer’s imports should be the same goods, counted twice. "
        "The two figures differ, and the difference has reasons."
    )
    return html.Div(
        [
            html.H1(title),
            html.P(standfirst, className="standfirst"),
            _badge(view, store, sides[0]),
            toolbar(marks_pick(view)),
            *_directions(view, store, sides),
        ]
    )


def _directions(view: View, store: Store, sides: Sequence[Mirror]) -> list:
    """Draw each direction that is on record with either side; say once why nothing is."""
    drawn = [side for side in sides if side.table[["exporter", "importer"]].notna().any(axis=None)]
    if not drawn:
        return [notices.no_records(view, store)]
    return [
        part for side in drawn for part in (chart(view, flow_chart(view, store, side)), _reasons(view, store, side))
    ]


def _badge(view: View, store: Store, side: Mirror) -> html.P:
    _ = view.text
    kind = _("Exchanged records") if side.exchanged else _("Independent records")
    reason = _.data(mirror.record_note(store, side.exporter, side.importer))
    return html.P([html.Strong(kind, className="badge"), " ", reason], className="so-far")


def _title(view: View, side: Mirror) -> str:
    _ = view.text
    return _(
        "Goods from {exporter} to {importer}, as each of the two records them",
        exporter=countries.origin(_, side.exporter),
        importer=countries.partner(_, side.importer),
    )


def _lines(view: View, side: Mirror) -> list[Line]:
    """The exporter's record solid in its colour, the importer's dashed in its own."""
    _, palette = view.text, view.palette
    made = [
        Line(
            "exporter",
            countries.short(_, side.exporter),
            _("Exports as {reporter} records them", reporter=countries.subject(_, side.exporter)),
            palette.country(side.exporter),
            Record(side.exporter, side.importer, view.selection.currency),
            isolated="exporter" in side.isolated,
        ),
        Line(
            "importer",
            countries.short(_, side.importer),
            _("Imports as {reporter} records them", reporter=countries.subject(_, side.importer)),
            palette.country(side.importer),
            Record(side.importer, side.exporter, view.selection.currency),
            "7px,3px",
            isolated="importer" in side.isolated,
        ),
    ]
    return [line for line in made if side.table[line.column].notna().any()]


def flow_chart(view: View, store: Store, side: Mirror, height: int = 380) -> Chart:
    """Both records of one flow over time, with the gap between them."""
    _, chosen = view.text, view.selection
    lines = _lines(view, side)
    unit = Money.of(side.table[[line.column for line in lines]], chosen.currency)
    first, last = (_.period(p, chosen.frequency) for p in (side.table.index[0], side.table.index[-1]))
    name = f"mirror-{side.exporter}-{side.importer}".lower()
    asked = _sides(chosen, side)
    sources = list(dict.fromkeys(s for one in asked for s in trade.sources_used(store, one)))
    rates = list(dict.fromkeys(s for one in asked for s in trade.rate_sources(store, one)))
    source = source_line(_, origin(store, sources, rates))
    span = Span.of(side.table, chosen.frequency)
    broken = breaks.in_span(
        store, [(line.record.reporter, line.record.partner) for line in lines], span.start, span.end
    )
    happened = marked_events(view, store, span)
    return Chart(
        name=name,
        title=_title(view, side),
        subtitle=_(
            "{span}, {unit}, customs basis; between the two: the gap",
            span=_.span(first, last),
            unit=unit.name(_),
        ),
        source=source,
        summary=_finding(view, side),
        figure=lines_figure(
            _,
            view.palette,
            side.table,
            lines,
            unit,
            chosen.frequency,
            events=list(happened["date"]),
            breaks=broken,
            shaded=("exporter", "importer"),
            comparing="reporter",
            height=height,
        ),
        columns=lambda: [*_columns(view, side), *event_column(view, happened, _known(side).index)],
        file_name=chosen.file_name(name),
        path=PATH,
        passport=_passport(view, store, side, lines, source),
        notes=event_notes(view, happened),
        remarks=_finding(view, side) + _isolated_remark(view, side),
        breaks=break_lines(_, broken),
        legend=legend(_, _statuses(side)) if _statuses(side) else None,
    )


def _passport(view: View, store: Store, side: Mirror, lines: list[Line], source: SourceLine) -> Passport:
    """Passport of both records; the gap is computed out loud for the newest period both know."""
    _, chosen, latest = view.text, view.selection, side.latest
    computations = []
    if latest is not None:
        period = _.period(latest.name, chosen.frequency)
        importer, exporter = (_.number(latest[one], 1) for one in ("importer", "exporter"))
        gap, ratio = _.signed(latest["gap"], 1), _.number(latest["ratio"], 2)
        computations = [
            _(
                "Gap, {period}: {importer} − {exporter} = {gap}",
                period=period,
                importer=importer,
                exporter=exporter,
                gap=gap,
            ),
            _(
                "Ratio, {period}: {importer} / {exporter} = {ratio}",
                period=period,
                importer=importer,
                exporter=exporter,
                ratio=ratio,
            ),
        ]
    shown = Flows(
        [line.record for line in lines],
        conventions=[(line.record.reporter, "export" if line.column == "exporter" else "import") for line in lines],
        computations=computations,
        statuses=["final", *_statuses(side)],
        rate=_("Where a record is in another currency, each period is converted at its own average rate."),
        definition=_("The gap is the importer’s figure less the exporter’s; the ratio is one divided by the other."),
    )
    return trade_passport(view, shown, source)


def _statuses(side: Mirror) -> list[str]:
    """Codes that need a symbol among the values of both sides."""
    found = [c for one in ("exporter", "importer") for c in side.table[f"{one}_status"].dropna().unique()]
    found += [
        "worked_out" for one in ("exporter", "importer") if (side.table[f"{one}_derivation"] == "worked_out").any()
    ]
    found += ["missing"] if side.table[["exporter", "importer"]].isna().any(axis=None) else []
    return [code for code in dict.fromkeys(found) if code != "final"]


def _sides(chosen: Selection, side: Mirror) -> list[Selection]:
    return [
        replace(chosen, reporter=side.exporter, partner=side.importer),
        replace(chosen, reporter=side.importer, partner=side.exporter),
    ]


def _finding(view: View, side: Mirror) -> list[str]:
    """State the gap of the newest period both record, in value and as a ratio."""
    _, chosen = view.text, view.selection
    latest = side.latest
    if latest is None:
        return [_("No period of these years is on record with both, so the gap is not known.")]
    period = _.period(latest.name, chosen.frequency)
    importer, exporter = (
        countries.sentence_start(_, side.importer),
        countries.subject(_, side.exporter),
    )
    return [
        _(
            "{importer} recorded {imports} of imports and {exporter} {exports} of exports for {period}: "
            "{ratio} times as much, a gap of {gap}.",
            importer=importer,
            imports=_.money(latest["importer"], chosen.currency),
            exporter=exporter,
            exports=_.money(latest["exporter"], chosen.currency),
            period=period,
            ratio=_.number(latest["ratio"], 2),
            gap=_.money(latest["gap"], chosen.currency),
        )
    ]


def _isolated_remark(view: View, side: Mirror) -> list[str]:
    _ = view.text
    if not side.isolated:
        return []
    said = [_("Single years of one record are held; they are drawn as points and not joined.")]
    if "worked_out" in _statuses(side):
        said.append(_("Hollow points are press figures; with a dot inside, worked out from a printed growth rate."))
    return said


def _reasons(view: View, store: Store, side: Mirror) -> html.Div:
    _ = view.text
    rows = mirror.notes(store, side.exporter, side.importer)
    items = [html.Li([html.Strong(topic_name(_, r.topic)), " ", _.data(r.text)]) for r in rows.itertuples()]
    if len({CURRENCY_OF_RECORD[side.exporter], CURRENCY_OF_RECORD[side.importer]}) == 1:
        items = [item for item, r in zip(items, rows.itertuples(), strict=True) if r.topic != "exchange_rate"]
    return html.Div([html.H3(_("Why the two differ")), html.Ul(items)], className="reasons")


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


def _columns(view: View, side: Mirror) -> list[Column]:
    _, chosen = view.text, view.selection
    unit = _("million {currency}", currency=_.currency(chosen.currency))
    exporter, importer = countries.name(_, side.exporter), countries.name(_, side.importer)
    known = _known(side)
    return [
        Column(_("Period"), [_.period(p, chosen.frequency) for p in known.index], numeric=False),
        Column(_("Exports by {country}, {unit}", country=exporter, unit=unit), _cells(_, known, "exporter")),
        Column(_("Imports by {country}, {unit}", country=importer, unit=unit), _cells(_, known, "importer")),
        Column(_("Gap, {unit}", unit=unit), [_.signed(v, 1) for v in known["gap"]]),
        Column(_("Imports per unit of exports"), [_.number(v, 2) for v in known["ratio"]]),
    ]


def _known(side: Mirror) -> pd.DataFrame:
    return side.table.dropna(how="all", subset=["exporter", "importer"])


def _cells(_: Text, known: pd.DataFrame, side: str) -> list[str]:
    values = zip(known[side], known[f"{side}_status"], known[f"{side}_derivation"], strict=True)
    return [marked(_.number(v, 1), status, derivation) for v, status, derivation in values]
