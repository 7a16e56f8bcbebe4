"""The Tariffs page: what applied on a chosen day, rates as steps over time, and the life of each measure."""

from __future__ import annotations

import pandas as pd
from dash import html

from data.queries import tariffs
from data.store import Store
from layouts.charts.registry import chart_of
from layouts.components import notices
from layouts.components.chart import chart
from layouts.components.table import Column, table
from layouts.sections import discrepancies
from layouts.sections.measure_steps import step_lists
from layouts.sections.product_tariffs import product_section
from layouts.sections.tariff_day import day_section
from layouts.sections.tariff_status import border_choice, finding, status_strip
from layouts.view import View
from layouts.wording import countries
from layouts.wording.tariffs import goods, instrument, rate

PATH = "/tariffs"


def page(view: View, store: Store) -> html.Div:
    """Draw the tariffs at a border of the chosen country: the answer, goods to look up, then the rates of a day."""
    _ = view.text
    if view.selection.same_country and not view.selection.border:
        return html.Div([html.H1(_("Tariffs")), notices.same_country(view)])
    at = view.asking(view.selection.at_border())
    rows = tariffs.between(store, at.selection.reporter, at.selection.partner)
    charts = [chart_of(view, store, name) for name in ("tariffs", "measure-timeline")]
    lives = tariffs.measures(tariffs.measure_steps(store, at.selection.reporter, at.selection.partner))
    return html.Div(
        [
            border_choice(at),
            html.H1(finding(at, store)),
            product_section(at, store),
            status_strip(at, store),
            day_section(at, store, rows),
            html.P(
                _(
                    "Duties added since January 2025 to the rates that applied before. Unless a row says otherwise, "
                    "goods that qualify under the USMCA pay the same. Data to {date}.",
                    date=_.date(view.coverage.last_day),
                ),
                className="source",
            ),
            *(chart(view, it) for it in charts if it),
            step_lists(at, lives) if lives else None,
            *_never_applied(at, rows),
            discrepancies.section(view, store),
        ]
    )


def _never_applied(view: View, rows: pd.DataFrame) -> list:
    """Tariffs that were announced and never applied by the end of the collection; never drawn as in force."""
    _ = view.text
    planned = list(tariffs.never_applied(rows).itertuples())
    if not planned:
        return []
    title = _("Announced, and never applied")
    return [
        html.Section(
            [
                html.H2(title),
                table(
                    title,
                    [
                        Column(_("Goods"), [goods(_, r) for r in planned], numeric=False),
                        Column(_("Imposed by"), [countries.name(_, r.imposer) for r in planned], numeric=False),
                        Column(_("Rate"), [rate(_, r) for r in planned]),
                        Column(
                            _("Announced"),
                            [
                                _.short_date(r.announced) if not pd.isna(r.announced) else _("not dated")
                                for r in planned
                            ],
                        ),
                        Column(_("Instrument"), [instrument(view, r) for r in planned], numeric=False),
                    ],
                    "table matrix",
                ),
            ],
            className="section",
        )
    ]
