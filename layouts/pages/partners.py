"""The Partners page: a country's partners ranked by two-way trade, and the ranks others have published."""

from __future__ import annotations

from dash import html

from data.queries import partners
from data.queries.partners import Ranking
from data.store import Store
from layouts.charts.partners import finding
from layouts.charts.registry import chart_of
from layouts.components import notices
from layouts.components.chart import chart
from layouts.sections.rank_statements import other_ranks, statements_section
from layouts.view import View
from layouts.wording import countries

PATH = "/partners"


def page(view: View, store: Store) -> html.Div:
    """Rank the partners of the chosen country, or say why that is not possible, and set published ranks beside."""
    _, chosen = view.text, view.selection
    heading = html.H1(_("{possessive} trading partners", possessive=countries.possessive(_, chosen.reporter)))
    if chosen.same_country:
        return html.Div([heading, notices.same_country(view)])
    ranking = partners.ranking(store, chosen)
    body = _no_list(view, store) if ranking is None else _ranked(view, store, ranking)
    return html.Div([heading, *body, statements_section(view, store)])


def _no_list(view: View, store: Store) -> list:
    """Say why the partners of a country are not ranked, and lead to those that are."""
    _, chosen = view.text, view.selection
    reasons = [
        _(
            "No data on all partners of {country}, and a few partners make no ranking.",
            country=countries.origin(_, chosen.reporter),
        ),
    ]
    ways = [
        (
            _("See {possessive} trading partners", possessive=countries.possessive(_, other)),
            chosen.turned(other, chosen.reporter),
        )
        for other in view.coverage.countries
        if partners.held_years(store, other)
    ]
    return [notices.notice(reasons, ways)]


def _ranked(view: View, store: Store, ranking: Ranking) -> list:
    _ = view.text
    parts: list = [html.P(finding(view, ranking), className="standfirst"), other_ranks(view, store, ranking)]
    if ranking.asked != ranking.year:
        clamped = _(
            "Partners can be ranked from {first} to {last}; {year} is shown instead of {asked}.",
            first=ranking.years[0],
            last=ranking.years[1],
            year=ranking.year,
            asked=ranking.asked,
        )
        parts.append(html.P(clamped, className="so-far"))
    charts = [chart_of(view, store, name) for name in ("partners", "partner-ranks")]
    return [*parts, *(chart(view, it) for it in charts if it)]
