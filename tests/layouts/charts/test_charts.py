"""Every chart of every page: its words, its unit, its address, its colours, what its picture takes along."""

from __future__ import annotations

import dataclasses
import json
import re
from functools import cache
from urllib.parse import urlsplit

import pytest
from dash import dcc

from callbacks.pages import PAGES
from data.queries import measures, trade
from layouts.components.source_line import citation, vintage_of
from layouts.theme import DARK, PALETTES, recolouring
from layouts.view import View
from layouts.wording.text import Text
from tests.choosing import choose, read
from tests.data.helpers import real_store

# All of them look at every chart of every page, which have to be drawn first.
pytestmark = pytest.mark.slow

CHOICES = [
    "",
    "?partner=USA",
    "?reporter=USA&currency=GBP",
    "?reporter=USA&partner=CAN&currency=CAD",
    "?reporter=MEX",
    "?reporter=MEX&partner=USA",
    "?years=2019-2025&freq=monthly",
    "?partner=USA&currency=MXN",
    "?reported=partner",
    "?partner=USA&reported=both&currency=USD",
    "?measure=growth&reported=partner&partner=USA",
    "?measure=index&base=2000",
    "?measure=index&freq=monthly&partner=USA",
    "?reporter=USA&measure=share&years=2013-2024",
    "?measure=gdp",
    "?measure=constant&currency=MXN",
    "?reporter=USA&freq=monthly&measure=constant",
    "?measure=compound&reporter=MEX",
    "?freq=monthly&measure=rolling",
    "?partner=USA&marks=all",
    "?reporter=USA&product=87",
    "?reporter=USA&partner=CAN&product=XVII&flow=import",
    "?reporter=USA&freq=monthly&flow=import&product=XVII",
]
# Choices that between them draw every kind of chart in every colour.
COLOURED = [
    "?partner=USA",
    "?reporter=MEX",
    "?measure=index&base=2000",
    "?reporter=USA&freq=monthly&flow=import&product=XVII",
]
OF_PAIRS = ("/", "/trade", "/mirror", "/before-after")
# Charts of each page for Canada and the United States.
CHARTS = {
    "/": ["flows", "triangle"],
    "/trade": ["trade", "balance", "growth"],
    "/compare": ["compare"],
    "/mirror": ["mirror-exports", "mirror-imports"],
    "/products": [
        "products-ranking",
        "products-change",
        "products-areas",
        "products-concentration",
        "napcs",
        "agrifood",
        "sitc",
    ],
    "/partners": ["partners"],
    "/before-after": ["around"],
    "/tariffs": ["tariffs", "measure-timeline"],
    "/burden": ["usmca-share", "border-duty-bound", "usmca-chapters"],
    "/retaliation": ["retaliation"],
    "/events": [],
    "/sources": [],
    "/api": [],
}
# The briefing shows charts of these pages again, shorter and with nothing to open or take away.
PAPER = "/briefing"
# Charts of money over time, which say their unit in the plot.
MONEY = ("flows", "trade", "balance", "around")


@cache
def drawn(path: str, query: str, theme: str = "light"):
    """The charts of a page by their names."""
    selection, rejected = read(query)
    assert not rejected
    page = PAGES[path](View(Text(), selection, PALETTES[theme]), real_store())
    return {part.figure.layout.meta["chart"]: part for part in page._traverse() if isinstance(part, dcc.Graph)}


@cache
def page_words(path: str, query: str) -> str:
    """What a page says, sentence after sentence."""
    page = PAGES[path](View(Text(), read(query)[0]), real_store())
    parts = [getattr(part, "children", None) for part in page._traverse()]
    single = [child for child in parts if isinstance(child, str)]
    return " | ".join(
        single + [it for child in parts if isinstance(child, list) for it in child if isinstance(it, str)]
    )


@pytest.fixture(scope="module")
def store():
    return real_store()


@pytest.fixture(scope="module")
def all_graphs():
    return {
        (path, query, name): graph
        for path, names in CHARTS.items()
        if names
        for query in CHOICES
        for name, graph in drawn(path, query).items()
    }


