"""Which tariffs apply on which day, and which events are shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from data.queries import events, tariffs
from data.queries.tariffs import OVER
from data.schema.policy import STEPS
from tests.choosing import choose
from tests.data.helpers import real_store

CANADA_US = choose(reporter="CAN", partner="USA")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def on(text: str, imposer: str, target: str) -> pd.DataFrame:
    rows = tariffs.in_force(real_store(), tariffs.between(real_store(), imposer, target), day(text))
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
    rows = tariffs.in_force(real_store(), tariffs.between(real_store(), "CAN", "MEX"), day("2025-12-26"))
    assert rows["tariff_id"].to_list() == ["can-mex-steel-derivative-2025-12-26"]
    assert tariffs.in_force(real_store(), tariffs.between(real_store(), "CAN", "MEX"), day("2025-12-25")).empty


@pytest.mark.parametrize("pair", [("CAN", "USA"), ("USA", "CAN")], ids=lambda p: "-".join(p))
def test_order_of_the_pair_does_not_matter(pair):
    rows = tariffs.between(real_store(), *pair)
    assert set(zip(rows["imposer"], rows["target"], strict=True)) == {("CAN", "USA"), ("USA", "CAN")}


@pytest.mark.parametrize("text", ["2026-10-10", "2027-01-01", "2100-01-01"])
def test_day_after_the_collection_is_refused(text):
    with pytest.raises(ValueError, match="not known after 2026-10-09"):
        tariffs.in_force(real_store(), real_store().tariffs, day(text))


def test_row_that_was_never_applied_or_only_announced_is_never_in_force():
    rows = real_store().tariffs
    idle = set(rows.loc[rows["status"].isin(["never_applied", "announced"]), "tariff_id"])
    assert len(idle) == 5
    days = [moment.date() for moment in pd.date_range("2025-01-01", "2026-10-09")]
    assert not any(idle & set(tariffs.in_force(real_store(), rows, moment)["tariff_id"]) for moment in days)


def test_never_applied_row_is_left_out_even_when_it_is_dated():
    rows = real_store().tariffs
    dated = rows[rows["status"] == "never_applied"].assign(effective_from=pd.Timestamp("2025-02-04"))
    assert len(dated) == 4
    assert tariffs.in_force(real_store(), dated, day("2025-02-05")).empty
    assert tariffs.change_days(real_store(), dated) == []


def test_tariff_applies_on_its_first_day_and_no_more_on_its_end():
    rows = real_store().tariffs
    row = rows[rows["tariff_id"] == "can-us-surtax-2025-1-2025-03-04"]
    applies = {
        text: len(tariffs.in_force(real_store(), row, day(text)))
        for text in ("2025-03-03", "2025-03-04", "2025-08-31", "2025-09-01")
    }
    assert applies == {"2025-03-03": 0, "2025-03-04": 1, "2025-08-31": 1, "2025-09-01": 0}


def test_change_days_between_canada_and_mexico():
    assert tariffs.change_days(real_store(), tariffs.between(real_store(), "CAN", "MEX")) == [dt.date(2025, 12, 26)]


def test_change_days_between_canada_and_the_united_states():
    found = [
        moment.isoformat() for moment in tariffs.change_days(real_store(), tariffs.between(real_store(), "CAN", "USA"))
    ]
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


# The whole state of play on a day, written down from the orders and not from the table: measure and goods to rate and
# rate of USMCA goods (None where they pay the same; a ban has neither).


def state(text: str, imposer: str, target: str) -> dict[str, tuple[float | None, float | None]]:
    rows = on(text, imposer, target)
    cells = (
        rows[["rate_pct", "usmca_rate_pct"]].astype(object).where(rows[["rate_pct", "usmca_rate_pct"]].notna(), None)
    )
    names = [f"{row.measure} {row.product_scope}" for row in rows.itertuples()]
    assert len(set(names)) == len(names)
    return dict(zip(names, map(tuple, cells.to_numpy()), strict=True))


CANADA_AT_FIRST = {"border_duty general": (25, None), "border_duty energy": (10, None)}
MEXICO_AT_FIRST = {"border_duty general": (25, None)}
MEXICO_BORDER = {"border_duty general": (25, 0), "border_duty potash": (10, 0)}
CANADA_BORDER_25 = MEXICO_BORDER | {"border_duty energy": (10, 0)}
CANADA_BORDER_35 = CANADA_BORDER_25 | {"border_duty general": (35, 0)}
METALS_25 = {"metals_232 steel_aluminium": (25, None), "metals_232 metal_derivatives": (25, None)}
METALS_50 = {"metals_232 steel_aluminium": (50, None), "metals_232 metal_derivatives": (50, None)}
METALS_TIERS = {
    "metals_232 steel_aluminium": (50, None),
    "metals_232 metal_derivatives": (25, None),
    "metals_232 metal_intensive_equipment": (15, None),
    "metals_232 us_metal_goods": (10, None),
    "metals_232 producer_relief": (25, None),
    "metals_232 mobile_industrial_equipment": (25, None),
}
VEHICLES = {"autos_232 passenger_vehicles": (25, None), "auto_parts_232 vehicle_parts": (25, 0)}
COPPER = {"copper_232 copper": (50, None)}
WINTER = {
    "timber_232 softwood": (10, None),
    "timber_232 upholstered_furniture": (25, None),
    "timber_232 cabinets_vanities": (25, None),
    "trucks_232 trucks": (25, None),
    "trucks_232 truck_parts": (25, 0),
    "trucks_232 buses": (10, None),
    "semiconductors_232 advanced_chips": (25, None),
}
SURCHARGE = {"surcharge_122 general": (10, 0)}
SECTION_301 = {"forced_labour_301 general": (10, 0)}
LISTS_338 = {
    "discrimination_338 alcohol_list": (50, None),
    "discrimination_338 dairy_list": (50, None),
    "discrimination_338 vehicles_list": (50, None),
}
BANS = {
    "discrimination_338 alcohol_ban": (None, None),
    "discrimination_338 dairy_ban": (None, None),
    "discrimination_338 motorcycle_ban": (None, None),
}
FEBRUARY_2026 = METALS_50 | VEHICLES | COPPER | WINTER
SUMMER_2026 = METALS_TIERS | VEHICLES | COPPER | WINTER | SECTION_301

FIRST_LIST = {"surtax_2025_1 first_list": (25, None)}
CANADA_METALS = {"surtax_metals steel_aluminium": (25, None)}
CANADA_VEHICLES = {"surtax_vehicles passenger_vehicles": (25, None)}
CANADA_SPRING = FIRST_LIST | CANADA_METALS | {"surtax_metals other_goods": (25, None)} | CANADA_VEHICLES
CANADA_WINTER = CANADA_METALS | CANADA_VEHICLES | {"steel_derivative_surtax steel_derivatives": (25, None)}
CANADA_AUTUMN = CANADA_WINTER | {"surtax_metals steel_aluminium": (50, None), "surtax_2026 listed_goods": (50, None)}

# Day: what the United States charges on Canadian goods, on Mexican goods, and Canada on US goods.
STATES = {
    "2025-02-03": (NOTHING, NOTHING, NOTHING),
    "2025-02-04": (NOTHING, NOTHING, NOTHING),
    "2025-03-04": (CANADA_AT_FIRST, MEXICO_AT_FIRST, FIRST_LIST),
    "2025-03-07": (CANADA_BORDER_25, MEXICO_BORDER, FIRST_LIST),
    "2025-03-12": (CANADA_BORDER_25 | METALS_25, MEXICO_BORDER | METALS_25, FIRST_LIST),
    "2025-06-04": (
        CANADA_BORDER_25 | METALS_50 | VEHICLES,
        MEXICO_BORDER | METALS_50 | VEHICLES,
        CANADA_SPRING,
    ),
    "2025-08-01": (
        CANADA_BORDER_35 | METALS_50 | VEHICLES | COPPER,
        MEXICO_BORDER | METALS_50 | VEHICLES | COPPER,
        CANADA_SPRING,
    ),
    "2025-09-01": (
        CANADA_BORDER_35 | METALS_50 | VEHICLES | COPPER,
        MEXICO_BORDER | METALS_50 | VEHICLES | COPPER,
        CANADA_METALS | CANADA_VEHICLES,
    ),
    **dict.fromkeys(
        # The day of the ruling and the days until customs stops collecting.
        ("2026-02-20", "2026-02-21", "2026-02-22", "2026-02-23"),
        (CANADA_BORDER_35 | FEBRUARY_2026, MEXICO_BORDER | FEBRUARY_2026, CANADA_WINTER),
    ),
    "2026-02-24": (SURCHARGE | FEBRUARY_2026, SURCHARGE | FEBRUARY_2026, CANADA_WINTER),
    "2026-07-24": (SUMMER_2026, SUMMER_2026, CANADA_WINTER),
    "2026-08-22": (SUMMER_2026 | LISTS_338, SUMMER_2026, CANADA_WINTER),
    "2026-09-08": (SUMMER_2026 | LISTS_338, SUMMER_2026, CANADA_AUTUMN),
    "2026-09-29": (SUMMER_2026 | LISTS_338 | BANS, SUMMER_2026, CANADA_AUTUMN),
    "2026-10-09": (SUMMER_2026 | LISTS_338 | BANS, SUMMER_2026, CANADA_AUTUMN),
}


@pytest.mark.parametrize("text", STATES)
def test_whole_state_of_play_on_a_day(text):
    on_canada, on_mexico, on_us = STATES[text]
    assert state(text, "USA", "CAN") == on_canada
    assert state(text, "USA", "MEX") == on_mexico
    assert state(text, "CAN", "USA") == on_us
    assert state(text, "MEX", "USA") == state(text, "MEX", "CAN") == NOTHING


def test_lowest_rates_of_the_surtaxes_of_september_2026():
    rows = on("2026-09-08", "CAN", "USA").set_index("measure")["rate_low_pct"].dropna()
    assert rows.to_dict() == {"surtax_2026": 15, "surtax_metals": 25}


# The life of each measure.

PAIRS = [("CAN", "USA"), ("MEX", "USA"), ("CAN", "MEX")]


def lives_by_target() -> dict[tuple[str, str, str], pd.DataFrame]:
    """Steps of each measure on the goods of one country, in the order of the file's days."""
    rows = real_store().tariff_lives
    rows = rows.assign(target=rows["targets"].str.split()).explode("target")
    rows = rows.assign(order=rows["step"].map(STEPS.index)).sort_values(["date", "order"], kind="stable")
    return dict(iter(rows.groupby(["imposer", "target", "measure"])))


