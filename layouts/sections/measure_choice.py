"""The choice of a measure: what can be computed for the reader's choice, and what cannot, why, and what leads on."""

from __future__ import annotations

from dataclasses import replace

from dash import html

from data.queries.measures import COUNTRY_OF_CURRENCY, Measured, base_years, measure, not_computed
from data.selection import FIRST_YEAR, LAST_COMPLETE_YEAR, MEASURES, Selection
from data.store import Store
from layouts.components import notices
from layouts.components.controls import pick, switch
from layouts.view import View
from layouts.wording import measures


def measure_switch(view: View, store: Store) -> html.Div:
    """Offer every measure; one that cannot be computed is grey, and explains itself when touched or chosen."""
    _, chosen = view.text, view.selection
    options = [(measures.measure_name(_, m), replace(chosen, measure=m), m == chosen.measure) for m in MEASURES]
    reasons = {
        measures.measure_name(_, m): measures.reason(_, chosen, why)
        for m, why in not_computed(store, chosen).items()
        if why
    }
    return switch(_("Measure"), options, reasons)


def base_pick(view: View, store: Store, measured: Measured) -> html.Label | None:
    """Offer base years where the measure has one."""
    _, chosen = view.text, view.selection
    if chosen.measure not in ("index", "constant"):
        return None
    options = {str(y): replace(chosen, base=y) for y in range(LAST_COMPLETE_YEAR, FIRST_YEAR - 1, -1)}
    possible = {str(year) for year in base_years(store, chosen)}
    return pick(view, "base", _("Base year"), options, str(measured.base or chosen.base or ""), set(options) - possible)


def cannot(view: View, store: Store, why: str) -> html.Div:
    """Explain why a measure cannot be computed for the selection, with those ways that lead to a chart."""
    _, chosen = view.text, view.selection
    value = (_("Show values"), replace(chosen, measure="value", base=None))
    ways = [(label, to) for label, to in [*_ways(view, why), value] if not measure(store, to).why_not]
    return notices.notice(measures.reason(_, chosen, why), ways)


def _ways(view: View, why: str) -> list[tuple[str, Selection]]:
    _, chosen = view.text, view.selection
    annual = replace(chosen, freq="annual", years=Selection(freq="annual").defaults().years)
    monthly = replace(chosen, freq="monthly", years=Selection(freq="monthly").defaults().years)
    covered = replace(chosen, reporter="USA", partner=_partner_of_usa(chosen), reported="country", years=(2013, 2024))
    return {
        "needs_years": [(_("Show years instead"), annual)],
        "needs_months": [(_("Show months instead"), monthly)],
        "no_total": [(_("Show the US record instead"), covered)],
        "no_prices": [(_("Show years instead"), annual)] if chosen.currency in COUNTRY_OF_CURRENCY else [],
        "no_base": [(_("Take the usual base year"), replace(chosen, base=None))] if chosen.base else [],
    }.get(why, [])


def _partner_of_usa(chosen: Selection) -> str:
    return chosen.reporter if chosen.reporter != "USA" else chosen.partner


def measure_bar(view: View, store: Store, measured: Measured) -> list:
    """The choice of measure, its base year and its definition."""
    return [measure_switch(view, store), base_pick(view, store, measured), measures.definition_note(view, measured)]
