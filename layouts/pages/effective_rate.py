"""The Burden page: what US tariffs on Canadian or Mexican goods announce, what applies, and how far it can reach."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from dash import dcc, html

from data.queries import effective_rate
from data.queries.origin import origin
from data.selection import Selection
from data.store import Store
from layouts.charts.registry import chart_of
from layouts.charts.usmca_chapters import LARGEST
from layouts.components import notices
from layouts.components.chart import chart
from layouts.components.controls import segmented, select, toolbar
from layouts.components.source_line import source_line
from layouts.sections import scenario
from layouts.view import View
from layouts.wording import countries
from layouts.wording.tariffs import measure_name
from layouts.wording.text import Text

PATH = "/burden"


def page(view: View, store: Store) -> html.Div:
    """Draw the three readings of a day, the record of claims, the estimate for the IEEPA tariff and the calculator."""
    _, chosen = view.text, view.selection
    if chosen.same_country:
        return html.Div([html.H1(_("Rate actually paid")), notices.same_country(view)])
    partner = effective_rate.partner_of(chosen)
    if chosen.on == chosen.defaults().on:
        # The record of claims ends before the collection of tariffs; an unasked day without it would say little.
        view = replace(view, selection=replace(chosen, on=effective_rate.last_day(store, partner)))
    standfirst = _(
        "A headline rate is not what importers pay. This page sets the rate announced beside the rates that applied "
        "and the share of goods they can have reached."
    )
    return html.Div(
        [
            html.H1(_title(view, partner)),
            html.P(standfirst, className="standfirst"),
            html.P(_whose(view, partner), className="so-far"),
            toolbar(_goods_segmented(view, partner), _day_select(view, store, partner)),
            _readings(view, store, partner),
            *_charts(view, store),
            scenario.section(view, store),
        ]
    )


def _title(view: View, partner: str) -> str:
    _ = view.text
    return _(
        "US tariffs on {goods}: headline, legal and actual rate",
        goods=countries.goods(_, partner),
    )


def _whose(view: View, partner: str) -> str:
    """Say whose imports these are, and why, where the chosen pair has no such tariffs between its two."""
    _, chosen = view.text, view.selection
    country = countries.origin(_, partner)
    if view.coverage.claims.importer in (chosen.reporter, chosen.partner):
        return _("Shown are US imports from {country}, as the United States records them.", country=country)
    return _(
        "Canada and Mexico charge no IEEPA tariff on each other; the United States charged both. "
        "Shown are US imports from {country}, as the United States records them.",
        country=country,
    )


def _goods_segmented(view: View, partner: str) -> html.Div:
    _ = view.text
    options = [(countries.name(_, p), _of(view.selection, p), p == partner) for p in view.coverage.claims.partners]
    return segmented(_("Goods of"), options)


def _of(chosen: Selection, partner: str) -> Selection:
    """The selection in which the goods of a partner are shown; the other two choices stay where they can."""
    if chosen.reporter == chosen.coverage.claims.importer:
        return replace(chosen, partner=partner)
    return replace(chosen, reporter=partner, partner=chosen.reporter if chosen.partner == partner else chosen.partner)


def _with_us(chosen: Selection, partner: str) -> Selection:
    """The selection with the United States in the pair, so that its tariffs are found."""
    if chosen.coverage.claims.importer in (chosen.reporter, chosen.partner):
        return chosen
    return replace(chosen, reporter=partner, partner=chosen.coverage.claims.importer)


def _day_select(view: View, store: Store, partner: str) -> html.Label:
    _, on = view.text, view.selection.on
    days = sorted({*effective_rate.days_of_change(store, partner), on}, reverse=True)
    options = {_.date(day): replace(view.selection, on=day) for day in days}
    return select(view, "burden-day", _("On"), options, _.date(on))


def _readings(view: View, store: Store, partner: str) -> html.Section:
    """The three readings beside each other, and where they come from."""
    _, on = view.text, view.selection.on
    said, law = effective_rate.announced(store, partner, on), effective_rate.rates_in_force(store, partner, on)
    month = month_shown(store, on)
    ids = [*([said.source_id] if said else []), *law["source_id"], *store.usmca_shares["source_id"]]
    return html.Section(
        [
            html.H2(_("Three readings of {date}", date=_.date(on))),
            html.Div(
                [_announced(view, said), _law(view, law, partner), _realised(view, store, partner, month)],
                className="three",
            ),
            html.P(source_line(_, origin(store, list(dict.fromkeys(ids)))).words, className="source"),
        ],
        className="section first",
    )


def _reading(title: str, value: str, *body: object) -> html.Div:
    return html.Div([html.H3(title), html.P(value, className="reading"), *body])


def _announced(view: View, said: effective_rate.Announced | None) -> html.Div:
    _, on = view.text, view.selection.on
    if said is None:
        words = _("No rate for all goods had been announced, or all that were had ended.")
        return _reading(_("Headline rate"), _("none"), html.P(words))
    about = _(
        "{measure}. {scope}. Announced on {date}.",
        measure=measure_name(_, said.measure),
        scope=_.data(said.scope),
        date=_.date(said.announced),
    )
    if said.applies_from is None:
        then = _("It never applied in this form.")
    elif said.applies_from > on:
        then = _("It did not apply yet: the first day was to be {date}.", date=_.date(said.applies_from))
    else:
        then = _("It applied from {date}.", date=_.date(said.applies_from))
    return _reading(_("Headline rate"), _.percent(said.rate, 0), html.P(about), html.P(then))


def _law(view: View, law: pd.DataFrame, partner: str) -> html.Div:
    """The rates in force by measure; the Tariffs page has them by goods."""
    _ = view.text
    if law.empty:
        words = _("No additional tariff applied on this day.")
        return _reading(_("Legal rate"), _.percent(0, 0), html.P(words))
    rows = [html.Li(_measure(_, row)) for row in law.itertuples()]
    free = _free(_, law)
    return _reading(
        _("Legal rate"),
        range_words(_, 0 if free else law["low"].min(), law["high"].max()),
        html.P(_("depending on the goods, on top of what applied before 2025:")),
        html.Ul(rows),
        html.P(free) if free else None,
        html.P(
            dcc.Link(
                _("All rates of this day, by goods"),
                href="/tariffs" + _with_us(view.selection, partner).to_query(),
                className="way",
            )
        ),
    )


def _free(_: Text, law: pd.DataFrame) -> str:
    """Say which goods pay none of the tariffs; empty where a tariff on all goods spares none of them."""
    whole = law[law["whole"]]
    if whole.empty:
        return _("Goods outside the lists pay none.")
    return _("Goods outside the lists pay none if they qualify under the USMCA.") if whole["usmca_exempt"].all() else ""


def _measure(_: Text, row) -> str:
    words = {"measure": measure_name(_, row.measure), "rate": range_words(_, row.low, row.high)}
    if row.ban:
        return _("{measure}: {rate}, some goods banned", **words)
    return _("{measure}: {rate}, USMCA goods free", **words) if row.usmca_exempt else _("{measure}: {rate}", **words)


def range_words(_: Text, low: float, high: float) -> str:
    """Write a range of rates, or the one rate."""
    if low == high:
        return _.percent(high, 0)
    return _("{low}–{high}", low=_.number(low), high=_.percent(high, 0))


def month_shown(store: Store, on) -> pd.Timestamp:
    """The month of the record of claims that a day falls into, or the nearest one."""
    months = effective_rate.claims(store).index
    return min(max(pd.Timestamp(on.year, on.month, 1), months[0]), months[-1])


def _realised(view: View, store: Store, partner: str, month: pd.Timestamp) -> html.Div:
    """What the record of claims allows to say about the month of the day, or about the nearest month."""
    _, on = view.text, view.selection.on
    share, estimates = effective_rate.claims(store).at[month, partner], effective_rate.estimate(store, partner)
    claimed = _(
        "{share} of the imports of {month} entered with a claim under the USMCA.",
        share=_.percent(share),
        month=_.date(month, "month"),
    )
    held = _("There are no data on duties actually collected.")
    if (on.year, on.month) != (month.year, month.month):
        ends = _(
            "The record of claims ends in {month}; what was paid on this day cannot be said.",
            month=_.date(month, "month"),
        )
        return _reading(_("Actual rate"), _("not known"), html.P(ends), html.P(claimed), html.P(held))
    if month not in estimates.index:
        none = _("The IEEPA tariff was not charged in this month.")
        return _reading(_("Actual rate"), _("none"), html.P(none), html.P(claimed))
    value = _("about {estimate}", estimate=_.percent(estimates.at[month, "estimate"]))
    about = _(
        "of all imports of {month}, by our estimate; for the IEEPA tariff alone, sector duties come on top.",
        month=_.date(month, "month"),
    )
    return _reading(_("Actual rate"), value, html.P(about), html.P(claimed), html.P(held))


def _charts(view: View, store: Store) -> list:
    _, chosen = view.text, view.selection
    details = {"section": _("{count} largest", count=_.number(LARGEST)), "chapter": _("all")}
    options = [(name, replace(chosen, detail=detail), detail == chosen.detail) for detail, name in details.items()]
    shares, estimate, chapters = (
        chart_of(view, store, name) for name in ("usmca-share", "border-duty-bound", "usmca-chapters")
    )
    return [
        chart(view, shares) if shares else None,
        chart(view, estimate) if estimate else None,
        html.Div(toolbar(segmented(_("Chapters"), options)), className="before-chart"),
        chart(view, chapters) if chapters else None,
    ]