def texts(figure):
    """Every word of a figure: annotations, tick labels."""
    layout = figure.to_plotly_json()["layout"]
    axes = [label for key, axis in layout.items() if re.match("[xy]axis", key) for label in axis.get("ticktext") or ()]
    return [a["text"] for a in layout.get("annotations", ())] + list(axes)


def test_every_page_is_looked_at():
    assert list(CHARTS) == [path for path in PAGES if path != PAPER]
    assert set(drawn(PAPER, "?partner=USA")) == {
        "flows",
        "balance",
        "mirror-exports",
        "products-ranking",
        "retaliation",
    }


@pytest.mark.parametrize("path", CHARTS)
def test_a_page_has_its_charts(path):
    assert list(drawn(path, "?partner=USA")) == CHARTS[path]


def test_no_chart_offers_to_send_its_data_away(all_graphs):
    assert len(all_graphs) > 20
    for graph in all_graphs.values():
        assert graph.config["showSendToCloud"] is False
        assert graph.config["displaylogo"] is False
        assert not {"plotlyServerURL", "topojsonURL"} & set(graph.config)


META = {"chart", "title", "subtitle", "marks", "remarks", "breaks", "summary", "metadata", "source", "address"}
META |= {"stamp", "file", "software", "muted", "recolour"}


def test_every_chart_brings_all_words_of_its_export(all_graphs):
    for (_path, _query, name), graph in all_graphs.items():
        meta = graph.figure.layout.meta
        assert set(meta) == META
        for word in ("chart", "title", "subtitle", "source", "metadata"):
            assert meta[word].strip(), (name, word)
        assert graph.id == f"graph-{name}"
        assert re.fullmatch(r"[a-z0-9_-]+", meta["file"]), meta["file"]


def traces(graph):
    return json.dumps(graph.figure.to_plotly_json()["data"], default=str)


def test_the_address_in_a_picture_leads_to_the_same_chart(all_graphs):
    for (path, query, name), graph in all_graphs.items():
        where = urlsplit(graph.figure.layout.meta["address"])
        assert traces(drawn(where.path, f"?{where.query}")[name]) == traces(graph), (path, query, name)
        kept = read(query)[0]
        found = read(where.query)[0]
        assert (found.reporter, found.partner, found.currency) == (kept.reporter, kept.partner, kept.currency)


def named_alike(file, expected):
    """Whether two names differ in nothing but the years, which are those that a file holds of those chosen."""
    (held, chosen) = (re.search(r"_(\d{4})(?:-\d{2})?(?:-(\d{4})(?:-\d{2})?)?_", name) for name in (file, expected))
    inside = chosen[1] <= held[1] and (held[2] or held[1]) <= (chosen[2] or chosen[1])
    return inside and file.replace(held[0], "") == expected.replace(chosen[0], "")


def test_a_file_is_named_after_its_choice(all_graphs):
    for (path, query, name), graph in all_graphs.items():
        chosen, file = read(query)[0], graph.figure.layout.meta["file"]
        if name == "flows":
            # The overview shows the country's own record in values, whatever was chosen elsewhere.
            plain = dataclasses.replace(chosen, reported="country", measure="value", base=None)
            assert named_alike(file, plain.file_name(name))
        if path == "/trade" and not name.startswith("mirror"):
            assert named_alike(file, chosen.file_name(name))


def test_different_numbers_never_share_a_name(all_graphs):
    """A chart may put the chosen pair first; its numbers are the same then."""
    shown: dict[str, tuple] = {}
    for key, graph in all_graphs.items():
        given = [list(t[p]) for t in graph.figure.data for p in ("x", "y", "values") if p in t and t[p] is not None]
        numbers = sorted(str(number) for series in given for number in series)
        before, same = shown.setdefault(graph.figure.layout.meta["file"], (key, numbers))
        assert numbers == same, (before, key)


def test_every_source_names_its_vintage(text, store):
    assert [key for key, source in store.source.items() if not vintage_of(text, source)] == []


