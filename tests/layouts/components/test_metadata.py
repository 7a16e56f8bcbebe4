"""The metadata of each chart: whose numbers, how they count, where they are from, and sums that can be done again."""

from __future__ import annotations

import ast
import operator
import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest

from app import create_app
from callbacks.pages import PAGES
from layouts.components.metadata import basis_name
from layouts.components.source_line import vintage_of
from layouts.components.status import meaning
from layouts.wording import countries, rounding
from layouts.wording.text import Text
from tests.choosing import read
from tests.data.helpers import read_rows, real_store
from tests.wiring import charts_of, draw, metadata_of, tagged, walk, words

EVERYWHERE = ["", "?partner=USA", "?reporter=USA&currency=GBP", "?reporter=MEX"]
OF_PAIRS = [
    "?years=1997-2024",
    "?reporter=USA&partner=CAN&currency=CAD",
    "?reporter=MEX&partner=USA&currency=MXN",
    "?years=2019-2025&freq=monthly",
    "?reported=partner",
    "?partner=USA&reported=both&currency=USD",
]
OF_ONE_RECORD = [
    "?measure=growth",
    "?measure=growth&reported=partner&partner=USA",
    "?measure=index&base=2000",
    "?measure=index&freq=monthly&partner=USA&currency=USD",
    "?reporter=USA&measure=share",
    "?reporter=USA&measure=share&currency=CAD",
    "?measure=gdp",
    "?measure=constant&currency=MXN",
    "?reporter=USA&freq=monthly&measure=constant",
    "?measure=compound",
    "?measure=compound&reporter=MEX",
    "?freq=monthly&measure=rolling",
]
# Pages with what changes them, beside what is asked of all.
CHOICES = {
    "/": OF_PAIRS,
    "/trade": [*OF_PAIRS, *OF_ONE_RECORD],
    "/mirror": OF_PAIRS,
    "/before-after": OF_PAIRS,
    "/products": ["?reporter=USA&product=87", "?reporter=USA&partner=CAN&product=XVII&flow=import&freq=monthly"],
}
# Rows that say how trade counts; charts of something else say what is shown.
OF_TRADE = [
    "Reporter",
    "Partner",
    "Flow",
    "Basis",
    "Goods counted",
    "Valuation",
    "Partner rule",
    "Seasonal adjustment",
    "Prices",
    "Currency",
]
# Charts of the chosen pair's trade, which one country records.
ONE_RECORD = ("flows", "trade", "balance", "growth")


@cache
def client():
    return create_app(real_store(), Text()).server.test_client()


@cache
def opened(path: str, query: str) -> dict[str, dict[str, Any]]:
    """The charts of a page with metadata and tables open."""
    names = list(charts_of(draw(client(), path, query)["page"]))
    panels = tuple(f"{name}:{panel}" for name in names for panel in ("data", "metadata"))
    return charts_of(draw(client(), path, query, open_panels=panels)["page"])


def every_chart():
    # The briefing is for paper: it lists its sources at its end and has nothing to open.
    for path in [path for path in PAGES if path != "/briefing"]:
        for query in [*EVERYWHERE, *CHOICES.get(path, [])]:
            for name, chart in opened(path, query).items():
                yield path, query, name, chart


def button_props(chart):
    return [button["props"] for button in tagged(chart, "Button")]


def line_of(chart):
    (graph,) = tagged(chart, "Graph")
    return graph["props"]["figure"]["layout"]["meta"]["metadata"]


def said(rows, name):
    return [words(line) for line in rows[name]]


# ---- Every chart ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_chart_has_metadata_of_known_rows_that_say_something():
    seen = set()
    for path, query, name, chart in every_chart():
        rows = metadata_of(chart)
        assert list(rows)[-1] == "Sources", (path, query, name)
        assert list(rows)[: len(OF_TRADE)] == OF_TRADE or next(iter(rows)) == "What is shown", (path, query, name)
        for row, lines in rows.items():
            assert lines and all(words(line).strip() for line in lines), (path, query, name, row)
        seen.add(name)
    assert {*ONE_RECORD, "triangle", "around", "tariffs", "retaliation", "mirror-imports"} < seen
    assert len(seen) > 15


