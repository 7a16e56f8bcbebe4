"""The six flows among the three countries in one year."""

from __future__ import annotations

import pandas as pd

from data.queries.records import Record
from data.queries.trilateral import TrilateralFlows
from data.schema.fields import DATE, TEXT
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, constant, text_column
from layouts.components.metadata import Flows, Metadata, trade_metadata
from layouts.components.source_line import SourceLine, source_line
from layouts.components.status import legend
from layouts.figures.trilateral import triangle_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.units import Money


def triangle_chart(view: View, it: TrilateralFlows) -> Chart:
    """Six flows of the last complete year, arrow width by value."""
    _, chosen, flows = view.text, view.selection, it.table
    names = [
        _(
            "{exporter} to {importer}",
            exporter=countries.sentence_start(_, f.exporter),
            importer=countries.partner(_, f.importer),
        )
        for f in flows.itertuples()
    ]
    order = flows.assign(name=names).sort_values("value", ascending=False)
    unit = Money.of(flows["value"], chosen.currency)
    statuses = _statuses(flows)
    source = source_line(_, it.origin)
    return Chart(
        name="triangle",
        title=_("Six flows of goods among three countries"),
        subtitle=_("{year}, {unit}; width of an arrow is value", year=it.year, unit=unit.name(_)),
        source=source,
        summary=[
            _(
                "{name}, as {reporter} reports it: {amount}.",
                name=f.name,
                reporter=countries.subject(_, f.reporter),
                amount=_.money(f.value, chosen.currency),
            )
            for f in order.itertuples(index=False)
        ],
        figure=triangle_figure(
            _,
            view.palette,
            flows,
            chosen.currency,
            frozenset({chosen.reporter, chosen.partner}),
            {country: view.colour(country) for country in view.coverage.home},
        ),
        columns=lambda: _columns(view, it, order, unit),
        # The chosen pair stands out and is taken from the chosen country's record.
        file_name=f"triangle_{chosen.reporter}-{chosen.partner}_{it.year}_{chosen.currency}".lower(),
        metadata=_metadata(view, flows, statuses, source),
        remarks=_remarks(view, flows),
        legend=legend(_, statuses) if statuses else None,
    )


def _remarks(view: View, flows: pd.DataFrame) -> list[str]:
    """Say by what rule a record is taken, which changes the values of the chosen pair when its country changes."""
    _, chosen = view.text, view.selection
    pair = flows["exporter"].isin([chosen.reporter, chosen.partner]) & flows["importer"].isin(
        [chosen.reporter, chosen.partner]
    )
    said = [_("Under each value: the country whose record it is.")]
    if set(flows.loc[pair, "reporter"]) != {chosen.reporter}:
        return said
    return [
        *said,
        _(
            "The flows between {country} and {partner} are as {country} records them; the other country’s record "
            "differs.",
            country=countries.subject(_, chosen.reporter),
            partner=countries.partner(_, chosen.partner),
        ),
    ]


def _columns(view: View, it: TrilateralFlows, order: pd.DataFrame, unit: Money) -> list[DataColumn]:
    """The flows from the largest to the smallest; files have the codes of the countries."""
    _, rows = view.text, len(order)
    return [
        DataColumn("period", _("first day of the year"), [pd.Timestamp(it.year, 1, 1)] * rows, DATE, on_page=False),
        DataColumn("exporter", _("country that exports"), list(order["exporter"]), TEXT, on_page=False),
        DataColumn("importer", _("country that imports"), list(order["importer"]), TEXT, on_page=False),
        DataColumn("flow", _("Flow"), list(order["name"]), TEXT, in_file=False),
        DataColumn(
            "value",
            unit.header(_),
            list(order["value"]),
            show=lambda value: unit.cell(_, value),
            unit=unit.header(_),
            statuses=list(order["status"]),
            derivations=list(order["derivation"]),
            sources=list(order["source_id"]),
        ),
        text_column("reporter", _("Reported by"), list(order["reporter"]), lambda code: countries.name(_, code)),
        constant("unit", _("what the values count"), unit.code, rows),
    ]


def _statuses(flows: pd.DataFrame) -> list[str]:
    """Codes of the signs that stand beside values; a missing value has none."""
    found = [*flows["status"].dropna(), *(d for d in flows["derivation"] if d == "worked_out")]
    return [code for code in dict.fromkeys(found) if code != "final"]


def _metadata(view: View, flows: pd.DataFrame, statuses: list[str], source: SourceLine) -> Metadata:
    """Metadata of the arrows, which several countries record; each arrow's reporter stands in the table."""
    _, chosen = view.text, view.selection
    records, conventions = [], []
    for flow in flows.itertuples():
        exported = flow.reporter == flow.exporter
        partner = flow.importer if exported else flow.exporter
        records.append(Record(flow.reporter, partner, chosen.currency))
        conventions.append((flow.reporter, "export" if exported else "import"))
    shown = Flows(
        records,
        conventions=conventions,
        statuses=statuses,
        rate=_("Where a record is in another currency, it is converted at the average rate of the year."),
    )
    return trade_metadata(view, shown, source)
