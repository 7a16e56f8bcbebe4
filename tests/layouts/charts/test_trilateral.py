"""The chart of the flows among three countries: what its files hold and how settled it is."""

from __future__ import annotations

import pandas as pd
import pytest

from data.queries import trilateral
from tests.choosing import choose, read
from tests.data.helpers import real_store
from tests.sheets import column, drawn, kinds, sheet

KINDS = {
    "period": "datetime64[us]",
    "exporter": "str",
    "importer": "str",
    "value": "float64",
    "value_status": "str",
    "value_derivation": "str",
    "value_source": "str",
    "reporter": "str",
    "unit": "str",
}


@pytest.mark.parametrize(
    "query", ["", "?reporter=USA&partner=CAN&currency=CAD", "?reporter=MEX&partner=USA&years=2024"]
)
def test_files_have_the_same_columns_for_every_pair_and_the_values_of_the_query(query):
    found = sheet("triangle", query)
    assert kinds(found) == KINDS
    it = trilateral.flows(real_store(), read(query)[0])
    expected = it.table.set_index(["exporter", "importer"]).sort_index()
    rows = found.rows.set_index(["exporter", "importer"]).sort_index()
    assert rows["value"].to_list() == pytest.approx(expected["value"].to_list(), rel=1e-9)
    assert rows["reporter"].to_list() == expected["reporter"].to_list()
    assert rows["value_status"].to_list() == expected["status"].to_list()
    assert rows["value_source"].to_list() == expected["source_id"].to_list()
    assert set(rows["period"]) == {pd.Timestamp(it.year, 1, 1)}


def test_what_is_not_settled_is_marked_and_explained():
    it = drawn("triangle", "?reporter=MEX")
    # Mexico's figures of 2025 are from the press; those of the United States are settled.
    shown = dict(zip(column(it, "reporter").values, column(it, "value").cells, strict=True))
    assert shown["MEX"].endswith("ᵖ") and shown["USA"][-1].isdigit()
    assert "ᵖ preliminary" in it.legend.children
    assert any(name == "Status" and lines[0].startswith("ᵖ") for name, lines in it.metadata.rows())
    assert drawn("triangle", "?partner=USA").legend is None


def test_no_flows_are_drawn_where_the_pair_has_no_figures():
    assert trilateral.flows(real_store(), choose(partner="CAN")) is None
    assert trilateral.flows(real_store(), choose(years=(1985, 1987))) is None


def test_each_arrow_names_its_record_because_two_records_give_two_values():
    """What Canada sells to the United States in 2025, C$ billion: 562.7 as Canada records it, 533.7 as the US does."""
    said = {
        query: next(words for words in drawn("triangle", query).summary if words.startswith("Canada to the United"))
        for query in ("?partner=USA", "?reporter=USA&partner=CAN&currency=CAD", "?partner=MEX")
    }
    mine, theirs, usual = said.values()
    assert mine == "Canada to the United States, as Canada reports it: C$562.7 billion."
    assert theirs == usual == "Canada to the United States, as the United States reports it: C$533.7 billion."
    labels = [a.text for a in drawn("triangle", "?partner=USA").figure.layout.annotations]
    assert [sum(f">{whose}</span>" in label for label in labels) for whose in ("CAN", "US")] == [4, 2]
    assert drawn("triangle", "?partner=USA").remarks[1].startswith("The flows between Canada and the United States")
