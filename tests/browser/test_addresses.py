"""Finding goods by typing, and addresses that lead to one chart or say what was meant."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

AT_THE_TOP = """name => {
    const top = document.getElementById(name).getBoundingClientRect().top;
    return top >= 0 && top < innerHeight / 2;
}"""


@pytest.mark.parametrize("width", [1440, 390])
def test_a_word_typed_and_entered_leads_to_the_chapter(visit, width):
    page = visit("/products?country=USA", width)
    field = page.get_by_role("searchbox", name="Find a product")
    field.press_sequentially("avocados")
    first = page.locator(".found a").first
    expect(first).to_contain_text("0804.40 · Avocados")
    expect(first).to_be_in_viewport()
    box = page.locator(".found").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"reporter=USA&product=08$"))
    expect(page.get_by_role("navigation", name="Product")).to_contain_text("08 · Edible fruit and nuts")
    expect(page.get_by_role("searchbox", name="Find a product")).to_have_value("")


def test_the_found_goods_are_walked_through_with_arrows_and_closed_with_escape(visit):
    page = visit("/products?country=USA")
    field = page.get_by_role("searchbox", name="Find a product")
    field.press_sequentially("8703")
    expect(page.locator(".found a")).not_to_have_count(0)
    field.press("ArrowDown")
    expect(page.locator(".found a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".found")).to_be_hidden()
    field.fill("8704")
    expect(page.locator(".found a").first).to_contain_text("Motor vehicles for the transport of goods")


def test_whoever_is_faster_than_the_answer_is_led_on_when_it_comes(visit):
    page = visit("/products?country=USA")
    field = page.get_by_role("searchbox", name="Find a product")
    field.fill("lumber")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"product=44$"))


@pytest.mark.parametrize("width", [1440, 390])
def test_an_address_that_names_a_chart_scrolls_to_it(visit, width):
    page = visit("/trade?partner=USA#growth", width)
    page.wait_for_function(AT_THE_TOP, arg="growth")
    assert page.evaluate("scrollY") > 0


def test_a_misspelt_field_is_named_and_read_as_meant_with_a_click(visit):
    page = visit("/trade?contry=USA&partner=MEX")
    notice = page.locator("#notices")
    expect(notice).to_contain_text(
        "The address asks for “contry”, which is not a field of it. Did you mean country=USA?"
    )
    notice.get_by_role("link", name="country=USA").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("US goods trade with Mexico")
    expect(notice).to_be_empty()


def test_only_the_reader_moves_the_caret(visit):
    """Dash would put it back to where it stood some letters ago."""
    field = visit("/products?reporter=USA").get_by_role("searchbox", name="Find a product")
    field.press_sequentially("avo")
    assert field.evaluate("input => { input.setSelectionRange(1, 1); return input.selectionStart; }") == 3


def test_letters_stay_in_order_however_slowly_answers_come(visit):
    page = visit("/products?reporter=USA", own=True)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    field = page.get_by_role("searchbox", name="Find a product")
    for letter in "natural gas":
        field.press_sequentially(letter, delay=120)
    expect(field).to_have_value("natural gas")
    expect(page.locator(".found a").first).to_contain_text("2711.21")
