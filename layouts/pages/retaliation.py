"""The Retaliation page: counter-tariffs announced and in force, by tranche, in two currencies and as a share."""

from __future__ import annotations

import pandas as pd
from dash import html

from data.queries import retaliation
from data.queries.retaliation import Part
from data.schema.policy import STEPS
from data.store import Store
from layouts.charts.registry import chart_of
from layouts.components.chart import chart, known
from layouts.components.source_line import citation, citations, verification
from layouts.components.table import Column, folded_note, table
from layouts.sections.measure_steps import step_list
from layouts.sections.retaliation_claims import ANCHOR, article_figures
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text

PATH = "/retaliation"
# Where the imports come from that the tranches are set against.
IMPORTS_SOURCE = "statcan-12-10-0011"


def page(view: View, store: Store) -> html.Div:
    """Draw the ledger. It is the same for every pair, because only Canada's tranches have amounts."""
    _ = view.text
    by_day, currency = retaliation.in_force_by_day(store), retaliation.currency_of_amounts(store)
    now = float(by_day.iloc[-1].sum())
    imports = retaliation.base_imports_million(store)
    share = now * 1000 / imports * 100
    it = chart_of(view, store, "retaliation")
    return html.Div(
        [
            html.H1(
                _(
                    "Canada’s counter-tariffs covered at least {amount} of US goods on {date}",
                    date=_.date(view.coverage.last_day),
                    amount=_.billions(now, currency),
                )
            ),
            html.P(
                _(
                    "That is {share} of what Canada imported from the United States in {year} ({imports}). "
                    "Motor vehicles are charged too, but how much of them pays is not known. "
                    "{announced} had been announced in February 2025; for the larger part no order was found. "
                    "Mexico announced an answer and dropped it on 6 March 2025.",
                    share=_.percent(share),
                    year=retaliation.base_year(store),
                    imports=_.money(imports, currency),
                    announced=_.billions(retaliation.announced_total(store), currency, 0),
                ),
                className="standfirst",
            ),
            chart(view, it) if it else None,
            _ledger(view, store),
            article_figures(view, store),
            _steps(view, store),
        ]
    )


def status_name(_: Text, status: str) -> str:
    """Name the state of a tranche."""
    return {
        "in_force": _("In force"),
        "threatened": _("Right reserved"),
        "suspended": _("Suspended"),
        "ended": _("Ended"),
        "never_imposed": _("No order found"),
    }[status]


def _ledger(view: View, store: Store) -> html.Section:
    """Every tranche with its life, amounts and share, state by state with their sums; what has ended is struck."""
    _ = view.text
    parts = retaliation.parts(store)
    # None stands for the sum of a state; where no amount is known there is none.
    rows = [(r, p) for p in parts for r in (*p.rows.itertuples(), *([None] if known(p.cad) else []))]
    title = _("The ledger, tranche by tranche")
    columns = [
        Column(_("Tranche"), [_tranche(view, store, r) if r else _total_name(view, p) for r, p in rows], numeric=False),
        Column(_("Status"), [status_name(_, r.status) if r else "" for r, p in rows], numeric=False),
        Column(
            _("C$ billion"),
            [_amount(_, r.amount_billion, r.status) if r else _total(_.number(p.cad, 1)) for r, p in rows],
        ),
        Column(
            _("US$ billion"),
            [_amount(_, r.amount_usd_billion, r.status) if r else _total(_.number(p.usd, 1)) for r, p in rows],
        ),
        Column(
            _("Share of imports {year}", year=retaliation.base_year(store)),
            [_share(_, r.share_pct) if r else _total(_share(_, p.share)) for r, p in rows],
        ),
        Column(_("Rate"), [_rate(_, r) if r else "" for r, p in rows]),
        Column(_("From"), [_day(_, r.effective_from) if r else "" for r, p in rows]),
        Column(_("Ended"), [_day(_, r.effective_to) if r else "" for r, p in rows]),
    ]
    rates = [r.rate_source_id for r, _part in rows if r and isinstance(r.rate_source_id, str)]
    notes = [
        _(
            "US dollars at the average rate of the month a tranche took effect or was announced ({source}). "
            "Share of Canada’s imports from the United States in {year}, as Canada records them ({imports}).",
            source=citations(_, store.source, list(dict.fromkeys(rates))),
            year=retaliation.base_year(store),
            imports=citation(_, store.source, IMPORTS_SOURCE),
        ),
        _(
            "Each state has its own sum, and the sums are not added to each other: steel and aluminium of 2025 went "
            "into the list of September 2026, and the second list was never charged."
        ),
    ]
    return html.Section(
        [
            html.H2(title),
            table(title, columns, "table matrix ledger"),
            *(html.P(note, className="source") for note in notes),
        ],
        className="section",
    )


