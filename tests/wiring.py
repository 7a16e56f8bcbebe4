"""Speak to the app as the browser does, and read what it answers."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
from flask.testing import FlaskClient

DRAWN = (
    "page.children",
    "notices.children",
    "navigation.children",
    "tabs.children",
    "filter-toggle.children",
    "filters.hidden",
    "filters.data-idle",
    "clear.children",
    "page-title.data",
)
DRAW = ".." + "...".join(DRAWN) + ".."
UPDATE = "/_dash-update-component"


def draw_request(path: str, search: str = "", theme: object = "light", open_panels: object = ()) -> dict[str, Any]:
    """The body with which the browser asks for a page."""
    outputs = [part.rsplit(".", 1) for part in DRAW.strip(".").split("...")]
    values = {
        ("url", "pathname"): path,
        ("url", "search"): search,
        ("theme", "data"): theme,
    }
    return {
        "output": DRAW,
        "outputs": [{"id": i, "property": p} for i, p in outputs],
        "inputs": [{"id": i, "property": p, "value": value} for (i, p), value in values.items()],
        "state": [
            {
                "id": "open-panels",
                "property": "data",
                "value": list(open_panels) if isinstance(open_panels, tuple) else open_panels,
            }
        ],
        "changedPropIds": ["url.search"],
    }


def draw(client: FlaskClient, path: str, search: str = "", **more: object) -> dict[str, Any]:
    """Ask for a page; gives each part of the answer by its id."""
    response = client.post(UPDATE, json=draw_request(path, search, **more))
    assert response.status_code == 200, response.text
    answer = response.get_json()["response"]
    return {part: next(iter(props.values())) for part, props in answer.items()}


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every component of an answer, outermost first."""
    if isinstance(node, list):
        for child in node:
            yield from walk(child)
    elif isinstance(node, dict) and "props" in node:
        yield node
        yield from walk(node["props"].get("children"))


def words(node: Any) -> str:
    """The text of a component and of all inside it."""
    if isinstance(node, list):
        return "".join(words(child) for child in node)
    if isinstance(node, dict):
        return words(node["props"].get("children"))
    return "" if node is None else str(node)


def tagged(node: Any, kind: str) -> list[dict[str, Any]]:
    """All components of a type: ``H1``, ``Graph``."""
    return [found for found in walk(node) if found["type"] == kind]


def charts_of(page: Any) -> dict[str, dict[str, Any]]:
    """Each chart of a page as the component that holds it, by its name."""
    return {node["props"]["data-chart"]: node for node in walk(page) if "data-chart" in node["props"]}


def metadata_of(chart: dict[str, Any]) -> dict[str, list[Any]]:
    """The open metadata of a chart: the lines of each row, as components, by the row's name."""
    rows: dict[str, list[Any]] = {}
    for panel in tagged(chart, "Dl"):
        parts = panel["props"]["children"]
        for name, lines in zip(parts[::2], parts[1::2], strict=True):
            rows[words(name)] = lines["props"]["children"]
    return rows


UNPACK = {".br": brotli.decompress, ".gz": gzip.decompress}


def stale_twins(assets: Path) -> list[str]:
    """Compressed twins that are not the file they stand for; the server would send them in its place."""
    return [
        twin.name
        for twin in sorted(assets.iterdir())
        if twin.suffix in UNPACK
        and not (
            twin.with_suffix("").exists()
            and UNPACK[twin.suffix](twin.read_bytes()) == twin.with_suffix("").read_bytes()
        )
    ]
