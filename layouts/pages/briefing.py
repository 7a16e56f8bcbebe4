"""The briefing: what a pair's pages say, set on paper; made to be printed or saved as a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from dash import dcc, html

from data.queries import events, mirror, partners, retaliation, tariffs, trade, trade_series
from data.queries.trade import Headline
from data.store import Store
from layouts.charts.registry import chart_of
from layouts.charts.trade import break_lines
from layouts.components import notices
from layouts.components.chart import Chart, Note, chart, known
from layouts.components.metadata import basis_phrase
from layouts.components.source_line import citation, citations
from layouts.components.table import Column, table
from layouts.pages import overview
from layouts.pages.events import event_item
from layouts.pages.retaliation import ledger_sources, status_name
from layouts.pages.trade import partial_record, year_to_date_line
from layouts.sections.claims import SHORT, claims_list
from layouts.sections.headline import headline_numbers
from layouts.sections.no_records import no_records
from layouts.view import View
from layouts.wording import countries
from layouts.wording.tariffs import measure_name, rate, rate_detail, usmca_rate

PATH = "/briefing"
EVENTS_SHOWN = 6
# Flat enough for the first chart to stand below the numbers on the first page, and for the next two on the second, of
# A4 as of Letter. By month there are more events above the plot, which need the room.
HEIGHT = {"annual": 270, "quarterly": 300, "monthly": 300}
FLATTER = {"annual": 230, "quarterly": 300, "monthly": 300}
PRODUCTS_RANKED = 10
# A chart taller than this does not fit a page of paper together with its words.
TALLEST = 680
# Where products by chapter are not held, the classification that says most about the pair.
OTHER_PRODUCTS = ("napcs", "baci", "sitc")


def page(view: View, store: Store) -> html.Div:
    """Lay the briefing of the chosen pair and years out, in light colours, whatever the theme: paper is light."""
    plain = replace(view.selection, reported="country", measure="value", base=None, product="", detail="section")
    return _opened(_sheet(View(view.text, plain), store))


def _sheet(view: View, store: Store) -> html.Div:
    _, chosen = view.text, view.selection
    if chosen.same_country:
        return html.Div([html.H1(_("Briefing")), notices.same_country(view)])
    head = trade.headline(store, chosen)
    charts = [] if head is None else _charts(view, store)
    body = [no_records(view, store)] if head is None else _numbers(view, store, head)
    return html.Div(
        [
            _print_button(view),
            html.Article(
                [
                    _title(view),
                    *body,
                    *(chart(view, it) for it in _told_once(view, charts)),
                    _tariffs(view, store),
                    _ledger(view, store),
                    _claims(view, store),
                    _events(view, store),
                    _breaks(view, charts),
                    _sources(view, store, head, charts),
                ],
                className="sheet",
            ),
        ]
    )


def _print_button(view: View) -> html.P:
    _ = view.text
    return html.P(
        [
            html.Button(_("Print or save as PDF"), className="print-button", **{"data-print": "1"}),
            html.Span(_("A4 or Letter, upright. The pair, the years and the currency are those chosen above.")),
        ],
        className="print-bar",
    )


def _title(view: View) -> html.Header:
    _, chosen = view.text, view.selection
    return html.Header(
        [
            html.P(_("Bilateral · Briefing"), className="kicker"),
            html.H1(
                _(
                    "{country} and {partner}: goods trade, tariffs, retaliation",
                    country=countries.sentence_start(_, chosen.reporter),
                    partner=countries.subject(_, chosen.partner),
                )
            ),
            html.P(
                _(
                    "{years}, {frequency}, in {currency}. Data to {date}.",
                    years=_.years(chosen.years),
                    frequency=_.frequency(chosen.freq),
                    currency=_.currency(chosen.currency),
                    date=_.date(view.coverage.last_day),
                ),
                className="source",
            ),
        ]
    )


def _numbers(view: View, store: Store, head: Headline) -> list:
    _, chosen = view.text, view.selection
    basis = _(
        "Goods, {basis}, not seasonally adjusted, as {reporter} reports them. Last complete year: {year}.",
        basis=basis_phrase(_, trade_series.origin_of_year(store, chosen, head.year)),
        reporter=countries.subject(_, chosen.reporter),
        year=head.year,
    )
    series = trade.series(store, chosen)
    empty = series[["export", "import"]].isna().all(axis=None)
    return [
        html.P(overview.finding(view, head), className="finding"),
        html.P(basis, className="source"),
        headline_numbers(view, store, head),
        year_to_date_line(view, store),
        no_records(view, store) if empty else partial_record(view, store, series),
    ]


def _charts(view: View, store: Store) -> list[Chart]:
    """Flows, balance, both sides, products, retaliation or the lives of tariffs: those that there are figures for."""
    found = [chart_of(view, store, "flows", height=HEIGHT[view.selection.freq]), chart_of(view, store, "balance")]
    found += [_both_sides(view, store), _products(view, store), _policy(view, store)]
    return [it for it in found if it is not None]


def _told_once(view: View, charts: Sequence[Chart]) -> list[Chart]:
    """Leave out what charts repeat: breaks, which stand at the end, and events that an earlier chart numbers alike."""
    _ = view.text
    told: list[Sequence[Note]] = []
    made = []
    for it in charts:
        again = bool(it.notes) and it.notes in told
        told.append(it.notes)
        above = [_("The numbered events are those of the first chart.")] if again else []
        notes = () if again else it.notes
        made.append(replace(it, breaks=(), notes=notes, remarks=[*it.remarks, *above]))
    return made


def _both_sides(view: View, store: Store) -> Chart | None:
    """The direction in which both records meet, the chosen country's exports first."""
    chosen = view.selection
    sides = {"mirror-exports": mirror.exports(store, chosen), "mirror-imports": mirror.imports(store, chosen)}
    held = {name: side for name, side in sides.items() if side is not None}
    name = next((name for name, side in held.items() if side.latest is not None), next(iter(held), None))
    return None if name is None else chart_of(view, store, name, height=FLATTER[chosen.freq])


