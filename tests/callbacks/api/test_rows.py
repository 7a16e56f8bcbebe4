"""The API and the downloads over HTTP: rows, formats, pages of rows, problems, the document, hostile requests."""

from __future__ import annotations

import io
import json
import re
import zipfile

import jsonschema_rs
import openpyxl
import pandas as pd
import pytest
import schemathesis
from hypothesis import Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from callbacks.api import downloads
from callbacks.api.downloads import PNG_START
from callbacks.api.problems import LARGEST_PICTURE, TOO_LONG
from callbacks.pages import PAGES
from data.api.query import LIMIT, MOST, accepted, parameters
from data.api.resources import CONVERTED_FIELDS, RESOURCES
from layouts.charts.registry import find
from layouts.pages import api as page_for_programs
from layouts.view import View
from tests.choosing import choose
from tests.data.helpers import read_rows
from tests.drawing import drawn
from tests.wiring import draw, words

V1 = "/api/v1"
FIRST_LIST = "can-us-surtax-2025-1-2025-03-04"
PAIR = f"{V1}/observations?reporter=CAN&partner=MEX"


def ok(client, address, **more):
    response = client.get(address, **more)
    assert response.status_code == 200, response.text
    return response


def refused(client, address, status=400, **more):
    response = client.get(address, **more)
    assert response.status_code == status, response.text
    assert response.content_type == "application/problem+json"
    problem = response.json
    assert (problem["status"], problem["instance"]) == (status, address.split("?")[0])
    return problem


# ---- Rows ---------------------------------------------------------------------------------------------------


def test_observations_of_a_pair(client):
    answer = ok(client, f"{PAIR}&years=2024&freq=annual&flow=import&currency=GBP").json
    (row,) = answer["data"]
    months = [
        float(r["value_million"])
        for r in read_rows("observations/canada_north_america.csv")
        if (r["partner"], r["flow"], r["period"][:4]) == ("MEX", "import", "2024")
    ]
    assert len(months) == 12
    assert row["value_million"] == pytest.approx(sum(months), abs=1e-6)
    assert row["value"] == pytest.approx(row["value_million"] * row["rate"])
    expected = {
        "period": "2024-01-01",
        "basis": "customs",
        "currency": "CAD",
        "status": "final",
        "derivation": "sum_of_months",
        "source_id": "statcan-12-10-0011",
        "source_producer": "Statistics Canada",
        "source_table": "12-10-0011",
        "source_vintage": "2026-10-08",
        "rate_currency": "GBP",
    }
    assert {name: row[name] for name in expected} == expected
    assert (answer["meta"]["count"], answer["meta"]["total"]) == (1, 1)
    ids = {source["source_id"] for source in answer["meta"]["sources"]}
    assert "statcan-12-10-0011" in ids
    assert len(ids) > 1, "the rates have sources too"
    assert all(source["licence"] for source in answer["meta"]["sources"])


@pytest.mark.parametrize("name", RESOURCES)
def test_every_table_answers_with_its_declared_columns_in_every_format(client, store, name):
    declared = [f.name for f in RESOURCES[name].fields]
    whole = getattr(store, RESOURCES[name].table.name)
    as_json = ok(client, f"{V1}/{name}.json?limit=5").json
    assert all(list(row) == declared for row in as_json["data"])
    assert as_json["meta"]["total"] == len(whole)
    as_csv = pd.read_csv(io.BytesIO(ok(client, f"{V1}/{name}.csv?limit=5").data))
    assert list(as_csv.columns) == declared
    as_parquet = pd.read_parquet(io.BytesIO(ok(client, f"{V1}/{name}.parquet?limit=5").data))
    assert list(as_parquet.columns) == declared
    assert len(as_json["data"]) == len(as_csv) == len(as_parquet) == min(5, len(whole))


