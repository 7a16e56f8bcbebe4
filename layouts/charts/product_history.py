"""Products over time: one product's years and share, and how concentrated a flow is."""

from __future__ import annotations

import pandas as pd

from data.queries.product_history import History, ShareAround, ShareWindow
from layouts.charts.annotations import event_notes
from layouts.charts.product_columns import (
    SCHEMES,
    hollow,
    known_span,
    numbers,
    of_record,
    one_decimal,
    status_legend,
    statuses_of,
    two_decimals,
    unit_column,
    year_columns,
)
from layouts.charts.trade import break_lines
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, constant
from layouts.components.source_line import source_line
from layouts.figures.lines import Line, lines_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording import products as words
from layouts.wording.text import Text
from layouts.wording.units import Money, Percent, Unit


def history_chart(view: View, it: History) -> Chart:
    """A product's years with both neighbours of the United States."""
    _, chosen, table = view.text, view.selection, it.table
    unit = Money.of(table[list(it.partners)], chosen.currency)
    lines = _lines(view, it)
    line = source_line(_, it.facts.origin)
    return Chart(
        name="products-history",
        title=_both_title(view, it),
        subtitle=_("{span}, {unit}, customs basis", span=known_span(_, table[_numeric(it)], "A"), unit=unit.name(_)),
        source=line,
        summary=_summary(view, table, lines, unit),
        figure=lines_figure(_, view.palette, table, lines, unit, "A", breaks=it.broken, shaded=None, height=340),
        columns=lambda: _history_columns(view, it),
        file_name=words.file_name(view, it.facts, "products-history"),
        metadata=words.metadata(
            view,
            it.facts,
            line,
            statuses_of(table, _numeric(it)),
            it.partners,
            definition=words.subject(_, it.facts.names, it.code),
        ),
        remarks=hollow(_, table, [line.column for line in lines]),
        breaks=break_lines(_, it.broken),
        legend=status_legend(_, table),
    )


def share_chart(view: View, it: History) -> Chart:
    """A product's share of the flow with each neighbour, with the chosen event marked."""
    _, chosen, table = view.text, view.selection, it.table
    lines = _lines(view, it, "_share")
    line = source_line(_, it.facts.origin)
    said = around_lines(view, it, it.around) if it.around else []
    event = table.iloc[:0] if it.event is None else it.event
    return Chart(
        name="products-share",
        title=_share_title(view, it),
        subtitle=_(
            "{span}, per cent of all goods with each partner, customs basis",
            span=known_span(_, table[_numeric(it)], "A"),
        ),
        source=line,
        summary=[*_summary(view, table, lines, Percent()), *said],
        figure=lines_figure(
            _,
            view.palette,
            table,
            lines,
            Percent(),
            "A",
            events=list(event["date"]),
            breaks=it.broken,
            shaded=None,
            height=340,
        ),
        columns=lambda: _history_columns(view, it),
        file_name=words.file_name(view, it.facts, f"products-share-{chosen.event}"),
        metadata=words.metadata(
            view,
            it.facts,
            line,
            statuses_of(table, _numeric(it)),
            it.partners,
            definition=_("Shares are of the sum of all chapters of the flow."),
        ),
        notes=event_notes(view, event),
        remarks=[*said, *hollow(_, table, [line.column for line in lines])],
        breaks=break_lines(_, it.broken),
        legend=status_legend(_, table),
    )


def _numeric(it: History) -> list[str]:
    """The columns of values and shares."""
    return [*it.partners, *(f"{partner}_share" for partner in it.partners)]


def _both_title(view: View, it: History) -> str:
    _ = view.text
    names = {
        "product": words.subject(_, it.facts.names, it.code),
        "reporter": countries.subject(_, it.facts.reporter),
        "partners": _.listing(countries.partner(_, partner) for partner in it.partners),
    }
    if it.facts.flow == "import":
        return _("US imports from {partners}: {product}, as {reporter} records them", **names)
    return _("US exports to {partners}: {product}, as {reporter} records them", **names)


def _share_title(view: View, it: History) -> str:
    _ = view.text
    name = words.subject(_, it.facts.names, it.code)
    partners = _.listing(countries.partner(_, partner) for partner in it.partners)
    if it.facts.flow == "import":
        return _("{product}: share of US imports from {partners}", product=name, partners=partners)
    return _("{product}: share of US exports to {partners}", product=name, partners=partners)


