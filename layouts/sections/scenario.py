"""A calculator on the Burden page: a supposed duty on the imports of last year, with and without USMCA claims."""

from __future__ import annotations

from dataclasses import replace

from dash import dcc, html

from data.queries import products
from data.queries.origin import origin
from data.queries.scenario import Scenario, scenario
from data.schema.columns import RATE_CURRENCY
from data.selection import Selection
from data.store import Store
from layouts.components import notices
from layouts.components.controls import select, toolbar
from layouts.components.metadata import panel, sources_metadata
from layouts.components.source_line import source_line
from layouts.components.table import Column, table
from layouts.view import View
from layouts.wording import countries
from layouts.wording import products as words
from layouts.wording.text import Text

# The script finds the field of the address in the id: goto-<field>.
RATE_INPUT = "goto-rate"


def section(view: View, store: Store) -> html.Section:
    """Draw the choices, the result and what it takes for granted."""
    _ = view.text
    it = scenario(store, view.selection)
    return html.Section(
        [
            html.H2(_("Calculate a duty on the imports of {year}", year=it.year)),
            html.P(
                _(
                    "Arithmetic, not a forecast: the imports of {year} times a rate, as if nobody bought less.",
                    year=it.year,
                )
            ),
            toolbar(_goods_select(view, store, it), _rate_field(view)),
            *_result(view, store, it),
            html.P(
                _(
                    "There is no product data for Canadian or Mexican imports, so duties on them cannot be calculated "
                    "here."
                ),
                className="source",
            ),
        ],
        className="section",
        id="what-if",
    )


def _goods_select(view: View, store: Store, it: Scenario) -> html.Label:
    _, chosen = view.text, view.selection
    options: dict[str, Selection] = {_("All goods"): replace(chosen, product="")}
    names = products.names(store)
    options |= {words.full_name(_, names, code): replace(chosen, product=code) for code in view.coverage.sections}
    present = words.full_name(_, names, it.section) if it.section else _("All goods")
    return select(view, "what-if-goods", _("Goods"), options, present)


def _rate_field(view: View) -> html.Div:
    """A field to type a rate into; a script writes it to the address, which explains what it cannot use."""
    _, usual = view.text, view.selection.defaults().rate
    field = dcc.Input(
        id=RATE_INPUT,
        value=f"{view.selection.rate:g}",
        type="text",
        size="6",
        inputMode="decimal",
        autoComplete="off",
        className="day",
    )
    # Leaving the field is enough; the button gives a thumb, and the focus of a keyboard, a place to go.
    go = html.Button(_("Work out"), id="what-if-go", className="action")
    return html.Div(
        [html.Label(_("Rate, per cent"), htmlFor=RATE_INPUT, className="control-label"), field, go],
        className="picker what-if-rate",
        **{"data-usual": f"{usual:g}"},
    )


def _result(view: View, store: Store, it: Scenario) -> list:
    _ = view.text
    if it.imports != it.imports:
        ways = [
            (_("Show {currency}", currency=_.currency(RATE_CURRENCY)), replace(view.selection, currency=RATE_CURRENCY))
        ]
        if it.currency == RATE_CURRENCY:
            return [notices.notice(_("No imports of these goods are on record for {year}.", year=it.year), [])]
        return [notices.notice(_("No exchange rate into this currency for {year}.", year=it.year), ways)]
    source = source_line(_, origin(store, _sources(store), products.rate_sources(store, it.currency, "A")))
    rows = [*_all(view, store, it), *_unclaimed(view, it)]
    title = _("Duty of {rate} on US imports of {year}", rate=_rate(_, it), year=it.year)
    metadata = sources_metadata(view, source, _("Arithmetic of ours, not a forecast"), _definition(_, it))
    return [
        table(
            title,
            [
                Column(_("What"), [name for name, _sum, _value in rows], numeric=False),
                Column(_("Computation"), [html.Span(sum_) if sum_ else "" for _name, sum_, _value in rows]),
                Column(_("Result"), [html.Strong(value) for _name, _sum, value in rows]),
            ],
            "table matrix",
        ),
        html.Ul([html.Li(said) for said in _assumptions(_, it)], className="assumptions"),
        html.P(source.words, className="source"),
        html.Details(
            [html.Summary(_("About these numbers")), panel(metadata.rows())], className="note", key=view.href("")
        ),
    ]


def _sources(store: Store) -> list[str]:
    return [products.SOURCE, *dict.fromkeys(store.usmca_chapters["source_id"])]


def _rate(_: Text, it: Scenario) -> str:
    return _.percent(it.rate, 0 if it.rate == int(it.rate) else len(f"{it.rate:g}".partition(".")[2]))


def _all(view: View, store: Store, it: Scenario) -> list[tuple[str, str, str]]:
    """Imports and the duty if all of them paid: name, computation, result."""
    _ = view.text
    goods = words.full_name(_, products.names(store), it.section) if it.section else _("all goods")
    imports = _.money(it.imports, it.currency)
    return [
        (
            _(
                "US imports from {country}, {goods}, {year}",
                country=countries.origin(_, it.partner),
                goods=goods,
                year=it.year,
            ),
            "",
            imports,
        ),
        (
            _("Duty if all of it paid"),
            _("{imports} × {rate}", imports=imports, rate=_rate(_, it)),
            _.money(it.duty, it.currency),
        ),
    ]


def _unclaimed(view: View, it: Scenario) -> list[tuple[str, str, str]]:
    """The share with a claim and the duty if those goods stayed free."""
    _ = view.text
    span = _.span(_.date(it.first, "month"), _.date(it.last, "month"))
    name = _("Share with a USMCA claim, {span}", span=span)
    if it.share != it.share:
        return [(name, "", _("not on record"))]
    return [
        (name, "", _.percent(it.share)),
        (
            _("Duty if goods with a claim stayed free"),
            _(
                "{imports} × (1 − {share}) × {rate}",
                imports=_.money(it.imports, it.currency),
                share=_.percent(it.share),
                rate=_rate(_, it),
            ),
            _.money(it.duty_unclaimed, it.currency),
        ),
    ]


def _definition(_: Text, it: Scenario) -> str:
    return _(
        "Imports of {year} × rate; and imports of {year} × (1 − share with a USMCA claim) × rate.",
        year=it.year,
    )


def _assumptions(_: Text, it: Scenario) -> list[str]:
    span = _.span(_.date(it.first, "month"), _.date(it.last, "month"))
    return [
        _("Trade stays as in {year}: nobody buys less, changes suppliers or starts to claim.", year=it.year),
        _(
            "The share with a claim is that of {span}: months before do not compare, because the record jumps in "
            "July 2025.",
            span=span,
        ),
        _("The imports and the share come from two records, which differ by about one per cent."),
        _("The rate comes on top of what is charged already; all goods of a section pay the same."),
    ]