def test_formats_agree(client):
    address = "&years=2020-2026&currency=MXN"
    rows = ok(client, f"{V1}/observations.json?reporter=CAN{address}&limit=10000").json["data"]
    table = pd.read_parquet(io.BytesIO(ok(client, f"{V1}/observations.parquet?reporter=CAN{address}").data))
    assert [row["value"] for row in rows] == [None if v != v else v for v in table["value"]]
    assert [row["period"] for row in rows] == [day.isoformat() for day in table["period"]]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/csv;q=0.5, application/json;q=0.1", "text/csv; charset=utf-8"),
        ("", "application/json"),
    ],
)
def test_accept_header_chooses_the_format(client, accept, content_type):
    response = ok(client, f"{V1}/gdp", headers={"Accept": accept} if accept else {})
    assert response.content_type == content_type
    assert "Accept" in response.headers["Vary"]


def test_the_ending_wins_over_the_accept_header(client):
    assert ok(client, f"{V1}/gdp.csv", headers={"Accept": "application/json"}).mimetype == "text/csv"


def test_formats_nobody_offers(client):
    assert "text/csv" in refused(client, f"{V1}/gdp", 406, headers={"Accept": "image/png"})["detail"]
    assert "parquet" in refused(client, f"{V1}/gdp.xml", 404)["detail"]


def test_a_value_without_a_rate_is_null_and_not_zero(client, store):
    rows = ok(client, f"{V1}/observations?reporter=USA&partner=MEX&years=1985-1990&freq=annual&currency=MXN").json[
        "data"
    ]
    held = store.rates["A", "MXN"].index.year
    unknown = [row for row in rows if int(row["period"][:4]) not in held]
    assert all(row["value"] is None and row["rate"] is None for row in unknown)
    assert all(row["value_million"] > 0 for row in rows)


def test_tariffs_of_a_day_are_those_in_force(client, store):
    rows = ok(client, f"{V1}/tariffs?reporter=USA&partner=CAN&on=2025-03-10").json["data"]
    assert rows
    for row in rows:
        assert {row["imposer"], row["target"]} == {"USA", "CAN"}
        assert row["effective_from"] <= "2025-03-10" < (row["effective_to"] or "9999")


def test_a_rate_applies_to_the_day_before_its_end(client):
    """Canada’s first list of US goods was charged until 31 August 2025."""
    (row,) = [r for r in read_rows("tariffs.csv") if r["tariff_id"] == FIRST_LIST]
    assert row["effective_to"] == "2025-09-01"
    for day, there in (("2025-08-31", True), ("2025-09-01", False)):
        rows = ok(client, f"{V1}/tariffs?reporter=CAN&partner=USA&on={day}").json["data"]
        assert (FIRST_LIST in {r["tariff_id"] for r in rows}) is there


def test_what_never_applied_was_in_force_on_no_day(client):
    never = {r["tariff_id"] for r in read_rows("tariffs.csv") if r["status"] == "never_applied"}
    for day in ("2025-02-04", "2025-03-05", "2025-04-10", "2026-01-01", "2026-10-09"):
        assert not never & {r["tariff_id"] for r in ok(client, f"{V1}/tariffs?on={day}").json["data"]}


def test_events_touch_both_countries_and_have_the_category(client):
    rows = ok(client, f"{V1}/events?reporter=MEX&partner=CAN&category=agreement").json["data"]
    assert rows
    assert all({"MEX", "CAN"} <= set(row["countries"].split()) for row in rows)
    assert {row["category"] for row in rows} == {"agreement"}


# ---- Pages of rows ------------------------------------------------------------------------------------------


def links(response):
    return {rel: address for address, rel in re.findall(r'<([^>]*)>; rel="(\w+)"', response.headers["Link"])}


