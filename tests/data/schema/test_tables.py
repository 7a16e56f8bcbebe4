"""Every kind of bad cell, row and file is refused by name, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.pipeline.read import Problem
from tests.data.helpers import curated_copy, refused, replace_text, set_cell


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    return curated_copy(tmp_path)


US = "observations/united_states.csv"
MEXICO = "observations/mexico.csv"
SLUG = "lower-case words joined by hyphens"
ISO3 = "one of the codes in countries.csv"
SOURCE = "each id must be one of sources.yaml"
ADDRESS = "an address that starts with http:// or https://"
GDP_COLUMNS = "the columns are country, year, gdp_usd_million, source_id"
GDP_HEADER = "country,year,gdp_usd_million,source_id\n"

# Each spoils the first row of a file, which stands on line 2.
BAD_CELLS = {
    "unknown flow": (US, "flow", "exports", "one of export, import"),
    "unknown frequency": (US, "frequency", "W", "one of A, Q, M"),
    "unknown country": ("gdp.csv", "country", "GUA", "one of the codes in countries.csv"),
    "enumerated value in the wrong case": (US, "currency", "usd", "one of the codes in currencies.csv"),
    "enumerated value with a blank": (US, "status", "final ", "one of final, preliminary, special_estimate"),
    "day that does not exist": ("events.csv", "date", "2025-02-30", "a date as YYYY-MM-DD"),
    "date in another form": ("events.csv", "date", "01/02/2025", "a date as YYYY-MM-DD"),
    "date with a time": ("tariffs.csv", "announced", "2025-02-01T12:00", "a date as YYYY-MM-DD"),
    "word for a number": ("gdp.csv", "gdp_usd_million", "many", "a number at least 0"),
    "number with a thousands separator": (US, "value_million", "3,779.6", "a number at least 0"),
    "not-a-number spelled out": (US, "value_million", "nan", "a number at least 0"),
    "infinite number": (US, "value_million", "inf", "a number at least 0"),
    "negative value": (US, "value_million", "-0.1", "a number at least 0"),
    "rate of zero": ("exchange_rates.csv", "units_per_usd", "0", "a number at least 0.01"),
    "duty above the maximum": ("tariffs.csv", "rate_pct", "1001", "a number at least 0 and at most 1000"),
    "part of a year": ("gdp.csv", "year", "1960.5", "a whole number at least 1960 and at most 2100"),
    "year before the first": ("gdp.csv", "year", "1959", "a whole number at least 1960 and at most 2100"),
    "rank beyond the last": ("events.csv", "rank", "4", "a whole number at least 1 and at most 3"),
    "missing enumerated value": ("gdp.csv", "country", "", "a value is required: one of the codes in countries.csv"),
    "missing number": (US, "value_million", "", "a value is required: a number at least 0"),
    "missing date": ("events.csv", "date", "", "a value is required: a date as YYYY-MM-DD"),
    "missing text": ("known_gaps.csv", "reason", "", "a value is required: text"),
    "id that is no slug": ("known_gaps.csv", "gap_id", "Mexico Canada", SLUG),
    "partner that is no ISO code": (US, "partner", "Can", ISO3),
    "list of countries with commas": (
        "events.csv",
        "countries",
        "CAN,USA",
        "one of the codes in countries.csv",
    ),
    "product scope that is no code": (
        "tariffs.csv",
        "product_scope",
        "Energy goods",
        "lower-case words joined by underscores",
    ),
    "address without http": ("tariffs.csv", "url", "www.example.org", ADDRESS),
    "unknown source": ("gdp.csv", "source_id", "nobody", SOURCE),
    "unknown source of a check": ("claims.csv", "check_source_ids", "statcan-12-10-0011 nobody", SOURCE),
    "sources of a check with commas": (
        "claims.csv",
        "check_source_ids",
        "fed-h10, article",
        "ids of the sources table separated by spaces",
    ),
    "month that starts in its middle": (US, "period", "1985-01-15", "the first day of the month, quarter or year"),
    "year that starts in February": (MEXICO, "period", "1995-02-01", "the first day of the month, quarter or year"),
}


@pytest.mark.parametrize(("file", "column", "value", "wanted"), BAD_CELLS.values(), ids=BAD_CELLS.keys())
def test_bad_cell_is_refused_with_its_place_and_what_is_allowed(curated, file, column, value, wanted):
    set_cell(curated, file, column, value)
    problems = refused(curated)
    assert Problem(file, 2, column, value, wanted) in problems
    assert {(p.file, p.line) for p in problems} == {(file, 2)}


def test_message_names_file_line_column_value_and_what_is_allowed(curated):
    set_cell(curated, "gdp.csv", "country", "GUA", row=9)
    (problem,) = refused(curated)
    assert str(problem) == "gdp.csv, line 11, column country: 'GUA' is not accepted; one of the codes in countries.csv"


def test_line_break_after_an_id_is_refused(curated):
    replace_text(curated, "gdp.csv", "CAN,1960,40563.8,worldbank-gdp", 'CAN,1960,40563.8,"worldbank-gdp\n"')
    (problem,) = refused(curated)
    assert (problem.column, problem.value) == ("source_id", "worldbank-gdp\n")


ENUMERATED = {
    US: "frequency reporter flow product_scheme product_code currency basis status",
    "exchange_rates.csv": "frequency currency",
    "gdp.csv": "country",
    "claims.csv": "unit currency verdict check_name",
    "tariffs.csv": "imposer target measure kind status verification",
    "retaliation.csv": "by against currency status verification",
    "events.csv": "date_precision category verification",
}


@pytest.mark.parametrize(("file", "columns"), ENUMERATED.items())
def test_every_enumerated_column_refuses_an_unknown_value(curated, file, columns):
    for column in columns.split():
        set_cell(curated, file, column, "Unheard")
    problems = [p for p in refused(curated) if p.line == 2 and p.value == "Unheard"]
    assert {p.column for p in problems} == set(columns.split())
    assert all(p.allowed.startswith("one of ") for p in problems)


REQUIRED = {
    US: "frequency period reporter partner flow product_scheme product_code value_million currency basis status "
    "source_id",
    "exchange_rates.csv": "frequency period currency units_per_usd source_id",
    "gdp.csv": "country year gdp_usd_million source_id",
    "claims.csv": "claim_id paragraph statement unit verdict explanation source_id",
    "tariffs.csv": "tariff_id imposer target measure product_scope scope_text kind status verification source_id",
    "retaliation.csv": "tranche_id by against tranche status verification source_id",
    "events.csv": "event_id date date_precision countries category rank title text source_id verification",
    "known_gaps.csv": "gap_id subject reason",
}


@pytest.mark.parametrize(("file", "columns"), REQUIRED.items())
def test_empty_row_names_every_required_column_and_no_other(curated, file, columns):
    header = (curated / file).read_text(encoding="utf-8").partition("\n")[0].split(",")
    for column in header:
        set_cell(curated, file, column, "")
    problems = [p for p in refused(curated) if p.line == 2 and p.allowed.startswith("a value is required: ")]
    assert sorted(p.column for p in problems) == sorted(columns.split())


@pytest.mark.parametrize("file", REQUIRED)
def test_unknown_column_is_refused_in_every_table(curated, file):
    text = (curated / file).read_text(encoding="utf-8")
    (curated / file).write_text("\n".join(line and line + ",x" for line in text.split("\n")), encoding="utf-8")
    (problem,) = refused(curated)
    assert (problem.file, problem.line, problem.column, problem.value) == (file, 1, "x", "unknown")
    assert problem.allowed.startswith("the columns are ")


def test_missing_column_is_refused(curated):
    (curated / "gdp.csv").write_text("country,year,source_id\nCAN,1960,worldbank-gdp\n", encoding="utf-8")
    assert refused(curated) == [Problem("gdp.csv", 1, "gdp_usd_million", "missing", GDP_COLUMNS)]


def test_renamed_column_is_refused_as_unknown_and_missing(curated):
    replace_text(curated, "gdp.csv", "year", "jahr")
    assert refused(curated) == [
        Problem("gdp.csv", 1, "jahr", "unknown", GDP_COLUMNS),
        Problem("gdp.csv", 1, "year", "missing", GDP_COLUMNS),
    ]


def test_column_that_occurs_twice_is_refused(curated):
    text = "country,year,gdp_usd_million,source_id,year\nCAN,1960,40563.8,worldbank-gdp,1961\n"
    (curated / "gdp.csv").write_text(text, encoding="utf-8")
    assert refused(curated) == [Problem("gdp.csv", 1, "year", "repeated", GDP_COLUMNS)]


@pytest.mark.parametrize(
    ("row", "count"), [("CAN,1960,40563.8", 3), ("CAN,1960,40,563.8,worldbank-gdp", 5), ("", 0)], ids=str
)
def test_row_with_another_number_of_cells_is_refused_not_shifted(curated, row, count):
    replace_text(curated, "gdp.csv", "CAN,1960,40563.8,worldbank-gdp", row)
    assert refused(curated) == [Problem("gdp.csv", 2, "-", row, f"a row has 4 cells, this one {count}")]


@pytest.mark.parametrize(
    ("file", "column", "value", "key", "shown"),
    [
        ("gdp.csv", "year", "1960", "country+year", "CAN 1960"),
        ("exchange_rates.csv", "period", "1985-01-01", "frequency+period+currency", "A 1985-01-01 CAD"),
        ("known_gaps.csv", "gap_id", "mexico-canada-series", "gap_id", "mexico-canada-series"),
        (
            US,
            "period",
            "1985-01-01",
            "frequency+period+reporter+partner+flow+product_scheme+product_code",
            "M 1985-01-01 USA CAN export HS TOTAL",
        ),
    ],
    ids=["gdp", "rates", "gaps", "observations"],
)
def test_second_row_with_the_same_key_is_refused(curated, file, column, value, key, shown):
    set_cell(curated, file, column, value, row=1)
    assert refused(curated) == [Problem(file, 3, key, shown, "each key may occur once")]


def test_same_key_in_two_files_of_a_table_is_refused(curated):
    row = "M,1997-01-01,CAN,MEX,export,HS,TOTAL,1,CAD,customs,final,statcan-12-10-0011,\n"
    with (curated / "observations/canada_other_partners.csv").open("a", encoding="utf-8") as handle:
        handle.write(row)
    (problem,) = refused(curated)
    assert problem.file == "observations/canada_other_partners.csv"
    assert problem.value == "M 1997-01-01 CAN MEX export HS TOTAL"


FIRST_RATE, SECOND_RATE = "us-can-border-general-2025-03-04", "us-can-border-general-2025-03-07"
IN_ORDER = "a date on or after the end of the interval before it in the same scope"


@pytest.mark.parametrize("end", ["2025-03-03", "2025-03-04"], ids=["before its start", "on its start"])
@pytest.mark.parametrize(
    ("file", "row"), [("tariffs.csv", FIRST_RATE), ("retaliation.csv", "can-first-list-2025")], ids=lambda x: x
)
def test_interval_that_ends_before_it_applied_for_a_day_is_refused(curated, file, row, end):
    line = set_cell(curated, file, "effective_to", end, row)
    assert refused(curated) == [Problem(file, line, "effective_to", end, "a date after effective_from")]


def test_interval_that_begins_before_the_one_before_it_ends_is_refused(curated):
    line = set_cell(curated, "tariffs.csv", "effective_from", "2025-03-06", SECOND_RATE)
    assert refused(curated) == [Problem("tariffs.csv", line, "effective_from", "2025-03-06", IN_ORDER)]


def test_open_ended_interval_with_a_successor_is_refused(curated):
    set_cell(curated, "tariffs.csv", "effective_to", "", FIRST_RATE)
    line = set_cell(curated, "tariffs.csv", "note", "follows an open end", SECOND_RATE)
    assert refused(curated) == [Problem("tariffs.csv", line, "effective_from", "2025-03-07", IN_ORDER)]


def test_intervals_of_another_scope_may_overlap(curated):
    set_cell(curated, "tariffs.csv", "product_scope", "another_scope", SECOND_RATE)
    set_cell(curated, "tariffs.csv", "effective_to", "2026-01-01", FIRST_RATE)
    problems = refused(curated)
    assert [(p.column, p.value) for p in problems] == [("effective_from", "2025-08-01")]


def test_row_of_the_sources_is_checked_like_any_other(curated):
    replace_text(curated, "sources.yaml", "obtained: transcribed", "obtained: overheard")
    assert refused(curated) == [
        Problem(
            "sources.yaml",
            2,
            "obtained",
            "overheard",
            "one of downloaded, transcribed, press, article, official_text",
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "column", "value", "wanted"),
    [
        ("vintage_date: 2026-10-08", "vintage_date: 2026-13-40", "vintage_date", "2026-13-40", "a date as YYYY-MM-DD"),
        ("url: https://www150", "url: ftp://www150", "url", None, ADDRESS),
        ("producer: Statistics Canada", "producer:", "producer", "", "a value is required: text"),
        ("statcan-12-10-0011:", "StatCan 12:", "source_id", "StatCan 12", SLUG),
    ],
    ids=["date", "address", "missing text", "id"],
)
def test_bad_value_in_the_sources_is_refused_with_the_line_of_its_id(curated, old, new, column, value, wanted):
    replace_text(curated, "sources.yaml", old, new)
    (problem,) = [p for p in refused(curated) if p.file == "sources.yaml"]
    assert (problem.line, problem.column, problem.allowed) == (2, column, wanted)
    assert value is None or problem.value == value


def test_unknown_field_of_a_source_is_refused(curated):
    replace_text(curated, "sources.yaml", "  licence:", "  license:")
    (problem,) = refused(curated)
    assert (problem.file, problem.line, problem.column) == ("sources.yaml", 2, "license")
    assert problem.allowed.startswith("the fields are producer, title, ")


def test_source_that_is_described_twice_is_refused(curated):
    replace_text(curated, "sources.yaml", "census-fred:", "statcan-12-10-0011:")
    (problem,) = refused(curated)
    assert (problem.file, problem.line, problem.column) == ("sources.yaml", 12, "source_id")
    assert (problem.value, problem.allowed) == ("statcan-12-10-0011", "each key may occur once")


def test_field_of_a_source_that_occurs_twice_is_refused(curated):
    replace_text(curated, "sources.yaml", "  title:", "  producer: Someone else\n  title:")
    assert refused(curated) == [Problem("sources.yaml", 4, "statcan-12-10-0011", "producer", "each key may occur once")]


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "article: yes\n", "just words\n"], ids=repr)
def test_sources_that_are_no_mapping_of_mappings_are_refused(curated, text):
    (curated / "sources.yaml").write_text(text, encoding="utf-8")
    assert refused(curated) == [Problem("sources.yaml", 1, "-", "", "the file must map each id to its fields")]


def test_yaml_that_cannot_be_parsed_is_refused(curated):
    (curated / "sources.yaml").write_text("article: [\n", encoding="utf-8")
    (problem,) = refused(curated)
    assert (problem.file, problem.allowed) == ("sources.yaml", "the file must be readable")
    assert "line 2" in problem.value


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", GDP_HEADER.encode() + b"CAN,1960,1,Qu\xe9bec\n", GDP_HEADER.encode() + b'"CAN" 1,1960,1,x\n'],
    ids=["no text", "another encoding", "broken quotes"],
)
def test_unreadable_bytes_are_refused(curated, content):
    (curated / "gdp.csv").write_bytes(content)
    (problem,) = refused(curated)
    assert (problem.file, problem.allowed) == ("gdp.csv", "the file must be readable")


def test_empty_file_is_refused(curated):
    (curated / "gdp.csv").write_bytes(b"")
    assert refused(curated) == [
        Problem("gdp.csv", 1, column, "missing", GDP_COLUMNS)
        for column in ("country", "year", "gdp_usd_million", "source_id")
    ]


def test_file_with_a_header_only_is_refused(curated):
    (curated / "gdp.csv").write_text(GDP_HEADER, encoding="utf-8")
    assert refused(curated) == [Problem("gdp.csv", 1, "-", "", "at least one row is needed")]


@pytest.mark.parametrize(
    ("file", "table"), [("gdp.csv", "gdp"), ("sources.yaml", "sources"), ("claims.csv", "claims")], ids=str
)
def test_missing_file_is_refused(curated, file, table):
    (curated / file).unlink()
    assert refused(curated) == [Problem(file, 0, "-", "", f"a file for the table {table} is needed")]


def test_problems_of_all_files_are_reported_at_once(curated):
    set_cell(curated, "gdp.csv", "gdp_usd_million", "many")
    set_cell(curated, "gdp.csv", "country", "GUA", row=5)
    set_cell(curated, "events.csv", "date", "soon", row=2)
    set_cell(curated, MEXICO, "value_million", "-1", row=3)
    set_cell(curated, US, "flow", "transit")
    (curated / "known_gaps.csv").unlink()
    assert {(p.file, p.line, p.column, p.value) for p in refused(curated)} == {
        ("gdp.csv", 2, "gdp_usd_million", "many"),
        ("gdp.csv", 7, "country", "GUA"),
        ("events.csv", 4, "date", "soon"),
        (MEXICO, 5, "value_million", "-1"),
        (US, 2, "flow", "transit"),
        ("known_gaps.csv", 0, "-", ""),
    }


def test_broken_rows_of_two_files_of_a_table_are_reported_at_once(curated):
    replace_text(curated, MEXICO, "1985.761", "1,985.761")
    replace_text(curated, US, "3779.6", "3,779.6")
    assert [(p.file, p.line) for p in refused(curated)] == [(MEXICO, 2), (US, 2)]
