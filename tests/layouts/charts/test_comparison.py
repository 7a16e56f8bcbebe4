"""The comparison as readers meet it: its sentence, its lines, its file, its ways to the other pairs."""

from __future__ import annotations

import json

import pytest
from plotly.utils import PlotlyJSONEncoder

from layouts.charts.registry import chart_of
from layouts.pages import comparison
from layouts.view import View
from tests.choosing import choose
from tests.data.helpers import real_store
from tests.drawing import parts


def made(text, **chosen):
    return chart_of(View(text, choose(**chosen)), real_store(), "compare")


def test_the_finding_names_the_larger_first_with_its_change(text):
    # Worked out from the twelve months of each year in the record of the United States.
    assert made(text, currency="USD").summary == [
        "Trade with the United States in 2025: Mexico US$871.6 billion (+4.1%) and Canada US$715.5 billion (−6.1%)."
    ]


def test_one_record_is_named_once_and_several_are_said_to_be_several(text):
    assert made(text).subtitle.endswith("customs basis; all as the United States reports it")
    assert made(text, partner="USA").subtitle.endswith("each as the country itself reports it")


def test_every_cell_is_the_value_of_the_query_and_says_whose_record_it_is(text):
    columns = {column.name: column for column in made(text, currency="USD").columns()}
    assert {"two_way_can", "growth_can_pct", "reporter_can", "two_way_mex", "partner", "unit"} <= set(columns)
    assert set(columns["reporter_can"].values) == {"USA"}
    assert set(columns["partner"].values) == {"USA"}
    assert columns["two_way_mex"].values[-1] == pytest.approx(871_598, abs=1)


def test_each_country_keeps_its_colour_and_has_dashes_of_its_own(text):
    view = View(text, choose())
    figure = json.loads(json.dumps(made(text).figure, cls=PlotlyJSONEncoder))
    lines = {t["line"]["color"]: t["line"].get("dash", "solid") for t in figure["data"] if t.get("mode") == "lines"}
    assert lines[view.colour("CAN")] == "solid"
    assert lines[view.colour("MEX")] != "solid"


def test_every_pair_is_one_click_away(text):
    links = [p for p in parts(comparison.page(View(text, choose()), real_store())) if type(p).__name__ == "Link"]
    options = {link.children: link.href for link in links if "option" in getattr(link, "className", "")}
    assert list(options) == ["United States", "Mexico", "Canada"]
    assert options["Mexico"] == "?partner=USA"
    assert options["Canada"].startswith("?reporter=MEX&partner=USA")
