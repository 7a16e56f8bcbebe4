"""Charts of a pair's trade over time: the flows in any measure, the balance, growth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data.queries import breaks, trade
from data.queries.measures import Measured, in_its_currency
from data.queries.records import Record
from data.store import Store
from layouts.charts.annotations import event_notes, events_of_periods
from layouts.charts.annotations import marked as marked_events
from layouts.charts.trade_record import FLOWS, record_of, series_passport, statuses_of
from layouts.components.chart import Chart
from layouts.components.source_line import SourceLine, source_line
from layouts.components.status import legend, marked
from layouts.components.table import Column
from layouts.figures.lines import Line, Span, lines_figure, unsettled
from layouts.view import View
from layouts.wording import countries, measures
from layouts.wording.measures import ADDITIVE
from layouts.wording.text import Text

PATH = "/trade"


def lines(view: View, record: Record, with_total: bool = False) -> list[Line]:
    """Exports in the reporter's colour and solid, imports in the partner's and dashed, so colour is never alone."""
    _, chosen, palette = view.text, view.selection, view.palette
    to = countries.partner(_, chosen.partner)
    found = [
        Line("export", _("Exports"), _("Exports to {partner}", partner=to), palette.country(chosen.reporter), record),
        Line(
            "import",
            _("Imports"),
            _("Imports from {partner}", partner=countries.origin(_, chosen.partner)),
            palette.country(chosen.partner),
            record,
            "7px,3px",
        ),
    ]
    if with_total:
        total = _("Two-way trade with {partner}", partner=to)
        found.append(Line("total", _("Two-way"), total, palette.muted, record, width=1.5))
    return found


def flows_chart(view: View, store: Store, measured: Measured, name: str, path: str, height: int = 440) -> Chart:
    """Exports and imports over time in the chosen measure, with policy events and breaks on the axis."""
    _, chosen, table = view.text, view.selection, measured.table
    additive = chosen.measure in ADDITIVE
    record = record_of(view, measured.base if chosen.measure == "constant" else None)
    apart = trade.isolated_flows(store, chosen)
    drawn = [line for line in lines(view, record, with_total=additive) if table[line.column].notna().any()]
    drawn = [replace(line, isolated=line.column in apart or (line.column == "total" and bool(apart))) for line in drawn]
    unit = measures.unit_of(measured, chosen, [line.column for line in drawn])
    span = Span.of(table, chosen.frequency)
    happened = marked_events(view, store, span)
    broken = breaks_of(view, store, span)
    figure = lines_figure(
        _,
        view.palette,
        table,
        drawn,
        unit,
        chosen.frequency,
        events=list(happened["date"]),
        breaks=broken,
        shaded=FLOWS if additive and not apart else None,
        height=height,
    )
    source = series_source(view, store, measured.source_ids, values=chosen.measure != "share")
    return Chart(
        name=name,
        title=series_title(view),
        subtitle=_subtitle(view, measured, unit.name(_), shaded=additive and not apart),
        source=source,
        summary=_summary(view, table, drawn, unit),
        figure=figure,
        columns=lambda: [
            *flow_columns(view, table, [line.column for line in drawn], measured),
            *event_columns(view, happened, table.index),
        ],
        file_name=chosen.file_name(name),
        path=path,
        passport=series_passport(view, store, record, measured, source),
        notes=event_notes(view, happened),
        remarks=_remarks(view, store, measured, [line for line in drawn if line.isolated and line.column != "total"]),
        breaks=break_lines(_, broken),
        legend=table_legend(_, table),
    )


def breaks_of(view: View, store: Store, span: Span) -> pd.DataFrame:
    """Breaks of the chosen record; agreements are left to the events where these are marked."""
    marked_already = view.selection.marks in ("main", "all", "agreement")
    asked = view.selection.as_reported()
    prices = ["prices"] if asked.measure == "constant" and asked.freq == "monthly" else []
    return breaks.in_span(
        store,
        [(asked.reporter, asked.partner)],
        span.start,
        span.end,
        leave_out=("agreement",) if marked_already else (),
        series=["totals", *prices],
    )


def break_lines(_: Text, rows: pd.DataFrame) -> list[str]:
    """The sentences of breaks with their days."""
    return [_("{date}: {event}", date=_.date(b.date), event=_.data(b.text)) for b in rows.itertuples(index=False)]


def _subtitle(view: View, measured: Measured, unit: str, shaded: bool) -> str:
    _, chosen = view.text, view.selection
    span = span_text(view, measured.table)
    if chosen.measure not in ("value", "constant"):
        what = measures.described(_, chosen, measured.base)
        return _("{span}, {measure}, {unit}, customs basis", span=span, measure=what, unit=unit)
    if shaded:
        return _("{span}, {unit}, customs basis; shaded: the balance", span=span, unit=unit)
    return _("{span}, {unit}, customs basis", span=span, unit=unit)


def _remarks(view: View, store: Store, measured: Measured, apart: Sequence[Line]) -> list[str]:
    _, chosen, table = view.text, view.selection, measured.table
    said = []
    if apart:
        said.append(
            _(
                "{flows}: single years are on record; they are not joined, because the years between are unknown.",
                flows=_.listing(line.label for line in apart),
            )
        )
    lost = [
        name for flow, name in (("export", _("Exports")), ("import", _("Imports"))) if _lost(view, store, table, flow)
    ]
    if lost and measured.base:
        said.append(
            _(
                "{flows}: no value of {year} is on record to compare with.",
                flows=_.listing(lost),
                year=measured.base,
            )
        )
    worked_out = any(
        (table[f"{flow}_derivation"] == "worked_out").any() for flow in FLOWS if f"{flow}_derivation" in table
    )
    if worked_out:
        said.append(_("Hollow points are press figures; with a dot inside, worked out from a printed growth rate."))
    elif any(unsettled(table, flow).any() for flow in FLOWS):
        said.append(_("Hollow points are preliminary."))
    if chosen.measure in ("growth", "index", "compound") and trade.rate_sources(store, chosen.as_reported()):
        said.append(_("Values are converted, so their changes contain those of the exchange rate."))
    return said


def _lost(view: View, store: Store, table: pd.DataFrame, flow: str) -> bool:
    """Whether a flow has values but none in this measure."""
    return bool(table[flow].isna().all()) and bool(trade.seen(store, view.selection)[flow].notna().any())


def series_title(view: View) -> str:
    """Say whose trade with whom is shown, and whose record it is."""
    _, chosen = view.text, view.selection
    return _(
        "{possessive} goods trade with {partner}, as {reporter} reports it",
        possessive=countries.possessive(_, chosen.reporter),
        partner=countries.partner(_, chosen.partner),
        reporter=countries.subject(_, chosen.as_reported().reporter),
    )


def span_text(view: View, table: pd.DataFrame, columns: Sequence[str] = FLOWS) -> str:
    """Name the periods that are really shown, from the first to the last with a value."""
    _ = view.text
    known = table[list(columns)].dropna(how="all").index
    first, last = (_.period(p, view.selection.frequency) for p in (known[0], known[-1]))
    return _.span(first, last)


def series_source(view: View, store: Store, more: Sequence[str] = (), values: bool = True) -> SourceLine:
    """Source line of the chosen series, and of what a measure relates it to."""
    asked = view.selection.as_reported()
    if not values:
        return source_line(view.text, store, list(more))
    ids = list(dict.fromkeys([*trade.sources_used(store, asked), *more]))
    return source_line(view.text, store, ids, trade.rate_sources(store, in_its_currency(view.selection)))


def table_legend(_: Text, table: pd.DataFrame):
    """Legend of the symbols that occur in a table; None without any."""
    codes = [code for code in statuses_of(table) if code != "final"]
    return legend(_, codes) if codes else None


def _summary(view: View, table: pd.DataFrame, drawn: Sequence[Line], unit) -> list[str]:
    """Say in sentences what the line chart shows, for those who cannot see it."""
    _, chosen = view.text, view.selection
    parts = []
    for line in drawn:
        known = table[line.column].dropna()
        if line.column != "total" and len(known):
            if len(known) == 1:
                value, period = unit.full(_, known.iloc[0]), _.period(known.index[0], chosen.frequency)
                parts.append(_("{name}: {value} in {period}.", name=line.full_name, value=value, period=period))
                continue
            parts.append(
                _(
                    "{name}: {first_value} in {first}, {last_value} in {last}.",
                    name=line.full_name,
                    first_value=unit.full(_, known.iloc[0]),
                    first=_.period(known.index[0], chosen.frequency),
                    last_value=unit.full(_, known.iloc[-1]),
                    last=_.period(known.index[-1], chosen.frequency),
                )
            )
    return parts


def flow_columns(view: View, table: pd.DataFrame, drawn: Sequence[str], measured: Measured) -> list[Column]:
    """The numbers of the chart in the unit of the measure; values that are not final carry a raised sign."""
    _, chosen = view.text, view.selection
    unit = measures.unit_of(measured, chosen, drawn)
    columns = [Column(_("Period"), [_.period(p, chosen.frequency) for p in table.index], numeric=False)]
    for flow, name in (("export", _("Exports")), ("import", _("Imports"))):
        statuses = table.get(f"{flow}_status", pd.Series("final", table.index))
        ways = table.get(f"{flow}_derivation", pd.Series("published", table.index))
        cells = [marked(unit.cell(_, v), s, d) for v, s, d in zip(table[flow], statuses, ways, strict=True)]
        columns.append(Column(_("{name}, {unit}", name=name, unit=unit.header(_)), cells))
    if "total" in drawn:
        both = {_("Two-way trade"): table["total"]}
        if chosen.measure == "value":
            both[_("Balance")] = table["export"] - table["import"]
        for name, values in both.items():
            header = _("{name}, {unit}", name=name, unit=unit.header(_))
            columns.append(Column(header, [unit.cell(_, v) for v in values]))
    return columns


def event_columns(view: View, happened: pd.DataFrame, periods: pd.DatetimeIndex) -> list[Column]:
    """The marked events beside the numbers of their periods; nothing when none is marked."""
    if happened.empty:
        return []
    return [Column(view.text("Events"), events_of_periods(view, happened, periods), numeric=False)]
