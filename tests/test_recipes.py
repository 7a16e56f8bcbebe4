"""The recipes of the documents do what they say: each block of code is run as it stands there."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pandas as pd
import pytest

from app import create_app
from layouts.charts import registry
from layouts.wording.text import Text
from tests.data.helpers import real_store

RECIPES = Path(__file__).parents[1] / "docs" / "recipes.md"


def code_of(recipe: str) -> str:
    """The block of Python under a heading."""
    section = re.split(r"^## ", RECIPES.read_text("utf-8"), flags=re.MULTILINE)
    (mine,) = [part for part in section if part.startswith(f"{recipe}\n")]
    return re.search(r"```python\n(.*?)```", mine, re.DOTALL)[1]


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
