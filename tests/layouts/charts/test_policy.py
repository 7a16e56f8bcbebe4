"""Charts of tariffs, of claims under the USMCA and of counter-tariffs: their columns on the page and in files."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from data.api.query import find as rows_of
from data.export.command import write
from data.queries import effective_rate, tariffs
from data.schema.fields import DATE, INTEGER, NUMBER, TEXT
from layouts.charts.registry import chart_of, charts_of_page, find
from layouts.components.status import SYMBOL
from layouts.export.sheet import displayed_sheet
from layouts.view import View
from tests.choosing import choose, coverage
from tests.data.helpers import read_rows, real_store

CHARTS = ("tariffs", "measure-timeline", "usmca-share", "border-duty-bound", "usmca-chapters", "retaliation")
PAIRS = (("CAN", "MEX"), ("USA", "CAN"), ("MEX", "USA"))
# The partner whose goods the United States import, by pair.
GOODS_OF = {("CAN", "MEX"): "CAN", ("USA", "CAN"): "CAN", ("MEX", "USA"): "MEX"}


def view(text, pair=("CAN", "USA"), **chosen) -> View:
    return View(text, choose(reporter=pair[0], partner=pair[1], **chosen))


def chart(text, name, pair=("CAN", "USA"), store=None, **chosen):
    return chart_of(view(text, pair, **chosen), store or real_store(), name)


def sheet(text, name, pair=("CAN", "USA"), **chosen):
    return displayed_sheet(text, real_store(), chart(text, name, pair, **chosen), "http://x/", dt.date(2026, 10, 9))


def column(it, name):
    return next(column for column in it.columns() if column.name == name)


# ---- What every chart of the family keeps to ------------------------------------------------------------------


@pytest.mark.parametrize("name", CHARTS)
def test_files_have_the_same_columns_of_the_same_types_for_every_pair(text, name):
    described = {tuple((f.name, f.kind, f.unit) for f in sheet(text, name, pair).fields) for pair in PAIRS}
    assert len(described) == 1
    (columns,) = described
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column, _kind, _unit in columns)
    assert len({column for column, _kind, _unit in columns}) == len(columns)
    # Dollars, pesos or pounds, years or months: what the reader chose for trade changes no name here.
    other = sheet(text, name, currency="GBP", freq="monthly")
    assert tuple((f.name, f.kind, f.unit) for f in other.fields) == columns


@pytest.mark.parametrize("name", CHARTS)
def test_every_source_that_a_row_names_is_described_in_the_file(text, name):
    for pair in PAIRS:
        made = sheet(text, name, pair)
        named = [field.name for field in made.fields if field.name.endswith("_source") or field.name == "source_id"]
        ids = {one for column in named for words in made.rows[column].dropna() for one in words.split()}
        assert ids and ids <= set(made.sources["source_id"])


@pytest.mark.parametrize("name", CHARTS)
def test_types_survive_into_every_format(text, name):
    made = sheet(text, name, detail="chapter")
    kept = pq.read_table(io.BytesIO(write(made, "parquet"))).schema
    book = openpyxl.load_workbook(io.BytesIO(write(made, "xlsx")))["Data"]
    header = [cell.value for cell in book[1]]
    read = pd.read_csv(io.BytesIO(write(made, "csv")), dtype="str", keep_default_na=False)
    arrow = {DATE: "date32[day]", NUMBER: "double", INTEGER: "int64"}
    for field in made.fields:
        cells = [row[header.index(field.name)] for row in book.iter_rows(min_row=2)]
        known = [cell for cell in cells if cell.value is not None]
        if field.kind != TEXT:
            assert str(kept.field(field.name).type) == arrow[field.kind], field.name
        assert {cell.is_date for cell in known} <= {field.kind == DATE}, field.name
        if field.kind == DATE:
            assert all(re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", day) for day in read[field.name]), field.name
        elif field.kind in (NUMBER, INTEGER):
            ours = [value for value in made.rows[field.name] if not pd.isna(value)]
            assert [float(value) for value in read[field.name] if value] == ours, field.name
            assert [cell.value for cell in known] == pytest.approx(ours, rel=1e-15), field.name


def tables_of(name, pair):
    """Values of a chart's columns, from the tables or the query, without the chart."""
    store, goods = real_store(), GOODS_OF[pair]
    if name == "tariffs":
        rows = tariffs.steps(store, choose(reporter=pair[0], partner=pair[1]))
        low = [r.rate_pct if pd.isna(r.rate_low_pct) else r.rate_low_pct for r in rows.itertuples()]
        return {
            "tariff_id": rows["tariff_id"],
            "imposer": rows["imposer"],
            "target": rows["target"],
            "rate_low": low,
            "rate_high": rows["rate_pct"],
            "usmca_rate": rows["usmca_rate_pct"],
            "effective_from": rows["effective_from"],
            "effective_to": rows["effective_to"],
            "status": rows["status"],
        }
    if name == "measure-timeline":
        rows = tariffs.measure_steps(store, *pair)
        return {key: rows[key] for key in ("life_id", "imposer", "targets", "measure", "step", "date", "text")}
    if name == "usmca-share":
        table = effective_rate.claims(store)
        return {
            f"{partner.lower()}_{column}": table[f"{partner}{suffix}"]
            for partner in ("CAN", "MEX")
            for column, suffix in (("imports", "_value"), ("claimed", "_usmca"), ("share_pct", ""))
        }
    if name == "border-duty-bound":
        table = effective_rate.estimate(store, goods)
        return {
            "days_charged": table["days_charged"],
            "days_without_relief": table["days_without_relief"],
            "rate_pct": table["rate"],
            "share_pct": table["share"],
            "estimate_pct": table["estimate"],
        }
    if name == "usmca-chapters":
        shares = effective_rate.chapters(store, goods).shares
        return {"chapter": list(shares.index)} | {f"share_{month:%Y_%m}_pct": shares[month] for month in shares}
    return retaliation_by_hand()


