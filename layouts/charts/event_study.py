"""The months before and after an event, with both windows marked."""

from __future__ import annotations

from dataclasses import replace

from data.queries.event_study import Around, EventStudy
from layouts.charts.annotations import event_notes
from layouts.charts.trade import PROGRAM_NAMES, break_lines, flow_lines, table_legend, value_column
from layouts.charts.trade_record import record_of, series_metadata
from layouts.components.chart import Chart
from layouts.components.data_column import constant, period_columns
from layouts.components.source_line import source_line
from layouts.figures.lines import lines_figure
from layouts.figures.windows import Band, with_bands
from layouts.view import View
from layouts.wording import countries
from layouts.wording.units import Money


def event_finding(view: View, found: Around) -> str:
    """State how two-way trade grew after the event, and before it."""
    _ = view.text
    return _(
        "Two-way trade changed by {after} on the same months a year earlier in the {count} months from {start}, after "
        "{before} in the twelve months before.",
        after=_.signed_percent(found.after.growth["total"]),
        count=_.number(found.after.months),
        start=_.month(found.after.first),
        before=_.signed_percent(found.before.growth["total"]),
    )


def months_chart(view: View, it: EventStudy) -> Chart:
    """The months of both windows and of the year before them, with the event marked."""
    _, chosen, found = view.text, view.selection, it.found
    record = record_of(view)
    drawn = flow_lines(view, record)
    unit = Money.of(found.table[["export", "import"]], chosen.currency)
    years = (found.table.index[0].year, found.table.index[-1].year)
    shown = replace(view, selection=replace(chosen, years=years))
    source = source_line(_, it.series.origin)
    first, last = _.month(found.table.index[0]), _.month(found.table.index[-1])
    return Chart(
        name="around",
        title=_(
            "{possessive} goods trade with {partner} around an event, as {reporter} reports it",
            possessive=countries.possessive(_, chosen.reporter),
            partner=countries.partner(_, chosen.partner),
            reporter=countries.subject(_, chosen.as_reported().reporter),
        ),
        subtitle=_("{span}, by month, {unit}, customs basis", span=_.span(first, last), unit=unit.name(_)),
        source=source,
        summary=[event_finding(view, found)],
        figure=with_bands(
            lines_figure(
                _,
                view.palette,
                found.table,
                drawn,
                unit,
                "M",
                list(it.event["date"]),
                it.series.broken,
                shaded=None,
                height=360,
            ),
            view.palette,
            [
                Band(_("Before"), found.before.first, found.before.last),
                Band(_("After"), found.after.first, found.after.last),
            ],
        ),
        columns=lambda: [
            *period_columns(_, found.table.index, "M"),
            *(
                value_column(_, found.table, line.column, line.label, unit, PROGRAM_NAMES[line.column])
                for line in drawn
            ),
            constant("unit", _("what the values count"), unit.code, len(found.table)),
        ],
        file_name=f"{shown.selection.file_name('before-after')}_{chosen.around}",
        metadata=series_metadata(shown, it.series, record, source),
        notes=event_notes(view, it.event),
        remarks=[event_finding(view, found)],
        breaks=break_lines(_, it.series.broken),
        legend=table_legend(_, found.table),
    )
