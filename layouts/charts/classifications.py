"""Products in other classifications than the Harmonized System, each with its own source and coverage."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from dash import html

from data.queries import classifications, status
from data.queries.classifications import AGRIFOOD, BACI, NAPCS, Breakdown
from data.queries.origin import origin
from data.queries.records import Record
from data.store import Store
from layouts.charts.sitc import product_names, sitc_chart
from layouts.components.chart import Chart
from layouts.components.metadata import Flows, sources_passport, trade_passport
from layouts.components.source_line import SourceLine, source_line
from layouts.components.status import first_releases
from layouts.components.table import Column
from layouts.figures.lines import Line, lines_figure
from layouts.figures.ranking import Bar, Heading, Part, bars_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import MILLIONS, Money

PATH = "/products"


def about(view: View, store: Store) -> html.P:
    """Say what the charts of this module are, and what must not be done with them."""
    _ = view.text
    return html.P(
        _(
            "Other sources sort the same goods in other ways and count other things. Each chart below is from one of "
            "them; their values are not to be added to each other or to the figures above."
        )
    )


def charts(view: View, store: Store) -> list[Chart]:
    """Charts of the chosen pair in the classifications that hold it."""
    pair = {view.selection.reporter, view.selection.partner}
    if len(pair) == 1:
        return []
    made = []
    if pair == {"CAN", "USA"}:
        made.append(napcs_chart(view, store))
    if "CAN" in pair:
        table = classifications.agrifood(store, view.selection)
        made += [agrifood_chart(view, store, table)] if len(table) else []
    if pair == {"CAN", "MEX"}:
        made.append(baci_chart(view, store))
    return [*made, sitc_chart(view, store)]


def _source(view: View, store: Store, source_id: str, first: int, last: int) -> SourceLine:
    rates = classifications.rate_sources(store, source_id, view.selection.currency, first, last)
    return source_line(view.text, origin(store, [source_id], rates))


def _rate(_: Text, recorded: str, shown: str) -> str:
    if recorded == shown:
        return _("Currency of record; nothing is converted.")
    return _("Recorded in {currency}; converted at the average rate of each period.", currency=_.currency(recorded))


def _file_name(view: View, name: str, first: int, last: int) -> str:
    return replace(view.selection, years=(first, last), freq="annual").file_name(name)


def napcs_chart(view: View, store: Store) -> Chart:
    """One flow between Canada and the United States by section, as Canada records it."""
    _, chosen = view.text, view.selection
    shown = classifications.napcs(store, chosen)
    names = product_names(view, store, "NAPCS")
    unit = Money.of(shown.table["value"], chosen.currency)
    first = int(shown.history.index[0])
    source = _source(view, store, NAPCS, first, shown.year)
    domestic = shown.flow == "domestic_export"
    record = Record("CAN", "USA", chosen.currency, coverage="domestic" if domestic else "total")
    return Chart(
        name="napcs",
        title=_("Canada’s domestic exports to the United States by section, as Canada reports them")
        if domestic
        else _("Canada’s imports from the United States by section, as Canada reports them"),
        subtitle=_napcs_subtitle(view, shown, unit),
        source=source,
        summary=[_napcs_line(view, shown, names, code) for code in shown.table.index[:3]],
        figure=_napcs_figure(view, shown, names, unit),
        columns=lambda: _napcs_columns(_, shown, names, unit),
        file_name=_file_name(view, "napcs-" + shown.flow.replace("_", "-"), first, shown.year),
        path=PATH,
        passport=trade_passport(
            view,
            Flows(
                [record],
                [shown.flow],
                statuses=status.of_years(store, NAPCS, shown.history.index),
                rate=_rate(_, "CAD", chosen.currency),
            ),
            source,
        ),
        remarks=[*_napcs_remarks(view, shown, first), *first_releases(_, status.preliminary(store, NAPCS))],
    )


def _napcs_subtitle(view: View, shown: Breakdown, unit: Money) -> str:
    _ = view.text
    words = {"year": shown.year, "unit": unit.name(_)}
    if shown.flow == "domestic_export":
        return _("{year}, {unit}, customs basis, NAPCS sections; without goods of foreign origin sent on", **words)
    return _("{year}, {unit}, customs basis, NAPCS sections", **words)


def _napcs_remarks(view: View, shown: Breakdown, first: int) -> list[str]:
    _ = view.text
    last = int(shown.history.index[-1])
    said = [_("The small lines run from {first} to {last}, each on its own scale from zero.", first=first, last=last)]
    if shown.flow == "domestic_export":
        said.append(_("Domestic exports are smaller than the total exports shown on the other pages."))
    if shown.asked != shown.year:
        said.append(
            _(
                "Sections are held from {first} to {last}; {year} is shown instead of {asked}.",
                first=first,
                last=last,
                year=shown.year,
                asked=shown.asked,
            )
        )
    return said


def _napcs_line(view: View, shown: Breakdown, names: dict[str, str], code: str) -> str:
    _, row = view.text, shown.table.loc[code]
    return _(
        "{name}: {amount}, {share} of the flow.",
        name=names[code],
        amount=_.money(row["value"], view.selection.currency),
        share=_.percent(row["share"]),
    )


def _napcs_figure(view: View, shown: Breakdown, names: dict[str, str], unit: Money):
    _, palette = view.text, view.palette
    colour = palette.country("CAN" if shown.flow == "domestic_export" else "USA")
    bars = []
    for row in shown.table.itertuples():
        amount, share = _.money(row.value, view.selection.currency), _.percent(row.share)
        words = _("{amount}, {share} of the flow.", amount=amount, share=share)
        said = f"<b>{names[row.Index]}</b><br>{words}"
        cells = [unit.short(_, row.value / unit.divisor), _.percent(row.share), _.signed_percent(row.growth)]
        trend = list(shown.history[row.Index])
        bars.append(
            Bar(names[row.Index], [Part(row.value / unit.divisor, colour, said)], cells, palette.ink, trend=trend)
        )
    headings = [Heading(_("Value"), 50), Heading(_("Share"), 54), Heading(_("on {year}", year=shown.year - 1), 62)]
    years = _.span(str(shown.history.index[0]), str(shown.history.index[-1]))
    return bars_figure(_, palette, bars, headings, trend=years)


def _napcs_columns(_: Text, shown: Breakdown, names: dict[str, str], unit: Money) -> list[Column]:
    table, header = shown.table, unit.header(_)
    return [
        Column(_("Section"), [names[code] for code in table.index], numeric=False),
        Column(_("Share, per cent"), [_.number(v, 1) for v in table["share"]]),
        Column(_("Change on the year before, per cent"), [_.signed(v, 1) for v in table["growth"]]),
        *(
            Column(
                _("{name}, {unit}", name=_.verbatim(str(year)), unit=header),
                [_.number(shown.history.loc[year, code], 1) for code in table.index],
            )
            for year in sorted(shown.history.index, reverse=True)
        ),
    ]


def agrifood_chart(view: View, store: Store, table: pd.DataFrame) -> Chart:
    """Canada's exports and imports of agri-food products with the partner of the pair."""
    _, chosen, palette = view.text, view.selection, view.palette
    partner = chosen.partner if chosen.reporter == "CAN" else chosen.reporter
    unit = Money.of(table[["export", "import"]], chosen.currency)
    first, last = int(table.index[0].year), int(table.index[-1].year)
    source = _source(view, store, AGRIFOOD, first, last)
    domestic = Record("CAN", partner, chosen.currency, coverage="domestic")
    to, come_from = countries.partner(_, partner), countries.origin(_, partner)
    lines = [
        Line("export", _("Exports"), _("Exports to {partner}", partner=to), palette.country("CAN"), domestic),
        Line(
            "import",
            _("Imports"),
            _("Imports from {partner}", partner=come_from),
            palette.country(partner),
            replace(domestic, coverage="total"),
            "7px,3px",
        ),
    ]
    return Chart(
        name="agrifood",
        title=_(
            "Canada’s trade in farm, fishing and intermediate food products with {partner}, as Canada reports it",
            partner=to,
        ),
        subtitle=_(
            "{span}, {unit}, customs basis; exports without goods of foreign origin sent on; shaded: the balance",
            span=_.years((first, last)),
            unit=unit.name(_),
        ),
        source=source,
        summary=[_first_and_last(_, table, line, unit) for line in lines],
        # Imports know no re-exports; the view sets the two beside each other and says so.
        figure=lines_figure(_, palette, table, lines, unit, "A", comparing="coverage", height=360),
        columns=lambda: [
            Column(_("Period"), [_.period(p, "A") for p in table.index], numeric=False),
            *(
                Column(
                    _("{name}, {unit}", name=line.full_name, unit=unit.header(_)),
                    [unit.cell(_, v) for v in table[line.column]],
                )
                for line in lines
            ),
        ],
        file_name=_file_name(view, "agrifood", first, last),
        path=PATH,
        passport=trade_passport(
            view,
            Flows(
                [domestic],
                ["domestic_export", "import"],
                statuses=status.of_years(store, AGRIFOOD, table.index.year),
                rate=_rate(_, "CAD", chosen.currency),
                definition=_(
                    "The table calls them exports, but those to the United States equal domestic exports; we read both "
                    "as being without re-exports."
                ),
            ),
            source,
        ),
        remarks=[
            _("This is the first of the NAPCS sections in a table of its own; it is never added to the others."),
            *first_releases(_, status.preliminary(store, AGRIFOOD, table.index.year)),
        ],
    )


