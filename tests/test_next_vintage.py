"""What comes next touches data files only: two more months, one more reporter, one more currency.

The tables of the tests are copied, rows are appended as a new release would bring them, and every page, chart and
export is drawn from the result. Nothing here names a place in the code where a month or a country would be added.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks.pages import PAGES
from data.paths import curated_dir
from data.pipeline.build import build
from data.pipeline.read import CuratedDataError
from data.queries import trade
from data.selection import Selection
from data.store import Store, load
from layouts.charts.registry import registry
from layouts.wording.text import Text
from tests.vintage import cut, rewrite
from tests.wiring import draw, walk, words

pytestmark = pytest.mark.slow

NEXT_MONTHS = ("2026-09-01", "2026-10-01")
LAST_MONTH = "2026-08-01"
RECORDS = ("observations/canada_north_america.csv", "observations/united_states.csv")
PAIRS = ("", "?reporter=USA&partner=CAN", "?reporter=JPN&partner=CAN", "?partner=JPN&currency=JPY")
# The tables before the new release, and a yen that is priced as the peso is, so that values can be redone by hand.
YEN = {"A": "150", "M": "150"}


def append(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as handle:
        csv.DictWriter(handle, list(rows[0]), lineterminator="\n").writerows(rows)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def add_months(curated: Path) -> None:
    """September and October 2026, each ten per cent above the month a year earlier."""
    for name in RECORDS:
        found = rows_of(curated / name)
        for month in NEXT_MONTHS:
            before = str(int(month[:4]) - 1) + month[4:]
            earlier = [row for row in found if (row["frequency"], row["period"]) == ("M", before)]
            values = [f"{float(row['value_million']) * 1.1:.4f}" for row in earlier]
            append(
                curated / name,
                [
                    row | {"period": month, "status": "preliminary", "value_million": value}
                    for row, value in zip(earlier, values, strict=True)
                ],
            )


def add_japan(curated: Path) -> None:
    """Japan's own record of trade with Canada: what Canada records, seen from the other side, in yen at 100."""
    theirs = rows_of(curated / "observations/canada_other_partners.csv")
    other = {"export": "import", "import": "export"}
    rows = [
        row
        | {"reporter": "JPN", "partner": "CAN", "flow": other[row["flow"]], "currency": "JPY"}
        | {"value_million": f"{float(row['value_million']) * 100:.2f}"}
        for row in theirs
        if row["partner"] == "JPN"
    ]
    with (curated / "observations/japan.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def add_yen(curated: Path) -> None:
    append(curated / "currencies.csv", [{"currency": "JPY", "position": "5"}])
    dollars = [row for row in rows_of(curated / "exchange_rates.csv") if row["currency"] == "CAD"]
    rates = [row | {"currency": "JPY", "units_per_usd": YEN[row["frequency"]]} for row in dollars]
    append(curated / "exchange_rates.csv", rates)


@dataclass(frozen=True)
class Next:
    """The next vintage: its curated files, its tables, and the app over them."""

    curated: Path
    store: Store
    client: FlaskClient


@pytest.fixture(scope="module")
def coming(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Next]:
    folder = tmp_path_factory.mktemp("next")
    curated = Path(shutil.copytree(curated_dir(), folder / "curated"))
    for add in (add_months, add_yen, add_japan):
        add(curated)
    build(curated, folder / "parquet")
    store = load(folder / "parquet")
    yield Next(curated, store, create_app(store, Text()).server.test_client())


def test_coverage_follows_the_tables(coming):
    held = coming.store.coverage
    assert held.countries == ("CAN", "MEX", "USA", "JPN"), "a country without a place in the list comes last"
    assert held.currencies[-1] == "JPY"
    assert held.currency_of_record["JPN"] == "JPY"
    assert held.partner("JPN") == "CAN"
    assert (held.last_year, held.last_complete_year) == (2026, 2025)


@pytest.mark.parametrize("query", PAIRS)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_drawn(coming, path, query):
    answer = draw(coming.client, path, query)
    assert answer["notices"] is None, words(answer["notices"])
    assert len(words(answer["page"])) > 100


@pytest.mark.parametrize("query", PAIRS)
def test_every_chart_is_exported_in_every_format(coming, query):
    taken = 0
    for name, entry in registry().items():
        page = entry.page.strip("/") or "overview"
        for suffix in ("csv", "xlsx", "parquet", "json"):
            answer = coming.client.get(f"/download/{page}/{name}.{suffix}{query}")
            assert answer.status_code in (200, 404), answer.text
            taken += answer.status_code == 200
    assert taken >= 20, "some charts have nothing to show for a pair, not most"


def test_the_new_months_stand_where_they_belong(coming):
    year_so_far = words(draw(coming.client, "/trade")["page"])
    assert "2026 so far, January–October against the same months of 2025" in year_so_far
    usual = Selection.usual(coming.store.coverage)
    now, before = (trade.year_to_date(store, usual) for store in (coming.store, load()))
    added = trade.full_series(coming.store, replace(usual, freq="monthly")).loc[list(NEXT_MONTHS), "total"]
    assert now.now["total"] == pytest.approx(before.now["total"] + added.sum())
    months = coming.client.get("/download/trade/flows.csv?freq=monthly").text
    assert "2026-10-01" in months and "2026-11-01" not in months
    # The third quarter has all its months now; the fourth has not.
    quarters = coming.client.get("/download/trade/flows.csv?freq=quarterly").text
    assert "2026-07-01" in quarters and "2026-10-01" not in quarters


def test_the_new_country_can_be_chosen_and_is_named(coming):
    page = draw(coming.client, "/", "?reporter=JPN")["page"]
    said = words(page)
    assert "Japan" in said and "JPN" not in said
    shown = words(draw(coming.client, "/mirror", "?reporter=JPN&partner=CAN")["page"])
    assert "What Japan and Canada each record" in shown
    series = coming.client.get("/api/v1/observations.json?reporter=JPN&freq=annual").get_json()
    canada = coming.client.get("/api/v1/observations.json?reporter=CAN&partner=JPN&freq=annual").get_json()
    theirs = {(row["period"], row["flow"]): row["value_million"] for row in canada["data"]}
    other = {"export": "import", "import": "export"}
    assert len(series["data"]) == 6
    for row in series["data"]:
        assert row["value_million"] == pytest.approx(theirs[row["period"], other[row["flow"]]] * 100)


def test_the_new_currency_converts_at_its_rate(coming):
    dollars, yen = (
        coming.client.get(f"/download/trade/flows.json?currency={currency}&years=2025").get_json()["data"]
        for currency in ("USD", "JPY")
    )
    assert [row["exports"] * 150 for row in dollars] == pytest.approx([row["exports"] for row in yen], rel=1e-9)
    # Its name and its sign come from the CLDR.
    page = words(draw(coming.client, "/trade", "?currency=JPY")["page"])
    assert "Japanese yen" in page


def test_few_figures_of_a_new_country_are_not_said_to_be_of_the_press(tmp_path):
    curated = Path(shutil.copytree(curated_dir(), tmp_path / "curated"))
    add_yen(curated)
    add_japan(curated)
    # One year alone stands by itself, as Mexico's figures do, and comes from an agency.
    rewrite(curated / "observations/japan.csv", lambda row: row["period"].startswith("2024"))
    build(curated, tmp_path / "parquet")
    client = create_app(load(tmp_path / "parquet"), Text()).server.test_client()
    said = words(draw(client, "/trade", "?reporter=JPN&partner=CAN")["page"])
    assert "Few data from Japan itself: single years only." in said
    assert "press" not in said


def test_january_of_the_next_year_is_known(tmp_path):
    curated = Path(shutil.copytree(curated_dir(), tmp_path / "curated"))
    path = curated / RECORDS[0]
    newest = [row for row in rows_of(path) if (row["frequency"], row["period"]) == ("M", LAST_MONTH)]
    append(path, [row | {"period": "2027-01-01"} for row in newest])
    build(curated, tmp_path / "parquet")
    client = create_app(load(tmp_path / "parquet"), Text()).server.test_client()
    answer = draw(client, "/trade", "?freq=monthly&years=2027")
    assert answer["notices"] is None
    assert any(node["type"] == "Graph" for node in walk(answer["page"]))


@pytest.mark.parametrize(
    ("name", "row", "column", "value"),
    [
        ("countries.csv", {"iso3": "QXQ"}, "iso3", "QXQ"),
        ("currencies.csv", {"currency": "QQQ", "position": "9"}, "currency", "QQQ"),
    ],
)
def test_a_code_without_a_name_is_refused(tmp_path, name, row, column, value):
    curated = Path(shutil.copytree(curated_dir(), tmp_path / "curated"))
    found = rows_of(curated / name)
    append(curated / name, [dict.fromkeys(found[0], "") | row])
    with pytest.raises(CuratedDataError) as refusal:
        build(curated, tmp_path / "parquet")
    (problem,) = refusal.value.problems
    assert (problem.file, problem.column, problem.value) == (name, column, value)
    assert problem.allowed == "a code that has a name in the Unicode CLDR"
    assert not (tmp_path / "parquet").exists()


def test_a_partner_that_no_table_lists_is_refused(tmp_path):
    curated = Path(shutil.copytree(curated_dir(), tmp_path / "curated"))
    rewrite(curated / "countries.csv", lambda row: row["iso3"] != "JPN")
    with pytest.raises(CuratedDataError, match=r"one of the codes in countries\.csv"):
        build(curated, tmp_path / "parquet")


def test_the_vintage_of_the_tests_leaves_out_what_came_later(coming, tmp_path):
    cut(coming.curated, tmp_path / "cut")
    for path in sorted(curated_dir().rglob("*.csv")):
        name = path.relative_to(curated_dir())
        assert rows_of(tmp_path / "cut" / name) == rows_of(path), name
    left = pd.DataFrame(rows_of(tmp_path / "cut" / "currencies.csv"))
    assert "JPY" not in set(left["currency"])
