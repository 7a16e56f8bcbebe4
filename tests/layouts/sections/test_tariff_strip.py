"""Tariffs in a glance: the rates of the news, whether they still apply, and what does now."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from dash import html

from data.queries.tariffs import by_measure
from layouts.sections.tariff_strip import tariff_strip
from layouts.view import View
from tests.choosing import choose
from tests.data.helpers import real_store
from tests.drawing import parts

DAY = dt.date(2026, 10, 9)


def said(part) -> str:
    if isinstance(part, list):
        return "".join(said(one) for one in part)
    if part is None or isinstance(part, str):
        return part or ""
    return said(getattr(part, "children", None))


def strip(text, **chosen) -> html.Section:
    return tariff_strip(View(text, choose(**chosen)), real_store())


def test_the_tariffs_of_the_article_have_ended_and_their_days_are_those_of_the_customs_texts():
    rows = by_measure(real_store(), {"CAN"}, DAY).set_index(["imposer", "measure"])
    ieepa = rows.loc[("USA", "border_duty")]
    assert (ieepa["low"], ieepa["high"]) == (10, 35)
    assert (ieepa["first"], ieepa["last"]) == (pd.Timestamp("2025-03-04"), pd.Timestamp("2026-02-23"))
    first_list = rows.loc[("CAN", "surtax_2025_1")]
    assert (first_list["high"], first_list["last"]) == (25, pd.Timestamp("2025-08-31"))


def test_on_the_day_after_their_start_the_rates_of_the_article_are_in_force():
    rows = by_measure(real_store(), {"CAN", "MEX"}, dt.date(2025, 3, 5)).set_index(["imposer", "measure"])
    ieepa = rows.loc[("USA", "border_duty")]
    assert (ieepa["low"], ieepa["high"], ieepa["targets"]) == (10, 25, ("CAN", "MEX"))
    assert pd.isna(ieepa["last"]) and not ieepa["free"]
    assert ("USA", "metals_232") not in rows.index, "not charged before 12 March 2025"


def test_a_measure_is_free_only_where_all_its_goods_are():
    rows = by_measure(real_store(), {"MEX"}, DAY).set_index(["imposer", "measure"])
    assert rows.loc[("USA", "forced_labour_301"), "free"]
    assert not rows.loc[("USA", "trucks_232"), "free"], "buses pay"
    assert not rows.loc[("USA", "border_duty"), "free"], "all paid for the first three days"


def test_every_measure_is_said_once_with_who_charges_it(text):
    made = strip(text)
    chips = [said(part) for part in parts(made) if getattr(part, "className", "") == "chip"]
    assert len(chips) == len(set(chips)) > 8
    assert chips[0].startswith("US on ") and chips[-1].startswith("Canada on ")
    assert "US on Canada and Mexico: Steel and aluminium 10–50%" in chips
    assert "US on Canada and Mexico: Section 301 duty 10%, free with USMCA" in chips
    assert "US on Canada: Section 338 duty 50%" in chips, "Mexican goods do not pay it"
    (ended,) = [said(part) for part in parts(made) if getattr(part, "className", "") == "source ended"]
    assert "US on Canada and Mexico: IEEPA tariff 10–35%, 4 March 2025 to 23 February 2026" in ended


@pytest.mark.parametrize("pair", [("CAN", "MEX"), ("MEX", "USA"), ("USA", "CAN")])
def test_every_pair_has_a_strip_in_the_colours_of_who_charges(text, pair):
    view = View(text, choose(*pair))
    colours = {
        part.style["borderColor"]
        for part in parts(tariff_strip(view, real_store()))
        if getattr(part, "className", "") == "chip"
    }
    assert colours <= {view.colour(country) for country in ("CAN", "MEX", "USA")}
    assert view.colour("USA") in colours