@pytest.mark.parametrize(
    ("query", "limit"),
    [("reporter=CAN", 97), ("reporter=USA&flow=export", 1000), ("partner=GBR", 7), ("partner=GBR", 47)],
)
def test_pages_hold_every_row_exactly_once(client, query, limit):
    whole = ok(client, f"{V1}/observations?{query}&limit={MOST}").json["data"]
    address, seen, asked = f"{V1}/observations?{query}&limit={limit}", [], 0
    while address:
        response = ok(client, address)
        assert int(response.headers["X-Total-Count"]) == len(whole)
        seen += response.json["data"]
        address, asked = links(response).get("next"), asked + 1
    assert seen == whole
    assert asked == -(-len(whole) // limit)


def test_pages_lead_back_too(client):
    response = ok(client, f"{V1}/observations?reporter=CAN&limit=50&offset=120")
    back = ok(client, links(response)["prev"])
    assert (back.json["meta"]["offset"], back.json["meta"]["count"]) == (70, 50)
    first = ok(client, links(ok(client, f"{V1}/observations?reporter=CAN&limit=50&offset=20"))["prev"])
    assert first.json["meta"]["offset"] == 0
    assert "prev" not in links(first)


def test_behind_the_last_row_there_is_none_and_a_way_back(client):
    response = ok(client, f"{V1}/gdp?limit=10&offset=999999")
    assert response.json["data"] == []
    assert "next" not in links(response)
    assert ok(client, links(response)["prev"]).json["data"]


def test_links_keep_the_query_and_describe_it(client):
    response = ok(client, f"{V1}/observations.csv?reporter=can&limit=2")
    assert links(response) == {
        "describedby": f"{V1}/openapi.json",
        "next": f"{V1}/observations.csv?reporter=can&limit=2&offset=2",
    }


# ---- Asking again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["identity", "br", "gzip"])
def test_what_is_held_is_not_sent_again(client, encoding):
    headers = {"Accept-Encoding": encoding}
    first = ok(client, f"{PAIR}", headers=headers)
    assert first.headers["Last-Modified"].endswith("GMT")
    assert first.headers["ETag"].startswith('W/"')
    again = client.get(PAIR, headers=headers | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    since = client.get(PAIR, headers=headers | {"If-Modified-Since": first.headers["Last-Modified"]})
    assert (since.status_code, since.data) == (304, b"")
    other = client.get(PAIR, headers=headers | {"If-None-Match": 'W/"another"'})
    assert other.status_code == 200


def test_csv_and_parquet_hold_every_row(client, store):
    """Of the example that the page for programs gives, and of whatever else fits into one answer."""
    address = f"{V1}/exchange-rates.{{}}?freq=monthly&years=1997-2025"
    months = [r for r in read_rows("exchange_rates.csv") if r["frequency"] == "M" and "1997" <= r["period"] < "2026"]
    assert len(months) > LIMIT, "the example does not reach the limit of a page"
    assert len(pd.read_csv(io.BytesIO(ok(client, address.format("csv")).data))) == len(months)
    assert len(pd.read_parquet(io.BytesIO(ok(client, address.format("parquet")).data))) == len(months)
    page = ok(client, address.format("json")).json
    assert (len(page["data"]), page["meta"]["total"]) == (LIMIT, len(months))
    for name, resource in RESOURCES.items():
        held = len(getattr(store, resource.table.name))
        if held <= MOST:
            response = ok(client, f"{V1}/{name}.csv")
            assert len(pd.read_csv(io.BytesIO(response.data))) == held
            assert "next" not in response.headers["Link"]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_an_answer_that_would_be_cut_is_refused_unless_a_page_is_asked_for(client, store, suffix):
    held = len(store.products)
    assert held > MOST
    tag = ok(client, f"{V1}/products.{suffix}?limit=1").headers["ETag"]
    for headers in ({}, {"If-None-Match": tag}):
        problem = refused(client, f"{V1}/products.{suffix}", headers=headers)
        assert f"{held} rows" in problem["detail"]
        assert problem["errors"][0]["field"] == "limit"
    response = ok(client, f"{V1}/products.{suffix}?offset=0")
    assert links(response)["next"].endswith(f"limit={MOST}&offset={MOST}")
    assert len(ok(client, f"{V1}/products.json").json["data"]) == LIMIT


def test_formats_have_tags_of_their_own(client):
    tags = {ok(client, f"{V1}/gdp.{suffix}").headers["ETag"] for suffix in ("json", "csv", "parquet")}
    assert len(tags) == 3


def test_a_refused_query_is_refused_even_when_the_tag_fits(client):
    tag = ok(client, PAIR).headers["ETag"]
    refused(client, f"{PAIR}&nope=1", headers={"If-None-Match": tag})


def test_head_has_the_headers_and_no_body(client):
    head, get = client.head(f"{V1}/gdp.csv"), client.get(f"{V1}/gdp.csv")
    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Link", "X-Total-Count", "Content-Type", "Content-Length"):
        assert head.headers[name] == get.headers[name]


def test_other_sites_are_not_let_in(client):
    for address in (f"{V1}/gdp", f"{V1}/openapi.json", "/download/trade/trade.csv"):
        headers = ok(client, address, headers={"Origin": "https://example.org"}).headers
        assert not [name for name, _value in headers if name.lower().startswith("access-control")]
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client, method):
    response = getattr(client, method)(f"{V1}/gdp")
    assert response.status_code == 405
    assert response.json["status"] == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


# ---- Problems -----------------------------------------------------------------------------------------------

WORDS = [(name, word) for name, resource in RESOURCES.items() for word in parameters(resource)]


@pytest.mark.parametrize(("name", "word"), WORDS)
def test_every_word_refuses_a_bad_value_and_says_what_it_accepts(client, name, word):
    for bad in ("no such thing", "", "\u0001", "-1", "１"):
        problem = refused(client, f"{V1}/{name}?{word}={bad}")
        (error,) = problem["errors"]
        assert error["field"] == word
        assert error["value"] == bad.replace("\u0001", "�")
        assert error["allowed"]
        assert error["detail"] in problem["detail"]


@pytest.mark.slow
def test_accepted_words_are_accepted_in_small_letters_too(client, store):
    for name, resource in RESOURCES.items():
        for one in resource.filters:
            codes = accepted(store, resource, one)
            for code in (codes[0], codes[-1], codes[0].lower()):
                ok(client, f"{V1}/{name}?{one.name}={code}&limit=1")


def test_an_unknown_word_is_named_with_those_that_are_known(client):
    (error,) = refused(client, f"{V1}/tariffs?years=2025")["errors"]
    assert (error["field"], error["value"]) == ("years", "2025")
    assert error["allowed"] == ["reporter", "partner", "on", "source", "limit", "offset"]


def test_every_refused_word_is_named_at_once(client):
    problem = refused(client, f"{V1}/observations?reporter=X&years=1&limit=0&limit=2&colour=a&utm_source=a")
    assert [error["field"] for error in problem["errors"]] == ["colour", "limit", "reporter", "years", "limit"]


def test_quarters_are_rows_of_their_own_frequency(client):
    asked = "reporter=CAN&partner=MEX&flow=export&freq=quarterly&years=2025-Q1"
    rows = ok(client, f"{V1}/observations?{asked}").json["data"]
    assert [(r["frequency"], r["period"], r["value_million"], r["derivation"]) for r in rows] == [
        ("Q", "2025-01-01", 2238.7, "sum_of_months")
    ]


def test_months_choose_the_periods_they_touch(client):
    rows = ok(client, f"{V1}/observations?reporter=CAN&partner=MEX&flow=export&years=2025-03").json["data"]
    assert {(r["frequency"], r["period"]) for r in rows} == {
        ("A", "2025-01-01"),
        ("Q", "2025-01-01"),
        ("M", "2025-03-01"),
    }
    events = ok(client, f"{V1}/events?years=2025-03").json["data"]
    assert events and {e["date"][:7] for e in events} == {"2025-03"}


def test_a_chart_of_quarters_is_taken_away_with_first_days(client):
    text = client.get("/download/trade/trade.csv?freq=quarterly&years=2025-Q1-2025-Q2").text
    lines = [line for line in text.splitlines() if line.startswith("2025-")]
    assert [line.split(",")[0] for line in lines] == ["2025-01-01", "2025-04-01"]
    full = client.get("/download/trade/trade.csv?freq=quarterly&years=2025-Q1&rows=full").text
    assert {line.split(",")[0] for line in full.splitlines() if ",2025-01-01," in line} == {"Q"}


def test_a_misspelt_word_is_refused_with_the_one_it_means(client):
    problem = refused(client, f"{V1}/observations?contry=CAN")
    assert problem["detail"].startswith(
        "observations has no parameter contry. Did you mean country? It knows reporter,"
    )


def test_words_are_read_as_the_pages_read_them(client):
    plain = ok(client, f"{V1}/observations?country=USA&partner=MEX&freq=annual").json
    for asked in ("Country=USA&amp;partner=MEX&FREQ=annual", "country=USA&partner=MEX&freq=annual&fbclid=x"):
        assert ok(client, f"{V1}/observations?{asked}").json["data"] == plain["data"]


def test_a_download_names_the_word_that_was_meant(client):
    response = client.get("/download/trade/trade.csv?parnter=USA")
    assert (response.status_code, "Did you mean partner?" in response.json["detail"]) == (400, True)
    assert client.get("/download/trade/trade.csv?Partner=USA&utm_source=x").status_code == 200


@pytest.mark.parametrize(
    "path", ["nope", "observations/", "OBSERVATIONS", "observations.", "a.b.c", "..%2f..%2fetc", "%00"]
)
def test_unknown_addresses_are_problems_too(client, path):
    response = client.get(f"{V1}/{path}")
    assert response.status_code == 404
    assert "observations" in response.json["detail"]


@pytest.mark.parametrize(
    "address",
    [
        f"{V1}/observations?reporter={'A' * (TOO_LONG + 1)}",
        f"{V1}/observations?{'&'.join(['reporter=CAN'] * TOO_LONG)}",
        f"/download/trade/trade.csv?reporter={'A' * (TOO_LONG + 1)}",
    ],
)
def test_a_very_long_query_is_refused(client, address):
    assert len(client.get(address).data) < 1000
    refused(client, address, 414)


@pytest.mark.parametrize(
    "query",
    [
        "reporter=CAN&reporter=CAN",
        "offset=-1",
        "offset=1e3",
        "offset=99999999999999999999999",
        "limit=10001",
        "limit=٣",
        "reporter=%ff%fe",
        "years=2025-2015",
        "reporter=CAN;partner=MEX",
        "country[]=CAN",
        "reporter=<script>",
    ],
)
def test_hostile_queries_are_refused_with_reasons(client, query):
    response = client.get(f"{V1}/observations?{query}")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert response.json["errors"]
    assert len(response.data) < 2000


# ---- The document -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def document(dashboard):
    return dashboard.server.test_client().get(f"{V1}/openapi.json").json


@pytest.fixture(scope="module")
def schema(dashboard):
    return schemathesis.openapi.from_wsgi(f"{V1}/openapi.json", dashboard.server)


def test_the_document_is_valid(document, schema):
    schema.validate()
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "/"}]


