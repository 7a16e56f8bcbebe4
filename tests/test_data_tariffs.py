"""Which tariffs apply on which day, and which events are shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from data import events, tariffs
from data.selection import Selection
from tests.data_helpers import real_store

CANADA_US = Selection(country="CAN", partner="USA")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def on(text: str, imposer: str, target: str) -> pd.DataFrame:
    rows = tariffs.in_force(tariffs.between(real_store(), imposer, target), day(text))
    return rows[(rows["imposer"] == imposer) & (rows["target"] == target)]


def rates(text: str, imposer: str, target: str, measure: str) -> dict[str, tuple[float | None, float | None]]:
    """Scope to (rate, rate for goods under the USMCA) of one measure on a day; None where there is none."""
    rows = on(text, imposer, target)
    rows = rows[rows["measure"] == measure].astype(object)
    rows = rows.where(rows.notna(), None)
    return {row.product_scope: (row.rate_pct, row.usmca_rate_pct) for row in rows.itertuples()}


NOTHING: dict[str, tuple[float | None, float | None]] = {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-02-01", NOTHING),
        ("2025-02-03", NOTHING),
        ("2025-02-04", NOTHING),
        ("2025-03-03", NOTHING),
        ("2025-03-04", {"general": (25, None), "energy": (10, None)}),
        ("2025-03-06", {"general": (25, None), "energy": (10, None)}),
        ("2025-03-07", {"general": (25, 0), "energy": (10, 0), "potash": (10, 0)}),
        ("2025-07-31", {"general": (25, 0), "energy": (10, 0), "potash": (10, 0)}),
        ("2025-08-01", {"general": (35, 0), "energy": (10, 0), "potash": (10, 0)}),
        ("2026-02-23", {"general": (35, 0), "energy": (10, 0), "potash": (10, 0)}),
        ("2026-02-24", NOTHING),
        ("2026-10-09", NOTHING),
    ],
)
def test_us_border_duty_on_goods_of_canada(text, expected):
    assert rates(text, "USA", "CAN", "border_duty") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-02-03", NOTHING),
        ("2025-03-04", {"general": (25, None)}),
        ("2025-03-07", {"general": (25, 0), "potash": (10, 0)}),
        ("2025-08-01", {"general": (25, 0), "potash": (10, 0)}),
        ("2026-02-23", {"general": (25, 0), "potash": (10, 0)}),
        ("2026-02-24", NOTHING),
    ],
)
def test_us_border_duty_on_goods_of_mexico(text, expected):
    assert rates(text, "USA", "MEX", "border_duty") == expected


@pytest.mark.parametrize("target", ["CAN", "MEX"])
@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("2025-03-11", None),
        ("2025-03-12", 25),
        ("2025-06-03", 25),
        ("2025-06-04", 50),
        ("2026-04-05", 50),
        ("2026-04-06", 50),
        ("2026-10-09", 50),
    ],
)
def test_us_duty_on_steel_and_aluminium(target, text, rate):
    found = rates(text, "USA", target, "metals_232")
    assert found.get("steel_aluminium") == ((rate, None) if rate else None)


@pytest.mark.parametrize(
    ("text", "surcharge", "section_301"),
    [
        ("2026-02-23", NOTHING, NOTHING),
        ("2026-02-24", {"general": (10, 0)}, NOTHING),
        ("2026-07-23", {"general": (10, 0)}, NOTHING),
        ("2026-07-24", NOTHING, {"general": (10, 0)}),
        ("2026-10-09", NOTHING, {"general": (10, 0)}),
    ],
)
@pytest.mark.parametrize("target", ["CAN", "MEX"])
def test_us_surcharge_follows_the_border_duty_and_section_301_follows_it(target, text, surcharge, section_301):
    assert rates(text, "USA", target, "surcharge_122") == surcharge
    assert rates(text, "USA", target, "forced_labour_301") == section_301


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("2026-08-21", set()),
        ("2026-08-22", {"alcohol_list", "dairy_list", "vehicles_list"}),
        ("2026-09-15", {"alcohol_list", "dairy_list", "vehicles_list"}),
        ("2026-09-28", {"alcohol_list", "dairy_list", "vehicles_list"}),
        (
            "2026-09-29",
            {"alcohol_list", "dairy_list", "vehicles_list", "alcohol_ban", "dairy_ban", "motorcycle_ban"},
        ),
    ],
)
def test_us_section_338_lists_and_bans_on_goods_of_canada(text, scopes):
    found = rates(text, "USA", "CAN", "discrimination_338")
    assert set(found) == scopes
    assert all(found[scope] == ((None, None) if scope.endswith("ban") else (50, None)) for scope in scopes)
    assert rates(text, "USA", "MEX", "discrimination_338") == NOTHING


def test_us_import_bans_are_marked_as_bans():
    rows = on("2026-09-29", "USA", "CAN")
    assert set(rows.loc[rows["kind"] == "import_ban", "product_scope"]) == {
        "alcohol_ban",
        "dairy_ban",
        "motorcycle_ban",
    }


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("2025-03-03", {}),
        ("2025-03-04", {"surtax_2025_1": 1}),
        ("2025-03-13", {"surtax_2025_1": 1, "surtax_metals": 2}),
        ("2025-04-09", {"surtax_2025_1": 1, "surtax_metals": 2, "surtax_vehicles": 1}),
        ("2025-08-31", {"surtax_2025_1": 1, "surtax_metals": 2, "surtax_vehicles": 1}),
        ("2025-09-01", {"surtax_metals": 1, "surtax_vehicles": 1}),
        ("2026-09-07", {"surtax_metals": 1, "surtax_vehicles": 1, "steel_derivative_surtax": 1}),
        ("2026-09-08", {"surtax_metals": 1, "surtax_vehicles": 1, "steel_derivative_surtax": 1, "surtax_2026": 1}),
    ],
)
def test_canadian_surtaxes_on_goods_of_the_united_states(text, measures):
    assert on(text, "CAN", "USA")["measure"].value_counts().to_dict() == measures


def test_first_list_is_gone_on_1_september_2025_and_metals_and_vehicles_stay():
    assert set(on("2025-09-01", "CAN", "USA")["tariff_id"]) == {
        "can-us-surtax-metals-steel-aluminium-2025-03-13",
        "can-us-surtax-vehicles-2025-04-09",
    }


def test_canadian_metals_surtax_is_replaced_on_8_september_2026():
    assert rates("2026-09-07", "CAN", "USA", "surtax_metals") == {"steel_aluminium": (25, None)}
    assert rates("2026-09-08", "CAN", "USA", "surtax_metals") == {"steel_aluminium": (50, None)}


def test_mexico_imposes_nothing_on_either_neighbour():
    assert on("2026-10-09", "MEX", "USA").empty
    assert on("2026-10-09", "MEX", "CAN").empty


def test_canada_and_mexico_have_the_steel_derivative_surtax_between_them():
    rows = tariffs.in_force(tariffs.between(real_store(), "CAN", "MEX"), day("2025-12-26"))
    assert rows["tariff_id"].to_list() == ["can-mex-steel-derivative-2025-12-26"]
    assert tariffs.in_force(tariffs.between(real_store(), "CAN", "MEX"), day("2025-12-25")).empty


@pytest.mark.parametrize("pair", [("CAN", "USA"), ("USA", "CAN")], ids=lambda p: "-".join(p))
def test_order_of_the_pair_does_not_matter(pair):
    rows = tariffs.between(real_store(), *pair)
    assert set(zip(rows["imposer"], rows["target"], strict=True)) == {("CAN", "USA"), ("USA", "CAN")}


@pytest.mark.parametrize("text", ["2026-10-10", "2027-01-01", "2100-01-01"])
def test_day_after_the_collection_is_refused(text):
    with pytest.raises(ValueError, match="not known after 2026-10-09"):
        tariffs.in_force(real_store().tariffs, day(text))


def test_row_that_was_never_applied_or_only_announced_is_never_in_force():
    rows = real_store().tariffs
    idle = set(rows.loc[rows["status"].isin(["never_applied", "announced"]), "tariff_id"])
    assert len(idle) == 5
    days = [moment.date() for moment in pd.date_range("2025-01-01", "2026-10-09")]
    assert not any(idle & set(tariffs.in_force(rows, moment)["tariff_id"]) for moment in days)


def test_never_applied_row_is_left_out_even_when_it_is_dated():
    rows = real_store().tariffs
    dated = rows[rows["status"] == "never_applied"].assign(effective_from=pd.Timestamp("2025-02-04"))
    assert len(dated) == 4
    assert tariffs.in_force(dated, day("2025-02-05")).empty
    assert tariffs.change_days(dated) == []


def test_tariff_applies_on_its_first_day_and_no_more_on_its_end():
    rows = real_store().tariffs
    row = rows[rows["tariff_id"] == "can-us-surtax-2025-1-2025-03-04"]
    applies = {
        text: len(tariffs.in_force(row, day(text))) for text in ("2025-03-03", "2025-03-04", "2025-08-31", "2025-09-01")
    }
    assert applies == {"2025-03-03": 0, "2025-03-04": 1, "2025-08-31": 1, "2025-09-01": 0}


def test_change_days_between_canada_and_mexico():
    assert tariffs.change_days(tariffs.between(real_store(), "CAN", "MEX")) == [dt.date(2025, 12, 26)]


def test_change_days_between_canada_and_the_united_states():
    found = [moment.isoformat() for moment in tariffs.change_days(tariffs.between(real_store(), "CAN", "USA"))]
    assert found == [
        "2025-03-04",
        "2025-03-07",
        "2025-03-12",
        "2025-03-13",
        "2025-04-03",
        "2025-04-09",
        "2025-05-03",
        "2025-06-04",
        "2025-08-01",
        "2025-09-01",
        "2025-10-14",
        "2025-11-01",
        "2025-12-26",
        "2026-01-15",
        "2026-02-24",
        "2026-04-06",
        "2026-04-23",
        "2026-06-08",
        "2026-07-24",
        "2026-08-22",
        "2026-09-08",
        "2026-09-15",
        "2026-09-29",
    ]


MARCH, JUNE, AUGUST = dt.date(2025, 3, 4), dt.date(2025, 6, 4), dt.date(2025, 8, 1)


@pytest.mark.parametrize(
    ("moment", "earlier", "later"),
    [
        (dt.date(2025, 1, 1), None, MARCH),
        (MARCH, None, JUNE),
        (dt.date(2025, 5, 1), MARCH, JUNE),
        (JUNE, MARCH, AUGUST),
        (AUGUST, JUNE, None),
        (dt.date(2026, 10, 9), AUGUST, None),
    ],
)
def test_neighbours_of_a_day(moment, earlier, later):
    assert tariffs.neighbours([MARCH, JUNE, AUGUST], moment) == (earlier, later)


def test_no_changes_have_no_neighbours():
    assert tariffs.neighbours([], MARCH) == (None, None)


def test_steps_end_with_the_collection_and_say_whether_they_went_on():
    steps = tariffs.steps(real_store(), CANADA_US).set_index("tariff_id")
    ended = steps.loc["us-can-border-general-2025-03-04"]
    assert (ended["until"], bool(ended["open"])) == (pd.Timestamp("2025-03-07"), False)
    running = steps.loc["us-can-autos-passenger-2025-04-03"]
    assert (running["until"], bool(running["open"])) == (pd.Timestamp("2026-10-09"), True)
    assert "us-can-vehicles-50-threat-2027-01-01" not in steps.index
    assert "us-can-border-general-planned-2025-02-04" not in steps.index


def test_steps_of_one_scope_follow_each_other():
    steps = tariffs.steps(real_store(), CANADA_US)
    general = steps[(steps["measure"] == "border_duty") & (steps["product_scope"] == "general")]
    assert general["rate_pct"].to_list() == [25, 25, 35]
    assert general.index.to_list() == list(range(general.index[0], general.index[0] + 3))


# Events.


def test_timeline_is_newest_first_and_touches_the_pair():
    rows = events.timeline(real_store(), Selection(country="CAN", partner="MEX"))
    assert rows["date"].is_monotonic_decreasing
    assert all({"CAN", "MEX"} & set(codes.split()) for codes in rows["countries"])


def test_timeline_of_the_usual_years_runs_to_the_newest_event_but_not_before_the_first_year():
    rows = events.timeline(real_store(), Selection(country="CAN", partner="MEX"))
    assert rows["event_id"].iloc[0] == "section-338-bans"
    assert "nafta-in-force" not in set(rows["event_id"])


def test_timeline_keeps_to_chosen_years_and_category():
    chosen = Selection(country="CAN", partner="USA", years=(1985, 1995), category="agreement")
    assert events.timeline(real_store(), chosen)["event_id"].to_list() == ["nafta-in-force", "cusfta-in-force"]
    assert events.timeline(real_store(), replace(chosen, category="court")).empty


def test_event_between_two_countries_is_not_shown_for_a_third_alone():
    chosen = Selection(country="MEX", partner="MEX", years=(1985, 1995))
    assert events.timeline(real_store(), chosen)["event_id"].to_list() == ["nafta-in-force"]


def test_latest_events_are_the_newest_of_the_first_two_ranks():
    rows = events.latest(real_store(), CANADA_US)
    assert len(rows) == 3
    assert rows["event_id"].iloc[0] == "section-338-bans"
    assert rows["rank"].max() <= 2
    assert rows["date"].is_monotonic_decreasing


def test_turning_points_are_of_the_first_rank_within_the_span_oldest_first():
    start, end = pd.Timestamp("1985-01-01"), pd.Timestamp("1999-12-31")
    rows = events.marked(real_store(), CANADA_US, start, end)
    assert rows["event_id"].to_list() == ["cusfta-in-force", "nafta-in-force"]
