"""The Sources page: every source, every claim and its check, known gaps, definitions, licence."""

from __future__ import annotations

from dataclasses import replace

from dash import dcc, html

from data.selection import MEASURES
from data.store import Store
from layouts.components.sections import contents, laid_out
from layouts.components.source_line import obtained, verification, vintage_of
from layouts.components.table import Column, table
from layouts.sections.checks import checks_section
from layouts.sections.claims import claims_list, quoted_list
from layouts.view import View
from layouts.wording.measures import definition, measure_name
from layouts.wording.text import Text

PATH = "/sources"


def page(view: View, store: Store) -> html.Div:
    """Lay out what stands behind the figures."""
    _ = view.text
    sections = {
        "claims": (_("The article’s claims, checked"), _claims(view, store)),
        "quoted": (_("Figures people quote"), _quoted(view, store)),
        "checks": (_("Checks of the figures"), checks_section(view, store)),
        "sources": (_("Sources"), [_sources(view, store)]),
        "gaps": (_("Known gaps"), [_gaps(view, store)]),
        "definitions": (_("Definitions"), _definitions(view)),
        "licence": (_("Licence"), _licence(_)),
    }
    return html.Div(
        [
            html.H1(_("Where the figures come from")),
            html.P(
                _(
                    "Each figure leads to one of these sources. Weaknesses are stated: transcribed, secondary, "
                    "not verified. What could not be stated honestly is listed as a gap."
                ),
                className="standfirst",
            ),
            contents(_, sections),
            *laid_out(sections),
        ]
    )


def _claims(view: View, store: Store) -> list:
    _ = view.text
    counts = store.claims["verdict"].value_counts()
    return [
        html.P(
            _(
                "Figures and statements of the article: {all}. Confirmed: {confirmed}; close, within five per cent: "
                "{close}; different: {differs}; cannot be checked here: {open}.",
                all=_.number(len(store.claims)),
                confirmed=_.number(counts.get("confirmed", 0)),
                close=_.number(counts.get("close", 0)),
                differs=_.number(counts.get("differs", 0)),
                open=_.number(counts.get("cannot_be_checked", 0)),
            )
        ),
        claims_list(view, store),
    ]


def _quoted(view: View, store: Store) -> list:
    _ = view.text
    words = _(
        "Figures met in reports, each beside ours: first releases, other bases, and numbers without one. A first "
        "release is not wrong; the agency has revised it since."
    )
    return [html.P(words), quoted_list(view, store)]


def _sources(view: View, store: Store) -> html.Div:
    _ = view.text
    rows = list(store.source.values())
    return table(
        _("Sources"),
        [
            Column(_("Source"), [_title(_, r) for r in rows], numeric=False),
            Column(_("Table and vintage"), [_table_and_vintage(_, r) for r in rows], numeric=False),
            Column(_("Obtained and checked"), [_obtained_and_checked(_, r) for r in rows], numeric=False),
            Column(_("Licence"), [_.data(r["licence"]) for r in rows], numeric=False),
        ],
        "table matrix wide-first",
    )


def _table_and_vintage(_: Text, row: dict) -> list:
    number = html.Span(row["table_number"] or "", **{"data-verbatim": "1"})
    return [number, html.Span(vintage_of(_, row), className="source")]


def _obtained_and_checked(_: Text, row: dict) -> list:
    return [
        html.Span(obtained(_, row["obtained"])),
        html.Span(verification(_, row["verification"]), className="source"),
    ]


def _title(_: Text, row: dict) -> list:
    producer = html.Strong(row["producer"], **{"data-verbatim": "1"})
    name = _.data(row["title"])
    named = html.A(name, href=row["url"], rel="noreferrer", target="_blank") if row["url"] else html.Span(name)
    return [
        html.Span(id=f"source-{row['source_id']}"),
        producer,
        named,
        html.Span(_.data(row["notes"]), className="source note"),
    ]


def _gaps(view: View, store: Store) -> html.Div:
    _ = view.text
    rows = list(store.known_gaps.itertuples())
    return table(
        _("Known gaps"),
        [
            Column(_("What is missing"), [_.data(r.subject) for r in rows], numeric=False),
            Column(_("Why"), [_.data(r.reason) for r in rows], numeric=False),
            Column(_("Where to look"), [_.data(r.where_to_look) for r in rows], numeric=False),
        ],
        "table matrix",
    )


def _definitions(view: View) -> list:
    _ = view.text
    terms = {
        _("Customs basis"): _(
            "Goods counted as they cross the border, from customs documents; not adjusted to the "
            "balance of payments and not seasonally adjusted."
        ),
        _("Reporter and partner"): _(
            "The reporter is the country whose records are shown. Exports name the last known "
            "destination, imports the country of origin, so the two sides of a flow differ."
        ),
        _("Exports"): _(
            "All goods that leave, re-exports included. The United States values "
            "them free alongside ship, Canada at its border."
        ),
        _("Imports"): _("Canada and the United States value imports without ocean freight and insurance."),
        _("Two-way trade and balance"): _(
            "Exports plus imports, and exports less imports, of one reporter. Unknown when either flow is."
        ),
        _("A year"): _(
            "The sum of its twelve months. A year with fewer is not shown as a year; its months are set "
            "against the same months a year earlier."
        ),
        _("Preliminary (ᵖ)"): _(
            "First releases, which the agencies revise: months of 2026, products of 2025, the newest year of a list of "
            "partners, and press figures. Other values are the latest published; annual revisions may change them."
        ),
        _("Worked out (ᵈ)"): _(
            "Not published as such, but computed from published figures; the computation stands with the origin."
        ),
        _("Not available (..)"): _("Unknown for the period. It is never read as zero and never filled in."),
        _("Conversion"): _(
            "Values are shown in the currency of record unless you choose another; then each period is "
            "converted at its own average rate, a year at the annual average."
        ),
        _("Rank"): _("Place by exports plus imports, unless exports or imports alone are named."),
        _("Tariff interval"): _(
            "A rate counts from its first day to the day before it no longer applied. "
            "Rates are additional to the duties that applied before 2025."
        ),
        _("Confirmed, close, differs"): _(
            "A claim is confirmed when our figure rounds to it, close within five per cent, and differs beyond."
        ),
    }
    terms |= {
        measure_name(_, m): definition(_, replace(view.selection, measure=m), None) for m in MEASURES if m != "value"
    }
    return [html.Dl([x for term, text in terms.items() for x in (html.Dt(term), html.Dd(text))])]


def _licence(_: Text) -> list:
    return [
        html.P(
            _(
                "The program is free software under the MIT licence. The figures keep the licences of their "
                "sources, listed above; name the source and its vintage when you use them."
            )
        ),
        html.P(
            _(
                "Adapted from Statistics Canada, table 12-10-0011, under the Statistics Canada Open Licence. This does "
                "not constitute an endorsement by Statistics Canada of this product."
            )
        ),
        html.P(dcc.Link(_("Back to the overview"), href="/")),
    ]
