"""The charts of both records: what their files hold, how settled it is, and the names they had before."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from data.queries import mirror
from layouts.charts.registry import chart_of, find, meant
from layouts.components.data_column import DataColumn, unknown
from layouts.view import View
from layouts.wording.text import Text
from tests.choosing import choose, read
from tests.data.helpers import real_store
from tests.sheets import column, drawn, kinds, sheet

NAMES = ("mirror-exports", "mirror-imports")
PAIRS = ("", "?reporter=USA&partner=CAN&currency=CAD", "?reporter=MEX&partner=USA")
KINDS = {
    "period": "datetime64[us]",
    "frequency": "str",
    "exporter": "str",
    "importer": "str",
    "exports": "float64",
    "exports_status": "str",
    "exports_derivation": "str",
    "exports_source": "str",
    "imports": "float64",
    "imports_status": "str",
    "imports_derivation": "str",
    "imports_source": "str",
    "gap": "float64",
    "gap_status": "str",
    "gap_derivation": "str",
    "ratio": "float64",
    "ratio_status": "str",
    "ratio_derivation": "str",
    "events": "str",
    "unit": "str",
}


@pytest.mark.parametrize("query", [*PAIRS, "?marks=none", "?reporter=MEX&freq=monthly"])
@pytest.mark.parametrize("name", NAMES)
def test_files_have_the_same_columns_for_every_pair_and_the_values_of_the_query(name, query):
    found = sheet(name, query)
    assert kinds(found) == KINDS
    chosen = read(query)[0]
    ask = mirror.exports if name == "mirror-exports" else mirror.imports
    it = ask(real_store(), chosen)
    table = it.table.dropna(how="all", subset=["exporter", "importer"])
    rows = found.rows.set_index("period")
    assert list(rows.index) == list(table.index)
    for of, named in (("exporter", "exports"), ("importer", "imports"), ("gap", "gap"), ("ratio", "ratio")):
        assert rows[named].to_list() == pytest.approx(table[of].to_list(), rel=1e-9, nan_ok=True)
        known = table[of].notna()
        assert rows.loc[known, f"{named}_status"].to_list() == table.loc[known, f"{of}_status"].to_list()
        assert rows.loc[~known, f"{named}_status"].isna().all()
    assert set(rows["exporter"]) == {it.exporter} and set(rows["importer"]) == {it.importer}
    assert set(rows["unit"]) == {f"{chosen.currency} million"}


def test_gap_and_ratio_show_how_settled_the_sides_are():
    # What Mexico exported to Canada in 2018 was worked out from a printed growth rate, and quotes a first release.
    it = drawn("mirror-imports", "?years=2018-2018&currency=USD")
    assert [column(it, name).cells[0][-2:] for name in ("exports", "gap", "ratio")] == ["ᵖᵈ"] * 3
    assert column(it, "imports").cells[0][-1].isdigit()
    settled = drawn("mirror-exports", "?partner=USA&years=2024-2024")
    assert all(column(settled, name).cells[0][-1].isdigit() for name in ("exports", "imports", "gap", "ratio"))


# ---- Names --------------------------------------------------------------------------------------------------

FLOWS = list(itertools.permutations(("CAN", "MEX", "USA"), 2))


@pytest.mark.parametrize(("exporter", "importer"), FLOWS)
@pytest.mark.parametrize(("reporter", "partner"), FLOWS)
def test_a_name_of_one_flow_leads_to_that_flow_whatever_pair_is_chosen(reporter, partner, exporter, importer):
    chosen = choose(reporter=reporter, partner=partner, currency="GBP", years=(2010, 2020))
    name = f"mirror-{exporter}-{importer}".lower()
    entry, selection = meant(name, real_store(), chosen)
    result = entry.query(real_store(), selection)
    assert (result.exporter, result.importer) == (exporter, importer)
    if {reporter, partner} == {exporter, importer}:
        assert selection == chosen, "the reader's choice has this flow and stays as it is"
    else:
        assert selection == replace(chosen, reporter=exporter, partner=importer)


def test_an_address_without_a_choice_shows_the_flow_of_the_name_in_its_exporters_currency():
    entry, selection = meant("mirror-usa-can", real_store(), choose())
    assert (entry.name, selection.reporter, selection.partner) == ("mirror-exports", "USA", "CAN")
    assert selection.currency == "USD"
    assert meant("mirror-can-mex", real_store(), choose()) == (find("mirror-exports"), choose())
    assert meant("mirror-mex-can", real_store(), choose()) == (find("mirror-imports"), choose())


def test_the_way_back_of_a_flow_of_another_pair_leads_to_that_pair():
    view = View(Text(), choose(marks="all"))
    it = chart_of(view, real_store(), "mirror-usa-can")
    assert it.title.startswith("Goods from the United States to Canada")
    assert all("reporter=USA&partner=CAN" in note.href for note in it.notes) and it.notes
    assert (it.path, chart_of(view, real_store(), "mirror-exports").path) == ("/mirror", "/mirror")


@pytest.mark.parametrize("name", ["mirror-can-can", "mirror-can", "mirror-can-xxx", "mirror-CAN-MEX", "mirror"])
def test_names_of_flows_that_no_record_holds_are_not_known(name):
    assert meant(name, real_store(), choose()) is None
    with pytest.raises(KeyError):
        chart_of(View(Text(), choose()), real_store(), name)


def test_a_country_with_itself_has_no_flow():
    same = choose(partner="CAN")
    assert [entry.query(real_store(), same) for entry in map(find, NAMES)] == [None, None]


def test_sources_are_those_whose_figures_are_drawn():
    """Canada’s exports to Mexico: the press reports and the matrix that hold only Mexico’s exports are not cited."""
    it = drawn("mirror-exports", "")
    cited = ["statcan-12-10-0011", "press-horizonte-expansion", "press-jornada", "press-opportimes"]
    assert list(it.source.origin.ids) == cited
    other = drawn("mirror-imports", "")
    assert {"press-mexico-news-daily", "unctad-matrix"} <= set(other.source.origin.ids)


SOURCED = (
    "?reporter=MEX&partner=USA",
    "?reporter=MEX&partner=CAN&years=2020-2025&currency=CAD",
    "?partner=USA&years=2024-2025&freq=monthly&currency=USD",
    "?reporter=USA&partner=MEX&currency=CAD&reported=partner",
)


@pytest.mark.parametrize("query", SOURCED)
def test_every_chart_of_trade_cites_the_sources_of_its_values_and_no_others(query):
    names = ("flows", "triangle", "trade", "balance", "growth", "around", *NAMES)
    view = View(Text(), read(query)[0])
    for it in filter(None, (chart_of(view, real_store(), name) for name in names)):
        columns = [one for one in it.columns() if isinstance(one, DataColumn) and one.sources]
        used = {
            source
            for one in columns
            for source, value in zip(one.sources, one.values, strict=True)
            if not unknown(value) and not unknown(source)
        }
        if used:
            assert set(it.source.origin.ids) == used, it.name


def test_press_figures_state_no_basis_that_their_report_does_not():
    rows = dict(drawn("trade", "?reporter=MEX&years=2018-2025").metadata.rows())
    assert rows["Basis"] == ["Basis not stated by the press report"]
    assert rows["Valuation"] == [f"{flow}: not stated by the press report" for flow in ("Exports", "Imports")]
    assert drawn("trade", "?reporter=MEX&years=2018-2025").subtitle.endswith("US dollars, basis not stated")
    assert drawn("trade", "?reporter=MEX").subtitle.endswith("customs basis; not stated for press figures")
    assert drawn("trade", "").subtitle.endswith("customs basis; shaded: the balance")
    o = real_store().observations
    press = o["source_id"].astype(str).str.startswith("press-")
    assert set(o.loc[press, "basis"]) == {"not_stated"} and set(o.loc[~press, "basis"]) == {"customs"}
