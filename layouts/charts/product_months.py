"""Months by section of US trade with Mexico."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from data.queries import products
from data.store import Store
from layouts.charts.product_history import breaks_of, span_of
from layouts.charts.trade import break_lines
from layouts.components.chart import Chart
from layouts.components.table import Column
from layouts.figures.lines import Line, Span, lines_figure
from layouts.figures.products_panels import LINE_LENGTH, Panel, panels_figure
from layouts.view import View
from layouts.wording import products as words
from layouts.wording.units import Money

LARGEST_SECTIONS = 5


def monthly_chart(view: View, store: Store) -> Chart | None:
    """Months of the chosen section, or of the five largest; None when no chosen month is on record."""
    _, chosen = view.text, view.selection
    months = products.monthly_sections(store, products.us_flow(chosen), chosen.currency)
    months = months[(months.index.year >= chosen.years[0]) & (months.index.year <= chosen.years[1])]
    if months.empty:
        return None
    section = products.section_of(store, chosen.product)
    order = months.iloc[-12:].sum().sort_values(ascending=False, kind="stable").index
    shown = [section] if section else list(order[:LARGEST_SECTIONS])
    unit = Money.of(months[shown], chosen.currency)
    line = words.source(view, store, monthly=True)
    name = words.subject(view, store, section) if section else ""
    return Chart(
        name="products-months",
        title=_("{flow} by month: {product}", flow=words.flow_words(view), product=name)
        if section
        else _("{flow} by month: the five largest sections", flow=words.flow_words(view)),
        subtitle=_("{span}, {unit}, customs basis", span=span_of(_, months, "M"), unit=unit.name(_)),
        source=line,
        summary=[_months_summary(view, store, months[code]) for code in shown],
        figure=_months_figure(view, store, months, shown, unit),
        columns=lambda: _month_columns(view, store, months, shown),
        file_name=words.file_name(view, "products-months", monthly=True),
        path=words.PATH,
        passport=words.passport(view, store, line),
        remarks=[
            *([] if section else [_("Each section has a scale of its own; values compare in the table.")]),
            *words.first_releases(view, store),
        ],
        breaks=break_lines(_, breaks_of(store, Span.of(months, "M"))) if section else (),
    )


def _months_figure(view: View, store: Store, months: pd.DataFrame, shown: list[str], unit: Money) -> go.Figure:
    _, colour = view.text, words.flow_colour(view)
    if len(shown) > 1:
        panels = [
            Panel(
                words.full_name(view, store, c),
                months[c],
                unit,
                colour,
                words.drill(view, c),
                words.name_lines(view, store, c, LINE_LENGTH),
            )
            for c in shown
        ]
        return panels_figure(_, view.palette, panels, "M")
    (code,) = shown
    line = Line(
        code, words.code_name(_, code), words.full_name(view, store, code), colour, words.record(view.selection)
    )
    broken = breaks_of(store, Span.of(months, "M"))
    return lines_figure(_, view.palette, months[[code]], [line], unit, "M", breaks=broken, shaded=None, height=340)


def _months_summary(view: View, store: Store, values: pd.Series) -> str:
    _, chosen = view.text, view.selection
    return _(
        "{name}: {first_value} in {first}, {last_value} in {last}.",
        name=words.subject(view, store, str(values.name)),
        first_value=_.money(values.iloc[0], chosen.currency),
        first=_.month(values.index[0]),
        last_value=_.money(values.iloc[-1], chosen.currency),
        last=_.month(values.index[-1]),
    )


def _month_columns(view: View, store: Store, months: pd.DataFrame, shown: list[str]) -> list[Column]:
    _ = view.text
    unit = _("million {currency}", currency=_.currency(view.selection.currency))
    whole = months.sum(axis=1, min_count=1)
    columns = [Column(_("Month"), [_.month(period) for period in months.index], numeric=False)]
    for code in shown:
        name = words.full_name(view, store, code)
        columns += [
            Column(_("{name}, {unit}", name=name, unit=unit), [_.number(v, 1) for v in months[code]]),
            Column(
                _("{name}, share of all goods, per cent", name=name),
                [_.number(v, 2) for v in months[code] / whole * 100],
            ),
        ]
    return columns
