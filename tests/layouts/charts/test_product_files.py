"""Data of the charts of products: one kind of column for every pair, values as the query has them, statuses said."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.queries import partners
from data.queries.product_history import Months
from data.queries.product_ranking import Contributions, Ranking
from data.schema.fields import DATE, NUMBER, TEXT
from data.selection import Selection
from data.store import Store
from layouts.charts.registry import chart_of, registry
from layouts.components.chart import Chart
from layouts.export.sheet import displayed_sheet, text_of
from layouts.view import View
from layouts.wording import rounding
from layouts.wording.text import Text
from tests.choosing import choose, coverage
from tests.data.helpers import real_store

_ = Text()
NAMES = tuple(name for name, entry in registry().items() if entry.page == "/products")
PAIRS = (("CAN", "MEX"), ("USA", "CAN"), ("MEX", "USA"))
# Choices that between them have every chart of the page, and values in three currencies.
CHOICES = {
    "plain": {},
    "imports of a chapter": {"flow": "import", "product": "87", "currency": "CAD"},
    "months of a section": {"product": "XVII", "freq": "monthly", "years": (2019, 2025), "currency": "MXN"},
    "months of the largest": {"freq": "monthly", "flow": "import", "years": (2019, 2025)},
    "the first year alone": {"years": (2007, 2007), "detail": "chapter"},
}


def asked(pair: tuple[str, str], choice: str) -> Selection:
    more = {"currency": coverage().currency_of_record[pair[0]], **CHOICES[choice]}
    return choose(reporter=pair[0], partner=pair[1], **more)


@cache
def charts(pair: tuple[str, str], choice: str) -> Mapping[str, Chart]:
    shown = View(_, asked(pair, choice))
    found = {name: chart_of(shown, real_store(), name) for name in NAMES}
    return {name: it for name, it in found.items() if it is not None}


def sheet(it: Chart, store: Store | None = None) -> pd.DataFrame:
    return displayed_sheet(_, store or real_store(), it, "https://example.org/", dt.date(2026, 10, 1), sums=True).rows


def kinds(it: Chart) -> dict[str, tuple[str, str]]:
    made = displayed_sheet(_, real_store(), it, "https://example.org/", dt.date(2026, 10, 1), sums=True)
    return {field.name: (field.kind, str(made.rows[field.name].dtype)) for field in made.fields}


@pytest.mark.slow
def test_the_choices_between_them_have_every_chart():
    seen = {name for pair in PAIRS for choice in CHOICES for name in charts(pair, choice)}
    assert seen == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_of_one_kind_for_every_pair_and_choice(name):
    found = [kinds(charts(pair, choice)[name]) for pair in PAIRS for choice in CHOICES if name in charts(pair, choice)]
    assert len(found) > 1
    for other in found[1:]:
        assert other == found[0]
        assert list(other) == list(found[0])
    columns = found[0]
    assert all(column == column.lower() and column.isidentifier() for column in columns)
    assert columns["period"][0] == DATE
    assert columns["unit" if name != "products-concentration" else "reporter"][0] == TEXT
    # Every number says how settled it is.
    assert {f"{column}_status" for column, (kind, _dtype) in columns.items() if kind == NUMBER} <= set(columns)


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@pytest.mark.parametrize("choice", CHOICES)
def test_codes_are_text_as_on_the_page_and_days_are_days(pair, choice):
    for it in charts(pair, choice).values():
        rows = sheet(it)
        if "product_code" in rows:
            codes = set(rows["product_code"].dropna())
            assert codes and all(isinstance(code, str) for code in codes)
        assert str(rows["period"].dtype).startswith("datetime64")
        assert rows["period"].notna().all()
    assert "06" in set(sheet(charts(("MEX", "USA"), "plain")["products-areas"])["product_code"])
    assert "120510" in set(sheet(charts(("CAN", "MEX"), "plain")["baci"])["product_code"])


# ---- The same values as the query ---------------------------------------------------------------------------


def _ranked(it: Ranking) -> dict[str, Any]:
    t = it.table
    return {
        "value": t["value"],
        "share_pct": t["share"],
        "value_before": t["before"],
        "share_before_pct": t["share_before"],
        "change": t["change"],
        "change_pct": t["growth"],
    }


def _split(it: Contributions) -> dict[str, Any]:
    return {
        "value": [*it.rows["value"], it.after],
        "value_before": [*it.rows["before"], it.before],
        "change": [*it.rows["change"], it.change],
        "points": [*it.rows["points"], it.growth],
    }


def _both(it: Any) -> dict[str, Any]:
    return {
        "value_can": it.table["CAN"],
        "value_mex": it.table["MEX"],
        "share_can_pct": it.table["CAN_share"],
        "share_mex_pct": it.table["MEX_share"],
    }


def _months(it: Months) -> dict[str, Any]:
    return {"value": it.by.values.melt()["value"], "share_pct": it.shares.melt()["value"]}


def _sections(it: Any) -> dict[str, Any]:
    rows = it.series.set_index("product_code").loc[list(it.table.index)]
    return {"value": rows["value"], "share_pct": rows["share"], "change_pct": rows["growth"]}


# What the columns of numbers hold, from the result of the chart's query.
EXPECTED: dict[str, Callable[[Any], dict[str, Any]]] = {
    "products-ranking": _ranked,
    "products-areas": lambda it: _ranked(it.chapters),
    "products-change": _split,
    "products-history": _both,
    "products-share": _both,
    "products-months": _months,
    "products-concentration": lambda it: {
        "largest_five_pct": it.table["largest"],
        "herfindahl": it.table["herfindahl"],
    },
    "napcs": _sections,
    "agrifood": lambda it: {"exports": it.table["export"], "imports": it.table["import"]},
    "baci": lambda it: {"value": it.table["value"]},
}


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@pytest.mark.parametrize("choice", CHOICES)
def test_numbers_of_files_are_those_of_the_query(pair, choice):
    for name, it in charts(pair, choice).items():
        entry, rows = registry()[name], sheet(it)
        result = entry.query(real_store(), entry.asks(asked(pair, choice)))
        columns = {c.name for c in it.columns() if c.in_file and c.kind == NUMBER}
        if name == "sitc":
            keys = ["exporter", "importer", "period", "product_code"]
            both = rows.merge(result.table, on=keys, suffixes=("_file", ""), validate="one_to_one")
            expected = {"value_file": both["value"], "share_pct": both["share"]}
            assert columns == {"value", "share_pct"} and len(both) == len(rows) == len(result.table)
            rows = both
        else:
            expected = EXPECTED[name](result)
            assert set(expected) == columns, name
        for column, values in expected.items():
            assert np.allclose(rows[column], np.asarray(values, float), rtol=1e-9, atol=0, equal_nan=True), column
        assert rows[list(expected)].notna().any(axis=None)


SIGNS = {"final": "", "preliminary": "ᵖ"}


def on_page(it: Chart) -> dict[str, list[str]]:
    return {c.header: [text_of(cell) for cell in c.cells] for c in it.columns() if c.on_page}


def written(rows: pd.DataFrame, column: str, write: Callable[[float, int], str], places: int) -> list[str]:
    """The values of a file's column as a page should write them."""
    pairs = zip(rows[column], rows[f"{column}_status"], strict=True)
    return [write(value, places) + SIGNS.get(status, "") for value, status in pairs]