def _lines(view: View, it: History, suffix: str = "") -> list[Line]:
    """One line a neighbour, in its colour; the second dashed, so that colour is never alone."""
    _ = view.text
    dashes = dict(zip(it.partners, ("solid", "7px,3px"), strict=True))
    return [
        Line(
            f"{partner}{suffix}",
            countries.short(_, partner),
            countries.name(_, partner),
            view.colour(partner),
            words.record(view, it.facts, partner),
            dashes[partner],
        )
        for partner in it.partners
        if it.table[f"{partner}{suffix}"].notna().any()
    ]


def around_lines(view: View, it: History, around: ShareAround) -> list[str]:
    """Say what the chosen product's share became around the chosen event."""
    _ = view.text
    places = {
        "product": words.subject(_, it.facts.names, it.code),
        "flow": words.flow_words(view),
        "before": _.percent(around.before.share),
    }
    if around.frequency == "M":
        return [_around_months(_, around, places)]
    places["year"] = str(around.before.first.year)
    if around.after:
        years = _.listing(_("{share} in {year}", share=_.percent(w.share), year=w.first.year) for w in around.after)
        return [
            _(
                "{product}, in {flow}: {before} in {year}, the last full year before the event; after it {years}.",
                years=years,
                **places,
            )
        ]
    if around.during is None:
        return [_("{product}, in {flow}: {before} in {year}. No full year after the event is on record yet.", **places)]
    return [
        _(
            "{product}, in {flow}: {before} in {year}, the last full year before the event, and {during} in "
            "{event_year}, the year it falls into. No full year after it is on record yet.",
            during=_.percent(around.during.share),
            event_year=around.during.first.year,
            **places,
        )
    ]


def _around_months(_: Text, around: ShareAround, places: dict[str, str]) -> str:
    if not around.after:
        return _(
            "{product}, in {flow}: {before} from {first_span}, the twelve months before the event. "
            "No month after it is on record yet.",
            first_span=_months(_, around.before),
            **places,
        )
    (after,) = around.after
    places |= {"after": _.percent(after.share), "span": _months(_, around.before), "later": _months(_, after)}
    if after.periods == 12:
        return _(
            "{product}, in {flow}: {before} in the twelve months before the event ({span}) and {after} in the twelve "
            "months after it ({later}).",
            **places,
        )
    return _(
        "{product}, in {flow}: {before} in {span} and {after} in {later}, the full months on record after the event "
        "and the same months of the year before.",
        **places,
    )


def _months(_: Text, window: ShareWindow) -> str:
    return _.span(_.month(window.first), _.month(window.last))


def _summary(view: View, table: pd.DataFrame, lines: list[Line], unit: Unit) -> list[str]:
    _, said = view.text, []
    for line in lines:
        known = table[line.column].dropna()
        said.append(
            _(
                "{name}: {first_value} in {first}, {last_value} in {last}.",
                name=line.full_name,
                first_value=unit.full(_, known.iloc[0]),
                first=known.index[0].year,
                last_value=unit.full(_, known.iloc[-1]),
                last=known.index[-1].year,
            )
        )
    return said


def _history_columns(view: View, it: History) -> list[DataColumn]:
    """The years, and the value and share of the product with each partner."""
    _, table, rows = view.text, it.table, len(it.table)
    money = Money(view.selection.currency).header(_)
    columns = [
        *year_columns(_, table.index),
        *of_record(
            _,
            rows,
            reporter=it.facts.reporter,
            flow=it.facts.flow,
            product_scheme=SCHEMES["chapter" if it.facts.names.at[it.code, "section"] else "section"],
        ),
        constant("product_code", _("code of the product"), it.code, rows),
    ]
    for partner in it.partners:
        country, column = countries.name(_, partner), partner.lower()
        value = _("{country}, {unit}", country=country, unit=money)
        share = _("{country}, share of all goods, per cent", country=country)
        columns += [
            numbers(table, partner, f"value_{column}", value, one_decimal(_), money),
            numbers(table, f"{partner}_share", f"share_{column}_pct", share, two_decimals(_), _("per cent")),
        ]
    return [*columns, unit_column(_, view.selection.currency, rows)]
