"""Downloads of a chart's data: ``/download/<page>/<chart>.<ending>?<selection>&rows=displayed|sums|full&bom=1&day=…``.

The ending is one of the file formats, or ``about``, which answers with what the export dialog shows: how many rows
there are, how programs ask for them, how to cite. A picture sent with POST goes into the ZIP. ``day`` is the reader's
own day, on which the citation says that the data were accessed; without it that is the day of the world's clock.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import Dash
from flask import Flask, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from callbacks.api.problems import LARGEST_PICTURE, TOO_LONG, problem_response
from callbacks.pages import PAGES, page_name
from data import address
from data.api.answer import Edition
from data.api.query import RefusedError, refused, refused_names
from data.coverage import Coverage
from data.export.archive import to_zip
from data.export.command import FORMATS, MIME, write
from data.export.sheet import Sheet
from data.export.snippets import snippets
from data.export.text import dumped
from data.export.underlying import Behind, full_sheet
from data.schema.fields import Field
from data.selection import FIELDS, Selection
from data.store import Store
from layouts.charts.registry import Entry, chart_of, charts_of_page, meant
from layouts.components.chart import Chart
from layouts.document.embed import embed_code
from layouts.export.sheet import displayed_sheet, sheet_more
from layouts.view import View
from layouts.wording.text import Text

BASE = "/download"
ABOUT = "about"
# Rows as shown without sums and rests, with them, and the rows behind the chart.
ROWS = ("displayed", "sums", "full")
BOM = ("0", "1")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# East of Greenwich a day begins before that of the world's clock.
A_DAY = dt.timedelta(days=1)
PNG_START = b"\x89PNG\r\n\x1a\n"
KEPT = 32


@dataclass(frozen=True)
class Asked:
    """What a download asks for: the view, which rows, whether for Excel, and the reader's day."""

    selection: Selection
    rows: str
    bom: bool
    day: dt.date


def register(app: Dash, store: Store, text: Text, edition: Edition) -> None:
    """Register the downloads on an app."""
    server: Flask = app.server

    # One dialog asks several times for the same chart: its facts, then a file.
    @lru_cache(maxsize=KEPT)
    def chart(name: str, selection: Selection) -> Chart | None:
        return chart_of(View(text, selection), store, name)

    @server.route(f"{BASE}/<path:rest>", endpoint="download", methods=["GET", "POST"])
    def download(rest: str) -> Response:
        if len(request.query_string) > TOO_LONG:
            return problem_response(414, f"A query may have {TOO_LONG} signs.")
        page, _stroke, file = rest.rpartition("/")
        name, _dot, suffix = file.rpartition(".")
        path = {page_name(known): known for known in PAGES}.get(page)
        if path is None or suffix not in (*FORMATS, ABOUT):
            pages = ", ".join(page_name(known) for known in PAGES)
            return problem_response(404, f"Pages: {pages}. Endings: {', '.join(FORMATS)}.")
        # What cannot be used is refused before anything is drawn for it.
        picture = _picture(suffix) if request.method == "POST" else None
        if picture == b"":
            return problem_response(400, "POST takes a PNG picture, for an address that ends in .zip.")
        try:
            asked = read(
                parse_qsl(request.query_string.decode("utf-8", "replace"), keep_blank_values=True), store.coverage
            )
        except RefusedError as error:
            return problem_response(400, str(error), error.refusals)
        found_entry = meant(name, store, asked.selection)
        it = chart(name, asked.selection) if found_entry else None
        if found_entry is None or it is None:
            found = charts_of_page(View(text, asked.selection), store, path)
            there = f"Charts of this view: {', '.join(found)}." if found else "This view has no chart."
            return problem_response(404, there)
        entry, selection = found_entry
        return _answer(Taken(store, text, it, entry, path, replace(asked, selection=selection)), suffix, picture)


def _picture(suffix: str) -> bytes:
    """The picture that was sent for an archive; empty where there is none or it would go into something else."""
    sent = request.get_data(cache=False) if suffix == "zip" else b""
    # Where no header says how much will come, reading stops at the limit without a word.
    if len(sent) >= LARGEST_PICTURE:
        raise RequestEntityTooLarge()
    return sent if sent.startswith(PNG_START) else b""


