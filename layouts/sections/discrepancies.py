"""Where records of the tariffs say different things, what is shown here, and why."""

from __future__ import annotations

from dash import html

from data.store import Store
from layouts.components.source_line import citations
from layouts.components.table import Column, table
from layouts.view import View
from layouts.wording.text import Text


def section(view: View, store: Store) -> html.Section:
    """List the disagreements that matter to a reader of these figures."""
    _ = view.text
    rows = list(store.disagreements.itertuples())
    title = _("Where records disagree")
    return html.Section(
        [
            html.H2(title),
            html.P(
                _(
                    "Trackers, press reports and official texts do not always give the same day or number. "
                    "Each row sets two statements beside each other and says which one these pages follow."
                )
            ),
            table(
                title,
                [
                    Column(_("On what"), [_.data(r.subject) for r in rows], numeric=False),
                    Column(_("One statement"), [_said(_, store, r.who_a, r.says_a, r.source_id) for r in rows], False),
                    Column(_("Another"), [_said(_, store, r.who_b, r.says_b, r.check_source_ids) for r in rows], False),
                    Column(_("Shown here"), [_choice(_, r) for r in rows], numeric=False),
                ],
                "table matrix disagreements",
            ),
        ],
        className="section",
        id="disagreements",
    )


def _said(_: Text, store: Store, who: str, says: str, source_ids: str) -> html.Div:
    said = [
        html.Strong(_.data(who)),
        html.Span(_.data(says)),
        html.Span(citations(_, store.source, source_ids.split()), className="source"),
    ]
    return html.Div(said)


def _choice(_: Text, row) -> html.Div:
    return html.Div([html.Strong(_.data(row.choice)), html.Span(_.data(row.reason), className="source")])
