"""Files that are taken away, each read back by a program that did not write it; and how they say to cite them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.api.query import find, read
from data.api.resources import RESOURCES
from data.export.archive import to_zip
from data.export.citation import Citation, Cited
from data.export.command import FORMATS, table_sheet, write
from data.export.sheet import Sheet
from data.export.text import FORMULA_STARTS, to_csv
from data.schema.fields import DATE, INTEGER, NUMBER, TEXT, Field
from tests.data.helpers import real_store

DAY = dt.date(2026, 10, 9)
ADDRESS = "https://example.org/trade?reporter=CAN"
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "https://example.org", "12", 'a "b", c', "é ✓ ’"]
FIELDS = (
    Field("words", TEXT, "any words", required=False),
    Field("amount", NUMBER, "an amount", unit="million", required=False),
    Field("count", INTEGER, "a count", required=False),
    Field("day", DATE, "a day", required=False),
)


def sheet_of(rows, fields=FIELDS, title="A title", **more):
    cited = Cited("Statistics Canada", "A table", "12-10-0011", "2026-10-08", "Open Licence", "https://example.org/t")
    sources = real_store().sources.head(2)
    return Sheet("a-file", rows, fields, sources, Citation(title, (cited,), ADDRESS, DAY), ("A note.",), **more)


def hostile_sheet():
    rows = pd.DataFrame(
        {
            "words": pd.Series([*HOSTILE, None], dtype="str"),
            "amount": pd.Series([*(float(-n) - 0.1 for n in range(len(HOSTILE))), float("nan")]),
            "count": pd.Series([*range(len(HOSTILE)), pd.NA], dtype="Int64"),
            "day": pd.Series([*pd.date_range("2025-01-31", periods=len(HOSTILE), freq="D"), pd.NaT]),
        }
    )
    return sheet_of(rows)


def asked(table="observations", **words):
    store = real_store()
    return table_sheet(store, read(store, RESOURCES[table], list(words.items())), ADDRESS, DAY)


def workbook(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def pair():
    return asked(reporter="CAN", partner="MEX", currency="USD", freq="annual")


# ---- CSV ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", RESOURCES)
def test_csv_read_back_is_the_query(table):
    sheet = asked(table)
    read_back = pd.read_csv(io.BytesIO(write(sheet, "csv")), dtype="str", keep_default_na=False, na_values=[""])
    assert list(read_back.columns) == list(sheet.rows.columns)
    for one in sheet.fields:
        ours, theirs = sheet.rows[one.name], read_back[one.name]
        if one.kind == TEXT:
            # Words that are not there are not known; the file has no other way to say either.
            ours = ours.astype("object").where(ours != "")
        assert (ours.isna() == theirs.isna()).all(), one.name
        ours, theirs = ours.dropna(), theirs.dropna()
        if one.kind == DATE:
            ours = ours.dt.strftime("%Y-%m-%d")
        read_as = {NUMBER: float, INTEGER: int}.get(one.kind, str)
        assert list(ours) == [read_as(text) for text in theirs], one.name


def test_csv_of_a_pair_holds_the_published_value(pair):
    rows = list(csv.DictReader(io.StringIO(write(pair, "csv").decode())))
    (one,) = [r for r in rows if r["period"] == "2024-01-01" and r["flow"] == "export"]
    # The sum of the twelve months of table 12-10-0011, and the Federal Reserve's annual average of 1.3699.
    assert (one["value_million"], one["currency"], one["source_table"]) == ("8661.7", "CAD", "12-10-0011")
    assert one["derivation"] == "sum_of_months"
    assert float(one["value"]) == pytest.approx(8661.7 / 1.3699, rel=1e-12)


def test_csv_is_exact_for_programs_and_harmless_for_excel():
    sheet = hostile_sheet()
    exact = list(csv.reader(io.StringIO(write(sheet, "csv").decode(), newline="")))
    assert [row[0] for row in exact[1:-1]] == HOSTILE
    assert exact[-1] == ["", "", "", ""]
    content = write(sheet, "csv", bom=True)
    assert content.startswith(b"\xef\xbb\xbf")
    shown = [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))][1:-1]
    assert shown == [f"'{text}" if text[0] in FORMULA_STARTS else text for text in HOSTILE]
    # Numbers are numbers, negative ones too.
    assert [row[1] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))][1] == "-0.1"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_text_begins_a_formula_in_excel(words):
    rows = pd.DataFrame({"words": pd.Series(words, dtype="str")})
    content = to_csv(rows, (Field("words", TEXT, ""),), bom=True).decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(io.StringIO(content, newline=""))][1:]
    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]


# ---- XLSX ---------------------------------------------------------------------------------------------------


def test_workbook_holds_typed_cells(pair):
    book = workbook(write(pair, "xlsx"))
    assert book.sheetnames == ["Data", "Sources", "Notes"]
    data = book["Data"]
    header = [cell.value for cell in data[1]]
    assert header == list(pair.rows.columns)
    assert data.freeze_panes == "A2"
    by_name = dict(zip(header, data[2], strict=True))
    assert by_name["period"].is_date
    assert by_name["period"].value.date() == pair.rows["period"].iloc[0].date()
    assert by_name["value_million"].value == pair.rows["value_million"].iloc[0]
    assert by_name["value_million"].data_type == "n"
    assert by_name["value_million"].number_format == "#,##0.0"
    assert by_name["value"].number_format == "#,##0.0000"
    assert data.max_row == len(pair.rows) + 1
    values = [row[header.index("value")].value for row in data.iter_rows(min_row=2)]
    assert values == pytest.approx(list(pair.rows["value"]), rel=1e-15)


def test_workbook_names_sources_and_how_to_cite(pair):
    book = workbook(write(pair, "xlsx"))
    ids = {row[0].value for row in book["Sources"].iter_rows(min_row=2)}
    assert ids == set(pair.sources["source_id"]) > {"statcan-12-10-0011"}
    notes = {row[0].value: row[1].value for row in book["Notes"].iter_rows() if row[0].value}
    assert notes["Cite as"].startswith("Statistics Canada")
    assert notes["Open this view again"] == ADDRESS


def test_workbook_runs_no_text():
    book = workbook(write(hostile_sheet(), "xlsx"))
    # The last row knows nothing and leaves no cell.
    cells = [row[0] for row in book["Data"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(HOSTILE)
    # As the format writes a carriage return.
    assert [cell.value.replace("_x000D_", "\r") for cell in cells] == HOSTILE
    assert not [cell for cell in cells if cell.hyperlink]


# ---- Parquet, JSON, ZIP -------------------------------------------------------------------------------------


def test_parquet_carries_types_meaning_and_sources(pair):
    table = pq.read_table(io.BytesIO(write(pair, "parquet")))
    assert str(table.schema.field("period").type) == "date32[day]"
    assert table.schema.field("value_million").metadata == {
        b"meaning": b"value of goods",
        b"unit": b"million units of currency",
    }
    about = {name.decode(): text.decode() for name, text in table.schema.metadata.items()}
    assert about["bilateral.address"] == ADDRESS
    assert "statcan-12-10-0011" in {source["source_id"] for source in json.loads(about["bilateral.sources"])}
    assert table.column("value").to_pylist() == list(pair.rows["value"])
    assert table.column("computation").null_count == pair.rows["computation"].isna().sum()


def test_json_says_what_is_unknown_with_null():
    document = json.loads(write(hostile_sheet(), "json"))
    assert document["data"][-1] == {"words": None, "amount": None, "count": None, "day": None}
    assert document["data"][0] == {"words": "=1+1", "amount": -0.1, "count": 0, "day": "2025-01-31"}
    assert document["meta"]["count"] == len(HOSTILE) + 1
    assert document["meta"]["columns"][1] == {
        "name": "amount",
        "type": "number",
        "meaning": "an amount",
        "unit": "million",
    }


def test_archive_holds_data_readme_and_citations(pair):
    content = to_zip(pair, png=b"a picture")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert archive.read("observations.csv") == write(pair, "csv")
        assert archive.read("observations.png") == b"a picture"
        readme = archive.read("README.txt").decode()
    assert sorted(names) == ["README.txt", "citation.bib", "citation.ris", "observations.csv", "observations.png"]
    assert ADDRESS in readme
    assert "Statistics Canada Open Licence" in readme
    assert content == to_zip(pair, png=b"a picture")
    with zipfile.ZipFile(io.BytesIO(write(pair, "zip"))) as archive:
        assert "observations.png" not in archive.namelist()


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_rows_are_a_file_all_the_same(suffix):
    sheet = asked("observations", reporter="MEX", partner="MEX")
    assert len(sheet.rows) == 0
    assert write(sheet, suffix)


def test_fields_that_describe_other_columns_are_refused():
    with pytest.raises(ValueError, match="other columns"):
        sheet_of(pd.DataFrame({"else": [1]}))


# ---- Citation -----------------------------------------------------------------------------------------------


def test_citation_in_full():
    citation = sheet_of(pd.DataFrame({"words": ["a"]}), (FIELDS[0],)).citation
    assert citation.short() == "Statistics Canada: A title. Bilateral, 2026-10-09."
    assert citation.long() == (
        "A title. Figures: Statistics Canada, A table, table 12-10-0011, vintage of 2026-10-08. "
        "Compiled by Bilateral, https://example.org/trade?reporter=CAN, accessed 2026-10-09."
    )
    assert citation.ris().splitlines() == [
        "TY  - DATA",
        "AU  - Statistics Canada,",
        "TI  - A title",
        "PB  - Bilateral",
        "PY  - 2026",
        "Y2  - 2026/10/09",
        "UR  - https://example.org/trade?reporter=CAN",
        "N1  - Statistics Canada, A table, table 12-10-0011, vintage of 2026-10-08",
        "ER  - ",
    ]


def test_bibtex_is_not_broken_by_a_title():
    title = "50% of $ & # _ {x} \\ ~\nnext"
    entry = Citation(title, (), "https://example.org/a?b=50%25&c={d}", DAY).bibtex()
    assert "title = {{50\\% of \\$ \\& \\# \\_ \\{x\\} \\textbackslash{} \\textasciitilde{} next}}," in entry
    assert r"\url{https://example.org/a?b=50\%25&c=\%7Bd\%7D}" in entry
    bare = entry.replace("\\{", "").replace("\\}", "")
    assert bare.count("{") == bare.count("}")
    assert entry.startswith("@misc{50-of-x-next,\n")


def test_a_title_cannot_begin_a_new_field_of_a_reference():
    citation = Citation("A\r\nER  - \r\nTY  - BOOK", (), "https://example.org", DAY)
    assert [line[:2] for line in citation.ris().splitlines()].count("TY") == 1


# ---- Queries ------------------------------------------------------------------------------------------------


def test_no_row_is_given_when_only_unknown_values_match():
    store = real_store()
    days = find(store, read(store, RESOURCES["tariffs"], [("on", "2025-03-05")]))
    assert days["effective_from"].notna().all()
    assert (days["effective_from"] <= "2025-03-05").all()
    assert not (days["effective_to"] <= "2025-03-05").any()
    assert len(days) > 0