@pytest.mark.slow
def test_the_line_for_the_picture_is_short_and_says_whose_and_what():
    for path, query, name, chart in every_chart():
        line, rows = line_of(chart), metadata_of(chart)
        assert line.strip(), (path, query, name)
        if "Reporter" not in rows:
            assert line == said(rows, "What is shown")[0]
            continue
        assert line.startswith("Records of "), line
        for row in ("Basis", "Valuation", "Seasonal adjustment", "Prices"):
            assert all(part in line for part in said(rows, row)), (path, query, name, row)


def test_closed_metadata_are_not_sent():
    page = draw(client(), "/trade")["page"]
    assert tagged(page, "Dl") == []
    only = draw(client(), "/trade", open_panels=("balance:metadata",))["page"]
    assert [bool(tagged(chart, "Dl")) for chart in charts_of(only).values()] == [False, True, False]
    buttons = {
        name: [
            b["props"]["aria-expanded"] for b in tagged(chart, "Button") if b["props"].get("data-panel") == "metadata"
        ]
        for name, chart in charts_of(only).items()
    }
    assert buttons == {"trade": ["false"], "balance": ["true"], "growth": ["false"]}


@pytest.mark.slow
def test_the_reporter_is_the_one_the_title_names():
    _ = Text()
    for path, query, name, chart in every_chart():
        if name not in ONE_RECORD:
            continue
        chosen = read(query)[0]
        asked = chosen.as_reported() if path == "/trade" else chosen
        rows = metadata_of(chart)
        assert said(rows, "Reporter") == [countries.name(_, asked.reporter)], (path, query, name)
        assert said(rows, "Partner") == [countries.name(_, asked.partner)], (path, query, name)
        assert f"Records of {countries.origin(_, asked.reporter)}" in line_of(chart)
        # What the press quotes states no basis; Mexico's record holds such figures.
        customs = basis_name(_, "customs")
        pressed = [f"{customs}; not stated for press figures", "Basis not stated by the press report"]
        assert said(rows, "Basis") in [[customs], *([one] for one in pressed if asked.reporter == "MEX")]
        if name == "trade":
            assert f"as {countries.subject(_, asked.reporter)} reports it" in words(tagged(chart, "H2"))


@pytest.mark.slow
def test_valuation_and_coverage_are_those_of_the_reporter_and_the_flow():
    rows = {(r["reporter"], r["flow"]): r for r in read_rows("conventions.csv")}
    flows = {"Exports": "export", "Imports": "import"}
    columns = {"Goods counted": "coverage", "Valuation": "valuation", "Partner rule": "partner_rule"}
    for path, query, name, chart in every_chart():
        if name not in ONE_RECORD:
            continue
        chosen = read(query)[0]
        reporter = (chosen.as_reported() if path == "/trade" else chosen).reporter
        metadata = metadata_of(chart)
        shown = said(metadata, "Flow")
        assert sorted(shown) == ["Exports", "Imports"]
        for row, column in columns.items():
            words = [f"{flow}: {rows[reporter, flows[flow]][column]}" for flow in shown]
            # A press report states none of it; Mexico's record holds such figures, which then say so.
            found = said(metadata, row)
            assert len(found) == len(words)
            assert all(a == b or (reporter == "MEX" and "press" in a) for a, b in zip(found, words, strict=True))


def test_both_records_state_each_their_own_conventions():
    metadata = metadata_of(opened("/mirror", "?partner=USA")["mirror-exports"])
    assert said(metadata, "Reporter") == ["Canada and United States"]
    assert said(metadata, "Valuation") == [
        "Canada, Exports: Free on board at the border where the goods leave",
        "United States, Imports: Customs value, without freight and insurance to the United States",
    ]


