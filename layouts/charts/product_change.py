"""What drove the change of a flow between two years, product by product."""

from __future__ import annotations

import pandas as pd

from data.queries import products
from data.store import Store
from layouts.components.chart import Chart
from layouts.components.table import Column
from layouts.figures.products import LINE_LENGTH, Head, Row, rows_figure
from layouts.view import View
from layouts.wording import products as words
from layouts.wording.units import Money


def contributions_chart(view: View, store: Store, split: products.Contributions) -> Chart:
    """Show what drove the change between two years: each part in value and in percentage points, and the rest."""
    _, chosen = view.text, view.selection
    unit = Money.of(pd.Series([*split.rows["change"], split.change]), chosen.currency)
    rows = [_moved(view, store, row, unit) for row in split.rows.itertuples(index=False)]
    rows.append(_moved_in_all(view, split, unit))
    heads = [Head(_("Change"), 60), Head(_("Points"), 58)]
    line = words.source(view, store)
    return Chart(
        name="products-change",
        title=_change_title(view, store, split),
        subtitle=_(
            "{against} to {year}, {unit}, customs basis; points: percentage points of the growth of the whole",
            against=split.against,
            year=split.year,
            unit=unit.name(_),
        ),
        source=line,
        summary=_change_summary(view, store, split),
        figure=rows_figure(view.palette, rows, heads),
        columns=lambda: _change_columns(view, store, split),
        file_name=words.file_name(view, f"products-change-{split.against}", split.year),
        path=words.PATH,
        passport=words.passport(
            view,
            store,
            line,
            definition=_("A part’s change, and that change in per cent of the whole of the earlier year."),
            computations=[_("Parts and the rest add up to the change of the whole.")],
            years=[split.year, split.against],
        ),
        remarks=[_change_finding(view, split), *words.first_releases(view, store, split.year, split.against)],
    )


def _change_title(view: View, store: Store, split: products.Contributions) -> str:
    _ = view.text
    scope = products.scope_of(store, view.selection)
    names = {"flow": words.flow_words(view), "against": split.against, "year": split.year}
    if scope.section:
        section = words.product_name(view, store, scope.section)
        return _("What drove the change from {against} to {year} in {flow}: {section}", section=section, **names)
    return _("What drove the change from {against} to {year} in {flow}", **names)


def _moved(view: View, store: Store, row, unit: Money) -> Row:
    """A part of the change: risen in the colour of the seller, fallen in grey, the rest in light grey."""
    _ = view.text
    name = words.full_name(view, store, row.code) if row.code else _("All others")
    colour = words.flow_colour(view) if row.change > 0 else view.palette.neutral
    said = _(
        "{change}, {points} points",
        change=_.money(row.change, unit.currency),
        points=_.signed(row.points, 2),
    )
    return Row(
        lines=words.name_lines(view, store, row.code, LINE_LENGTH) if row.code else [name],
        value=row.change / unit.divisor,
        colour=colour if row.code else view.palette.neutral_soft,
        cells=[words.amount(_, row.change, unit, signed=True), _.signed(row.points, 2)],
        hover=words.hover(name, [said]),
        href=words.drill(view, row.code) if row.code else "",
        strong=bool(row.code) and row.code == view.selection.product,
    )


def _moved_in_all(view: View, split: products.Contributions, unit: Money) -> Row:
    _ = view.text
    name = _("Together")
    return Row(
        lines=[name],
        value=split.change / unit.divisor,
        colour=view.palette.ink,
        cells=[words.amount(_, split.change, unit, signed=True), _.signed(split.growth, 2)],
        hover=words.hover(name, [_.money(split.change, unit.currency)]),
        strong=True,
    )


def _change_finding(view: View, split: products.Contributions) -> str:
    _, chosen = view.text, view.selection
    return _(
        "In all {before} in {against} and {after} in {year}: {growth}.",
        before=_.money(split.before, chosen.currency),
        against=split.against,
        after=_.money(split.after, chosen.currency),
        year=split.year,
        growth=_.signed_percent(split.growth),
    )


def _change_summary(view: View, store: Store, split: products.Contributions) -> list[str]:
    _, chosen = view.text, view.selection
    named = split.rows[split.rows["code"] != ""]
    order = named["change"].abs().sort_values(ascending=False).index[:3]
    return [_change_finding(view, split)] + [
        _(
            "{name}: {change}, {points} percentage points.",
            name=words.subject(view, store, row.code),
            change=_.money(row.change, chosen.currency),
            points=_.signed(row.points, 2),
        )
        for row in named.loc[order].itertuples(index=False)
    ]


def _change_columns(view: View, store: Store, split: products.Contributions) -> list[Column]:
    _, chosen, rows = view.text, view.selection, split.rows
    unit = _("million {currency}", currency=_.currency(chosen.currency))
    named = [words.link(view, store, code) if code else _("All others") for code in rows["code"]]

    def with_total(values: pd.Series, whole: float) -> list[float]:
        return [*values, whole]

    return [
        Column(_("Product"), [*named, _("Together")], numeric=False),
        Column(
            _("{year}, {unit}", year=split.against, unit=unit),
            [_.number(v, 1) for v in with_total(rows["before"], split.before)],
        ),
        Column(
            _("{year}, {unit}", year=split.year, unit=unit),
            [_.number(v, 1) for v in with_total(rows["value"], split.after)],
        ),
        Column(_("Change, {unit}", unit=unit), [_.signed(v, 1) for v in with_total(rows["change"], split.change)]),
        Column(_("Percentage points"), [_.signed(v, 2) for v in with_total(rows["points"], split.growth)]),
    ]