def test_the_document_names_every_table_word_and_column(document, store):
    for name, resource in RESOURCES.items():
        for path in (f"{V1}/{name}", f"{V1}/{name}.{{format}}"):
            declared = [p["name"] for p in document["paths"][path]["get"]["parameters"] if p["in"] == "query"]
            assert declared == parameters(resource)
            assert all(
                p["description"] and p["example"] is not None for p in document["paths"][path]["get"]["parameters"]
            )
        schema = document["components"]["schemas"]["".join(w.title() for w in name.split("-")) + "Row"]
        assert schema["required"] == [f.name for f in resource.fields]
        more = [f.name for f in CONVERTED_FIELDS] if resource.money else []
        assert list(schema["properties"]) == schema["required"] + more
        assert all(one["description"] for one in schema["properties"].values())
    assert len(document["paths"]) == 2 * len(RESOURCES)


@pytest.mark.slow
def test_examples_of_the_document_give_rows(client, document):
    for path, item in document["paths"].items():
        asked = [p for p in item["get"]["parameters"] if p["in"] == "query" and p["name"] not in ("limit", "offset")]
        for parameter in asked:
            address = f"{path.replace('{format}', 'json')}?{parameter['name']}={parameter['example']}"
            assert ok(client, address).json["data"], address


PROPERTIES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FEW = settings(max_examples=4, deadline=None, derandomize=True, database=None, phases=[Phase.generate])