def test_cells_of_the_ranking_are_the_values_of_the_file_rounded():
    made = charts(("MEX", "USA"), "plain")["products-ranking"]
    rows, money = sheet(made), "million US dollars"
    year, before = (rows[column].dt.year[0] for column in ("period", "compared_period"))
    page = on_page(made)
    assert [cell.partition(" · ")[0].replace("–", "-") for cell in page.pop("Product")] == list(rows["product_code"])
    assert page == {
        f"{year}, {money}": written(rows, "value", _.number, 1),
        "Share of all goods, per cent": written(rows, "share_pct", _.number, 2),
        f"{before}, {money}": written(rows, "value_before", _.number, 1),
        f"Share in {before}, per cent": written(rows, "share_before_pct", _.number, 2),
        f"Change, {money}": written(rows, "change", _.signed, 1),
        "Change, per cent": written(rows, "change_pct", _.signed, 1),
    }


def test_cells_of_the_sections_are_the_values_of_the_file_beside_each_other():
    made = charts(("USA", "CAN"), "plain")["napcs"]
    rows, page = sheet(made), on_page(made)
    years = rows["period"].dt.year
    last = rows[years == years.max()]
    assert page.pop("Section") == list(dict.fromkeys(rows["product"])) == list(last["product"])
    assert page == {
        "Share, per cent": written(last, "share_pct", _.number, 1),
        "Year-over-year change, per cent": written(last, "change_pct", _.signed, 1),
        **{f"{y}, million US dollars": written(rows[years == y], "value", _.number, 1) for y in sorted(set(years))},
    }


