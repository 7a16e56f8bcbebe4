"""The Products page: US trade with Canada and with Mexico by section and chapter of the Harmonized System."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash import dcc, html

from data.queries import product_history, product_ranking, products
from data.selection import DETAILS, FLOWS, Selection
from data.store import Store
from layouts.charts.registry import chart_of
from layouts.components import notices
from layouts.components.chart import chart
from layouts.components.controls import segmented, select, toolbar
from layouts.sections.product_search import finder
from layouts.view import View
from layouts.wording import countries
from layouts.wording import products as words

PATH = "/products"
OTHER_CLASSIFICATIONS = ("napcs", "agrifood", "baci", "sitc")


def page(view: View, store: Store) -> html.Div:
    """Draw the products of the chosen pair, or say why there are none, then the other classifications."""
    _ = view.text
    if view.selection.same_country:
        return html.Div([html.H1(_("Products")), notices.same_country(view)])
    return html.Div([html.H1(_heading(view)), *_body(view, store), *_other(view, store)])


def _heading(view: View) -> str:
    _, chosen = view.text, view.selection
    return _(
        "What {country} and {partner} trade",
        country=countries.subject(_, chosen.reporter),
        partner=countries.subject(_, chosen.partner),
    )


def _other(view: View, store: Store) -> list:
    """Draw the charts of other classifications, under what they are and what must not be done with them."""
    _ = view.text
    about = _(
        "Other sources sort the same goods in other ways and count other things. Each chart below is from one of "
        "them; their values are not to be added to each other or to the figures above."
    )
    heading = html.Div([html.H2(_("Other classifications")), html.P(about)], className="section")
    return [heading, *_drawn(view, store, *OTHER_CLASSIFICATIONS)]


def _drawn(view: View, store: Store, *names: str) -> list:
    """Draw those of some charts that this choice has."""
    found = [chart_of(view, store, name) for name in names]
    return [chart(view, it) for it in found if it is not None]


def _body(view: View, store: Store) -> list:
    _ = view.text
    if not products.is_held(view.selection):
        return [_not_held(view)]
    if products.year_of(view.selection) is None:
        return [_no_such_years(view)]
    standfirst = _(
        "All of it is the customs record of {reporter}; there is no product data from {partner}.",
        reporter=countries.subject(_, view.coverage.products.reporter),
        partner=countries.subject(_, products.partner_of(view.selection)),
    )
    parts = [
        _finding(view, store),
        html.P(standfirst, className="standfirst"),
        _choices(view, store),
        _path(view, store),
    ]
    return [part for part in [*parts, *_months(view, store), *_charts(view, store)] if part is not None]


def _charts(view: View, store: Store) -> list:
    """Draw the chosen year, the chosen product's years, and the whole flow."""
    made = _drawn(view, store, "products-ranking")
    if view.selection.product:
        made += _product(view, store)
    made += _drawn(view, store, "products-change") or [_nothing_to_compare(view)]
    return [*made, *_drawn(view, store, "products-areas", "products-concentration")]


def _product(view: View, store: Store) -> list:
    """Draw a product's own years, and its share around an event; say when it does not occur."""
    _, chosen = view.text, view.selection
    years = _drawn(view, store, "products-history")
    if not years:
        other = replace(chosen, flow=products.OPPOSITE[chosen.flow])
        reason = _("{product} does not occur in {flow}.", **_named(view, store))
        return [notices.notice(reason, [(_("See the other direction"), other)])]
    titles = store.events.set_index("event_id")["title"]
    events = {_event_label(view, store, e, titles[e]): replace(chosen, event=e) for e in view.coverage.events_compared}
    present = _event_label(view, store, chosen.event, titles[chosen.event])
    around = toolbar(select(view, "product-event", _("Event to compare around"), events, present))
    return [*years, around, *_drawn(view, store, "products-share")]


def _named(view: View, store: Store) -> dict[str, str]:
    return {
        "product": words.subject(view.text, products.names(store), view.selection.product),
        "flow": words.flow_words(view),
    }


def _event_label(view: View, store: Store, event: str, title: str) -> str:
    _ = view.text
    return _("{event} ({date})", date=_.date(products.event_date(store, event)), event=_.data(title))


def _finding(view: View, store: Store) -> html.P | None:
    """State what leads in the chosen year and how much the five largest chapters make up."""
    _, chosen = view.text, view.selection
    whole = replace(chosen, product="", detail="section")
    first = product_ranking.breakdown(store, whole).iloc[0]
    year = products.year_of(chosen)
    shares = product_history.concentrated(store, chosen)["largest"]
    return html.P(
        _(
            "{name} led {flow} in {year} with {value}, {share} of all goods. The five largest chapters made up {five}.",
            name=words.product_name(_, products.names(store), first["code"]),
            flow=words.flow_words(view),
            year=year,
            value=_.money(first["value"], chosen.currency),
            share=_.percent(first["share"]),
            five=_.percent(shares[shares.index.year == year].iloc[0]),
        ),
        className="standfirst",
    )


