"""The six flows of goods by SITC section in the three years that are held."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pandas as pd

from data.queries.classifications import Shares
from data.queries.records import Record
from data.schema.fields import INTEGER, TEXT
from data.selection import Selection
from layouts.charts.product_columns import (
    annual,
    coded,
    days,
    numbers,
    one_decimal,
    status_legend,
    statuses_of,
    unit_column,
)
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, text_column
from layouts.components.metadata import Flows, trade_metadata
from layouts.components.source_line import source_line
from layouts.figures.multiples import Panel, Strip, strips_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import Money

# Sections that stand at the two ends of each bar: machinery and transport equipment, and fuels.
FIRST_SECTION, LAST_SECTION = "7", "3"
# Share in per cent by exporter, importer, year and section.
ByFlow = dict[tuple[str, str, int, str], float]


def translated(_: Text, names: Mapping[str, str]) -> dict[str, str]:
    """Names of products by code, in the reader’s language."""
    return {code: _.data(name) for code, name in names.items()}


def sitc_chart(view: View, it: Shares) -> Chart:
    """The make-up of the six flows in three years, as their exporters report them."""
    _, table = view.text, it.table
    names, sellers = translated(_, it.names), sorted(table["exporter"].unique())
    flows = _ordered_flows(view.selection, table)
    source = source_line(_, it.origin)
    shares = table.set_index(["exporter", "importer", "year", "product_code"])["share"].to_dict()
    years = [int(year) for year in sorted(table["year"].unique())]
    panels = [_sitc_panel(view, shares, years, names, flow) for flow in flows]
    every = [Record(exporter, importer, it.currency) for exporter, importer in flows]
    return Chart(
        name="sitc",
        title=_(
            "What {countries} sell each other, as each seller reports it",
            countries=_.listing(countries.subject(_, seller) for seller in sellers),
        ),
        subtitle=_(
            "{years}, share of SITC sections in each flow, values in US dollars; pale: the eight other sections",
            years=_.listing(str(year) for year in years),
        ),
        source=source,
        summary=[_sitc_line(view, shares, years, flow) for flow in flows],
        figure=strips_figure(_, view.palette, panels, _("Machinery and transport"), _("Fuels")),
        columns=lambda: _sitc_columns(view, it, names),
        file_name=f"sitc_{'-'.join(sellers).lower()}_{years[0]}-{years[-1]}",
        metadata=trade_metadata(
            view,
            Flows(
                every,
                conventions=[(country, "export") for country in sellers],
                statuses=statuses_of(table),
                rate=_("Values as the source gives them; nothing is converted here."),
                definition=_("Share: the value of a section in per cent of the sum of all ten sections of the flow."),
            ),
            source,
        ),
        remarks=[_("Three single years; no data for the years between.")],
        legend=status_legend(_, table),
    )


def _ordered_flows(chosen: Selection, table: pd.DataFrame) -> list[tuple[str, str]]:
    """The six flows, those of the chosen pair first, each pair with the chosen country’s exports before the others’."""
    pair = {chosen.reporter, chosen.partner}
    pairs = combinations(sorted(table["exporter"].unique()), 2)
    ordered = sorted(pairs, key=lambda two: set(two) != pair)
    both = [flow for one, two in ordered for flow in ((one, two), (two, one))]
    return sorted(both, key=lambda flow: (set(flow) != pair, set(flow) == pair and flow[0] != chosen.reporter))


def _flow_name(view: View, flow: tuple[str, str]) -> str:
    _ = view.text
    return _(
        "{exporter} to {importer}",
        exporter=countries.sentence_start(_, flow[0]),
        importer=countries.partner(_, flow[1]),
    )


def _sitc_panel(view: View, shares: ByFlow, years: list[int], names: dict[str, str], flow: tuple[str, str]) -> Panel:
    _, palette, chosen = view.text, view.palette, view.selection
    strong = set(flow) == {chosen.reporter, chosen.partner}
    colours = {
        FIRST_SECTION: view.colour(flow[0]) if strong else palette.neutral,
        LAST_SECTION: palette.muted if strong else palette.neutral,
    }
    order = [FIRST_SECTION, *(code for code in sorted(names) if code not in colours), LAST_SECTION]
    strips = [
        Strip(
            str(year),
            [
                (
                    share := shares[*flow, year, code],
                    colours.get(code, palette.hairline),
                    _sitc_hover(view, names[code], year, share),
                )
                for code in order
            ],
        )
        for year in years
    ]
    return Panel(_flow_name(view, flow), view.colour(flow[0]) if strong else palette.ink, strips, strong)


def _sitc_hover(view: View, name: str, year: int, share: float) -> str:
    _ = view.text
    return f"<b>{name}</b><br>" + _("{period}: {value}", period=year, value=_.percent(share))


def _sitc_line(view: View, shares: ByFlow, years: list[int], flow: tuple[str, str]) -> str:
    _, first, last = view.text, years[0], years[-1]
    return _(
        "{flow}: machinery and transport equipment {machinery_first} in {first} and {machinery_last} in {last}, "
        "fuels {fuels_first} and {fuels_last}.",
        flow=_flow_name(view, flow),
        machinery_first=_.percent(shares[*flow, first, FIRST_SECTION]),
        machinery_last=_.percent(shares[*flow, last, FIRST_SECTION]),
        fuels_first=_.percent(shares[*flow, first, LAST_SECTION]),
        fuels_last=_.percent(shares[*flow, last, LAST_SECTION]),
        first=first,
        last=last,
    )


def _sitc_columns(view: View, it: Shares, names: dict[str, str]) -> list[DataColumn]:
    _ = view.text
    money = Money(it.currency).header(_)
    table = pd.concat([_of_flow(it.table, flow) for flow in _ordered_flows(view.selection, it.table)])
    flows = list(zip(table["exporter"], table["importer"], strict=True))
    sections = [names[code] for code in table["product_code"]]
    years = [int(year) for year in table["year"]]
    value = _("{name}, {unit}", name=_("Value"), unit=money)
    return [
        DataColumn("flow", _("Flow"), flows, TEXT, lambda flow: _flow_name(view, flow), in_file=False),
        DataColumn("exporter", _("Exporter"), list(table["exporter"]), TEXT, on_page=False),
        DataColumn("importer", _("Importer"), list(table["importer"]), TEXT, on_page=False),
        text_column("product", _("Section"), sections),
        coded(_, list(table["product_code"]), sections)[0],
        DataColumn("year", _("Year"), years, INTEGER, lambda year: _.verbatim(str(year)), in_file=False),
        days("period", _("Year"), table["period"]),
        annual(_, len(table)),
        numbers(table, "value", "value", value, one_decimal(_), money),
        numbers(table, "share", "share_pct", _("Share, per cent"), one_decimal(_), _("per cent")),
        unit_column(_, it.currency, len(table)),
    ]


def _of_flow(table: pd.DataFrame, flow: tuple[str, str]) -> pd.DataFrame:
    rows = table[(table["exporter"] == flow[0]) & (table["importer"] == flow[1])]
    return rows.sort_values(["product_code", "year"])
