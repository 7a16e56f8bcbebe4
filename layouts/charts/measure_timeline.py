"""The life of each measure between two countries: as a chart, and step by step."""

from __future__ import annotations

import textwrap

import pandas as pd
from dash import html

from data.queries import tariffs
from data.queries.origin import origin
from data.queries.tariffs import Life
from data.selection import FIRST_DAY, LAST_DAY
from data.store import Store
from layouts.components.chart import Chart, chart
from layouts.components.metadata import sources_passport
from layouts.components.source_line import citation, source_line, verification
from layouts.components.table import Column
from layouts.figures.measure_timeline import CHANGED, MARKS, OVER, PUT_OFF, RULED, SAID, LifeRow, lives_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.tariffs import evidence, measure_name, on_whom, step_name
from layouts.wording.text import Text

PATH = "/tariffs"
# Letters of a line of hover text.
HOVER = 46


def lives_section(view: View, store: Store) -> list:
    """Chart the lives of all measures of the pair and list the steps of each."""
    chosen = view.selection
    steps = tariffs.lives(store, chosen.reporter, chosen.partner)
    lives = tariffs.measures(steps)
    return [chart(view, _chart(view, store, steps, lives)), step_lists(view, lives)]


def _chart(view: View, store: Store, steps: pd.DataFrame, lives: list[Life]) -> Chart:
    _, chosen = view.text, view.selection
    source = source_line(_, origin(store, list(dict.fromkeys(steps["source_id"]))))
    figure = lives_figure(
        _, view.palette, _rows(view, lives), pd.Timestamp(FIRST_DAY), pd.Timestamp(LAST_DAY), pd.Timestamp(chosen.on)
    )
    return Chart(
        name="lives",
        title=_(
            "The life of each measure between {country} and {partner}",
            country=countries.partner(_, chosen.reporter),
            partner=countries.partner(_, chosen.partner),
        ),
        subtitle=_(
            "{first} to {last}; bar: days it was charged. {said} announced or signed, {put_off} planned or put off, "
            "{changed} in effect or changed, {ruled} court ruling, {over} ended",
            first=_.short_date(pd.Timestamp(FIRST_DAY)),
            last=_.short_date(pd.Timestamp(LAST_DAY)),
            said=SAID,
            put_off=PUT_OFF,
            changed=CHANGED,
            ruled=RULED,
            over=OVER,
        ),
        source=source,
        summary=[_("{measure}: {span}.", measure=measure_name(_, life.measure), span=_days(_, life)) for life in lives],
        figure=figure,
        columns=lambda: _columns(view, store, steps),
        file_name=f"tariff-lives_{chosen.reporter}-{chosen.partner}_{FIRST_DAY:%Y-%m}--{LAST_DAY:%Y-%m}".lower(),
        path=PATH,
        passport=sources_passport(
            view,
            source,
            _("Days of orders, proclamations, customs texts and court rulings"),
            _(
                "A measure is charged from the day customs begins to collect it, which may lie weeks after it was "
                "signed. A planned day that was put off is no start."
            ),
        ),
    )


def _rows(view: View, lives: list[Life]) -> list[LifeRow]:
    """A heading for each imposer, under it a row for each measure."""
    _, palette, chosen = view.text, view.palette, view.selection
    rows: list[LifeRow] = []
    heading = ""
    for life in lives:
        colour, tint = palette.country(life.imposer), palette.tint(life.imposer)
        target = chosen.partner if life.imposer == chosen.reporter else chosen.reporter
        if life.imposer != heading:
            heading = life.imposer
            rows.append(LifeRow(f"<b>{on_whom(_, heading, target)}</b>", colour, tint, life.steps.iloc[:0]))
        label = _("<b>{measure}</b> · {span}", measure=measure_name(_, life.measure), span=_short_days(_, life))
        hover = [_hover(_, life, step) for step in life.steps.itertuples()]
        end = None if life.start is None else life.end or pd.Timestamp(LAST_DAY)
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


def _days(_: Text, life: Life) -> str:
    """Say when a measure was charged."""
    if life.start is None:
        return _("announced, never charged")
    if life.end is None:
        return _("charged since {first}", first=_.date(life.start))
    return _("charged from {first} to {last}", first=_.date(life.start), last=_.date(_last(life)))


def _columns(view: View, store: Store, steps: pd.DataFrame) -> list[Column]:
    _ = view.text
    rows = list(steps.itertuples())
    names = [_.verbatim(r.instrument) if isinstance(r.instrument, str) else "" for r in rows]
    printed = [_.verbatim(r.citation) if isinstance(r.citation, str) else "" for r in rows]
    return [
        Column(_("Day"), [_.short_date(r.date) for r in rows], numeric=False),
        Column(_("Imposed by"), [countries.name(_, r.imposer) for r in rows], numeric=False),
        Column(_("Measure"), [measure_name(_, r.measure) for r in rows], numeric=False),
        Column(_("Step"), [step_name(_, r.step) for r in rows], numeric=False),
        Column(_("What happened"), [_.data(r.text) for r in rows], numeric=False),
        Column(_("Instrument"), [html.Span(name, **{"data-verbatim": "1"}) for name in names], numeric=False),
        Column(_("Printed in"), [html.Span(name, **{"data-verbatim": "1"}) for name in printed], numeric=False),
        Column(_("Checked"), [verification(_, r.verification) for r in rows], numeric=False),
        Column(_("Source"), [citation(_, store.source, r.source_id) for r in rows], numeric=False),
    ]


def step_lists(view: View, lives: list[Life]) -> html.Div:
    """List the steps of each measure, folded under its name and days."""
    _ = view.text
    folded = []
    for life in lives:
        name = _("{country}: {measure}", country=countries.name(_, life.imposer), measure=measure_name(_, life.measure))
        count = _.ngettext("{count} step", "{count} steps", len(life.steps))
        folded.append(
            html.Details(
                [
                    html.Summary([html.Strong(name), html.Span(_.apart([_days(_, life), count]), className="source")]),
                    step_list(view, life.steps),
                ],
                id=f"life-{life.imposer}-{life.measure}".lower().replace("_", "-"),
            )
        )
    return html.Div([html.H3(_("Step by step")), *folded], className="lives")


def step_list(view: View, steps: pd.DataFrame, named: bool = False) -> html.Ol:
    """List steps with their day, kind, words and text; ``named`` says which measure each belongs to."""
    return html.Ol([_step(view, step, named) for step in steps.itertuples()], className="steps")


def _step(view: View, step, named: bool) -> html.Li:
    _ = view.text
    kind = step_name(_, step.step)
    words = _("{measure}: {step}", measure=measure_name(_, step.measure), step=kind) if named else kind
    return html.Li(
        [
            html.Span(_.short_date(step.date), className="step-day"),
            html.Span(MARKS[step.step], className="step-mark", **{"aria-hidden": "true"}),
            html.Div([html.Strong(words), html.P(_.data(step.text)), evidence(view, step)]),
        ],
        className=f"step {step.step}",
    )
