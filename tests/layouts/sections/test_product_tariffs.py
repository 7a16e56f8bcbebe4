"""The answer to which goods pay, in the words and cells a reader sees."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from layouts.document.markup import markup
from layouts.sections.product_search import results
from layouts.sections.product_tariffs import product_section
from layouts.view import View
from tests.choosing import choose, read


def drawn(store, text, **choice) -> str:
    made = markup(product_section(View(text, choose(**choice)), store))
    return html.unescape(re.sub(r"<[^>]+>", "", made))


def test_the_answer_names_rate_day_imports_and_what_is_not_known(store, text):
    said = drawn(store, text, goods="4412")
    for part in (
        "4412 · Plywood, veneered panels and similar laminated wood",
        "From Canada and Mexico: 10% without a USMCA claim, free with one, since 24 July 2026.",
        "US$396.0 million from Canada, 82.4% of it with a USMCA claim",
        "US$11.3 million from Mexico, 93.9% of it with a USMCA claim",
        "US International Trade Commission, table DataWeb",
        "12 more lists may name these goods: check your tariff line",
        "9903.05.29",
    ):
        assert part in said
    assert "on the lists below" not in said


@pytest.mark.parametrize(
    ("choice", "part"),
    [
        ({"goods": "7208"}, "Lines on the lists below pay what stands there instead or as well."),
        ({"goods": "4412", "on": dt.date(2025, 3, 3)}, "No tariff on all goods applied on 3 March 2025."),
        ({"goods": "0101", "on": dt.date(2025, 3, 4)}, "From Canada and Mexico: 25% since 4 March 2025"),
        ({"goods": "870323"}, "8703.23 · "),
        ({"goods": "9999"}, "No goods have the HS code 9999 in the names we have."),
    ],
)
def test_each_case_is_said(store, text, choice, part):
    assert part in drawn(store, text, **choice)


def test_what_is_found_on_the_page_of_tariffs_leads_to_what_it_pays_with_the_reader_s_choice(store, text):
    view = View(text, choose(partner="USA"))
    found, _count = results(view, store, "plywood", "/tariffs")
    first = found[0].children[0].children
    assert first.href == "/tariffs?partner=USA&goods=4412"
    assert read("?goods=44.12")[0].goods == "4412"


@pytest.mark.parametrize("typed", ["4", "441", "44123", "plywood", "770000", "4412333"])
def test_a_code_that_is_none_is_refused_with_what_is_allowed(typed):
    chosen, (refused,) = read(f"?goods={typed}")
    assert (chosen.goods, refused.field, refused.allowed) == ("", "goods", ("01", "0101", "010121"))
