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
from layouts.sections.tariff_day import day_section, with_importer
from layouts.sections.tariff_strip import tariff_strip
from layouts.view import View
from layouts.wording import countries
from layouts.wording.tariffs import goods, instrument, rate

PATH = "/tariffs"


def page(view: View, store: Store) -> html.Div:
    """Draw the tariffs between the chosen countries, or offer a pair that has some."""
    _, chosen = view.text, view.selection
    if chosen.same_country:
        return html.Div([html.H1(_("Tariffs")), notices.same_country(view)])
    rows = tariffs.between(store, chosen.reporter, chosen.partner)
    title = _(
        "Additional tariffs between {country} and {partner}",
        country=countries.partner(_, chosen.reporter),
        partner=countries.partner(_, chosen.partner),
    )
    standfirst = html.P(
        _(
            "Duties added since January 2025 to the rates that applied before. Unless a row says otherwise, "
            "goods that qualify under the USMCA pay the same. "
            "Data to {date}.",
            date=_.date(view.coverage.last_day),
        ),
        className="standfirst",
    )
    strip = tariff_strip(view, store, here=True)
    if rows.empty:
        return html.Div([html.H1(title), standfirst, strip, with_importer(view, none=True)])
    charts = [chart_of(view, store, name) for name in ("tariffs", "measure-timeline")]
    lives = tariffs.measures(tariffs.measure_steps(store, chosen.reporter, chosen.partner))
    idle = html.P(_("Years, frequency and currency do not change this page."), className="source")
    return html.Div(
        [
            html.H1(title),
            standfirst,
            strip,
            with_importer(view, none=False),
            idle,
            day_section(view, store, rows),
            *(chart(view, it) for it in charts if it),
            step_lists(view, lives) if lives else None,
            *_never_applied(view, rows),
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