def test_every_chart_cites_a_source_with_its_vintage(text, store, all_graphs):
    for key, graph in all_graphs.items():
        line = graph.figure.layout.meta["source"]
        assert line.startswith("Source: "), key
        cited = [source for source in store.source if citation(text, store.source, source) in line]
        assert cited, (key, line)
        assert all(vintage_of(text, store.source[source]) in line for source in cited)


def test_converted_charts_cite_their_exchange_rates():
    for query in ("?currency=GBP", "?reported=partner", "?measure=index&currency=USD", "?measure=gdp"):
        for name, graph in drawn("/trade", query).items():
            assert "Converted at average rates" in graph.figure.layout.meta["source"], (query, name)
    for query in (
        "",
        "?reporter=USA",
        "?reporter=USA&measure=gdp&currency=CAD",
        "?reporter=USA&measure=share&currency=CAD",
    ):
        for name, graph in drawn("/trade", query).items():
            assert "Converted" not in graph.figure.layout.meta["source"], (query, name)


def test_no_chart_writes_a_magnitude_as_a_letter(all_graphs):
    for key, graph in all_graphs.items():
        for written in texts(graph.figure):
            assert not re.search(r"\d\s?[GkMB]\b", written), (key, written)
        for name in graph.figure.layout:
            on_axes = any(trace.type != "treemap" for trace in graph.figure.data)
            if re.match("yaxis", name) and on_axes and graph.figure.layout[name].showticklabels is not False:
                assert graph.figure.layout[name].tickmode == "array", (key, "no tick is left to Plotly's own format")


def test_a_chart_of_money_says_its_unit_once_in_the_plot(all_graphs):
    for (path, query, name), graph in all_graphs.items():
        amounts = name != "trade" or read(query)[0].measure in ("value", "constant", "rolling")
        if name in MONEY and amounts:
            with_unit = [t for t in texts(graph.figure) if re.search("million|billion|trillion", t)]
            assert len(with_unit) == 1, (path, query, name, with_unit)
            assert re.search("million|billion|trillion", graph.figure.layout.meta["subtitle"])


def test_every_colour_of_every_chart_is_a_token_so_that_an_export_can_swap_it():
    for path in CHARTS:
        for query in COLOURED:
            for graph in drawn(path, query, "dark").values():
                figure = graph.figure.to_plotly_json()
                figure["layout"].pop("template", None)
                swap = figure["layout"]["meta"].pop("recolour")
                assert swap == recolouring(DARK)
                written = json.dumps(figure)
                colours = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", written))
                assert colours <= set(dataclasses.asdict(DARK).values()), (path, query, graph.id)
                assert set(re.findall(r"rgba?\([^)]*\)", written)) <= {"rgba(0,0,0,0)"}


def test_no_chart_carries_the_default_template_of_plotly(all_graphs):
    """It would add six kilobytes to every figure, and colours that an export cannot swap."""
    for key, graph in all_graphs.items():
        assert len(json.dumps(graph.figure.to_plotly_json()["layout"].get("template"), default=str)) < 300, key


@pytest.mark.parametrize("path", CHARTS)
def test_every_chart_says_in_words_what_it_shows(text, store, path):
    page = PAGES[path](View(text, choose(partner="USA")), store)
    parts = {str(part.id): part for part in page._traverse() if getattr(part, "id", None)}
    described = [part for part in page._traverse() if getattr(part, "role", None) == "img"]
    assert len(described) == len(CHARTS[path])
    for plot in described:
        assert parts[getattr(plot, "aria-labelledby")].to_plotly_json()["props"]["children"]