def _products(view: View, store: Store) -> Chart | None:
    ranked = chart_of(view, store, "products-ranking", ranked=PRODUCTS_RANKED)
    others = (chart_of(view, store, name) for name in OTHER_PRODUCTS)
    return ranked or next((it for it in others if it is not None), None)


def _policy(view: View, store: Store) -> Chart | None:
    """Counter-tariffs of one of the two on the other, else a picture of the pair's tariffs that fits."""
    if retaliation.answers(store, view.selection):
        return chart_of(view, store, "retaliation")
    importer = view.coverage.claims.importer
    involved = importer in (view.selection.reporter, view.selection.partner)
    found = [chart_of(view, store, name) for name in ("tariffs", "measure-timeline")] if involved else []
    return next((it for it in found if it and (it.figure.layout.height or 0) <= TALLEST), None)


def _tariffs(view: View, store: Store) -> html.Section:
    """What either country charges on goods of the other at the end of the collection."""
    _ = view.text
    rows = _in_force(view, store)
    title = _("Additional tariffs that applied on {date}", date=_.date(view.coverage.last_day))
    if rows.empty:
        none = _("No additional tariff of either country on the other.")
        return _section(title, [html.P(none)])
    listed = list(rows.sort_values(["imposer", "effective_from", "measure"]).itertuples())
    columns = [
        Column(_("Goods"), [[_.data(row.scope_text), rate_detail(_, row)] for row in listed], numeric=False),
        Column(_("Measure"), [measure_name(_, row.measure) for row in listed], numeric=False),
        Column(_("Imposed by"), [countries.short(_, row.imposer) for row in listed], numeric=False),
        Column(_("Rate"), [rate(_, row) for row in listed]),
        Column(_("USMCA goods"), [usmca_rate(_, row) for row in listed]),
        Column(_("Since"), [_.short_date(row.effective_from) for row in listed]),
    ]
    return _section(title, [table(title, columns), _cited(view, store, rows["source_id"])], "")


def _in_force(view: View, store: Store) -> pd.DataFrame:
    chosen = view.selection
    return tariffs.in_force(store, tariffs.between(store, chosen.reporter, chosen.partner), view.coverage.last_day)


def _cited(view: View, store: Store, ids: Iterable[str]) -> html.P:
    """The source line of a table."""
    _ = view.text
    named = citations(_, store.source, list(dict.fromkeys(ids)))
    return html.P(_("Source: {sources}.", sources=named), className="source")


