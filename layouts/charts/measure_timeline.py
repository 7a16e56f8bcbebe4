"""The life of each measure between two countries."""

from __future__ import annotations

import textwrap

import pandas as pd

from data.queries.tariffs import Life, MeasureTimeline
from data.schema.fields import DATE
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, file_column, text_column
from layouts.components.metadata import sources_metadata
from layouts.components.source_line import citation, source_line, verification
from layouts.figures.measure_timeline import CHANGED, OVER, PUT_OFF, RULED, SAID, LifeRow, timeline_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.tariffs import measure_name, on_whom, step_name, verbatim
from layouts.wording.text import Text

# Letters of a line of hover text.
HOVER = 46


def timeline_chart(view: View, it: MeasureTimeline) -> Chart:
    """Chart the lives of all measures of the pair."""
    _, chosen = view.text, view.selection
    source = source_line(_, it.origin)
    figure = timeline_figure(_, view.palette, _rows(view, it), it.first, it.last, pd.Timestamp(chosen.on))
    return Chart(
        name="measure-timeline",
        title=_(
            "The life of each measure between {country} and {partner}",
            country=countries.partner(_, chosen.reporter),
            partner=countries.partner(_, chosen.partner),
        ),
        subtitle=_(
            "{first} to {last}; bar: days it was charged. {said} announced or signed, {put_off} planned or put off, "
            "{changed} in effect or changed, {ruled} court ruling, {over} ended",
            first=_.short_date(it.first),
            last=_.short_date(it.last),
            said=SAID,
            put_off=PUT_OFF,
            changed=CHANGED,
            ruled=RULED,
            over=OVER,
        ),
        source=source,
        summary=[
            _("{measure}: {span}.", measure=measure_name(_, life.measure), span=days_charged(_, life))
            for life in it.lives
        ],
        figure=figure,
        columns=lambda: _columns(view, it),
        file_name=f"tariff-timeline_{chosen.reporter}-{chosen.partner}_{it.first:%Y-%m}--{it.last:%Y-%m}".lower(),
        metadata=sources_metadata(
            view,
            source,
            _("Days of orders, proclamations, customs texts and court rulings"),
            _(
                "A measure is charged from the day customs begins to collect it, which may lie weeks after it was "
                "signed. A planned day that was put off is no start."
            ),
        ),
    )


def _rows(view: View, it: MeasureTimeline) -> list[LifeRow]:
    """A heading for each imposer, under it a row for each measure."""
    _, chosen = view.text, view.selection
    rows: list[LifeRow] = []
    heading = ""
    for life in it.lives:
        colour, tint = view.colour(life.imposer), view.tint(life.imposer)
        target = chosen.partner if life.imposer == chosen.reporter else chosen.reporter
        if life.imposer != heading:
            heading = life.imposer
            rows.append(LifeRow(f"<b>{on_whom(_, heading, target)}</b>", colour, tint, life.steps.iloc[:0]))
        label = _("<b>{measure}</b> · {span}", measure=measure_name(_, life.measure), span=_short_days(_, life))
        hover = [_hover(_, life, step) for step in life.steps.itertuples()]
        end = None if life.start is None else life.end or it.last
        rows.append(LifeRow(label, colour, tint, life.steps, hover, life.start, end))
    return rows


def _hover(_: Text, life: Life, step) -> str:
    lines = textwrap.wrap(_.data(step.text), HOVER)
    # Two dollar signs would make a formula of the text between them.
    said = "<br>".join(lines).replace("$", "&#36;")
    return _(
        "<b>{measure}</b><br>{date}: {step}<br>{text}",
        measure=measure_name(_, life.measure),
        date=_.short_date(step.date),
        step=step_name(_, step.step),
        text=said,
    )


def _short_days(_: Text, life: Life) -> str:
    if life.start is None:
        return _("never charged")
    first = _.short_date(life.start)
    return _("since {first}", first=first) if life.end is None else _.span(first, _.short_date(_last(life)))


def _last(life: Life) -> pd.Timestamp:
    """The last day it was charged, which is the day before the first without it."""
    return life.end - pd.Timedelta(days=1)


def days_charged(_: Text, life: Life) -> str:
    """Say when a measure was charged."""
    if life.start is None:
        return _("announced, never charged")
    if life.end is None:
        return _("charged since {first}", first=_.date(life.start))
    return _("charged from {first} to {last}", first=_.date(life.start), last=_.date(_last(life)))


def _columns(view: View, it: MeasureTimeline) -> list[DataColumn]:
    _, table = view.text, it.steps
    rows = list(table.itertuples())
    return [
        DataColumn("date", _("Day"), list(table["date"]), DATE, _.short_date),
        text_column("imposer", _("Imposed by"), list(table["imposer"]), lambda code: countries.name(_, code)),
        text_column("measure_name", _("Measure"), [measure_name(_, r.measure) for r in rows]),
        text_column("step", _("Step"), list(table["step"]), lambda code: step_name(_, code)),
        text_column("text", _("What happened"), [_.data(r.text) for r in rows]),
        text_column("instrument", _("Instrument"), list(table["instrument"]), verbatim),
        text_column("citation", _("Printed in"), list(table["citation"]), verbatim),
        text_column("verification", _("Checked"), list(table["verification"]), lambda code: verification(_, code)),
        text_column("source_id", _("Source"), list(table["source_id"]), lambda one: citation(_, it.origin.rows, one)),
        file_column("targets", _("countries whose goods are charged"), table["targets"]),
        file_column("measure", _("code of the measure"), table["measure"]),
        file_column("life_id", _("row of the tariff_lives table"), table["life_id"]),
    ]
