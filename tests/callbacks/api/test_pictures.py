"""The command that draws the charts of a page: what it writes, what it refuses, and how it ends."""

from __future__ import annotations

import pytest

from callbacks.api import pictures as drawing
from data.export.command import FAILED, NOT_UNDERSTOOD, OK
from layouts.export import pictures as making
from layouts.export.picture_browser import PictureError
from tests.data.helpers import real_store


def pictures(*words, draw):
    return drawing.main(words, real_store(), lambda: draw)


def test_every_chart_of_a_page_becomes_a_picture(tmp_path, capsys):
    drawn = []
    out = tmp_path / "new" / "folder"
    code = pictures("trade", "--partner", "usa", "--out", str(out), draw=lambda it: drawn.append(it) or b"a picture")
    assert code == OK
    names = ["trade", "balance", "growth"]
    assert sorted(f.name for f in out.iterdir()) == sorted(f"{n}_can-usa_1997-2025_annual_cad.png" for n in names)
    assert {f.read_bytes() for f in out.iterdir()} == {b"a picture"}
    assert len(capsys.readouterr().out.splitlines()) == 3
    # The words that the script sets around the chart come with the figure.
    words = drawn[0].figure.layout.meta
    assert words["title"] == "Canada’s goods trade with the United States, as Canada reports it"
    assert words["address"] == "/trade?partner=USA"
    assert words["source"].startswith("Source: Statistics Canada, table 12-10-0011")
    assert words["breaks"][0].startswith("▴")


def test_a_picture_that_fails_is_named_with_the_reason(tmp_path, capsys):
    def fails(it):
        raise PictureError("it took too long")

    assert pictures("trade", "--out", str(tmp_path), draw=fails) == FAILED
    assert capsys.readouterr().err == "trade could not be drawn: it took too long\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert pictures("trade", "--out", str(tmp_path / "file"), draw=lambda it: b"") == FAILED
    assert f"{tmp_path / 'file'} cannot be written" in capsys.readouterr().err


def test_without_a_browser_it_says_what_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(drawing, "missing", lambda: making.NO_BROWSER)
    assert pictures("trade", draw=None) == FAILED
    assert "Chrome or Chromium, and none was found" in capsys.readouterr().err


def test_words_of_a_view_are_refused_as_on_the_pages(capsys):
    assert pictures("trade", "--reporter", "XX", draw=bytes) == NOT_UNDERSTOOD
    assert "--reporter cannot be “XX”" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        pictures("nope", draw=bytes)
    assert ended.value.code == NOT_UNDERSTOOD


def test_a_view_without_charts_is_a_failure(capsys):
    assert pictures("trade", "--partner", "CAN", draw=bytes) == FAILED
    assert "no chart" in capsys.readouterr().err