def test_cells_of_months_are_the_values_of_the_file_beside_each_other():
    made = charts(("MEX", "USA"), "months of the largest")["products-months"]
    rows, page = sheet(made), on_page(made)
    assert page.pop("Month") == [_.month(day) for day in dict.fromkeys(rows["period"])]
    assert len(page) == 2 * rows["product_code"].nunique() == 10
    for code, mine in rows.groupby("product_code"):
        (value, share) = (page[header] for header in page if header.startswith(f"{code} · "))
        assert value == written(mine, "value", _.number, 1)
        assert share == written(mine, "share_pct", _.number, 2)


def test_sums_are_marked_and_add_up():
    rows = sheet(charts(("MEX", "USA"), "plain")["products-change"])
    assert list(rows["row_type"])[-2:] == ["rest", "total"]
    assert set(rows["row_type"][:-2]) == {"item"}
    assert rows["product_code"].isna().tolist() == (rows["row_type"] != "item").tolist()
    parts = rows[rows["row_type"] != "total"]
    for column in ("value", "value_before", "change", "points"):
        assert parts[column].sum() == pytest.approx(rows[column].iloc[-1], rel=1e-9)


def test_a_year_without_another_has_empty_columns_in_files_and_none_on_the_page():
    made = charts(("USA", "CAN"), "the first year alone")["products-ranking"]
    assert sheet(made)[["compared_period", "value_before", "change", "change_pct"]].isna().all(axis=None)
    assert [c.header for c in made.columns() if c.on_page] == [
        "Product",
        "2007, million US dollars",
        "Share of all goods, per cent",
    ]


# ---- How settled ---------------------------------------------------------------------------------------------


@cache
def settled() -> Store:
    """The tables with every value of a product final, whatever their vintage."""
    return replace(real_store(), products=real_store().products.assign(status="final"))


def unsettled(source: str, period: str, code: str, flow: str = "", partner: str = "") -> Store:
    """These tables with one cell that is preliminary."""
    store = settled()
    rows = store.products
    one = (rows["source_id"] == source) & (rows["period"] == period) & (rows["product_code"] == code)
    one &= (rows["flow"] == flow) if flow else True
    one &= (rows["partner"] == partner) if partner else True
    assert one.sum() >= 1
    return replace(store, products=rows.assign(status=rows["status"].where(~one, "preliminary")))


def rows_of(store: Store, name: str, **more: Any) -> pd.DataFrame:
    chosen = choose(**{"reporter": "USA", "partner": "MEX", "currency": "USD", "flow": "import", **more})
    made = chart_of(View(_, chosen), store, name)
    assert made is not None
    return sheet(made, store)


@cache
def cars_preliminary() -> Store:
    """US imports of vehicles from Mexico in 2025 are preliminary."""
    return unsettled("bts-transborder", "2025-01-01", "87", "import", "MEX")


