"""Read a page as a reader would, and turn its controls."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, TimeoutError, expect

from data.queries import trade
from data.selection import Selection
from data.store import Store
from layouts.wording.units import scale_of

CONTROLS = {
    "country": "filter-country",
    "partner": "filter-partner",
    "first": "filter-first-year",
    "last": "filter-last-year",
    "frequency": "filter-frequency",
    "currency": "filter-currency",
}

DRAWN = """name => {
    const plot = document.querySelector(`[data-chart="${name}"] .js-plotly-plot`);
    if (!plot) return null;
    const drawn = {};
    for (const trace of plot.data) if (trace.name && trace.name !== 'Breaks') drawn[trace.name] = Array.from(trace.y);
    return drawn;
}"""


def choose(page: Page, control: str, option: str) -> None:
    """Pick an option of a dropdown, by the words a reader sees."""
    page.locator(f"#{control}").click()
    # The lists of the page itself have options too, which the browser draws.
    page.locator("[role=option]").get_by_text(option, exact=True).click()


def chosen(page: Page, control: str) -> str:
    """What a dropdown shows as chosen."""
    return page.locator(f"#{control}").inner_text().strip()


def query(page: Page) -> str:
    """The query of the address, with its question mark; empty without one."""
    found = urlsplit(page.url).query
    return f"?{found}" if found else ""


def expect_query(page: Page, expected: str) -> None:
    """Wait until the address has this query."""
    page_query = "() => window.location.search"
    _settle(page, f"expected => ({page_query})() === expected", expected)
    assert page.evaluate(page_query) == expected


def drawn(page: Page, chart: str) -> dict[str, list[float | None]] | None:
    """Values of each named series of a chart, as they are on the screen."""
    return page.evaluate(DRAWN, chart)


def expect_drawn(page: Page, chart: str, expected: dict[str, list[float | None]]) -> None:
    """Wait until a chart shows these series."""
    _settle(
        page,
        f"([chart, expected]) => JSON.stringify(({DRAWN})(chart)) === JSON.stringify(expected)",
        [chart, expected],
    )
    assert drawn(page, chart) == expected


def expect_heading(page: Page, heading: str) -> None:
    """Wait for the title of the page."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def series_of(store: Store, selection: Selection, to: str, measures=("export", "import", "total")) -> dict[str, Any]:
    """What the chart of exports and imports must show, from the tables."""
    names = {"export": f"Exports to {to}", "import": f"Imports from {to}", "total": f"Two-way trade with {to}"}
    table = trade.series(store, selection)[list(measures)]
    scaled = table / scale_of(table).millions
    return {
        names[m]: [None if v != v else round(float(v), 6) for v in scaled[m]]
        for m in measures
        if table[m].notna().any()
    }


def _settle(page: Page, condition: str, argument: Any) -> None:
    # When time runs out, the assertion after it says what was there instead.
    with suppress(TimeoutError):
        page.wait_for_function(condition, arg=argument, timeout=15_000)
