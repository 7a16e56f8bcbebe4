"""The four headline numbers of the overview, each with its change and its origin."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
from dash import html

from data.queries import trade
from data.queries.trade import Figure, Headline
from data.store import Store
from layouts.charts.trade_record import rate_words
from layouts.components.chart import known
from layouts.components.source_line import citation
from layouts.view import View
from layouts.wording import countries, rounding


def headline_numbers(view: View, store: Store, head: Headline) -> html.Div:
    """Show the four numbers of the last complete year, each with its change and its origin."""
    _, chosen = view.text, view.selection
    partner = countries.partner(_, chosen.partner)
    labels = {
        "total": _("Two-way trade"),
        "export": _("Exports to {partner}", partner=partner),
        "import": _("Imports from {partner}", partner=countries.origin(_, chosen.partner)),
        "balance": _("Balance"),
    }
    cards = [_card(view, store, head, head.figures[m], label) for m, label in labels.items()]
    note = html.P(rounding.note(_), className="source rounding") if _part(head) else None
    return html.Div([html.Div(cards, className="numbers"), note], className="headline")


def _part(head: Headline) -> bool:
    """Whether the numbers, as they are written, do not add up."""
    total, export, imported, balance = (head.figures[m].value for m in ("total", "export", "import", "balance"))
    return rounding.amounts_part([export, imported], total) or rounding.amounts_part([export, -imported], balance)


def _card(view: View, store: Store, head: Headline, figure: Figure, label: str) -> html.Div:
    return html.Div(
        [
            html.P(label, className="number-label"),
            html.Div(
                [
                    html.P(_large(view, figure.value), className="number-value", **{"data-figure": figure.measure}),
                    html.P(_change(view, head, figure), className="number-change"),
                ],
                className="number-line",
            ),
            html.Div(
                [
                    _rank(view, store, head, figure),
                    _origin(view, store, head, figure) if known(figure.value) else None,
                ],
                className="number-foot",
            ),
        ],
        className="number-card",
    )


def _large(view: View, million: float) -> list:
    """Set the amount large and its unit small, in the order the language puts them."""
    _ = view.text
    if not known(million):
        return [html.Span(_("not known"), className="unknown")]
    # The digits are the longest run without letters; what stands around them is the unit.
    before, digits, after = re.split(r"([\d][\d.,\s]*\d)", _.money(million, view.selection.currency), maxsplit=1)
    return [
        html.Span(before, className="unit"),
        html.Span(digits, className="amount"),
        html.Span(after, className="unit"),
    ]


def _change(view: View, head: Headline, figure: Figure) -> str:
    _ = view.text
    before = head.year - 1
    if not known(figure.before) or not known(figure.value):
        return _("no comparable figure for {year}", year=before)
    if figure.measure != "balance":
        arrow = "▲" if figure.growth > 0 else "▼" if figure.growth < 0 else "="
        return _("{arrow} {growth} on {year}", arrow=arrow, growth=_.signed_percent(figure.growth), year=before)
    amount = _.money(abs(figure.value - figure.before), view.selection.currency)
    return _balance_change(view, figure).format(amount=amount)


def _balance_change(view: View, figure: Figure) -> str:
    _ = view.text
    grew = abs(figure.value) > abs(figure.before)
    if figure.value * figure.before < 0:
        return _("{amount} from the opposite sign")
    if figure.value < 0:
        return _("deficit widened by {amount}") if grew else _("deficit narrowed by {amount}")
    return _("surplus widened by {amount}") if grew else _("surplus narrowed by {amount}")


def _rank(view: View, store: Store, head: Headline, figure: Figure) -> html.Span | None:
    _ = view.text
    if figure.measure != "total" or head.rank is None:
        return None
    said = _.ngettext(
        "No. {rank} of {count} partner",
        "No. {rank} of {count} partners",
        head.ranked_partners,
        rank=_.number(head.rank),
    )
    return html.Span(said, className="rank")


def _origin(view: View, store: Store, head: Headline, figure: Figure) -> html.Details:
    """Fold the computation, the rate and the source of a number under it."""
    _ = view.text
    annual = replace(view, selection=replace(view.selection, freq="annual"))
    period = pd.Timestamp(head.year, 1, 1)
    rows = trade.records(store, annual.selection)
    rows = rows[rows["period"] == period]
    rates = rows["rate"].dropna()
    rate = float(rates.iloc[0]) if len(rates) else float("nan")
    said = [_computation(view, head, figure, rows), rate_words(annual, rows["currency"].iloc[0], rate, period)]
    said += [citation(_, store.source, source_id) for source_id in dict.fromkeys(rows["source_id"])]
    summary = html.Summary(_("About"), **{"aria-label": _("About this number: {year}", year=head.year)})
    return html.Details([summary, *(html.P(words) for words in said)], className="card-origin")


def _computation(view: View, head: Headline, figure: Figure, rows: pd.DataFrame) -> str:
    """Write the number out: as the sum or difference of two flows, or as what the record itself says."""
    _, chosen = view.text, view.selection
    unit = _("million {currency}", currency=_.currency(chosen.currency))
    exports, imports, result = (_.number(v, 1) for v in (*_flows(head), figure.value))
    if figure.measure == "total":
        return _("{exports} + {imports} = {total} ({unit})", exports=exports, imports=imports, total=result, unit=unit)
    if figure.measure == "balance":
        return _(
            "{exports} − {imports} = {balance} ({unit})", exports=exports, imports=imports, balance=result, unit=unit
        )
    # What the record itself says is in its own currency; the rate stands on the line below.
    row = rows[rows["flow"] == figure.measure].iloc[0]
    result, unit = _.number(row["value_million"], 1), _("million {currency}", currency=_.currency(row["currency"]))
    if row["derivation"] == "worked_out":
        words = _.verbatim(row["computation"])
        return _("{computation} = {result} ({unit})", computation=words, result=result, unit=unit)
    if row["derivation"] == "sum_of_months":
        return _("Sum of twelve published months: {result} ({unit})", result=result, unit=unit)
    return _("Published for the year: {result} ({unit})", result=result, unit=unit)


def _flows(head: Headline) -> tuple[float, float]:
    return head.figures["export"].value, head.figures["import"].value