# ---- Sources --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_source_is_named_with_table_and_vintage_and_leads_to_its_row_on_the_sources_page():
    _, store = Text(), real_store()
    listed = {node["props"].get("id") for node in walk(draw(client(), "/sources")["page"])}
    for path, query, name, chart in every_chart():
        for line in metadata_of(chart)["Sources"]:
            (link,) = [a for a in tagged(line, "Link") if words(a) == "All about this source"]
            where = urlsplit(link["props"]["href"])
            assert where.path == "/sources"
            assert where.fragment in listed, (path, query, name, where.fragment)
            kept = read(query)[0]
            assert read(where.query)[0].partner == kept.partner
            source = store.source[where.fragment.removeprefix("source-")]
            text = words(line)
            assert source["producer"] in text
            assert source["title"] in text
            assert vintage_of(_, source) and vintage_of(_, source) in text
            assert not source["table_number"] or f"table {source['table_number']}" in text
            assert source["licence"] in text


@pytest.mark.slow
def test_the_metadata_names_the_sources_of_the_line_under_the_chart():
    for path, query, name, chart in every_chart():
        under = next(words(n) for n in walk(chart) if n["props"].get("className") == "source" and n["type"] == "P")
        for line in metadata_of(chart)["Sources"]:
            producer = words(tagged(line, "Strong"))
            assert producer in under, (path, query, name, producer)
        assert under.startswith("Source: ")


def test_converted_values_name_the_rate_and_its_source():
    rate = {
        r["period"][:4]: float(r["units_per_usd"])
        for r in read_rows("exchange_rates.csv")
        if (r["frequency"], r["currency"]) == ("A", "CAD")
    }
    metadata = metadata_of(opened("/trade", "?reporter=USA&partner=CAN&currency=CAD")["trade"])
    (_name, how) = said(metadata, "Currency")
    assert f"2025: {rate['2025']:.4f} CAD per USD" in how
    assert any("Federal Reserve" in line for line in said(metadata, "Sources"))
    plain = metadata_of(opened("/trade", "")["trade"])
    assert said(plain, "Currency") == ["Canadian dollars", "Currency of record; nothing is converted."]


def test_gdp_and_shares_say_they_are_in_dollars_whatever_was_chosen():
    for query, how in (
        ("?measure=gdp", "2023: 0.7411 USD per CAD"),
        ("?reporter=USA&measure=share&currency=CAD", "Currency of record; nothing is converted."),
    ):
        currency, rate = said(metadata_of(opened("/trade", query)["trade"]), "Currency")
        assert currency == "US dollars"
        assert how in rate


def test_prices_say_their_year():
    assert said(metadata_of(opened("/trade", "?measure=constant&currency=MXN")["trade"]), "Prices") == [
        "Constant prices of 2024"
    ]
    assert said(metadata_of(opened("/trade", "")["trade"]), "Prices") == ["Current prices"]


def test_a_status_is_explained_where_it_occurs():
    _ = Text()
    final = metadata_of(opened("/trade", "")["trade"])
    assert said(final, "Status") == [meaning(_, "final")]
    months = said(metadata_of(opened("/trade", "?freq=monthly&measure=rolling")["trade"]), "Status")
    assert f"ᵖ {meaning(_, 'preliminary')}" in months
    mexico = said(metadata_of(opened("/trade", "?reporter=MEX")["trade"]), "Status")
    assert {f"ᵖ {meaning(_, 'preliminary')}", f"ᵈ {meaning(_, 'worked_out')}", f".. {meaning(_, 'missing')}"} <= set(
        mexico
    )


# ---- Computations ---------------------------------------------------------------------------------------------

OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def reckon(formula: str) -> float:
    """The value of a written sum: numbers, + − × / ^ and brackets."""

    def value(node) -> float:
        if isinstance(node, ast.BinOp):
            return OPERATIONS[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.UnaryOp):
            assert isinstance(node.op, ast.USub)
            return -value(node.operand)
        return float(node.value)

    plain = formula.replace(",", "").replace("−", "-").replace("×", "*").replace("^", "**")
    return value(ast.parse(plain, mode="eval").body)