def test_what_is_made_from_a_preliminary_value_is_preliminary_in_ranks():
    rows = rows_of(cars_preliminary(), "products-ranking", detail="chapter").set_index("product_code")
    own = ["value_status", "share_pct_status", "change_status", "change_pct_status"]
    assert set(rows.loc["87", own]) == {"preliminary"}
    assert set(rows.loc["84", ["value_status", "change_status", "value_before_status"]]) == {"final"}
    # The whole holds the preliminary chapter, and every share is of the whole; the year before is settled.
    assert set(rows["share_pct_status"].dropna()) == {"preliminary"}
    assert set(rows["share_before_pct_status"].dropna()) == {"final"}
    sections = rows_of(cars_preliminary(), "products-ranking").set_index("product_code")
    assert sections["value_status"][sections["value_status"] == "preliminary"].index.tolist() == ["XVII"]


def test_what_is_made_from_a_preliminary_value_is_preliminary_in_changes():
    rows = rows_of(cars_preliminary(), "products-change", detail="chapter")
    by_type = rows.groupby("row_type")["change_status"].unique().map(list)
    assert by_type["total"] == ["preliminary"]
    assert rows.set_index("product_code").loc["87", "change_status"] == "preliminary"
    assert by_type["rest"] == ["final"]
    # Among small changes the vehicles are part of the rest, which is then preliminary as well.
    inside = rows_of(
        unsettled("bts-transborder", "2025-01-01", "01", "import", "MEX"), "products-change", detail="chapter"
    ).set_index("row_type")
    assert inside.loc["rest", "change_status"] == inside.loc["total", "points_status"] == "preliminary"
    assert set(inside.loc["item", "change_status"]) == {"final"}


def test_what_is_made_from_a_preliminary_value_is_preliminary_in_years():
    for product, own in (("87", "preliminary"), ("84", "final"), ("XVII", "preliminary")):
        for name in ("products-history", "products-share"):
            rows = rows_of(cars_preliminary(), name, product=product).set_index("period")
            assert rows["value_mex_status"].iloc[-1] == own
            assert rows["share_mex_pct_status"].iloc[-1] == "preliminary"
            assert set(rows["share_mex_pct_status"].iloc[:-1]) == {"final"}
            assert set(rows["share_can_pct_status"]) == {"final"}
    rows = rows_of(cars_preliminary(), "products-concentration")
    assert (
        list(rows["herfindahl_status"])[-2:] == list(rows["largest_five_pct_status"])[-2:] == ["final", "preliminary"]
    )


def test_what_is_made_from_a_preliminary_value_is_preliminary_in_months():
    store = unsettled("bts-transborder-monthly", "2025-06-01", "XVII", "import", "MEX")
    rows = rows_of(store, "products-months", freq="monthly", years=(2025, 2025))
    month = rows["period"] == "2025-06-01"
    assert set(rows.loc[month, "share_pct_status"]) == {"preliminary"}
    assert set(rows.loc[~month, "share_pct_status"]) == {"final"}
    assert rows.loc[rows["value_status"] == "preliminary", "product_code"].tolist() == ["XVII"]


def test_what_is_made_from_a_preliminary_value_is_preliminary_in_other_classifications():
    store = unsettled("statcan-12-10-0175", "2023-01-01", "energy", "domestic_export")
    rows = rows_of(store, "napcs", reporter="CAN", partner="USA", flow="export")
    year = rows["period"].dt.year
    assert set(rows.loc[year == 2023, "share_pct_status"]) == {"preliminary"}
    assert set(rows.loc[year != 2023, "share_pct_status"]) == {"final"}
    grown = rows[rows["change_pct_status"] == "preliminary"]
    assert list(zip(grown["product_code"], grown["period"].dt.year, strict=True)) == [
        ("energy", 2023),
        ("energy", 2024),
    ]

    store = unsettled("unctad-matrix-sitc", "2015-01-01", "7", partner="MEX")
    rows = rows_of(store, "sitc")
    touched = rows[rows["share_pct_status"] == "preliminary"]
    assert set(zip(touched["importer"], touched["period"].dt.year, strict=True)) == {("MEX", 2015)}
    assert len(touched) == 2 * 10 and set(touched["product_code"]) == set(rows["product_code"])