def days_of(steps: pd.DataFrame, *names: str) -> set[pd.Timestamp]:
    return set(steps.loc[steps["step"].isin(names), "date"])


LIVES = lives_by_target()
CHARGED = {
    key: rows
    for key, rows in real_store().tariffs.groupby(["imposer", "target", "measure"])
    if rows["status"].isin(["in_force", "ended", "superseded"]).any()
}


def test_every_tariff_has_a_life_and_every_charged_life_a_tariff():
    charged = {key for key, steps in LIVES.items() if days_of(steps, "effective")}
    assert charged == set(CHARGED)
    assert {measure for _by, _to, measure in set(LIVES) - charged} == {"second_list_2025", "mexican_answer"}


@pytest.mark.parametrize("key", LIVES, ids="-".join)
def test_steps_of_a_measure_come_in_a_possible_order(key):
    steps = LIVES[key]
    names, days = steps["step"].to_list(), steps["date"]
    assert names[0] in ("announced", "signed"), "nothing happens before it is made known"
    assert names.count("effective") <= 1
    assert names.count("ended") + names.count("expired") <= 1
    said, signed = days_of(steps, "announced", "signed"), days_of(steps, "signed")
    assert all(min(said) <= day for day in days_of(steps, "planned", "paused"))
    assert all(min(signed) <= day for day in days_of(steps, "effective", "exempted", "amended", "ruled", *OVER))
    for start in days_of(steps, "effective"):
        assert all(start <= day for day in days_of(steps, "amended", *OVER))
    if days_of(steps, *OVER):
        after = days > max(days_of(steps, *OVER))
        assert set(steps.loc[after, "step"]) <= {"ruled"}, "nothing but a ruling follows the end"
    assert not steps.duplicated(["date", "step"]).any()


