"""The six flows among the three countries in one year."""

from __future__ import annotations

import pandas as pd

from data.queries import trade
from data.queries.origin import origin
from data.queries.records import Record
from data.store import Store
from layouts.components.chart import Chart
from layouts.components.metadata import Flows, Passport, trade_passport
from layouts.components.source_line import SourceLine, source_line
from layouts.components.table import Column
from layouts.figures.trilateral import triangle_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.units import scale_of

PATH = "/"


def triangle_chart(view: View, store: Store) -> Chart:
    """Six flows of the last complete year, arrow width by value."""
    _, chosen = view.text, view.selection
    flows = trade.six_flows(store, chosen)
    year = int(flows["year"].iloc[0])
    reporters = _.listing(dict.fromkeys(countries.name(_, r) for r in flows["reporter"]))
    names = [
        _(
            "{exporter} to {importer}",
            exporter=countries.sentence_start(_, f.exporter),
            importer=countries.partner(_, f.importer),
        )
        for f in flows.itertuples()
    ]
    order = flows.assign(name=names).sort_values("value", ascending=False)
    rates = trade.rate_sources_for_year(store, flows, year, chosen.currency)
    source = source_line(_, origin(store, list(dict.fromkeys(flows["source_id"].dropna())), rates))
    return Chart(
        name="triangle",
        title=_("Six flows of goods among three countries"),
        subtitle=_(
            "{year}, {unit}; width of an arrow is value",
            year=year,
            unit=scale_of(flows["value"]).unit(_, chosen.currency),
        ),
        source=source,
        summary=[
            _("{name}: {amount}.", name=f.name, amount=_.money(f.value, chosen.currency))
            for f in order.itertuples(index=False)
        ],
        figure=triangle_figure(_, view.palette, flows, chosen.currency, frozenset({chosen.reporter, chosen.partner})),
        columns=lambda: [
            Column(_("Flow"), list(order["name"]), numeric=False),
            Column(
                _("million {currency}", currency=_.currency(chosen.currency)), [_.number(v, 1) for v in order["value"]]
            ),
            Column(_("Reported by"), [countries.name(_, r) for r in order["reporter"]], numeric=False),
        ],
        # The chosen pair stands out and is taken from the chosen country's record.
        file_name=f"triangle_{chosen.reporter}-{chosen.partner}_{year}_{chosen.currency}".lower(),
        path=PATH,
        passport=_passport(view, store, flows, source),
        remarks=[_("Reported by: {countries}.", countries=reporters)],
    )


def _passport(view: View, store: Store, flows: pd.DataFrame, source: SourceLine) -> Passport:
    """Passport of the arrows, which several countries record; each arrow's reporter stands in the table."""
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
        rate=_("Where a record is in another currency, it is converted at the average rate of the year."),
    )
    return trade_passport(view, shown, source)