def ledger_sources(store: Store) -> list[str]:
    """Ids of the sources of the ledger: of its tranches, of their rates, of the imports they are a share of."""
    rows = retaliation.tranches(store)
    return list(dict.fromkeys([*rows["source_id"], *rows["rate_source_id"].dropna(), IMPORTS_SOURCE]))


def _total_name(view: View, part: Part) -> html.Div:
    """Name a sum, and say what it leaves out."""
    _ = view.text
    name = {
        "in_force": _("In force on {date}, total", date=_.date(view.coverage.last_day)),
        "ended": _("Ended, total"),
        "never_imposed": _("Announced without an order, total"),
    }[part.status]
    left_out = _.ngettext(
        "without {count} tranche of unknown amount", "without {count} tranches of unknown amount", part.unknown
    )
    return html.Div(
        [html.Strong(name), html.Span(left_out, className="source") if part.unknown else None], className="total"
    )


def _total(words: str) -> html.Span:
    return html.Span(words, className="total")


def _share(_: Text, value: float) -> str:
    return _.percent(value) if known(value) else _("not known")


def _tranche(view: View, store: Store, row) -> html.Div:
    _ = view.text
    instrument = row.instrument if isinstance(row.instrument, str) else ""
    named = (
        html.A(instrument, href=row.url, rel="noreferrer", target="_blank")
        if isinstance(row.url, str) and instrument
        else instrument
    )
    small = [named, row.citation if isinstance(row.citation, str) else None]
    over = row.status in STRUCK
    return html.Div(
        [
            html.Strong(_("{country}: {tranche}", country=countries.name(_, row.by), tranche=_.data(row.tranche))),
            html.Span(
                [x for part in small if part for x in (part, " · ")][:-1], className="source", **{"data-verbatim": "1"}
            ),
            html.Span(
                _(
                    "{source}, {checked}",
                    source=citation(_, store.source, row.source_id),
                    checked=verification(_, row.verification),
                ),
                className="source",
            ),
            folded_note(_, row.note),
        ],
        id=f"{ANCHOR}{row.tranche_id}",
        className="tranche-ended" if over else "tranche",
    )


# What is not charged, or no longer, is struck through.
STRUCK = ("ended", "never_imposed")


def _amount(_: Text, value: float, status: str) -> str | html.S:
    if not known(value):
        return _("not known")
    written = _.number(value, 1)
    return html.S(written) if status in STRUCK else written


def _rate(_: Text, row) -> str:
    if known(row.rate_pct):
        return _.percent(row.rate_pct, 0)
    return _.data(row.rate_text) or _("not known")


def _day(_: Text, day: pd.Timestamp) -> str:
    return "" if pd.isna(day) else _.short_date(day)


def _steps(view: View, store: Store) -> html.Section:
    """Every step of Canada's counter-tariffs and what Mexico said, in the order of days."""
    _ = view.text
    steps = store.tariff_lives
    mine = steps[steps["measure"].isin(ANSWERS)].copy()
    order = mine["step"].map(STEPS.index)
    mine = mine.assign(order=order).sort_values(["date", "order", "measure"])
    return html.Section(
        [html.H2(_("Step by step")), step_list(view, mine, named=True)],
        className="section lives",
    )


# The measures that answer US duties; the surtax on steel products of all origins is not one of them.
ANSWERS = ("second_list_2025", "surtax_2025_1", "surtax_metals", "surtax_vehicles", "surtax_2026", "mexican_answer")
