"""Why a pair has nothing to show for a choice, and what there is instead."""

from __future__ import annotations

from dataclasses import replace

from dash import html

from data.queries import trade
from data.selection import Selection
from data.store import Store
from layouts.components import notices
from layouts.view import View
from layouts.wording import countries


def no_records(view: View, store: Store) -> html.Div:
    """Explain why a pair has nothing at this frequency or in these years, and offer what exists."""
    _ = view.text
    chosen = view.selection
    covered = trade.coverage(store, chosen.reporter, chosen.partner, chosen.frequency)
    ways = []
    recorded = view.coverage.currency_of_record[chosen.reporter]
    if covered and _overlap(covered, chosen.years):
        reason = _(
            "No exchange rate into {currency} for {years}.",
            currency=_.currency(chosen.currency),
            years=_.years(chosen.years),
        )
        ways.append((_("Show {currency}", currency=_.currency(recorded)), replace(chosen, currency=recorded)))
    elif covered:
        first, last = covered
        reason = _(
            "{country} has no figures here for {years}; they run from {first} to {last}.",
            country=countries.sentence_start(_, chosen.reporter),
            years=_.years(chosen.years),
            first=first,
            last=last,
        )
        ways.append((_("Show {years}", years=_.years(covered)), replace(chosen, years=covered)))
    else:
        nothing = {
            "monthly": _("No monthly data from {country} on trade with {partner}."),
            "quarterly": _("No quarterly data from {country} on trade with {partner}."),
            "annual": _("No data from {country} on trade with {partner}."),
        }[chosen.freq]
        reason = nothing.format(
            country=countries.subject(_, chosen.reporter),
            partner=countries.partner(_, chosen.partner),
        )
        annual = replace(chosen, freq="annual")
        yearly = trade.coverage(store, chosen.reporter, chosen.partner, "A")
        kept = chosen.years if yearly and _overlap(yearly, chosen.years) else annual.defaults().years
        ways.append((_("Show years instead"), replace(annual, years=kept)))
    return notices.notice(reason, [*ways, *other_side_ways(view, store)])


def other_side_ways(view: View, store: Store) -> list[tuple[str, Selection]]:
    """Offer the partner's record of the same trade, where it has figures in the chosen years."""
    other = notices.other_side(view.selection)
    covered = trade.coverage(store, other.reporter, other.partner, other.frequency)
    return [(notices.other_side_label(view), other)] if covered and _overlap(covered, other.years) else []


def _overlap(covered: tuple[int, int], years: tuple[int, int]) -> bool:
    return covered[0] <= years[1] and years[0] <= covered[1]
