"""Products in other classifications than the Harmonized System, each with its own source and coverage."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from data.queries.classifications import Agrifood, Facts, Listed, Sections
from data.queries.records import Record
from data.schema.fields import TEXT
from data.selection import FLOWS
from layouts.charts.product_columns import (
    annual,
    by_year,
    coded,
    days,
    hollow,
    numbers,
    of_record,
    one_decimal,
    signs,
    status_legend,
    statuses_of,
    unit_column,
)
from layouts.charts.sitc import translated
from layouts.charts.trade import PROGRAM_NAMES, value_column
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, period_columns, text_column
from layouts.components.metadata import Flows, sources_metadata, trade_metadata
from layouts.components.source_line import source_line
from layouts.components.status import marked
from layouts.figures.lines import Line, lines_figure
from layouts.figures.ranking import Bar, Heading, Part, bars_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import MILLIONS, Money


def _rate(_: Text, facts: Facts, shown: str) -> str:
    if facts.recorded == shown:
        return _("Currency of record; nothing is converted.")
    recorded = _.currency(facts.recorded)
    return _("Recorded in {currency}; converted at the average rate of each period.", currency=recorded)


def _file_name(view: View, name: str, first: int, last: int) -> str:
    return replace(view.selection, years=(first, last), freq="annual").file_name(name)


def napcs_chart(view: View, it: Sections) -> Chart:
    """One flow between Canada and the United States by section, as Canada records it."""
    _, chosen, facts = view.text, view.selection, it.facts
    names = translated(_, facts.names)
    unit = Money.of(it.table["value"], chosen.currency)
    source = source_line(_, facts.origin)
    domestic = it.flow == "domestic_export"
    record = Record(facts.reporter, facts.partner, chosen.currency, coverage="domestic" if domestic else "total")
    return Chart(
        name="napcs",
        title=_("Canada’s domestic exports to the United States by section, as Canada reports them")
        if domestic
        else _("Canada’s imports from the United States by section, as Canada reports them"),
        subtitle=_napcs_subtitle(view, it, unit),
        source=source,
        summary=[_napcs_line(view, it, names, code) for code in it.table.index[:3]],
        figure=_napcs_figure(view, it, names, unit),
        columns=lambda: [*_napcs_columns(view, it, names), *_napcs_file_columns(view, it, names)],
        file_name=_file_name(view, "napcs-" + it.flow.replace("_", "-"), it.years[0], it.year),
        metadata=trade_metadata(
            view,
            Flows([record], [it.flow], statuses=statuses_of(it.series), rate=_rate(_, facts, chosen.currency)),
            source,
        ),
        remarks=[*_napcs_remarks(view, it), *signs(_, it.table)],
        legend=status_legend(_, it.series),
    )


def _napcs_subtitle(view: View, it: Sections, unit: Money) -> str:
    _ = view.text
    words = {"year": it.year, "unit": unit.name(_)}
    if it.flow == "domestic_export":
        return _("{year}, {unit}, customs basis, NAPCS sections; without re-exports", **words)
    return _("{year}, {unit}, customs basis, NAPCS sections", **words)


def _napcs_remarks(view: View, it: Sections) -> list[str]:
    _, first, last = view.text, it.years[0], it.years[-1]
    said = [_("The small lines run from {first} to {last}, each on its own scale from zero.", first=first, last=last)]
    if it.flow == "domestic_export":
        said.append(_("Domestic exports are smaller than the total exports shown on the other pages."))
    if it.asked != it.year:
        said.append(
            _(
                "Section data run from {first} to {last}; {year} is shown instead of {asked}.",
                first=first,
                last=last,
                year=it.year,
                asked=it.asked,
            )
        )
    return said


def _napcs_line(view: View, it: Sections, names: dict[str, str], code: str) -> str:
    _, row = view.text, it.table.loc[code]
    return _(
        "{name}: {amount}, {share} of the flow.",
        name=names[code],
        amount=_.money(row["value"], view.selection.currency),
        share=_.percent(row["share"]),
    )


def _napcs_figure(view: View, it: Sections, names: dict[str, str], unit: Money) -> go.Figure:
    _ = view.text
    colour = view.colour(it.facts.reporter if it.flow == "domestic_export" else it.facts.partner)
    history, bars = it.wide(), []
    for row in it.table.itertuples():
        amount, share = _.money(row.value, view.selection.currency), _.percent(row.share)
        words = _("{amount}, {share} of the flow.", amount=amount, share=share)
        said = f"<b>{names[row.Index]}</b><br>{words}"
        cells = [
            marked(unit.short(_, row.value / unit.divisor), row.value_status),
            marked(_.percent(row.share), row.share_status),
            marked(_.signed_percent(row.growth), row.growth_status),
        ]
        trend = list(history[row.Index])
        bars.append(
            Bar(names[row.Index], [Part(row.value / unit.divisor, colour, said)], cells, view.palette.ink, trend=trend)
        )
    headings = [Heading(_("Value"), 50), Heading(_("Share"), 54), Heading(_("on {year}", year=it.year - 1), 62)]
    years = _.span(str(it.years[0]), str(it.years[-1]))
    return bars_figure(_, view.palette, bars, headings, trend=years)


def _napcs_columns(view: View, it: Sections, names: dict[str, str]) -> list[DataColumn]:
    """The sections with their years beside each other, the newest first, which is how readers compare them."""
    _, table, money = view.text, it.table, Money(view.selection.currency).header(view.text)
    shares, growth = _("Share, per cent"), _("Year-over-year change, per cent")
    per_cent = _("per cent")
    columns = [
        DataColumn("section", _("Section"), [names[code] for code in table.index], TEXT, in_file=False),
        numbers(table, "share", "share", shares, one_decimal(_), per_cent, in_file=False),
        numbers(table, "growth", "growth", growth, _.signed, per_cent, in_file=False),
    ]
    for year in reversed(it.years):
        of_year = it.series[it.series["period"].dt.year == year].set_index("product_code").reindex(table.index)
        header = _("{name}, {unit}", name=_.verbatim(str(year)), unit=money)
        columns.append(numbers(of_year, "value", f"value_{year}", header, one_decimal(_), money, in_file=False))
    return columns


def _napcs_file_columns(view: View, it: Sections, names: dict[str, str]) -> list[DataColumn]:
    """The same under each other, with the share and the change of every year, which is how programs read them."""
    _, facts, rows = view.text, it.facts, it.series
    # Sections in the order of the page.
    rows = pd.concat([rows[rows["product_code"] == code] for code in it.table.index])
    money, per_cent = Money(view.selection.currency).header(_), _("per cent")
    growth = _("Year-over-year change, per cent")
    return [
        *coded(_, list(rows["product_code"]), [names[code] for code in rows["product_code"]]),
        *_record_columns(_, facts, len(rows), "NAPCS", it.flow),
        days("period", _("Year"), rows["period"]),
        annual(_, len(rows)),
        numbers(rows, "value", "value", _("Value"), unit=money, on_page=False),
        numbers(rows, "share", "share_pct", _("Share, per cent"), unit=per_cent, on_page=False),
        numbers(rows, "growth", "change_pct", growth, unit=per_cent, on_page=False),
        unit_column(_, view.selection.currency, len(rows)),
    ]


def _record_columns(_: Text, facts: Facts, rows: int, scheme: str, *flow: str) -> list[DataColumn]:
    """Whose record the rows are of; of which flow, where they are of one."""
    of_one = {"flow": flow[0]} if flow else {}
    return of_record(_, rows, reporter=facts.reporter, partner=facts.partner, product_scheme=scheme, **of_one)


def agrifood_chart(view: View, it: Agrifood) -> Chart:
    """Canada's exports and imports of agri-food products with the partner of the pair."""
    _, chosen, table, facts = view.text, view.selection, it.table, it.facts
    unit = Money.of(table[list(FLOWS)], chosen.currency)
    first, last = int(table.index[0].year), int(table.index[-1].year)
    source = source_line(_, facts.origin)
    lines = _agrifood_lines(view, facts)
    return Chart(
        name="agrifood",
        title=_(
            "Canada’s trade in farm, fishing and intermediate food products with {partner}, as Canada reports it",
            partner=countries.partner(_, facts.partner),
        ),
        subtitle=_(
            "{span}, {unit}, customs basis; exports without re-exports; shaded: the balance",
            span=_.years((first, last)),
            unit=unit.name(_),
        ),
        source=source,
        summary=[_first_and_last(_, table, line, unit) for line in lines],
        # Imports know no re-exports; the view sets the two beside each other and says so.
        figure=lines_figure(_, view.palette, table, lines, unit, "A", comparing="coverage", height=360),
        columns=lambda: [
            *period_columns(_, table.index, "A"),
            *_record_columns(_, facts, len(table), "NAPCS"),
            *(value_column(_, table, line.column, line.full_name, unit, PROGRAM_NAMES[line.column]) for line in lines),
            unit_column(_, chosen.currency, len(table)),
        ],
        file_name=_file_name(view, "agrifood", first, last),
        metadata=trade_metadata(
            view,
            Flows(
                [lines[0].record],
                ["domestic_export", "import"],
                statuses=statuses_of(table),
                rate=_rate(_, facts, chosen.currency),
                definition=_(
                    "The table calls them exports, but those to the United States equal domestic exports; we read both "
                    "as being without re-exports."
                ),
            ),
            source,
        ),
        remarks=[
            _("This is the first of the NAPCS sections in a table of its own; it is never added to the others."),
            *hollow(_, table, FLOWS),
        ],
        legend=status_legend(_, table),
    )