def number_of(written: str) -> float:
    return float(re.sub(r"[,+%]", "", written).replace("−", "-"))


COMPUTED = re.compile(r"(?P<what>[^:]+): (?P<formula>[^=]+) = (?P<result>[^ ]+)(?: \((?P<unit>[^)]+)\))?")


def computations(path, query, name):
    rows = metadata_of(opened(path, query)[name])
    lines = said(rows, "Computation") if "Computation" in rows else []
    return [COMPUTED.fullmatch(line) for line in lines if line != rounding.note(Text())]


def test_the_sum_of_2024_is_written_out():
    wanted = [
        "Two-way trade, 2024: 8,661.7 + 47,487.0 = 56,148.7 (million Canadian dollars)",
        "Balance, 2024: 8,661.7 − 47,487.0 = −38,825.3 (million Canadian dollars)",
    ]
    for name in ("trade", "balance"):
        assert said(metadata_of(opened("/trade", "?years=1997-2024")[name]), "Computation") == wanted
    assert said(metadata_of(opened("/", "?years=1997-2024")["flows"]), "Computation") == wanted


def test_each_measure_is_computed_out_loud():
    written = {
        "?measure=growth": "Exports, 2025: 8,894.9 / 8,661.7 − 1 = +2.7%",
        "?measure=index&base=2000": "Exports, 2025: 8,894.9 / 2,034.2 × 100 = 437.3",
        "?reporter=USA&measure=share": "Exports, 2024: 334,031.9 / 2,061,690.8 = 16.2%",
        "?measure=gdp": "Exports, 2023: 6,574.0 / 2,140,085.6 = 0.307%",
        "?measure=compound": "Exports, 2025: (8,894.9 / 1,277.1) ^ (1 / 28) − 1 = +7.2%",
    }
    for query, line in written.items():
        assert said(metadata_of(opened("/trade", query)["trade"]), "Computation") == [line]
    assert said(metadata_of(opened("/trade", "")["growth"]), "Computation") == [written["?measure=growth"]]


@pytest.mark.slow
def test_every_written_sum_comes_out_as_it_says():
    reckoned = 0
    for path, query, name, chart in every_chart():
        if name not in (*ONE_RECORD, "around") and not name.startswith("mirror"):
            continue
        for found in computations(path, query, name):
            assert found, said(metadata_of(chart), "Computation")
            result, value = number_of(found["result"]), reckon(found["formula"])
            if found["result"].endswith("%"):
                value *= 100
            # Operands are written with one decimal or more, results with at most two.
            digits = len(found["result"].rstrip("%").partition(".")[2])
            slack = 0.5 * 10**-digits + 0.11
            if digits == 0:
                slack = 0.5 + 0.5 * (abs(value) > 1)
            assert abs(result - value) <= slack + 2e-4 * abs(value), (path, query, name, found[0])
            reckoned += 1
    assert reckoned > 60


def cell(chart, column: str, period: str) -> str:
    """A cell of the open table, by the start of its header and its row."""
    (table,) = tagged(chart, "Table")
    headers = [words(th) for th in tagged(tagged(table, "Thead"), "Th")]
    place = next(n for n, header in enumerate(headers) if header.startswith(column))
    for row in tagged(tagged(table, "Tbody"), "Tr"):
        cells = [words(one) for one in row["props"]["children"]]
        if cells[0] == period:
            return cells[place].rstrip("ᵖᴱᵈ")
    raise AssertionError(f"no row {period}")