def _choices(view: View, store: Store) -> html.Div:
    """Offer the direction, the level of detail, the year to compare with, and the search."""
    _, chosen = view.text, view.selection
    flow_names = {"export": _("Exports"), "import": _("Imports")}
    detail_names = {"section": _("Sections"), "chapter": _("All chapters")}
    flows = [(flow_names[f], replace(chosen, flow=f), f == chosen.flow) for f in FLOWS]
    details = [
        (detail_names[d], replace(chosen, product="", detail=d), not chosen.product and d == chosen.detail)
        for d in DETAILS
    ]
    return toolbar(
        segmented(_("Direction"), flows),
        segmented(_("Rank"), details),
        _against(view),
        finder(view),
    )


def _against(view: View) -> html.Label:
    _, chosen = view.text, view.selection
    year = products.year_of(chosen) or view.coverage.products.years[1]
    years = {
        str(y): replace(chosen, against=None if y == year - 1 else y)
        for y in range(view.coverage.products.years[1], view.coverage.products.years[0] - 1, -1)
        if y != year
    }
    compared = products.compared_year(chosen)
    present = str(compared) if compared else _("no year")
    return select(view, "product-against", _("Compare with"), ({} if compared else {present: chosen}) | years, present)


def _path(view: View, store: Store) -> html.Nav | None:
    """Lead back from a product to its section and to all products."""
    _, chosen = view.text, view.selection
    if not chosen.product:
        return None
    section, names = products.section_of(store, chosen.product), products.names(store)
    steps: list = [dcc.Link(_("All products"), href=view.href("", product="") or "?")]
    if section != chosen.product:
        steps.append(words.link(view, names, section))
    steps.append(html.Span(words.full_name(_, names, chosen.product), **{"aria-current": "true"}))
    return html.Nav(html.Ol([html.Li(step) for step in steps]), className="trail", **{"aria-label": _("Product")})


def _months(view: View, store: Store) -> list:
    """Draw months where they were asked for: held for trade with some partners, by section."""
    _, chosen = view.text, view.selection
    if chosen.freq == "annual":
        return []
    annual = replace(chosen, freq="annual", years=view.coverage.years_shown["annual"])
    ways = [(_("Show years instead"), annual)]
    if chosen.freq == "quarterly":
        return [notices.notice(_("No quarterly product data. Annual data follow."), ways)]
    held = view.coverage.products
    if products.partner_of(chosen) not in held.monthly_partners:
        us, others = countries.subject(_, held.reporter), held.monthly_partners
        reason = _(
            "Monthly product data cover trade between {country} and {partners} only. Annual data follow.",
            country=us,
            partners=_.listing(countries.partner(_, partner) for partner in others),
        )
        return [notices.notice(reason, [*ways, *_held_pairs(view, others)])]
    made = _drawn(view, store, "products-months")
    said = []
    if chosen.product and products.section_of(store, chosen.product) != chosen.product:
        said = [html.P(_("Monthly data are by section only: this is the section of the chapter."), className="so-far")]
    return [*said, *made] if made else []


def _nothing_to_compare(view: View) -> html.Div:
    _, chosen = view.text, view.selection
    year = products.year_of(chosen) or view.coverage.products.years[1]
    first, last = view.coverage.products.years
    reasons = _(
        "No second year from {first} to {last} is chosen to compare {year} with.", first=first, last=last, year=year
    )
    other = replace(chosen, against=None) if year > first else replace(chosen, against=first + 1)
    return notices.notice(reasons, [(_("Compare with {year}", year=products.compared_year(other) or first), other)])


def _no_such_years(view: View) -> html.Div:
    _, chosen = view.text, view.selection
    first, last = view.coverage.products.years
    reason = _(
        "Product data run from {first} to {last}; {years} is outside.",
        first=first,
        last=last,
        years=_.years(chosen.years),
    )
    return notices.notice(
        reason, [(_("Show {years}", years=_.years((first, last))), replace(chosen, years=(first, last)))]
    )


def _not_held(view: View) -> html.Div:
    """Say that the pair's trade is not held by product, where it is published, and what is held."""
    _, chosen = view.text, view.selection
    reasons = [
        _(
            "No complete product data for trade between {country} and {partner}.",
            country=countries.subject(_, chosen.reporter),
            partner=countries.partner(_, chosen.partner),
        ),
        _("Statistics Canada publishes Canada’s in its Canadian International Merchandise Trade Web Application."),
    ]
    return notices.notice(reasons, _held_pairs(view, view.coverage.products.partners))


def _held_pairs(view: View, partners: Sequence[str]) -> list[tuple[str, Selection]]:
    """Ways to the pairs whose trade is held by product."""
    _, reporter = view.text, view.coverage.products.reporter
    return [
        (
            _(
                "See {possessive} trade with {partner}",
                possessive=countries.possessive(_, reporter),
                partner=countries.partner(_, partner),
            ),
            view.selection.turned(reporter, partner),
        )
        for partner in partners
    ]
