"""Products over time: one product's years and share, and how concentrated a flow is."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from data.queries import breaks, products
from data.queries.products import Around, Window
from data.store import Store
from layouts.charts.annotations import event_notes
from layouts.charts.trade import break_lines
from layouts.components.chart import Chart
from layouts.components.table import Column
from layouts.figures.lines import Line, Span, lines_figure
from layouts.figures.products_panels import Panel, panels_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording import products as words
from layouts.wording.text import Text
from layouts.wording.units import Index, Money, Percent, Unit


def history_chart(view: View, store: Store, table: pd.DataFrame) -> Chart:
    """A product's years with both neighbours of the United States."""
    _, chosen = view.text, view.selection
    unit = Money.of(table[list(products.PARTNERS)], chosen.currency)
    lines = _lines(view, table)
    span = Span.of(table, "A")
    broken = breaks_of(store, span)
    line = words.source(view, store)
    code = chosen.product
    return Chart(
        name="products-history",
        title=_both_title(view, store),
        subtitle=_("{span}, {unit}, customs basis", span=span_of(_, table, "A"), unit=unit.name(_)),
        source=line,
        summary=_summary(view, table, lines, unit),
        figure=lines_figure(
            _,
            view.palette,
            words.statuses(store, table, [one.column for one in lines]),
            lines,
            unit,
            "A",
            breaks=broken,
            shaded=None,
            height=340,
        ),
        columns=lambda: _history_columns(view, table),
        file_name=words.file_name(view, "products-history"),
        path=words.PATH,
        passport=words.passport(
            view, store, line, products.PARTNERS, definition=words.subject(view, store, code), missing=_gaps(table)
        ),
        remarks=words.first_releases(view, store),
        breaks=break_lines(_, broken),
    )


def share_chart(view: View, store: Store, table: pd.DataFrame) -> Chart:
    """A product's share of the flow with each neighbour, with the chosen event marked."""
    _, chosen = view.text, view.selection
    lines = _lines(view, table, "_share")
    span = Span.of(table, "A")
    broken = breaks_of(store, span)
    line = words.source(view, store, converted=False)
    around = products.share_around(store, chosen, chosen.product)
    said = around_lines(view, store, around) if around else []
    date = products.event_date(store, chosen.event)
    return Chart(
        name="products-share",
        title=_share_title(view, store),
        subtitle=_("{span}, per cent of all goods with each partner, customs basis", span=span_of(_, table, "A")),
        source=line,
        summary=[*_summary(view, table, lines, Percent()), *said],
        figure=lines_figure(
            _,
            view.palette,
            words.statuses(store, table, [one.column for one in lines]),
            lines,
            Percent(),
            "A",
            events=[date],
            breaks=broken,
            shaded=None,
            height=340,
        ),
        columns=lambda: _history_columns(view, table),
        file_name=words.file_name(view, f"products-share-{chosen.event}"),
        path=words.PATH,
        passport=words.passport(
            replace(view, selection=replace(chosen, currency="USD")),
            store,
            line,
            products.PARTNERS,
            definition=_("Shares are of the sum of all chapters of the flow."),
            missing=_gaps(table),
        ),
        notes=event_notes(view, store.events[store.events["event_id"] == chosen.event]),
        remarks=[*said, *words.first_releases(view, store)],
        breaks=break_lines(_, broken),
    )


def _both_title(view: View, store: Store) -> str:
    _ = view.text
    names = {"product": words.subject(view, store, view.selection.product), "reporter": words.recorder(_)}
    if products.us_flow(view.selection) == "import":
        return _("US imports from Canada and from Mexico: {product}, as {reporter} records them", **names)
    return _("US exports to Canada and to Mexico: {product}, as {reporter} records them", **names)


def _share_title(view: View, store: Store) -> str:
    _ = view.text
    name = words.subject(view, store, view.selection.product)
    if products.us_flow(view.selection) == "import":
        return _("{product}: share of US imports from Canada and from Mexico", product=name)
    return _("{product}: share of US exports to Canada and to Mexico", product=name)


def _lines(view: View, table: pd.DataFrame, suffix: str = "") -> list[Line]:
    """One line a neighbour, in its colour; the second dashed, so that colour is never alone."""
    _ = view.text
    dashes = dict(zip(products.PARTNERS, ("solid", "7px,3px"), strict=True))
    return [
        Line(
            f"{partner}{suffix}",
            countries.short(_, partner),
            countries.name(_, partner),
            view.palette.country(partner),
            words.record(view.selection, partner),
            dashes[partner],
        )
        for partner in products.PARTNERS
        if table[f"{partner}{suffix}"].notna().any()
    ]