def _agrifood_lines(view: View, facts: Facts) -> list[Line]:
    _ = view.text
    domestic = Record(facts.reporter, facts.partner, view.selection.currency, coverage="domestic")
    to, come_from = countries.partner(_, facts.partner), countries.origin(_, facts.partner)
    return [
        Line("export", _("Exports"), _("Exports to {partner}", partner=to), view.colour(facts.reporter), domestic),
        Line(
            "import",
            _("Imports"),
            _("Imports from {partner}", partner=come_from),
            view.colour(facts.partner),
            replace(domestic, coverage="total"),
            "7px,3px",
        ),
    ]


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


def baci_chart(view: View, it: Listed) -> Chart:
    """The largest products of Canada's exports to Mexico in one year, reconciled from both countries' records."""
    _, chosen, palette, table = view.text, view.selection, view.palette, it.table
    names = translated(_, it.facts.names)
    unit = Money(chosen.currency, MILLIONS)
    source = source_line(_, it.facts.origin)
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
            [marked(unit.short(_, row.value / unit.divisor), row.status), _.verbatim(row.product_code)],
            palette.ink,
        )
        for row in table.itertuples()
    ]
    what = _("Reconciled from the reports of both countries by CEPII; not Canada’s customs figures.")
    return Chart(
        name="baci",
        title=_("Ten largest products of Canada’s exports to Mexico, reconciled from both countries’ reports"),
        subtitle=_(
            "{year}, {unit}, HS products of six digits; a secondary figure, not Canada’s customs record",
            year=it.year,
            unit=unit.name(_),
        ),
        source=source,
        summary=[
            _("{name}: {amount}.", name=names[row.product_code], amount=_.money(row.value, chosen.currency))
            for row in table.head(3).itertuples()
        ],
        figure=bars_figure(_, view.palette, bars, [Heading(_("Value"), 56), Heading(_("Code"), 66)]),
        columns=lambda: _baci_columns(view, it, names),
        file_name=_file_name(view, "baci", it.year, it.year),
        metadata=sources_metadata(view, source, what, statuses=statuses_of(table)),
        remarks=[
            _(
                "The ten are about 35 per cent of the total the site gives, and that total is higher than Canada’s own "
                "figure. The rest is not shown there."
            ),
            _("The site prints names only; the codes were assigned from the wording."),
            *signs(_, table),
        ],
        legend=status_legend(_, table),
    )


def _baci_columns(view: View, it: Listed, names: dict[str, str]) -> list[DataColumn]:
    _, rows = view.text, len(it.table)
    table = it.table.rename(columns={"status": "value_status", "source_id": "value_source"})
    money, codes = Money(view.selection.currency).header(_), list(table["product_code"])
    return [
        text_column("product", _("Product"), [names[code] for code in codes]),
        text_column("product_code", _("HS code"), codes, _.verbatim),
        *_record_columns(_, it.facts, rows, "HS6", str(table["flow"].iloc[0])),
        *by_year(_, it.year, rows),
        numbers(table, "value", "value", money, one_decimal(_), money),
        unit_column(_, view.selection.currency, rows),
    ]