@pytest.mark.parametrize("name", RESOURCES)
def test_answers_keep_to_the_document(schema, name):
    """Requests made up from the document, good and bad: none breaks, and each answer is one the document describes."""
    for path in (f"{V1}/{name}", f"{V1}/{name}.{{format}}"):
        for mode in GenerationMode:

            @given(schema[path]["GET"].as_strategy(generation_mode=mode))
            @FEW
            def check(case):
                # The client of the tests does not unpack what the server packs.
                case.call_and_validate(checks=PROPERTIES, headers={"Accept-Encoding": "identity"})

            check()


def test_real_answers_keep_to_the_schema_of_their_rows(client, document, store):
    """Made-up requests seldom meet many rows; here every row of every table is held against its schema."""
    for name, resource in RESOURCES.items():
        schema = document["components"]["schemas"]["".join(w.title() for w in name.split("-")) + "Row"]
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        currency = "&currency=MXN" if resource.money else ""
        for row in ok(client, f"{V1}/{name}?limit={MOST}{currency}").json["data"]:
            assert validator.is_valid(row), next(validator.iter_errors(row))


# ---- Downloads of charts ------------------------------------------------------------------------------------

VIEWS = [
    choose(),
    choose(partner="USA", freq="monthly", years=(2024, 2026)),
    choose(reporter="USA", partner="MEX", currency="USD", product="87"),
    choose(reporter="USA", partner="CAN", currency="CAD", reported="both"),
    choose(reporter="MEX", partner="USA", currency="USD", reported="partner", measure="growth"),
]


