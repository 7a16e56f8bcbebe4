"""The overview: the finding, four numbers, the lines, the triangle, the article's claims and the latest events."""

from __future__ import annotations

import re
from dataclasses import replace

from dash import dcc, html

from data import events, trade
from data.store import Store
from data.trade import Figure, Headline
from layouts import countries, notices
from layouts.chart import Chart, chart, known
from layouts.claims import claims_list
from layouts.events import event_item
from layouts.figures.triangle import triangle_figure
from layouts.provenance import citation, source_line
from layouts.scale import scale_of
from layouts.sparkline import sparkline
from layouts.table import Column
from layouts.text import Text
from layouts.trade import flows_chart, partial_record, year_to_date_line
from layouts.view import View

PATH = "/"


def page(view: View, store: Store) -> html.Div:
    """Draw the overview of the chosen pair."""
    if view.selection.same_country:
        return html.Div(
            [html.H1(view.text("Choose two different countries")), notices.same_country(view), *_general(view, store)]
        )
    head = trade.headline(store, view.selection)
    if head is None:
        return html.Div([html.H1(_pair(view)), notices.no_records(view, store), *_general(view, store)])
    table = trade.series(store, view.selection)
    empty = table[["export", "import"]].isna().all(axis=None)
    main = (
        notices.no_records(view, store)
        if empty
        else chart(view, flows_chart(view, store, table, name="flows", path=PATH, with_total=True, height=400))
    )
    return html.Div(
        [
            html.H1(finding(view, head)),
            html.P(_basis(view, store, head), className="standfirst"),
            _numbers(view, head),
            year_to_date_line(view, store),
            None if empty else partial_record(view, store, table),
            html.Div(
                [html.Div(main), html.Div(chart(view, triangle_chart(view, store)))],
                className="main-and-side",
            ),
            *_general(view, store),
        ]
    )


def _pair(view: View) -> str:
    _, chosen = view.text, view.selection
    return _(
        "{country} and {partner}",
        country=countries.sentence_start(_, chosen.country),
        partner=countries.partner(_, chosen.partner),
    )


def finding(view: View, head: Headline) -> str:
    """State the year's trade, its growth and how the two flows compare, in one sentence."""
    _, chosen = view.text, view.selection
    total, export, imported = (head.figures[m] for m in ("total", "export", "import"))
    if not known(total.value):
        return _one_flow(view, head)
    # Purchases against sales as a reader would say it: six times, twice, about as much.
    ratio = imported.value / export.value
    times = max(ratio, 1 / ratio)
    return _finding_message(_, total.growth, ratio).format(
        amount=_.money(total.value, chosen.currency),
        year=head.year,
        growth=_.percent(abs(total.growth)),
        country=countries.subject(_, chosen.country),
        ratio=_.number(times, 0 if round(times, 1) == round(times) else 1),
    )


def _finding_message(_: Text, growth: float, ratio: float) -> str:
    """Give each case a sentence of its own, so that a language can order it as it must."""
    about, bought = 0.95 <= ratio <= 1.05, ratio > 1
    if not known(growth):
        if about:
            return _("Two-way trade was {amount} in {year}; {country} bought about as much as it sold.")
        if bought:
            return _("Two-way trade was {amount} in {year}; {country} bought {ratio} times what it sold.")
        return _("Two-way trade was {amount} in {year}; {country} sold {ratio} times what it bought.")
    if growth >= 0:
        if about:
            return _("Two-way trade was {amount} in {year}, up {growth}; {country} bought about as much as it sold.")
        if bought:
            return _("Two-way trade was {amount} in {year}, up {growth}; {country} bought {ratio} times what it sold.")
        return _("Two-way trade was {amount} in {year}, up {growth}; {country} sold {ratio} times what it bought.")
    if about:
        return _("Two-way trade was {amount} in {year}, down {growth}; {country} bought about as much as it sold.")
    if bought:
        return _("Two-way trade was {amount} in {year}, down {growth}; {country} bought {ratio} times what it sold.")
    return _("Two-way trade was {amount} in {year}, down {growth}; {country} sold {ratio} times what it bought.")


def _one_flow(view: View, head: Headline) -> str:
    """State the flow that is on record where the other is not."""
    _, chosen = view.text, view.selection
    exported = known(head.figures["export"].value)
    country = countries.sentence_start(_, chosen.country)
    amount = _.money(head.figures["export" if exported else "import"].value, chosen.currency)
    if exported:
        return _(
            "{country} exported goods worth {amount} to {partner} in {year}.",
            country=country,
            amount=amount,
            partner=countries.partner(_, chosen.partner),
            year=head.year,
        )
    return _(
        "{country} imported goods worth {amount} from {partner} in {year}.",
        country=country,
        amount=amount,
        partner=countries.origin(_, chosen.partner),
        year=head.year,
    )


def _basis(view: View, store: Store, head: Headline) -> str:
    _, chosen = view.text, view.selection
    sources = trade.sources_used(store, chosen) or trade.sources_used(store, replace(chosen, freq="annual"))
    return _(
        "Goods, customs basis, not seasonally adjusted, as {reporter} reports them. "
        "Last complete year: {year}. {source}.",
        reporter=countries.subject(_, chosen.country),
        year=head.year,
        source=citation(_, store, sources[0]),
    )


