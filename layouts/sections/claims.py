"""The article's claims beside their checks."""

from __future__ import annotations

from dash import html

from data import retaliation
from data.store import Store
from layouts.provenance import citations
from layouts.retaliation_article import tranche_link
from layouts.text import Text
from layouts.view import View

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
    """Say the outcome of a check, with the distance where there is one."""
    by = abs(claim.difference_pct) if claim.difference_pct == claim.difference_pct else None
    if claim.verdict == "confirmed":
        return _("Confirmed")
    if claim.verdict == "cannot_be_checked":
        return _("Holds among those held, not proved") if by == 0 else _("Cannot be checked")
    if by is None:
        return _("Differs")
    amount = _.percent(by)
    return (
        _("Close, {amount} off", amount=amount) if claim.verdict == "close" else _("Differs by {amount}", amount=amount)
    )


def claims_list(view: View, store: Store, short: bool = False) -> html.Ol:
    """List claims: statement, what was found, verdict; in full also the computation and sources."""
    claims = store.claims
    if short:
        claims = claims.set_index("claim_id").loc[list(SHORT)].reset_index()
    return html.Ol([_claim(view, store, claim, short) for claim in claims.itertuples()], className="claims")


def _claim(view: View, store: Store, claim, short: bool) -> html.Li:
    _ = view.text
    found = [html.P(_.data(claim.explanation))]
    if claim.computation:
        found.append(html.P(arithmetic(_, claim.computation), className="computation"))
    tranches = retaliation.tranches_of(store, claim.claim_id)
    if not short and len(tranches):
        made = [html.Div(tranche_link(view, tranche, row)) for tranche, row in tranches.iterrows()]
        found.append(html.Div([html.Span(_("In the ledger of counter-tariffs:")), *made], className="source"))
    if not short and isinstance(claim.check_source_ids, str):
        cited = citations(_, store, claim.check_source_ids.split())
        found.append(html.P(_("Checked against: {sources}.", sources=cited), className="source"))
    return html.Li(
        [
            html.Div(
                [
                    html.P(_.data(claim.statement)),
                    html.P(_("Article, paragraph {number}", number=_.number(claim.paragraph)), className="source"),
                ],
                className="claim-said",
            ),
            html.Div(found, className="claim-found"),
            html.P(
                [
                    html.Span(MARKS[claim.verdict], className="verdict-mark", **{"aria-hidden": "true"}),
                    verdict(_, claim),
                ],
                className=f"verdict {claim.verdict}",
            ),
        ],
        id=f"claim-{claim.claim_id}",
    )


def arithmetic(_: Text, computation: str) -> str:
    """Write a stored computation with the numbers of the reader's language."""
    return " ".join(_number(_, token) for token in computation.split(" "))


def _number(_: Text, token: str) -> str:
    try:
        return _.number(float(token), len(token.partition(".")[2]))
    except ValueError:
        return token