def query(selection, **more):
    asked = selection.to_query()
    return asked + ("&" if asked else "?") + "&".join(f"{name}={value}" for name, value in more.items())


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_every_chart_can_be_taken_away_as_shown_and_with_its_rows(client, text, store, path):
    """A new chart names the rows behind it in the registry."""
    for selection in VIEWS:
        for name, chart in drawn(PAGES[path], View(text, selection), store).charts.items():
            address = f"/download/{path.strip('/') or 'overview'}/{name}"
            # What the page folds together or sets side by side has columns of its own in files.
            shown = [column for column in chart.columns() if getattr(column, "in_file", True)]
            table = pd.read_csv(io.BytesIO(ok(client, f"{address}.csv{query(selection, rows='sums')}").data))
            in_file = [column for column in shown if column.in_file]
            assert len(table) == (len(in_file[0].values) if in_file else 0), address
            assert {column.name for column in in_file} <= set(table.columns), address
            entry = find(name)
            assert entry.rows(store, entry.asks(selection)) is not None, f"{name}: the rows behind it are not named"
            full = pd.read_parquet(io.BytesIO(ok(client, f"{address}.parquet{query(selection, rows='full')}").data))
            assert len(full), address
            assert "source_id" in full, address


def test_a_chart_is_found_by_the_name_it_had_before(client):
    now, before = (
        ok(client, f"/download/tariffs/{name}.csv?partner=USA").data for name in ("measure-timeline", "lives")
    )
    assert now == before
    assert ok(client, "/embed/lives?partner=USA").data == ok(client, "/embed/measure-timeline?partner=USA").data


