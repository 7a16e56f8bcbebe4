"""The balance and growth of a pair's trade, as bars over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data.queries.trade_series import TradeSeries
from data.selection import FLOWS
from layouts.charts.annotations import event_notes
from layouts.charts.trade import PROGRAM_NAMES, flow_lines, span_text, table_legend, value_column
from layouts.charts.trade_record import record_of, series_metadata
from layouts.components.chart import Chart
from layouts.components.data_column import constant, period_columns
from layouts.components.source_line import source_line
from layouts.figures.lines import unsettled
from layouts.figures.series import balance_figure, growth_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import Money, Percent


def balance_chart(view: View, it: TradeSeries) -> Chart:
    """Exports less imports."""
    _, chosen, table = view.text, view.selection, it.table
    name = _("Balance with {partner}", partner=countries.partner(_, chosen.partner))
    known = table["balance"].dropna()
    unit = Money.of(table["balance"], chosen.currency)
    source = source_line(_, it.origin)
    return Chart(
        name="balance",
        title=_(
            "{possessive} balance of goods trade with {partner}",
            possessive=countries.possessive(_, chosen.reporter),
            partner=countries.partner(_, chosen.partner),
        ),
        subtitle=_(
            "{span}, exports less imports, {unit}, as {reporter} reports it",
            span=span_text(view, table, ["balance"]),
            unit=unit.name(_),
            reporter=countries.subject(_, chosen.as_reported().reporter),
        ),
        source=source,
        summary=[
            _(
                "{name}: {first_value} in {first}, {last_value} in {last}.",
                name=name,
                first_value=_.money(known.iloc[0], chosen.currency),
                first=_.period(known.index[0], chosen.frequency),
                last_value=_.money(known.iloc[-1], chosen.currency),
                last=_.period(known.index[-1], chosen.frequency),
            )
        ],
        figure=balance_figure(
            _, view.palette, table, chosen.currency, chosen.frequency, name, events=list(it.happened["date"])
        ),
        columns=lambda: [
            *period_columns(_, table.index, chosen.frequency),
            value_column(_, table, "balance", _("Balance"), unit, "balance"),
            constant("unit", _("what the values count"), unit.code, len(table)),
        ],
        file_name=chosen.file_name("balance"),
        metadata=series_metadata(view, it, record_of(view), source),
        notes=event_notes(view, it.happened),
        remarks=unsettled_remark(_, table, ["balance"]),
        legend=table_legend(_, table),
    )


def unsettled_remark(_: Text, table: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """Say what the hatching of bars means; nothing where no bar is hatched."""
    return [_("Hatched bars are preliminary.")] if any(unsettled(table, column).any() for column in columns) else []


def growth_chart(view: View, it: TradeSeries) -> Chart:
    """Change on the same period a year earlier."""
    _, table = view.text, it.table
    # The page shows values; this chart is in another measure, and its metadata show how that is computed.
    grown = replace(view, selection=replace(view.selection, measure="growth"))
    chosen, record, unit = grown.selection, record_of(grown), Percent(signed=True)
    drawn = [line for line in flow_lines(view, record) if table[line.column].notna().any()]
    remarks = []
    if any((table[f"{flow}_derivation"] == "worked_out").any() for flow in FLOWS):
        remarks.append(_("Where a year was worked out from a printed growth rate, its growth is that rate again."))
    if it.converted:
        remarks.append(_("Values are converted, so changes include exchange-rate movements."))
    remarks += unsettled_remark(_, table, FLOWS)
    source = source_line(_, it.origin)
    return Chart(
        name="growth",
        title=_(
            "Growth of {possessive} goods trade with {partner}",
            possessive=countries.possessive(_, chosen.reporter),
            partner=countries.partner(_, chosen.partner),
        ),
        subtitle=_(
            "{span}, per cent on the same period a year earlier, values in {currency}",
            span=span_text(view, table),
            currency=_.currency(chosen.currency),
        ),
        source=source,
        summary=[
            _(
                "{name}: {growth} in {last}.",
                name=line.full_name,
                growth=_.signed_percent(table[line.column].dropna().iloc[-1]),
                last=_.period(table[line.column].dropna().index[-1], chosen.frequency),
            )
            for line in drawn
        ],
        figure=growth_figure(_, view.palette, table, drawn, chosen.frequency, events=list(it.happened["date"])),
        columns=lambda: [
            *period_columns(_, table.index, chosen.frequency),
            *(
                value_column(_, table, line.column, line.label, unit, PROGRAM_NAMES[line.column] + unit.suffix)
                for line in drawn
            ),
            constant("unit", _("what the values count"), unit.code, len(table)),
        ],
        file_name=view.selection.file_name("growth"),
        metadata=series_metadata(grown, it, record, source),
        notes=event_notes(view, it.happened),
        remarks=remarks,
        legend=table_legend(_, table),
    )
