"""What a reader takes to another program by hand: copied tables, and the day that stands on what was downloaded."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from playwright.sync_api import expect

from layouts.components.status import SYMBOL
from layouts.wording.text import MINUS
from tests.browser.shapes import composed

pytestmark = pytest.mark.browser

# Selects nodes, copies as the keys do, and gives what lies in the clipboard.
COPY = """selector => {
    const [from, to] = [document.querySelector(selector.from), document.querySelector(selector.to)];
    const range = document.createRange();
    range.setStartBefore(from);
    range.setEndAfter(to);
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    const taken = {};
    document.addEventListener("copy", event => {
        for (const kind of ["text/plain", "text/html"]) taken[kind] = event.clipboardData.getData(kind);
    }, { once: true });
    document.execCommand("copy");
    return taken;
}"""


class Cells(HTMLParser):
    """Rows of a copied table."""

    def __init__(self):
        super().__init__()
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")

    def handle_data(self, words):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += words


def with_data(page, chart):
    page.locator(f"[data-chart={chart}] [data-panel=data]").click()
    expect(page.locator(f"[data-chart={chart}] .data table")).to_be_visible()
    return f"[data-chart={chart}] .data table"


def copied(page, start, end):
    taken = page.evaluate(COPY, {"from": start, "to": end})
    plain = list(csv.reader(io.StringIO(taken["text/plain"]), delimiter="\t"))
    html = Cells()
    html.feed(taken["text/html"])
    return plain, html.rows


def test_a_copied_table_is_numbers_with_the_status_in_a_cell_of_its_own(visit):
    """Canada’s trade with Mexico by month in US dollars has minus signs, groups of digits and preliminary months."""
    page = visit("/trade?freq=monthly&years=2025-2026&partner=MEX")
    table = with_data(page, "trade")
    shown = page.locator(f"{table} tbody").inner_text()
    assert MINUS in shown and SYMBOL["preliminary"] in shown and "," in shown
    plain, html = copied(page, f"{table} thead", f"{table} tbody")
    assert plain == html
    assert plain[0] == [
        "Period",
        "Exports, million Canadian dollars",
        "Exports, million Canadian dollars, status",
        "Imports, million Canadian dollars",
        "Imports, million Canadian dollars, status",
        "Two-way trade, million Canadian dollars",
        "Two-way trade, million Canadian dollars, status",
        "Balance, million Canadian dollars",
        "Balance, million Canadian dollars, status",
        *plain[0][9:],
    ]
    first, last = plain[1], plain[20]
    assert first[0] == "Jan 2025" and first[2] == "" and last[0] == "Aug 2026" and last[2] == "preliminary"
    for row in plain[1:]:
        exports, imports, total, balance = (float(row[place]) for place in (1, 3, 5, 7))
        assert exports + imports == pytest.approx(total) and exports - imports == pytest.approx(balance) and balance < 0
    text = "\n".join("\t".join(row[:9]) for row in plain)
    assert not re.search(f"[{MINUS}{''.join(SYMBOL.values())}]", text)


def test_some_rows_of_a_table_copy_alone_and_words_as_they_are(visit):
    page = visit("/trade?years=2023-2025")
    table = with_data(page, "trade")
    plain, _html = copied(page, f"{table} tbody tr:nth-child(2)", f"{table} tbody tr:nth-child(3)")
    # 8,661.7 and 47,487.0; 8,894.9 and 53,464.3.
    assert [row[:5] for row in plain] == [
        ["2024", "8661.7", "47487.0", "56148.7", "-38825.3"],
        ["2025", "8894.9", "53464.3", "62359.2", "-44569.4"],
    ]
    # What is no table is left to the browser, which fills the clipboard later.
    taken = page.evaluate(COPY, {"from": "h1", "to": "h1"})
    assert taken == {"text/plain": "", "text/html": ""}
    taken = page.evaluate(COPY, {"from": "[data-chart=trade] h2", "to": table})
    assert "-44,569.4" in taken["text/plain"] and "<td>-44569.4</td>" in taken["text/html"]
    assert "goods trade with Mexico" in taken["text/html"]


@pytest.mark.parametrize(("zone", "day"), [("America/Vancouver", "2026-11-25"), ("Pacific/Auckland", "2026-11-26")])
def test_the_day_on_a_picture_and_in_a_citation_is_the_readers(visit, zone, day):
    """At three in the morning of 26 November by the world's clock it is still the evening before in Vancouver."""
    page = visit("/trade", timezone_id=zone)
    page.clock.set_fixed_time("2026-11-26T03:00:00Z")
    (stamp,) = [words for words in composed(page, "trade")["words"] if "downloaded on" in words]
    assert stamp.endswith(f"downloaded on {day}")
    with page.expect_request(re.compile(r"trade\.about")) as asked:
        page.locator("[data-chart=trade] [data-action=export]").click()
    assert f"day={day}" in asked.value.url
    link = page.locator("#export [data-file=csv]").first
    expect(link).to_have_attribute("href", re.compile(f"day={day}"))
    expect(page.locator("#export [data-fill=short]")).to_contain_text(day)
