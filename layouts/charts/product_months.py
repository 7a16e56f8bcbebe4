"""Months by section of US trade with Mexico."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from data.queries.product_history import Months
from data.schema.fields import DATE
from layouts.charts.product_columns import (
    SCHEMES,
    coded,
    days,
    hollow,
    known_span,
    numbers,
    of_record,
    one_decimal,
    status_legend,
    statuses_of,
    two_decimals,
    unit_column,
)
from layouts.charts.trade import break_lines
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, constant
from layouts.components.source_line import source_line
from layouts.figures.lines import Line, lines_figure
from layouts.figures.products_panels import LINE_LENGTH, Panel, panels_figure
from layouts.view import View
from layouts.wording import products as words
from layouts.wording.units import Money


def monthly_chart(view: View, it: Months) -> Chart:
    """Months of one section, or of the largest, each on a scale of its own."""
    _, chosen, flow = view.text, view.selection, words.flow_words(view)
    unit = Money.of(it.by.values, chosen.currency)
    line = source_line(_, it.facts.origin)
    title = _("{flow} by month: the five largest sections", flow=flow)
    if it.section:
        title = _("{flow} by month: {product}", flow=flow, product=words.subject(_, it.facts.names, it.section))
    return Chart(
        name="products-months",
        title=title,
        subtitle=_("{span}, {unit}, customs basis", span=known_span(_, it.by.values, "M"), unit=unit.name(_)),
        source=line,
        summary=[_months_summary(view, it, code) for code in it.shown],
        figure=_months_figure(view, it, unit),
        columns=lambda: [*_month_columns(view, it), *_file_columns(view, it)],
        file_name=words.file_name(view, it.facts, "products-months", monthly=True),
        metadata=words.metadata(view, it.facts, line, statuses_of(_rows(it))),
        remarks=hollow(_, _lined(it), it.shown)
        if it.section
        else [_("Each section has a scale of its own; values compare in the table.")],
        breaks=break_lines(_, it.broken),
        legend=status_legend(_, _rows(it)),
    )


def _months_figure(view: View, it: Months, unit: Money) -> go.Figure:
    _, colour, names = view.text, words.flow_colour(view), it.facts.names
    if len(it.shown) > 1:
        panels = [
            Panel(
                words.full_name(_, names, code),
                it.by.values[code],
                unit,
                colour,
                words.drill(view, code),
                words.name_lines(_, names, code, LINE_LENGTH),
            )
            for code in it.shown
        ]
        return panels_figure(_, view.palette, panels, "M")
    (code,) = it.shown
    record = words.record(view, it.facts)
    line = Line(code, words.code_name(_, code), words.full_name(_, names, code), colour, record)
    return lines_figure(_, view.palette, _lined(it), [line], unit, "M", breaks=it.broken, shaded=None, height=340)


def _lined(it: Months) -> pd.DataFrame:
    """Values with their statuses beside them, as lines are drawn."""
    return it.by.values.join(it.by.statuses.add_suffix("_status"))


def _months_summary(view: View, it: Months, code: str) -> str:
    _, chosen, values = view.text, view.selection, it.by.values[code]
    return _(
        "{name}: {first_value} in {first}, {last_value} in {last}.",
        name=words.subject(_, it.facts.names, code),
        first_value=_.money(values.iloc[0], chosen.currency),
        first=_.month(values.index[0]),
        last_value=_.money(values.iloc[-1], chosen.currency),
        last=_.month(values.index[-1]),
    )


def _of_section(it: Months, code: str) -> pd.DataFrame:
    """Months of one section: value and share, their statuses, the source."""
    return pd.DataFrame(
        {
            "value": it.by.values[code],
            "value_status": it.by.statuses[code],
            "value_source": it.by.sources[code],
            "share": it.shares[code],
            "share_status": it.share_statuses[code],
        }
    )


def _rows(it: Months) -> pd.DataFrame:
    """The sections under each other, which is how programs read them."""
    return pd.concat([_of_section(it, code).assign(code=code) for code in it.shown])


def _month_columns(view: View, it: Months) -> list[DataColumn]:
    """The sections beside each other, which is how readers compare them."""
    _ = view.text
    money, per_cent = Money(view.selection.currency).header(_), _("per cent")
    columns = [DataColumn("month", _("Month"), list(it.by.values.index), DATE, _.month, in_file=False)]
    for code in it.shown:
        name, table = words.full_name(_, it.facts.names, code), _of_section(it, code)
        value = _("{name}, {unit}", name=name, unit=money)
        share = _("{name}, share of all goods, per cent", name=name)
        columns += [
            numbers(table, "value", f"value_{code}", value, one_decimal(_), money, in_file=False),
            numbers(table, "share", f"share_{code}", share, two_decimals(_), per_cent, in_file=False),
        ]
    return columns


def _file_columns(view: View, it: Months) -> list[DataColumn]:
    _, facts, table = view.text, it.facts, _rows(it)
    money = Money(view.selection.currency).header(_)
    names = [words.product_name(_, facts.names, code) for code in table["code"]]
    return [
        days("period", _("Month"), table.index),
        constant("frequency", _("A by year, M by month"), "M", len(table)),
        *of_record(
            _,
            len(table),
            reporter=facts.reporter,
            partner=facts.partner,
            flow=facts.flow,
            product_scheme=SCHEMES["section"],
        ),
        *coded(_, list(table["code"]), names),
        numbers(table, "value", "value", _("Value"), unit=money, on_page=False),
        numbers(table, "share", "share_pct", _("Share of all goods, per cent"), unit=_("per cent"), on_page=False),
        unit_column(_, view.selection.currency, len(table)),
    ]
