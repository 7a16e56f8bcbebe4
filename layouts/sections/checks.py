"""The checks that every build makes of the figures, each with its largest difference."""

from __future__ import annotations

import math

import pandas as pd
from dash import dcc, html

from data.store import Store
from layouts.components.table import Column, table
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text

# Sign and style of a verdict; the word beside the sign says the same.
VERDICTS = {"agrees": ("✓", "confirmed"), "differs": ("≠", "close"), "error": ("✕", "differs")}


def checks_section(view: View, store: Store) -> list:
    """Say what the checks are and how they came out, then list them."""
    _ = view.text
    counts = store.checks["verdict"].value_counts()
    return [
        html.P(
            _(
                "Each time the tables are built they are compared with themselves and with each other. Checks: {all}, "
                "of {comparisons} pairs of figures. Within tolerance: {agree}; beyond it, for a reason that is stated: "
                "{differ}. Nothing is changed to make figures agree; a contradiction would stop the build.",
                all=_.number(len(store.checks)),
                comparisons=_.number(int(store.checks["comparisons"].sum())),
                agree=_.number(counts.get("agrees", 0)),
                differ=_.number(counts.get("differs", 0)),
            )
        ),
        html.P(
            _.parts(
                "A consistency check sets two sources of one country’s record side by side. It says nothing about what "
                "the other country records; the page {page} does.",
                {"page": dcc.Link(_("Mirror data"), href=view.href("/mirror"))},
            )
        ),
        checks_table(view, store),
    ]


def checks_table(view: View, store: Store) -> html.Div:
    """One row a check: what was compared, how often, the largest difference and where, tolerance and verdict."""
    _ = view.text
    rows = list(store.checks.itertuples())
    return table(
        _("Checks"),
        [
            Column(_("What is compared"), [_compared(_, row) for row in rows], numeric=False),
            Column(_("Pairs"), [_.number(row.comparisons) for row in rows]),
            Column(_("Largest difference"), [_worst(view, store, row) for row in rows], numeric=False),
            Column(_("Tolerance"), [_tolerance(_, row) for row in rows], numeric=False),
            Column(_("Verdict"), [_verdict(_, row.verdict) for row in rows], numeric=False),
        ],
        "table matrix",
    )


def _compared(_: Text, row) -> list:
    kind = html.Span(kind_name(_, row.kind), className="source")
    return [_.data(row.compares), kind, html.Span(_.data(row.note), className="source note")]


def kind_name(_: Text, kind: str) -> str:
    """Name a kind of check."""
    return {
        "sums": _("Own arithmetic"),
        "consistency": _("Consistency check: two sources of one record"),
        "exchanged": _("Exchanged records: the gap that remains"),
        "article": _("The article"),
    }[kind]


def _verdict(_: Text, code: str) -> html.Span:
    sign, style = VERDICTS[code]
    word = {"agrees": _("Agrees"), "differs": _("Differs"), "error": _("Contradiction")}[code]
    # The blank does not break, so that the sign stays beside its word.
    mark = html.Span(f"{sign}\u00a0", **{"aria-hidden": "true"})
    return html.Span([mark, word], className=f"verdict {style}")


def _worst(view: View, store: Store, row) -> html.Div | str:
    """Size of the largest difference, and beneath it where it is and between which values."""
    _ = view.text
    if pd.isna(row.left_value) or pd.isna(row.right_value):
        return _("None") if row.verdict == "agrees" else _("No counterpart to compare with")
    where = _(
        "{where}, {period}: {left} against {right}",
        where=_where(_, store, row),
        period=_.period(row.period, row.frequency) if pd.notna(row.period) else _("no period"),
        left=_value(_, row, row.left_value),
        right=_value(_, row, row.right_value),
    )
    size = row.difference_pct if row.bound == "percent" else row.difference
    return html.Div([_size(_, row, size), html.Span(where, className="source")])


def _size(_: Text, row, size: float) -> str:
    if row.bound == "rounding":
        return _value(_, row, abs(size))
    if abs(size) < 0.005:
        least = _.percent(0.01, 2) if row.bound == "percent" else _points(_, 0.01, 2)
        return _("Under {amount}", amount=least)
    return _.signed_percent(size, 2) if row.bound == "percent" else _points(_, abs(size), 2)


def _points(_: Text, number: float, decimals: int) -> str:
    return _("{number} percentage points", number=_.number(number, decimals))


def _where(_: Text, store: Store, row) -> str:
    """Name the flow, the rate or the country that a difference is of."""
    if row.unit == "rate":
        return _("{currency} per US dollar", currency=_.currency(row.currency))
    if pd.isna(row.partner):
        return countries.name(_, row.reporter)
    flow = _flow(_, row)
    if pd.isna(row.product_code) or row.product_code == "TOTAL":
        return flow
    names = store.product_names.set_index(["product_scheme", "product_code"])["name_en"]
    product = names[row.product_scheme, row.product_code]
    return _("{flow}, {product}", flow=flow, product=_.data(product))


def _flow(_: Text, row) -> str:
    whose = countries.possessive(_, row.reporter)
    partner = countries.partner(_, row.partner)
    if row.flow == "balance":
        return _("{possessive} balance with {partner}", possessive=whose, partner=partner)
    if row.flow == "import":
        return _("{possessive} imports from {partner}", possessive=whose, partner=countries.origin(_, row.partner))
    if row.flow == "domestic_export":
        return _("{possessive} domestic exports to {partner}", possessive=whose, partner=partner)
    return _("{possessive} exports to {partner}", possessive=whose, partner=partner)


def _value(_: Text, row, value: float) -> str:
    """Write a value in the unit of the check, to the digit that the tolerance speaks of."""
    if row.unit == "percent":
        return _.percent(value, 2)
    if row.unit in ("rate", "verdict"):
        return _.number(value, 4 if row.unit == "rate" else 0)
    if row.bound == "rounding":
        return _.millions(value, row.currency, 1 - math.floor(math.log10(row.tolerance)))
    return _.money(value, row.currency)


def _tolerance(_: Text, row) -> str:
    if row.bound == "rounding":
        return _("Rounding only") if row.tolerance else _("None")
    decimals = len(f"{row.tolerance:g}".partition(".")[2])
    if row.bound == "percent":
        return _.percent(row.tolerance, decimals)
    return _points(_, row.tolerance, decimals)
