"""The Trade page: exports and imports, the balance and growth of the chosen pair, in any measure, by either record."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from dash import dcc, html

from data.queries import measures as measuring
from data.queries import trade
from data.selection import REPORTED
from data.store import Store
from data.years import Years
from layouts.charts.annotations import marks_select
from layouts.charts.registry import chart_of
from layouts.components import notices
from layouts.components.chart import chart
from layouts.components.controls import segmented, toolbar
from layouts.sections.measure_choice import cannot, measure_bar
from layouts.sections.no_records import no_records, other_side_ways
from layouts.view import View
from layouts.wording import countries, rounding

PATH = "/trade"


def page(view: View, store: Store) -> html.Div:
    """Draw the page for the selection, or say why there is nothing to draw."""
    return html.Div([html.H1(_heading(view)), *_body(view, store)])


def _heading(view: View) -> str:
    _, chosen = view.text, view.selection
    return _(
        "{possessive} goods trade with {partner}",
        possessive=countries.possessive(_, chosen.reporter),
        partner=countries.partner(_, chosen.partner),
    )


def _body(view: View, store: Store) -> list:
    _ = view.text
    if view.selection.same_country:
        return [notices.same_country(view)]
    if view.selection.reported == "both":
        return [toolbar(reported_segmented(view), marks_select(view)), *_both(view, store)]
    table = trade.series_as_reported(store, view.selection)
    if table[["export", "import"]].isna().all(axis=None):
        return [toolbar(reported_segmented(view)), no_records(view, store)]
    measured = measuring.measure(store, view.selection)
    bar = toolbar(reported_segmented(view), *measure_bar(view, store, measured), marks_select(view))
    if measured.why_not:
        return [bar, cannot(view, store, measured.why_not)]
    hints = [partial_record(view, store, table), year_to_date_line(view, store)]
    charts = [chart_of(view, store, name) for name in ("trade", "balance", "growth")]
    return [
        bar,
        *(hint for hint in hints if hint),
        compound_line(view, store),
        converted_line(view, store) if view.selection.measure == "value" else None,
        *(chart(view, it) for it in charts if it),
        html.P(
            dcc.Link(_("Trade before and after an event"), href=view.href("/before-after"), className="way"),
            className="ways",
        ),
    ]


def reported_segmented(view: View, both: bool = True) -> html.Div:
    """Offer either side's record of the pair, and both beside each other."""
    _, chosen = view.text, view.selection
    names = {
        "country": countries.name(_, chosen.reporter),
        "partner": countries.name(_, chosen.partner),
        "both": _("both sides"),
    }
    options = [(names[r], replace(chosen, reported=r), r == chosen.reported) for r in REPORTED if both or r != "both"]
    return segmented(_("As reported by"), options)


def _both(view: View, store: Store) -> list:
    """Set both records of each direction beside each other; measures are of one record and wait."""
    _, chosen = view.text, view.selection
    said = []
    if chosen.measure != "value":
        words = _("Measures apply to one record; with both sides shown, the chart shows values.")
        said.append(html.P(words, className="so-far"))
    charts = [it for name in ("mirror-exports", "mirror-imports") if (it := chart_of(view, store, name))]
    if not charts:
        return [no_records(view, store)]
    why = dcc.Link(_("Why the two sides differ"), href=view.href("/mirror"), className="way")
    return [*said, *(chart(view, it) for it in charts), html.P(why, className="ways")]


def converted_line(view: View, store: Store) -> html.P | None:
    """Say that changes contain those of the exchange rate, with the change in the currency of record."""
    _, chosen = view.text, view.selection
    recorded = view.coverage.currency_of_record[chosen.as_reported().reporter]
    if recorded == chosen.currency:
        return None
    head = trade.headline(store, replace(chosen.as_reported(), currency=recorded))
    growth = head.figures["total"].growth if head else float("nan")
    said = [_("Values are converted, so changes include exchange-rate movements.")]
    if head is not None and growth == growth:
        said.append(
            _(
                "In {currency}, two-way trade of {year} changed by {growth}.",
                currency=_.currency(recorded),
                year=head.year,
                growth=_.signed_percent(growth),
            )
        )
    apart = trade.apart_by_rates(store, chosen)
    if apart == apart:
        said.append(
            _(
                "A year is converted at its own average rate and each month at its own; the months of a year add up to "
                "within {percent} of it.",
                percent=_.percent(apart),
            )
        )
    return html.P(_.sentences(said), className="source converted")