def retaliation_by_hand():
    """Amounts in force on each day of the chart, in C$ billion, from the files."""
    ledger = [row for row in read_rows("retaliation.csv") if row["amount_billion"] and row["effective_from"]]
    # The first plan was announced in February 2025, after the imports of 2024.
    announced = min(row["announced"] for row in ledger)
    observed = real_store().observations.query("frequency == 'A' and reporter == 'CAN' and partner == 'USA'")
    before = observed["period"].dt.year == int(announced[:4]) - 1
    (imports,) = observed.loc[before & (observed["flow"] == "import"), "value_million"]
    changes = {row[column] for row in ledger for column in ("effective_from", "effective_to")} - {""}
    days = [announced[:8] + "01", *sorted(changes), coverage().last_day.isoformat()]
    found = {"effective_from": [pd.Timestamp(day) for day in days], "in_force": [0.0] * len(days)}
    for row in ledger:
        name = row["tranche_id"].replace("-", "_")
        until = row["effective_to"] or "9999"
        found[name] = [float(row["amount_billion"]) if row["effective_from"] <= d < until else 0.0 for d in days]
        found["in_force"] = [a + b for a, b in zip(found["in_force"], found[name], strict=True)]
    found["share_of_imports_pct"] = [total * 1000 / imports * 100 for total in found["in_force"]]
    return found


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@pytest.mark.parametrize("name", CHARTS)
def test_values_in_files_are_those_of_the_tables(text, name, pair):
    # Where nothing is said, the page of tariffs shows the United States with one of the two.
    border = "CAN-MEX" if pair == ("CAN", "MEX") and name in CHARTS[:2] else ""
    made = sheet(text, name, pair, detail="chapter", border=border)
    for column, expected in tables_of(name, pair).items():
        ours, theirs = list(made.rows[column]), list(expected)
        assert len(ours) == len(theirs) > 0
        for our, their in zip(ours, theirs, strict=True):
            if pd.isna(their):
                assert pd.isna(our), column
            elif isinstance(their, float):
                assert our == pytest.approx(their, abs=1e-9), column
            else:
                assert our == their, column


@pytest.mark.parametrize("name", CHARTS[2:5])
def test_a_country_paired_with_itself_has_no_such_chart(text, name):
    assert chart(text, name, ("CAN", "CAN")) is None
    assert chart(text, name, ("CAN", "MEX")) is not None


def test_pages_have_their_charts_in_order(text):
    found = {path: list(charts_of_page(view(text), real_store(), path)) for path in ("/tariffs", "/burden")}
    assert found == {"/tariffs": list(CHARTS[:2]), "/burden": list(CHARTS[2:5])}
    assert list(charts_of_page(view(text, ("MEX", "CAN")), real_store(), "/retaliation")) == ["retaliation"]
    assert charts_of_page(view(text, ("CAN", "CAN")), real_store(), "/tariffs") == {}


@pytest.mark.parametrize("name", CHARTS)
def test_the_rows_behind_a_chart_hold_its_sources(text, name):
    entry, store = find(name), real_store()
    selection = choose(reporter="CAN", partner="USA")
    behind = entry.rows(store, selection)
    rows = pd.concat([rows_of(store, query) for query in behind.queries(store)])
    shown = sheet(text, name).rows
    for key in ("tariff_id", "life_id"):
        if key in shown:
            assert set(shown[key]) <= set(rows[key])
    cited = set(chart(text, name).source.ids)
    # Shares are set against imports, the estimate against rates, which are other tables.
    assert set(rows["source_id"]) & cited
    if behind.table == "usmca-shares":
        assert len(rows) == len(store.usmca_shares)
    if behind.table == "retaliation":
        assert list(rows["tranche_id"]) == list(store.retaliation.query("by == 'CAN'")["tranche_id"])


# ---- Rates ----------------------------------------------------------------------------------------------------