def test_displayed_numbers_are_numbers_with_their_status_beside_them(client):
    address = "/download/trade/trade.csv?partner=USA&freq=monthly&years=2025-2026"
    table = pd.read_csv(io.BytesIO(ok(client, address).data))
    assert list(table.columns[:3]) == ["period", "frequency", "exports"]
    assert set(table["unit"]) == {"CAD million"}
    values = table.set_index("period")["exports"]
    assert str(values.dtype) == "float64"
    (published,) = [
        float(r["value_million"])
        for r in read_rows("observations/canada_north_america.csv")
        if (r["partner"], r["flow"], r["period"]) == ("USA", "export", "2025-03-01")
    ]
    assert values["2025-03-01"] == pytest.approx(published, rel=1e-12)
    statuses = table.set_index("period")
    assert statuses["exports_status"]["2026-01-01"] == "preliminary"
    assert statuses["exports_status"]["2025-01-01"] == "final"
    # What is made from a preliminary value is preliminary too.
    assert statuses["two_way_status"]["2026-01-01"] == statuses["balance_status"]["2026-01-01"] == "preliminary"


def test_displayed_counts_are_whole_numbers(client):
    canada = pd.read_parquet(io.BytesIO(ok(client, "/download/partners/partners.parquet?partner=MEX").data))
    assert canada["rank"].to_list() == list(range(1, 223))
    assert str(canada["rank"].dtype) in ("Int64", "int64")
    days = ok(client, "/download/burden/border-duty-bound.csv?partner=USA").text.splitlines()
    place = days[0].split(",").index("days_charged")
    assert all(re.fullmatch(r"\d+", line.split(",")[place]) for line in days[1:])


def test_a_workbook_of_a_chart_has_numbers_and_its_notes(client):
    content = ok(client, "/download/mirror/mirror-can-mex.xlsx").data
    book = openpyxl.load_workbook(io.BytesIO(content))
    data = book["Data"]
    places = {cell.value: cell.column_letter for cell in data[1]}
    for name in ("exports", "imports", "gap", "ratio"):
        assert {cell.data_type for cell in data[places[name]][1:] if cell.value is not None} == {"n"}, name
    assert data["A2"].is_date
    notes = [cell.value for cell in book["Notes"]["B"]]
    assert any("customs basis" in note for note in notes)
    assert any("Statistics Canada" in note for note in notes)


