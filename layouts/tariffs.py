"""The Tariffs page: rates as steps over time, and what applied on a chosen day."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from dash import dcc, html

from data import tariffs
from data.selection import FIRST_DAY, LAST_DAY
from data.store import Store
from layouts import countries, disagreements, ids, notices
from layouts.chart import Chart, chart
from layouts.figures.tariff_steps import StepRow, rate_or_range, steps_figure
from layouts.passport import sources_passport
from layouts.provenance import citation, source_line, verification
from layouts.table import Column, folded_note, table
from layouts.text import Text
from layouts.view import View

PATH = "/tariffs"


def page(view: View, store: Store) -> html.Div:
    """Draw the tariffs between the chosen countries, or offer a pair that has some."""
    _, chosen = view.text, view.selection
    if chosen.same_country:
        return html.Div([html.H1(_("Tariffs")), notices.same_country(view)])
    rows = tariffs.between(store, chosen.country, chosen.partner)
    title = _(
        "Additional tariffs between {country} and {partner}",
        country=countries.partner(_, chosen.country),
        partner=countries.partner(_, chosen.partner),
    )
    standfirst = html.P(
        _(
            "Duties added since January 2025 to the rates that applied before. Unless a row says otherwise, "
            "goods that qualify under the USMCA pay the same. "
            "The collection ends on {date}; nothing later is known here.",
            date=_.date(LAST_DAY),
        ),
        className="standfirst",
    )
    if rows.empty:
        return html.Div([html.H1(title), standfirst, _none_between(view)])
    steps = tariffs.steps(store, chosen)
    idle = html.P(_("Years, frequency and currency do not change this page."), className="source")
    return html.Div(
        [
            html.H1(title),
            standfirst,
            idle,
            _day(view, store, rows),
            chart(view, _steps_chart(view, store, steps)),
            *_never_applied(view, store, rows),
            disagreements.section(view, store),
        ]
    )


def _none_between(view: View) -> html.Div:
    _, chosen = view.text, view.selection
    reason = _("No additional tariff of either country on the other is in the collection.")
    ways = [
        (
            _("Tariffs between the United States and {partner}", partner=countries.partner(_, c)),
            replace(chosen, country="USA", partner=c),
        )
        for c in dict.fromkeys((chosen.country, chosen.partner))
        if c != "USA"
    ]
    return notices.notice(reason, ways)


def measure_name(_: Text, measure: str) -> str:
    """Name a measure for readers."""
    return {
        "border_duty": _("Border duty"),
        "metals_232": _("Steel and aluminium"),
        "autos_232": _("Automobiles"),
        "auto_parts_232": _("Automobile parts"),
        "copper_232": _("Copper"),
        "timber_232": _("Timber and furniture"),
        "trucks_232": _("Trucks and buses"),
        "semiconductors_232": _("Semiconductors"),
        "surcharge_122": _("Section 122 surcharge"),
        "forced_labour_301": _("Section 301 duty"),
        "discrimination_338": _("Section 338 duty"),
        "surtax_2025_1": _("Surtax of March 2025"),
        "surtax_metals": _("Metals surtax"),
        "surtax_vehicles": _("Vehicle surtax"),
        "surtax_2026": _("Surtax of September 2026"),
        "steel_derivative_surtax": _("Steel products surtax"),
    }[measure]


def _on_whom(_: Text, imposer: str, target: str) -> str:
    return _(
        "{imposer} on goods of {target}",
        imposer=countries.sentence_start(_, imposer),
        target=countries.origin(_, target),
    )


def rate(_: Text, row) -> str:
    """Write a rate: a percentage, a ban, or that it is not known."""
    if row.kind == "import_ban":
        return _("import ban")
    return _("not known") if pd.isna(row.rate_pct) else rate_or_range(_, row)


def usmca_rate(_: Text, row) -> str:
    """Write the rate of goods that qualify under the USMCA."""
    if not pd.isna(row.usmca_rate_pct):
        return _.percent(row.usmca_rate_pct, 0)
    return _("the same")


def _day(view: View, store: Store, rows: pd.DataFrame) -> html.Section:
    """The state of play on the chosen day as a matrix, with steps to the changes before and after."""
    _, on = view.text, view.selection.on
    days = tariffs.change_days(rows)
    now = tariffs.in_force(rows, on)
    parts = [html.H2(_("What applied on {date}", date=_.date(on))), _day_controls(view, days)]
    if now.empty:
        after = tariffs.neighbours(days, on)[1]
        ways = [(_("Go to {date}", date=_.date(after)), replace(view.selection, on=after))] if after else []
        parts.append(notices.notice(_("No additional tariff between the two applied on this day."), ways))
    for (imposer, target), group in now.groupby(["imposer", "target"], sort=False):
        caption = _on_whom(_, imposer, target)
        parts += [html.H3(caption), _matrix(view, store, group, caption)]
    return html.Section(parts, className="section first")


def _matrix(view: View, store: Store, group: pd.DataFrame, caption: str) -> html.Div:
    _ = view.text
    rows = list(group.sort_values(["effective_from", "measure", "product_scope"]).itertuples())
    return table(
        caption,
        [
            Column(_("Goods"), [_goods(_, r) for r in rows], numeric=False),
            Column(_("Rate"), [_rate_cell(_, r) for r in rows]),
            Column(_("USMCA goods"), [usmca_rate(_, r) for r in rows]),
            Column(_("Since"), [_.short_date(r.effective_from) for r in rows]),
            Column(_("Instrument"), [_instrument(view, store, r) for r in rows], numeric=False),
        ],
        "table matrix",
    )


def _goods(_: Text, row) -> list:
    return [html.Span(_.data(row.scope_text)), html.Span(measure_name(_, row.measure), className="source")]


def _rate_cell(_: Text, row) -> list:
    cell = [html.Strong(rate(_, row))]
    return [*cell, html.Span(_.data(row.rate_text), className="source")] if isinstance(row.rate_text, str) else cell


def _instrument(view: View, store: Store, row) -> list:
    _ = view.text
    name = _.verbatim(row.instrument) if isinstance(row.instrument, str) else _("none named")
    named = html.A(name, href=row.url, rel="noreferrer", target="_blank") if isinstance(row.url, str) else name
    printed = [_.verbatim(s) for s in (row.legal_basis, row.citation) if isinstance(s, str)]
    cell = [html.Span(named), html.Span(_.apart([*printed, verification(_, row.verification)]), className="source")]
    return [*cell, folded_note(_, row.note)] if isinstance(row.note, str) else cell


def _day_controls(view: View, days: list) -> html.Div:
    _, on = view.text, view.selection.on
    before, after = tariffs.neighbours(days, on)
    options = [{"label": _.date(d), "value": d.isoformat()} for d in reversed(days)]
    return html.Div(
        [
            html.Div(
                [
                    html.Label(_("Day (year-month-day)"), htmlFor=ids.TARIFF_DAY),
                    dcc.Input(
                        id=ids.TARIFF_DAY,
                        value=on.isoformat(),
                        debounce=True,
                        type="text",
                        size="10",
                        inputMode="numeric",
                        autoComplete="off",
                        className="day",
                    ),
                ],
                className="control inline",
            ),
            html.Div(
                [
                    html.Span(_("or a day of change"), id="tariff-change-label"),
                    dcc.Dropdown(
                        id=ids.TARIFF_CHANGE,
                        options=options,
                        clearable=False,
                        searchable=False,
                        value=on.isoformat() if on in days else None,
                        placeholder=_("choose"),
                        className="word",
                    ),
                ],
                role="group",
                className="control inline",
                **{"aria-labelledby": "tariff-change-label"},
            ),
            _step_link(view, before, _("Change before"), "←"),
            _step_link(view, after, _("Change after"), "→"),
        ],
        className="day-controls",
        **{"data-first": FIRST_DAY.isoformat(), "data-last": LAST_DAY.isoformat()},
    )


def _step_link(view: View, day, label: str, arrow: str) -> html.Span | dcc.Link:
    if day is None:
        return html.Span([arrow, " ", label], className="way off")
    # The id lets the focus return to the link after the page is drawn for the new day.
    link_id = "change-before" if arrow == "←" else "change-after"
    return dcc.Link(
        [arrow, " ", label], id=link_id, href=view.href(PATH, on=day), className="way", title=view.text.date(day)
    )


def _steps_chart(view: View, store: Store, steps: pd.DataFrame) -> Chart:
    _, chosen = view.text, view.selection
    rows = _step_rows(view, steps)
    source = source_line(_, store, list(dict.fromkeys(steps["source_id"])))
    return Chart(
        name="tariffs",
        title=_(
            "Additional tariffs between {country} and {partner}, by goods",
            country=countries.partner(_, chosen.country),
            partner=countries.partner(_, chosen.partner),
        ),
        subtitle=_(
            "{first} to {last}, per cent of value; height of a step is the rate; dotted: USMCA goods where they differ",
            first=_.short_date(pd.Timestamp(FIRST_DAY)),
            last=_.short_date(pd.Timestamp(LAST_DAY)),
        ),
        source=source,
        summary=[
            _.ngettext(
                "{count} interval of tariffs; the table lists each.",
                "{count} intervals of tariffs; the table lists each.",
                len(steps),
            )
        ],
        figure=steps_figure(
            _, view.palette, rows, pd.Timestamp(FIRST_DAY), pd.Timestamp(LAST_DAY), pd.Timestamp(chosen.on)
        ),
        columns=lambda: _step_columns(view, store, steps),
        file_name=f"tariffs_{chosen.country}-{chosen.partner}_{FIRST_DAY:%Y-%m}--{LAST_DAY:%Y-%m}".lower(),
        path=PATH,
        passport=sources_passport(
            view,
            store,
            source,
            _("Rates of duty from orders, proclamations and customs texts"),
            _("Per cent of customs value, on top of the duties that applied before 2025; each row names its text."),
        ),
    )


def _step_rows(view: View, steps: pd.DataFrame) -> list[StepRow]:
    """A heading for each imposer, under it a row for each scope of goods."""
    _, palette = view.text, view.palette
    rows = []
    for (imposer, target), imposed in steps.groupby(["imposer", "target"], sort=False):
        colour, tint = palette.country(imposer), palette.tint(imposer)
        rows.append(StepRow(f"<b>{_on_whom(_, imposer, target)}</b>", colour, tint, steps.iloc[:0]))
        for (measure, _scope), group in imposed.groupby(["measure", "product_scope"], sort=False):
            name = measure_name(_, measure)
            goods = _shorten(_.data(group["scope_text"].iloc[-1]), 44 - len(name))
            rows.append(StepRow(_("<b>{measure}</b>: {goods}", measure=name, goods=goods), colour, tint, group))
    return rows


def _shorten(text: str, limit: int) -> str:
    """Cut a text at a word so that it fits above its row on a phone; the table has it whole."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;") + "…"


