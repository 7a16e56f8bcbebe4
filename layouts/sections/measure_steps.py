"""The steps in the lives of measures as lists: each with its day, its kind, its words and the text behind it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import html

from data.queries.tariffs import Life
from layouts.charts.measure_timeline import days_charged
from layouts.figures.measure_timeline import MARKS
from layouts.view import View
from layouts.wording import countries
from layouts.wording.tariffs import evidence, measure_name, step_name


def step_lists(view: View, lives: Sequence[Life]) -> html.Div:
    """List the steps of each measure, folded under its name and days."""
    _ = view.text
    folded = []
    for life in lives:
        name = _("{country}: {measure}", country=countries.name(_, life.imposer), measure=measure_name(_, life.measure))
        count = _.ngettext("{count} step", "{count} steps", len(life.steps))
        summary = _.apart([days_charged(_, life), count])
        folded.append(
            html.Details(
                [
                    html.Summary([html.Strong(name), html.Span(summary, className="source")]),
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
