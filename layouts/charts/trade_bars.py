"""The balance and growth of a pair's trade, as bars over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data.queries import measures as measuring
from data.queries import trade
from data.queries.measures import Measured
from data.queries.records import Record
from data.store import Store
from layouts.charts.annotations import event_notes
from layouts.charts.annotations import marked as marked_events
from layouts.charts.trade import PATH, lines, series_source, span_text
from layouts.charts.trade_record import FLOWS, record_of, series_passport
from layouts.components.chart import Chart
from layouts.components.metadata import Passport
from layouts.components.source_line import SourceLine
from layouts.components.table import Column
from layouts.figures.lines import Line, Span
from layouts.figures.series import balance_figure, growth_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.units import Money


def known_span(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The periods from the first to the last in which one of the columns is known."""
    known = table[list(columns)].dropna(how="all").index
    return table.loc[known[0] : known[-1]]


def balance_chart(view: View, store: Store, table: pd.DataFrame) -> Chart:
    """Exports less imports."""
    _, chosen = view.text, view.selection
    table = known_span(table, ["balance"])
    name = _("Balance with {partner}", partner=countries.partner(_, chosen.partner))
    known = table["balance"].dropna()
    unit = Money.of(table["balance"], chosen.currency)
    source = series_source(view, store)
    happened = marked_events(view, store, Span.of(table, chosen.frequency))
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
            _, view.palette, table, chosen.currency, chosen.frequency, name, events=list(happened["date"])
        ),
        columns=lambda: [
            Column(_("Period"), [_.period(p, chosen.frequency) for p in table.index], numeric=False),
            Column(
                _("{name}, {unit}", name=_("Balance"), unit=unit.header(_)), [_.number(v, 1) for v in table["balance"]]
            ),
        ],
        file_name=chosen.file_name("balance"),
        path=PATH,
        passport=series_passport(view, store, record_of(view), Measured(table), source),
        notes=event_notes(view, happened),
    )


def growth_chart(view: View, store: Store, table: pd.DataFrame) -> Chart:
    """Change on the same period a year earlier."""
    _, chosen = view.text, view.selection
    table = known_span(table, ["export_growth", "import_growth"])
    record = record_of(view)
    flows = [line for line in lines(view, record) if table[f"{line.column}_growth"].notna().any()]
    drawn = [Line(f"{line.column}_growth", line.label, line.full_name, line.colour, record) for line in flows]
    remarks = []
    if any((table[f"{flow}_derivation"] == "worked_out").any() for flow in FLOWS):
        remarks.append(_("Where a year was worked out from a printed growth rate, its growth is that rate again."))
    if trade.rate_sources(store, chosen.as_reported()):
        remarks.append(_("Values are converted, so their changes contain those of the exchange rate."))
    source = series_source(view, store)
    happened = marked_events(view, store, Span.of(table, chosen.frequency))
    return Chart(
        name="growth",
        title=_(
            "Growth of {possessive} goods trade with {partner}",
            possessive=countries.possessive(_, chosen.reporter),
            partner=countries.partner(_, chosen.partner),
        ),
        subtitle=_(
            "{span}, per cent on the same period a year earlier, values in {currency}",
            span=span_text(view, table, [line.column for line in drawn]),
            currency=_.currency(chosen.currency),
        ),
        source=source,
        summary=[
            _(
                "{name}: {growth} in {last}.",
                name=line.full_name,
                growth=_.signed_percent(table[f"{line.column}_growth"].dropna().iloc[-1]),
                last=_.period(table[f"{line.column}_growth"].dropna().index[-1], chosen.frequency),
            )
            for line in flows
        ],
        figure=growth_figure(_, view.palette, table, drawn, chosen.frequency, events=list(happened["date"])),
        columns=lambda: [
            Column(_("Period"), [_.period(p, chosen.frequency) for p in table.index], numeric=False),
            *(
                Column(_("{name}, per cent", name=line.label), [_.signed(v) for v in table[f"{line.column}_growth"]])
                for line in flows
            ),
        ],
        file_name=chosen.file_name("growth"),
        path=PATH,
        passport=_growth_passport(view, store, record, source),
        notes=event_notes(view, happened),
        remarks=remarks,
    )


def _growth_passport(view: View, store: Store, record: Record, source: SourceLine) -> Passport:
    """Passport of growth, which shows how the newest change was computed."""
    grown = replace(view, selection=replace(view.selection, measure="growth"))
    return series_passport(grown, store, record, measuring.measure(store, grown.selection), source)
