"""Every chart of the product, declared once: its name, its page, the question it asks, how it is drawn, its rows.

A page, an embed, a download, a card and the API sheet all take a chart from here; none of them draws the page for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from data.export import underlying
from data.export.underlying import Behind
from data.queries import classifications as sorted_otherwise
from data.queries import duty_estimate as estimates
from data.queries import event_study as studies
from data.queries import product_history as histories
from data.queries import product_ranking as rankings
from data.queries import products, tariffs, trade_series, usmca
from data.queries import retaliation as counter_tariffs
from data.selection import Selection
from data.store import Store
from layouts.charts import (
    classifications,
    duty_estimate,
    event_study,
    measure_timeline,
    product_change,
    product_concentration,
    product_history,
    product_months,
    product_ranking,
    retaliation,
    sitc,
    tariff_steps,
    trade,
    trade_bars,
    usmca_chapters,
    usmca_share,
)
from layouts.components.chart import Chart
from layouts.view import View


@dataclass(frozen=True)
class Entry:
    """One chart.

    ``query`` asks the tables and gives the result that ``build`` draws, or None where this choice has no such
    chart. ``rows`` names the rows of the API behind it. ``asks`` turns the reader's choice into the one that the
    chart shows, for charts that do not follow every choice. ``aliases`` are names it had before.
    """

    name: str
    page: str
    query: Callable[[Store, Selection], Any]
    build: Callable[[View, Any], Chart]
    rows: Callable[[Store, Selection], Behind | None]
    asks: Callable[[Selection], Selection] = lambda selection: selection
    aliases: tuple[str, ...] = ()


def entries() -> tuple[Entry, ...]:
    """Declare the charts, in the order of their pages."""
    return (
        Entry(
            "flows",
            "/",
            trade_series.flows,
            trade.overview_chart,
            underlying.series(),
            asks=trade_series.own_values,
        ),
        Entry("trade", "/trade", trade_series.flows, trade.trade_chart, underlying.series()),
        Entry("balance", "/trade", trade_series.balance, trade_bars.balance_chart, underlying.series()),
        Entry("growth", "/trade", trade_series.growth, trade_bars.growth_chart, underlying.series(back=1)),
        Entry(
            "around",
            "/before-after",
            studies.study,
            event_study.months_chart,
            underlying.event_study,
            asks=studies.by_month,
        ),
        *_policy_entries(),
        *_product_entries(),
        *_other_classifications(),
    )


def _policy_entries() -> tuple[Entry, ...]:
    """Charts of tariffs, of the rate actually paid, and of counter-tariffs."""
    return (
        Entry("tariffs", "/tariffs", tariffs.dated_rates, tariff_steps.steps_chart, underlying.between("tariffs")),
        Entry(
            "lives",
            "/tariffs",
            tariffs.measure_timeline,
            measure_timeline.lives_chart,
            underlying.between("tariff-lives"),
        ),
        Entry("usmca-share", "/burden", usmca.shares, usmca_share.share_chart, underlying.claims),
        Entry("border-duty-bound", "/burden", estimates.estimate, duty_estimate.estimate_chart, underlying.claims),
        Entry("usmca-chapters", "/burden", usmca.chapters, usmca_chapters.chapters_chart, underlying.claims_by_chapter),
        Entry(
            "retaliation",
            "/retaliation",
            counter_tariffs.counter_tariffs,
            retaliation.in_force_chart,
            underlying.counter_tariffs,
        ),
    )


def _product_entries() -> tuple[Entry, ...]:
    """Charts of US trade by product."""
    page, both = "/products", underlying.chapters(*products.PARTNERS)
    rows, recorded = underlying.chapters(), products.in_currency_of_record
    return (
        Entry("products-months", page, histories.months, product_months.monthly_chart, underlying.product_months),
        Entry("products-ranking", page, rankings.ranking, product_ranking.ranking_chart, rows),
        Entry("products-history", page, histories.history, product_history.history_chart, both),
        Entry("products-share", page, histories.share, product_history.share_chart, both, asks=recorded),
        Entry("products-change", page, rankings.contributions, product_change.contributions_chart, rows),
        Entry("products-areas", page, rankings.areas, product_ranking.treemap_chart, rows),
        Entry(
            "products-concentration",
            page,
            histories.concentration,
            product_concentration.concentration_chart,
            rows,
            asks=recorded,
        ),
    )


def _other_classifications() -> tuple[Entry, ...]:
    """Charts of trade by product from sources that sort goods in another way."""
    page, of_source = "/products", underlying.of_source
    return (
        Entry("napcs", page, sorted_otherwise.napcs, classifications.napcs_chart, of_source(sorted_otherwise.NAPCS)),
        Entry(
            "agrifood",
            page,
            sorted_otherwise.agrifood,
            classifications.agrifood_chart,
            of_source(sorted_otherwise.AGRIFOOD),
        ),
        Entry("baci", page, sorted_otherwise.baci, classifications.baci_chart, of_source(sorted_otherwise.BACI)),
        Entry(
            "sitc",
            page,
            sorted_otherwise.sitc,
            sitc.sitc_chart,
            of_source(sorted_otherwise.SITC, sorted_otherwise.SITC_CURRENCY),
        ),
    )


@lru_cache(maxsize=1)
def registry() -> Mapping[str, Entry]:
    """The charts by name."""
    return MappingProxyType({entry.name: entry for entry in entries()})


@lru_cache(maxsize=1)
def _by_alias() -> Mapping[str, str]:
    return MappingProxyType({alias: entry.name for entry in entries() for alias in entry.aliases})


def find(name: str) -> Entry | None:
    """The chart of a name, or of a name it had before; None where there is none."""
    return registry().get(_by_alias().get(name, name))


def chart_of(view: View, store: Store, name: str) -> Chart | None:
    """One chart for the reader's choice, alone; None where this choice has no such chart.

    Raises:
        KeyError: there is no chart of this name at all.
    """
    entry = registry()[_by_alias().get(name, name)]
    chosen = entry.asks(view.selection)
    result = entry.query(store, chosen)
    return None if result is None else replace(entry.build(view.asking(chosen), result), path=entry.page)


def charts_of_page(view: View, store: Store, path: str) -> dict[str, Chart]:
    """Every chart that a page has for the reader's choice, by name, in the order of the page."""
    names = [entry.name for entry in registry().values() if entry.page == path]
    found = {name: chart_of(view, store, name) for name in names}
    return {name: chart for name, chart in found.items() if chart is not None}
