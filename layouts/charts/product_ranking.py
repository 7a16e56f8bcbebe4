"""The products of a flow in one year: ranked, and as areas."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from data.queries import products
from data.selection import SECTIONS
from data.store import Store
from layouts.components.chart import Chart
from layouts.components.table import Column
from layouts.figures.products import LINE_LENGTH, Head, Row, rows_figure
from layouts.figures.products_treemap import LINE_LENGTH as TILE_LINE
from layouts.figures.products_treemap import Tile, treemap_figure
from layouts.view import View
from layouts.wording import products as words
from layouts.wording.units import Money

# Rows that are named; the others are one row.
RANKED = 15


def ranking_chart(view: View, store: Store, ranked: int = RANKED) -> Chart:
    """Rank what the selection lists in its year, with shares, changes and the years that led to it.

    Args:
        view: how the chart is drawn.
        store: the tables.
        ranked: so many are named; the others are one row.
    """
    _, chosen = view.text, view.selection
    year, against = products.year_of(chosen), products.compared_year(chosen)
    table = products.breakdown(store, chosen)
    unit = Money.of(table["value"], chosen.currency)
    # One row more is no longer than a row that sums up one product.
    shown = table if len(table) <= ranked + 1 else table.iloc[:ranked]
    rows = [_ranked(view, store, row, unit) for row in shown.itertuples(index=False)]
    if len(shown) < len(table):
        rows.append(_others(view, table.iloc[ranked:], unit))
    heads = [Head(_("Value"), 56), Head(_("Share"), 50), Head(_("Change"), 62)]
    line = words.source(view, store)
    return Chart(
        name="products-ranking",
        title=_ranking_title(view, store),
        subtitle=_ranking_subtitle(view, unit, year, against),
        source=line,
        summary=_ranking_summary(view, store, table),
        figure=rows_figure(view.palette, rows, heads, trend=_.span(str(products.YEARS[0]), str(year))),
        columns=lambda: _ranking_columns(view, store, table),
        file_name=words.file_name(view, f"products-{products.scope_of(store, chosen).level}s", year),
        path=words.PATH,
        passport=words.passport(
            view,
            store,
            line,
            definition=_("Shares are of the sum of all chapters of the flow, also inside a section."),
            missing=bool(table["value"].isna().any()),
            years=[one for one in (year, against) if one],
        ),
        remarks=[_("Each small line has a scale of its own."), *words.first_releases(view, store, year, against)],
    )


def _ranking_title(view: View, store: Store) -> str:
    _ = view.text
    scope = products.scope_of(store, view.selection)
    names = {"flow": words.flow_words(view), "reporter": words.recorder(_)}
    if scope.section:
        section = words.product_name(view, store, scope.section)
        return _("{flow}: {section}, by chapter, as {reporter} records them", section=section, **names)
    if scope.level == "section":
        return _("{flow} by section, as {reporter} records them", **names)
    return _("{flow} by chapter, as {reporter} records them", **names)


def _ranking_subtitle(view: View, unit: Money, year: int | None, against: int | None) -> str:
    _ = view.text
    if against is None:
        return _("{year}, {unit}, customs basis; share of all goods", year=year, unit=unit.name(_))
    return _(
        "{year}, {unit}, customs basis; share of all goods, change on {against}; stroke: {against}",
        year=year,
        unit=unit.name(_),
        against=against,
    )


def _ranked(view: View, store: Store, row, unit: Money) -> Row:
    """A row of the ranking; inside a section the chosen chapter stands out."""
    _, chosen = view.text, view.selection
    strong = row.code == chosen.product
    faded = chosen.product and chosen.product not in SECTIONS and not strong
    wide = products.listed(store, chosen)[row.code]
    name = words.full_name(view, store, row.code)
    return Row(
        lines=words.name_lines(view, store, row.code, LINE_LENGTH),
        value=row.value / unit.divisor,
        before=row.before / unit.divisor,
        colour=view.palette.neutral if faded else words.flow_colour(view),
        cells=_cells(view, row.value, row.share, row.growth, unit),
        hover=words.hover(name, _said(view, row)),
        trend=list(wide.loc[: pd.Timestamp(products.year_of(chosen) or 0, 1, 1)]),
        href=words.drill(view, row.code),
        strong=strong,
    )


def _cells(view: View, value: float, share: float, growth: float, unit: Money) -> list[str]:
    _ = view.text
    return [
        words.amount(_, value, unit),
        _.percent(share) if share == share else _.number(share),
        words.change(_, growth),
    ]


def _said(view: View, row) -> list[str]:
    """What is said of a product under the pointer."""
    _, chosen = view.text, view.selection
    said = [
        _(
            "{year}: {value}, {share} of all goods",
            year=products.year_of(chosen),
            value=_.money(row.value, chosen.currency),
            share=_.percent(row.share),
        )
    ]
    if row.before == row.before:
        said.append(
            _(
                "{year}: {value}, {share} of all goods",
                year=products.compared_year(chosen),
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
        if rest["code"].iloc[0] in SECTIONS
        else _.ngettext("{count} other chapter", "{count} other chapters", len(rest))
    )
    value, before, share = (float(rest[c].sum(min_count=1)) for c in ("value", "before", "share"))
    growth = (value / before - 1) * 100
    return Row(
        lines=[name],
        value=value / unit.divisor,
        before=before / unit.divisor,
        colour=view.palette.neutral_soft,
        cells=_cells(view, value, share, growth, unit),
        hover=words.hover(
            name, [_("{value}, {share} of all goods", value=_.money(value, unit.currency), share=_.percent(share))]
        ),
    )


def _ranking_summary(view: View, store: Store, table: pd.DataFrame) -> list[str]:
    """Say what the three largest are."""
    _, chosen = view.text, view.selection
    return [
        _(
            "{name}: {value} in {year}, {share} of all goods, {growth} on {against}.",
            name=words.subject(view, store, row.code),
            value=_.money(row.value, chosen.currency),
            year=products.year_of(chosen),
            share=_.percent(row.share),
            growth=words.change(_, row.growth),
            against=products.compared_year(chosen),
        )
        if row.growth == row.growth
        else _(
            "{name}: {value} in {year}, {share} of all goods.",
            name=words.subject(view, store, row.code),
            value=_.money(row.value, chosen.currency),
            year=products.year_of(chosen),
            share=_.percent(row.share),
        )
        for row in table.dropna(subset="value").head(3).itertuples(index=False)
    ]


def _ranking_columns(view: View, store: Store, table: pd.DataFrame) -> list[Column]:
    _, chosen = view.text, view.selection
    unit = _("million {currency}", currency=_.currency(chosen.currency))
    year, against = products.year_of(chosen), products.compared_year(chosen)
    columns = [
        Column(_("Product"), [words.link(view, store, code) for code in table["code"]], numeric=False),
        Column(_("{year}, {unit}", year=year, unit=unit), [_.number(v, 1) for v in table["value"]]),
        Column(_("Share of all goods, per cent"), [_.number(v, 2) for v in table["share"]]),
    ]
    if against is None:
        return columns
    return [
        *columns,
        Column(_("{year}, {unit}", year=against, unit=unit), [_.number(v, 1) for v in table["before"]]),
        Column(_("Share in {year}, per cent", year=against), [_.number(v, 2) for v in table["share_before"]]),
        Column(_("Change, {unit}", unit=unit), [_.signed(v, 1) for v in table["change"]]),
        Column(_("Change, per cent"), [_.signed(v, 1) for v in table["growth"]]),
    ]


def treemap_chart(view: View, store: Store) -> Chart:
    """Show all sections and their chapters as areas."""
    _, chosen = view.text, view.selection
    year = products.year_of(chosen)
    whole = replace(view, selection=replace(chosen, product="", detail="section"))
    sections = products.breakdown(store, whole.selection)
    chapters = products.breakdown(store, replace(whole.selection, detail="chapter"))
    line = words.source(view, store)
    return Chart(
        name="products-areas",
        title=_(
            "{flow}: sections and their chapters, as {reporter} records them",
            flow=words.flow_words(view),
            reporter=words.recorder(_),
        ),
        subtitle=_("{year}, customs basis; an area is a share of all goods", year=year),
        source=line,
        summary=_ranking_summary(whole, store, sections),
        figure=treemap_figure(
            view.palette,
            [*_tiles(view, store, sections), *_tiles(view, store, chapters)],
        ),
        columns=lambda: _ranking_columns(whole, store, chapters),
        file_name=words.file_name(view, "products-areas", year),
        path=words.PATH,
        passport=words.passport(
            view,
            store,
            line,
            definition=_("Shares are of the sum of all chapters of the flow."),
            years=[year] if year else None,
        ),
        remarks=words.first_releases(view, store, year),
    )


def _tiles(view: View, store: Store, table: pd.DataFrame) -> list[Tile]:
    """Make the areas of sections or of chapters; what is chosen keeps its colour, the rest turns grey."""
    _, chosen = view.text, view.selection.product
    section = products.names(store)["section"]
    colour = view.palette.tint(products.exporter(view.selection))
    return [
        Tile(
            id=row.code,
            parent=section[row.code],
            lines=words.name_lines(view, store, row.code, TILE_LINE, brief=True)
            if section[row.code]
            else [words.heading(view, store, row.code, TILE_LINE)],
            share=_.percent(row.share),
            value=row.value,
            hover=words.hover(words.full_name(view, store, row.code), _said(view, row)),
            href=words.drill(view, row.code),
            colour=colour if not chosen or chosen in (row.code, section[row.code]) else view.palette.neutral_soft,
        )
        for row in table.itertuples(index=False)
    ]
