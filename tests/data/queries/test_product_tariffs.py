"""What goods of one code pay at the border, against the tables read by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from data.queries.product_tariffs import product_tariffs
from tests.data.helpers import read_rows, real_store

NEWEST = dt.date(2026, 10, 9)


def asked(code: str, day: dt.date = NEWEST):
    return product_tariffs(real_store(), code, day)


def said(code: str, reach: str, day: dt.date = NEWEST) -> dict[str, tuple[float, str]]:
    """Scope to (rate, whose goods) of the tariffs that reach these goods so surely."""
    rows = asked(code, day).duties
    rows = rows[rows["reach"] == reach]
    return {row.product_scope: (row.rate_pct, " ".join(row.targets)) for row in rows.itertuples()}


def test_plywood_pays_what_all_goods_pay_and_is_on_none_of_the_lists_of_wood():
    assert said("4412", "all") == {"general": (10.0, "CAN MEX")}
    assert said("4412", "some") == {}
    row = asked("4412").duties.iloc[0]
    assert (row.measure, row.usmca_rate_pct, f"{row.effective_from:%Y-%m-%d}") == ("forced_labour_301", 0, "2026-07-24")


def test_a_heading_a_list_names_and_the_chapter_above_it_may_be_charged_and_the_one_beside_it_may_not():
    boards = {"softwood": (10.0, "CAN MEX")}
    assert [said(code, "some") for code in ("4407", "440711", "44")] == [boards, boards, boards]
    assert said("4408", "some") == {}


def test_a_ban_stands_beside_the_duty_of_the_same_list_and_concerns_one_country():
    cheese = said("0406", "some")
    assert set(cheese) == {"dairy_list", "dairy_ban", "alcohol_list"}
    assert {whose for _rate, whose in cheese.values()} == {"CAN"}


def test_an_earlier_day_has_its_own_tariffs():
    # Canadian goods had been charged 25 per cent, their energy 10, and Mexican goods 25 since that morning.
    fuel = asked("2709", dt.date(2025, 3, 4)).duties
    assert [(row.reach, row.rate_pct, row.targets) for row in fuel.itertuples()] == [
        ("all", 25.0, ["CAN", "MEX"]),
        ("some", 10.0, ["CAN"]),
    ]
    assert said("4412", "all", dt.date(2025, 3, 3)) == {}
    with pytest.raises(ValueError, match="not known after 2026-10-09"):
        asked("4412", dt.date(2026, 10, 10))


@pytest.mark.parametrize("code", ["4412", "441233", "87", "0105"])
def test_imports_of_a_code_are_the_sum_of_its_subheadings_and_those_of_a_chapter_its_year(code):
    it = asked(code)
    rows = [r for r in read_rows("usmca_subheadings.csv") if r["product_code"].startswith(code)]
    months = [r for r in read_rows("usmca_chapters.csv") if r["product_code"] == code and r["period"] < "2026"]
    assert set(it.imports.index) == {r["partner"] for r in rows}
    for partner, row in it.imports.iterrows():
        for name in ("value_million", "usmca_million"):
            total = sum(float(r[name]) for r in rows if r["partner"] == partner)
            assert row[name] == pytest.approx(total, rel=1e-12)
            if months:
                year = sum(float(r[name]) for r in months if r["partner"] == partner)
                assert total == pytest.approx(year, rel=1e-9)
        assert row["share"] == pytest.approx(row["usmca_million"] / row["value_million"] * 100)


def test_every_group_of_goods_that_is_charged_at_that_border_is_placed_in_the_classification():
    store = real_store()
    t, claims = store.tariffs, store.coverage.claims
    charged = t[(t["imposer"] == claims.importer) & t["target"].isin(claims.partners) & t["effective_from"].notna()]
    held = charged[charged["effective_from"] <= "2026-10-09"]
    assert set(held["product_scope"]) == set(store.tariff_goods["product_scope"])