SERIES = ("Exports to", "Imports from", "Two-way trade with")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?partner=USA&currency=USD",
        "?reporter=USA&years=2010-2020",
        "?freq=monthly",
        "?reporter=MEX",
        "?reported=partner&partner=USA",
        "?measure=growth",
        "?measure=index&base=2005&freq=monthly",
        "?reporter=USA&measure=share",
        "?measure=gdp&reporter=MEX&partner=USA",
        "?measure=constant",
        "?measure=compound",
        "?measure=rolling&freq=monthly",
    ],
)
def test_the_drawn_values_are_those_of_the_tables(store, query):
    selection = read(query)[0]
    table = measures.measure(store, selection).table
    traces = {t.name: t for t in drawn("/trade", query)["trade"].figure.data if t.name and t.name != "Breaks"}
    places = {name: next(p for p, start in enumerate(SERIES) if name.startswith(start)) for name in traces}
    money = selection.measure in ("value", "constant", "rolling")
    largest = table[["export", "import", "total"]].max(axis=None)
    unit = next(u for u, least in ((1e6, 1e6), (1e3, 500), (1, 0)) if largest >= least) if money else 1
    for name, trace in traces.items():
        column = ("export", "import", "total")[places[name]]
        expected = [None if v != v else v / unit for v in table[column]]
        assert [v is None for v in trace.y] == [v is None for v in expected]
        assert [v for v in trace.y if v is not None] == pytest.approx([v for v in expected if v is not None], abs=1e-6)
    additive = selection.measure in ("value", "constant", "rolling", "gdp", "share")
    assert len(traces) == sum(
        bool(table[c].notna().any()) for c in ("export", "import", *(["total"] if additive else []))
    )


def test_points_of_mexico_are_never_joined_and_worked_out_ones_have_a_dot():
    for query in ("?reporter=MEX", "?reported=partner", "?reporter=MEX&measure=index&base=2019"):
        for trace in drawn("/trade", query)["trade"].figure.data:
            if trace.name and trace.name != "Breaks":
                assert trace.mode == "markers", (query, trace.name)
    exports = next(t for t in drawn("/trade", "?reporter=MEX")["trade"].figure.data if t.name == "Exports to Canada")
    symbols = {x[:4]: s for x, y, s in zip(exports.x, exports.y, exports.marker.symbol, strict=True) if y is not None}
    assert symbols["2005"] == symbols["2015"] == "circle"
    assert {symbols[y] for y in ("2018", "2020", "2021", "2022")} == {"circle-open-dot"}
    assert {symbols[y] for y in ("2019", "2023", "2024", "2025")} == {"circle-open"}


@pytest.mark.parametrize(
    ("query", "joined", "apart"),
    [
        ("?reporter=MEX&partner=USA", "Exports to", ("Imports from", "Two-way trade with")),
        ("?reporter=USA&reported=partner", "Imports from", ("Exports to", "Two-way trade with")),
    ],
)
def test_a_complete_flow_is_joined_beside_one_of_single_years(query, joined, apart):
    graph = drawn("/trade", query)["trade"]
    modes = {t.name: t.mode for t in graph.figure.data if t.name and t.name != "Breaks"}
    assert {mode for name, mode in modes.items() if name.startswith(joined)} == {"lines"}
    assert {mode for name, mode in modes.items() if name.startswith(apart)} == {"markers"}
    assert len(modes) == 3
    # The years of the single points, though the axis runs on.
    assert {text[-6:] for text in texts(graph.figure) if text.endswith(")")} == {"(2024)"}
    said = page_words("/trade", query)
    assert f"{apart[0].split()[0]}: single years are on record; they are not joined" in said
    assert f"{joined.split()[0]}: single years" not in said


def test_single_years_of_both_flows_are_said_of_both():
    assert "Exports and Imports: single years are on record" in page_words("/trade", "?reporter=MEX")
    assert "single years" not in page_words("/trade", "")


def test_a_series_of_one_point_is_summed_up_by_it():
    said = page_words("/trade", "?reporter=MEX&partner=USA")
    assert "Imports from the United States: US$250.9 billion in 2024." in said
    assert "in 2024, US$250.9" not in said


def test_a_flow_without_a_comparable_value_is_said_to_have_none():
    for query in ("?reporter=MEX&partner=USA&measure=index", "?reporter=MEX&partner=USA&measure=compound"):
        assert "Imports: no value of 2000 is on record to compare with." in page_words("/trade", query)
    assert "is on record to compare with" not in page_words("/trade", "?measure=index")


