"""The products of a flow in one year: ranked, and as areas."""

from __future__ import annotations

import pandas as pd

from data.queries import products
from data.queries.product_ranking import Areas, Ranking
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
    two_decimals,
    unit_column,
)
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn
from layouts.components.source_line import source_line
from layouts.components.status import marked
from layouts.figures.products import LINE_LENGTH, Head, Row, rows_figure
from layouts.figures.products_treemap import LINE_LENGTH as TILE_LINE
from layouts.figures.products_treemap import Tile, treemap_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording import products as words
from layouts.wording.units import Money

# Rows that are named; the others are one row.
RANKED = 15


def ranking_chart(view: View, it: Ranking, ranked: int = RANKED) -> Chart:
    """Rank what is listed of the flow in its year, with shares, changes and the years that led to it.

    Args:
        view: how the chart is drawn.
        it: what it shows.
        ranked: so many are named; the others are one row.
    """
    _, chosen, table = view.text, view.selection, it.table
    unit = Money.of(table["value"], chosen.currency)
    # One row more is no longer than a row that sums up one product.
    shown = table if len(table) <= ranked + 1 else table.iloc[:ranked]
    rows = [_ranked(view, it, row, unit) for row in shown.itertuples(index=False)]
    if len(shown) < len(table):
        rows.append(_others(view, table.iloc[ranked:], unit))
    room = SIGN if signs(_, table) else 0
    heads = [Head(_("Value"), 56 + room), Head(_("Share"), 50 + room), Head(_("Change"), 62 + room)]
    line = source_line(_, it.facts.origin)
    return Chart(
        name="products-ranking",
        title=_ranking_title(view, it),
        subtitle=_ranking_subtitle(view, it, unit),
        source=line,
        summary=_ranking_summary(view, it),
        figure=rows_figure(view.palette, rows, heads, trend=_.span(str(it.facts.years[0]), str(it.year))),
        columns=lambda: _ranking_columns(view, it),
        file_name=words.file_name(view, it.facts, f"products-{it.scope.level}s", it.year),
        metadata=words.metadata(
            view,
            it.facts,
            line,
            statuses_of(table, missing=["value"]),
            definition=_("Shares are of the sum of all chapters of the flow, also inside a section."),
        ),
        remarks=[_("Each small line has a scale of its own."), *signs(_, table)],
        legend=status_legend(_, table),
    )


def _ranking_title(view: View, it: Ranking) -> str:
    _ = view.text
    names = {"flow": words.flow_words(view), "reporter": countries.subject(_, it.facts.reporter)}
    if it.scope.section:
        section = words.product_name(_, it.facts.names, it.scope.section)
        return _("{flow}: {section}, by chapter, as {reporter} records them", section=section, **names)
    if it.scope.level == "section":
        return _("{flow} by section, as {reporter} records them", **names)
    return _("{flow} by chapter, as {reporter} records them", **names)


def _ranking_subtitle(view: View, it: Ranking, unit: Money) -> str:
    _ = view.text
    if it.against is None:
        return _("{year}, {unit}, customs basis; share of all goods", year=it.year, unit=unit.name(_))
    return _(
        "{year}, {unit}, customs basis; share of all goods, change on {against}; stroke: {against}",
        year=it.year,
        unit=unit.name(_),
        against=it.against,
    )


def _ranked(view: View, it: Ranking, row, unit: Money) -> Row:
    """A row of the ranking; inside a section the chosen chapter stands out."""
    _, chosen, names = view.text, view.selection, it.facts.names
    strong = row.code == chosen.product
    faded = chosen.product and chosen.product not in view.coverage.sections and not strong
    return Row(
        lines=words.name_lines(_, names, row.code, LINE_LENGTH),
        value=row.value / unit.divisor,
        before=row.before / unit.divisor,
        colour=view.palette.neutral if faded else words.flow_colour(view),
        cells=[
            marked(words.amount(_, row.value, unit), row.value_status),
            marked(_share(view, row.share), row.share_status),
            marked(words.change(_, row.growth), row.growth_status),
        ],
        hover=words.hover(words.full_name(_, names, row.code), _said(view, it, row)),
        trend=list(it.history[row.code]),
        href=words.drill(view, row.code),
        strong=strong,
    )


def _share(view: View, share: float) -> str:
    _ = view.text
    return _.percent(share) if share == share else _.number(share)


def _said(view: View, it: Ranking, row) -> list[str]:
    """What is said of a product under the pointer."""
    _, chosen = view.text, view.selection
    said = [
        _(
            "{year}: {value}, {share} of all goods",
            year=it.year,
            value=_.money(row.value, chosen.currency),
            share=_.percent(row.share),
        )
    ]
    if row.before == row.before:
        said.append(
            _(
                "{year}: {value}, {share} of all goods",
                year=it.against,
                value=_.money(row.before, chosen.currency),
                share=_.percent(row.share_before),
            )
        )
        said.append(_("Change: {growth}", growth=words.change(_, row.growth)))
    return said