def test_a_preliminary_value_is_marked_in_the_picture_and_in_the_table():
    chosen = choose(reporter="USA", partner="MEX", currency="USD", flow="import", product="87")
    shown = View(_, chosen)
    ranked = chart_of(shown, cars_preliminary(), "products-ranking")
    assert ranked is not None
    (value,) = [c for c in ranked.columns() if c.name == "value"]
    assert [cell.endswith("ᵖ") for cell in value.cells] == [status == "preliminary" for status in value.statuses]
    assert sum(text.text.endswith("ᵖ</b>") for text in ranked.figure.layout.annotations) == 3
    assert "preliminary" in text_of(ranked.legend)
    assert any(said.startswith("ᵖ preliminary") for said in ranked.remarks)
    plain = chart_of(shown, settled(), "products-ranking")
    assert plain is not None and plain.legend is None
    assert not any("preliminary" in said for said in plain.remarks)
    years = chart_of(shown, cars_preliminary(), "products-history")
    assert years is not None and "preliminary" in text_of(years.legend)


def test_reconciled_values_are_preliminary_as_their_source_is():
    made = charts(("CAN", "MEX"), "plain")["baci"]
    assert set(sheet(made)["value_status"]) == {"preliminary"}
    assert set(sheet(made)["value_source"]) == {"baci-worldtradeflows"}
    (value,) = [c for c in made.columns() if c.name == "value"]
    assert all(cell.endswith("ᵖ") for cell in value.cells)
    assert sum(text.text.endswith("ᵖ") for text in made.figure.layout.annotations) == len(value.cells)
    assert made.remarks[-1].startswith("ᵖ preliminary")


def test_files_leave_sums_out_until_they_are_asked_for(client):
    address = "/download/products/products-change.{}?reporter=USA&partner=MEX&rows={}"
    plain = pd.read_csv(io.BytesIO(client.get(address.format("csv", "displayed")).data))
    whole = pd.read_csv(io.BytesIO(client.get(address.format("csv", "sums")).data))
    assert set(plain["row_type"]) == {"item"}
    assert list(whole["row_type"])[-2:] == ["rest", "total"]
    assert len(whole) == len(plain) + 2
    for suffix, read in (("parquet", pd.read_parquet), ("xlsx", pd.read_excel)):
        rows = read(io.BytesIO(client.get(address.format(suffix, "displayed")).data))
        assert set(rows["row_type"]) == {"item"}, suffix
    assert {row["row_type"] for row in client.get(address.format("json", "displayed")).get_json()["data"]} == {"item"}
    refused = client.get(address.format("csv", "some"))
    assert refused.status_code == 400
    assert refused.get_json()["errors"][0]["allowed"] == ["displayed", "sums", "full"]


@pytest.mark.parametrize("pair", [("USA", "MEX"), ("USA", "CAN"), ("MEX", "USA")])
def test_a_note_stands_where_parts_as_written_miss_the_whole(pair):
    made = charts(pair, "plain")["products-change"]
    rows = sheet(made)
    missed = any(
        abs(rows[column][:-1].round(digits).sum() - round(rows[column].iloc[-1], digits)) > 10**-digits / 2
        for column, digits in (("value_before", 1), ("value", 1), ("change", 1), ("points", 2))
    )
    assert (rounding.note(_) in made.remarks) == missed


def test_partners_whose_flows_as_written_miss_their_sum_carry_the_note():
    made = chart_of(View(_, choose(years=(2025, 2025))), real_store(), "partners")
    flows = partners.ranking(real_store(), choose(years=(2025, 2025))).table[["export", "import", "total"]].dropna()
    written_down = flows.round(1)
    apart = (written_down["export"] + written_down["import"] - written_down["total"]).abs().max()
    assert (rounding.note(_) in made.remarks) == (apart > 0.05)
