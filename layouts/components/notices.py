"""Sentences for choices that lead nowhere, each with a reason and a way out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from dash import dcc, html

from data.address import ALIASES
from data.selection import Rejected, Selection
from layouts.view import View
from layouts.wording import countries


def rejected_values(view: View, rejected: Sequence[Rejected]) -> html.Div | None:
    """Explain each value of the address that could not be used, with what would be and what is shown instead."""
    if not rejected:
        return None
    _ = view.text
    lines = [html.P(_misspelt_line(view, one) if one.meant else _rejected_line(view, one)) for one in rejected]
    return html.Div(
        [*lines, dcc.Link(_("Clean the address"), href=view.href("") or "?")],
        className="notice",
        role="status",
    )


def _misspelt_line(view: View, one: Rejected) -> list:
    """Ask whether a name that is no field was meant as one, and offer to read it so."""
    _ = view.text
    given = urlencode({ALIASES.get(one.meant, one.meant): one.value})
    meant, _rejected = Selection.from_query(f"{given}&{view.href('').lstrip('?')}", view.coverage)
    return _.parts(
        "The address asks for “{name}”, which is not a field of it. Did you mean {field}?",
        {
            "name": _.verbatim(one.field[:40]),
            "field": dcc.Link(_.verbatim(f"{one.meant}={one.value[:40]}"), href=meant.to_query() or "?"),
        },
    )


def _rejected_line(view: View, one: Rejected) -> str:
    _ = view.text
    if one.field == "on" and (day := _calendar_day(one.value)):
        return _outside(view, day)
    return _(
        "The address asks for {field} “{value}”, which is not known here. Accepted: {allowed}. Shown instead: {used}.",
        field=field_name(view, one.field),
        value=_.verbatim(one.value[:40]),
        allowed=_allowed(view, one),
        used=_used(view, one.field),
    )


def _calendar_day(value: str) -> dt.date | None:
    """Read a day as it is written in an address; None when it is none."""
    try:
        return dt.date.fromisoformat(value) if len(value) == len("2025-01-01") else None
    except ValueError:
        return None


def _outside(view: View, day: dt.date) -> str:
    """Say why nothing is known of a day before or after the collection of tariffs."""
    _ = view.text
    asked, used = _.date(day), _.date(view.selection.on)
    held = view.coverage
    if day > held.last_day:
        return _(
            "No data for {asked}: tariff data end on {last}. Shown instead: {used}.",
            asked=asked,
            last=_.date(held.last_day),
            used=used,
        )
    return _(
        "No data for {asked}: tariff data begin on {first}, before the first of the new duties; older duties are part "
        "of the usual rates. Shown instead: {used}.",
        first=_.date(held.first_day),
        asked=asked,
        used=used,
    )


def field_name(view: View, field: str) -> str:
    """Name a field of the address."""
    _ = view.text
    return {
        "reporter": _("the country"),
        "partner": _("the partner"),
        "years": _("the years"),
        "freq": _("the frequency"),
        "currency": _("the currency"),
        "on": _("the day"),
        "category": _("the category"),
        "reported": _("the record"),
        "measure": _("the measure"),
        "base": _("the base year"),
        "flow": _("the flow"),
        "product": _("the product"),
        "against": _("the year to compare with"),
        "event": _("the event"),
        "marks": _("the events on charts"),
        "around": _("the event to compare around"),
        "detail": _("the level of detail"),
        "rate": _("the supposed rate"),
    }[field]


def _allowed(view: View, one: Rejected) -> str:
    _ = view.text
    if one.field == "years":
        return _(
            "a span such as 2015-2025 within {span}, one year, or months and quarters such as {month} and {quarter}",
            span=_.verbatim(one.allowed[0]),
            month=_.verbatim(one.allowed[2]),
            quarter=_.verbatim(one.allowed[3]),
        )
    if one.field == "product":
        return _(
            "a section of the HS such as {section}, or a chapter of two digits such as {chapter}",
            section=_.verbatim(one.allowed[0]),
            chapter=_.verbatim(one.allowed[1]),
        )
    if one.field == "around":
        return _("an id of the list of events such as {example}", example=_.verbatim(one.allowed[0]))
    if one.field in ("base", "against"):
        return _("a year from {first} to {last}", first=one.allowed[0], last=one.allowed[1])
    if one.field == "rate":
        return _(
            "a rate in per cent from {first} to {last}, such as {example}",
            first=_.number(float(one.allowed[0])),
            last=_.number(float(one.allowed[1])),
            example=_.verbatim("12.5"),
        )
    if one.field == "on":
        return _("a day from {first} to {last}", first=_.verbatim(one.allowed[0]), last=_.verbatim(one.allowed[1]))
    return _.choice(_.verbatim(value) for value in one.allowed)


def _used(view: View, field: str) -> str:
    value = getattr(view.selection, field)
    if field == "years":
        return view.text.years(value)
    if value in (None, ""):
        return view.text("the usual choice")
    if field == "rate":
        return view.text.verbatim(f"{value:g}")
    return view.text.verbatim(value.isoformat() if field == "on" else str(value))


def same_country(view: View) -> html.Div:
    """Explain that a country does not trade with itself and offer the other partners."""
    _ = view.text
    here = view.selection.reporter
    others = [country for country in view.coverage.countries if country != here]
    return notice(
        _("{country} is chosen twice. Trade needs two different countries.", country=countries.sentence_start(_, here)),
        [
            (_("See trade with {partner}", partner=countries.partner(_, c)), replace(view.selection, partner=c))
            for c in others
        ],
    )


def other_side(selection: Selection) -> Selection:
    """The same pair as the partner records it, in the partner's currency unless another was chosen."""
    return selection.turned(selection.partner, selection.reporter)


def other_side_label(view: View) -> str:
    """Offer the partner's record."""
    _ = view.text
    return _("See the same trade as {partner} reports it", partner=countries.subject(_, view.selection.partner))


def notice(reasons: str | Sequence[str], ways: Sequence[tuple[str, Selection]], path: str = "") -> html.Div:
    """Show a reason, or several, and links to selections that lead on; they stay on the page they stand on."""
    said = [html.P(reason) for reason in ([reasons] if isinstance(reasons, str) else reasons)]
    links = [dcc.Link(label, href=path + (to.to_query() or "?"), className="way") for label, to in ways]
    return html.Div([*said, html.P(links, className="ways")], className="notice", role="status")