def around_lines(view: View, store: Store, around: Around) -> list[str]:
    """Say what the chosen product's share became around the chosen event."""
    _ = view.text
    places = {
        "product": words.subject(view, store, view.selection.product),
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


def _around_months(_: Text, around: Around, places: dict[str, str]) -> str:
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


def _months(_: Text, window: Window) -> str:
    return _.span(_.month(window.first), _.month(window.last))


def span_of(_: Text, table: pd.DataFrame, frequency: str) -> str:
    """Name the periods of which something is known."""
    known = table.dropna(how="all").index
    return _.span(_.period(known[0], frequency), _.period(known[-1], frequency))


def breaks_of(store: Store, span: Span) -> pd.DataFrame:
    """Editions of the Harmonized System that took effect within the time shown."""
    return breaks.in_span(
        store,
        [(products.REPORTER, partner) for partner in products.PARTNERS],
        span.start,
        span.end,
        leave_out=("agreement",),
        series=("hs",),
    )


def _gaps(table: pd.DataFrame) -> bool:
    return bool(table.isna().any(axis=None))


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


def _history_columns(view: View, table: pd.DataFrame) -> list[Column]:
    _ = view.text
    unit = _("million {currency}", currency=_.currency(view.selection.currency))
    columns = [Column(_("Year"), [str(period.year) for period in table.index], numeric=False)]
    for partner in products.PARTNERS:
        name = countries.name(_, partner)
        columns += [
            Column(_("{country}, {unit}", country=name, unit=unit), [_.number(v, 1) for v in table[partner]]),
            Column(
                _("{country}, share of all goods, per cent", country=name),
                [_.number(v, 2) for v in table[f"{partner}_share"]],
            ),
        ]
    return columns


def concentration_chart(view: View, store: Store) -> Chart:
    """How far the chosen flow rests on its five largest chapters, and its Herfindahl index."""
    _ = view.text
    table = products.concentration(store, view.selection)
    colour = words.flow_colour(view)
    line = words.source(view, store, converted=False)
    definition = _(
        "The Herfindahl index is the sum of the squared shares of all chapters, in per cent: near 0 for many equal "
        "chapters, 10,000 for a single one."
    )
    panels = [
        Panel(_("Share of the five largest chapters"), table["largest"], Percent(), colour),
        Panel(_("Herfindahl index, 0 to 10,000"), table["herfindahl"], Points(), colour),
    ]
    first, last = table.iloc[0], table.iloc[-1]
    said = _(
        "The five largest chapters made up {last_share} in {last}, against {first_share} in {first}; the Herfindahl "
        "index went from {first_index} to {last_index}.",
        last_share=_.percent(last["largest"]),
        last=table.index[-1].year,
        first_share=_.percent(first["largest"]),
        first=table.index[0].year,
        first_index=_.number(first["herfindahl"]),
        last_index=_.number(last["herfindahl"]),
    )
    return Chart(
        name="products-concentration",
        title=_("How far {flow} rest on few chapters", flow=words.flow_words(view)),
        subtitle=_("{span}, by chapter, customs basis", span=span_of(_, table, "A")),
        source=line,
        summary=[said],
        figure=panels_figure(_, view.palette, panels, "A"),
        columns=lambda: [
            Column(_("Year"), [str(period.year) for period in table.index], numeric=False),
            Column(_("Share of the five largest chapters, per cent"), [_.number(v, 2) for v in table["largest"]]),
            Column(_("Herfindahl index, 0 to 10,000"), [_.number(v) for v in table["herfindahl"]]),
        ],
        file_name=words.file_name(view, "products-concentration"),
        path=words.PATH,
        passport=words.passport(
            replace(view, selection=replace(view.selection, currency="USD")), store, line, definition=definition
        ),
        remarks=[said, definition, *words.first_releases(view, store)],
    )


class Points(Index):
    """The Herfindahl index: whole points of ten thousand."""

    def __init__(self):
        """Start without a base year: the index has none."""
        super().__init__(base=0)

    def short(self, _: Text, value: float) -> str:
        """Write whole points."""
        return _.number(value)

    full = short
    cell = short
