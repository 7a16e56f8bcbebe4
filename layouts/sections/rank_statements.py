"""Published ranks of partners beside our own: who states what, and whether our figures can say anything to it."""

from __future__ import annotations

from dash import html

from data.queries import partners
from data.queries.partners import Ranking
from data.store import Store
from layouts.components.source_line import citation
from layouts.components.table import Column, table
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text

# A list of ten partners in their order; in the table of statements it would hide the others.
LIST_OF_TEN = "statcan-daily-partners"


def statements_section(view: View, store: Store) -> html.Section | None:
    """What others have published about the ranks of the chosen country's partners; None when nothing is held."""
    _, chosen = view.text, view.selection
    rows = partners.statements(store, chosen.reporter)
    if rows.empty:
        return None
    title = _("Ranks that others have published")
    listed = rows[rows["source_id"] == LIST_OF_TEN].sort_values("rank")
    told = rows[(rows["source_id"] != LIST_OF_TEN) | (rows["partner"] == chosen.partner)]
    return html.Section(
        [
            html.H2(title),
            html.P(_what_they_are(view, bool(told["ours"].notna().any()))),
            *([html.P(_list_of_ten(view, store, listed))] if len(listed) else []),
            table(title, _columns(view, store, told), class_name="table matrix statements"),
        ],
        className="section",
    )


def other_ranks(view: View, store: Store, ranking: Ranking) -> html.P | None:
    """Set the published ranks beside ours that differ from it; None where none does."""
    _, chosen = view.text, view.selection
    rows = partners.contradicting(store, chosen.reporter, chosen.partner, ranking.year)
    if rows.empty:
        return None
    said = _.listing(
        _(
            "{rank} by {who} ({measure})",
            rank=_.number(row.rank),
            who=_.verbatim(store.source[row.source_id]["producer"]),
            measure=measure(_, row.measure),
        )
        for row in rows.itertuples()
    )
    return html.P(_("Other ranks have been published for {year}: {ranks}.", year=ranking.year, ranks=said))


def _what_they_are(view: View, ours: bool) -> str:
    _, country = view.text, view.selection.reporter
    if ours:
        return _(
            "These ranks are quoted, not worked out here. Few say what they rank by or among whom, and some give one "
            "partner different ranks for the same year; those are marked ≠."
        )
    return _(
        "These ranks are quoted, not worked out here. They cannot be checked against our data, which lack the trade "
        "of {country} with its other partners.",
        country=countries.origin(_, country),
    )


def _list_of_ten(view: View, store: Store, listed) -> str:
    """Give the agency's own list in order, which also has the partners that cannot be ranked here."""
    _ = view.text
    return _(
        "Statistics Canada’s ten principal partners by total trade of {year}, in its order: {names}. Its list counts "
        "on a balance-of-payments basis.",
        year=int(listed["year"].iloc[0]),
        names=_.listing(
            _("{rank} {name}", rank=_.number(row.rank), name=countries.name(_, row.partner))
            for row in listed.itertuples()
        ),
    )


def _columns(view: View, store: Store, rows) -> list[Column]:
    _ = view.text
    told = rows.to_dict("records")
    return [
        Column(
            _("Partner"),
            [
                _("{name} in {year}", name=countries.name(_, row["partner"]), year=_.verbatim(str(row["year"])))
                for row in told
            ],
            numeric=False,
        ),
        Column(_("Rank stated"), [_stated(_, row) for row in told]),
        # Where nothing can be checked, the section says so once.
        *([Column(_("Rank in our figures"), [_ours(_, row) for row in told])] if rows["ours"].notna().any() else []),
        Column(_("What is stated, and by whom"), [_statement(view, store, row) for row in told], numeric=False),
    ]


def _statement(view: View, store: Store, row: dict) -> html.Div:
    _ = view.text
    facts = [measure(_, row["measure"])]
    if isinstance(row["among"], str):
        facts.append(_("among: {partners}", partners=_.data(row["among"])))
    cited = citation(_, store.source, row["source_id"])
    named = html.A(cited, href=row["url"], rel="noreferrer", target="_blank") if isinstance(row["url"], str) else cited
    return html.Div(
        [
            _.data(row["text"]),
            html.Span(_.apart(facts), className="source"),
            html.Span(named, className="source"),
        ]
    )


def measure(_: Text, code: str) -> str:
    """Say what a published rank ranks by."""
    return {
        "two_way": _("by exports plus imports"),
        "export": _("by exports"),
        "not_said": _("measure not said"),
    }[code]


def _stated(_: Text, row: dict):
    rank = _.number(row["rank"])
    if not row["disputed"]:
        return rank
    return html.Span([rank, html.Span(_("≠ other statements"), className="source")])


def _ours(_: Text, row: dict) -> str:
    if row["ours"] != row["ours"]:
        return _("cannot be checked")
    return _("{rank} of {count}", rank=_.number(row["ours"]), count=_.number(row["ranked"]))
