"""Rates as steps over time, one row for each scope of goods."""

from __future__ import annotations

import textwrap

import pandas as pd

from data.queries.tariffs import DatedRates
from data.schema.fields import DATE, NUMBER
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, file_column, page_column, text_column
from layouts.components.metadata import sources_metadata
from layouts.components.source_line import citation, source_line, verification
from layouts.figures.tariff_steps import StepRow, steps_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.tariffs import measure_name, on_whom, rate, usmca_rate, verbatim
from layouts.wording.text import Text

# Letters of a label's line that fit a phone; a longer label goes on two lines, on every screen.
LINE = 46


def steps_chart(view: View, it: DatedRates) -> Chart:
    """Chart every dated rate between the chosen countries."""
    _, chosen = view.text, view.selection
    source = source_line(_, it.origin)
    return Chart(
        name="tariffs",
        title=_(
            "Additional tariffs between {country} and {partner}, by goods",
            country=countries.partner(_, chosen.reporter),
            partner=countries.partner(_, chosen.partner),
        ),
        subtitle=_(
            "{first} to {last}, per cent of value; step height: the rate; dotted: a different rate for USMCA goods",
            first=_.short_date(it.first),
            last=_.short_date(it.last),
        ),
        source=source,
        summary=[
            _.ngettext(
                "{count} interval of tariffs; the table lists each.",
                "{count} intervals of tariffs; the table lists each.",
                len(it.rows),
            )
        ],
        figure=steps_figure(_, view.palette, _step_rows(view, it.rows), it.first, it.last, pd.Timestamp(chosen.on)),
        columns=lambda: _step_columns(view, it),
        file_name=f"tariffs_{chosen.reporter}-{chosen.partner}_{it.first:%Y-%m}--{it.last:%Y-%m}".lower(),
        metadata=sources_metadata(
            view,
            source,
            _("Rates of duty from orders, proclamations and customs texts"),
            _("Per cent of customs value, on top of the duties that applied before 2025; each row names its text."),
        ),
    )


def _step_rows(view: View, steps: pd.DataFrame) -> list[StepRow]:
    """A heading for each imposer, under it a row for each scope of goods."""
    _ = view.text
    rows = []
    for (imposer, target), imposed in steps.groupby(["imposer", "target"], sort=False):
        colour, tint = view.colour(imposer), view.tint(imposer)
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


def _step_columns(view: View, it: DatedRates) -> list[DataColumn]:
    _, table = view.text, it.rows
    rows = list(table.itertuples())
    per_cent = _("per cent of value")
    low, usmca = table["rate_low_pct"].fillna(table["rate_pct"]), table["usmca_rate_pct"]
    return [
        text_column("goods", _("Goods"), [_.data(r.scope_text) for r in rows]),
        text_column("imposer", _("Imposed by"), list(table["imposer"]), lambda code: countries.name(_, code)),
        text_column("measure_name", _("Measure"), [measure_name(_, r.measure) for r in rows]),
        page_column("rate", _("Rate"), rows, lambda row: rate(_, row), right=True),
        file_column("rate_low", _("lowest rate of these goods"), low, NUMBER, per_cent),
        file_column("rate_high", _("highest rate of these goods"), table["rate_pct"], NUMBER, per_cent),
        page_column("usmca", _("USMCA goods"), rows, lambda row: usmca_rate(_, row), right=True),
        file_column("usmca_rate", _("rate of USMCA goods, where it differs"), usmca, NUMBER, per_cent),
        text_column("rate_text", _("Rate in detail"), [_.data(r.rate_text) or None for r in rows]),
        page_column("from", _("From"), rows, lambda row: _.short_date(row.effective_from), right=True),
        file_column("effective_from", _("From"), table["effective_from"], DATE),
        page_column("until", _("Ended"), rows, lambda row: _until(_, row), right=True),
        file_column("effective_to", _("first day on which it is no longer charged"), table["effective_to"], DATE),
        text_column("instrument", _("Instrument"), list(table["instrument"]), verbatim),
        text_column("verification", _("Checked"), list(table["verification"]), lambda code: verification(_, code)),
        text_column("source_id", _("Source"), list(table["source_id"]), lambda one: citation(_, it.origin.rows, one)),
        *(file_column(name, header, table[name]) for name, header in _codes(_).items()),
    ]


def _codes(_: Text) -> dict[str, str]:
    """Columns of the tariffs table that go into files as they are, with what they mean."""
    return {
        "target": _("country whose goods are charged"),
        "measure": _("code of the measure"),
        "kind": _("what is done: a duty or an import ban"),
        "usmca_rule": _("what the row means for USMCA goods"),
        "status": _("state on the last day of the data"),
        "tariff_id": _("row of the tariffs table"),
    }


def _until(_: Text, row) -> str:
    return _("in force") if row.open else _.short_date(row.until)
