"""Every chart of the product, declared once: its name, its page, the question it asks, how it is drawn, its rows.

A page, an embed, a download, a card and the API sheet all take a chart from here; none of them draws the page for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from data.export import underlying
from data.export.underlying import Behind
from data.queries import classifications as sorted_otherwise
from data.queries import comparison as compared
from data.queries import duty_estimate as estimates
from data.queries import event_study as studies
from data.queries import mirror as records
from data.queries import partners as partners_ranked
from data.queries import product_history as histories
from data.queries import product_ranking as rankings
from data.queries import products, tariffs, trade_series, usmca
from data.queries import retaliation as counter_tariffs
from data.queries import trilateral as flows_of_three
from data.selection import Selection
from data.store import Store
from layouts.charts import (
    classifications,
    comparison,
    duty_estimate,
    event_study,
    measure_timeline,
    mirror,
    partners,
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
    trilateral,
    usmca_chapters,
    usmca_share,
)
from layouts.components.chart import Chart, with_picture_words
from layouts.view import View


@dataclass(frozen=True)
class Entry:
    """One chart.

    ``query`` asks the tables and gives the result that ``build`` draws, or None where this choice has no such
    chart. ``rows`` names the rows of the API behind it. ``asks`` turns the reader's choice into the one that the
    chart shows, for charts that do not follow every choice. ``aliases`` are names it had before; ``spoken`` gives,
    from the countries whose records are held, such names that say a choice beside the chart, each with the reader's
    choice as the name turns it.
    """

    name: str
    page: str
    query: Callable[[Store, Selection], Any]
    build: Callable[..., Chart]
    rows: Callable[[Store, Selection], Behind | None]
    asks: Callable[[Selection], Selection] = lambda selection: selection
    aliases: tuple[str, ...] = ()
    spoken: Callable[[Iterable[str], Selection], Mapping[str, Selection]] = lambda _reporters, _selection: {}


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
        Entry(
            "triangle",
            "/",
            flows_of_three.flows,
            trilateral.triangle_chart,
            underlying.trilateral,
            asks=trade_series.own_values,
        ),
        Entry("trade", "/trade", trade_series.flows, trade.trade_chart, underlying.series()),
        Entry("balance", "/trade", trade_series.balance, trade_bars.balance_chart, underlying.series()),
        Entry("growth", "/trade", trade_series.growth, trade_bars.growth_chart, underlying.series(back=1)),
        Entry(
            "compare",
            "/compare",
            compared.pair_against_third,
            comparison.comparison_chart,
            underlying.comparison,
            asks=trade_series.own_values,
        ),
        Entry(
            "around",
            "/before-after",
            studies.study,
            event_study.months_chart,
            underlying.event_study,
            asks=studies.by_month,
        ),
        *_mirror_entries(),
        *_policy_entries(),
        *_product_entries(),
        *_other_classifications(),
        *_partner_entries(),
    )


def _mirror_entries() -> tuple[Entry, ...]:
    """Charts of the two flows of a pair, each by both records."""
    return (
        Entry(
            "mirror-exports",
            "/mirror",
            records.exports,
            mirror.exports_chart,
            underlying.mirror_exports,
            spoken=mirror.names_of_exports,
        ),
        Entry(
            "mirror-imports",
            "/mirror",
            records.imports,
            mirror.imports_chart,
            underlying.mirror_imports,
            spoken=mirror.names_of_imports,
        ),
    )


def _policy_entries() -> tuple[Entry, ...]:
    """Charts of tariffs, of the rate actually paid, and of counter-tariffs."""
    return (
        Entry(
            "tariffs",
            "/tariffs",
            tariffs.dated_rates,
            tariff_steps.steps_chart,
            underlying.between("tariffs"),
            asks=Selection.at_border,
        ),
        Entry(
            "measure-timeline",
            "/tariffs",
            tariffs.measure_timeline,
            measure_timeline.timeline_chart,
            underlying.between("tariff-lives"),
            asks=Selection.at_border,
            aliases=("lives",),
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
    page, both = "/products", underlying.chapters(every_partner=True)
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


def _partner_entries() -> tuple[Entry, ...]:
    """Charts of a country's partners and their ranks."""
    page, rows = "/partners", underlying.partner_totals
    return (
        Entry("partners", page, partners_ranked.ranking, partners.ranking_chart, rows),
        Entry("partner-ranks", page, partners_ranked.history, partners.history_chart, rows),
    )


@lru_cache(maxsize=1)
def registry() -> Mapping[str, Entry]:
    """The charts by name."""
    return MappingProxyType({entry.name: entry for entry in entries()})


@lru_cache(maxsize=1)
def _by_alias() -> Mapping[str, str]:
    return MappingProxyType({alias: entry.name for entry in entries() for alias in entry.aliases})


def find(name: str) -> Entry | None:
    """The chart of a name, or of a name it had before; None where there is none.

    A name from an address may say a choice too; :func:`meant` reads both.
    """
    return registry().get(_by_alias().get(name, name))


def meant(name: str, store: Store, selection: Selection) -> tuple[Entry, Selection] | None:
    """The chart that a name means for the reader's choice, and that choice with what the name itself says of it."""
    entry = find(name)
    if entry is not None:
        return entry, selection
    reporters = store.observations["reporter"].unique()
    for one in registry().values():
        turned = one.spoken(reporters, selection).get(name)
        if turned is not None:
            return one, turned
    return None


def chart_of(view: View, store: Store, name: str, **drawing: Any) -> Chart | None:
    """One chart for the reader's choice, alone; None where this choice has no such chart.

    Args:
        view: how it is drawn, and the reader's choice.
        store: the tables.
        name: name of the chart, or one it had before.
        drawing: what the chart can be told of its drawing, such as its height.

    Raises:
        KeyError: there is no chart of this name at all.
    """
    found = meant(name, store, view.selection)
    if found is None:
        raise KeyError(name)
    entry, selection = found
    chosen = entry.asks(selection)
    result = entry.query(store, chosen)
    if result is None:
        return None
    turned = _turned(view, selection)
    built = entry.build(turned.asking(chosen), result, **drawing)
    return with_picture_words(turned, replace(built, path=entry.page))


def _turned(view: View, selection: Selection) -> View:
    """The view with the choice that the name of a chart says; links then lead on with that."""
    return view if selection == view.selection else replace(view, selection=selection, reader=None)


def charts_of_page(view: View, store: Store, path: str) -> dict[str, Chart]:
    """Every chart that a page has for the reader's choice, by name, in the order of the page."""
    names = [entry.name for entry in registry().values() if entry.page == path]
    found = {name: chart_of(view, store, name) for name in names}
    return {name: chart for name, chart in found.items() if chart is not None}
