"""The slider of days, the steps of measures and the ledger, as a reader meets them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reading import expect_query

pytestmark = pytest.mark.browser


def slide(page, days: int) -> None:
    """Let the slider go at a number of days after 1 January 2025, as a mouse does."""
    page.locator("#day-slider").evaluate(
        """(slider, days) => {
            Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(slider, String(days));
            slider.dispatchEvent(new Event("input", {bubbles: true}));
            slider.dispatchEvent(new Event("change", {bubbles: true}));
        }""",
        days,
    )


def heading(page, day: str):
    return page.get_by_role("heading", name=f"What applied on {day}")


def test_slider_shows_the_day_while_it_moves_and_draws_it_when_it_is_let_go(visit):
    page = visit("/tariffs?partner=USA&on=2025-08-01")
    slider = page.get_by_label("Drag to a day")
    assert slider.input_value() == "212"
    slide(page, 62)
    expect(page.locator("#day-shown")).to_have_text("2025-03-04")
    expect(heading(page, "4 March 2025")).to_be_visible()
    expect_query(page, "?partner=USA&on=2025-03-04")
    expect(page.get_by_label("Day (year-month-day)")).to_have_value("2025-03-04")
    expect(slider).to_have_value("62")


def test_slider_is_moved_by_keys_and_keeps_the_focus(visit):
    page = visit("/tariffs?partner=USA&on=2025-03-03")
    slider = page.get_by_label("Drag to a day")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(heading(page, "4 March 2025")).to_be_visible()
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", "2025-03-04")
    page.keyboard.press("End")
    expect(heading(page, "9 October 2026")).to_be_visible()
    expect_query(page, "?partner=USA")


def test_slider_is_dragged_by_the_mouse(visit):
    page = visit("/tariffs?partner=USA&on=2026-10-09")
    slider = page.locator("#day-slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 8, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 8, middle, steps=5)
    expect(page.locator("#day-shown")).to_have_text("2025-01-01")
    expect_query(page, "?partner=USA&on=2026-10-09")
    page.mouse.up()
    expect(heading(page, "1 January 2025")).to_be_visible()
    expect_query(page, "?partner=USA&on=2025-01-01")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-10-10", "tariff data end on 9 October 2026"),
        ("2030-01-01", "tariff data end on 9 October 2026"),
        ("2024-12-31", "tariff data begin on 1 January 2025"),
    ],
)
def test_a_typed_day_outside_the_collection_is_explained(visit, day, said):
    page = visit("/tariffs?partner=USA&on=2025-08-01")
    field = page.get_by_label("Day (year-month-day)")
    field.fill(day)
    field.press("Enter")
    expect(page.locator("#notices .notice")).to_contain_text(said)
    expect(heading(page, "9 October 2026")).to_be_visible()


def test_ticks_stand_under_the_days_of_the_slider(visit):
    page = visit("/tariffs?partner=USA")
    thumb = page.locator("#day-slider").bounding_box()
    last = page.locator(".ticks span").last.bounding_box()
    # The last change is 29 September 2026, day 636 of 646.
    assert last["x"] == pytest.approx(thumb["x"] + 8 + (thumb["width"] - 16) * 636 / 646, abs=2)


def test_steps_of_a_measure_unfold_with_day_text_and_link(visit):
    page = visit("/tariffs?partner=USA")
    life = page.locator("#life-usa-border-duty")
    expect(life.locator(".step").first).to_be_hidden()
    life.locator("summary").click()
    expect(life.locator(".step")).to_have_count(16)
    expect(life.locator(".step.ended")).to_contain_text("24 Feb 2026")
    expect(life.get_by_role("link", name="Executive Order 14325").first).to_be_visible()


def test_link_to_the_rules_leads_to_them(visit):
    page = visit("/tariffs?partner=USA&on=2025-06-04")
    page.locator('a[href="#stacking-usa"]').click()
    expect(page.locator("#stacking-usa")).to_be_in_viewport()


def test_an_amount_of_the_article_leads_to_its_tranche_from_either_page(visit):
    page = visit("/retaliation?partner=USA")
    page.locator("#article-amounts").get_by_role("link", name="Second list, announced").click()
    expect(page.locator("#tranche-can-second-list-2025")).to_be_in_viewport()
    page = visit("/sources?partner=USA")
    page.locator("#claim-retaliation-potential").get_by_role("link", name="Second list, announced").click()
    expect(page.locator("#tranche-can-second-list-2025")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/tariffs?partner=USA&on=2026-09-29", "/tariffs", "/retaliation"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_do_not_overflow_and_no_label_of_a_chart_is_cut(visit, path, width):
    page = visit(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
            const frame = plot.getBoundingClientRect();
            return [...plot.querySelectorAll('.annotation-text')].filter(text => {
                const box = text.getBoundingClientRect();
                return box.left < frame.left - 1 || box.right > frame.right + 1;
            }).map(text => text.textContent);
        })"""
    )
    assert cut == []


