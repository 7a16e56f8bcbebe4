"""Panels below a chart: each is asked for by itself, and only it is sent."""

from __future__ import annotations

import json

import pytest

from layouts import ids
from layouts.charts.registry import registry
from tests.wiring import UPDATE, charts_of, draw, tagged, walk, words


def pressed(client, chart: str, panel: str, search: str = "", expanded: str = "false", clicks: int | None = 1):
    """What the browser is sent when a reader presses the button of a panel."""
    matched = {kind: f'{{"chart":["MATCH"],"panel":["MATCH"],"type":"{kind}"}}' for kind in ("panel", "panel-button")}
    button = json.dumps({"chart": chart, "panel": panel, "type": "panel-button"}, separators=(",", ":"))
    outputs = [
        {"id": ids.panel(chart, panel), "property": "children"},
        {"id": ids.panel_button(chart, panel), "property": "aria-expanded"},
    ]
    body = {
        "output": f"..{matched['panel']}.children...{matched['panel-button']}.aria-expanded..",
        "outputs": outputs,
        "inputs": [{"id": ids.panel_button(chart, panel), "property": "n_clicks", "value": clicks}],
        "state": [
            {"id": ids.panel_button(chart, panel), "property": "aria-expanded", "value": expanded},
            {"id": "url", "property": "search", "value": search},
        ],
        "changedPropIds": [f"{button}.n_clicks"],
    }
    return client.post(UPDATE, json=body)


def parts(answer) -> tuple[object, str]:
    assert answer.status_code == 200, answer.text
    response = answer.get_json()["response"]
    (children,) = [v["children"] for v in response.values() if "children" in v]
    (expanded,) = [v["aria-expanded"] for v in response.values() if "aria-expanded" in v]
    return children, expanded


def test_a_panel_is_all_that_is_sent_and_what_the_page_would_show(client):
    children, expanded = parts(pressed(client, "trade", "data", "?years=2020-2024"))
    assert expanded == "true"
    page = draw(client, "/trade", "?years=2020-2024", open_panels=("trade:data",))["page"]
    (table,) = tagged(page, "Table")
    (sent,) = [node for node in walk(children) if node["type"] == "Table"]
    assert words(sent) == words(table)
    assert "56,148.7" in words(sent)
    assert not [node for node in walk(children) if node["type"] == "Graph"]


def test_an_open_panel_is_closed_without_a_word(client):
    assert parts(pressed(client, "trade", "metadata", expanded="true")) == (None, "false")


def test_buttons_that_nobody_pressed_send_nothing(client):
    assert pressed(client, "trade", "data", clicks=None).status_code == 204


@pytest.mark.parametrize("search", ["?partner=CAN", "?measure=share&freq=monthly"])
def test_a_choice_without_the_chart_sends_nothing(client, search):
    assert pressed(client, "trade", "data", search).status_code == 204


@pytest.mark.slow
def test_every_chart_of_every_page_opens_its_panels(client):
    opened = set()
    for path in sorted({entry.page for entry in registry().values()}):
        for name in charts_of(draw(client, path, "?partner=USA")["page"]):
            for panel in ids.PANELS:
                children, _expanded = parts(pressed(client, name, panel, "?partner=USA"))
                assert [node for node in walk(children) if node["type"] in ("Table", "Dl")], (name, panel)
            opened.add(name)
    assert {"flows", "trade", "balance", "growth"} <= opened