@pytest.mark.parametrize("key", CHARGED, ids="-".join)
def test_life_begins_changes_and_ends_with_the_intervals(key):
    steps, rows = LIVES[key], CHARGED[key]
    charged = rows[rows["status"] != "announced"].dropna(subset="effective_from")
    starts, ends = set(charged["effective_from"]), set(charged["effective_to"].dropna())
    assert days_of(steps, "effective") == {min(starts)}
    running = charged["effective_to"].isna().any()
    assert days_of(steps, *OVER) == (set() if running else {max(ends)})
    told = days_of(steps, "effective", "exempted", "amended", *OVER)
    assert starts | ends <= told, "every day on which a rate or a list changes is a step"


def test_planned_days_that_were_kept_from_happening_are_no_starts():
    for key, steps in LIVES.items():
        assert not days_of(steps, "planned") & days_of(steps, "effective"), key


def test_announced_tariffs_are_planned_for_their_day():
    rows = real_store().tariffs
    for row in rows[rows["status"] == "announced"].itertuples():
        assert row.effective_from in days_of(LIVES[row.imposer, row.target, row.measure], "planned")


def test_nothing_but_a_plan_lies_after_the_collection():
    rows = real_store().tariff_lives
    assert set(rows.loc[rows["date"] > pd.Timestamp("2026-10-09"), "step"]) == {"planned"}