def _numbers(view: View, head: Headline) -> html.Div:
    _, chosen = view.text, view.selection
    partner = countries.partner(_, chosen.partner)
    labels = {
        "total": (_("Two-way trade"), view.palette.ink),
        "export": (_("Exports to {partner}", partner=partner), view.palette.country(chosen.country)),
        "import": (
            _("Imports from {partner}", partner=countries.origin(_, chosen.partner)),
            view.palette.country(chosen.partner),
        ),
        "balance": (_("Balance"), view.palette.muted),
    }
    cards = [_card(view, head, head.figures[m], label, colour) for m, (label, colour) in labels.items()]
    return html.Div(cards, className="numbers")


def _card(view: View, head: Headline, figure: Figure, label: str, colour: str) -> html.Div:
    return html.Div(
        [
            html.P(label, className="number-label"),
            html.P(_large(view, figure.value), className="number-value", **{"data-figure": figure.measure}),
            html.P(_change(view, head, figure), className="number-change"),
            html.Div(
                [sparkline(figure.history, colour, head.isolated), _rank(view, head, figure)], className="number-foot"
            ),
        ],
        className="number-card",
    )


def _large(view: View, million: float) -> list:
    """Set the amount large and its unit small, in the order the language puts them."""
    _ = view.text
    if not known(million):
        return [html.Span(_("not known"), className="unknown")]
    # The digits are the longest run without letters; what stands around them is the unit.
    before, digits, after = re.split(r"([\d][\d.,\s]*\d)", _.money(million, view.selection.currency), maxsplit=1)
    return [
        html.Span(before, className="unit"),
        html.Span(digits, className="amount"),
        html.Span(after, className="unit"),
    ]


def _change(view: View, head: Headline, figure: Figure) -> str:
    _ = view.text
    before = head.year - 1
    if not known(figure.before) or not known(figure.value):
        return _("no comparable figure for {year}", year=before)
    if figure.measure != "balance":
        arrow = "▲" if figure.growth > 0 else "▼" if figure.growth < 0 else "="
        return _("{arrow} {growth} on {year}", arrow=arrow, growth=_.signed_percent(figure.growth), year=before)
    amount = _.money(abs(figure.value - figure.before), view.selection.currency)
    return _balance_change(view, figure).format(amount=amount, year=before)


def _balance_change(view: View, figure: Figure) -> str:
    _ = view.text
    grew = abs(figure.value) > abs(figure.before)
    if figure.value * figure.before < 0:
        return _("{amount} from the other side of zero in {year}")
    if figure.value < 0:
        return (
            _("deficit wider by {amount} than in {year}") if grew else _("deficit narrower by {amount} than in {year}")
        )
    return _("surplus larger by {amount} than in {year}") if grew else _("surplus smaller by {amount} than in {year}")


def _rank(view: View, head: Headline, figure: Figure) -> html.Span | None:
    _ = view.text
    if figure.measure != "total" or head.rank is None:
        return None
    return html.Span(
        _.ngettext(
            "No. {rank} of {count} partner on record",
            "No. {rank} of {count} partners on record",
            head.ranked_partners,
            rank=_.number(head.rank),
        ),
        className="rank",
    )


def triangle_chart(view: View, store: Store) -> Chart:
    """Six flows of the last complete year, arrow width by value."""
    _, chosen = view.text, view.selection
    flows = trade.six_flows(store, chosen)
    year = int(flows["year"].iloc[0])
    reporters = _.listing(dict.fromkeys(countries.name(_, r) for r in flows["reporter"]))
    names = [
        _(
            "{exporter} to {importer}",
            exporter=countries.sentence_start(_, f.exporter),
            importer=countries.partner(_, f.importer),
        )
        for f in flows.itertuples()
    ]
    order = flows.assign(name=names).sort_values("value", ascending=False)
    rates = trade.rate_sources_for_year(store, flows, year, chosen.currency)
    return Chart(
        name="triangle",
        title=_("Six flows of goods among three countries"),
        subtitle=_(
            "{year}, {unit}; width of an arrow is value",
            year=year,
            unit=scale_of(flows["value"]).unit(_, chosen.currency),
        ),
        source=source_line(_, store, list(dict.fromkeys(flows["source_id"].dropna())), rates),
        summary=[
            _("{name}: {amount}.", name=f.name, amount=_.money(f.value, chosen.currency))
            for f in order.itertuples(index=False)
        ],
        figure=triangle_figure(_, view.palette, flows, chosen.currency, frozenset({chosen.country, chosen.partner})),
        columns=lambda: [
            Column(_("Flow"), list(order["name"]), numeric=False),
            Column(
                _("million {currency}", currency=_.currency(chosen.currency)), [_.number(v, 1) for v in order["value"]]
            ),
            Column(_("Reported by"), [countries.name(_, r) for r in order["reporter"]], numeric=False),
        ],
        file_name=f"triangle_{year}_{chosen.currency.lower()}",
        path=PATH,
        remarks=[_("Reported by: {countries}.", countries=reporters)],
    )


def _general(view: View, store: Store) -> list:
    """What the overview shows whatever the pair: the article checked, the latest events."""
    _ = view.text
    return [
        html.Section(
            [
                html.H2(_("What the article says, checked")),
                claims_list(view, store, short=True),
                html.P(dcc.Link(_("Every claim with its computation"), href=view.href("/sources"))),
            ],
            className="section",
        ),
        html.Section(
            [
                html.H2(_("Latest events")),
                html.Ol(
                    [event_item(view, store, e) for e in events.latest(store, view.selection).itertuples()],
                    className="events",
                ),
                html.P(dcc.Link(_("All events"), href=view.href("/events"))),
            ],
            className="section",
        ),
    ]