def test_the_picture_goes_into_the_archive(client):
    picture = b"\x89PNG\r\n\x1a\n" + b"0" * 100
    response = client.post("/download/trade/trade.zip?partner=USA&rows=full", data=picture, content_type="image/png")
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".png")]
        assert archive.read(name) == picture
        assert "/trade?partner=USA" in archive.read("README.txt").decode()


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/download/trade/trade.zip", b"GIF89a"),
        ("/download/trade/trade.zip", b""),
        ("/download/trade/trade.csv", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_what_is_no_picture_is_refused(client, address, data):
    response = client.post(address, data=data)
    assert (response.status_code, response.json["status"]) == (400, 400)


class Endless:
    """A body that never ends, and counts what was taken of it."""

    def __init__(self):
        self.taken = 0

    def read(self, size=-1):
        assert size > 0, "a body must be read in pieces"
        self.taken += size
        assert self.taken < 2 * LARGEST_PICTURE, "more was read than may be sent"
        return PNG_START.ljust(size, b"0")[:size]

    def readinto(self, buffer):
        piece = self.read(len(buffer))
        buffer[:] = piece
        return len(piece)


def test_a_body_of_unknown_length_is_read_up_to_the_limit_only(client):
    """A body sent in chunks has no length in its headers; the server marks that its end will be seen."""
    body = Endless()
    more = {"wsgi.input": body, "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    response = client.post("/download/trade/trade.zip", environ_overrides=more)
    assert body.taken, "the body was looked at"
    assert (response.status_code, response.json["status"]) == (413, 413)
    assert response.content_type == "application/problem+json"


def test_a_body_that_says_it_is_too_large_is_not_read(client):
    picture = PNG_START + b"0" * LARGEST_PICTURE
    assert client.post("/download/trade/trade.zip", data=picture).status_code == 413


def test_a_body_is_refused_before_a_chart_is_drawn_for_it(client, monkeypatch):
    monkeypatch.setattr(downloads, "chart_of", lambda *_: pytest.fail("a chart was drawn"))
    address = "/download/trade/trade.zip?partner=USA&years=1999-2003"
    assert client.post(address, data=b"GIF89a").status_code == 400
    assert client.post(address.replace(".zip", ".csv"), data=PNG_START).status_code == 400
    assert client.post(address, data=PNG_START + b"0" * LARGEST_PICTURE).status_code == 413


def test_a_refused_method_is_answered_with_those_that_are_answered(client):
    response = client.put("/download/trade/trade.zip")
    assert (response.status_code, response.json["status"]) == (405, 405)
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert "POST" in response.json["detail"]
    assert "GET and HEAD" not in response.json["title"]


def test_about_a_chart(client):
    said = ok(client, "/download/trade/trade.about?partner=USA&years=2020-2024").json
    # Five years of two flows, seventeen columns and three of the conversion.
    assert said["full"] == {"rows": 10, "columns": 20}
    assert said["displayed"]["rows"] == 5
    assert set(said["texts"]) == {
        "short",
        "long",
        "bibtex",
        "ris",
        "api",
        "pandas",
        "polars",
        "duckdb",
        "r",
        "excel",
        "embed",
    }
    host, address = said["texts"]["api"].split("/api/", 1)
    assert host == "http://localhost"
    assert ok(client, f"/api/{address}").json["meta"]["total"] == 10
    assert said["texts"]["bibtex"].startswith("@misc{")


def test_a_python_program_of_a_chart_runs(client):
    for path in ("/download/mirror/mirror-can-mex", "/download/trade/trade"):
        program = ok(client, f"{path}.about").json["texts"]["pandas"]
        addresses = re.findall(r'"http://localhost([^"]+)"', program)
        total = sum(len(pd.read_csv(io.BytesIO(ok(client, address).data))) for address in addresses)
        assert total == ok(client, f"{path}.about").json["full"]["rows"]
        compile(program, "program", "exec")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/download/nope/trade.csv", 404),
        ("/download/trade/nope.csv", 404),
        ("/download/trade/trade.exe", 404),
        ("/download/trade", 404),
        ("/download/../../etc/passwd", 404),
        ("/download/trade/%2e%2e%2ftrade.csv", 404),
        ("/download/trade/trade.csv?rows=some", 400),
        ("/download/trade/trade.csv?reporter=XXX", 400),
        ("/download/trade/trade.csv?reporter=CAN&reporter=MEX", 400),
        ("/download/trade/trade.csv?limit=1", 400),
        ("/download/trade/trade.csv?partner=CAN", 404),
    ],
)
def test_downloads_that_lead_nowhere_say_why(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert response.json["detail"]


# ---- The page -----------------------------------------------------------------------------------------------


def test_the_page_shows_every_table_and_leads_to_rows(client):
    page = draw(client, page_for_programs.PATH, "?reporter=USA")["page"]
    said = words(page)
    assert all(name in said for name in RESOURCES)
    addresses = re.findall(r'"href": "(/api/v1/[^"]+)"', json.dumps(page))
    assert len(addresses) > 3 * len(RESOURCES)
    for address in addresses:
        ok(client, address)
