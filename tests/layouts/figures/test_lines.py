"""The charts: what they draw from what data, their axes, their labels."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import math
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.queries import retaliation
from data.queries.records import ON_ONE_AXIS, MixedAxisError, Record
from layouts.figures.annotations import GAP as MARK_GAP
from layouts.figures.annotations import MARK_SIZE, marks_of
from layouts.figures.base import (
    axis_range,
    round_ticks,
    spread,
    time_axis,
    unit_labels,
    unit_place,
)
from layouts.figures.lines import Line, lines_figure
from layouts.figures.retaliation import in_force_figure
from layouts.figures.series import balance_figure, growth_figure
from layouts.figures.trilateral import triangle_figure
from layouts.theme import LIGHT
from layouts.wording.units import BILLIONS, MILLIONS, TRILLIONS, Index, Money, Percent

GAP = float("nan")
HOME = {"CAN": LIGHT.red, "MEX": LIGHT.green, "USA": LIGHT.blue}
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


RECORD = Record("CAN", "MEX", "CAD")
EXPORTS = Line("export", "Exports", "Exports to Mexico", LIGHT.red, RECORD)
IMPORTS = Line("import", "Imports", "Imports from Mexico", LIGHT.green, RECORD, "7px,3px")
TABLE = years_table([10_000, 11_000, GAP, 12_500], [20_000, 22_000, 21_000, 30_000])
DOLLARS = Money("CAD", BILLIONS)


def drawn_lines(text, table=TABLE, lines=(EXPORTS, IMPORTS), unit=DOLLARS, **more):
    return lines_figure(text, LIGHT, table, list(lines), unit, "A", **more)


def with_labels(table, **labels):
    """The table with statuses and derivations of its flows, as ``export_status`` and so on."""
    plain: dict[str, object] = {f"{flow}_status": "final" for flow in ("export", "import")}
    return table.assign(**plain | labels)


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
    imported = traces["Imports from Mexico"]
    assert imported.hovertext[0] == f"<b style='color:{imported.line.color}'>Imports</b>: C$20.0 billion"


def test_a_gap_is_empty_and_never_zero_or_bridged(text):
    exports = named(drawn_lines(text))["Exports to Mexico"]
    assert list(exports.y) == [10.0, 11.0, None, 12.5]
    assert exports.connectgaps is False
    assert exports.hoverinfo == "skip"


def test_the_pointer_is_told_every_series_of_a_period_and_that_a_gap_is_unknown(text):
    figure = drawn_lines(text)
    assert (figure.layout.hovermode, figure.layout.hoverdistance) == ("x unified", -1)
    assert (figure.layout.xaxis.showspikes, figure.layout.xaxis.hoverformat) == (True, "%Y")
    answers = [trace for trace in figure.data if trace.hoverinfo == "x+text"]
    assert [set(trace.x) for trace in answers] == [set(answers[0].x)] * 2
    assert [re.sub("<.*?>", "", said) for said in (trace.hovertext[2] for trace in answers)] == [
        "Exports: ..",
        "Imports: C$21.0 billion",
    ]
    # What answers in a gap is never seen.
    unseen = next(trace for trace in answers if trace.marker.opacity == 0)
    assert (unseen.name, unseen.mode) == (None, "markers")


def test_a_change_on_a_year_earlier_is_said_beside_the_value_where_it_is_known(text):
    table = years_table([10_000, 11_000], [20_000, 18_000]).assign(export_growth=[GAP, 10.0], import_growth=[GAP, GAP])
    figure = drawn_lines(text, table, changes=True)
    exports, imports = named(figure).values()
    plain = named(drawn_lines(text, table))
    assert plain["Exports to Mexico"].hovertext[1].endswith(": C$11.0 billion")
    assert [said.split(": ")[1] for said in exports.hovertext] == ["C$10.0 billion", "C$11.0 billion, +10.0%"]
    assert imports.hovertext[1].endswith(": C$18.0 billion")
    assert figure.layout.xaxis.unifiedhovertitle.text == "%{x|%Y}, change on a year earlier"


def test_the_pointer_is_told_what_is_preliminary(text):
    table = with_labels(years_table([10_000, 11_000], [20_000, 18_000]), export_status=["final", "preliminary"])
    exports = named(drawn_lines(text, table))["Exports to Mexico"]
    assert [said.split(": ")[1] for said in exports.hovertext] == ["C$10.0 billion", "C$11.0 billionᵖ"]


def test_isolated_points_are_never_joined(text):
    figure = drawn_lines(text, isolated=True)
    assert [trace.mode for trace in named(figure).values()] == ["markers", "markers"]


def test_the_balance_is_shaded_only_where_both_flows_are_whole(text):
    whole = drawn_lines(text, years_table([1000, 2000], [2000, 2500]))
    assert [trace.fill for trace in whole.data if trace.fill] == ["tonexty"]
    assert [trace.fill for trace in drawn_lines(text).data if trace.fill] == []


def test_lines_differ_in_more_than_colour(text):
    traces = named(drawn_lines(text))
    assert len({trace.line.dash for trace in traces.values()}) == 2
    assert len({trace.marker.symbol for trace in traces.values()}) == 2
    assert {set(trace.marker.symbol).pop() for trace in traces.values()} == {"circle", "square"}


def test_each_line_is_named_at_its_end_with_its_last_value(text):
    written = texts(drawn_lines(text))
    assert "<b>Exports</b><br>12.5" in written
    assert "<b>Imports</b><br>30.0" in written


def test_a_line_that_ends_before_the_last_period_says_when(text):
    figure = drawn_lines(text, years_table([10_000, 11_000, GAP], [20_000, 22_000, 21_000]))
    ends = {a.text: a.x for a in figure.layout.annotations if a.text.startswith("<b>")}
    assert ends == {"<b>Exports</b><br>11.0 (2016)": "2016-07-01", "<b>Imports</b><br>21.0": 1}


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
    # Years are drawn in the middle of each, and so is what happened in one.
    assert [mark.x[:10] for mark in marks] == ["2015-07-01", "2015-07-01", "2018-07-01"]
    assert marks[1].yshift > marks[0].yshift == marks[2].yshift
    assert max(mark.yshift for mark in marks) + MARK_SIZE / 2 <= figure.layout.margin.t


DAYS = st.lists(st.dates(dt.date(1997, 1, 1), dt.date(2025, 12, 31)), max_size=40)
START, END = pd.Timestamp("1997-01-01"), pd.Timestamp("2025-12-31")


@given(DAYS, st.sampled_from([225, 260, 1000]))
def test_event_marks_never_overlap(days, width):
    marks = marks_of(sorted(pd.Timestamp(day) for day in days), START, END, width)
    places = [(mark.date - START).days / (END - START).days * width for mark in marks]
    for (left, x), (right, y) in itertools.combinations(zip(marks, places, strict=True), 2):
        if left.row == right.row:
            assert y - x >= (left.width + right.width) / 2 + MARK_GAP - 1e-6


@given(DAYS)
def test_every_event_has_one_mark_on_the_day_of_the_first_it_stands_for(days):
    days = sorted(pd.Timestamp(day) for day in days)
    marks = marks_of(days, START, END)
    numbers = [number for mark in marks for number in range(mark.first, mark.last + 1)]
    assert numbers == list(range(1, len(days) + 1))
    assert [mark.date for mark in marks] == [days[mark.first - 1] for mark in marks]
    assert all(mark.label.split("–") in ([str(mark.first)], [str(mark.first), str(mark.last)]) for mark in marks)


def test_marks_that_would_pile_up_share_one_that_names_the_first_and_the_last(text):
    days = [pd.Timestamp("2018-06-01") + pd.Timedelta(days=n) for n in range(6)]
    marks = [a.text for a in drawn_lines(text, events=days).layout.annotations if a.name == "event"]
    assert marks == ["1–6"]


# ---- How settled a value is -----------------------------------------------------------------------------------


def markers(figure, name="Exports to Mexico"):
    return named(figure)[name].marker


def test_points_that_are_not_final_are_hollow_on_a_line_and_the_others_unseen(text):
    table = with_labels(TABLE, export_status=["final", "final", None, "preliminary"])
    figure = drawn_lines(text, table)
    exports, imports = named(figure).values()
    assert (exports.mode, imports.mode) == ("lines+markers", "lines")
    assert list(exports.marker.symbol) == ["circle", "circle", "circle", "circle-open"]
    assert list(exports.marker.size) == [0, 0, 0, 6]
    # An open sign is drawn in the colour of its outline alone.
    assert set(exports.marker.color) == {EXPORTS.colour}


def test_isolated_points_are_filled_hollow_or_hollow_with_a_dot(text):
    table = with_labels(
        TABLE,
        import_status=["final", "preliminary", "special_estimate", "preliminary"],
        import_derivation=["published", "published", "published", "worked_out"],
    )
    imports = markers(drawn_lines(text, table, isolated=True), "Imports from Mexico")
    assert list(imports.symbol) == ["square", "square-open", "square-open", "square-open-dot"]
    assert set(imports.color) == {LIGHT.green}, "the outline of a hollow point has its colour"
    assert imports.size == 9


def test_one_line_may_be_points_while_the_other_is_joined_and_strokes_show_their_distance(text):
    figure = drawn_lines(text, lines=[dataclasses.replace(EXPORTS, isolated=True), IMPORTS])
    assert [trace.mode for trace in figure.data if trace.name] == ["markers", "lines"]
    assert [trace.fill for trace in figure.data if trace.fill] == []
    strokes = [(s.y0, s.y1) for s in figure.layout.shapes if s.line.color == LIGHT.neutral_soft]
    assert strokes == [(10.0, 20.0), (11.0, 22.0), (12.5, 30.0)], "none where one of the two is unknown"


def test_a_distance_that_means_nothing_is_not_shaded(text):
    whole = years_table([1000, 2000], [2000, 2500])
    assert [trace.fill for trace in drawn_lines(text, whole, shaded=None).data if trace.fill] == []


# ---- One kind of record on an axis ----------------------------------------------------------------------------

ANOTHER = {
    "reporter": "MEX",
    "currency": "USD",
    "basis": "reconciled",
    "coverage": "domestic",
    "adjustment": "adjusted",
    "prices": "2024",
}


@pytest.mark.parametrize("field", ON_ONE_AXIS)
def test_lines_of_two_kinds_of_record_are_refused_by_name(text, field):
    mixed = [EXPORTS, dataclasses.replace(IMPORTS, record=dataclasses.replace(RECORD, **{field: ANOTHER[field]}))]
    with pytest.raises(MixedAxisError, match=f"more than one {field}: ") as caught:
        drawn_lines(text, lines=mixed)
    assert caught.value.field == field
    assert caught.value.values == (getattr(RECORD, field), ANOTHER[field])
    with pytest.raises(MixedAxisError):
        growth_figure(text, LIGHT, TABLE, mixed, "A")


@pytest.mark.parametrize("field", ON_ONE_AXIS)
def test_a_view_that_compares_one_field_may_mix_that_one_and_no_other(text, field):
    other = dataclasses.replace(RECORD, **{field: ANOTHER[field]})
    assert len(drawn_lines(text, lines=[EXPORTS, dataclasses.replace(IMPORTS, record=other)], comparing=field).data)
    more = next(name for name in ON_ONE_AXIS if name != field)
    worse = dataclasses.replace(other, **{more: ANOTHER[more]})
    with pytest.raises(MixedAxisError, match=f"more than one {more}: "):
        drawn_lines(text, lines=[EXPORTS, dataclasses.replace(IMPORTS, record=worse)], comparing=field)


def test_two_partners_of_one_reporter_share_an_axis(text):
    other = dataclasses.replace(IMPORTS, record=dataclasses.replace(RECORD, partner="USA"))
    assert len(named(drawn_lines(text, lines=[EXPORTS, other]))) == 2


def test_every_field_of_a_record_but_the_partner_is_guarded():
    assert {field.name for field in dataclasses.fields(Record)} - set(ON_ONE_AXIS) == {"partner"}
    assert set(ANOTHER) == set(ON_ONE_AXIS)


# ---- Units ----------------------------------------------------------------------------------------------------

PLAIN = years_table([50, 120], [80, 160])
UNITS = {
    "money": (Money("CAD", MILLIONS), "C$200 million", "C$120.0 million", "120"),
    "trillions": (Money("MXN", TRILLIONS), "MX$2.0 trillion", "MX$1.20 trillion", "1.20"),
    "constant prices": (Money("USD", MILLIONS, 2024), "US$200 million", "US$120.0 million", "120"),
    "share": (Percent(), "200%", "120.0%", "120.0%"),
    "change": (Percent(signed=True), "200%", "+120.0%", "+120.0%"),
    "index": (Index(2015), "200", "120.0", "120.0"),
}


@pytest.mark.parametrize("name", UNITS)
def test_axis_pointer_and_end_of_a_line_speak_one_unit(text, name):
    unit, tick, hovered, end = UNITS[name]
    table = PLAIN * 10_000 if name == "trillions" else PLAIN
    figure = drawn_lines(text, table, unit=unit)
    assert tick in texts(figure)
    exports = named(figure)["Exports to Mexico"]
    assert exports.hovertext[1] == f"<b style='color:{exports.line.color}'>Exports</b>: {hovered}"
    assert f"<b>Exports</b><br>{end}" in texts(figure)
    assert exports.y[1] == pytest.approx(table["export"].iloc[1] / unit.divisor)


def test_units_name_themselves_in_tables_and_subtitles(text):
    said = {name: (unit.header(text), unit.name(text)) for name, (unit, *_rest) in UNITS.items()}
    assert said == {
        "money": ("million Canadian dollars", "million Canadian dollars"),
        "trillions": ("million Mexican pesos", "trillion Mexican pesos"),
        "constant prices": ("million US dollars at prices of 2024", "million US dollars at prices of 2024"),
        "share": ("per cent", "per cent"),
        "change": ("per cent", "per cent"),
        "index": ("2015 = 100", "2015 = 100"),
    }


def test_values_on_both_sides_of_zero_have_a_zero_line(text):
    level = lambda figure: [s for s in figure.layout.shapes if s.y0 == s.y1 == 0 and s.xref == "paper"]  # noqa: E731
    assert len(level(drawn_lines(text, years_table([-5, 8], [3, 4]), unit=Percent(signed=True)))) == 1
    assert level(drawn_lines(text)) == []


# ---- Breaks ---------------------------------------------------------------------------------------------------


def test_a_break_stands_on_the_axis_at_its_day_with_its_sentence(text):
    breaks = pd.DataFrame({"date": [pd.Timestamp("2016-03-01")], "text": ["The rules change."]})
    marks = named(drawn_lines(text, breaks=breaks))["Breaks"]
    assert (list(marks.x), list(marks.y)) == (["2016-03-01"], [0.0])
    assert (marks.mode, marks.marker.symbol, marks.cliponaxis) == ("markers", "triangle-up", False)
    assert marks.hoverinfo == "skip"


def test_breaks_stand_on_the_floor_of_the_plot_where_values_are_negative(text):
    breaks = pd.DataFrame({"date": [pd.Timestamp("2015-03-01")], "text": ["The rules change."]})
    figure = drawn_lines(text, years_table([-50, 8], [3, 4]), unit=Percent(signed=True), breaks=breaks)
    assert named(figure)["Breaks"].y[0] == min(figure.layout.yaxis.tickvals) < 0


def test_without_breaks_there_are_no_marks(text):
    none = pd.DataFrame({"date": pd.to_datetime([]), "text": []})
    assert "Breaks" not in named(drawn_lines(text, breaks=none))
    assert "Breaks" not in named(drawn_lines(text))


# ---- Balance and growth ---------------------------------------------------------------------------------------


def test_the_balance_is_exports_less_imports_and_says_whether_it_is_a_deficit(text):
    figure = balance_figure(text, LIGHT, TABLE, "CAD", "A", "Balance with Mexico")
    (bars,) = named(figure).values()
    assert (bars.type, bars.name) == ("bar", "Balance with Mexico")
    assert list(bars.y) == [-10.0, -11.0, None, -17.5]
    (unseen,) = (trace for trace in figure.data if not trace.name)
    assert (unseen.marker.opacity, unseen.hovertext[2]) == (0, "<b>Balance with Mexico</b>: ..")
    assert "<b>Deficit</b><br>17.5" in texts(figure)
    surplus = balance_figure(text, LIGHT, years_table([5000], [2000]), "CAD", "A", "Balance")
    assert "<b>Surplus</b><br>3.0" in texts(surplus)


def test_growth_is_drawn_as_small_multiples_on_one_scale(text):
    lines = [dataclasses.replace(line, column=f"{line.column}_growth") for line in (EXPORTS, IMPORTS)]
    figure = growth_figure(text, LIGHT, TABLE, lines, "A")
    exports, imports = named(figure).values()
    assert (exports.name, imports.name) == ("Exports to Mexico", "Imports from Mexico")
    assert list(exports.y) == [None, 10.0, None, None]
    # Each row answers in its own plot, also of a year it knows nothing of.
    unseen = [trace for trace in figure.data if trace.hovertext and not trace.name]
    assert [(trace.yaxis, trace.hovertext[0]) for trace in unseen] == [
        ("y", "<b>Exports to Mexico</b>: .."),
        ("y2", "<b>Imports from Mexico</b>: .."),
    ]
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    upper, lower = figure.layout.yaxis.domain, figure.layout.yaxis2.domain
    assert lower[0] >= 0 and lower[1] < upper[0] and upper[1] <= 1
    assert "+42.9%" in texts(figure)
    # Exports are unknown in 2017, so their last change is that of 2016 and says so.
    assert "+10.0%<br>2016" in texts(figure)


def test_marks_above_growth_stand_clear_of_the_name_of_the_upper_row(text):
    lines = [dataclasses.replace(line, column=f"{line.column}_growth") for line in (EXPORTS, IMPORTS)]
    days = [pd.Timestamp("2015-01-10"), pd.Timestamp("2015-02-01"), pd.Timestamp("2018-06-01")]
    figure = growth_figure(text, LIGHT, TABLE, lines, "A", events=days)
    plot = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    name = next(a for a in figure.layout.annotations if a.text == "<b>Exports</b>")
    # The name stands on its baseline shift, as high as its letters.
    top_of_name = (name.y - 1) * plot + name.yshift + name.font.size * 1.3
    marks = [a for a in figure.layout.annotations if a.name == "event"]
    assert len(marks) == 3
    for mark in marks:
        assert mark.yshift - MARK_SIZE / 2 >= top_of_name
        assert mark.yshift + MARK_SIZE / 2 <= figure.layout.margin.t
    without = growth_figure(text, LIGHT, TABLE, lines, "A")
    assert without.layout.height - without.layout.margin.t == figure.layout.height - figure.layout.margin.t


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
    labels = unit_labels(text, ticks, DOLLARS)
    assert [("billion" in label) for label in labels].count(True) == 1
    assert labels[unit_place(ticks)].replace("−", "").startswith("C$")
    assert not re.search(r"\d\s?[GkMB]\b", " ".join(labels))
    assert len(set(labels)) == len(labels)


@given(AMOUNT, AMOUNT)
def test_the_percent_sign_stands_on_one_tick_only(text, one, other):
    labels = unit_labels(text, round_ticks(*sorted((one, other))), Percent())
    assert sum("%" in label for label in labels) == 1


@given(AMOUNT, AMOUNT, st.sampled_from([Percent(), Percent(signed=True), Index(2000), Money("GBP", MILLIONS)]))
def test_all_ticks_but_one_are_plain_numbers_in_every_unit(text, one, other, unit):
    ticks = round_ticks(*sorted((one, other)))
    labels = unit_labels(text, ticks, unit)
    plain = [label for place, label in enumerate(labels) if place != unit_place(ticks)]
    assert all(re.fullmatch(r"−?[\d,]+(\.\d+)?", label) for label in plain), labels
    values = [float(label.replace("−", "-").replace(",", "")) for label in plain]
    assert values == [tick for place, tick in enumerate(ticks) if place != unit_place(ticks)]


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
    return pd.DataFrame(
        [{"exporter": a, "importer": b, "reporter": b, "value": v} for (a, b), v in zip(pairs, values, strict=True)]
    )


def test_arrows_are_as_wide_as_their_values(text):
    values = [100_000.0, 200_000.0, 300_000.0, 400_000.0, 500_000.0, 600_000.0]
    figure = triangle_figure(text, LIGHT, six(values), "CAD", frozenset({"CAN", "MEX"}), HOME)
    ratios = [arrow_width(trace) / value for trace, value in zip(figure.data, values, strict=True)]
    assert ratios == pytest.approx([ratios[0]] * 6)
    labels = [label.split("<br>") for label in texts(figure) if re.search(r"\d", label)]
    assert [number for number, _record in labels] == [f"<b>{value / 1000:.1f}</b>" for value in values]
    # Each arrow names its record, here the importer's.
    records = [re.sub("<[^>]+>", "", record) for _number, record in labels]
    assert records == ["MEX", "CAN", "US", "CAN", "US", "MEX"]


def test_an_unknown_flow_has_no_arrow_and_says_so(text):
    figure = triangle_figure(
        text, LIGHT, six([GAP, 200.0, 300.0, 400.0, 500.0, 600.0]), "CAD", frozenset({"CAN", "MEX"}), HOME
    )
    assert len(figure.data) == 5
    assert texts(figure).count("not known") == 1


def test_only_the_chosen_pair_is_coloured(text):
    figure = triangle_figure(text, LIGHT, six([100.0] * 6), "CAD", frozenset({"USA", "MEX"}), HOME)
    assert {trace.name: trace.fillcolor for trace in figure.data if trace.fillcolor != LIGHT.neutral_soft} == {
        "Mexico to the United States": LIGHT.green,
        "The United States to Mexico": LIGHT.blue,
    }


def test_the_triangle_hover_gives_the_value_with_its_unit(text):
    figure = triangle_figure(text, LIGHT, six([62_400.0] * 6), "USD", frozenset({"CAN", "MEX"}), HOME)
    assert all(trace.text.split("<br>")[1] == "US$62.4 billion" for trace in figure.data)
    assert all(trace.text.endswith(" record") for trace in figure.data)


# ---- Retaliation ------------------------------------------------------------------------------------------------


def test_the_retaliation_stack_sums_to_what_is_in_force(text, store):
    by_day = retaliation.in_force_by_day(store)
    announced = retaliation.announced_total(store)
    names = {tranche: tranche for tranche in by_day.columns}
    figure = in_force_figure(text, LIGHT, by_day, names, announced, "CAD", LIGHT.red)
    assert [trace.name for trace in figure.data] == list(by_day.columns)
    assert {trace.stackgroup for trace in figure.data} == {"tranches"}
    assert {trace.line.shape for trace in figure.data} == {"hv"}
    stacked = [sum(values) for values in zip(*(trace.y for trace in figure.data), strict=True)]
    assert stacked == pytest.approx(list(by_day.sum(axis=1)))
    assert figure.data[0].hovertext[-1].endswith(f"total {text.number(by_day.iloc[-1].sum(), 1)}")
    (plan,) = (shape for shape in figure.layout.shapes if shape.line.dash == "dash")
    assert plan.y0 == plan.y1 == announced
    assert f"Announced: {text.billions(announced, 'CAD', 0)}" in texts(figure)
    assert figure.layout.yaxis.range[1] > max(announced, max(stacked))
