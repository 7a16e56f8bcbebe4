"""The article's claims beside their checks."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import dcc, html

from data.queries import retaliation
from data.store import Store
from layouts.charts.annotations import event_notes
from layouts.components.source_line import citation, citations
from layouts.sections.retaliation_claims import tranche_link
from layouts.view import View
from layouts.wording.text import Text

MARKS = {"confirmed": "✓", "close": "≈", "differs": "≠", "cannot_be_checked": "?"}

# What a reader meets first; the Sources page has all of them.
SHORT = (
    "trade-2024-cad",
    "trade-2024-usd",
    "trade-2024-gbp",
    "rank-mexico-for-canada",
    "rank-canada-for-mexico",
    "tariff-date-february",
    "retaliation-potential",
)


def verdict(_: Text, claim) -> str:
    """Say the outcome of a check: the distance where there is one, the months whose rates give the figure."""
    if claim.reproduced_in:
        months = _.listing(_.date(pd.Timestamp(month), "month") for month in claim.reproduced_in.split())
        return _("Confirmed at the average rates of {months}", months=months)
    by = abs(claim.difference_pct) if claim.difference_pct == claim.difference_pct else None
    if claim.verdict == "confirmed":
        return _("Confirmed")
    if claim.verdict == "cannot_be_checked":
        return _("Cannot be checked")
    if by is None:
        return _("Differs")
    amount = _.percent(by)
    return (
        _("Close, {amount} off", amount=amount) if claim.verdict == "close" else _("Differs by {amount}", amount=amount)
    )


def claims_list(view: View, store: Store, short: bool = False) -> html.Ol:
    """List claims: statement, what was found, verdict; in full also the computation and sources."""
    claims, tranches = store.claims, retaliation.tranches_by_claim(store)
    if short:
        claims, tranches = claims.set_index("claim_id").loc[list(SHORT)].reset_index(), {}
    return html.Ol(
        [_claim(view, store, claim, short, tranches.get(claim.claim_id)) for claim in claims.itertuples()],
        className="claims",
    )


def verdict_list(view: View, store: Store) -> html.Ol:
    """The chief claims with their verdicts alone; each leads to how it was checked."""
    _ = view.text
    claims = store.claims.set_index("claim_id").loc[list(SHORT)]
    return html.Ol(
        [
            html.Li(
                [
                    dcc.Link(_.data(claim.statement), href=view.href("/sources") + f"#claim-{claim.Index}"),
                    _verdict(_, claim),
                ]
            )
            for claim in claims.itertuples()
        ],
        className="verdicts",
    )


def _claim(view: View, store: Store, claim, short: bool, tranches: pd.DataFrame | None) -> html.Li:
    _ = view.text
    found = [html.P(_.data(claim.explanation))]
    if claim.computation:
        found.append(html.P(arithmetic(_, claim.computation), className="computation"))
    if isinstance(claim.event_ids, str):
        found.append(html.P(_events(view, store, claim.event_ids.split()), className="source"))
    if tranches is not None:
        made = [html.Div(tranche_link(view, tranche, row)) for tranche, row in tranches.iterrows()]
        found.append(html.Div([html.Span(_("In the ledger of counter-tariffs:")), *made], className="source"))
    if not short and isinstance(claim.check_source_ids, str):
        cited = citations(_, store.source, claim.check_source_ids.split())
        found.append(html.P(_("Checked against: {sources}.", sources=cited), className="source"))
    said = [
        html.P(_.data(claim.statement)),
        html.P(_("Article, paragraph {number}", number=_.number(claim.paragraph)), className="source"),
    ]
    return _checked(_, claim, said, found, f"claim-{claim.claim_id}")


def _events(view: View, store: Store, event_ids: Sequence[str]) -> list:
    """Lead to the events that a claim speaks of."""
    _, rows = view.text, store.events.set_index("event_id").loc[list(event_ids)]
    links = [dcc.Link(note.text, href=note.href) for note in event_notes(view, rows.reset_index())]
    return [html.Span(link, className="event-link") for link in links]


def quoted_list(view: View, store: Store) -> html.Ol:
    """List figures that people quote: as quoted and by whom, ours and why it differs, the outcome."""
    return html.Ol([_quoted(view, store, row) for row in store.quoted_figures.itertuples()], className="claims")


def _quoted(view: View, store: Store, row) -> html.Li:
    _ = view.text
    ours = _.percent(row.check_value) if row.unit == "percent" else _.billions(row.check_value, row.currency)
    cited = citations(_, store.source, row.check_source_ids.split())
    said = [
        html.P(_.data(row.statement)),
        html.P(_("Stated by {source}", source=citation(_, store.source, row.source_id)), className="source"),
    ]
    found = [
        html.P(_("Ours: {amount}.", amount=ours)),
        html.P(_.data(row.explanation)),
        html.P(arithmetic(_, row.computation), className="computation"),
        html.P(_("Checked against: {sources}.", sources=cited), className="source"),
    ]
    return _checked(_, row, said, found, f"figure-{row.figure_id}")


def _checked(_: Text, row, said: list, found: list, anchor: str) -> html.Li:
    """What is said, what was found, and the outcome."""
    return html.Li(
        [
            html.Div(said, className="claim-said"),
            html.Div(found, className="claim-found"),
            _verdict(_, row),
        ],
        id=anchor,
    )


def _verdict(_: Text, row) -> html.P:
    mark = html.Span(MARKS[row.verdict], className="verdict-mark", **{"aria-hidden": "true"})
    return html.P([mark, verdict(_, row)], className=f"verdict {row.verdict}")


def arithmetic(_: Text, computation: str) -> str:
    """Write a stored computation with the numbers of the reader's language."""
    return " ".join(_number(_, token) for token in computation.split(" "))


def _number(_: Text, token: str) -> str:
    try:
        return _.number(float(token), len(token.partition(".")[2]))
    except ValueError:
        return token
