"""Rates as steps over time, one row for each scope of goods."""

from __future__ import annotations

import textwrap

import pandas as pd
from dash import html

from data.queries.origin import origin
from data.selection import FIRST_DAY, LAST_DAY
from data.store import Store
from layouts.components.chart import Chart
from layouts.components.metadata import sources_passport
from layouts.components.source_line import citation, source_line, verification
from layouts.components.table import Column
from layouts.figures.tariff_steps import StepRow, steps_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.tariffs import measure_name, on_whom, rate, usmca_rate
from layouts.wording.text import Text

PATH = "/tariffs"
# Letters of a label's line that fit a phone; a longer label goes on two lines, on every screen.
LINE = 46


def steps_chart(view: View, store: Store, steps: pd.DataFrame) -> Chart:
    """Chart every dated rate between the chosen countries."""
    _, chosen = view.text, view.selection
    rows = _step_rows(view, steps)
    source = source_line(_, origin(store, list(dict.fromkeys(steps["source_id"]))))
    return Chart(
        name="tariffs",
        title=_(
            "Additional tariffs between {country} and {partner}, by goods",
            country=countries.partner(_, chosen.reporter),
            partner=countries.partner(_, chosen.partner),
        ),
        subtitle=_(
            "{first} to {last}, per cent of value; height of a step is the rate; dotted: another rate for USMCA goods",
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
        file_name=f"tariffs_{chosen.reporter}-{chosen.partner}_{FIRST_DAY:%Y-%m}--{LAST_DAY:%Y-%m}".lower(),
        path=PATH,
        passport=sources_passport(
            view,
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
        rows.append(StepRow(f"<b>{on_whom(_, imposer, target)}</b>", colour, tint, steps.iloc[:0]))
        for (measure, _scope), group in imposed.groupby(["measure", "product_scope"], sort=False):
            label = row_name(_, measure_name(_, measure), _.data(group["scope_text"].iloc[-1]))
            rows.append(StepRow(label, colour, tint, group))
    return rows


def row_name(_: Text, measure: str, goods: str) -> str:
    """Name a row by its measure and its goods in full, on as many lines as a phone needs."""
    if len(measure) + len(goods) + 2 <= LINE:
        return _("<b>{measure}</b>: {goods}", measure=measure, goods=goods)
    lines = "<br>".join(textwrap.wrap(goods, LINE, break_on_hyphens=False))
    return _("<b>{measure}</b><br>{goods}", measure=measure, goods=lines)


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
        Column(_("Rate in detail"), [_.data(r.rate_text) for r in rows], numeric=False),
        Column(_("From"), [_.short_date(r.effective_from) for r in rows]),
        Column(_("First day without"), until),
        Column(
            _("Instrument"),
            [html.Span(r.instrument, **{"data-verbatim": "1"}) if isinstance(r.instrument, str) else "" for r in rows],
            numeric=False,
        ),
        Column(_("Checked"), [verification(_, r.verification) for r in rows], numeric=False),
        Column(_("Source"), [citation(_, store.source, r.source_id) for r in rows], numeric=False),
    ]
