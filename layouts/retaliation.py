"""The Retaliation page: counter-tariffs announced and in force, by tranche, in two currencies and as a share."""

from __future__ import annotations

import pandas as pd
from dash import html

from data import retaliation
from data.selection import LAST_DAY
from data.store import Store
from layouts import countries
from layouts.chart import Chart, chart, known
from layouts.figures.retaliation import in_force_figure
from layouts.passport import sources_passport
from layouts.provenance import citation, citations, source_line, verification
from layouts.table import Column, folded_note, table
from layouts.text import Text
from layouts.view import View

PATH = "/retaliation"


def page(view: View, store: Store) -> html.Div:
    """Draw the ledger. It is the same for every pair, because only Canada's tranches have amounts."""
    _ = view.text
    by_day = retaliation.in_force_by_day(store)
    now = float(by_day.iloc[-1].sum())
    imports = retaliation.base_imports_million(store)
    share = now * 1000 / imports * 100
    return html.Div(
        [
            html.H1(
                _(
                    "Canada’s counter-tariffs covered at least {amount} of US goods at the end of the collection",
                    amount=_.billions(now, "CAD"),
                )
            ),
            html.P(
                _(
                    "That is {share} of what Canada imported from the United States in {year} ({imports}). "
                    "Motor vehicles are charged too, but no amount for them was found. "
                    "{announced} had been announced in February 2025; for the larger part no order was found. "
                    "Mexico kept measures open; no counter-tariff of Mexico was found. State of {date}.",
                    share=_.percent(share),
                    year=retaliation.BASE_YEAR,
                    imports=_.money(imports, "CAD"),
                    announced=_.billions(retaliation.announced_total(store), "CAD", 0),
                    date=_.date(LAST_DAY),
                ),
                className="standfirst",
            ),
            html.P(
                _("The filters do not change this page: amounts are shown as announced, in both currencies."),
                className="source",
            ),
            _pair_note(view),
            chart(view, _chart(view, store, by_day)),
            _ledger(view, store),
        ]
    )


def _pair_note(view: View) -> html.P | None:
    _, chosen = view.text, view.selection
    if "USA" in (chosen.country, chosen.partner) and "CAN" in (chosen.country, chosen.partner):
        return None
    return html.P(
        _(
            "You chose {country} and {partner}. The measures below are Canada’s, against the United States; "
            "for Mexico none was found.",
            country=countries.partner(_, chosen.country),
            partner=countries.partner(_, chosen.partner),
        ),
        className="so-far",
    )


def _chart(view: View, store: Store, by_day: pd.DataFrame) -> Chart:
    _ = view.text
    rows = retaliation.ever_in_force(store).set_index("tranche_id")
    names = {tranche: _.data(rows.loc[tranche, "tranche"]) for tranche in by_day.columns}
    totals = by_day.sum(axis=1)
    announced = retaliation.announced_total(store)
    source = source_line(_, store, list(dict.fromkeys(rows.loc[list(by_day.columns), "source_id"])))
    return Chart(
        name="retaliation",
        title=_("Canada’s counter-tariffs on US goods in force, by tranche"),
        subtitle=_(
            "{first} to {last}, billion Canadian dollars of yearly imports covered",
            first=_.short_date(by_day.index[0]),
            last=_.short_date(by_day.index[-1]),
        ),
        source=source,
        summary=[
            _("From {date}: {amount}.", date=_.date(day), amount=_.billions(total, "CAD"))
            for day, total in totals.iloc[:-1].items()
        ],
        figure=in_force_figure(_, view.palette, by_day, names, announced),
        columns=lambda: [
            Column(_("From"), [_.short_date(day) for day in by_day.index], numeric=False),
            *(
                Column(_("{name}, C$ billion", name=names[t]), [_.number(v, 1) for v in by_day[t]])
                for t in by_day.columns
            ),
            Column(_("In force, C$ billion"), [_.number(v, 1) for v in totals]),
        ],
        file_name="retaliation_can-usa_2025-2026_cad",
        path=PATH,
        passport=sources_passport(
            view,
            store,
            source,
            _("Amounts as announced by the Government of Canada"),
            _("Yearly imports of the listed goods, as the announcement states them; the year counted is not stated."),
        ),
        remarks=[_("Motor vehicles are charged too; no amount was found for them, so they are not in the sum.")],
    )


def status_name(_: Text, status: str) -> str:
    """Name the state of a tranche."""
    return {
        "in_force": _("In force"),
        "threatened": _("Kept open"),
        "suspended": _("Suspended"),
        "ended": _("Ended"),
        "never_imposed": _("No order found"),
    }[status]


def _ledger(view: View, store: Store) -> html.Section:
    """Every tranche with its life, amounts and share; what has ended is struck through."""
    _ = view.text
    rows = list(retaliation.tranches(store).sort_values(["announced", "tranche_id"], na_position="last").itertuples())
    title = _("The ledger, tranche by tranche")
    columns = [
        Column(_("Tranche"), [_tranche(view, store, r) for r in rows], numeric=False),
        Column(_("Status"), [status_name(_, r.status) for r in rows], numeric=False),
        Column(_("C$ billion"), [_amount(_, r.amount_billion, r.status) for r in rows]),
        Column(_("US$ billion"), [_amount(_, r.amount_usd_billion, r.status) for r in rows]),
        Column(
            _("Share of imports {year}", year=retaliation.BASE_YEAR),
            [_.percent(r.share_pct) if known(r.share_pct) else _("not known") for r in rows],
        ),
        Column(_("Rate"), [_rate(_, r) for r in rows]),
        Column(_("From"), [_day(_, r.effective_from) for r in rows]),
        Column(_("First day without"), [_day(_, r.effective_to) for r in rows]),
    ]
    rates = list(dict.fromkeys(r.rate_source_id for r in rows if isinstance(r.rate_source_id, str)))
    note = _(
        "US dollars at the average rate of the month a tranche took effect or was announced ({source}). "
        "Share of Canada’s imports from the United States in {year}, as Canada records them ({imports}).",
        source=citations(_, store, rates),
        year=retaliation.BASE_YEAR,
        imports=citation(_, store, "statcan-12-10-0011"),
    )
    return html.Section(
        [html.H2(title), table(title, columns, "table matrix"), html.P(note, className="source")], className="section"
    )


def _tranche(view: View, store: Store, row) -> list:
    _ = view.text
    instrument = row.instrument if isinstance(row.instrument, str) else ""
    named = (
        html.A(instrument, href=row.url, rel="noreferrer", target="_blank")
        if isinstance(row.url, str) and instrument
        else instrument
    )
    small = [named, row.citation if isinstance(row.citation, str) else None]
    return [
        html.Strong(_("{country}: {tranche}", country=countries.name(_, row.by), tranche=_.data(row.tranche))),
        html.Span(
            [x for part in small if part for x in (part, " · ")][:-1], className="source", **{"data-verbatim": "1"}
        ),
        html.Span(
            _(
                "{source}, {checked}",
                source=citation(_, store, row.source_id),
                checked=verification(_, row.verification),
            ),
            className="source",
        ),
        folded_note(_, row.note),
    ]


def _amount(_: Text, value: float, status: str):
    if not known(value):
        return _("not known")
    written = _.number(value, 1)
    return html.S(written) if status in ("ended", "never_imposed") else written


def _rate(_: Text, row) -> str:
    if known(row.rate_pct):
        return _.percent(row.rate_pct, 0)
    return _.data(row.rate_text) or _("not known")


def _day(_: Text, day: pd.Timestamp) -> str:
    return "" if pd.isna(day) else _.short_date(day)