def _first_and_last(_: Text, table: pd.DataFrame, line: Line, unit: Money) -> str:
    known = table[line.column].dropna()
    return _(
        "{name}: {first_value} in {first}, {last_value} in {last}.",
        name=line.full_name,
        first_value=unit.full(_, known.iloc[0]),
        first=_.period(known.index[0], "A"),
        last_value=unit.full(_, known.iloc[-1]),
        last=_.period(known.index[-1], "A"),
    )


def baci_chart(view: View, store: Store) -> Chart:
    """Ten products of Canada's exports to Mexico in 2023, reconciled from both countries' records."""
    _, chosen, palette = view.text, view.selection, view.palette
    table = classifications.baci(store, chosen)
    names = product_names(view, store, "HS6")
    unit = Money(chosen.currency, MILLIONS)
    source = _source(view, store, BACI, 2023, 2023)
    bars = [
        Bar(
            names[row.product_code],
            [
                Part(
                    row.value / unit.divisor,
                    palette.neutral,
                    f"<b>{names[row.product_code]}</b><br>{unit.full(_, row.value)}",
                )
            ],
            [unit.short(_, row.value / unit.divisor), _.verbatim(row.product_code)],
            palette.ink,
        )
        for row in table.itertuples()
    ]
    what = _("Reconciled from the reports of both countries by CEPII; not Canada’s customs figures.")
    return Chart(
        name="baci",
        title=_("Ten largest products of Canada’s exports to Mexico, reconciled from both countries’ reports"),
        subtitle=_(
            "2023, {unit}, HS products of six digits; a secondary figure, not Canada’s customs record",
            unit=unit.name(_),
        ),
        source=source,
        summary=[
            _("{name}: {amount}.", name=names[row.product_code], amount=_.money(row.value, chosen.currency))
            for row in table.head(3).itertuples()
        ],
        figure=bars_figure(_, palette, bars, [Heading(_("Value"), 56), Heading(_("Code"), 66)]),
        columns=lambda: [
            Column(_("Product"), [names[code] for code in table["product_code"]], numeric=False),
            Column(_("HS code"), [_.verbatim(code) for code in table["product_code"]]),
            Column(unit.header(_), [unit.cell(_, v) for v in table["value"]]),
        ],
        file_name=_file_name(view, "baci", 2023, 2023),
        path=PATH,
        passport=sources_passport(view, source, what),
        remarks=[
            _(
                "The ten are about 35 per cent of the total the site gives, and that total is higher than Canada’s own "
                "figure. The rest is not shown there."
            ),
            _("The site prints names only; the codes were assigned from the wording."),
        ],
    )
