"""What the goods of one code pay at the border: asked by word or code, answered with rates, dates and imports."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html

from data.queries import product_search
from data.queries.product_tariffs import ProductTariffs, product_tariffs
from data.queries.products import names
from data.store import Store
from layouts.components import notices
from layouts.components.source_line import citation
from layouts.components.table import Column, table
from layouts.sections.product_search import dotted, finder
from layouts.view import View
from layouts.wording import countries
from layouts.wording.products import product_name
from layouts.wording.tariffs import goods, instrument, rate, rate_detail, usmca_rate
from layouts.wording.text import Text

PATH = "/tariffs"


def product_section(view: View, store: Store) -> html.Section:
    """The field to look goods up, and what is charged on those that were."""
    _, code = view.text, view.selection.goods
    importer = countries.partner(_, view.coverage.claims.importer)
    field = finder(
        view,
        _("Which goods pay into {country}?", country=importer),
        _("plywood, 4412, 8703.23 …"),
    )
    return html.Section([field, *(_answer(view, store, code) if code else [])], className="product-tariffs", id="goods")


def _answer(view: View, store: Store, code: str) -> list:
    _ = view.text
    clear = dcc.Link(_("Look up other goods"), href=view.href(PATH, goods=""), className="way")
    name = _named(_, store, code)
    if name is None:
        none = _("No goods have the HS code {code} in the names we have.", code=_.verbatim(code))
        return [notices.notice(none, []), html.P(clear, className="ways")]
    it = store.remember(product_tariffs, code, view.selection.on)
    lists = it.duties[it.duties["reach"] == "lists"]
    likely = it.duties[it.duties["reach"] != "lists"]
    return [
        html.H2(name),
        html.P(_finding(view, it), className="answer"),
        html.P(_imports(view, store, it), className="source"),
        _table(view, likely, _("What {goods} may pay", goods=name)) if len(likely) else None,
        _lists(view, lists) if len(lists) else None,
        html.P(clear, className="ways"),
    ]


def _named(_: Text, store: Store, code: str) -> str | None:
    """Code and name of the goods, with its heading's where it is a subheading; None where nobody names them."""
    if len(code) == 2:
        return _("{code} · {name}", code=_.verbatim(code), name=product_name(_, names(store), code))
    found = next((it for it in product_search.search(store, code).found if it.code == code), None)
    if found is None:
        return None
    written = _.verbatim(dotted(code))
    if found.heading and found.heading != found.name and not found.name.startswith(found.heading):
        return _(
            "{code} · {heading}: {name}",
            code=written,
            heading=_.verbatim(found.heading),
            name=_.verbatim(found.name),
        )
    return _("{code} · {name}", code=written, name=_.verbatim(found.name))


def _finding(view: View, it: ProductTariffs) -> str:
    """What all goods pay, and whether some of these may pay more."""
    _ = view.text
    every = it.duties[it.duties["reach"] == "all"]
    said = [_every(view, row) for row in every.itertuples()]
    if not said:
        said = [_("No tariff on all goods applied on {date}.", date=_.date(it.day))]
    if (it.duties["reach"] == "some").any():
        said.append(_("Lines on the lists below pay what stands there instead or as well."))
    return _.sentences(said)


def _every(view: View, row) -> str:
    _ = view.text
    partners = _.listing(countries.origin(_, target) for target in row.targets)
    if row.usmca_rate_pct == 0:
        return _(
            "From {partners}: {rate} without a USMCA claim, free with one, since {date}.",
            partners=partners,
            rate=rate(_, row),
            date=_.date(row.effective_from),
        )
    return _(
        "From {partners}: {rate} since {date}, with a USMCA claim {usmca}.",
        partners=partners,
        rate=rate(_, row),
        date=_.date(row.effective_from),
        usmca=usmca_rate(_, row),
    )


def _imports(view: View, store: Store, it: ProductTariffs) -> str:
    """What came in during the year of the record, and how much of it claimed the USMCA."""
    _ = view.text
    held = [
        _(
            "{amount} from {partner}, {share} of it with a USMCA claim",
            amount=_.money(row.value_million, it.currency),
            partner=countries.origin(_, row.Index),
            share=_.percent(row.share),
        )
        if row.value_million > 0
        else _("none of value from {partner}", partner=countries.origin(_, row.Index))
        for row in it.imports.itertuples()
    ]
    held += [
        _("no record from {partner}", partner=countries.origin(_, partner))
        for partner in it.partners
        if partner not in it.imports.index
    ]
    return _(
        "Imports of {country} in {year}: {amounts}. {source}.",
        country=countries.partner(_, it.importer),
        year=it.year,
        amounts=_.apart(held),
        source=citation(_, store.source, it.source),
    )


def _table(view: View, rows: pd.DataFrame, caption: str) -> html.Div:
    _ = view.text
    listed = list(rows.itertuples())
    return table(
        caption,
        [
            Column(_("Tariff"), [goods(_, r) for r in listed], numeric=False),
            Column(_("From"), [_whose(_, r) for r in listed], numeric=False),
            Column(_("These goods"), [_reach(_, r.reach) for r in listed], numeric=False),
            Column(_("Rate"), [[html.Strong(rate(_, r)), rate_detail(_, r)] for r in listed]),
            Column(_("With USMCA"), [usmca_rate(_, r) for r in listed]),
            Column(_("Since"), [_.short_date(r.effective_from) for r in listed]),
            Column(_("Official list"), [instrument(view, r) for r in listed], numeric=False),
        ],
        "table matrix",
    )


def _reach(_: Text, reach: str) -> str:
    return {"all": _("all, with listed exceptions"), "some": _("lines that are listed")}[reach]


def _whose(_: Text, row) -> str:
    return _.listing(countries.short(_, target) for target in row.targets)


def _lists(view: View, rows: pd.DataFrame) -> html.Details:
    """The tariffs whose lists may name any goods, folded away."""
    _ = view.text
    summary = _.ngettext(
        "{count} more list may name these goods: check your tariff line",
        "{count} more lists may name these goods: check your tariff line",
        len(rows),
    )
    return html.Details(
        [html.Summary(summary), _table(view, rows.assign(reach="some"), _("Lists that may name any goods"))],
        className="note",
    )
