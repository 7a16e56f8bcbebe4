"""The tariffs at one border in a glance: whether the article's rates still apply, what does, and what answers them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from dash import html

from data.queries import tariffs
from data.queries.tariffs import EVERY, Ended, Standing
from data.store import Store
from layouts.components.controls import segmented
from layouts.sections.tariff_day import sides
from layouts.view import View
from layouts.wording import countries
from layouts.wording.tariffs import measure_name, rate_span, whose
from layouts.wording.text import Text

# The measure whose rates the article names.
OF_ARTICLE = "border_duty"


def border_choice(view: View) -> html.Div:
    """Choose between the pairs with tariffs on each other; the usual one needs no word in the address."""
    _, at = view.text, view.choice.at_border()
    usual = replace(view.choice, border="").at_border()
    options = []
    for pair in view.coverage.borders:
        border = "" if set(pair) == {usual.reporter, usual.partner} else "-".join(pair)
        name = _("{country} and {partner}", country=countries.name(_, pair[0]), partner=countries.name(_, pair[1]))
        options.append((name, replace(view.choice, border=border), set(pair) == {at.reporter, at.partner}))
    return html.Div(segmented(_("Tariffs between"), options), className="border-choice")


def finding(view: View, store: Store) -> str:
    """Say whether the rates of the article apply at this border; just name the border where they never did."""
    _, chosen = view.text, view.selection
    day = view.coverage.last_day
    for imposer, target in sides(view):
        it = tariffs.standing(store, imposer, target, day)
        over = next((one for one in it.ended if one.measure == OF_ARTICLE), None)
        if over is None:
            continue
        words = {
            "rates": _.listing(dict.fromkeys(_.percent(row.rate_pct, 0) for row in _general_first(over.began))),
            "date": _.date(over.last),
            "goods": countries.goods(_, target),
        }
        if it.applies:
            return _("The article’s {rates} on {goods} ended on {date}; other tariffs apply.", **words)
        return _("The article’s {rates} on {goods} ended on {date}.", **words)
    return _(
        "Additional tariffs between {country} and {partner}",
        country=countries.partner(_, chosen.reporter),
        partner=countries.partner(_, chosen.partner),
    )


def status_strip(view: View, store: Store) -> html.Div:
    """Set what ended and what applies beside each other, for both directions."""
    day = view.coverage.last_day
    cells = []
    for imposer, target in sides(view):
        it = tariffs.standing(store, imposer, target, day)
        cells += [_over(view, it, imposer, target), _now(view, it, imposer, target)]
    return html.Div([cell for cell in cells if cell], className="status-strip")


def _over(view: View, it: Standing, imposer: str, target: str) -> html.Div | None:
    if not it.ended:
        return None
    _ = view.text
    return _cell(_("Ended"), "ended", whose(_, imposer, [target]), "", [_ended(_, one) for one in it.ended])


def _ended(_: Text, it: Ended) -> str:
    """Name a measure with its rates and days: what it began with, and what came later."""
    rates = [
        _.percent(row.rate_pct, 0)
        if row.product_scope == EVERY or len(it.began) == 1
        else _("{goods} {rate}", goods=_.data(row.scope_text), rate=_.percent(row.rate_pct, 0))
        for row in _general_first(it.began)
    ]
    later = [
        _("{rate} from {date}", rate=_.percent(row.rate_pct, 0), date=_.date(row.effective_from))
        for row in it.changed.itertuples()
    ]
    return _(
        "{measure}, {first} to {last}: {rates}.",
        measure=measure_name(_, it.measure),
        rates=_.details([*rates, *later]),
        first=_.date(it.first),
        last=_.date(it.last),
    )


def _general_first(rows: pd.DataFrame) -> list:
    """Rows of the tariffs table, what is on everything else before what is on some goods."""
    return list(rows.sort_values("product_scope", key=lambda scopes: scopes != EVERY, kind="stable").itertuples())


def _now(view: View, it: Standing, imposer: str, target: str) -> html.Div | None:
    """The span of rates in force, and what all goods pay."""
    _ = view.text
    if not it.applies:
        return None
    said = [_.ngettext("On {count} group of goods.", "On {count} groups of goods.", it.groups)] if it.groups else []
    for row in it.every.itertuples():
        words = {"rate": _.percent(row.rate_pct, 0), "date": _.date(row.effective_from)}
        said.append(
            _("All other goods: {rate} since {date}, free with USMCA.", **words)
            if row.usmca_rate_pct == 0
            else _("All other goods: {rate} since {date}.", **words)
        )
    return _cell(_("In force"), "running", whose(_, imposer, [target]), rate_span(_, it.low, it.high), said)


def _cell(state: str, kind: str, whose: str, rate: str, said: list[str]) -> html.Div:
    return html.Div(
        [
            html.P(
                [html.Span(state, className=f"state {kind}"), " ", whose, " ", html.Strong(rate) if rate else None],
                className="status-head",
            ),
            *(html.P(words, className="source") for words in said),
        ],
        className="status-cell",
    )
