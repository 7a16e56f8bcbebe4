"""What drove the change of a flow between two years, product by product."""

from __future__ import annotations

import pandas as pd

from data.queries.product_ranking import Contributions
from layouts.charts.product_columns import (
    SCHEMES,
    SIGN,
    by_year,
    compared_with,
    numbers,
    of_record,
    one_decimal,
    product_columns,
    signs,
    status_legend,
    statuses_of,
    unit_column,
)
from layouts.components.chart import Chart
from layouts.components.data_column import ITEM, REST, TOTAL, DataColumn, row_types
from layouts.components.source_line import source_line
from layouts.components.status import marked
from layouts.figures.products import LINE_LENGTH, Head, Row, rows_figure
from layouts.view import View
from layouts.wording import products as words
from layouts.wording import rounding
from layouts.wording.units import Money


def contributions_chart(view: View, it: Contributions) -> Chart:
    """Show what drove the change between two years: each part in value and in percentage points, and the rest."""
    _, chosen = view.text, view.selection
    unit = Money.of(pd.Series([*it.rows["change"], it.change]), chosen.currency)
    rows = [_moved(view, it, row, unit) for row in it.rows.itertuples(index=False)]
    rows.append(_moved_in_all(view, it, unit))
    room = SIGN if signs(_, it.rows) else 0
    heads = [Head(_("Change"), 60 + room), Head(_("Points"), 58 + room)]
    line = source_line(_, it.facts.origin)
    return Chart(
        name="products-change",
        title=_change_title(view, it),
        subtitle=_(
            "{against} to {year}, {unit}, customs basis; points: percentage points of the growth of the whole",
            against=it.against,
            year=it.year,
            unit=unit.name(_),
        ),
        source=line,
        summary=_change_summary(view, it),
        figure=rows_figure(view.palette, rows, heads),
        columns=lambda: _change_columns(view, it),
        file_name=words.file_name(view, it.facts, f"products-change-{it.against}", it.year),
        metadata=words.metadata(
            view,
            it.facts,
            line,
            statuses_of(it.rows),
            definition=_("A part’s change, and that change in per cent of the whole of the earlier year."),
            computations=[_("Parts and the rest add up to the change of the whole.")],
        ),
        remarks=[_change_finding(view, it), *signs(_, it.rows), *_rounded(view, it)],
        legend=status_legend(_, it.rows),
    )


def _change_title(view: View, it: Contributions) -> str:
    _ = view.text
    names = {"flow": words.flow_words(view), "against": it.against, "year": it.year}
    if it.scope.section:
        section = words.product_name(_, it.facts.names, it.scope.section)
        return _("What drove the change from {against} to {year} in {flow}: {section}", section=section, **names)
    return _("What drove the change from {against} to {year} in {flow}", **names)


def _moved(view: View, it: Contributions, row, unit: Money) -> Row:
    """A part of the change: risen in the colour of the seller, fallen in grey, the rest in light grey."""
    _, names = view.text, it.facts.names
    name = words.full_name(_, names, row.code) if row.code else _("All others")
    colour = words.flow_colour(view) if row.change > 0 else view.palette.neutral
    said = _(
        "{change}, {points} points",
        change=_.money(row.change, unit.currency),
        points=_.signed(row.points, 2),
    )
    return Row(
        lines=words.name_lines(_, names, row.code, LINE_LENGTH) if row.code else [name],
        value=row.change / unit.divisor,
        colour=colour if row.code else view.palette.neutral_soft,
        cells=[
            marked(words.amount(_, row.change, unit, signed=True), row.change_status),
            marked(_.signed(row.points, 2), row.points_status),
        ],
        hover=words.hover(name, [said]),
        href=words.drill(view, row.code) if row.code else "",
        strong=bool(row.code) and row.code == view.selection.product,
    )


def _moved_in_all(view: View, it: Contributions, unit: Money) -> Row:
    _ = view.text
    name = _("Together")
    return Row(
        lines=[name],
        value=it.change / unit.divisor,
        colour=view.palette.ink,
        cells=[
            marked(words.amount(_, it.change, unit, signed=True), it.change_status),
            marked(_.signed(it.growth, 2), it.change_status),
        ],
        hover=words.hover(name, [_.money(it.change, unit.currency)]),
        strong=True,
    )


def _change_finding(view: View, it: Contributions) -> str:
    _, chosen = view.text, view.selection
    return _(
        "All goods: {before} in {against}, {after} in {year}: {growth}.",
        before=_.money(it.before, chosen.currency),
        against=it.against,
        after=_.money(it.after, chosen.currency),
        year=it.year,
        growth=_.signed_percent(it.growth),
    )


def _change_summary(view: View, it: Contributions) -> list[str]:
    _, chosen = view.text, view.selection
    named = it.rows[it.rows["code"] != ""]
    order = named["change"].abs().sort_values(ascending=False).index[:3]
    return [_change_finding(view, it)] + [
        _(
            "{name}: {change}, {points} percentage points.",
            name=words.subject(_, it.facts.names, row.code),
            change=_.money(row.change, chosen.currency),
            points=_.signed(row.points, 2),
        )
        for row in named.loc[order].itertuples(index=False)
    ]


def _change_columns(view: View, it: Contributions) -> list[DataColumn]:
    """The parts, the rest where there is one, and the whole."""
    _, facts, table = view.text, it.facts, _with_whole(it)
    money, rows = Money(view.selection.currency).header(_), len(table)
    codes = [code for code in it.rows["code"] if code]
    rest = [_("All others")] if len(codes) < len(it.rows) else []

    def year(of: int) -> str:
        return _("{year}, {unit}", year=of, unit=money)

    return [
        *product_columns(view, facts.names, codes, [*rest, _("Together")]),
        row_types(_, [*[ITEM] * len(codes), *[REST] * len(rest), TOTAL]),
        *of_record(
            _,
            rows,
            reporter=facts.reporter,
            partner=facts.partner,
            flow=facts.flow,
            product_scheme=SCHEMES[it.scope.level],
        ),
        *by_year(_, it.year, rows),
        compared_with(_, it.against, rows),
        numbers(table, "before", "value_before", year(it.against), one_decimal(_), money),
        numbers(table, "value", "value", year(it.year), one_decimal(_), money),
        numbers(table, "change", "change", _("Change, {unit}", unit=money), _.signed, money),
        numbers(table, "points", "points", _("Percentage points"), lambda v: _.signed(v, 2), _("percentage points")),
        unit_column(_, view.selection.currency, rows),
    ]


def _rounded(view: View, it: Contributions) -> list[str]:
    """The note on rounding, where parts and rest as the table writes them miss the whole."""
    table = _with_whole(it)
    columns = [tuple(table[column]) for column in ("before", "value", "change")]
    missed = rounding.numbers_part(columns, 1) or rounding.numbers_part([tuple(table["points"])], 2)
    return [rounding.note(view.text)] if missed else []


def _with_whole(it: Contributions) -> pd.DataFrame:
    """The rows and the whole under them."""
    whole = {
        "before": it.before,
        "before_status": it.before_status,
        "value": it.after,
        "value_status": it.after_status,
        "change": it.change,
        "change_status": it.change_status,
        "points": it.growth,
        "points_status": it.change_status,
    }
    return pd.concat([it.rows, pd.DataFrame([whole])], ignore_index=True)
