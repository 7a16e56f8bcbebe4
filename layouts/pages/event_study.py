"""Trade around an event: a pair's trade on both sides of an event, against the same months a year earlier."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from dash import dcc, html

from data.queries import event_study as comparing
from data.queries import trade
from data.queries.event_study import RUSH_MONTHS, RUSH_POINTS, Around, Window
from data.store import Store
from layouts.charts.annotations import event_notes
from layouts.charts.event_study import event_finding
from layouts.charts.registry import chart_of
from layouts.components import notices
from layouts.components.chart import Chart, chart
from layouts.components.controls import select, toolbar
from layouts.components.table import Column, table
from layouts.pages.trade import reported_segmented
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text

PATH = "/before-after"


def page(view: View, store: Store) -> html.Div:
    """Compare around the chosen event, or say why it cannot be and what can."""
    _, chosen = view.text, view.selection
    title = html.H1(_("Around an event"))
    if chosen.same_country:
        return html.Div([title, notices.same_country(view)])
    monthly = comparing.by_month(chosen)
    possible = comparing.comparable(store, monthly)
    if possible.empty:
        return html.Div([title, toolbar(reported_segmented(view, both=False)), _no_months(view, store)])
    event = store.events[store.events["event_id"] == chosen.around]
    bar = toolbar(_event_select(view, possible), reported_segmented(view, both=False))
    if event.empty:
        return html.Div([title, bar, _unknown_event(view, possible)])
    precision = event["date_precision"].iloc[0]
    found = comparing.around(store, monthly, event["date"].iloc[0], precision == "day")
    if found is None or precision == "year":
        return html.Div([title, bar, _too_near(view, event.iloc[0], possible)])
    drawn = chart_of(view, store, "around")
    return html.Div([*_found(view, store, event, found, bar, drawn)])


def _found(view: View, store: Store, event: pd.DataFrame, found: Around, bar: html.Div, drawn: Chart | None) -> list:
    _ = view.text
    name = _.data(event["title"].iloc[0])
    return [
        html.H1(_("Before and after: {event}", event=name)),
        html.P(event_finding(view, found), className="standfirst"),
        bar,
        _rush(view, found),
        chart(view, drawn) if drawn else None,
        _windows(view, found),
        _limits(view, store, found, event["event_id"].iloc[0]),
    ]


def _event_select(view: View, possible: pd.DataFrame) -> html.Label:
    _, chosen = view.text, view.selection
    options = {_event_name(_, e): replace(chosen, around=e.event_id) for e in possible.itertuples()}
    present = possible[possible["event_id"] == chosen.around]
    return select(
        view, "around", _("Event"), options, _event_name(_, next(present.itertuples())) if len(present) else ""
    )


def _event_name(_: Text, event) -> str:
    return _("{date}: {event}", date=_.date(event.date, event.date_precision), event=_.data(event.title))


def _rush(view: View, found: Around) -> html.P | None:
    """Flag trade that seems brought forward, with the rule it is flagged by."""
    _ = view.text
    names = {"export": _("exports"), "import": _("imports")}
    flagged = found.brought_forward()
    if not flagged:
        return None
    parts = [
        _(
            "{flow} {rush} against {calm}",
            flow=names[flow],
            rush=_.signed_percent(found.rush.growth[flow]),
            calm=_.signed_percent(found.calm.growth[flow]),
        )
        for flow in flagged
    ]
    return html.P(
        [
            html.Strong(_("Possibly brought forward"), className="badge"),
            " ",
            _(
                "In the last {months} months before, growth was at least {points} points above that of the months "
                "before them: {figures}. Buyers who expect a duty order early, and part of a later fall only "
                "reverses that.",
                months=_.number(RUSH_MONTHS),
                points=_.number(RUSH_POINTS),
                figures=_.listing(parts),
            ),
        ],
        className="so-far",
    )


def _windows(view: View, found: Around) -> html.Div:
    """The sums behind the finding, window by window: amounts and changes in the currency of record."""
    _ = view.text
    title = _("The months before and after, in sums")
    rows = [
        (_("Before"), found.before),
        (_("of these, the last {count} months", count=_.number(RUSH_MONTHS)), found.rush),
        (_("After"), found.after),
    ]
    columns = [
        Column(_("Window"), [name for name, _w in rows], numeric=False),
        Column(_("Months"), [_.span(_.month(w.first), _.month(w.last)) for _n, w in rows], numeric=False),
    ]
    unit = _("million {currency}", currency=_.currency(_recorded_in(view)))
    for flow, name in (("export", _("Exports")), ("import", _("Imports")), ("total", _("Two-way trade"))):
        header = _("{name}, {unit}", name=name, unit=unit)
        columns.append(Column(header, [_sums(_, window, flow) for _n, window in rows]))
    return html.Section([html.H2(title), table(title, columns, "table matrix")], className="section")


def _recorded_in(view: View) -> str:
    return view.coverage.currency_of_record[view.selection.as_reported().reporter]


def _sums(_: Text, window: Window, flow: str) -> list:
    return [
        html.Strong(_.signed_percent(window.growth[flow])),
        html.Span(
            _(
                "{now}, a year earlier {earlier}",
                now=_.number(window.now[flow]),
                earlier=_.number(window.earlier[flow]),
            ),
            className="source",
        ),
    ]


def _limits(view: View, store: Store, found: Around, event_id: str) -> html.Section:
    """Say what the comparison cannot tell, and what else happened in its months."""
    _ = view.text
    said = [
        _(
            "A change after an event is not a change because of it: "
            "prices, exchange rates and other events move trade too."
        ),
        _("A month in which the event fell on a later day than the first, or on an unknown day, is on neither side."),
        _(
            "The months of {year} are preliminary, and values are not adjusted for prices.",
            year=view.coverage.last_year,
        ),
        _(
            "Sums and changes are in the currency of record, {currency}, so that no exchange rate moves them.",
            currency=_.currency(_recorded_in(view)),
        ),
    ]
    others = comparing.others(store, view.selection, found, event_id)
    items = [html.Li(dcc.Link(note.text, href=note.href)) for note in event_notes(view, others)]
    listed = [html.H3(_("What else happened in these months")), html.Ul(items, className="plain")] if items else []
    return html.Section(
        [html.H2(_("What this cannot tell")), *(html.P(words) for words in said), *listed], className="section"
    )


def _no_months(view: View, store: Store) -> html.Div:
    """Explain that a record has no months, and lead to the one that has."""
    _, chosen = view.text, view.selection
    reason = _(
        "A comparison around an event needs monthly data, and there is none from {country}.",
        country=countries.subject(_, chosen.as_reported().reporter),
    )
    other = replace(chosen, reported="country" if chosen.reported == "partner" else "partner")
    ways = []
    if trade.coverage(store, other.as_reported().reporter, other.as_reported().partner, "M"):
        label = _("Take the record of {country}", country=countries.origin(_, other.as_reported().reporter))
        ways.append((label, other))
    return notices.notice(reason, ways)


def _unknown_event(view: View, possible: pd.DataFrame) -> html.Div:
    _, chosen = view.text, view.selection
    reason = _(
        "The address asks for the event “{value}”, which is not on the list of events.",
        value=_.verbatim(chosen.around[:60]),
    )
    return notices.notice(reason, _ways(view, possible))


def _too_near(view: View, event: pd.Series, possible: pd.DataFrame) -> html.Div:
    _ = view.text
    reason = _(
        "Too few months are on record around {event}: two years before it and three months after it are needed.",
        event=_event_name(_, event),
    )
    return notices.notice(reason, _ways(view, possible))


def _ways(view: View, possible: pd.DataFrame) -> list:
    """Offer the newest important events that can be compared."""
    _, chosen = view.text, view.selection
    best = possible.sort_values(["rank", "date"], ascending=[True, False]).head(3)
    return [(_event_name(_, e), replace(chosen, around=e.event_id)) for e in best.itertuples()]