def test_what_was_not_verified_or_has_no_text_says_so():
    rows = real_store().tariff_lives
    bare = rows[rows["instrument"].isna() | (rows["instrument"] == "Announcement only")]
    assert set(bare["verification"]) <= {"secondary", "unverified"}
    assert rows.loc[rows["verification"].isin(["primary_text", "reprint"]), "citation"].notna().mean() > 0.9


BORDER_DUTY_ON_CANADA = [
    ("2025-02-01", "signed"),
    ("2025-02-03", "paused"),
    ("2025-02-04", "planned"),
    ("2025-03-02", "signed"),
    ("2025-03-04", "effective"),
    ("2025-03-06", "signed"),
    ("2025-03-07", "exempted"),
    ("2025-04-29", "signed"),
    ("2025-05-28", "ruled"),
    ("2025-07-10", "announced"),
    ("2025-07-31", "signed"),
    ("2025-08-01", "amended"),
    ("2025-08-29", "ruled"),
    ("2026-02-20", "signed"),
    ("2026-02-20", "ruled"),
    ("2026-02-24", "ended"),
]


def test_life_of_the_border_duty_on_canada_step_by_step():
    (life,) = (
        one
        for one in tariffs.measures(tariffs.measure_steps(real_store(), "USA", "CAN"))
        if one.measure == "border_duty"
    )
    steps = zip(life.steps["date"].dt.strftime("%Y-%m-%d"), life.steps["step"], strict=True)
    assert list(steps) == BORDER_DUTY_ON_CANADA
    assert (life.start, life.end) == (pd.Timestamp("2025-03-04"), pd.Timestamp("2026-02-24"))


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_lives_are_the_same_whoever_comes_first_and_follow_each_other(pair):
    steps = tariffs.measure_steps(real_store(), *pair)
    assert steps.equals(tariffs.measure_steps(real_store(), *reversed(pair)))
    lives = tariffs.measures(steps)
    assert sum(len(life.steps) for life in lives) == len(steps)
    for life in lives:
        assert life.imposer in pair
        assert life.steps["date"].is_monotonic_increasing
    for imposer in pair:
        assert [life.first for life in lives if life.imposer == imposer] == sorted(
            life.first for life in lives if life.imposer == imposer
        )


# Which tariffs stack.


