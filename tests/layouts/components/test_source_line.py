"""A source cited in a line: who, which table, which vintage, and its weakness."""

from __future__ import annotations

import datetime as dt

import pytest

from layouts.components.source_line import citation

SOURCE = {
    "producer": "Statistics Canada",
    "table_number": "12-10-0011",
    "vintage_date": dt.date(2026, 10, 8),
    "vintage_note": "",
    "obtained": "downloaded",
    "verification": "verified",
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Statistics Canada, table 12-10-0011, vintage of 8 October 2026"),
        ({"obtained": "transcribed"}, "Statistics Canada, table 12-10-0011, vintage of 8 October 2026, transcribed"),
        ({"obtained": "press"}, "Statistics Canada, table 12-10-0011, vintage of 8 October 2026, press figure"),
        ({"table_number": ""}, "Statistics Canada, vintage of 8 October 2026"),
    ],
)
def test_a_citation_says_how_a_figure_came_here_where_that_weakens_it(text, changed, said):
    assert citation(text, {"one": SOURCE | changed}, "one") == said


def test_a_citation_says_that_nobody_verified_it(text):
    weak = SOURCE | {"verification": "unverified"}
    assert citation(text, {"one": weak}, "one").startswith("Statistics Canada, table 12-10-0011, vintage of 8 October")
    assert citation(text, {"one": weak}, "one") != citation(text, {"one": SOURCE}, "one")
