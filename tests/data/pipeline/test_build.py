"""The build: what the Parquet files carry, when they are out of date, and what stops it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from data import store
from data.paths import DATA, curated_dir
from data.pipeline import build as building
from data.pipeline.build import build, is_current
from tests.data.helpers import TABLE_NAMES, curated_copy, read_rows, real_store, replace_text, set_cell

FILES = {f"{name}.parquet" for name in TABLE_NAMES}
CANADA, US = "observations/canada_north_america.csv", "observations/united_states.csv"
CHAPTERS = "products/us_mexico_import.csv"


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    return curated_copy(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, pd.DataFrame]]:
    """The real tables as files, and the frames they were written from."""
    target = tmp_path_factory.mktemp("built")
    return target, build(curated_dir(), target)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")}


# What the files carry.


def test_build_writes_every_table_and_nothing_else(built):
    assert names(built[0]) == FILES


def test_every_file_carries_the_hash_of_the_inputs(built):
    hashes = {pq.read_schema(built[0] / file).metadata[b"bilateral.inputs_sha256"] for file in FILES}
    assert len(hashes) == 1
    (digest,) = hashes
    assert len(digest) == 64
    assert set(digest) <= set(b"0123456789abcdef")


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("sources", "source_id"),
        ("observations", "frequency,period,reporter,partner,flow,product_scheme,product_code"),
        ("products", "frequency,period,reporter,partner,flow,product_scheme,product_code,source_id"),
        ("partner_totals", "frequency,period,reporter,partner,flow"),
        ("product_names", "product_scheme,product_code"),
        ("rank_statements", "statement_id"),
        ("exchange_rates", "frequency,period,currency"),
        ("gdp", "country,year"),
        ("inflation", "country,year"),
        ("price_index", "frequency,period,country"),
        ("conventions", "reporter,flow"),
        ("breaks", "break_id"),
        ("claims", "claim_id"),
        ("quoted_figures", "figure_id"),
        ("tariffs", "tariff_id"),
        ("tariff_lives", "life_id"),
        ("tariff_stacking", "rule_id"),
        ("retaliation", "tranche_id"),
        ("events", "event_id"),
        ("usmca_shares", "frequency,period,reporter,partner,flow"),
        ("usmca_chapters", "frequency,period,reporter,partner,flow,product_scheme,product_code"),
        ("usmca_subheadings", "frequency,period,reporter,partner,flow,product_scheme,product_code"),
        ("tariff_goods", "product_scope"),
        ("disagreements", "disagreement_id"),
        ("mirror_notes", "pair,flow,topic"),
        ("known_gaps", "gap_id"),
        ("checks", "check_id"),
    ],
)
def test_every_file_carries_its_meaning_and_primary_key(built, table, key):
    metadata = pq.read_schema(built[0] / f"{table}.parquet").metadata
    assert metadata[b"bilateral.primary_key"].decode() == key
    assert len(metadata[b"bilateral.table"]) > 10


@pytest.mark.parametrize(
    ("table", "column", "meaning", "unit"),
    [
        ("observations", "value_million", "value of goods", "million units of currency"),
        ("observations", "partner", "the other country", ""),
        ("products", "value_million", "value of goods", "million units of currency"),
        ("partner_totals", "value_million", "value of goods", "million units of currency"),
        ("inflation", "rate_pct", "change of the annual average", "per cent"),
        ("price_index", "index_value", "index", "base period = 100"),
        ("exchange_rates", "units_per_usd", "price of one US dollar", "units of currency per US$"),
        ("gdp", "gdp_usd_million", "gross domestic product", "million current US$"),
        ("tariffs", "rate_pct", "additional duty", "per cent of value"),
        ("retaliation", "amount_billion", "annual imports covered", "billion units of currency"),
    ],
)
def test_columns_carry_their_meaning_and_unit(built, table, column, meaning, unit):
    metadata = pq.read_schema(built[0] / f"{table}.parquet").field(column).metadata
    assert (metadata[b"meaning"].decode(), metadata[b"unit"].decode()) == (meaning, unit)


@pytest.mark.parametrize("table", sorted(TABLE_NAMES - {"sources", "checks"}))
def test_every_curated_column_carries_a_meaning(built, table):
    schema = pq.read_schema(built[0] / f"{table}.parquet")
    kept_apart = {"observations": US, "products": CHAPTERS, "hs_names": "hs_names/headings.csv"}
    file = kept_apart.get(table, f"{table}.csv")
    for column in read_rows(file)[0]:
        assert schema.field(column).metadata[b"meaning"], column


@pytest.mark.parametrize("table", sorted(TABLE_NAMES))
def test_reading_back_gives_the_frame_that_was_written(built, table):
    target, frames = built
    pd.testing.assert_frame_equal(pd.read_parquet(target / f"{table}.parquet"), frames[table])


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("observations", "period", "datetime64[us]"),
        ("observations", "value_million", "float64"),
        ("observations", "reporter", "str"),
        ("exchange_rates", "units_per_usd", "float64"),
        ("observations", "computation", "str"),
        ("products", "product_code", "str"),
        ("product_names", "parent_code", "str"),
        ("inflation", "rate_pct", "float64"),
        ("price_index", "period", "datetime64[us]"),
        ("breaks", "date", "datetime64[us]"),
        ("checks", "comparisons", "Int64"),
        ("checks", "period", "datetime64[us]"),
        ("gdp", "year", "Int64"),
        ("claims", "paragraph", "Int64"),
        ("claims", "value", "float64"),
        ("events", "paragraph", "Int64"),
        ("tariffs", "effective_to", "datetime64[us]"),
        ("sources", "vintage_date", "datetime64[us]"),
        ("retaliation", "note", "str"),
    ],
)
def test_types_survive_the_round_trip(built, table, column, kind):
    assert str(pd.read_parquet(built[0] / f"{table}.parquet")[column].dtype) == kind


def test_blank_cells_are_missing_not_empty_text(built):
    claims = pd.read_parquet(built[0] / "claims.parquet").set_index("claim_id")
    assert pd.isna(claims.loc["rank-canada-for-mexico", "check_name"])
    assert pd.isna(claims.loc["business-leaders", "value"])


def test_store_holds_labels_as_categories_and_values_as_numbers(built):
    observations = store.load(built[0]).observations
    assert {str(observations[c].dtype) for c in ("reporter", "partner", "flow", "source_id")} == {"category"}
    assert str(observations["value_million"].dtype) == "float64"


def test_two_builds_are_equal_byte_for_byte(built, tmp_path):
    build(curated_dir(), tmp_path / "again")
    for file in FILES:
        assert (tmp_path / "again" / file).read_bytes() == (built[0] / file).read_bytes(), file


# Years from months.


def test_annual_value_is_the_sum_of_the_twelve_months_of_every_series():
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    months: dict[tuple, int] = defaultdict(int)
    for file in sorted((curated_dir() / "observations").iterdir()):
        for row in read_rows(f"observations/{file.name}"):
            if row["frequency"] == "M":
                series = (row["reporter"], row["partner"], row["flow"], row["period"][:4])
                sums[series] += Decimal(row["value_million"])
                months[series] += 1
    o = real_store().observations
    annual = o[(o["frequency"] == "A") & (o["derivation"] == "sum_of_months")]
    years = annual["period"].dt.strftime("%Y")
    columns = (annual["reporter"], annual["partner"], annual["flow"], years, annual["value_million"])
    built = {tuple(series): value for *series, value in zip(*columns, strict=True)}
    assert built == {series: float(total) for series, total in sums.items() if months[series] == 12}


def test_incomplete_year_has_no_annual_row():
    o = real_store().observations
    assert (o["period"].dt.year == 2026).any()
    assert o[(o["frequency"] == "A") & (o["period"].dt.year >= 2026)].empty


def test_year_without_one_month_gets_no_annual_row(curated, tmp_path):
    replace_text(
        curated, CANADA, "M,2020-06-01,CAN,MEX,import", "M,1996-06-01,CAN,MEX,import"
    )  # moved away from its year
    o = build(curated, tmp_path / "target")["observations"]
    pair = o[(o["reporter"] == "CAN") & (o["partner"] == "MEX") & (o["frequency"] == "A")]
    assert pair[pair["period"] == "2020-01-01"]["flow"].to_list() == ["export"]
    assert sorted(pair[pair["period"] == "2021-01-01"]["flow"]) == ["export", "import"]


def test_year_with_a_preliminary_month_is_preliminary(curated, tmp_path):
    rows = read_rows(CANADA)
    at = next(
        i for i, r in enumerate(rows) if (r["period"], r["partner"], r["flow"]) == ("2020-06-01", "MEX", "import")
    )
    set_cell(curated, CANADA, "status", "preliminary", row=at)
    o = build(curated, tmp_path / "target")["observations"]
    year = o[(o["reporter"] == "CAN") & (o["partner"] == "MEX") & (o["frequency"] == "A") & (o["flow"] == "import")]
    assert year.set_index("period").loc["2020-01-01", "status"] == "preliminary"
    assert year.set_index("period").loc["2019-01-01", "status"] == "final"


def test_year_that_mixes_sources_is_refused_and_nothing_is_written(curated, tmp_path):
    rows = read_rows(US)
    at = next(i for i, r in enumerate(rows) if r["period"] == "2020-06-01")
    set_cell(curated, US, "source_id", "census-fred", row=at)
    with pytest.raises(ValueError, match="a year is summed from months of one source only"):
        build(curated, tmp_path / "target")
    assert not (tmp_path / "target").exists()


def test_published_annual_rate_is_kept_and_a_missing_one_is_the_mean_of_the_months():
    rates = real_store().exchange_rates
    year = rates[(rates["frequency"] == "A") & (rates["period"] == "2024-01-01")].set_index("currency")
    assert year["derivation"].to_dict() == {"CAD": "published", "MXN": "published", "GBP": "mean_of_months"}
    assert year["units_per_usd"].to_dict() == {"CAD": 1.3699, "MXN": 18.3062, "GBP": 0.782575}


# Claims.


@pytest.mark.parametrize(
    ("claim", "verdict", "right"),
    [
        ("trade-2024-usd", "close", "confirmed"),
        ("trade-2024-gbp", "differs", "confirmed"),
        ("trade-2024-cad", "cannot_be_checked", "confirmed"),
        ("rank-mexico-for-canada", "cannot_be_checked", "confirmed"),
        ("rank-china-for-canada", "differs", "confirmed"),
        ("tariff-canada-25", "close", "confirmed"),
    ],
)
def test_verdict_that_the_figures_contradict_is_refused(curated, tmp_path, claim, verdict, right):
    set_cell(curated, "claims.csv", "verdict", verdict, claim)
    with pytest.raises(ValueError, match=rf"claims\.csv, {claim}: the figures give {right}, the file says {verdict}"):
        build(curated, tmp_path / "target")
    assert not (tmp_path / "target").exists()


def test_verdict_on_a_quoted_figure_is_refused_alike(curated, tmp_path):
    set_cell(curated, "quoted_figures.csv", "verdict", "confirmed", "us-mexico-2024")
    with pytest.raises(ValueError, match=r"quoted_figures\.csv, us-mexico-2024: the figures give close, the file says"):
        build(curated, tmp_path / "target")


def test_amounts_that_no_month_makes_equal_are_refused(curated, tmp_path):
    set_cell(curated, "claims.csv", "check_arguments", "56 USD 56 CAD 70 USD 30 GBP", "trade-2024-usd")
    with pytest.raises(ValueError, match=r"claims\.csv, trade-2024-usd: amount_in_month cannot work on"):
        build(curated, tmp_path / "target")


def test_figure_that_moves_away_from_its_verdict_is_refused(curated, tmp_path):
    set_cell(curated, "retaliation.csv", "amount_billion", "31", "can-first-list-2025")
    with pytest.raises(ValueError, match="retaliation-first-list: the figures give close, the file says confirmed"):
        build(curated, tmp_path / "target")


@pytest.mark.parametrize("arguments", ["CAN MEX 1850", "CAN MEX", ""], ids=["unknown year", "too few", "none"])
def test_check_that_cannot_be_computed_is_refused(curated, tmp_path, arguments):
    set_cell(curated, "claims.csv", "check_arguments", arguments, "trade-2024-cad")
    with pytest.raises(ValueError, match=r"claims\.csv, trade-2024-cad: two_way_trade cannot work on"):
        build(curated, tmp_path / "target")


# Out of date or not.


@pytest.fixture
def place(curated, tmp_path, monkeypatch) -> tuple[Path, Path]:
    """Curated files that count as the inputs, and their built tables."""
    hash_of = building.input_hash
    monkeypatch.setattr(building, "input_hash", lambda folder=curated: hash_of(folder))
    build(curated, tmp_path / "target")
    return curated, tmp_path / "target"


def test_tables_are_current_after_a_build(place):
    assert is_current(place[1])


def test_tables_are_out_of_date_after_an_input_changes_and_current_after_a_rebuild(place):
    curated, target = place
    set_cell(curated, "gdp.csv", "gdp_usd_million", "40563.9")
    assert not is_current(target)
    build(curated, target)
    assert is_current(target)


@pytest.mark.parametrize("file", ["sources.yaml", "claims.csv", "events.csv", "breaks.csv", US, CHAPTERS])
def test_change_of_any_kind_of_input_file_counts(place, file):
    with (place[0] / file).open("a", encoding="utf-8") as handle:
        handle.write("\n")
    assert not is_current(place[1])


def test_new_input_file_counts(place):
    shutil.copy(place[0] / US, place[0] / "observations/new.csv")
    assert not is_current(place[1])


def test_tables_are_out_of_date_when_any_one_is_missing(place, tmp_path):
    for file in FILES:
        kept = (place[1] / file).rename(tmp_path / file)
        assert not is_current(place[1]), file
        kept.rename(place[1] / file)
    assert is_current(place[1])


def test_tables_without_a_hash_are_out_of_date(place):
    path = place[1] / "gdp.parquet"
    pq.write_table(pq.read_table(path).replace_schema_metadata(None), path)
    assert not is_current(place[1])


# The command.


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a copy of the data package, whose inputs a test may spoil."""
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("parquet", "curated", "__pycache__"))
    shutil.copytree(curated_dir(), tmp_path / "data/curated")
    return tmp_path