@dataclass(frozen=True)
class Taken:
    """One chart of one view, about to be taken away."""

    store: Store
    text: Text
    chart: Chart
    entry: Entry
    path: str
    asked: Asked

    @property
    def address(self) -> str:
        """Address that shows the view again."""
        return request.host_url.rstrip("/") + self.path + self.asked.selection.to_query()

    @property
    def behind(self) -> Behind | None:
        """The rows behind the chart."""
        return self.entry.rows(self.store, self.entry.asks(self.asked.selection))

    def sheet(self, rows: str) -> Sheet | None:
        """The chart's data; None where the rows behind it are not known."""
        day = self.asked.day
        if rows != "full":
            return displayed_sheet(self.text, self.store, self.chart, self.address, day, sums=rows == "sums")
        if self.behind is None:
            return None
        more = sheet_more(self.text, self.chart)
        return full_sheet(self.store, self.behind, self.chart.file_name, self.chart.title, self.address, day, more)


def read(given: list[tuple[str, str]], coverage: Coverage) -> Asked:
    """Read the selection of a page and the words of a download.

    Raises:
        RefusedError: a word is unknown or repeated, or its value is not accepted.
    """
    known = [*FIELDS, "rows", "bom", "day"]
    words = address.read(given, known)
    values, refusals = words.values, refused_names(words, known, "This chart")
    own = {"rows": ROWS, "bom": BOM}
    refusals += [
        refused(w, values[w], allowed) for w, allowed in own.items() if values.get(w, allowed[0]) not in allowed
    ]
    today = dt.datetime.now(dt.UTC).date()
    day = _day(values.get("day", today.isoformat()), today)
    if day is None:
        refusals.append(
            refused("day", values["day"], (f"a day to {(today + A_DAY).isoformat()}, such as {today.isoformat()}",))
        )
    chosen = {word: value for word, value in values.items() if word not in (*own, "day")}
    selection, rejected = Selection.from_query(urlencode(chosen), coverage)
    refusals += [refused(one.field, one.value, one.allowed) for one in rejected]
    if refusals:
        raise RefusedError(refusals)
    return Asked(selection, values.get("rows", ROWS[0]), values.get("bom") == "1", day or today)


def _day(text: str, today: dt.date) -> dt.date | None:
    """A day as addresses write it; None for what is none or has begun nowhere yet."""
    try:
        day = dt.date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and day <= today + A_DAY else None


def _answer(taken: Taken, suffix: str, picture: bytes | None) -> Response:
    if suffix == ABOUT:
        return _fresh(Response(dumped(_about(taken)), mimetype="application/json"))
    sheet = taken.sheet(taken.asked.rows)
    if sheet is None:
        return problem_response(404, "The rows behind this chart are not known; rows=displayed gives those it shows.")
    content = to_zip(sheet, picture, taken.asked.bom) if suffix == "zip" else write(sheet, suffix, taken.asked.bom)
    response = Response(content, content_type=MIME[suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="{sheet.name}.{suffix}"'
    response.headers["X-Total-Count"] = str(len(sheet.rows))
    return _fresh(response)


def _fresh(response: Response) -> Response:
    # The day of access stands in the file, so that it is not to be kept.
    response.headers["Cache-Control"] = "no-store"
    return response


def _about(taken: Taken) -> dict[str, Any]:
    """Counts of both kinds of rows, and the texts of the export dialog by their names there."""
    shown, sums, full = (taken.sheet(rows) for rows in ROWS)
    if shown is None or sums is None:
        raise LookupError("a chart always has the rows it shows")
    citation, words = shown.citation, shown.words.cite
    texts = {
        "short": citation.short(words),
        "long": citation.long(words),
        "bibtex": citation.bibtex(),
        "ris": citation.ris(),
        "embed": embed_code(View(taken.text, taken.asked.selection), taken.chart, request.host_url.rstrip("/")),
        **snippets(*_rows_for_programs(taken, shown)),
    }
    return {"displayed": _counted(shown), "sums": _counted(sums), "full": _counted(full or shown), "texts": texts}


def _counted(sheet: Sheet) -> dict[str, int]:
    return {"rows": len(sheet.rows), "columns": len(sheet.fields)}


def _rows_for_programs(taken: Taken, shown: Sheet) -> tuple[list[str], list[str], tuple[Field, ...]]:
    """Addresses of the rows behind the chart, as CSV and as JSON, and their columns.

    Where those are not known, they are the rows it shows.
    """
    host = request.host_url.rstrip("/")
    rows = taken.behind
    if rows is None:
        only = f"{host}{BASE}/{page_name(taken.path)}/{taken.chart.name}.csv{taken.asked.selection.to_query()}"
        return [only], [only], shown.fields
    csv, json = ([host + address for address in rows.addresses(suffix)] for suffix in ("csv", "json"))
    return csv, json, rows.queries(taken.store)[0].fields