@pytest.mark.slow
def test_the_result_of_a_sum_is_the_number_in_the_table():
    compared = 0
    for query in [*EVERYWHERE, *CHOICES["/trade"]]:
        chosen = read(query)[0]
        chart = opened("/trade", query).get("trade")
        if chart is None:
            continue
        for found in computations("/trade", query, "trade"):
            what, period = found["what"].split(", ")
            if found["unit"] and "/" in found["formula"]:
                continue  # How the record itself came about, in its own currency.
            if chosen.reported == "partner" and what in ("Exports", "Imports"):
                # The partner records as imports what the chart calls exports.
                what = {"Exports": "Imports", "Imports": "Exports"}[what]
            if what == "Balance" and chosen.measure != "value":
                continue
            assert cell(chart, what, period) == found["result"].rstrip("%"), (query, found[0])
            compared += 1
    assert compared > 20


def test_worked_out_points_of_mexico_are_written_out_in_their_own_currency():
    lines = said(metadata_of(opened("/trade", "?reporter=MEX")["trade"]), "Computation")
    worked = {
        r["computation"]: r for r in read_rows("observations/mexico.csv") if r["computation"] and r["partner"] == "CAN"
    }
    assert len(worked) == 5
    for computation, row in worked.items():
        flow = {"export": "Exports", "import": "Imports"}[row["flow"]]
        value = f"{float(row['value_million']):,.0f}"
        assert f"{flow}, {row['period'][:4]}: {computation} = {value} (million US dollars)" in lines
        assert round(reckon(computation)) == pytest.approx(float(row["value_million"]), abs=1)


def test_the_gap_of_two_records_is_computed():
    rows = metadata_of(opened("/mirror", "?partner=USA&reported=both&currency=USD")["mirror-imports"])
    gap, ratio = said(rows, "Computation")
    assert gap.startswith("Gap, 2025: ") and ratio.startswith("Ratio, 2025: ")
    assert "The gap is the importer’s figure less the exporter’s" in said(rows, "Definition")[0]


# ---- The headline numbers -------------------------------------------------------------------------------------


def origins(query: str) -> dict[str, list[str]]:
    """What folds out under each headline number, by its label."""
    page = draw(client(), "/", query)["page"]
    cards = [n for n in walk(page) if n["props"].get("className") == "number-card"]
    found = {}
    for card in cards:
        label = next(words(n) for n in walk(card) if n["props"].get("className") == "number-label")
        for details in tagged(card, "Details"):
            found[label] = [words(p) for p in tagged(details, "P")]
    return found


def test_each_headline_number_folds_out_where_it_is_from():
    found = origins("?years=1997-2024")
    assert list(found) == ["Two-way trade", "Exports to Mexico", "Imports from Mexico", "Balance"]
    firsts = {label: lines[0] for label, lines in found.items()}
    assert firsts == {
        "Two-way trade": "8,661.7 + 47,487.0 = 56,148.7 (million Canadian dollars)",
        "Exports to Mexico": "Sum of twelve published months: 8,661.7 (million Canadian dollars)",
        "Imports from Mexico": "Sum of twelve published months: 47,487.0 (million Canadian dollars)",
        "Balance": "8,661.7 − 47,487.0 = −38,825.3 (million Canadian dollars)",
    }
    for lines in found.values():
        assert lines[1] == "Currency of record; nothing is converted."
        assert "Statistics Canada, table 12-10-0011, vintage of" in lines[2]


def test_a_converted_headline_number_names_the_recorded_amount_and_the_rate():
    lines = origins("?currency=USD&years=1997-2024")["Exports to Mexico"]
    assert lines[0] == "Sum of twelve published months: 8,661.7 (million Canadian dollars)"
    assert "2024: 0.7300 USD per CAD" in lines[1]


def test_a_worked_out_headline_number_is_computed_in_the_currency_of_its_record():
    lines = origins("?reporter=MEX&years=2018&currency=CAD")["Exports to Canada"]
    assert lines[0] == "14319 / 1.017 = 14,080.0 (million US dollars)"
    assert "2018: " in lines[1] and "CAD per USD" in lines[1]


def test_an_unknown_headline_number_has_no_origin():
    found = origins("?reporter=MEX&partner=USA")
    assert list(found) == ["Exports to the United States"]
    assert found["Exports to the United States"][0] == "Published for the year: 545,387.8 (million US dollars)"