def _others(view: View, rest: pd.DataFrame, unit: Money) -> Row:
    """Sum up what is not named."""
    _ = view.text
    name = (
        _.ngettext("{count} other section", "{count} other sections", len(rest))
        if rest["code"].iloc[0] in view.coverage.sections
        else _.ngettext("{count} other chapter", "{count} other chapters", len(rest))
    )
    value, before, share = (float(rest[c].sum(min_count=1)) for c in ("value", "before", "share"))
    growth = (value / before - 1) * 100
    return Row(
        lines=[name],
        value=value / unit.divisor,
        before=before / unit.divisor,
        colour=view.palette.neutral_soft,
        cells=[words.amount(_, value, unit), _share(view, share), words.change(_, growth)],
        hover=words.hover(
            name, [_("{value}, {share} of all goods", value=_.money(value, unit.currency), share=_.percent(share))]
        ),
    )


def _ranking_summary(view: View, it: Ranking) -> list[str]:
    """Say what the three largest are."""
    _, chosen = view.text, view.selection
    return [
        _(
            "{name}: {value} in {year}, {share} of all goods, {growth} on {against}.",
            name=words.subject(_, it.facts.names, row.code),
            value=_.money(row.value, chosen.currency),
            year=it.year,
            share=_.percent(row.share),
            growth=words.change(_, row.growth),
            against=it.against,
        )
        if row.growth == row.growth
        else _(
            "{name}: {value} in {year}, {share} of all goods.",
            name=words.subject(_, it.facts.names, row.code),
            value=_.money(row.value, chosen.currency),
            year=it.year,
            share=_.percent(row.share),
        )
        for row in it.table.dropna(subset="value").head(3).itertuples(index=False)
    ]


def _ranking_columns(view: View, it: Ranking) -> list[DataColumn]:
    """Values and shares of the year and, where there is another to compare with, of that one and the change."""
    _, facts, table, rows = view.text, it.facts, it.table, len(it.table)
    money, per_cent = Money(view.selection.currency).header(_), _("per cent")
    this_year = _("{year}, {unit}", year=it.year, unit=money)
    return [
        *product_columns(view, facts.names, list(table["code"])),
        *of_record(
            _,
            rows,
            reporter=facts.reporter,
            partner=facts.partner,
            flow=facts.flow,
            product_scheme=SCHEMES[it.scope.level],
        ),
        *by_year(_, it.year, rows),
        numbers(table, "value", "value", this_year, one_decimal(_), money),
        numbers(table, "share", "share_pct", _("Share of all goods, per cent"), two_decimals(_), per_cent),
        *_compared_columns(view, it, money),
        unit_column(_, view.selection.currency, rows),
    ]


def _compared_columns(view: View, it: Ranking, money: str) -> list[DataColumn]:
    """The year compared with and the change; without one, columns of files that hold nothing."""
    _, table, per_cent = view.text, it.table, view.text("per cent")
    known = it.against is not None
    value, share = _("Value in the period compared with"), _("Share in the period compared with")
    if known:
        value = _("{year}, {unit}", year=it.against, unit=money)
        share = _("Share in {year}, per cent", year=it.against)
    change, growth = _("Change, {unit}", unit=money), _("Change, per cent")
    return [
        compared_with(_, it.against, len(table)),
        numbers(table, "before", "value_before", value, one_decimal(_), money, on_page=known),
        numbers(table, "share_before", "share_before_pct", share, two_decimals(_), per_cent, on_page=known),
        numbers(table, "change", "change", change, _.signed, money, on_page=known),
        numbers(table, "growth", "change_pct", growth, _.signed, per_cent, on_page=known),
    ]


def treemap_chart(view: View, it: Areas) -> Chart:
    """Show all sections and their chapters as areas."""
    _, facts = view.text, it.sections.facts
    line = source_line(_, facts.origin)
    return Chart(
        name="products-areas",
        title=_(
            "{flow}: sections and their chapters, as {reporter} records them",
            flow=words.flow_words(view),
            reporter=countries.subject(_, facts.reporter),
        ),
        subtitle=_("{year}, customs basis; an area is a share of all goods", year=it.sections.year),
        source=line,
        summary=_ranking_summary(view, it.sections),
        figure=treemap_figure(view.palette, [*_tiles(view, it.sections), *_tiles(view, it.chapters)]),
        columns=lambda: _ranking_columns(view, it.chapters),
        file_name=words.file_name(view, facts, "products-areas", it.sections.year),
        metadata=words.metadata(
            view,
            facts,
            line,
            statuses_of(it.chapters.table),
            definition=_("Shares are of the sum of all chapters of the flow."),
        ),
        legend=status_legend(_, it.chapters.table),
    )


def _tiles(view: View, it: Ranking) -> list[Tile]:
    """Make the areas of sections or of chapters; what is chosen keeps its colour, the rest turns grey."""
    _, chosen, names = view.text, view.selection.product, it.facts.names
    section = names["section"]
    colour = view.tint(products.exporter(view.selection))
    return [
        Tile(
            id=row.code,
            parent=section[row.code],
            lines=words.name_lines(_, names, row.code, TILE_LINE, brief=True)
            if section[row.code]
            else [words.heading(_, names, row.code, TILE_LINE)],
            share=_.percent(row.share),
            value=row.value,
            hover=words.hover(words.full_name(_, names, row.code), _said(view, it, row)),
            href=words.drill(view, row.code),
            colour=colour if not chosen or chosen in (row.code, section[row.code]) else view.palette.neutral_soft,
        )
        for row in it.table.itertuples(index=False)
    ]