def _step_columns(view: View, store: Store, steps: pd.DataFrame) -> list[Column]:
    _ = view.text
    rows = list(steps.itertuples())
    until = [_("in force") if r.open else _.short_date(r.until) for r in rows]
    return [
        Column(_("Goods"), [_.data(r.scope_text) for r in rows], numeric=False),
        Column(_("Imposed by"), [countries.name(_, r.imposer) for r in rows], numeric=False),
        Column(_("Measure"), [measure_name(_, r.measure) for r in rows], numeric=False),
        Column(_("Rate"), [rate(_, r) for r in rows]),
        Column(_("USMCA goods"), [usmca_rate(_, r) for r in rows]),
        Column(_("From"), [_.short_date(r.effective_from) for r in rows]),
        Column(_("First day without"), until),
        Column(
            _("Instrument"),
            [html.Span(r.instrument, **{"data-verbatim": "1"}) if isinstance(r.instrument, str) else "" for r in rows],
            numeric=False,
        ),
        Column(_("Checked"), [verification(_, r.verification) for r in rows], numeric=False),
        Column(_("Source"), [citation(_, store, r.source_id) for r in rows], numeric=False),
    ]


def _never_applied(view: View, store: Store, rows: pd.DataFrame) -> list:
    """Tariffs that were announced and had not applied by the end of the collection; never drawn as in force."""
    _ = view.text
    planned = list(rows[rows["status"].isin(["announced", "never_applied"])].itertuples())
    if not planned:
        return []
    title = _("Announced, and not applied by the end of the collection")
    return [
        html.Section(
            [
                html.H2(title),
                table(
                    title,
                    [
                        Column(_("Goods"), [_goods(_, r) for r in planned], numeric=False),
                        Column(_("Imposed by"), [countries.name(_, r.imposer) for r in planned], numeric=False),
                        Column(_("Rate"), [rate(_, r) for r in planned]),
                        Column(
                            _("Announced"),
                            [
                                _.short_date(r.announced) if not pd.isna(r.announced) else _("not dated")
                                for r in planned
                            ],
                        ),
                        Column(_("Instrument"), [_instrument(view, store, r) for r in planned], numeric=False),
                    ],
                    "table matrix",
                ),
            ],
            className="section",
        )
    ]
