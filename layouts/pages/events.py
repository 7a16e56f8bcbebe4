"""The Events page: a filterable timeline."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from dash import dcc, html

from data.queries import events
from data.selection import CATEGORIES
from data.store import Store
from layouts import ids
from layouts.components import notices
from layouts.components.source_line import citation, verification
from layouts.view import View
from layouts.wording import countries
from layouts.wording.events import category_name


def page(view: View, store: Store) -> html.Div:
    """List the events that touch either of the chosen countries, newest first, by year."""
    _, chosen = view.text, view.selection
    found = events.timeline(store, chosen)
    title = _(
        "What happened between {country} and {partner}",
        country=countries.partner(_, chosen.reporter),
        partner=countries.partner(_, chosen.partner),
    )
    if chosen.same_country:
        title = _("What happened to {country}", country=countries.partner(_, chosen.reporter))
    body = _years(view, store, found) if len(found) else [_nothing(view)]
    return html.Div(
        [
            html.H1(title),
            html.P(
                _(
                    "Events that concern either country, in our own words, each with its source. Data to {date}.",
                    date=_.date(chosen.defaults().on),
                ),
                className="standfirst",
            ),
            _category_control(view),
            html.P(_.ngettext("{count} event", "{count} events", len(found)), className="count", role="status"),
            *body,
        ],
        className="narrow",
    )


def _category_control(view: View) -> html.Div:
    _ = view.text
    options = [{"label": category_name(_, c), "value": c} for c in CATEGORIES]
    control = dcc.Dropdown(
        id=ids.EVENT_CATEGORY,
        options=options,
        value=view.selection.category,
        clearable=False,
        searchable=False,
        className="word",
    )
    return html.Div(
        [html.Span(_("Show"), id="event-category-label"), control],
        role="group",
        className="control inline",
        **{"aria-labelledby": "event-category-label"},
    )


def _years(view: View, store: Store, found) -> list:
    return [
        html.Section(
            [html.H2(str(year)), html.Ol([event_item(view, store, e) for e in group], className="events")],
            className="year",
        )
        for year, group in groupby(found.itertuples(), key=lambda e: e.date.year)
    ]


def event_item(view: View, store: Store, event) -> html.Li:
    """Show one event: date as exactly as known, title, text, countries, source and how far it was verified."""
    _ = view.text
    where = [countries.name(_, c) for c in event.countries.split()]
    source = citation(_, store.source, event.source_id)
    linked = isinstance(event.url, str)
    cited = html.A(source, href=event.url, rel="noreferrer", target="_blank") if linked else source
    return html.Li(
        [
            html.P(_.date(event.date, event.date_precision), className="event-date"),
            html.Div(
                [
                    html.H3(_.data(event.title)),
                    html.P(_.data(event.text)),
                    html.P(
                        _.parts(
                            "{category} · {countries} · {source} · {checked}",
                            {
                                "category": category_name(_, event.category),
                                "countries": _.listing(where),
                                "source": cited,
                                "checked": verification(_, event.verification),
                            },
                        ),
                        className="source",
                    ),
                    _before_after(view, event),
                ]
            ),
        ],
        className=f"event rank-{event.rank}",
        id=f"event-{event.event_id}",
    )


def _before_after(view: View, event) -> html.P | None:
    """Lead to the comparison around an event whose day or month is known."""
    _ = view.text
    if event.date_precision == "year" or event.rank > 2:
        return None
    label = _("Before and after: {event}", event=_.data(event.title))
    link = dcc.Link(_("Trade before and after"), href=view.href("/before-after", around=event.event_id), title=label)
    return html.P(link, className="source")


def _nothing(view: View) -> html.Div:
    _, chosen = view.text, view.selection
    reason = _("No event of this kind is collected for {years}.", years=_.years(chosen.years))
    return notices.notice(
        reason,
        [
            (_("Show all categories"), replace(chosen, category="all")),
            (_("Show all years"), replace(chosen, category="all", years=chosen.defaults().years)),
        ],
    )