@pytest.mark.parametrize("path", ["/retaliation", "/tariffs?partner=USA"])
def test_on_a_phone_no_mark_of_a_step_lies_on_its_day(visit, path):
    page = visit(path, width=390)
    page.locator(".lives details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    placed = page.locator(".step").evaluate_all(
        """steps => steps.map(step => ['.step-mark', '.step-day', ':scope > div'].map(part => {
            const box = step.querySelector(part).getBoundingClientRect();
            return {left: box.left, right: box.right, top: box.top, bottom: box.bottom};
        }))"""
    )
    assert len(placed) > 10
    for mark, day, words in placed:
        assert mark["right"] <= day["left"] == words["left"], "marks stand in a column of their own"
        assert day["bottom"] <= words["top"] + 1 and mark["top"] == day["top"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/tariffs?partner=USA", "25; approved USMCA models on the non-US content only"),
        ("/retaliation", "15, 25 or 50 depending on the item"),
        ("/before-after?freq=monthly", "a year earlier"),
        ("/sources", ""),
    ],
)
def test_on_a_phone_every_line_of_a_cell_stands_beside_its_label(visit, path, said):
    page = visit(path, width=390)
    page.locator(".texts").evaluate_all("all => all.forEach(one => { one.open = true; })")
    cells = page.locator("td[data-label]").evaluate_all(
        """cells => cells.filter(cell => cell.offsetParent && cell.textContent).map(cell => {
            const all = document.createRange();
            all.selectNodeContents(cell);
            const lines = [...all.getClientRects()].filter(line => line.width);
            return [cell.textContent, cell.getBoundingClientRect().left, Math.min(...lines.map(line => line.left))];
        })"""
    )
    assert cells and any(said in text for text, *_places in cells)
    assert {text: line - left for text, left, line in cells if line - left < 96} == {}


@pytest.mark.parametrize("width", [1440, 390])
def test_a_delegate_finds_what_plywood_pays_by_typing_the_word_and_may_hand_the_answer_on(visit, width):
    """Two taps and a search: the page of tariffs, the field, the word."""
    page = visit("/", width=width)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Tariffs").click()
    field = page.get_by_role("searchbox", name="Which goods pay into the United States?")
    field.click()
    field.press_sequentially("plywood")
    expect(page.locator(".found a").first).to_have_text("4412 · Plywood, veneered panels and similar laminated wood")
    field.press("Enter")
    expect(page.locator(".answer")).to_have_text(
        "From Canada and Mexico: 10% without a USMCA claim, free with one, since 24 July 2026."
    )
    expect(page).to_have_url(re.compile(r"/tariffs\?goods=4412$"))
    assert page.locator(".answer").bounding_box()["y"] < page.viewport_size["height"], "without scrolling"
    folded = page.get_by_text("12 more lists may name these goods")
    folded.click()
    expect(page.get_by_role("region", name="Lists that may name any goods")).to_contain_text(
        "List named after dairy quotas"
    )
    again = visit("/tariffs?goods=4412", width=width)
    expect(again.get_by_role("heading", name="4412 · Plywood")).to_be_visible()