def run_build(project: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        k: v for k, v in os.environ.items() if k not in ("BILATERAL_PARQUET", "BILATERAL_CURATED", "PYTHONPATH")
    }
    command = [sys.executable, "-m", "data.pipeline.build"]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_command_builds_once_then_finds_the_tables_up_to_date_then_rebuilds_after_a_change(project):
    first = run_build(project)
    assert (first.returncode, first.stderr) == (0, "")
    assert names(project / "data/parquet") == FILES
    assert "gdp.parquet, 192 rows" in first.stdout
    second = run_build(project)
    assert second.returncode == 0
    assert "up to date" in second.stdout
    with (project / "data/currency.py").open("a", encoding="utf-8") as handle:
        handle.write("# the code that makes the tables is an input too\n")
    third = run_build(project)
    assert third.returncode == 0
    assert "building the tables" in third.stdout


@pytest.mark.slow
def test_command_refuses_bad_input_with_exit_code_one_and_every_place_on_stderr(project):
    curated = project / "data/curated"
    set_cell(curated, "gdp.csv", "country", "GUA")
    set_cell(curated, "events.csv", "date", "soon", row=2)
    done = run_build(project)
    assert done.returncode == 1
    assert "data: nothing was written" in done.stderr
    assert "gdp.csv, line 2, column country: 'GUA' is not accepted; one of the codes in countries.csv" in done.stderr
    assert "events.csv, line 4, column date: 'soon' is not accepted; a date as YYYY-MM-DD" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "data/parquet").exists()


@pytest.mark.slow
def test_command_refuses_a_wrong_verdict_and_leaves_the_old_tables(project):
    assert run_build(project).returncode == 0
    before = {path.name: path.read_bytes() for path in (project / "data/parquet").iterdir()}
    set_cell(project / "data/curated", "claims.csv", "verdict", "close", "trade-2024-usd")
    done = run_build(project)
    assert done.returncode == 1
    assert "trade-2024-usd: the figures give confirmed, the file says close" in done.stderr
    assert {path.name: path.read_bytes() for path in (project / "data/parquet").iterdir()} == before


def test_environment_moves_the_tables(monkeypatch, tmp_path):
    monkeypatch.setenv("BILATERAL_PARQUET", str(tmp_path / "elsewhere"))
    building.ensure_built()
    assert names(tmp_path / "elsewhere") == FILES
    assert store.load().gdp.shape == (192, 4)