def rates(text):
    it = chart(text, "tariffs")
    places = {one: place for place, one in enumerate(column(it, "tariff_id").values)}
    return it, places


def test_a_range_of_rates_is_one_cell_on_the_page_and_two_numbers_in_files(text):
    it, places = rates(text)
    (row,) = [r for r in read_rows("tariffs.csv") if r["rate_low_pct"] == "15" and r["effective_from"]]
    place = places[row["tariff_id"]]
    assert column(it, "rate").cells[place] == "15 to 50%"
    assert [column(it, name).values[place] for name in ("rate_low", "rate_high")] == [15.0, 50.0]
    shown = [one.header for one in it.columns() if one.on_page]
    assert shown[3:5] == ["Rate", "USMCA goods"] and len(shown) == 11


def test_a_ban_has_no_rate_and_a_single_rate_is_its_own_range(text):
    made = sheet(text, "tariffs").rows
    bans = made[made["kind"] == "import_ban"]
    assert len(bans) == 3 and bans[["rate_low", "rate_high"]].isna().all(axis=None)
    single = made[(made["imposer"] == "CAN") & (made["measure"] == "surtax_2025_1")]
    assert single[["rate_low", "rate_high"]].to_numpy().tolist() == [[25.0, 25.0]]
    it, _places = rates(text)
    assert column(it, "rate").cells.count("import ban") == 3


def test_what_is_still_in_force_has_no_last_day_in_files_and_says_so_on_the_page(text):
    it, _places = rates(text)
    for said, day in zip(column(it, "until").cells, column(it, "effective_to").values, strict=True):
        assert (said == "in force") == pd.isna(day)
    assert "in force" in column(it, "until").cells


# ---- Claims and the estimate ----------------------------------------------------------------------------------


def test_codes_of_chapters_keep_their_zero_and_their_names(text):
    made = sheet(text, "usmca-chapters", detail="chapter")
    read = pd.read_csv(io.BytesIO(write(made, "csv")), dtype={"chapter": "str"})
    (row,) = read[read["chapter"] == "01"].to_dict("records")
    assert row["chapter_name"].startswith("Live animals")
    assert column(chart(text, "usmca-chapters"), "chapter_and_name").cells[0].startswith("27 · Mineral fuels")
    hand = next(
        r
        for r in read_rows("usmca_chapters.csv")
        if (r["partner"], r["product_code"], r["period"]) == ("CAN", "01", "2026-02-01")
    )
    assert row["share_2026_02_pct"] == pytest.approx(
        float(hand["usmca_million"]) / float(hand["value_million"]) * 100, abs=1e-9
    )


def test_columns_of_the_estimate_hold_what_they_say(text):
    it = chart(text, "border-duty-bound")
    by_header = {one.header: one.cells for one in it.columns() if one.on_page}
    # March 2025: 28 days charged, three of them before claims helped; 25 % on 28 of 31 days; 50.6 % with a claim.
    assert {header: cells[0] for header, cells in by_header.items()} == {
        "Month": "Mar 2025",
        "Days charged": "28",
        "Of these, days without relief for claims": "3",
        "General rate, average of all days, per cent": "22.6",
        "Share with a claim, per cent": "50.6",
        "Estimate, per cent of imports": "10.70",
    }
    made = sheet(text, "border-duty-bound").rows
    assert set(made["estimate_pct_derivation"]) == {"worked_out"}
    assert made["rate_pct"].iloc[0] == pytest.approx(25 * 28 / 31, abs=1e-12)


# ---- Counter-tariffs ------------------------------------------------------------------------------------------


def test_a_share_of_preliminary_imports_is_preliminary_on_the_page_and_in_files(text):
    store = real_store()
    rows = store.observations.copy()
    base = (rows["reporter"] == "CAN") & (rows["partner"] == "USA") & (rows["flow"] == "import")
    base &= (rows["frequency"] == "A") & (rows["period"] == "2024-01-01")
    assert base.sum() == 1
    rows.loc[base, "status"] = "preliminary"
    it = chart(text, "retaliation", store=dataclasses.replace(store, observations=rows))
    share = column(it, "share_of_imports_pct")
    assert set(share.statuses) == {"preliminary"}
    # C$27.6 billion of C$377,503.9 million.
    assert share.cells[-1] == "7.3%" + SYMBOL["preliminary"]
    assert SYMBOL["preliminary"] in str(it.legend)
    final = chart(text, "retaliation")
    assert (column(final, "share_of_imports_pct").cells[-1], final.legend) == ("7.3%", None)


def test_the_share_of_imports_names_the_imports_it_is_of(text):
    it = chart(text, "retaliation")
    assert "statcan-12-10-0011" in it.source.ids
    assert set(column(it, "share_of_imports_pct").sources) == {"statcan-12-10-0011"}
    assert it.file_name == "retaliation_can-usa_2025-2026_cad"
