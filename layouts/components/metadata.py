"""The metadata of a chart's numbers: whose they are, how they count, where they come from and how they came about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import dcc, html

from data.queries.origin import NOT_STATED, Origin
from data.queries.records import Record
from layouts.components.source_line import SourceLine, obtained, verification, vintage_of
from layouts.components.status import SYMBOL, WORKED_OUT, meaning
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import MISSING, Text

Row = tuple[str, Sequence[Any]]


@dataclass(frozen=True)
class Metadata:
    """``line`` goes into the picture; ``rows``, a name and its lines each, are made when a reader opens them."""

    line: str
    rows: Callable[[], Sequence[Row]]


@dataclass(frozen=True)
class Flows:
    """Records and the flows shown of each: export, import, domestic_export.

    ``conventions`` names reporter and flow of each series where not every reporter stands for every flow.
    ``computations`` are written-out sums of derived values. ``statuses`` are the codes that occur, derivations
    among them. ``rate`` says which exchange rate was used, ``unit`` what the values are.
    """

    records: Sequence[Record]
    flows: Sequence[str] = ("export", "import")
    conventions: Sequence[tuple[str, str]] = ()
    computations: Sequence[str] = ()
    statuses: Sequence[str] = ()
    rate: str = ""
    definition: str = ""

    @property
    def counted(self) -> list[tuple[str, str]]:
        """Reporter and flow of each series, each once."""
        every = [(record.reporter, flow) for record in self.records for flow in self.flows]
        return list(dict.fromkeys(self.conventions or every))


def trade_metadata(view: View, shown: Flows, source: SourceLine) -> Metadata:
    """Metadata of figures of trade."""
    _ = view.text
    origin = source.origin
    return Metadata(_line(_, origin, shown), lambda: [*_trade_rows(_, origin, shown), *_ends(view, shown, source)])


def sources_metadata(
    view: View,
    source: SourceLine,
    what: str,
    definition: str = "",
    computations: Sequence[str] = (),
    statuses: Sequence[str] = (),
) -> Metadata:
    """Metadata of figures that are no trade: rates of duty, announced amounts, estimates with their arithmetic."""
    _ = view.text
    rows: list[Row] = [(_("What is shown"), [what])]
    shown = Flows((), (), definition=definition, computations=computations, statuses=statuses)
    return Metadata(what, lambda: [*rows, *_ends(view, shown, source)])


def _line(_: Text, origin: Origin, shown: Flows) -> str:
    reporters = list(dict.fromkeys(r.reporter for r in shown.records))
    whose = _("Records of {countries}", countries=_.listing(countries.origin(_, c) for c in reporters))
    facts = [whose, basis_of(_, origin, shown.records[0].basis)]
    facts += _conventions(_, origin, shown, "valuation")
    facts += [adjustment_name(_, shown.records[0].adjustment), prices_name(_, shown.records[0].prices)]
    return _.apart(facts)


def _trade_rows(_: Text, origin: Origin, shown: Flows) -> list[Row]:
    reporters = list(dict.fromkeys(r.reporter for r in shown.records))
    partners = list(dict.fromkeys(r.partner for r in shown.records))
    first = shown.records[0]

    return [
        (_("Reporter"), [_.listing(countries.name(_, c) for c in reporters)]),
        (_("Partner"), [_.listing(countries.name(_, c) for c in partners)]),
        (_("Flow"), list(dict.fromkeys(flow_name(_, flow) for _c, flow in shown.counted))),
        (_("Basis"), [basis_of(_, origin, first.basis)]),
        (_("Goods counted"), _conventions(_, origin, shown, "coverage")),
        (_("Valuation"), _conventions(_, origin, shown, "valuation")),
        (_("Partner rule"), _conventions(_, origin, shown, "partner_rule")),
        (_("Seasonal adjustment"), [adjustment_name(_, first.adjustment)]),
        (_("Prices"), [prices_name(_, first.prices)]),
        (_("Currency"), [_.currency(first.currency), *([shown.rate] if shown.rate else [])]),
    ]


def _conventions(_: Text, origin: Origin, shown: Flows, column: str) -> list[str]:
    """State a convention for each flow, with the country it belongs to where there are several."""
    rows = origin.conventions.set_index(["reporter", "flow"])[column]
    several = len({reporter for reporter, _flow in shown.counted}) > 1
    said = []
    for reporter, flow in shown.counted:
        words, name = _convention(_, origin, rows, reporter, flow), flow_name(_, flow)
        if several:
            country = countries.name(_, reporter)
            said.append(_("{country}, {flow}: {words}", country=country, flow=name, words=words))
        else:
            said.append(_("{flow}: {words}", flow=name, words=words))
    return said


def _convention(_: Text, origin: Origin, rows: pd.Series, reporter: str, flow: str) -> str:
    """How an agency counts a flow, as far as the figures shown are its own."""
    if origin.unstated(reporter, flow):
        return _("not stated by the press report")
    if (reporter, flow) not in rows.index:
        return _("not described here")
    words = _.data(rows[reporter, flow])
    if NOT_STATED in origin.bases.get((reporter, flow), ()):
        return _("{words}; not stated for press figures", words=words)
    return words


def _ends(view: View, shown: Flows, source: SourceLine) -> list[Row]:
    """What all metadata end with: definition, computation, status, sources."""
    _ = view.text
    rows: list[Row] = []
    if shown.definition:
        rows.append((_("Definition"), [shown.definition]))
    if shown.computations:
        rows.append((_("Computation"), list(shown.computations)))
    if shown.statuses:
        rows.append((_("Status"), [_status(_, code) for code in shown.statuses]))
    return [
        *rows,
        (_("Sources"), [_source(view, source.origin.rows[source_id], source_id) for source_id in source.ids]),
    ]


def _status(_: Text, code: str) -> str:
    sign = {**SYMBOL, "worked_out": WORKED_OUT, "missing": MISSING}.get(code)
    words = meaning(_, code)
    return _("{symbol} {meaning}", symbol=sign, meaning=words) if sign else words


def _source(view: View, row: dict[str, Any], source_id: str) -> list:
    """Name a source with all that is known of it, and lead to its row on the Sources page."""
    _ = view.text
    facts = [
        *([_("table {number}", number=_.verbatim(row["table_number"]))] if row["table_number"] else []),
        vintage_of(_, row),
        obtained(_, row["obtained"]),
        verification(_, row["verification"]),
        _.data(row["licence"]),
    ]
    title = _.data(row["title"])
    named = html.A(title, href=row["url"], rel="noreferrer", target="_blank") if row["url"] else title
    return [
        html.Strong(row["producer"], **{"data-verbatim": "1"}),
        " ",
        named,
        html.Span(_.apart(fact for fact in facts if fact), className="facts"),
        dcc.Link(_("All about this source"), href=f"{view.href('/sources')}#source-{source_id}"),
    ]


def panel(rows: Sequence[Row]) -> html.Dl:
    """Lay metadata out."""
    parts: list = []
    for name, lines in rows:
        parts += [html.Dt(name), html.Dd([html.Div(line) for line in lines])]
    return html.Dl(parts, className="metadata-list")


def flow_name(_: Text, flow: str) -> str:
    """Name a flow."""
    return {"export": _("Exports"), "import": _("Imports"), "domestic_export": _("Domestic exports")}[flow]


def basis_name(_: Text, basis: str) -> str:
    """Name an accounting basis."""
    return {
        "customs": _("Customs basis"),
        "reconciled": _("Reconciled from the records of both countries, not customs figures"),
    }[basis]


def basis_of(_: Text, origin: Origin, basis: str = "customs") -> str:
    """Name the basis of the figures shown, of press figures only what their report states."""
    if NOT_STATED not in origin.basis_codes:
        return basis_name(_, basis)
    if origin.basis_codes == {NOT_STATED}:
        return _("Basis not stated by the press report")
    return _("Customs basis; not stated for press figures")


def basis_phrase(_: Text, origin: Origin) -> str:
    """Name the basis within a subtitle or a sentence."""
    if NOT_STATED not in origin.basis_codes:
        return _("customs basis")
    if origin.basis_codes == {NOT_STATED}:
        return _("basis not stated")
    return _("customs basis; not stated for press figures")


def adjustment_name(_: Text, adjustment: str) -> str:
    """Name a seasonal adjustment."""
    return {"unadjusted": _("Not seasonally adjusted"), "adjusted": _("Seasonally adjusted")}[adjustment]


def prices_name(_: Text, prices: str) -> str:
    """Name a price basis: current, or the year of constant prices."""
    return _("Current prices") if prices == "current" else _("Constant prices of {year}", year=prices)
