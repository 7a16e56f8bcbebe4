"""The charts of partners and their ranks: what their files hold and how settled it is."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data.queries import partners
from data.store import Store
from tests.choosing import read
from tests.data.helpers import real_store
from tests.sheets import column, drawn, kinds, sheet

KINDS = {
    "period": "datetime64[us]",
    "reporter": "str",
    "partner": "str",
    "partner_name": "str",
    "rank": "Int64",
    "rank_status": "str",
    "rank_exports": "Int64",
    "rank_exports_status": "str",
    "rank_imports": "Int64",
    "rank_imports_status": "str",
    "exports": "float64",
    "exports_status": "str",
    "exports_source": "str",
    "imports": "float64",
    "imports_status": "str",
    "imports_source": "str",
    "two_way": "float64",
    "two_way_status": "str",
    "two_way_source": "str",
    "share_pct": "float64",
    "share_pct_status": "str",
    "share_pct_source": "str",
    "rank_year_before": "Int64",
    "unit": "str",
}
US = "?reporter=USA&partner=CAN&years=2024"


@pytest.mark.parametrize("query", ["", "?reporter=USA&partner=CAN&currency=CAD", "?reporter=USA&years=2013"])
def test_files_have_the_same_columns_for_every_country_and_the_values_of_the_query(query):
    found = sheet("partners", query)
    assert kinds(found) == KINDS
    chosen = read(query)[0]
    it = partners.ranking(real_store(), chosen)
    rows = found.rows.set_index("partner")
    expected = it.table.set_index("partner").loc[rows.index]
    names = {"export": "exports", "import": "imports", "total": "two_way", "share": "share_pct", "rank": "rank"}
    names |= {"rank_export": "rank_exports", "rank_import": "rank_imports", "before": "rank_year_before"}
    for of, named in names.items():
        wanted = expected[of]
        if named.startswith("rank") and chosen.reporter == "USA":
            # The list is complete down to the fortieth place; beyond it a country that is not listed may come first.
            wanted = wanted.where(wanted <= 40)
        assert rows[named].astype("float64").to_list() == pytest.approx(wanted.to_list(), rel=1e-9, nan_ok=True)
    assert set(rows["period"]) == {pd.Timestamp(it.year, 1, 1)}
    assert set(rows["unit"]) == {f"{chosen.currency} million"}


def test_files_of_ranks_have_a_row_a_partner_and_year():
    rows = sheet("partner-ranks", US + "&years=2013-2024").rows
    history = partners.rank_history(real_store(), "USA")
    assert list(rows) == ["period", "reporter", "partner", "partner_name", "rank", "rank_status"]
    assert len(rows) == history.size
    found = rows.assign(year=rows["period"].dt.year).pivot(index="year", columns="partner", values="rank")
    complete = history.where(history <= 40)
    pd.testing.assert_frame_equal(found.astype("float64"), complete, check_names=False, check_index_type=False)


def test_a_rank_beyond_the_list_is_not_ranked():
    it = drawn("partners", US)
    ranks = column(it, "rank")
    assert ranks.cells.count("not ranked") == len(ranks.cells) - 40 > 0
    assert ranks.cells[0].startswith("1") and max(rank for rank in ranks.values if rank) == 40
    page = [one for one in drawn("partner-ranks", US + "&years=2013-2024").columns() if one.header == "2013"]
    assert page[0].cells.count("not ranked") == len(page[0].cells) - 40


def with_preliminary(*partners_of: str) -> Store:
    """The real tables, all settled but US imports of 2024 from some partners, or from the world."""
    rows = real_store().partner_totals
    of_2024 = (rows["period"].dt.year == 2024) & (rows["reporter"] == "USA") & (rows["flow"] == "import")
    of_2024 &= rows["partner"].isin(partners_of)
    assert of_2024.sum() == len(partners_of)
    statuses = pd.Series("final", rows.index).mask(of_2024, "preliminary")
    return replace(real_store(), partner_totals=rows.assign(status=statuses))


SHOWN = ("exports", "imports", "two_way", "share_pct", "rank", "rank_exports", "rank_imports")


def cells(store: Store, partner: str) -> dict[str, str]:
    it = drawn("partners", US, store)
    place = list(column(it, "partner").values).index(partner)
    return {name: column(it, name).cells[place] for name in SHOWN}


def marked(shown: dict[str, str]) -> set[str]:
    return {name for name, cell in shown.items() if cell.endswith("ᵖ")}


def test_total_share_and_rank_are_as_settled_as_the_flows_they_come_from():
    first = with_preliminary("CAN")
    assert marked(cells(first, "CAN")) == {"imports", "two_way", "share_pct", "rank", "rank_imports"}
    assert marked(cells(first, "MEX")) == set()
    it = drawn("partners", US, first)
    assert "ᵖ preliminary" in it.legend.children
    assert [a.text for a in it.figure.layout.annotations if "ᵖ" in a.text] == ["<b>761.8ᵖ</b>"]
    assert drawn("partners", US, with_preliminary()).legend is None


def test_a_share_is_as_settled_as_the_trade_with_all_countries():
    assert marked(cells(with_preliminary("WLD"), "MEX")) == {"share_pct"}


def test_ranks_over_the_years_are_as_settled_as_the_trade_they_rank():
    it = drawn("partner-ranks", US + "&years=2013-2024", with_preliminary("CAN"))
    by_header = {one.header: one.cells for one in it.columns() if one.on_page}
    place = by_header["Partner"].index("Canada")
    assert (by_header["2023"][place], by_header["2024"][place]) == ("2", "2ᵖ")
    rows = sheet("partner-ranks", US + "&years=2013-2024", with_preliminary("CAN")).rows
    first = rows[rows["rank_status"] == "preliminary"]
    assert [(row.partner, row.period.year) for row in first.itertuples()] == [("CAN", 2024)]
