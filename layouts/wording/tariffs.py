"""Words for tariffs: measures, steps, rates and the texts behind them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from dash import html

from layouts.components.source_line import verification
from layouts.components.table import folded_note
from layouts.figures.tariff_steps import rate_or_range
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text


def measure_name(_: Text, measure: str) -> str:
    """Name a measure for readers."""
    return {
        "border_duty": _("IEEPA tariff"),
        "metals_232": _("Steel and aluminium"),
        "autos_232": _("Automobiles"),
        "auto_parts_232": _("Automobile parts"),
        "copper_232": _("Copper"),
        "timber_232": _("Timber and furniture"),
        "trucks_232": _("Trucks and buses"),
        "semiconductors_232": _("Semiconductors"),
        "surcharge_122": _("Section 122 surcharge"),
        "forced_labour_301": _("Section 301 duty"),
        "discrimination_338": _("Section 338 duty"),
        "surtax_2025_1": _("Surtax of March 2025"),
        "surtax_metals": _("Metals surtax"),
        "surtax_vehicles": _("Vehicle surtax"),
        "surtax_2026": _("Surtax of September 2026"),
        "steel_derivative_surtax": _("Steel products surtax"),
        "second_list_2025": _("Second list of 2025"),
        "mexican_answer": _("Planned answer"),
    }[measure]


def step_name(_: Text, step: str) -> str:
    """Name a step in the life of a measure."""
    return {
        "announced": _("Announced"),
        "signed": _("Signed"),
        "planned": _("Planned"),
        "paused": _("Put off"),
        "effective": _("In effect"),
        "exempted": _("Goods exempted"),
        "amended": _("Changed"),
        "ruled": _("Court ruling"),
        "ended": _("Ended"),
        "expired": _("Expired"),
    }[step]


def on_whom(_: Text, imposer: str, target: str) -> str:
    """Say whose duties they are and on whose goods."""
    return _(
        "{imposer} on {goods}",
        imposer=countries.sentence_start(_, imposer),
        goods=countries.goods(_, target),
    )


def whose(_: Text, imposer: str, targets: Iterable[str]) -> str:
    """Name briefly who charges the goods of which countries."""
    return _(
        "{imposer} on {targets}",
        imposer=countries.short(_, imposer),
        targets=_.listing(countries.short(_, target) for target in targets),
    )


def rate_span(_: Text, low: float, high: float) -> str:
    """Write the span of several rates, or the one that all are; per cent."""
    highest = _.percent(high, 0)
    return highest if low == high else _("{low}–{high}", low=_.number(low), high=highest)


def rate(_: Text, row) -> str:
    """Write a rate: a percentage, a ban, or that it is not known."""
    if row.kind == "import_ban":
        return _("import ban")
    return _("not known") if pd.isna(row.rate_pct) else rate_or_range(_, row)


def usmca_rate(_: Text, row) -> str:
    """Write the rate of goods that qualify under the USMCA, or what the row means for them."""
    if not pd.isna(row.usmca_rate_pct):
        return _.percent(row.usmca_rate_pct, 0)
    if pd.isna(row.usmca_rule):
        return _("not known")
    return {
        "same": _("the same"),
        "partial": _("on part of the value"),
        "required": _("only these"),
    }[row.usmca_rule]


def rate_detail(_: Text, row) -> html.Span | None:
    """Say beneath a rate what the plain rate does not say; None where it says all."""
    return html.Span(_.data(row.rate_text), className="source") if isinstance(row.rate_text, str) else None


def goods(_: Text, row) -> list:
    """Name the goods, and beneath them the measure."""
    return [html.Span(_.data(row.scope_text)), html.Span(measure_name(_, row.measure), className="source")]


def verbatim(name: str) -> html.Span:
    """A name in its own language, in a cell of a table."""
    return html.Span(name, **{"data-verbatim": "1"})


def law(view: View, row, none: str) -> html.Span | html.A:
    """Name the text behind a row, linked where an address is known."""
    _ = view.text
    name = _.verbatim(row.instrument) if isinstance(row.instrument, str) else none
    if isinstance(row.url, str):
        return html.A(name, href=row.url, rel="noreferrer", target="_blank")
    return html.Span(name)


def instrument(view: View, row) -> list:
    """Name the text behind a rate, where it is printed, how far it was read, and its note."""
    _ = view.text
    printed = [_.verbatim(s) for s in (row.legal_basis, row.citation) if isinstance(s, str)]
    cell = [
        html.Span(law(view, row, _("none named"))),
        html.Span(_.apart([*printed, verification(_, row.verification)]), className="source"),
    ]
    return [*cell, folded_note(_, row.note)] if isinstance(row.note, str) else cell


def evidence(view: View, row) -> html.Span:
    """Say in one line which text stands behind a step or a rule, where it is printed and how far it was read."""
    _ = view.text
    parts = [law(view, row, _("no text named"))]
    rest = [_.verbatim(row.citation)] if isinstance(row.citation, str) else []
    return html.Span(
        [*parts, html.Span(_.apart([*rest, verification(_, row.verification)]))], className="source evidence"
    )