@pytest.mark.parametrize("query", ["?reporter=MEX", "?reporter=USA&currency=MXN&years=1985-1999", "?reporter=USA", ""])
@pytest.mark.parametrize("name", ["balance", "growth"])
def test_bars_begin_and_end_with_known_values(store, query, name):
    figure = drawn("/trade", query)[name].figure
    columns = zip(*(bars.y for bars in figure.data if bars.type == "bar"), strict=True)
    known = [any(value is not None for value in values) for values in columns]
    assert known[0] and known[-1]
    table = trade.series_as_reported(store, read(query)[0])
    wanted = table[["balance"] if name == "balance" else ["export_growth", "import_growth"]].dropna(how="all")
    assert len(known) == wanted.index[-1].year - wanted.index[0].year + 1


def test_both_records_are_set_beside_each_other_with_their_known_distance(store):
    for path, query in (("/mirror", "?currency=USD"), ("/trade", "?currency=USD&reported=both")):
        graph = drawn(path, query)["mirror-imports"]
        said = " ".join(graph.figure.layout.meta["remarks"])
        assert "for 2025: 1.73 times as much" in said
        assert "US$38.3 billion of imports and Mexico US$22.2 billion of exports" in said
        by_name = {t.name: t for t in graph.figure.data if t.name}
        assert by_name["Exports as Mexico records them"].mode == "markers"
        assert by_name["Imports as Canada records them"].mode == "lines"
    american = drawn("/mirror", "?partner=USA&currency=USD&years=1997-2024")["mirror-imports"].figure
    last = {t.name: round(t.y[-1]) for t in american.data if t.name and t.name != "Breaks"}
    assert last == {"Exports as the United States records them": 351, "Imports as Canada records them": 276}


# ---- Breaks ---------------------------------------------------------------------------------------------------


def break_days(graph):
    return [day for trace in graph.figure.data if trace.name == "Breaks" for day in trace.x]


def listed_breaks(path, query, chart):
    """The sentences below a chart."""
    page = PAGES[path](View(Text(), read(query)[0]), real_store())
    figure = next(p for p in page._traverse() if getattr(p, "data-chart", None) == chart)
    lists = [p for p in figure._traverse() if getattr(p, "className", None) == "note breaks"]
    return [item.children for one in lists for item in one._traverse() if type(item).__name__ == "Li"]


BROKEN = {
    # No agreement: those are marked as events.
    ("/trade", "", "trade"): ["2025-10", "2025-11"],
    ("/trade", "?reporter=USA&freq=monthly", "trade"): ["2024", "2025-10", "2025-11"],
    ("/trade", "?reporter=USA&freq=monthly&measure=constant", "trade"): ["2024", "2025-10", "2025-10", "2025-11"],
    ("/trade", "?reporter=USA&measure=constant", "trade"): ["2013", "2024"],
    ("/trade", "?years=2014-2016", "trade"): [],
    # The exchange of records of 1990 is between Canada and the United States.
    ("/trade", "?reporter=USA&partner=MEX&years=1985-2000", "trade"): [],
    ("/trade", "?reporter=USA&partner=CAN&years=1985-2000", "trade"): ["1990"],
    # What changed in Mexico's points with Canada does not touch those with the United States.
    ("/trade", "?reporter=MEX&partner=USA&years=2015-2019", "trade"): [],
    ("/trade", "?reporter=MEX&years=2015-2019", "trade"): ["2018"],
    ("/trade", "?reported=partner&years=2015-2019", "trade"): ["2018"],
    ("/mirror", "?years=2015-2019", "mirror-imports"): ["2018-01"],
}


@pytest.mark.parametrize(("path", "query", "chart"), BROKEN)
def test_breaks_in_span_stand_on_the_axis_and_are_listed_below(path, query, chart):
    graph = drawn(path, query)[chart]
    days = break_days(graph)
    expected = BROKEN[path, query, chart]
    assert len(days) == len(expected)
    assert all(day.startswith(start) for day, start in zip(days, expected, strict=True)), days
    listed = listed_breaks(path, query, chart)
    assert [f"{said[:-1]}." for said in listed] == listed
    assert len(listed) == len(days)
    taken = " ".join(graph.figure.layout.meta["breaks"])
    assert all(said in taken for said in listed), "the picture takes its breaks along"


