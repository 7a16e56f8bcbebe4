"""Measure speed and page weight: ``make bench``. Nothing here passes or fails."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from plotly.utils import PlotlyJSONEncoder

from app import create_app
from callbacks.pages import PAGES
from data import store
from data.queries import classifications, measures, mirror, partners, product_history, product_ranking, products, trade
from data.selection import MEASURES, Selection
from data.store import Store
from layouts.view import View
from layouts.wording.text import Text
from tests.choosing import choose, read
from tests.serving import chromium, served, wait_until_drawn

REPEATS = 20
SELECTIONS = ("", "?partner=USA&freq=monthly", "?reporter=USA&partner=MEX&currency=MXN")
# A query that takes longer, asked for the first time after start-up, is worth a look.
GOAL_MS = 5

Query = Callable[[Store, Selection], object]


def _measured(name: str) -> Query:
    return lambda tables, selection: measures.measure(tables, replace(selection, measure=name))


QUERIES: dict[str, Query] = {
    "trade.series": trade.series,
    "trade.headline": trade.headline,
    "trade.year_to_date": trade.year_to_date,
    "trade.trilateral_flows": trade.trilateral_flows,
    "mirror.mirror": lambda t, s: mirror.mirror(t, s, s.reporter, s.partner),
    **{f"measures.measure {name}": _measured(name) for name in MEASURES},
    "partners.ranking": partners.ranking,
    "partners.rank_history": lambda t, s: partners.rank_history(t, s.reporter),
    "partners.statements": lambda t, s: partners.statements(t, s.reporter),
    "classifications.sitc_shares": lambda t, _s: classifications.sitc_shares(t),
}
# Asked only where the pair is held.
WITH_US: dict[str, Query] = {
    "product_ranking.ranking": product_ranking.ranking,
    "product_ranking.areas": product_ranking.areas,
    "product_ranking.contributions": product_ranking.contributions,
    "product_history.history": lambda t, s: product_history.history(t, replace(s, product="87")),
    "product_history.share": lambda t, s: product_history.share(t, replace(s, product="XVII")),
    "product_history.concentration": product_history.concentration,
}
CANADA_US: dict[str, Query] = {
    "classifications.napcs": classifications.napcs,
    "classifications.agrifood": classifications.agrifood,
}


def milliseconds(work: Callable[[], object]) -> float:
    """Median time of some work."""
    times = []
    for _repeat in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def queries() -> None:
    """Time the queries behind the charts, first with nothing kept and then as a server answers the second reader."""
    tables = store.load()
    slow = 0
    print(f"\nquery (ms, median; goal for the first {GOAL_MS} ms){'first':>28}{'again':>8}")
    for query in SELECTIONS:
        selection, _rejected = read(query)
        print(query or "(default)")
        for name, ask in asked(selection).items():
            ask(tables, selection)  # what the store keeps from the start is not part of a question

            def fresh(ask: Query = ask, selection: Selection = selection) -> object:
                tables.remember.cache_clear()
                return ask(tables, selection)

            first = milliseconds(fresh)
            again = milliseconds(lambda ask=ask, selection=selection: ask(tables, selection))
            slow += first > GOAL_MS
            print(f"  {name:60}{first:9.2f}{again:8.2f}{'  over the goal' if first > GOAL_MS else ''}")
    print(f"{slow} over the goal")


def asked(selection: Selection) -> dict[str, Query]:
    """The queries that some page makes for a selection."""
    found = dict(QUERIES)
    if products.is_held(selection):
        found |= WITH_US
    if {selection.reporter, selection.partner} == {"CAN", "USA"}:
        found |= CANADA_US
    return found


def pages() -> None:
    """Time the making of each page and weigh its JSON."""
    tables = store.load()
    print("\npage (ms, median; kB of JSON)")
    for query in SELECTIONS:
        selection, _rejected = read(query)
        view = View(Text(), selection)
        for path, page in PAGES.items():
            weight = len(json.dumps(page(view, tables), cls=PlotlyJSONEncoder)) / 1000
            print(
                f"{path + query:44} {milliseconds(lambda page=page, view=view: page(view, tables)):6.1f} {weight:7.1f}"
            )


def browser() -> None:
    """Time a first visit and a change of filter in Chromium, and weigh what goes over the wire."""
    with served(create_app()) as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        received: list[int] = []
        session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
        start = time.perf_counter()
        page.goto(address + "/")
        wait_until_drawn(page)
        first = (time.perf_counter() - start) * 1000
        print(f"\nfirst visit: {first:.0f} ms, {sum(received) / 1000:.0f} kB on the wire in {len(received)} requests")
        changes = []
        for number in range(REPEATS):
            partner = "USA" if number % 2 == 0 else "MEX"
            done = "t => document.querySelector('#graph-flows .js-plotly-plot').layout.meta.file.includes(t)"
            start = time.perf_counter()
            page.evaluate(
                "search => window.dash_clientside.set_props('url', {search})",
                replace(choose(), partner=partner).to_query(),
            )
            page.wait_for_function(done, arg=f"can-{partner.lower()}", polling=5)
            changes.append((time.perf_counter() - start) * 1000)
        print(f"change of filter: median {statistics.median(changes):.0f} ms, slowest {max(changes):.0f} ms")
        pictures = []
        camera = (
            "async () => { const t = performance.now(); await Plotly.toImage("
            "document.querySelector('#graph-flows .js-plotly-plot'), {format: 'png'}); return performance.now() - t; }"
        )
        cameras = [page.evaluate(camera) for _number in range(REPEATS)]
        for _number in range(REPEATS):
            start = time.perf_counter()
            with page.expect_download():
                page.locator("[data-chart=flows] [data-action=png]").click()
            pictures.append((time.perf_counter() - start) * 1000)
        ours, theirs = statistics.median(pictures), statistics.median(cameras)
        print(f"PNG of 3000 x 2250: median {ours:.0f} ms; Plotly's own picture at screen size {theirs:.0f} ms")


if __name__ == "__main__":
    queries()
    pages()
    browser()
