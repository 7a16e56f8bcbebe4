"""The recipes of the documents do what they say: each block of code is run as it stands there."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient

from app import create_app
from data.paths import curated_dir
from data.pipeline.build import build
from data.store import load
from layouts.charts import registry
from layouts.wording.text import Text
from tests.data.helpers import real_store
from tests.wiring import draw, words

RECIPES = Path(__file__).parents[1] / "docs" / "recipes.md"


def _section(recipe: str) -> str:
    section = re.split(r"^## ", RECIPES.read_text("utf-8"), flags=re.MULTILINE)
    (mine,) = [part for part in section if part.startswith(f"{recipe}\n")]
    return mine


def code_of(recipe: str) -> str:
    """The block of Python under a heading."""
    return re.search(r"```python\n(.*?)```", _section(recipe), re.DOTALL)[1]


def rows_of(recipe: str) -> dict[str, str]:
    """The rows that a recipe appends, by the table they belong to."""
    found = re.findall(r"```(?:csv|yaml) (\S+)\n(.*?)```", _section(recipe), re.DOTALL)
    assert found, recipe
    return dict(found)


@pytest.fixture
def followed(tmp_path):
    """Do what recipes say on a copy of the tables; gives a client of the app over them."""

    def follow(*recipes: str) -> FlaskClient:
        curated = Path(shutil.copytree(curated_dir(), tmp_path / "curated"))
        for recipe in recipes:
            for name, rows in rows_of(recipe).items():
                with (curated / name).open("a", encoding="utf-8") as handle:
                    handle.write(rows)
        build(curated, tmp_path / "parquet")
        return create_app(load(tmp_path / "parquet"), Text()).server.test_client()

    return follow


@pytest.mark.slow
def test_a_month_is_added_in_a_data_file(followed):
    client = followed("Add a month")
    months = pd.read_csv(io.BytesIO(client.get("/download/trade/flows.csv?freq=monthly&years=2026").data))
    added = months[months["period"] == "2026-09-01"].iloc[0]
    assert (added["exports"], added["imports"], added["two_way"]) == (800.5, 4700.5, 5501.0)
    assert added["two_way_status"] == "preliminary"
    quarters = client.get("/download/trade/flows.csv?freq=quarterly&years=2026").text
    assert "2026-07-01" in quarters, "the third quarter has its three months"


@pytest.mark.slow
def test_a_country_and_a_currency_are_added_in_data_files(followed):
    client = followed("Add a country", "Add a currency")
    page = words(draw(client, "/trade", "?reporter=JPN&partner=CAN&currency=JPY&years=2025")["page"])
    assert "Japan’s goods trade with Canada" in page and "Japanese yen" in page
    shown = client.get("/download/trade/flows.json?reporter=JPN&partner=CAN&currency=JPY&years=2025").get_json()["data"]
    assert [(row["exports"], row["imports"]) for row in shown] == [(15000 * 150, 12000 * 150)]


@pytest.fixture
def added(monkeypatch):
    """The chart of the recipe, declared beside the others."""
    names: dict = {}
    exec(compile(code_of("Add a chart"), "recipes.md", "exec"), names)
    declared = registry.entries()
    monkeypatch.setattr(registry, "entries", lambda: (*declared, names["ENTRY"]))
    for kept in (registry.registry, registry._by_alias):
        kept.cache_clear()
    yield create_app(real_store(), Text()).server.test_client()
    monkeypatch.undo()
    for kept in (registry.registry, registry._by_alias):
        kept.cache_clear()


def test_a_chart_is_added_in_two_places_and_goes_everywhere(added):
    document = added.get("/embed/two-way?years=2020-2024")
    assert document.status_code == 200 and "Canada’s goods trade with Mexico" in document.text
    shown = pd.read_csv(io.BytesIO(added.get("/download/trade/two-way.csv?years=2020-2024").data))
    assert shown.loc[shown["period"] == "2024-01-01", "two_way"].tolist() == [56148.7]
    full = pd.read_parquet(io.BytesIO(added.get("/download/trade/two-way.parquet?years=2024&rows=full").data))
    assert set(full["flow"]) == {"export", "import"}
    about = added.get("/download/trade/two-way.about?years=2024").get_json()
    assert "two-way" in about["texts"]["embed"]
