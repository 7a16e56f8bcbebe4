"""The Products page and its figures: what stands on them, where a click leads, and that every choice is answered."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import cache

import pytest
from dash import dcc, html
from hypothesis import given, settings
from hypothesis import strategies as st

from data.queries import products
from data.selection import Selection
from layouts.charts.product_ranking import RANKED
from layouts.charts.registry import chart_of, charts_of_page
from layouts.components.chart import Chart, chart
from layouts.figures.products import LINE_LENGTH, Head, Row, rows_figure
from layouts.figures.products_panels import LINE_LENGTH as HEADING_LENGTH
from layouts.pages import products as page
from layouts.theme import DARK, LIGHT
from layouts.view import View
from layouts.wording import products as words
from layouts.wording.text import MISSING, Text
from tests.choosing import choose, coverage, read
from tests.data.helpers import real_store

BOUGHT = choose(reporter="USA", partner="MEX", flow="import", currency="USD")
HELD = [("USA", "CAN"), ("USA", "MEX"), ("CAN", "USA"), ("MEX", "USA")]

anything = st.builds(
    choose,
    reporter=st.sampled_from(("CAN", "MEX", "USA")),
    partner=st.sampled_from(("CAN", "MEX", "USA")),
    years=st.sampled_from([(1997, 2025), (1990, 2000), (2007, 2007), (2019, 2026), (2026, 2026), (2012, 2018)]),
    freq=st.sampled_from(("annual", "monthly")),
    currency=st.sampled_from(("CAD", "USD", "MXN", "GBP")),
    flow=st.sampled_from(("export", "import")),
    product=st.one_of(st.just(""), st.sampled_from(coverage().sections), st.sampled_from(coverage().chapters)),
    against=st.one_of(st.none(), st.integers(1985, 2026)),
    event=st.sampled_from(coverage().events_compared),
    detail=st.sampled_from(("section", "chapter")),
)


def view(selection: Selection, palette=LIGHT) -> View:
    return View(Text(), selection, palette)


def one(name: str, selection: Selection, palette=LIGHT) -> Chart:
    """A chart of products that the choice has."""
    made = chart_of(view(selection, palette), real_store(), f"products-{name}")
    assert made is not None
    return made


def walk(node):
    if isinstance(node, list | tuple):
        for child in node:
            yield from walk(child)
    elif node is not None and not isinstance(node, str | int | float):
        yield node
        yield from walk(getattr(node, "children", None))


def words_of(node) -> str:
    if isinstance(node, list | tuple):
        return " ".join(words_of(child) for child in node)
    if node is None or isinstance(node, str | int | float):
        return str(node or "")
    return words_of(getattr(node, "children", None))


@cache
def drawn(selection: Selection) -> html.Div:
    return html.Div([page._heading(view(selection)), *page._body(view(selection), real_store())])


def charts_of(selection: Selection) -> list[str]:
    return [
        node.to_plotly_json()["props"]["data-chart"] for node in walk(drawn(selection)) if isinstance(node, html.Figure)
    ]


def ranked_rows(figure) -> list[str]:
    """Names of the rows, from top to bottom."""
    names = [a for a in figure.layout.annotations if a.xref == "paper" and a.x == 0]
    return [a.text for a in sorted(names, key=lambda a: -a.y)]


# ---- Over all choices ---------------------------------------------------------------------------------------


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(anything)
def test_every_choice_is_answered_with_charts_or_with_a_way_out(selection):
    if selection.same_country:
        return
    shown = drawn(selection)
    ways = [node for node in walk(shown) if isinstance(node, dcc.Link) and "way" in str(getattr(node, "className", ""))]
    assert charts_of(selection) or ways
    for link in (node for node in walk(shown) if isinstance(node, dcc.Link)):
        assert read(link.href.partition("?")[2].partition("#")[0])[1] == ()
    assert "nan" not in words_of(shown).lower().split()


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(anything)
def test_every_chart_opens_its_table_and_its_metadata(selection):
    seen = view(selection)
    made = charts_of_page(seen, real_store(), "/products")
    held = products.is_held(selection) and products.year_of(selection) is not None
    assert ({"products-ranking", "products-areas", "products-concentration"} <= set(made)) == held
    assert ("sitc" in made) != selection.same_country
    for it in made.values():
        columns = it.columns()
        for there in ("on_page", "in_file"):
            assert len({len(column.values) for column in columns if getattr(column, there)}) == 1, it.name
        assert it.metadata.rows()
        assert it.summary and all(it.summary)
        assert "None" not in it.title + it.subtitle + " ".join(it.summary)
        assert chart(replace(seen, open_panels=frozenset({f"{it.name}:data", f"{it.name}:metadata"})), it)


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(anything, st.sampled_from(HELD), st.integers(2007, 2025))
def test_a_click_on_a_row_or_an_area_leads_to_that_product(selection, pair, last):
    selection = replace(selection, reporter=pair[0], partner=pair[1], years=(2007, last))
    for it in (one("ranking", selection), one("areas", selection)):
        for trace in it.figure.data:
            for query in trace.customdata if trace.customdata is not None else ():
                if query:
                    chosen, rejected = read(query)
                    assert rejected == ()
                    assert chosen.product
                    assert replace(chosen, product=selection.product) == selection


# ---- What stands on the page --------------------------------------------------------------------------------


def test_the_page_ranks_explains_and_overviews():
    assert charts_of(BOUGHT) == ["products-ranking", "products-change", "products-areas", "products-concentration"]


def test_a_product_adds_its_years_and_its_share():
    shown = charts_of(replace(BOUGHT, product="87"))
    assert shown[:3] == ["products-ranking", "products-history", "products-share"]


def test_months_are_drawn_for_mexico_and_refused_for_canada():
    monthly = replace(BOUGHT, freq="monthly", years=(2019, 2026))
    assert charts_of(monthly)[0] == "products-months"
    canada = replace(monthly, partner="CAN")
    assert "products-months" not in charts_of(canada)
    assert "Monthly product data cover trade between the United States and Mexico only." in words_of(drawn(canada))


def test_canada_and_mexico_learn_where_their_products_are_published():
    said = words_of(drawn(choose(reporter="CAN", partner="MEX")))
    assert "Statistics Canada" in said
    assert "Canadian International Merchandise Trade Web Application" in said
    assert charts_of(choose(reporter="CAN", partner="MEX")) == []


def test_a_product_that_does_not_occur_is_said_to():
    # Chapter 99 holds special provisions of US imports; the export side has none.
    said = words_of(drawn(replace(BOUGHT, flow="export", product="99")))
    assert "does not occur in US exports to Mexico" in said


@pytest.mark.parametrize(("country", "partner"), HELD)
@pytest.mark.parametrize("flow", ["export", "import"])
def test_titles_say_whose_trade_and_whose_record(country, partner, flow):
    chosen = choose(reporter=country, partner=partner, flow=flow, currency="USD")
    title = one("ranking", chosen).title
    owner = {"CAN": "Canada’s", "MEX": "Mexico’s", "USA": "US"}[country]
    assert title.startswith(f"{owner} {flow}s ")
    assert title.endswith("as the United States records them")


# ---- Figures ------------------------------------------------------------------------------------------------


def test_rows_stand_in_order_with_one_row_for_the_others():
    it = one("ranking", replace(BOUGHT, detail="chapter"))
    rows = ranked_rows(it.figure)
    assert rows[0].startswith("84 · Machinery")
    assert len(rows) == RANKED + 1
    assert rows[-1] == "83 other chapters"


def test_bars_have_the_length_of_their_values():
    it = one("ranking", replace(BOUGHT, years=(2007, 2024), detail="chapter"))
    # us_mexico_import.csv: chapter 87 of 2024 is 136,589.789145 million, the largest.
    assert it.figure.data[0].x[0] == pytest.approx(136.589789)
    cells = [a.text for a in it.figure.layout.annotations if a.xref == "paper" and a.x == 1]
    assert {"136.6", "27.0%", "+5.6%"} <= set(cells)


def test_the_compared_year_is_a_stroke_on_each_row():
    figure = one("ranking", BOUGHT).figure
    strokes = [s for s in figure.layout.shapes if s.type == "line"]
    assert len(strokes) == RANKED + 1
    first = one("ranking", replace(BOUGHT, years=(2007, 2007))).figure
    assert [s for s in first.layout.shapes if s.type == "line"] == []


def test_trend_lines_keep_to_their_column():
    figure = one("ranking", BOUGHT).figure
    paths = [s for s in figure.layout.shapes if s.type == "path"]
    assert len(paths) == RANKED
    for shape in paths:
        points = [tuple(map(float, p.split(","))) for p in shape.path.replace("L", "M").split("M") if p]
        assert len(points) == 19
        assert min(x for x, _y in points) > sum((56, 50, 62))
        assert max(x for x, _y in points) <= figure.layout.margin.r


def test_a_missing_year_breaks_a_trend_line():
    row = Row(["a"], 1, "#111111", ["1"], "", trend=[1, 2, float("nan"), 4, 5])
    figure = rows_figure(LIGHT, [row], [Head("Value", 50)], trend="years")
    (path,) = [s.path for s in figure.layout.shapes if s.type == "path"]
    assert path.count("M") == 2


@pytest.mark.parametrize("code", [*coverage().sections, *coverage().chapters])
def test_every_name_fits_the_width_of_a_phone(code):
    lines = words.name_lines(Text(), products.names(real_store()), code, LINE_LENGTH)
    assert max(map(len, lines)) <= LINE_LENGTH
    assert len(lines) <= 2
    assert " ".join(lines) == words.full_name(Text(), products.names(real_store()), code)


@pytest.mark.parametrize("code", coverage().sections)
def test_every_heading_of_a_panel_fits_above_it(code):
    lines = words.name_lines(Text(), products.names(real_store()), code, HEADING_LENGTH)
    assert max(map(len, lines)) <= HEADING_LENGTH
    assert len(lines) <= 2


def test_rows_leave_room_for_names_and_never_overlap():
    figure = one("ranking", BOUGHT).figure
    places = list(figure.data[0].y)
    lines = [len(text.split("<br>")) for text in ranked_rows(figure)]
    for upper, lower, count in zip(places, places[1:], lines[1:], strict=False):
        assert upper - lower >= 13 + 18 + 16 * (count - 1)


def test_a_hidden_value_has_no_bar_but_stays_in_its_row():
    wide = products.chapters(real_store(), "MEX", "import", "USD").values
    gap = wide.index[wide["50"].isna()][0].year
    it = one("ranking", replace(BOUGHT, years=(2007, gap), product="50"))
    cells = [a.text for a in it.figure.layout.annotations if a.xref == "paper" and a.x == 1]
    assert cells.count(f"<b>{MISSING}</b>") == 3
    assert any(text.startswith("<b>50 ·") for text in ranked_rows(it.figure))


def test_areas_inside_a_section_fill_it():
    trace = one("areas", BOUGHT).figure.data[0]
    values = dict(zip(trace.ids, trace.values, strict=True))
    for section in coverage().sections:
        inside = [v for i, v, p in zip(trace.ids, trace.values, trace.parents, strict=True) if p == section]
        assert sum(inside) == pytest.approx(values[section], rel=1e-6)
    assert len(values) == len(trace.ids)


def test_two_dollar_signs_never_meet_in_a_hover():
    for it in (one("ranking", BOUGHT), one("areas", BOUGHT)):
        assert "$" not in json.dumps([list(t.hovertext) for t in it.figure.data if t.hovertext is not None])


def test_changes_end_with_the_rest_and_the_whole():
    it = one("change", BOUGHT)
    assert ranked_rows(it.figure)[-2:] == ["All others", "<b>Together</b>"]
    bars = list(it.figure.data[0].x)
    assert sum(bars[:-1]) == pytest.approx(bars[-1], abs=1e-4)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_only_tokens_of_the_palette_colour_the_figures(palette):
    for name in ("ranking", "areas", "concentration", "history", "share", "change"):
        it = one(name, replace(BOUGHT, product="87"), palette)
        figure = it.figure.to_plotly_json()
        # The words of its picture say which colours stand for which in the other theme.
        figure["layout"].pop("meta", None)
        said = json.dumps(figure, default=list)
        used = {part[:7] for part in said.split('"') if part.startswith("#") and len(part) == 7}
        assert used <= set(asdict(palette).values())


def test_lines_of_a_product_are_of_one_record():
    it = one("history", replace(BOUGHT, product="87"))
    assert [trace.name for trace in it.figure.data][:2] == ["Canada", "Mexico"]
    assert len(it.breaks) == 3
    assert "Records of the United States" in it.metadata.line


def test_sentences_around_an_event():
    def said(**changes):
        return one("share", replace(BOUGHT, **changes)).remarks[0]

    assert "26.4% in the twelve months before the event (Jul 2019–Jun 2020)" in said(
        product="XVII", event="usmca-in-force"
    )
    assert "the same months of the year before" in said(product="XVII")
    assert "27.0% in 2024, the last full year before the event, and 23.1% in 2025" in said(product="87")
    assert "after it 24.3% in 2021, 24.4% in 2022" in said(product="87", event="usmca-in-force")


def test_months_of_one_section_or_of_the_five_largest():
    monthly = replace(BOUGHT, freq="monthly", years=(2019, 2026))
    five = one("months", monthly)
    assert len(five.figure.data) == 5
    single = one("months", replace(monthly, product="87"))
    assert "Section XVII" in single.title
    assert len(single.figure.data[0].x) == 7 * 12
    assert chart_of(view(replace(monthly, years=(2026, 2026))), real_store(), "products-months") is None


def test_files_are_named_after_what_they_hold():
    chosen = replace(BOUGHT, product="87")
    assert one("ranking", chosen).file_name == "products-chapters-import-87_usa-mex_2025_annual_usd"
    assert one("history", chosen).file_name == "products-history-import-87_usa-mex_2007-2025_annual_usd"


def test_headings_of_areas_are_short_enough_for_a_phone():
    """Half of the smallest picture has 170 pixels, a bold letter takes eight."""
    for country, partner in (("USA", "MEX"), ("USA", "CAN"), ("CAN", "USA"), ("MEX", "USA")):
        for flow in ("export", "import"):
            chosen = choose(reporter=country, partner=partner, currency="USD", flow=flow)
            (trace,) = one("areas", chosen).figure.data
            labels = dict(zip(trace.ids, trace.labels, strict=True))
            headings = [labels[place] for place, parent in zip(trace.ids, trace.parents, strict=True) if not parent]
            assert max(len(label.removeprefix("<b>").removesuffix("</b>")) for label in headings) <= 21
            assert any(label.startswith("<b>XVI · Machinery") for label in headings)