@pytest.mark.parametrize(
    ("text", "pair", "expected"),
    [
        ("2025-02-03", ("USA", "CAN"), []),
        ("2025-03-04", ("USA", "CAN"), []),
        ("2025-03-12", ("USA", "MEX"), ["us-border-before-metals", "us-steel-and-aluminium"]),
        (
            "2025-06-03",
            ("USA", "MEX"),
            ["us-autos-before-border", "us-autos-before-metals", "us-border-before-metals", "us-steel-and-aluminium"],
        ),
        (
            "2025-06-04",
            ("USA", "MEX"),
            ["us-autos-before-border", "us-autos-before-metals", "us-metals-before-border", "us-steel-and-aluminium"],
        ),
        ("2026-01-01", ("CAN", "MEX"), []),
    ],
)
def test_rules_on_adding_duties_on_a_day(text, pair, expected):
    assert tariffs.stacking(real_store(), *pair, day(text))["rule_id"].to_list() == expected


def test_rules_of_the_last_day_between_canada_and_the_united_states():
    rules = tariffs.stacking(real_store(), "CAN", "USA", day("2026-10-09"))
    ours = rules[rules["imposer"] == "USA"]
    assert {"us-232-and-338", "us-301-and-338", "us-232-before-301"} <= set(ours["rule_id"])
    assert not rules["charged"].str.contains("border_duty").any(), "the IEEPA tariff is over"
    mexico = tariffs.stacking(real_store(), "MEX", "USA", day("2026-10-09"))
    assert not mexico["beside"].str.contains("338").any(), "Mexican goods pay no Section 338 duty"


def test_the_order_against_adding_reaches_back_to_4_march_2025():
    rules = real_store().tariff_stacking
    order = rules[rules["instrument"].fillna("").str.startswith("Executive Order 14289")]
    metals = order["rule_id"] == "us-steel-and-aluminium"
    assert set(order.loc[~metals, "effective_from"]) == {pd.Timestamp("2025-03-04")}
    assert order.loc[metals, "effective_from"].item() == pd.Timestamp("2025-03-12"), "the metals duty began then"


def test_border_duty_and_metals_duty_change_places_without_a_gap():
    rules = real_store().tariff_stacking.set_index("rule_id")
    assert rules.loc["us-border-before-metals", "effective_to"] == pd.Timestamp("2025-06-04")
    assert rules.loc["us-metals-before-border", "effective_from"] == pd.Timestamp("2025-06-04")


def test_every_rule_matters_on_some_day_of_its_own_and_names_measures_of_its_targets():
    store = real_store()
    imposed = store.tariffs.groupby(["imposer", "target"])["measure"].agg(set)
    for rule in store.tariff_stacking.itertuples():
        for target in rule.targets.split():
            assert set(rule.charged.split()) | set(rule.beside.split()) <= imposed[rule.imposer, target], rule.rule_id
    seen = set()
    for pair in PAIRS:
        for change in tariffs.change_days(real_store(), tariffs.between(store, *pair)):
            seen |= set(tariffs.stacking(store, *pair, change)["rule_id"])
    assert seen == set(store.tariff_stacking["rule_id"])


def test_rules_after_the_collection_are_not_known():
    with pytest.raises(ValueError, match="not known after 2026-10-09"):
        tariffs.stacking(real_store(), "CAN", "USA", day("2026-10-10"))


# Events.


def test_timeline_is_newest_first_and_touches_the_pair():
    rows = events.timeline(real_store(), choose(reporter="CAN", partner="MEX"))
    assert rows["date"].is_monotonic_decreasing
    assert all({"CAN", "MEX"} & set(codes.split()) for codes in rows["countries"])


def test_timeline_of_the_usual_years_runs_to_the_newest_event_but_not_before_the_first_year():
    rows = events.timeline(real_store(), choose(reporter="CAN", partner="MEX"))
    assert rows["event_id"].iloc[0] == "section-338-bans"
    assert "nafta-in-force" not in set(rows["event_id"])


def test_timeline_keeps_to_chosen_years_and_category():
    chosen = choose(reporter="CAN", partner="USA", years=(1985, 1995), category="agreement")
    assert events.timeline(real_store(), chosen)["event_id"].to_list() == ["nafta-in-force", "cusfta-in-force"]
    assert events.timeline(real_store(), replace(chosen, category="court")).empty


def test_event_between_two_countries_is_not_shown_for_a_third_alone():
    chosen = choose(reporter="MEX", partner="MEX", years=(1985, 1995))
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