def _ledger(view: View, store: Store) -> html.Section:
    """Every tranche of counter-tariffs in a line."""
    _ = view.text
    rows = list(retaliation.tranches(store).sort_values(["announced", "tranche_id"], na_position="last").itertuples())
    title = _("Retaliation, tranche by tranche")
    names = [_("{country}: {tranche}", country=countries.name(_, r.by), tranche=_.data(r.tranche)) for r in rows]
    columns = [
        Column(_("Tranche"), names, numeric=False),
        Column(_("Status"), [status_name(_, r.status) for r in rows], numeric=False),
        Column(_("C$ billion"), [_.number(r.amount_billion, 1) for r in rows]),
        Column(_("US$ billion"), [_.number(r.amount_usd_billion, 1) for r in rows]),
        Column(
            _("Share of imports {year}", year=retaliation.base_year(store)),
            [_.percent(r.share_pct) if known(r.share_pct) else _.number(r.share_pct) for r in rows],
        ),
        Column(_("From"), [_day(view, r.effective_from) for r in rows]),
        Column(_("Ended"), [_day(view, r.effective_to) for r in rows]),
    ]
    return _section(title, [table(title, columns), _cited(view, store, ledger_sources(store))])


def _day(view: View, day: Any) -> str:
    return view.text.short_date(day) if day == day and day is not None else ""


def _claims(view: View, store: Store) -> html.Section:
    _ = view.text
    return _section(_("What the article says, checked"), [claims_list(view, store, short=True)], "")


def _events(view: View, store: Store) -> html.Section:
    _ = view.text
    latest = events.latest(store, view.selection, EVENTS_SHOWN)
    items = [event_item(view, store, event) for event in latest.itertuples()]
    return _section(_("Latest events"), [html.Ol(items, className="events")], "")


def _breaks(view: View, charts: Sequence[Chart]) -> html.Section | None:
    """Tell what the marks on the axes stand for, each break once."""
    _ = view.text
    told = list(dict.fromkeys(line for it in charts for line in it.breaks))
    if not told:
        return None
    return _section(
        _("Breaks in these figures (▴ on the axis)"), [html.Ul([html.Li(line) for line in told], className="plain")]
    )


def _sources(view: View, store: Store, head: Headline | None, charts: Sequence[Chart]) -> html.Section:
    """Name every source behind the sections of the page once, with table and vintage."""
    _ = view.text
    told = store.claims.set_index("claim_id").loc[list(SHORT)]
    ids = [
        *([] if head is None else _behind_numbers(view, store, head)),
        *(source_id for it in charts for source_id in it.source.ids),
        *_in_force(view, store)["source_id"],
        *ledger_sources(store),
        *" ".join([*told["check_source_ids"].dropna(), *told["source_id"]]).split(),
        *events.latest(store, view.selection, EVENTS_SHOWN)["source_id"],
        *_behind_breaks(view, store, charts),
    ]
    items = [html.Li(citation(_, store.source, source_id)) for source_id in dict.fromkeys(ids)]
    more = dcc.Link(_("Sources, definitions and known gaps"), href=view.href("/sources"))
    return _section(_("Sources used"), [html.Ul(items, className="plain"), html.P(more, className="screen-only")])


def _behind_numbers(view: View, store: Store, head: Headline) -> list[str]:
    """Sources of the headline numbers, of the year before, of the months so far, and of the partners ranked."""
    chosen = view.selection
    asked = [replace(chosen, freq="annual", years=(head.year - 1, head.year))]
    so_far = trade.year_to_date(store, chosen)
    if so_far is not None and year_to_date_line(view, store) is not None:
        asked.append(replace(chosen, freq="monthly", years=(so_far.year - 1, so_far.year)))
    found = [it for one in asked for it in (*trade.sources_used(store, one), *trade.rate_sources(store, one))]
    if head.rank is not None:
        ranked = partners.all_years(store, chosen.reporter)
        found += list(ranked.loc[ranked["year"] == head.year, "source_id"].unique())
    return found


def _behind_breaks(view: View, store: Store, charts: Sequence[Chart]) -> list[str]:
    told = {line for it in charts for line in it.breaks}
    lines = zip(break_lines(view.text, store.breaks), store.breaks["source_id"], strict=True)
    return [source_id for line, source_id in lines if line in told]


def _section(title: str, body: list, class_name: str = "together") -> html.Section:
    return html.Section([html.H2(title), *body], className=f"section {class_name}".strip())


def _opened(sheet: html.Div) -> html.Div:
    """Unfold the events that are folded away where they are many: paper cannot be unfolded."""
    for part in sheet._traverse():
        if isinstance(part, html.Details) and "breaks" in str(getattr(part, "className", "")):
            part.open = True
    return sheet
