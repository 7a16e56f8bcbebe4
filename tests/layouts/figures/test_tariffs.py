"""The charts and words of the Tariffs and Retaliation pages."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd
import pytest

from data.queries import retaliation, tariffs
from data.schema.policy import STEPS, TARIFF_MEASURES, WITHOUT_RATE
from data.selection import Rejected
from layouts.charts.registry import chart_of
from layouts.charts.tariff_steps import LINE, row_name
from layouts.components import notices
from layouts.figures.measure_timeline import MARKS, SYMBOLS, LifeRow, timeline_figure
from layouts.figures.retaliation import in_force_figure
from layouts.figures.tariff_steps import FULL, STEP, StepRow, steps_figure
from layouts.pages import retaliation as ledger_page
from layouts.pages.tariffs import page
from layouts.sections.measure_steps import step_lists
from layouts.theme import LIGHT
from layouts.view import View
from layouts.wording.tariffs import measure_name, rate, step_name, usmca_rate
from tests.choosing import choose, coverage, read

FIRST, LAST = pd.Timestamp(coverage().first_day), pd.Timestamp(coverage().last_day)
PAIRS = [("CAN", "USA"), ("MEX", "USA"), ("CAN", "MEX")]


def texts(figure):
    return [annotation.text for annotation in figure.layout.annotations]


def words(component) -> str:
    """Everything a component says, in order."""
    if component is None:
        return ""
    if isinstance(component, (list, tuple)):
        return " ".join(words(part) for part in component)
    if isinstance(component, (str, int, float)):
        return str(component)
    return words(getattr(component, "children", None))


def found(component, kind, **properties):
    """Components of a type with given properties, wherever in a page."""
    if isinstance(component, (list, tuple)):
        return [hit for part in component for hit in found(part, kind, **properties)]
    if not hasattr(component, "to_plotly_json"):
        return []
    hits = found(getattr(component, "children", None), kind, **properties)
    own = type(component).__name__ == kind and all(getattr(component, k, None) == v for k, v in properties.items())
    return [component, *hits] if own else hits


# Rates as steps.


def step_rows(store):
    steps = tariffs.steps(store, choose(partner="USA"))
    groups = [group for _key, group in steps.groupby(["imposer", "measure", "product_scope"], sort=False)]
    labels = ["one line", "two<br>lines"]
    return [StepRow("heading", LIGHT.red, LIGHT.red_tint, steps.iloc[:0])] + [
        StepRow(f"{n} {labels[n % 2]}", LIGHT.blue, LIGHT.blue_tint, group) for n, group in enumerate(groups)
    ]


def test_each_tariff_interval_is_a_step_from_its_first_day_to_its_last_as_high_as_its_rate(text, store):
    rows = step_rows(store)
    figure = steps_figure(text, LIGHT, rows, FIRST, LAST, pd.Timestamp("2025-08-01"))
    base, expected = sum(row.height for row in rows), []
    for row in rows:
        base -= row.height
        expected += [(row, base, step) for step in row.steps.itertuples()]
    assert len(figure.data) == len(expected) > 10
    for trace, (row, base, step) in zip(figure.data, expected, strict=True):
        assert trace.name == row.label
        assert [pd.Timestamp(x) for x in (trace.x[0], trace.x[-1])] == [step.effective_from, step.until]
        assert trace.y[0] == base
        if step.rate_pct >= 3:
            assert (trace.y[1] - base) * FULL / STEP == pytest.approx(step.rate_pct)
        assert trace.y[1] < base + row.height - 17 * (row.label.count("<br>") + 1), "a step stays below its label"
    assert figure.layout.yaxis.range == (0, sum(row.height for row in rows))


def test_the_chosen_day_is_marked_and_written(text, store):
    day = pd.Timestamp("2025-08-01")
    figure = steps_figure(text, LIGHT, step_rows(store), FIRST, LAST, day)
    assert [pd.Timestamp(s.x0) for s in figure.layout.shapes if s.layer == "above" and s.x0 == s.x1] == [day]
    assert text.short_date(day) in texts(figure)


def test_a_usmca_rate_is_dotted_only_where_it_differs(text, store):
    rows = step_rows(store)
    figure = steps_figure(text, LIGHT, rows, FIRST, LAST, LAST)
    dotted = [shape for shape in figure.layout.shapes if shape.line.dash == "dot"]
    assert len(dotted) == sum(int(row.steps["usmca_rate_pct"].notna().sum()) for row in rows) > 0


def test_goods_are_named_in_full_on_lines_that_fit_a_phone(text, store):
    for row in store.tariffs.itertuples():
        name = row_name(text, measure_name(text, row.measure), row.scope_text)
        plain = re.sub(r"</?b>", "", name).split("<br>")
        said = " ".join(plain).replace(": ", " ", 1) if len(plain) == 1 else " ".join(plain)
        assert said == f"{measure_name(text, row.measure)} {row.scope_text}", "nothing is cut away"
        assert max(map(len, plain)) <= LINE


# Lives.


def test_each_step_up_to_the_end_is_a_mark_of_its_kind_on_its_day(text, store):
    (life,) = (
        one for one in tariffs.measures(tariffs.measure_steps(store, "USA", "CAN")) if one.measure == "autos_232"
    )
    hover = [f"step {n}" for n in range(len(life.steps))]
    row = LifeRow("autos", LIGHT.blue, LIGHT.blue_tint, life.steps, hover, life.start, LAST)
    figure = timeline_figure(text, LIGHT, [row], FIRST, LAST, LAST)
    (trace,) = figure.data
    # Signed, in effect, threat announced; the day planned for the threat lies after the collection.
    assert list(trace.x) == ["2025-03-26T00:00:00", "2025-04-03T00:00:00", "2026-08-24T00:00:00"]
    assert list(trace.marker.symbol) == ["circle-open", "circle", "circle-open"]
    assert list(trace.hovertext) == hover[:3]
    (bar,) = (shape for shape in figure.layout.shapes if shape.type == "rect")
    assert (bar.x0, bar.x1) == ("2025-04-03T00:00:00", LAST.isoformat())
    (before,) = (shape for shape in figure.layout.shapes if shape.line.dash == "dot")
    assert (before.x0, before.x1) == ("2025-03-26T00:00:00", "2025-04-03T00:00:00")


def test_a_measure_that_was_never_charged_has_no_bar(text, store):
    (life,) = (one for one in tariffs.measures(tariffs.measure_steps(store, "MEX", "USA")) if one.imposer == "MEX")
    row = LifeRow("answer", LIGHT.green, LIGHT.green_tint, life.steps, list("abcde"))
    figure = timeline_figure(text, LIGHT, [row], FIRST, LAST, LAST)
    assert not [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert len(figure.data[0].x) == 5


def test_every_step_and_measure_has_a_name_and_every_step_a_mark(text):
    assert set(MARKS) == set(STEPS)
    assert set(MARKS.values()) == set(SYMBOLS)
    assert len({step_name(text, step) for step in STEPS}) == len(STEPS)
    names = [measure_name(text, measure) for measure in (*TARIFF_MEASURES, *WITHOUT_RATE)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_step_of_the_pair_is_listed_with_its_text_and_its_words(text, store, pair):
    view = View(text, choose(reporter=pair[0], partner=pair[1]))
    steps = tariffs.measure_steps(store, *pair)
    section = step_lists(view, tariffs.measures(steps))
    said = words(section)
    assert len(found(section, "Li")) >= len(steps) > 0
    for step in steps.itertuples():
        assert step.text in said
        assert not isinstance(step.instrument, str) or step.instrument in said
    links = {link.href for link in found(section, "A")}
    assert set(steps["url"].dropna()) <= links


def test_hover_of_steps_holds_no_formula(text, store):
    for pair in PAIRS:
        view = View(text, choose(reporter=pair[0], partner=pair[1]))
        for trace in chart_of(view, store, "measure-timeline").figure.data:
            assert not any("$" in hover for hover in trace.hovertext)


# What applied on a day.


def on_day(text, store, day: str, partner: str = "USA"):
    return page(View(text, choose(partner=partner, on=dt.date.fromisoformat(day))), store)


def test_rules_of_the_day_stand_beside_the_matrix_with_their_text_and_verification(text, store):
    drawn = on_day(text, store, "2025-06-04")
    (box,) = found(drawn, "Div", id="stacking-usa")
    said = words(box)
    assert "Since 4 June 2025 the order is reversed" in said
    assert "Proclamation 10947, amending Executive Order 14289" in said
    assert "Goods that pay the IEEPA tariff do not pay" not in said, "that rule ended the day before"
    assert said.count("read on a reprint") == len(found(box, "Li")) == 4
    assert "#stacking-usa" in {link.href for link in found(drawn, "A")}


def test_where_no_rule_was_found_the_page_says_so(text, store):
    (box,) = found(on_day(text, store, "2025-06-04"), "Div", id="stacking-can")
    assert "No rule on adding these duties to each other was found" in words(box)


def test_one_measure_alone_needs_no_rule(text, store):
    drawn = on_day(text, store, "2025-03-05")
    assert not found(drawn, "Div", id="stacking-usa")
    assert not found(drawn, "Div", id="stacking-can")


@pytest.mark.parametrize(("day", "value"), [("2025-01-01", 0), ("2025-03-04", 62), ("2026-10-09", 646)])
def test_slider_runs_over_every_day_of_the_collection(text, store, day, value):
    (slider,) = found(on_day(text, store, day), "Input", id="day-slider")
    assert (slider.type, slider.min, slider.max, slider.step, slider.value) == ("range", 0, 646, 1, value)


def test_slider_has_a_tick_at_each_change(text, store):
    drawn = on_day(text, store, "2025-03-04")
    (ticks,) = found(drawn, "Div", className="ticks")
    days = tariffs.change_days(store, tariffs.between(store, "CAN", "USA"))
    assert [span.style["left"] for span in ticks.children] == [
        f"{(day - coverage().first_day).days / 646 * 100:.2f}%" for day in days
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2026-10-10", "No data for 10 October 2026: tariff data end on 9 October 2026"),
        ("2030-01-01", "tariff data end on 9 October 2026"),
        ("2024-12-31", "tariff data begin on 1 January 2025"),
        ("2025-02-30", "a day from 2025-01-01 to 2026-10-09"),
        ("20250101", "a day from 2025-01-01 to 2026-10-09"),
    ],
)
def test_a_day_that_is_not_held_explains_itself(text, asked, said):
    selection, rejected = read(f"?partner=USA&on={asked}")
    assert rejected == (Rejected("on", asked, ("2025-01-01", "2026-10-09")),)
    assert said in words(notices.rejected_values(View(text, selection), rejected))


def test_no_row_whose_words_set_usmca_goods_apart_says_they_pay_the_same(text, store):
    apart = [
        row for row in store.tariffs.itertuples() if "USMCA" in str(row.rate_text) or "CUSMA" in str(row.rate_text)
    ]
    assert {usmca_rate(text, row) for row in apart} == {"on part of the value", "only these"}
    assert len(apart) == 9
    for row in store.tariffs.itertuples():
        assert usmca_rate(text, row) in {"0%", "the same", "on part of the value", "only these", "not known"}


def test_the_table_of_a_day_says_what_each_row_means_for_usmca_goods(text, store):
    folded = found(on_day(text, store, "2026-10-09"), "Details", className="texts")
    rows = [row for row in found(folded, "Tr") if words(row.children[0])]
    (relief,) = (row for row in rows if "committing to US output" in words(row.children[0]))
    assert words(relief.children[2]) == "only these" and "needs a USMCA claim" in words(relief.children[1])
    cars = [row for row in rows if words(row.children[0]).startswith(("Cars and light trucks", "US motor vehicles"))]
    assert [words(row.children[2]) for row in cars] == ["on part of the value"] * 2


def rows_of_day(text, store, day: str) -> list[list]:
    """Cells of the rows of goods in both tables of a day, without those that name a programme."""
    tables = found(on_day(text, store, day), "Table", className="rates")
    rows = [row for made in tables for row in found(found(made, "Tbody"), "Tr")]
    return [row.children for row in rows if isinstance(row.children, list)]


@pytest.mark.parametrize("day", ["2025-03-05", "2026-10-09"])
def test_the_rows_of_a_day_are_those_of_the_table_with_their_rates_and_days(text, store, day):
    rows = rows_of_day(text, store, day)
    held = tariffs.in_force(store, tariffs.between(store, "CAN", "USA"), dt.date.fromisoformat(day))
    assert len(rows) == len(held) > 2
    shown = sorted(
        (words(goods.children[0]), words(said), words(usmca), words(since)) for goods, said, usmca, since, _ in rows
    )
    expected = [
        (row.scope_text, rate(text, row), usmca_rate(text, row), text.short_date(row.effective_from))
        for row in held.itertuples()
    ]
    assert shown == sorted(expected)


def test_what_qualifies_a_rate_stands_in_its_row_and_its_history_beside_it(text, store):
    rows = {words(cells[0].children[0]): cells for cells in rows_of_day(text, store, "2026-10-09")}
    cars = rows["Cars and light trucks"]
    assert "25; approved USMCA models on the non-US content only" in words(cars[0])
    (bar,) = found(cars[4], "Span")
    # From 3 April 2025, the 92nd day after the first of the collection, to the last of its 646.
    assert (bar.style["left"], bar.style["width"]) == (f"{92 / 646 * 100:.2f}%", f"{554 / 646 * 100:.2f}%")
    assert (bar.className, bar.title) == ("bar part", "25% since 3 April 2025")
    metals = found(rows["Steel and aluminium articles"][4], "Span")
    assert [bar.title for bar in metals] == [
        "25%, 12 March 2025 to 3 June 2025",
        "50%, 4 June 2025 to 5 April 2026",
        "50% since 6 April 2026",
    ]
    assert [bar.children for bar in metals] == ["25%", "50%", "50%"]
    assert {bar.className for bar in found(rows["Listed alcoholic drinks"][4], "Span")} == {"bar ban"}


def test_a_ban_is_named_once(text, store):
    folded = found(on_day(text, store, "2026-10-09"), "Details", className="texts")
    rates = [words(row.children[1]).lower() for row in found(folded, "Tr")]
    bans = [said for said in rates if "ban" in said.split()]
    assert [said.strip() for said in bans] == ["import ban"] * 3


@pytest.mark.parametrize(
    ("pair", "shown"),
    [
        (("CAN", "MEX"), "USA CAN"),
        (("MEX", "CAN"), "USA MEX"),
        (("CAN", "USA"), "USA CAN"),
        (("USA", "MEX"), "USA MEX"),
    ],
)
def test_every_pair_opens_on_tariffs_of_the_united_states_and_leads_to_every_other_border(text, store, pair, shown):
    chosen = choose(reporter=pair[0], partner=pair[1])
    drawn = page(View(text, chosen), store)
    at = chosen.at_border()
    assert {at.reporter, at.partner} == set(shown.split())
    (choice,) = found(drawn, "Div", className="border-choice")
    led = [read(link.href)[0].at_border() for link in found(choice, "Link")]
    assert [{it.reporter, it.partner} for it in led] == [{"USA", "CAN"}, {"USA", "MEX"}, {"CAN", "MEX"}]
    (present,) = [link for link in found(choice, "Link") if "chosen" in link.className]
    assert present.href == (chosen.to_query() or "?")
    assert len(found(drawn, "H3")) >= 2, "both directions have rates"


def test_a_border_chosen_in_words_or_wrongly_is_read_or_refused():
    assert {read(f"?border={word}")[0].border for word in ("can-mex", "MEX-CAN", "CAN-MEX")} == {"CAN-MEX"}
    _chosen, (refused,) = read("?border=CAN-JPN")
    assert (refused.field, refused.allowed) == ("border", ("USA-CAN", "USA-MEX", "CAN-MEX"))


def status(text, store, **choice) -> list[str]:
    (strip,) = found(page(View(text, choose(**choice)), store), "Div", className="status-strip")
    return [" ".join(words(cell).split()) for cell in found(strip, "Div", className="status-cell")]


def test_the_rates_of_the_article_are_said_with_their_days_and_what_came_after(text, store):
    over, now, answer_over, answer = status(text, store)
    for part in (
        "Ended US on Canada",
        "IEEPA tariff, 4 March 2025 to 23 February 2026: 25%",
        "Energy and energy resources of Canada 10%",
        "35% from 1 August 2025",
        "Section 122 surcharge, 24 February 2026 to 23 July 2026: 10%.",
    ):
        assert part in over
    assert "In force US on Canada 10–50% On 19 groups of goods." in now
    assert "All other goods: 10% since 24 July 2026, free with USMCA." in now
    assert "Surtax of March 2025, 4 March 2025 to 31 August 2025: 25%." in answer_over
    assert "In force Canada on US 15–50%" in answer
    assert (
        "IEEPA tariff, 4 March 2025 to 23 February 2026: 25%." in status(text, store, reporter="MEX", partner="USA")[0]
    )
    assert status(text, store, border="CAN-MEX") == ["In force Canada on Mexico 25% On 1 group of goods."]


# Retaliation.


def test_the_ledger_shows_a_sum_for_each_state_and_strikes_what_is_not_charged(text, store):
    drawn = ledger_page.page(View(text, choose(partner="USA")), store)
    totals = [words(cell).split("  ")[0].strip() for cell in found(drawn, "Div", className="total")]
    assert [total.removesuffix(" ") for total in totals] == [
        "In force on 9 October 2026, total without 1 tranche of unknown amount",
        "Ended, total",
        "Announced without an order, total",
    ]
    sums = [words(span) for span in found(drawn, "Span", className="total")]
    assert sums == ["27.6", "19.8", "7.3%", "59.8", "41.7", "15.8%", "125.0", "87.4", "33.1%"]
    struck = [words(cell) for cell in found(drawn, "S")]
    assert sorted(struck) == sorted(["30.0", "3.0", "12.6", "14.2", "125.0", "20.9", "2.1", "8.8", "9.9", "87.4"])


def test_every_tranche_can_be_linked_to(text, store):
    drawn = ledger_page.page(View(text, choose(partner="USA")), store)
    for tranche in store.retaliation["tranche_id"]:
        assert len(found(drawn, "Div", id=f"tranche-{tranche}")) == 1


def test_the_articles_amounts_lead_to_their_tranches_and_their_checks(text, store):
    drawn = ledger_page.page(View(text, choose(partner="USA")), store)
    (section,) = found(drawn, "Section", id="article-amounts")
    links = [link.href for link in found(section, "A")]
    assert links == ["#tranche-can-first-list-2025", "#tranche-can-first-list-2025", "#tranche-can-second-list-2025"]
    checks = [link.href.split("#")[1] for link in found(section, "Link")]
    assert checks == ["claim-retaliation-first-list", "claim-retaliation-potential"]
    said = words(section)
    for figure in ("20.6", "106", "1.4563", "1.4623", "21.0", "108.4", "1.4299"):
        assert figure in said


def test_remission_and_removal_are_steps_of_the_ledger(text, store):
    said = words(ledger_page.page(View(text, choose(partner="USA")), store))
    for moment in ("16 Apr 2025", "1 Sept 2025", "8 Sept 2026"):
        assert moment in said.replace("\u00a0", " ")


def test_sums_stand_above_the_stretches_that_have_room_for_them(text, store):
    by_day = retaliation.in_force_by_day(store)
    figure = in_force_figure(text, LIGHT, by_day, {t: t for t in by_day.columns}, 155, "CAD", LIGHT.red)
    assert [t for t in texts(figure) if t.startswith("<b>C$")] == [
        "<b>C$59.8 billion</b>",
        "<b>C$15.6 billion</b>",
        "<b>C$27.6 billion</b>",
    ]
