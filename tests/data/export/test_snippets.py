"""The lines that the export dialog gives to programs, run against the running server with the clients themselves."""

from __future__ import annotations

import json
from urllib.request import urlopen

import pandas as pd
import polars as pl
import pytest

from app import create_app
from data.export.snippets import snippets
from data.schema.fields import DATE, INTEGER, NUMBER, TEXT, Field
from layouts.wording.text import Text
from tests.data.helpers import real_store
from tests.serving import served


@pytest.fixture(scope="module")
def address():
    with served(create_app(real_store(), Text())) as address:
        yield address


def lines(address: str, chart: str, search: str) -> dict[str, str]:
    with urlopen(f"{address}/download/{chart}.about{search}") as answer:
        return json.load(answer)["texts"]


def run(code: str):
    names: dict = {}
    exec(compile(code, "snippet", "exec"), names)
    return names["rows"]


CHARTS = [
    ("trade/trade", "?years=2023-2024"),
    ("trade/growth", "?years=2024&partner=USA"),
    ("products/products-ranking", "?reporter=USA"),
    ("tariffs/tariffs", "?partner=USA"),
]


@pytest.mark.parametrize(("chart", "search"), CHARTS)
def test_every_client_reads_the_same_rows_with_the_same_types(address, chart, search):
    given = lines(address, chart, search)
    frame, polar, duck = (run(given[client]) for client in ("pandas", "polars", "duckdb"))
    duck = duck.pl()
    assert len(frame) == polar.height == duck.height > 0
    assert list(frame.columns) == polar.columns == duck.columns
    kinds = {"str": TEXT, "float64": NUMBER, "Int64": INTEGER}
    for column in frame.columns:
        kind = kinds.get(str(frame[column].dtype), DATE)
        expected = {TEXT: pl.String, NUMBER: pl.Float64, INTEGER: pl.Int64, DATE: pl.Date}[kind]
        assert polar.schema[column] == duck.schema[column] == expected, column
        if kind == NUMBER:
            assert frame[column].sum() == pytest.approx(polar[column].sum() or 0, rel=1e-12), column
            assert frame[column].sum() == pytest.approx(duck[column].sum() or 0, rel=1e-12), column


def test_a_code_with_a_nought_before_it_stays_text(address):
    given = lines(address, "products/products-ranking", "?reporter=USA")
    for client in ("pandas", "polars"):
        assert "01" in list(run(given[client])["product_code"]), client
    assert "01" in [code for (code,) in run(given["duckdb"]).project("product_code").fetchall()]


def test_r_and_excel_are_told_every_type():
    fields = (Field("code", TEXT, ""), Field("day", DATE, ""), Field("rate", NUMBER, ""), Field("rank", INTEGER, ""))
    made = snippets(["/a.csv", "/b.csv"], ["/a.json"], fields)
    assert 'types <- c(code = "character", day = "Date", rate = "numeric", rank = "integer")' in made["r"]
    assert (
        '{{"code", type text}, {"day", type date}, {"rate", type number}, {"rank", Int64.Type}}, "en-US"'
        in made["excel"]
    )
    assert made["r"].count("/b.csv") == made["excel"].count("/b.csv") == 1


def test_rows_read_by_the_lines_are_those_of_the_tables(address):
    rows = run(lines(address, "trade/trade", "?years=2024-2024")["pandas"])
    exports = rows[(rows["flow"] == "export") & (rows["period"] == pd.Timestamp(2024, 1, 1))]
    assert exports["value_million"].tolist() == [8661.7]
