"""The article's amounts of counter-tariffs, each followed to the tranches it is made of."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html

from data.queries import retaliation
from data.queries.retaliation import Trace
from data.store import Store
from layouts.components.chart import known
from layouts.components.table import Column, table
from layouts.view import View
from layouts.wording.text import Text

PATH = "/retaliation"
# Rows of the ledger are found by their id with this before it.
ANCHOR = "tranche-"


def article_figures(view: View, store: Store) -> html.Section:
    """Set each amount of the article beside ours, with both rates, and say what it is made of."""
    _ = view.text
    found = retaliation.traces(store)
    title = _("The article’s amounts, and what they are made of")
    return html.Section(
        [
            html.H2(title),
            table(
                title,
                [
                    Column(_("The article says"), [_said(view, t) for t in found], numeric=False),
                    Column(_("C$ billion"), [_.number(t.said["value"], 0) for t in found]),
                    Column(_("US$ billion, article"), [_value(_, t.in_dollars, "value", 1) for t in found]),
                    Column(_("C$ per US$, implied"), [_value(_, t.implied, "value", 4) for t in found]),
                    Column(_("US$ billion, ours"), [_value(_, t.in_dollars, "check_value", 1) for t in found]),
                    Column(_("C$ per US$, {month}", month=_month(_, found)), _rates(_, found)),
                    Column(_("Made of"), [_made_of(view, t) for t in found], numeric=False),
                ],
                "table matrix",
            ),
            html.P(
                _(
                    "The article’s rates are those of a single day near the announcement, as far as can be told; ours "
                    "is the average of the month. The ledger converts the first list at the average of the month it "
                    "took effect, so its amount in US dollars is a little smaller there."
                ),
                className="source",
            ),
        ],
        className="section",
        id="article-amounts",
    )


def _said(view: View, trace: Trace) -> list:
    _ = view.text
    link = dcc.Link(
        _("Paragraph {number}, and its check", number=_.number(trace.said["paragraph"])),
        href=f"{view.href('/sources')}#claim-{trace.said['claim_id']}",
    )
    return [html.Span(_.data(trace.said["statement"])), html.Span(link, className="source")]


def _month(_: Text, found: list[Trace]) -> str:
    periods = {t.implied["period"] for t in found if t.implied is not None}
    return _.month(pd.Timestamp(min(periods)))


def _rates(_: Text, found: list[Trace]) -> list[str]:
    return [_value(_, t.implied, "check_value", 4) for t in found]


def _value(_: Text, claim: pd.Series | None, column: str, decimals: int) -> str:
    if claim is None or not known(claim[column]):
        return _("not given")
    value = claim[column]
    # The article writes 106, not 106.0.
    whole = column == "value" and float(value).is_integer()
    return _.number(value, 0 if whole else decimals)


def _made_of(view: View, trace: Trace) -> html.Div:
    """Link each tranche of a sum, with its amount and what became of it."""
    return html.Div(
        [html.Div(tranche_words(view, row, html.A, f"#{ANCHOR}{i}")) for i, row in trace.tranches.iterrows()]
    )


def tranche_link(view: View, tranche_id: object, row: pd.Series) -> list:
    """Lead from another page to a tranche in the ledger: name, amount, state."""
    return tranche_words(view, row, dcc.Link, f"{view.href(PATH)}#{ANCHOR}{tranche_id}")


def tranche_words(view: View, row: pd.Series, link: type, href: str) -> list:
    """Name a tranche as a link, with its amount and what became of it."""
    _ = view.text
    name = link(_.data(row["tranche"]), href=href)
    words = _fate(_, row["status"])
    amount = _.billions(row["amount_billion"], row["currency"], 0)
    return _.parts("{name}, {amount}: {fate}", {"name": name, "amount": amount, "fate": words})


def _fate(_: Text, status: str) -> str:
    return {
        "in_force": _("in force"),
        "threatened": _("right reserved"),
        "suspended": _("suspended"),
        "ended": _("charged, then ended"),
        "never_imposed": _("announced, never charged"),
    }[status]
