"""The choice of a measure: what can be computed for the reader's choice, and what cannot, why, and what leads on."""

from __future__ import annotations

from dataclasses import replace

from dash import html

from data.queries.measures import Measured, base_years, measure, not_computed
from data.queries.partners import held_years
from data.selection import MEASURES, Selection
from data.store import Store
from layouts.components import notices
from layouts.components.controls import segmented, select
from layouts.view import View
from layouts.wording import countries, measures


def measure_segmented(view: View, store: Store) -> html.Div:
    """Offer every measure; one that cannot be computed is grey, and explains itself when touched or chosen."""
    _, chosen = view.text, view.selection
    options = [(measures.measure_name(_, m), replace(chosen, measure=m), m == chosen.measure) for m in MEASURES]
    reasons = {
        measures.measure_name(_, m): measures.reason(_, chosen, why)
        for m, why in not_computed(store, chosen).items()
        if why
    }
    return segmented(_("Measure"), options, reasons)


def base_select(view: View, store: Store, measured: Measured) -> html.Label | None:
    """Offer base years where the measure has one."""
    _, chosen = view.text, view.selection
    if chosen.measure not in ("index", "constant"):
        return None
    years = range(view.coverage.last_complete_year, view.coverage.first_year - 1, -1)
    options = {str(y): replace(chosen, base=y) for y in years}
    possible = {str(year) for year in base_years(store, chosen)}
    return select(
        view, "base", _("Base year"), options, str(measured.base or chosen.base or ""), set(options) - possible
    )


def cannot(view: View, store: Store, why: str) -> html.Div:
    """Explain why a measure cannot be computed for the selection, with those ways that lead to a chart."""
    _, chosen = view.text, view.selection
    value = (_("Show values"), replace(chosen, measure="value", base=None))
    ways = [(label, to) for label, to in [*_ways(view, store, why), value] if not measure(store, to).why_not]
    return notices.notice(measures.reason(_, chosen, why), ways)


def _ways(view: View, store: Store, why: str) -> list[tuple[str, Selection]]:
    _, chosen = view.text, view.selection
    years = view.coverage.years_shown
    annual = replace(chosen, freq="annual", years=years["annual"])
    monthly = replace(chosen, freq="monthly", years=years["monthly"])
    return {
        "needs_years": [(_("Show years instead"), annual)],
        "needs_months": [(_("Show months instead"), monthly)],
        "no_total": _records_with_totals(view, store),
        "no_prices": [(_("Show years instead"), annual)],
        "no_base": [(_("Take the usual base year"), replace(chosen, base=None))] if chosen.base else [],
    }.get(why, [])


def _records_with_totals(view: View, store: Store) -> list[tuple[str, Selection]]:
    """The records of the pair whose trade with all countries is held, as ways to a share of it."""
    _, chosen = view.text, view.selection
    ways = []
    for reporter in (chosen.partner, chosen.reporter):
        held = held_years(store, reporter)
        if held:
            partner = chosen.partner if chosen.partner != reporter else chosen.reporter
            covered = replace(chosen, reporter=reporter, partner=partner, reported="country", years=held)
            ways.append((_("Show the record of {country} instead", country=countries.origin(_, reporter)), covered))
    return ways


def measure_bar(view: View, store: Store, measured: Measured) -> list:
    """The choice of measure, its base year and its definition."""
    return [
        measure_segmented(view, store),
        base_select(view, store, measured),
        measures.definition_note(view, measured),
    ]