def compound_line(view: View, store: Store) -> html.P | None:
    """State the growth a year over the chosen years, where both ends are on record."""
    _, chosen = view.text, view.selection
    if chosen.measure != "value" or chosen.freq != "annual":
        return None
    measured = measuring.measure(store, replace(chosen, measure="compound"))
    if measured.why_not or len(measured.table) < 2:
        return None
    last = measured.table.iloc[-1]
    parts = [
        _("{flow} {growth}", flow=name, growth=_.signed_percent(last[m]))
        for m, name in (("export", _("exports")), ("import", _("imports")), ("total", _("two-way trade")))
        if last[m] == last[m]
    ]
    return html.P(
        _(
            "Compound annual growth, {first} to {last}: {figures}.",
            first=measured.base,
            last=measured.table.index[-1].year,
            figures=_.listing(parts),
        ),
        className="so-far",
    )


def year_to_date_line(view: View, store: Store) -> html.P | None:
    """Set the months of the incomplete year against the same months before; the year itself is never shown."""
    _, chosen = view.text, view.selection
    now = trade.year_to_date(store, chosen)
    if now is None or now.now["total"] != now.now["total"] or chosen.years[1] < view.coverage.last_complete_year:
        return None
    # Whoever names months has not asked for others.
    if not Years.of(chosen.years).whole:
        return None
    if chosen.measure != "value" or chosen.reported == "partner":
        return None
    parts = [
        _(
            "{flow} {amount} ({growth})",
            flow=name,
            amount=_.money(now.now[m], chosen.currency),
            growth=_.signed_percent((now.now[m] / now.before[m] - 1) * 100),
        )
        for m, name in (("export", _("exports")), ("import", _("imports")), ("total", _("two-way trade")))
    ]
    said = [
        _(
            "{year} so far, January–{month} against the same months of {before}: {figures}. Preliminary.",
            year=now.year,
            month=_.month_name(now.last_month),
            before=now.year - 1,
            figures=_.listing(parts),
        )
    ]
    if rounding.amounts_part([now.now["export"], now.now["import"]], now.now["total"]):
        said.append(rounding.note(_))
    return html.P(_.sentences(said), className="so-far")


def partial_record(view: View, store: Store, table: pd.DataFrame) -> html.Div | None:
    """Say what the record lacks, with the partner's record as the way out; None when nothing is lacking."""
    _, chosen = view.text, view.selection
    reporter = chosen.as_reported().reporter
    reasons: list[str] = []
    missing_flows = [f for f in ("export", "import") if table[f].isna().all()]
    sparse = trade.isolated_flows(store, chosen)
    if sparse:
        reasons.append(_sparse_record(view, store, sparse))
    elif missing_flows:
        reasons.append(_("One of the two flows is not on record."))
    if table[["export", "import"]].isna().any(axis=None) and not sparse:
        reasons.append(_missing_values(view, store))
    if table.index[0].year > chosen.years[0] and not sparse:
        reasons.append(
            _(
                "Figures of {country} begin in {year}.",
                country=countries.origin(_, reporter),
                year=table.index[0].year,
            )
        )
    if not reasons:
        return None
    ways = [] if chosen.reported == "partner" else other_side_ways(view, store)
    recorded = view.coverage.currency_of_record[reporter]
    if table[["export", "import"]].isna().any(axis=None) and chosen.currency != recorded and not sparse:
        label = _("Show {currency}", currency=_.currency(recorded))
        ways = [(label, replace(chosen, currency=recorded)), *ways]
    return notices.notice(reasons, ways)


def _sparse_record(view: View, store: Store, sparse: frozenset[str]) -> str:
    """Say how little of what the country reports is held: of both flows, or of one."""
    _, country = view.text, countries.subject(view.text, view.selection.as_reported().reporter)
    # Without the chosen years: what is said of a record holds whatever part of it is shown.
    sources = set(trade.records(store, view.selection.as_reported())["source_id"])
    if not any(store.source[one]["obtained"] == "press" for one in sources):
        return _("Few data from {country} itself: single years only.", country=country)
    if sparse == {"export", "import"}:
        return _(
            "Few data from {country} itself: published totals, some quoted by the press.",
            country=country,
        )
    return _(
        "Few data from {country} itself for one of the two flows, all quoted by the press.",
        country=country,
    )


def _converted(view: View) -> bool:
    """Whether another currency is shown than that of the record."""
    shown = view.selection.as_reported()
    return shown.currency != view.coverage.currency_of_record[shown.reporter]


def _missing_values(view: View, store: Store) -> str:
    _ = view.text
    if trade.rate_sources(store, view.selection.as_reported()) or _converted(view):
        return _("There is no exchange rate for some of these years, so they are left empty.")
    return _("Some periods are not on record and are left empty.")
