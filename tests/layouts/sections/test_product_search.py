"""What the product search shows: every section and chapter can be reached by its name, and each link leads there."""

from __future__ import annotations

import pytest
from dash import dcc, html

from data.queries import products
from layouts.sections.product_search import dotted, finder, results
from layouts.view import View
from layouts.wording import products as words
from tests.choosing import choose, coverage, read

VIEW = choose(reporter="USA", partner="MEX", flow="import", currency="USD")


def links_of(found) -> dict[str, str]:
    """The first line of each link, and where it leads."""
    lists = [part for part in found if isinstance(part, html.Ul)]
    links = [item.children for one in lists for item in one.children]
    assert all(isinstance(link, dcc.Link) for link in links)
    return {link.children[0].children: link.href for link in links}


@pytest.mark.slow
@pytest.mark.parametrize("code", [*coverage().sections, *coverage().chapters])
def test_every_section_is_found_by_its_name_and_every_chapter_by_its_code_too(store, text, code):
    names = products.names(store)
    for typed in [words.product_name(text, names, code), *([code] if code in coverage().chapters else [])]:
        found, _count = results(View(text, VIEW), store, typed)
        href = links_of(found)[words.full_name(text, names, code)]
        assert read(href)[0] == read(words.drill(View(text, VIEW), code))[0]


def test_the_field_has_a_label_and_empties_with_each_choice(text):
    drawn = finder(View(text, VIEW))
    label, field, *_rest = drawn.children
    assert label.htmlFor == field.id
    assert drawn.key != finder(View(text, choose())).key


def test_a_code_is_written_as_the_classification_writes_it():
    assert [dotted(code) for code in ("08", "0804", "080440")] == ["08", "0804", "0804.40"]
