"""Two countries' trade with the same third country, on one chart."""

from __future__ import annotations

from itertools import combinations

from dash import html

from data.queries.comparison import third_country
from data.selection import Selection
from data.store import Store
from layouts.charts.annotations import marks_select
from layouts.charts.registry import chart_of
from layouts.components import notices
from layouts.components.chart import chart
from layouts.components.controls import segmented, toolbar
from layouts.sections.no_records import no_records
from layouts.view import View
from layouts.wording import countries

PATH = "/compare"


def page(view: View, store: Store) -> html.Div:
    """Draw the comparison with what was found above it."""
    _ = view.text
    if view.selection.same_country:
        return html.Div([html.H1(_("Compare countries")), notices.same_country(view)])
    it = chart_of(view, store, "compare")
    if it is None:
        return html.Div([html.H1(_("Compare countries")), toolbar(_thirds(view)), no_records(view, store)])
    return html.Div(
        [
            html.H1(it.summary[0] if it.summary else it.title),
            toolbar(_thirds(view), marks_select(view)),
            chart(view, it),
        ]
    )


def _thirds(view: View) -> html.Div:
    """Offer every pair of the countries in depth, by the country they are set against."""
    _, chosen = view.text, view.selection
    present = third_country(chosen)
    options: list[tuple[str, Selection, str]] = []
    for pair in combinations(view.coverage.countries, 2):
        turned = chosen if set(pair) == {chosen.reporter, chosen.partner} else chosen.turned(*pair)
        third = third_country(turned)
        if third and third not in [against for _name, _to, against in options]:
            options.append((countries.name(_, third), turned, third))
    return segmented(_("Trade with"), [(name, to, against == present) for name, to, against in options])
