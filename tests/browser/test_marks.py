"""Marks on charts as the browser draws them: apart at every width, explained, and leading to their events."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SIZES

pytestmark = pytest.mark.browser

# Pixels that two boxes may share before they overlap: borders are drawn on the edge.
TOUCH = 1.5

# Boxes of a chart in pixels: marks, other labels, ticks of the time axis, triangles of breaks, and the chart itself.
BOXES = """name => {
    const plot = document.querySelector(`[data-chart="${name}"] .js-plotly-plot`);
    const box = (element, text) => {
        const b = element.getBoundingClientRect();
        return { text, left: b.left, right: b.right, top: b.top, bottom: b.bottom };
    };
    const marks = [], labels = [];
    plot.querySelectorAll(".annotation[data-index]").forEach(group => {
        const it = plot._fullLayout.annotations[group.dataset.index];
        const text = group.querySelector("text").textContent;
        if (it.name === "event") marks.push(box(group.querySelector("rect.bg"), text));
        else labels.push(box(group.querySelector("text"), text));
    });
    const texts = kind => [...plot.querySelectorAll(`.${kind}tick text`)].filter(t => t.textContent.trim());
    return {
        plot: box(plot, ""), marks, labels,
        ticks: texts("x").map(t => box(t, t.textContent)),
        values: texts("y").map(t => box(t, t.textContent)),
        breaks: [...plot.querySelectorAll(".scatterlayer .trace .point")]
            .filter(point => (point.__data__.trace || point.parentNode.__data__[0].trace).name === "Breaks")
            .map(point => box(point, "▴")),
    };
}"""

VIEWS = [
    "/trade?partner=USA",
    "/trade?partner=USA&freq=monthly",
    "/trade?partner=USA&reported=both",
    "/trade?partner=USA&freq=monthly&reported=both",
]


def meet(one, other):
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return across > TOUCH and down > TOUCH


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("path", VIEWS)
def test_no_mark_covers_another_a_label_or_the_edge(visit, path, width):
    page, seen = None, 0
    for marks in ("main", "all", "trade_policy"):
        page = visit(f"{path}&marks={marks}", width=width, on=page)
        for chart in page.locator("[data-chart]").all():
            name = chart.get_attribute("data-chart")
            found = page.evaluate(BOXES, name)
            seen += len(found["marks"])
            check(found, f"{name}, {marks}, {width}")
    assert seen > 0


def check(found, name):
    plot = found["plot"]
    for place, mark in enumerate(found["marks"]):
        inside = plot["left"] <= mark["left"] and mark["right"] <= plot["right"] and plot["top"] <= mark["top"]
        assert inside, f"{name}: mark {mark['text']} is cut"
        for other in [*found["marks"][:place], *found["labels"], *found["values"]]:
            assert not meet(mark, other), f"{name}: mark {mark['text']} covers {other['text']}"
    for triangle in found["breaks"]:
        for label in [*found["ticks"], *found["values"]]:
            assert not meet(triangle, label), f"{name}: a break covers {label['text']}"


def test_breaks_are_found_where_they_are_drawn(visit):
    """Guards the test above: it would see no triangle of another name."""
    found = visit("/trade?reporter=USA&partner=CAN&years=1985-2025").evaluate(BOXES, "trade")
    assert len(found["breaks"]) >= 4 and len(found["ticks"]) >= 4


def test_the_numbers_of_the_marks_are_those_of_the_list(visit):
    page = visit("/trade?partner=USA&freq=monthly&marks=all")
    listed = page.locator("[data-chart=trade] .marks li").count()
    numbers = []
    for mark in sorted(page.evaluate(BOXES, "trade")["marks"], key=lambda mark: mark["left"]):
        ends = [int(part) for part in re.split("–", mark["text"])]
        numbers += range(ends[0], ends[-1] + 1)
    assert sorted(numbers) == list(range(1, listed + 1))


def test_the_list_is_reached_by_keyboard_and_leads_to_the_event_whatever_the_filters_there(visit):
    # The chosen years and category would hide the event on the page of events.
    page = visit("/trade?partner=USA&freq=monthly&years=2020-2025&category=court&marks=all")
    summary = page.locator("[data-chart=trade] details:has(.marks) summary")
    summary.focus()
    page.keyboard.press("Enter")
    link = page.locator("[data-chart=trade] .marks a").nth(4)
    for _press in range(12):
        if link.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(link).to_be_focused()
    title = link.text_content().split(": ", 1)[1]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("What happened")
    target = page.locator(".event", has=page.get_by_role("heading", name=title, exact=True))
    expect(target).to_be_in_viewport()
    assert page.url.endswith("#" + target.get_attribute("id"))


def test_few_marks_stand_open_under_the_chart(visit):
    page = visit("/trade?partner=USA")
    expect(page.locator("[data-chart=trade] .marks li").first).to_be_visible()
    for link in page.locator("[data-chart=trade] .marks a").all():
        assert "#event-" in link.get_attribute("href")


def test_the_table_has_the_events_beside_their_periods(visit):
    page = visit("/trade?partner=USA&freq=monthly&years=2025-2026&marks=main")
    page.locator("[data-chart=trade] [data-panel=data]").click()
    rows = page.locator("[data-chart=trade] .data tbody tr")
    march = rows.filter(has_text="Mar 2025")
    expect(march).to_contain_text("US duties on Canada and Mexico take effect")
    expect(rows.filter(has_text="Apr 2025")).not_to_contain_text("US duties")
    expect(page.locator("[data-chart=trade] .data thead")).to_contain_text("Events")


def test_the_reader_chooses_which_events_stand_on_the_charts(visit):
    page = visit("/trade?partner=USA")
    assert page.evaluate(BOXES, "trade")["marks"] != []
    page.get_by_label("Events on charts").select_option(label="none")
    page.wait_for_url("**/trade?partner=USA&marks=none")
    page.wait_for_function(
        "() => document.querySelector('[data-chart=trade] .js-plotly-plot').layout.meta.marks.length === 0"
    )
    assert page.evaluate(BOXES, "trade")["marks"] == []
    expect(page.locator("[data-chart=trade] .marks")).to_have_count(0)
