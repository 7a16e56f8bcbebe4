"""The charts: what they draw from what data, their words and units, their colours."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
import math
import re
from pathlib import Path

import pandas as pd
import pytest
from dash import dcc
from hypothesis import given
from hypothesis import strategies as st

from callbacks.pages import PAGES
from data import retaliation, tariffs, trade
from data.selection import FIRST_DAY, LAST_DAY, Selection
from layouts.figures.base import (
    MARK_SIZE,
    axis_range,
    lanes,
    percent_labels,
    round_ticks,
    spread,
    tick_labels,
    time_axis,
    unit_place,
)
from layouts.figures.retaliation import in_force_figure
from layouts.figures.series import Line, balance_figure, growth_figure, lines_figure
from layouts.figures.tariff_steps import FULL, StepRow, steps_figure
from layouts.figures.triangle import triangle_figure
from layouts.provenance import citation, vintage_of
from layouts.theme import DARK, LIGHT, PALETTES, recolouring
from layouts.view import View

STYLE = Path(__file__).parents[1] / "layouts" / "assets" / "style.css"
GAP = float("nan")
# Amounts as charts show them: nothing below a thousandth of their unit.
AMOUNT = st.floats(0.001, 1e5) | st.floats(-1e5, -0.001)


def years_table(export, imported, first=2015):
    """A table such as data.trade.series gives, in millions."""
    index = pd.date_range(f"{first}-01-01", periods=len(export), freq="YS", name="period")
    table = pd.DataFrame({"export": export, "import": imported}, index=index, dtype=float)
    table["total"] = table["export"] + table["import"]
    table["balance"] = table["export"] - table["import"]
    growth = {f"{c}_growth": table[c].pct_change(fill_method=None) * 100 for c in ("export", "import", "total")}
    return table.assign(**growth)


EXPORTS = Line("export", "Exports", "Exports to Mexico", LIGHT.canada)
IMPORTS = Line("import", "Imports", "Imports from Mexico", LIGHT.mexico, "7px,3px")
TABLE = years_table([10_000, 11_000, GAP, 12_500], [20_000, 22_000, 21_000, 30_000])


def drawn_lines(text, table=TABLE, **more):
    return lines_figure(text, LIGHT, table, [EXPORTS, IMPORTS], "CAD", "A", **more)


def named(figure):
    return {trace.name: trace for trace in figure.data if trace.name}


def texts(figure):
    """Every word of a figure: annotations, tick labels."""
    layout = figure.to_plotly_json()["layout"]
    axes = [label for key, axis in layout.items() if re.match("[xy]axis", key) for label in axis.get("ticktext") or ()]
    return [a["text"] for a in layout.get("annotations", ())] + list(axes)


def value_ticks(figure):
    return [label for key in figure.layout if re.match("yaxis", key) for label in figure.layout[key].ticktext or ()]


# ---- Exports and imports --------------------------------------------------------------------------------------


def test_lines_carry_their_full_names_and_values_in_billions(text):
    traces = named(drawn_lines(text))
    assert list(traces) == ["Exports to Mexico", "Imports from Mexico"]
    assert list(traces["Imports from Mexico"].y) == [20.0, 22.0, 21.0, 30.0]
    assert traces["Imports from Mexico"].hovertext[0] == "<b>Imports from Mexico</b><br>2015: C$20.0 billion"


def test_a_gap_is_empty_and_never_zero_or_bridged(text):
    exports = named(drawn_lines(text))["Exports to Mexico"]
    assert list(exports.y) == [10.0, 11.0, None, 12.5]
    assert exports.connectgaps is False
    assert exports.hovertext[2].endswith("2017: –")


def test_isolated_points_are_never_joined(text):
    figure = drawn_lines(text, isolated=True)
    assert [trace.mode for trace in figure.data] == ["markers", "markers"]


def test_the_balance_is_shaded_only_where_both_flows_are_whole(text):
    whole = drawn_lines(text, years_table([1000, 2000], [2000, 2500]))
    assert [trace.fill for trace in whole.data if trace.fill] == ["tonexty"]
    assert [trace.fill for trace in drawn_lines(text).data if trace.fill] == []


def test_lines_differ_in_more_than_colour(text):
    traces = named(drawn_lines(text))
    assert len({trace.line.dash for trace in traces.values()}) == 2
    assert len({trace.marker.symbol for trace in traces.values()}) == 2


def test_each_line_is_named_at_its_end_with_its_last_value(text):
    written = texts(drawn_lines(text))
    assert "<b>Exports</b><br>12.5" in written
    assert "<b>Imports</b><br>30.0" in written


@given(st.lists(st.floats(1, 1e5), min_size=2, max_size=2), st.lists(st.floats(1, 1e5), min_size=2, max_size=2))
def test_names_at_the_ends_of_lines_never_overlap(text, export, imported):
    figure = drawn_lines(text, years_table(export, imported))
    low, high = figure.layout.yaxis.range
    height = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    ends = [a for a in figure.layout.annotations if a.text.startswith("<b>")]
    centres = sorted((a.y - low) / (high - low) * height + a.yshift for a in ends)
    assert len(centres) == 2
    assert centres[1] - centres[0] >= 36 - 1e-6
    assert centres[0] >= 0
    assert centres[1] <= height + 1e-6


def test_events_are_numbered_in_order_above_the_plot(text):
    days = [pd.Timestamp("2015-03-01"), pd.Timestamp("2015-03-05"), pd.Timestamp("2018-06-01")]
    figure = drawn_lines(text, events=days)
    marks = [a for a in figure.layout.annotations if a.name == "event"]
    assert [mark.text for mark in marks] == ["1", "2", "3"]
    assert [pd.Timestamp(mark.x) for mark in marks] == days
    assert marks[1].yshift > marks[0].yshift == marks[2].yshift
    assert max(mark.yshift for mark in marks) + MARK_SIZE / 2 <= figure.layout.margin.t


@given(st.lists(st.dates(dt.date(1997, 1, 1), dt.date(2025, 12, 31)), max_size=30))
def test_event_marks_never_overlap_on_a_phone(days):
    start, end = pd.Timestamp("1997-01-01"), pd.Timestamp("2025-12-31")
    days = sorted(pd.Timestamp(day) for day in days)
    places = [(day - start).days / (end - start).days * 260 for day in days]
    rows = lanes(days, start, end, 260)
    for row in set(rows):
        mine = [x for x, r in zip(places, rows, strict=True) if r == row]
        assert all(after - before >= MARK_SIZE for before, after in itertools.pairwise(mine))


# ---- Balance and growth ---------------------------------------------------------------------------------------


def test_the_balance_is_exports_less_imports_and_says_whether_it_is_a_deficit(text):
    figure = balance_figure(text, LIGHT, TABLE, "CAD", "A", "Balance with Mexico")
    (bars,) = figure.data
    assert (bars.type, bars.name) == ("bar", "Balance with Mexico")
    assert list(bars.y) == [-10.0, -11.0, None, -17.5]
    assert "<b>Deficit</b><br>17.5" in texts(figure)
    surplus = balance_figure(text, LIGHT, years_table([5000], [2000]), "CAD", "A", "Balance")
    assert "<b>Surplus</b><br>3.0" in texts(surplus)


def test_growth_is_drawn_as_small_multiples_on_one_scale(text):
    lines = [dataclasses.replace(line, column=f"{line.column}_growth") for line in (EXPORTS, IMPORTS)]
    figure = growth_figure(text, LIGHT, TABLE, lines, "A")
    assert [trace.name for trace in figure.data] == ["Exports to Mexico", "Imports from Mexico"]
    assert list(figure.data[0].y) == [None, 10.0, None, None]
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    upper, lower = figure.layout.yaxis.domain, figure.layout.yaxis2.domain
    assert lower[0] >= 0 and lower[1] < upper[0] and upper[1] <= 1
    assert "+42.9%" in texts(figure)


# ---- Axes and units -------------------------------------------------------------------------------------------


@given(AMOUNT, AMOUNT)
def test_ticks_are_round_enclose_the_values_and_hold_zero(one, other):
    low, high = sorted((one, other))
    ticks = round_ticks(low, high)
    assert ticks[0] <= low + 1e-6 * abs(low) and ticks[-1] >= high - 1e-6 * abs(high)
    assert 0 in ticks
    assert ticks == sorted(set(ticks))
    assert len(ticks) <= 7


@given(AMOUNT, AMOUNT)
def test_the_unit_stands_on_one_tick_only_and_is_a_word(text, one, other):
    low, high = sorted((one, other))
    ticks = round_ticks(low, high)
    labels = tick_labels(text, ticks, "CAD")
    assert [("billion" in label) for label in labels].count(True) == 1
    assert labels[unit_place(ticks)].replace("−", "").startswith("C$")
    assert not re.search(r"\d\s?[GkMB]\b", " ".join(labels))
    assert len(set(labels)) == len(labels)


@given(AMOUNT, AMOUNT)
def test_the_percent_sign_stands_on_one_tick_only(text, one, other):
    labels = percent_labels(text, round_ticks(*sorted((one, other))))
    assert sum("%" in label for label in labels) == 1


@given(AMOUNT, AMOUNT, st.integers(80, 600))
def test_the_tick_with_the_unit_has_room_inside_the_plot(one, other, height):
    ticks = round_ticks(*sorted((one, other)))
    low, high = axis_range(ticks, height)
    room = (ticks[0] - low) + (high - ticks[-1])
    assert room / (high - low) * height == pytest.approx(18)


@given(st.integers(1985, 2026), st.integers(1985, 2026), st.sampled_from("AM"))
def test_a_time_axis_has_at_most_six_marks_inside_it(text, one, other, frequency):
    first, last = sorted((one, other))
    start, end = pd.Timestamp(first, 1, 1), pd.Timestamp(last, 12, 31)
    axis = time_axis(text, LIGHT, start, end, frequency)
    assert 1 <= len(axis["tickvals"]) <= 6
    assert all(start <= pd.Timestamp(v) <= end for v in axis["tickvals"])
    # A month may leave its year to the mark before it; read from the left, every mark still says its date.
    year = ""
    for value, label in zip(axis["tickvals"], axis["ticktext"], strict=True):
        day = pd.Timestamp(value)
        year = next(iter(re.findall(r"\d{4}", label)), year)
        assert year == str(day.year)
        assert label == year or label.startswith(text.month_name(day, short=True))


# ---- Labels apart ---------------------------------------------------------------------------------------------


@given(st.lists(st.floats(-50, 450), min_size=1, max_size=8), st.floats(1, 60))
def test_spread_keeps_order_gap_and_bounds_whenever_the_labels_fit(positions, gap):
    low, high = 6.0, 400.0
    placed = spread(positions, gap, low, high)
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    ranked = [placed[i] for i in order]
    assert ranked == sorted(ranked)
    assert all(b - a >= gap - 1e-6 for a, b in itertools.pairwise(ranked))
    assert ranked[-1] <= high
    if (len(positions) - 1) * gap <= high - low:
        assert ranked[0] >= low - 1e-6


@given(st.lists(st.integers(0, 7), unique=True, min_size=1).map(lambda steps: [20.0 + 45 * s for s in steps]))
def test_spread_leaves_labels_that_are_apart_where_they_are(positions):
    assert spread(positions, 36, 6, 400) == positions


# ---- Triangle -------------------------------------------------------------------------------------------------


def arrow_width(trace):
    """Distance of the two edges of the shaft: the first corner and the one across from it."""
    return math.dist((trace.x[0], trace.y[0]), (trace.x[6], trace.y[6]))


def six(values):
    pairs = [("CAN", "MEX"), ("MEX", "CAN"), ("CAN", "USA"), ("USA", "CAN"), ("MEX", "USA"), ("USA", "MEX")]
    return pd.DataFrame([{"exporter": a, "importer": b, "value": v} for (a, b), v in zip(pairs, values, strict=True)])


def test_arrows_are_as_wide_as_their_values(text):
    values = [100_000.0, 200_000.0, 300_000.0, 400_000.0, 500_000.0, 600_000.0]
    figure = triangle_figure(text, LIGHT, six(values), "CAD", frozenset({"CAN", "MEX"}))
    ratios = [arrow_width(trace) / value for trace, value in zip(figure.data, values, strict=True)]
    assert ratios == pytest.approx([ratios[0]] * 6)
    assert [label for label in texts(figure) if re.search(r"\d", label)] == [
        f"<b>{value / 1000:.1f}</b>" for value in values
    ]


def test_an_unknown_flow_has_no_arrow_and_says_so(text):
    figure = triangle_figure(
        text, LIGHT, six([GAP, 200.0, 300.0, 400.0, 500.0, 600.0]), "CAD", frozenset({"CAN", "MEX"})
    )
    assert len(figure.data) == 5
    assert texts(figure).count("not known") == 1


def test_only_the_chosen_pair_is_coloured(text):
    figure = triangle_figure(text, LIGHT, six([100.0] * 6), "CAD", frozenset({"USA", "MEX"}))
    assert {trace.name: trace.fillcolor for trace in figure.data if trace.fillcolor != LIGHT.neutral_soft} == {
        "Mexico to the United States": LIGHT.mexico,
        "The United States to Mexico": LIGHT.united_states,
    }


def test_the_triangle_hover_gives_the_value_with_its_unit(text):
    figure = triangle_figure(text, LIGHT, six([62_400.0] * 6), "USD", frozenset({"CAN", "MEX"}))
    assert all(trace.text.endswith("US$62.4 billion") for trace in figure.data)


# ---- Tariffs and retaliation ----------------------------------------------------------------------------------


def step_rows(store):
    steps = tariffs.steps(store, Selection(partner="USA"))
    groups = [group for _key, group in steps.groupby(["imposer", "measure", "product_scope"], sort=False)]
    return [StepRow("heading", LIGHT.canada, LIGHT.canada_tint, steps.iloc[:0])] + [
        StepRow(f"scope {n}", LIGHT.united_states, LIGHT.united_states_tint, group) for n, group in enumerate(groups)
    ]


def test_each_tariff_interval_is_a_step_from_its_first_day_to_its_last_as_high_as_its_rate(text, store):
    rows = step_rows(store)
    figure = steps_figure(
        text, LIGHT, rows, pd.Timestamp(FIRST_DAY), pd.Timestamp(LAST_DAY), pd.Timestamp("2025-08-01")
    )
    expected = [
        (row.label, step.effective_from, step.until, step.rate_pct, len(rows) - 1 - place)
        for place, row in enumerate(rows)
        for step in row.steps.itertuples()
    ]
    assert len(figure.data) == len(expected) > 10
    for trace, (label, first, last, rate, base) in zip(figure.data, expected, strict=True):
        assert trace.name == label
        assert [pd.Timestamp(x) for x in (trace.x[0], trace.x[-1])] == [first, last]
        assert trace.y[0] == base
        if rate == rate and rate >= 3:
            assert (trace.y[1] - base) * FULL / 0.62 == pytest.approx(rate)
        assert trace.y[1] < base + 1, "a step stays inside its row"


def test_the_chosen_day_is_marked_and_written(text, store):
    day = pd.Timestamp("2025-08-01")
    figure = steps_figure(text, LIGHT, step_rows(store), pd.Timestamp(FIRST_DAY), pd.Timestamp(LAST_DAY), day)
    assert [pd.Timestamp(s.x0) for s in figure.layout.shapes if s.layer == "above" and s.x0 == s.x1] == [day]
    assert text.short_date(day) in texts(figure)


def test_a_usmca_rate_is_dotted_only_where_it_differs(text, store):
    rows = step_rows(store)
    figure = steps_figure(text, LIGHT, rows, pd.Timestamp(FIRST_DAY), pd.Timestamp(LAST_DAY), pd.Timestamp(LAST_DAY))
    dotted = [shape for shape in figure.layout.shapes if shape.line.dash == "dot"]
    assert len(dotted) == sum(int(row.steps["usmca_rate_pct"].notna().sum()) for row in rows) > 0


def test_the_retaliation_stack_sums_to_what_is_in_force(text, store):
    by_day = retaliation.in_force_by_day(store)
    announced = retaliation.announced_total(store)
    names = {tranche: tranche for tranche in by_day.columns}
    figure = in_force_figure(text, LIGHT, by_day, names, announced)
    assert [trace.name for trace in figure.data] == list(by_day.columns)
    assert {trace.stackgroup for trace in figure.data} == {"tranches"}
    assert {trace.line.shape for trace in figure.data} == {"hv"}
    stacked = [sum(values) for values in zip(*(trace.y for trace in figure.data), strict=True)]
    assert stacked == pytest.approx(list(by_day.sum(axis=1)))
    assert figure.data[0].hovertext[-1].endswith(f"in all {text.number(by_day.iloc[-1].sum(), 1)}")
    (plan,) = (shape for shape in figure.layout.shapes if shape.line.dash == "dash")
    assert plan.y0 == plan.y1 == announced
    assert f"Announced: {text.billions(announced, 'CAD', 0)}" in texts(figure)
    assert figure.layout.yaxis.range[1] > max(announced, max(stacked))


# ---- Colours --------------------------------------------------------------------------------------------------


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def css_tokens(selector):
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", STYLE.read_text("utf-8"), re.DOTALL | re.MULTILINE)[1]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


CSS = {"light": ":root", "dark": ':root[data-theme="dark"]'}


@pytest.mark.parametrize("theme", PALETTES)
def test_no_two_tokens_of_a_palette_share_a_colour(theme):
    colours = [colour.lower() for colour in dataclasses.asdict(PALETTES[theme]).values()]
    assert len(set(colours)) == len(colours)


def test_every_dark_colour_has_a_light_counterpart_and_no_swap_undoes_another():
    swap = recolouring(DARK)
    dark, light = dataclasses.asdict(DARK), dataclasses.asdict(LIGHT)
    assert swap == {dark[token]: light[token] for token in light}
    assert not set(swap) & set(swap.values())
    assert recolouring(LIGHT) == {}


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("token", ["canada", "mexico", "united_states"])
def test_countries_stand_out_from_the_paper(theme, token):
    palette = PALETTES[theme]
    assert contrast(getattr(palette, token), palette.paper) >= 3
    assert contrast(css_tokens(CSS[theme])[token.replace("_", "-")], css_tokens(CSS[theme])["paper"]) >= 3


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("token", ["ink", "muted"])
def test_text_can_be_read_on_every_ground(theme, token):
    palette, css = PALETTES[theme], css_tokens(CSS[theme])
    assert contrast(getattr(palette, token), palette.paper) >= 4.5
    for ground in ("paper", "raised", "shade"):
        assert contrast(css[token], css[ground]) >= 4.5, ground


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("token", ["good", "warn", "bad", "accent"])
def test_words_in_a_colour_can_be_read(theme, token):
    css = css_tokens(CSS[theme])
    assert contrast(css[token], css["paper"]) >= 4.5


@pytest.mark.parametrize("theme", PALETTES)
def test_text_of_a_chart_in_a_country_colour_can_be_read(theme):
    palette = PALETTES[theme]
    for country in ("CAN", "MEX", "USA"):
        assert contrast(palette.ink, palette.tint(country)) >= 4.5
        # Names at line ends and the like are bold or large.
        assert contrast(palette.country(country), palette.paper) >= 3


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("token", ["paper", "ink", "muted", "hairline", "canada", "mexico", "united_states"])
def test_charts_and_page_share_their_colours(theme, token):
    assert css_tokens(CSS[theme])[token.replace("_", "-")] == getattr(PALETTES[theme], token).lower()


# ---- Every chart of every page --------------------------------------------------------------------------------

CHOICES = [
    "",
    "?partner=USA",
    "?country=USA&currency=GBP",
    "?country=MEX",
    "?years=2019-2025&freq=monthly",
    "?partner=USA&currency=MXN",
]
CHARTS = {"/": 2, "/trade": 3, "/mirror": 2, "/tariffs": 1, "/retaliation": 1, "/events": 0, "/sources": 0}


def graphs(text, store, path, query, theme="light"):
    selection, rejected = Selection.from_query(query)
    assert not rejected
    page = PAGES[path](View(text, selection, PALETTES[theme]), store)
    return [part for part in page._traverse() if isinstance(part, dcc.Graph)]


@pytest.fixture(scope="module")
def all_graphs(text, store):
    return {
        (path, query, graph.id): graph
        for path in PAGES
        for query in CHOICES
        for graph in graphs(text, store, path, query)
    }


@pytest.mark.parametrize("path", CHARTS)
def test_a_page_has_its_charts(text, store, path):
    assert len(graphs(text, store, path, "?partner=USA")) == CHARTS[path]


def test_no_chart_offers_to_send_its_data_away(all_graphs):
    assert len(all_graphs) > 20
    for graph in all_graphs.values():
        assert graph.config["showSendToCloud"] is False
        assert graph.config["displaylogo"] is False
        assert not {"plotlyServerURL", "topojsonURL"} & set(graph.config)


def test_every_chart_brings_all_words_of_its_export(all_graphs):
    for (path, query, name), graph in all_graphs.items():
        meta = graph.figure.layout.meta
        assert set(meta) == {
            "chart",
            "title",
            "subtitle",
            "notes",
            "source",
            "address",
            "stamp",
            "file",
            "muted",
            "recolour",
        }
        for word in ("chart", "title", "subtitle", "source"):
            assert meta[word].strip(), (name, word)
        assert name == f"graph-{meta['chart']}"
        assert meta["address"] == path + query
        assert re.fullmatch(r"[a-z0-9_-]+\.png", meta["file"]), meta["file"]


def test_a_file_is_named_after_its_choice(all_graphs):
    for (path, query, _name), graph in all_graphs.items():
        meta = graph.figure.layout.meta
        if meta["chart"] in ("flows", "trade", "balance", "growth"):
            assert meta["file"] == Selection.from_query(query)[0].file_name(meta["chart"]) + ".png", path


def test_every_source_names_its_vintage(text, store):
    assert [key for key, source in store.source.items() if not vintage_of(text, source)] == []


def test_every_chart_cites_a_source_with_its_vintage(text, store, all_graphs):
    for key, graph in all_graphs.items():
        line = graph.figure.layout.meta["source"]
        assert line.startswith("Source: "), key
        cited = [source for source in store.source if citation(text, store, source) in line]
        assert cited, (key, line)
        assert all(vintage_of(text, store.source[source]) in line for source in cited)


def test_converted_charts_cite_their_exchange_rates(text, store):
    for graph in graphs(text, store, "/trade", "?currency=GBP"):
        assert "Converted at average rates" in graph.figure.layout.meta["source"]
    for graph in graphs(text, store, "/trade", ""):
        assert "Converted" not in graph.figure.layout.meta["source"]


def test_no_chart_writes_a_magnitude_as_a_letter(all_graphs):
    for key, graph in all_graphs.items():
        for written in texts(graph.figure):
            assert not re.search(r"\d\s?[GkMB]\b", written), (key, written)
        for name in graph.figure.layout:
            if re.match("yaxis", name) and graph.figure.layout[name].showticklabels is not False:
                assert graph.figure.layout[name].tickmode == "array", (key, "no tick is left to Plotly's own format")


def test_a_chart_of_money_says_its_unit_once_in_the_plot(all_graphs):
    for (path, query, name), graph in all_graphs.items():
        if name in ("graph-flows", "graph-trade", "graph-balance"):
            with_unit = [t for t in texts(graph.figure) if re.search("million|billion|trillion", t)]
            assert len(with_unit) == 1, (path, query, name, with_unit)
            assert re.search("million|billion|trillion", graph.figure.layout.meta["subtitle"])


def test_every_colour_of_every_chart_is_a_token_so_that_an_export_can_swap_it(text, store):
    for path in PAGES:
        for query in CHOICES:
            for graph in graphs(text, store, path, query, "dark"):
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


def test_every_chart_says_in_words_what_it_shows(text, store):
    for path, query in [("/", ""), ("/trade", "?partner=USA"), ("/tariffs", "?partner=USA"), ("/retaliation", "")]:
        page = PAGES[path](View(text, Selection.from_query(query)[0]), store)
        parts = {part.id: part for part in page._traverse() if getattr(part, "id", None)}
        described = [part for part in page._traverse() if getattr(part, "role", None) == "img"]
        assert len(described) == CHARTS[path]
        for plot in described:
            assert parts[getattr(plot, "aria-labelledby")].to_plotly_json()["props"]["children"]


def test_the_drawn_values_are_those_of_the_tables(text, store):
    for query in ("", "?partner=USA&currency=USD", "?country=USA&years=2010-2020", "?freq=monthly"):
        selection = Selection.from_query(query)[0]
        table = trade.series(store, selection)
        traces = [t for t in graphs(text, store, "/trade", query)[0].figure.data if t.name]
        for trace, column in zip(traces, ("export", "import", "total"), strict=True):
            expected = [None if v != v else v / 1000 for v in table[column]]
            assert [v is None for v in trace.y] == [v is None for v in expected]
            assert [v for v in trace.y if v is not None] == pytest.approx([v for v in expected if v is not None])
