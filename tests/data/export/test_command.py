"""The command that writes rows to files: what it writes, what it refuses, and how it ends."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from data.export import command
from data.export.command import FAILED, NOT_UNDERSTOOD, OK, main
from tests.data.helpers import read_rows, real_store

ROOT = Path(__file__).parents[3]


def run(*words):
    return main(words, real_store())


def test_rows_of_a_pair_are_written(tmp_path, capsys):
    out = tmp_path / "trade.csv"
    words = "observations --reporter CAN --partner MEX --years 2015-2025 --freq annual --format csv --out"
    assert run(*words.split(), str(out)) == OK
    written = pd.read_csv(out)
    assert len(written) == 22
    assert set(written["period"].str[:4].astype(int)) == set(range(2015, 2026))
    assert "22 rows" in capsys.readouterr().err


def test_every_row_of_a_table_is_written_however_many(tmp_path):
    out = tmp_path / "products.parquet"
    assert run("products", "--out", str(out)) == OK
    files = (ROOT / "data" / "curated" / "products").glob("*.csv")
    assert len(pd.read_parquet(out)) == sum(len(read_rows(f"products/{file.name}")) for file in files) > 10_000


def test_the_ending_of_the_file_chooses_the_format(tmp_path):
    for suffix, start in {"xlsx": b"PK", "zip": b"PK", "parquet": b"PAR1", "json": b"{", "csv": b"country,"}.items():
        out = tmp_path / f"gdp.{suffix}"
        assert run("gdp", "--reporter", "mex", "--out", str(out)) == OK
        assert out.read_bytes().startswith(start)


def test_words_are_refused_with_what_is_accepted(capsys):
    assert run("observations", "--reporter", "XX", "--years", "9", "--flow", "sideways") == NOT_UNDERSTOOD
    said = capsys.readouterr().err
    assert "--reporter cannot be “XX”; accepted: CAN, MEX, USA." in said
    assert (
        "--years cannot be “9”; accepted: a span within 1985-2026, one year such as 2025, "
        "or months and quarters such as 2025-03 and 2025-Q2." in said
    )
    assert "--flow cannot be “sideways”" in said


def test_a_format_nobody_knows_is_refused(capsys, tmp_path):
    out = tmp_path / "gdp.doc"
    assert run("gdp", "--out", str(out)) == NOT_UNDERSTOOD
    assert "csv, xlsx, parquet, json, zip" in capsys.readouterr().err
    assert not out.exists()


def test_a_folder_that_is_not_there_is_named(capsys, tmp_path):
    out = tmp_path / "nowhere" / "gdp.csv"
    assert run("gdp", "--out", str(out)) == FAILED
    assert f"{out} cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["nope"], [], ["gdp", "--partner", "MEX"], ["gdp", "--format", "doc"]])
def test_unknown_tables_and_words_end_with_a_usage_error(words, capsys):
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == NOT_UNDERSTOOD
    assert "usage:" in capsys.readouterr().err


def test_help_names_every_table(capsys):
    with pytest.raises(SystemExit) as ended:
        run("--help")
    assert ended.value.code == OK
    said = capsys.readouterr().out
    assert all(name in said for name in command.RESOURCES)


def test_the_command_writes_to_the_terminal():
    command = [sys.executable, "-m", "data.export", "gdp", "--reporter", "CAN", "--years", "2023"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr.decode()) == (OK, "gdp: 1 rows as csv\n")
    (row,) = pd.read_csv(io.BytesIO(done.stdout)).to_dict("records")
    (curated,) = [r for r in read_rows("gdp.csv") if (r["country"], r["year"]) == ("CAN", "2023")]
    assert row["gdp_usd_million"] == float(curated["gdp_usd_million"])