# Announced and never applied; and one day of announcement in every table.


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (("USA", "CAN"), ["us-can-vehicles-50-threat-2027-01-01"]),
        (("USA", "MEX"), ["us-mex-border-general-30-not-applied"]),
        (("CAN", "MEX"), []),
    ],
)
def test_only_what_never_applied_is_told_as_never_applied(pair, expected):
    """The 25 and 10 per cent planned for 4 February 2025 applied a month later."""
    found = tariffs.never_applied(tariffs.between(real_store(), *pair))
    assert found["tariff_id"].to_list() == expected


def test_start_that_was_put_off_applied_at_the_same_rate():
    rows = real_store().tariffs
    planned = rows[rows["tariff_id"].str.contains("-planned-")]
    assert len(planned) == 3
    key = ["imposer", "target", "product_scope", "rate_pct"]
    applied = rows[rows["effective_from"] == "2025-03-04"].set_index(key)["status"]
    assert all(tuple(row) in applied.index for row in planned[key].itertuples(index=False))


@pytest.mark.parametrize(
    ("tranche", "tariff", "life", "day"),
    [
        ("can-first-list-2025", "can-us-surtax-2025-1-2025-03-04", "can-first-announced", "2025-02-01"),
        ("can-second-list-2025", None, "can-second-announced", "2025-02-01"),
        ("can-vehicles-2025", "can-us-surtax-vehicles-2025-04-09", "can-vehicles-announced", "2025-04-03"),
        ("can-steel-2025", "can-us-surtax-metals-steel-aluminium-2025-03-13", "can-metals-announced", "2025-03-12"),
        ("can-surtax-2026", "can-us-surtax-2026-2026-09-08", "can-2026-announced", "2026-08-25"),
        ("mex-threat-2025", None, "mex-answer-plan-b", "2025-02-01"),
    ],
)
def test_counter_tariff_has_one_day_of_announcement_in_all_tables(tranche, tariff, life, day):
    store = real_store()
    at = pd.Timestamp(day)
    assert store.retaliation.set_index("tranche_id").at[tranche, "announced"] == at
    assert store.tariff_lives.set_index("life_id").at[life, "date"] == at
    if tariff:
        assert store.tariffs.set_index("tariff_id").at[tariff, "announced"] == at


def test_life_of_mexicos_answer_is_announced_decided_and_dropped():
    (life,) = (
        one
        for one in tariffs.measures(tariffs.measure_steps(real_store(), "MEX", "USA"))
        if one.measure == "mexican_answer"
    )
    steps = zip(life.steps["date"].dt.strftime("%Y-%m-%d"), life.steps["step"], strict=True)
    assert list(steps) == [
        ("2025-02-01", "announced"),
        ("2025-03-04", "announced"),
        ("2025-03-06", "paused"),
        ("2025-03-12", "announced"),
        ("2025-06-04", "announced"),
    ]
    assert life.start is None


@pytest.mark.parametrize(
    ("event", "day"),
    [
        ("letter-canada-35", "2025-07-10"),
        ("letter-mexico-30", "2025-07-12"),
        ("tomato-duty", "2025-07-14"),
        ("talks-ended", "2025-10-23"),
        ("cafc-section-122-stay", "2026-05-12"),
        ("canada-155bn-plan", "2025-02-01"),
        ("mexico-threatens-retaliation", "2025-02-01"),
        ("mexico-answer-decided", "2025-03-04"),
        ("mexico-answer-dropped", "2025-03-06"),
        ("miners-abducted", "2026-01-23"),
        ("leblanc-visit", "2026-02-15"),
    ],
)
def test_event_stands_on_its_day(event, day):
    row = real_store().events.set_index("event_id").loc[event]
    assert (row["date"], row["date_precision"]) == (pd.Timestamp(day), "day")


def test_stay_of_the_ruling_on_the_surcharge_is_a_step():
    row = real_store().tariff_lives.set_index("life_id").loc["us-surcharge-cafc-stay"]
    assert (row["date"], row["step"]) == (pd.Timestamp("2026-05-12"), "ruled")


def test_trade_remedies_are_a_known_gap():
    assert "trade-remedies" in set(real_store().known_gaps["gap_id"])