# ---- A measure and its unit -----------------------------------------------------------------------------------

# Subtitle, hover of the last value of exports, tick with the unit, end of the line, header, end of the file's name.
SPOKEN = {
    "?years=1997-2024": (
        "1997–2024, billion Canadian dollars, customs basis; shaded: the balance",
        "C$8.7 billion, −2.4%",
        "C$60 billion",
        "8.7",
        "Exports, million Canadian dollars",
        "1997-2024_annual_cad",
    ),
    "?measure=growth": (
        "1998–2025, change on the same period a year earlier, per cent, customs basis",
        "+2.7%",
        "40%",
        "+2.7%",
        "Exports, per cent",
        "annual_cad_growth",
    ),
    "?measure=index&base=2000": (
        "1997–2025, index of value, 2000 = 100, customs basis",
        "437.3",
        "600",
        "437.3",
        "Exports, 2000 = 100",
        "annual_cad_index-2000",
    ),
    "?reporter=USA&measure=share": (
        "2013–2024, shares of exports, imports and two-way trade of the United States with all countries, per cent, "
        "customs basis",
        "16.2%ᵖ",
        "20%",
        "16.2%",
        "Exports, per cent of US exports to all countries",
        "annual_usd_share",
    ),
    "?measure=gdp": (
        "1997–2023, value relative to GDP of Canada, per cent, customs basis",
        "0.307%",
        "3%",
        "0.307%",
        "Exports, per cent",
        "annual_cad_gdp",
    ),
    "?measure=constant&currency=USD&base=2010": (
        "1997–2024, billion US dollars at prices of 2010, customs basis; shaded: the balance",
        "US$4.4 billion",
        "US$40 billion",
        "4.4",
        "Exports, million US dollars at prices of 2010",
        "annual_usd_constant-2010",
    ),
    "?measure=compound&years=2010-2025": (
        "2011–2025, compound annual growth since 2010, per cent, customs basis",
        "+3.9%",
        "15%",
        "+3.9%",
        "Exports, per cent",
        "2011-2025_annual_cad_compound",
    ),
    "?measure=rolling&freq=monthly": (
        "Jan 2019–Aug 2026, sum of the last twelve months, billion Canadian dollars, customs basis",
        "C$10.2 billionᵖ",
        "C$80 billion",
        "10.2",
        "Exports, million Canadian dollars",
        "monthly_cad_rolling",
    ),
}


def test_every_measure_is_spoken():
    assert {read(query)[0].measure for query in SPOKEN} == set(measures.MEASURES)


@pytest.mark.parametrize("query", SPOKEN)
def test_axis_hover_ends_table_file_and_subtitle_change_together(text, store, query):
    subtitle, hovered, tick, end, header, file = SPOKEN[query]
    graph = drawn("/trade", query)["trade"]
    meta = graph.figure.layout.meta
    assert meta["subtitle"] == subtitle
    exports = graph.figure.data[
        next(n for n, t in enumerate(graph.figure.data) if (t.name or "").startswith("Exports"))
    ]
    answers = exports if exports.hovertext else next(t for t in graph.figure.data if t.marker.opacity == 0)
    known = [said for said, value in zip(answers.hovertext, exports.y, strict=True) if value is not None]
    assert known[-1] == f"<b style='color:{exports.line.color}'>Exports</b>: {hovered}"
    assert tick in texts(graph.figure)
    assert f"<b>Exports</b><br>{end}" in texts(graph.figure)
    assert meta["file"].endswith(file)
    page = PAGES["/trade"](View(text, read(query)[0], open_panels=frozenset({"trade:data"})), store)
    headers = [part.children for part in page._traverse() if type(part).__name__ == "Th" and part.scope == "col"]
    assert headers[:2] == ["Period", header]
