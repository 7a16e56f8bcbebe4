"""The Burden page as readers meet it: figures, words, choices that lead nowhere, the list of disagreements."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pandas as pd
import pytest
from plotly.utils import PlotlyJSONEncoder

from data.queries import duty_estimate, effective_rate, usmca
from data.queries.scenario import scenario
from layouts.charts.duty_estimate import computation, estimate_chart
from layouts.charts.usmca_chapters import chapters_chart
from layouts.charts.usmca_share import halves, share_chart
from layouts.figures.heatmap import STEPS, Strip, heatmap_figure
from layouts.pages import effective_rate as page
from layouts.sections import discrepancies
from layouts.sections import scenario as calculator
from layouts.theme import DARK, LIGHT
from layouts.view import View
from tests.choosing import choose
from tests.data.helpers import real_store

MONTHS = pd.date_range("2025-01-01", "2026-02-01", freq="MS")
NAN = float("nan")


def view(text, **chosen) -> View:
    return View(text, choose(**({"reporter": "CAN", "partner": "USA"} | chosen)))


def share_made(shown: View):
    return share_chart(shown, usmca.shares(real_store(), shown.selection))


def estimate_made(shown: View):
    return estimate_chart(shown, duty_estimate.estimate(real_store(), shown.selection))


def chapters_made(shown: View):
    return chapters_chart(shown, usmca.chapters(real_store(), shown.selection))


def words(component) -> str:
    """Every text in a tree of components, in order."""
    found: list[str] = []

    def collect(part):
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, list):
            for each in part:
                collect(each)
        elif isinstance(part, dict):
            collect(part["props"].get("children"))

    collect(json.loads(json.dumps(component, cls=PlotlyJSONEncoder)))
    return " ".join(found)


def links(component) -> list[str]:
    return [part.href for part in component._traverse() if getattr(part, "href", None)]


# Strips.


def strips() -> list[Strip]:
    return [
        Strip("01 · Live animals", "0.0% → 50.0%", [0.0, NAN, 50.0], ["a", "b", "c"]),
        Strip("02 · Meat", "10.0% → 100.0%", [10.0, 20.0, 100.0], ["d", "e", "f"]),
    ]


def drawn(text, palette=LIGHT, **options):
    colours = (palette.red_tint, palette.red)
    return heatmap_figure(text, palette, strips(), MONTHS[:3], colours, **options)


def test_strips_hold_their_values_and_leave_gaps(text):
    legend, rows = drawn(text).data
    assert [trace.type for trace in (legend, rows)] == ["heatmap", "heatmap"]
    assert [list(row) for row in rows.z] == [[0.0, None, 50.0], [10.0, 20.0, 100.0]]
    assert rows.hoverongaps is False
    assert [list(row) for row in legend.z] == [list(STEPS)]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_strips_are_coloured_by_two_tokens_from_none_to_all(text, palette):
    for trace in drawn(text, palette).data:
        assert (trace.zmin, trace.zmax, trace.showscale) == (0, 100, False)
        assert [list(stop) for stop in trace.colorscale] == [[0, palette.red_tint], [1, palette.red]]


def test_first_strip_stands_on_top_with_its_name_and_its_ends(text):
    figure = drawn(text)
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    written = {a.text: (a.y, a.xanchor) for a in figure.layout.annotations}
    assert written["01 · Live animals"] == (0, "left")
    assert written["10.0% → 100.0%"] == (1, "right")


def test_stroke_parts_the_months_that_do_not_compare(text):
    assert drawn(text).layout.shapes == ()
    shapes = drawn(text, divided=MONTHS[1]).layout.shapes
    assert [(s.x0, s.x1) for s in shapes] == [(0.5, 0.5)] * 2
    assert all(s.y0 < place < s.y1 for place, s in enumerate(shapes))
    assert drawn(text, divided=MONTHS[9]).layout.shapes == ()


def test_months_are_few_enough_for_a_phone(text):
    wide = [Strip("x", "y", [1.0] * 14, ["h"] * 14)]
    figure = heatmap_figure(text, LIGHT, wide, MONTHS, (LIGHT.red_tint, LIGHT.red))
    labels = [a.text for a in figure.layout.annotations if a.y is not None and -1 < a.y < -0.5]
    assert labels == ["Jan<br>2025", "Apr", "Jul", "Oct", "Jan<br>2026"]


# Charts.


def test_no_line_runs_over_the_jump(text):
    split = halves(effective_rate.claims(real_store()), ["CAN"], pd.Timestamp(2025, 7, 1))
    assert split["CAN_before"].last_valid_index() == pd.Timestamp(2025, 6, 1)
    assert split["CAN_after"].first_valid_index() == pd.Timestamp(2025, 7, 1)
    figure = share_made(view(text)).figure
    lines = [trace for trace in figure.data if trace.mode and "lines" in trace.mode]
    assert len(lines) == 4
    for line in lines:
        known = [place for place, value in enumerate(line.y) if value is not None]
        assert known in (list(range(6)), list(range(6, 14)))
        assert line.connectgaps is False


def test_shares_say_what_weakens_them(text):
    it = share_made(view(text))
    said = " ".join(it.remarks)
    assert "34.5%" in said and "83.8%" in said and "45.3%" in said and "90.0%" in said
    assert "should not be compared" in said
    assert "does not state its basis" in said
    assert [note.text[:12].strip() for note in it.notes] == [
        "4 March 2025",
        "7 March 2025",
        "1 August 202",
        "24 February",
    ]


def test_shares_do_not_claim_conventions_their_record_does_not_state(text):
    rows = dict(share_made(view(text)).metadata.rows())
    assert "Goods counted" not in rows
    assert "basis not stated" in rows["What is shown"][0]


@pytest.mark.parametrize("partner", ["CAN", "MEX"])
def test_estimate_is_called_an_estimate_wherever_it_goes(text, partner):
    it = estimate_made(view(text, reporter=partner))
    assert "our estimate, no official figure" in it.subtitle
    assert "estimate of ours" in it.metadata.line
    assert len(dict(it.metadata.rows())["Computation"]) == 12
    assert "the rate times the share of all imports" in " ".join(it.remarks)


def test_every_column_of_the_estimate_holds_the_values_of_its_query(text):
    shown = view(text)
    found = duty_estimate.estimate(real_store(), shown.selection)
    columns = {column.name: list(column.values) for column in estimate_made(shown).columns()}
    for name, of in (("rate_pct", "rate"), ("share_pct", "share"), ("estimate_pct", "estimate")):
        assert columns[name] == pytest.approx(list(found.table[of]), nan_ok=True), name


@pytest.mark.parametrize(
    ("month", "said"),
    [
        (
            "2025-03",
            "Mar 2025: (3 × 25% × 71.63% + 25 × 25% × 38.94% + 3 × 10% × 28.37% + 25 × 10% × 10.45%) "
            "/ 31 days = 10.70%",
        ),
        ("2025-08", "Aug 2025: (31 × 35% × 10.48% + 31 × 10% × 2.82%) / 31 days = 3.95%"),
        # Of all imports, 9.56 per cent were other goods without a claim, 7.61 energy without one.
        ("2026-01", "Jan 2026: (31 × 35% × 9.56% + 31 × 10% × 7.61%) / 31 days = 4.11%"),
    ],
)
def test_estimate_is_computed_out_loud(text, month, said):
    shown = view(text)
    found = duty_estimate.estimate(real_store(), shown.selection)
    assert computation(shown, found, pd.Timestamp(f"{month}-01")) == said


def test_chapters_show_twenty_or_all(text):
    some = chapters_made(view(text))
    every = chapters_made(view(text, detail="chapter"))
    assert len(some.figure.data[1].z) == 20
    assert len(every.figure.data[1].z) == 97
    assert "20 chapters" in some.subtitle and "97 chapters" in every.subtitle
    # The name and a column for each of fourteen months on the page; in files its code, its name and its source.
    assert [len(column.cells) for column in every.columns()] == [97] * (1 + 14 + 3)


@pytest.mark.parametrize("make", [share_made, estimate_made, chapters_made])
def test_charts_do_not_change_with_years_and_currency(text, make):
    first, second = (
        make(view(text, **chosen)).figure.to_json()
        for chosen in ({}, {"years": (2001, 2003), "currency": "GBP", "freq": "monthly"})
    )
    assert first == second


# The page.


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-01-15", ["none", "No additional tariff applied on this day.", "34.5% of the imports of January 2025"]),
        (
            "2025-02-10",
            ["25%", "the first day was to be 4 March 2025", "The IEEPA tariff was not charged in this month."],
        ),
        ("2025-03-05", ["25%", "10–25%", "All Canadian goods except energy.", "IEEPA tariff: 10–25%", "about 10.7%"]),
        (
            "2025-05-01",
            [
                "All Canadian goods except energy and potash. Announced on 1 February 2025.",
                "It applied from 4 March 2025.",
                "0–25%",
                "Goods outside the lists pay none if they qualify under the USMCA.",
            ],
        ),
        ("2025-07-31", ["35%", "the first day was to be 1 August 2025", "IEEPA tariff: 10–25%, USMCA goods free"]),
        ("2025-08-01", ["35%", "It applied from 1 August 2025.", "about 4.0%", "by our estimate"]),
        ("2026-09-29", ["10%", "some goods banned", "not known", "The record of claims ends in February 2026"]),
        # The page opens on the last day of the record on which the duty was charged.
        ("2026-10-09", ["23 February 2026", "35%", "about 3.2%"]),
    ],
)
def test_three_readings_of_a_day(text, day, said):
    shown = words(page.page(view(text, on=dt.date.fromisoformat(day)), real_store()))
    assert [one for one in said if one not in shown] == []


def test_nothing_is_free_while_the_duty_on_all_goods_spares_none(text):
    shown = words(page.page(view(text, on=dt.date(2025, 3, 5)), real_store()))
    assert "pay none" not in shown


def test_the_estimate_is_not_called_a_bound(text):
    made = estimate_made(view(text))
    said = " ".join([made.title, made.subtitle, *made.summary, *made.remarks, made.metadata.line]).lower()
    said += " ".join(column.header for column in made.columns()).lower()
    assert "estimate of ours" in said
    assert "hs chapter 27 stands for the goods of the lower rate: energy and energy resources of canada" in said
    assert not any(word in said for word in ("at most", "bound", "the most", "lies lower", "likely too high"))


def test_the_rate_is_drawn_as_steps_and_the_estimate_as_a_line(text):
    figure = estimate_made(view(text)).figure
    shapes = [trace.line.shape for trace in figure.data if trace.mode and "lines" in trace.mode]
    assert shapes == ["hvh", "linear", "linear"]


def test_a_pair_without_the_united_states_is_told_whose_imports_these_are(text):
    for country, name, adjective in (("CAN", "Canada", "Canadian"), ("MEX", "Mexico", "Mexican")):
        other = {"CAN": "MEX", "MEX": "CAN"}[country]
        made = page.page(view(text, reporter=country, partner=other), real_store())
        assert f"US tariffs on {adjective} goods" in words(made)
        assert f"Shown are US imports from {name}" in words(made)
        # The tariffs of the day are those of the pair with the United States.
        assert any(href.startswith("/tariffs") and "USA" in href for href in links(made))


def test_a_country_paired_with_itself_is_shown_a_way_out(text):
    made = page.page(view(text, reporter="CAN", partner="CAN"), real_store())
    assert "chosen twice" in words(made)
    assert links(made)


# The calculator.


def test_calculator_states_its_arithmetic(text):
    shown = words(calculator.section(view(text, product="XVII", rate=12.5, currency="USD"), real_store()))
    it = scenario(real_store(), choose(partner="USA", product="XVII", rate=12.5, currency="USD"))
    assert f"{text.money(it.imports, 'USD')} × 12.5%" in shown
    assert text.money(it.duty_unclaimed, "USD") in shown
    assert "not a forecast" in shown
    assert "July 2025–February 2026" in shown


def test_calculator_offers_dollars_where_no_rate_of_exchange_is_held(text, monkeypatch):
    monkeypatch.setattr(calculator, "scenario", lambda store, chosen: scenario_without_imports(chosen))
    made = calculator.section(view(text, currency="GBP"), real_store())
    assert "No exchange rate into this currency for 2025" in words(made)
    assert "?partner=USA&currency=USD" in links(made)


def scenario_without_imports(chosen):
    it = scenario(real_store(), chosen)
    return replace(it, imports=NAN)


def test_goods_without_a_record_of_claims_are_said_to_have_none(text, monkeypatch):
    it = scenario(real_store(), choose(partner="USA"))
    bare = replace(it, share=NAN)
    monkeypatch.setattr(calculator, "scenario", lambda store, chosen: bare)
    shown = words(calculator.section(view(text), real_store()))
    assert "not on record" in shown
    assert "stayed free" not in shown


def test_field_of_the_rate_tells_the_script_what_the_address_leaves_out(text):
    made = calculator.section(view(text, rate=40.0), real_store())
    field = next(part for part in made._traverse() if getattr(part, "id", "") == calculator.RATE_INPUT)
    holder = next(part for part in made._traverse() if getattr(part, "data-usual", None))
    assert (field.value, getattr(holder, "data-usual")) == ("40", "25")


# Disagreements.


def test_every_disagreement_is_shown_with_both_statements_and_the_choice(text):
    shown = words(discrepancies.section(view(text), real_store()))
    for row in real_store().disagreements.itertuples():
        assert all(said in shown for said in (row.subject, row.says_a, row.says_b, row.choice, row.reason))
