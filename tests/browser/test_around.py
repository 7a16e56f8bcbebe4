"""The Before and after page in a browser: reached from an event, steered by its list, legible at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.reading import expect_query, query

pytestmark = pytest.mark.browser

LABELS = """() => {
    const plot = document.querySelector("[data-chart=around] .js-plotly-plot"), edge = plot.getBoundingClientRect();
    const boxes = [...plot.querySelectorAll(".annotation text, .xtick text, .ytick text")]
        .filter(text => text.textContent.trim()).map(text => {
            const b = text.getBoundingClientRect();
            return [text.textContent, b.left - edge.left, b.top - edge.top, b.right - edge.left, b.bottom - edge.top];
        });
    return { boxes, width: edge.width, height: edge.height };
}"""

EVENTS = ("us-border-duties-in-force", "ieepa-duties-end", "us-metals-restructured", "usmca-in-force")


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1024, "dark"), (390, "light"), (390, "dark")])
def test_no_label_covers_another_or_is_cut(visit, width, theme):
    page = None
    for event in EVENTS:
        page = visit(f"/before-after?partner=USA&around={event}", width=width, theme=theme, on=page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = page.evaluate(LABELS)
        texts = [box[0] for box in found["boxes"]]
        assert {"Before", "After"} <= set(texts)
        for place, (text, left, top, right, bottom) in enumerate(found["boxes"]):
            assert left >= 0 and top >= 0 and right <= found["width"] and bottom <= found["height"], f"{text} is cut"
            for other, *box in found["boxes"][:place]:
                apart = right <= box[0] + 2 or left >= box[2] - 2 or bottom <= box[1] + 2 or top >= box[3] - 2
                assert apart, f"{event}, {width}: {text} covers {other}"


def test_an_event_of_the_list_leads_to_its_comparison_and_back(visit):
    page = visit("/events?partner=USA")
    page.locator("#event-us-metals-50").get_by_role("link", name="Trade before and after").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Before and after: US doubles the steel and aluminium duty to 50 per cent"
    )
    assert "around=us-metals-50" in page.url and "partner=USA" in page.url
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What happened")


def test_the_list_of_events_steers_the_page(visit):
    page = visit("/before-after?partner=USA")
    before = page.locator(".standfirst").text_content()
    page.locator("select.select").select_option(label="1 August 2025: US duty on Canada rises from 25 to 35 per cent")
    expect_query(page, "?partner=USA&around=canada-35")
    expect(page.locator(".standfirst")).not_to_have_text(before)
    expect(page.locator(".standfirst")).to_contain_text("from Aug 2025")


def test_a_record_without_months_leads_to_the_other_one(visit):
    page = visit("/before-after?reporter=MEX&partner=USA")
    notice = page.locator("#page .notice")
    expect(notice).to_contain_text("needs monthly data, and there is none from Mexico")
    notice.get_by_role("link").first.click()
    expect(page.locator("[data-chart=around] h2")).to_contain_text("as the United States reports it")
    assert "reported=partner" in query(page)


def test_an_unknown_event_is_shown_as_text_and_never_run(visit):
    page = visit("/before-after?partner=USA&around=no-such-event")
    expect(page.locator("#page .notice")).to_contain_text("“no-such-event”")
    page = visit("/before-after?partner=USA&around=<img src=x onerror=alert(1)>")
    expect(page.locator("#notices")).to_contain_text("<img src=x")
    expect(page.locator("[data-chart=around]")).to_be_visible()
