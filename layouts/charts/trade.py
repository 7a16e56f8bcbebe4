"""A pair's exports and imports over time, in any measure, by either record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data.queries.records import Record
from data.queries.trade_series import TradeSeries
from data.selection import FLOWS, Selection
from layouts.charts.annotations import event_column, event_notes
from layouts.charts.trade_record import record_of, series_metadata, statuses_of
from layouts.components.chart import Chart, known
from layouts.components.data_column import DataColumn, constant, period_columns
from layouts.components.metadata import basis_phrase
from layouts.components.source_line import source_line
from layouts.components.status import legend
from layouts.figures.lines import Line, lines_figure, unsettled
from layouts.view import View
from layouts.wording import countries, measures, rounding
from layouts.wording.measures import ADDITIVE
from layouts.wording.text import Text
from layouts.wording.units import Unit


def flow_lines(view: View, record: Record, with_total: bool = False) -> list[Line]:
    """Exports in the reporter's colour and solid, imports in the partner's and dashed, so colour is never alone."""
    _, chosen, palette = view.text, view.selection, view.palette
    to = countries.partner(_, chosen.partner)
    found = [
        Line("export", _("Exports"), _("Exports to {partner}", partner=to), view.colour(chosen.reporter), record),
        Line(
            "import",
            _("Imports"),
            _("Imports from {partner}", partner=countries.origin(_, chosen.partner)),
            view.colour(chosen.partner),
            record,
            "7px,3px",
        ),
    ]
    if with_total:
        total = _("Two-way trade with {partner}", partner=to)
        found.append(Line("total", _("Two-way"), total, palette.muted, record, width=1.5))
    return found


def trade_chart(view: View, it: TradeSeries) -> Chart:
    """The chart of the Trade page."""
    return flows_chart(view, it, name="trade")


def overview_chart(view: View, it: TradeSeries, height: int = 480) -> Chart:
    """The chart of the overview."""
    return flows_chart(view, it, name="flows", height=height)


def flows_chart(view: View, it: TradeSeries, name: str, height: int = 440) -> Chart:
    """Exports and imports over time in the chosen measure, with policy events and breaks on the axis."""
    _, chosen, table = view.text, view.selection, it.table
    additive = chosen.measure in ADDITIVE
    record = record_of(view, it.measured.base if chosen.measure == "constant" else None)
    with_total = additive or chosen.measure == "share"
    drawn = [line for line in flow_lines(view, record, with_total) if table[line.column].notna().any()]
    if chosen.measure == "share":
        drawn = [replace(line, full_name=_share_name(view, line)) for line in drawn]
    apart = {*it.apart, *(["total"] if it.apart else [])}
    drawn = [replace(line, isolated=line.column in apart) for line in drawn]
    unit = measures.unit_of(it.measured, chosen, [line.column for line in drawn])
    shaded = additive and not it.apart
    source = source_line(_, it.origin)
    return Chart(
        name=name,
        title=series_title(view),
        subtitle=_subtitle(view, it, unit.name(_), shaded),
        source=source,
        summary=_summary(view, table, drawn, unit),
        figure=lines_figure(
            _,
            view.palette,
            table,
            drawn,
            unit,
            chosen.frequency,
            events=list(it.happened["date"]),
            breaks=it.broken,
            shaded=FLOWS if shaded else None,
            changes=chosen.measure == "value",
            height=height,
        ),
        columns=lambda: [*flow_columns(view, it, drawn, unit), *event_column(view, it.happened, table.index)],
        file_name=_holding(chosen, table).file_name(name),
        metadata=series_metadata(view, it, record, source),
        notes=event_notes(view, it.happened),
        remarks=[
            *_remarks(view, it, [line for line in drawn if line.isolated and line.column != "total"]),
            *measures.bounds(_, chosen, it.measured, it.held),
            *([rounding.note(_)] if additive and _ends_part(_, table, unit) else []),
        ],
        breaks=break_lines(_, it.broken),
        legend=table_legend(_, table, unit if additive else None),
    )


def _holding(chosen: Selection, table: pd.DataFrame) -> Selection:
    """The choice with the years that the table holds, where those are not all of the chosen ones."""
    held = (table.index[0].year, table.index[-1].year)
    return chosen if held == tuple(chosen.years) else replace(chosen, years=held)


def _share_name(view: View, line: Line) -> str:
    _, chosen = view.text, view.selection
    return _("{name}, share of {whole}", name=line.full_name, whole=measures.share_of(_, chosen, line.column))


def _ends_part(_: Text, table: pd.DataFrame, unit: Unit) -> bool:
    """Whether the values at the ends of the lines do not add up as they are written there."""
    if not set(table.columns) >= ADDS_UP:
        return False
    last = table[["export", "import", "total"]].iloc[-1] / unit.divisor
    return rounding.numbers_part([tuple(last)], unit.decimals)


ADDS_UP = {"export", "import", "total"}


def break_lines(_: Text, rows: pd.DataFrame) -> list[str]:
    """The sentences of breaks with their days."""
    return [_("{date}: {event}", date=_.date(b.date), event=_.data(b.text)) for b in rows.itertuples(index=False)]


def _subtitle(view: View, it: TradeSeries, unit: str, shaded: bool) -> str:
    _, chosen = view.text, view.selection
    span, basis = span_text(view, it.table), basis_phrase(_, it.origin)
    if chosen.measure not in ("value", "constant"):
        what = measures.described(_, chosen, it.measured.base)
        return _("{span}, {measure}, {unit}, {basis}", span=span, measure=what, unit=unit, basis=basis)
    if shaded:
        return _("{span}, {unit}, {basis}; shaded: the balance", span=span, unit=unit, basis=basis)
    return _("{span}, {unit}, {basis}", span=span, unit=unit, basis=basis)


def _remarks(view: View, it: TradeSeries, apart: Sequence[Line]) -> list[str]:
    _, chosen, table = view.text, view.selection, it.table
    said = []
    if apart:
        said.append(
            _(
                "{flows}: single years are on record; they are not joined, because the years between are unknown.",
                flows=_.listing(line.label for line in apart),
            )
        )
    names = {"export": _("Exports"), "import": _("Imports")}
    if it.lost and it.measured.base:
        said.append(
            _(
                "{flows}: no value of {year} is on record to compare with.",
                flows=_.listing(names[flow] for flow in it.lost),
                year=it.measured.base,
            )
        )
    worked_out = any(
        (table[f"{flow}_derivation"] == "worked_out").any() for flow in FLOWS if f"{flow}_derivation" in table
    )
    if worked_out:
        said.append(_("Hollow points are press figures; with a dot inside, worked out from a printed growth rate."))
    elif any(unsettled(table, flow).any() for flow in FLOWS):
        said.append(_("Hollow points are preliminary."))
    if chosen.measure == "rolling" and it.converted and known(it.apart_by_rates):
        said.append(
            _(
                "Each month is converted at its own average rate, so that a sum to December can differ from the year, "
                "which has one rate, by up to {percent}.",
                percent=_.percent(it.apart_by_rates),
            )
        )
    if chosen.measure in ("growth", "index", "compound") and it.converted:
        said.append(_("Values are converted, so changes include exchange-rate movements."))
    return said


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


def table_legend(_: Text, table: pd.DataFrame, unit: Unit | None = None):
    """Legend of the symbols that occur in a table, and of rows whose parts do not add up; None without any.

    Args:
        _: language.
        table: values by period.
        unit: what the cells are written in where exports and imports add up to the total; None elsewhere.
    """
    codes = [code for code in statuses_of(table) if code != "final"]
    more = []
    if unit and set(table.columns) >= ADDS_UP:
        sums = [
            (row.export, row.import_, row.total) for row in table.rename(columns={"import": "import_"}).itertuples()
        ]
        balances = [(exports, -imports, exports - imports) for exports, imports, _total in sums]
        more = [rounding.note(_)] if rounding.numbers_part([*sums, *balances], unit.cell_decimals) else []
    return legend(_, codes, more) if codes or more else None


def _summary(view: View, table: pd.DataFrame, drawn: Sequence[Line], unit: Unit) -> list[str]:
    """Say in sentences what the line chart shows, for those who cannot see it."""
    _, chosen = view.text, view.selection
    parts = []
    for line in drawn:
        known = table[line.column].dropna()
        if (line.column == "total" and chosen.measure != "share") or known.empty:
            continue
        first, last = (_.period(p, chosen.frequency) for p in (known.index[0], known.index[-1]))
        values = [unit.full(_, known.iloc[place]) for place in (0, -1)]
        if len(known) == 1:
            parts.append(_("{name}: {value} in {period}.", name=line.full_name, value=values[0], period=first))
            continue
        parts.append(
            _(
                "{name}: {first_value} in {first}, {last_value} in {last}.",
                name=line.full_name,
                first_value=values[0],
                first=first,
                last_value=values[1],
                last=last,
            )
        )
    return parts


def flow_columns(view: View, it: TradeSeries, drawn: Sequence[Line], unit: Unit) -> list[DataColumn]:
    """The values of the chart in the unit of the measure, each with its status, and its source where it has one."""
    _, chosen, table = view.text, view.selection, it.table
    names = {"export": _("Exports"), "import": _("Imports")}
    if "total" in [line.column for line in drawn]:
        names["total"] = _("Two-way trade")
        if chosen.measure == "value":
            names["balance"] = _("Balance")
    suffix, counts = unit.suffix, dict.fromkeys(names, unit.header(_))
    if chosen.measure == "share":
        counts = {column: _("per cent of {whole}", whole=measures.share_of(_, chosen, column)) for column in names}
    return [
        *period_columns(_, table.index, chosen.frequency),
        *(
            value_column(_, table, column, name, unit, PROGRAM_NAMES[column] + suffix, counts=counts[column])
            for column, name in names.items()
        ),
        constant("unit", _("what the values count"), unit.code, len(table)),
    ]


# Names of columns in files; the flows in the plural, as the field writes them.
PROGRAM_NAMES = {"export": "exports", "import": "imports", "total": "two_way", "balance": "balance"}


def value_column(
    _: Text, table: pd.DataFrame, column: str, label: str, unit: Unit, name: str, counts: str = ""
) -> DataColumn:
    """One column of values by period with the labels that the table holds beside them.

    ``counts`` says what a value counts where that is more than its unit.
    """

    def labels(of: str) -> list:
        return list(table[f"{column}_{of}"]) if f"{column}_{of}" in table else []

    return DataColumn(
        name,
        _("{name}, {unit}", name=label, unit=counts or unit.header(_)),
        list(table[column]),
        show=lambda value: unit.cell(_, value),
        unit=counts or unit.header(_),
        statuses=labels("status"),
        derivations=labels("derivation"),
        sources=labels("source"),
    )
