"""The overview: the finding, four numbers, the lines, the triangle, the article's claims and the latest events."""

from __future__ import annotations

from dataclasses import replace

from dash import dcc, html

from data.queries import events, trade, trade_series
from data.queries.comparison import third_country
from data.queries.trade import Headline
from data.store import Store
from layouts.charts.registry import chart_of
from layouts.components import notices
from layouts.components.chart import chart, known
from layouts.components.metadata import basis_phrase
from layouts.components.source_line import citation
from layouts.pages.events import event_item
from layouts.pages.trade import converted_line, partial_record, year_to_date_line
from layouts.sections.claims import verdict_list
from layouts.sections.headline import headline_numbers
from layouts.sections.no_records import no_records
from layouts.sections.tariff_strip import tariff_strip
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text

PATH = "/"

# Flows that differ by no more than a twentieth are about equal; from this ratio on a reader thinks in times.
ABOUT_EQUAL, TWICE = 1.05, 2.0


def page(view: View, store: Store) -> html.Div:
    """Draw the overview of the chosen pair."""
    # The overview always shows the chosen country's own record, in values.
    plain = replace(view, selection=replace(view.selection, reported="country", measure="value", base=None))
    return _page(plain, store)


def _page(view: View, store: Store) -> html.Div:
    if view.selection.same_country:
        return html.Div(
            [html.H1(view.text("Choose two different countries")), notices.same_country(view), *_general(view, store)]
        )
    _ = view.text
    head = trade.headline(store, view.selection)
    if head is None:
        return html.Div([html.H1(_pair(view)), no_records(view, store), *_general(view, store)])
    table = trade.series(store, view.selection)
    empty = table[["export", "import"]].isna().all(axis=None)
    it, triangle = (chart_of(view, store, name) for name in ("flows", "triangle"))
    main = no_records(view, store) if it is None else chart(view, it)
    return html.Div(
        [
            html.H1(finding(view, head)),
            headline_numbers(view, store, head),
            None if empty else partial_record(view, store, table),
            html.Div(main, className="first-chart"),
            _ways(view),
            year_to_date_line(view, store),
            html.P(_basis(view, store, head), className="source basis"),
            converted_line(view, store),
            tariff_strip(view, store),
            html.Div(
                [html.Div(chart(view, triangle) if triangle else None), _article(view, store)],
                className="main-and-side",
            ),
            _latest(view, store),
        ],
        className="overview",
    )


def _ways(view: View) -> html.Nav:
    """Lead on to what readers of this pair ask next, as questions."""
    _, chosen = view.text, view.selection
    pair = {"country": countries.subject(_, chosen.reporter), "partner": countries.partner(_, chosen.partner)}
    third = third_country(chosen)
    questions = {
        "/tariffs": _("Do the tariffs of the news still apply, and on which goods?"),
        "/mirror": _("Why do {country} and {partner} count the same trade differently?", **pair),
    }
    if third:
        questions["/compare"] = _(
            "Who trades more with {third}: {country} or {partner}?", third=countries.partner(_, third), **pair
        )
    questions["/briefing"] = _("This pair on paper: a briefing to print")
    return html.Nav(
        [dcc.Link(question, href=view.href(path), className="way") for path, question in questions.items()],
        className="ways questions",
        **{"aria-label": _("Questions to begin with")},
    )


def _pair(view: View) -> str:
    _, chosen = view.text, view.selection
    return _(
        "{country} and {partner}",
        country=countries.sentence_start(_, chosen.reporter),
        partner=countries.partner(_, chosen.partner),
    )


def finding(view: View, head: Headline) -> str:
    """State the year's trade, its growth and how the two flows compare, in one sentence."""
    _, chosen = view.text, view.selection
    total, export, imported = (head.figures[m] for m in ("total", "export", "import"))
    if not known(total.value):
        return _one_flow(view, head)
    return _finding_message(_, total.growth).format(
        amount=_.money(total.value, chosen.currency),
        year=head.year,
        growth=_.percent(abs(total.growth)),
        compared=_compared(_, chosen.reporter, imported.value / export.value),
    )


def _finding_message(_: Text, growth: float) -> str:
    """Give each case a sentence of its own, so that a language can order it as it must."""
    if not known(growth):
        return _("Two-way trade was {amount} in {year}; {compared}.")
    if growth >= 0:
        return _("Two-way trade was {amount} in {year}, up {growth}; {compared}.")
    return _("Two-way trade was {amount} in {year}, down {growth}; {compared}.")


def _compared(_: Text, reporter: str, ratio: float) -> str:
    """Set imports against exports: about equal, so many per cent apart up to twice, so many times beyond."""
    owner = countries.possessive(_, reporter)
    times = max(ratio, 1 / ratio)
    if times <= ABOUT_EQUAL:
        return _("{possessive} exports and imports were about equal", possessive=owner)
    if times < TWICE:
        share = _.percent((times - 1) * 100, 0)
        if ratio > 1:
            return _("{possessive} imports exceeded exports by {share}", possessive=owner, share=share)
        return _("{possessive} exports exceeded imports by {share}", possessive=owner, share=share)
    number = _.number(times, 0 if round(times, 1) == round(times) else 1)
    if ratio > 1:
        return _("{possessive} imports were {ratio} times its exports", possessive=owner, ratio=number)
    return _("{possessive} exports were {ratio} times its imports", possessive=owner, ratio=number)


def _one_flow(view: View, head: Headline) -> str:
    """State the flow that is on record where the other is not."""
    _, chosen = view.text, view.selection
    exported = known(head.figures["export"].value)
    country = countries.sentence_start(_, chosen.reporter)
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
        "Goods, {basis}, not seasonally adjusted, as {reporter} reports them. Last complete year: {year}. {source}.",
        basis=basis_phrase(_, trade_series.origin_of_year(store, chosen, head.year)),
        reporter=countries.subject(_, chosen.reporter),
        year=head.year,
        source=citation(_, store.source, sources[0]),
    )


def _general(view: View, store: Store) -> list:
    """What the overview shows whatever the pair."""
    return [_article(view, store), _latest(view, store)]


def _article(view: View, store: Store) -> html.Section:
    """The claims of the article, each with its verdict."""
    _ = view.text
    return html.Section(
        [
            html.H2(_("What the article says, checked")),
            verdict_list(view, store),
            html.P(dcc.Link(_("Every claim with its computation"), href=view.href("/sources") + "#claims")),
        ],
        className="section",
    )


def _latest(view: View, store: Store) -> html.Section:
    """The newest events of the pair."""
    _ = view.text
    return html.Section(
        [
            html.H2(_("Latest events")),
            html.Ol(
                [event_item(view, store, e) for e in events.latest(store, view.selection).itertuples()],
                className="events",
            ),
            html.P(dcc.Link(_("All events"), href=view.href("/events"))),
        ],
        className="section",
    )
