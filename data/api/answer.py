"""Answers of the API as bytes: a page of rows in one of its formats, and what went wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from data.api.query import Query, Refusal, complete, find, sources_of
from data.export.citation import Citation
from data.export.citation import sources_of as cited
from data.export.command import MIME, write
from data.export.sheet import Sheet, SheetWords, records
from data.export.text import dumped
from data.paths import parquet_dir
from data.pipeline.build import input_hash
from data.schema.fields import DATE, TEXT, Field
from data.store import Store

# The suffixes of the API; the first is what is sent when nothing is asked for.
FORMATS = ("json", "csv", "parquet")
# Their answers say how many rows there are; in the others rows that are left out would be missed by nobody.
SAYING_HOW_MANY = ("json",)
PROBLEM_MIME = "application/problem+json"
PROBLEMS = {
    400: "A parameter cannot be used",
    404: "There is nothing at this address",
    405: "The method is not answered here",
    406: "No format that is accepted is offered",
    413: "What was sent is too large",
    414: "The query is too long",
}
LICENCE = SheetWords().licence_text

META_SOURCES = (
    Field("source_id", TEXT, "identifies the source"),
    Field("producer", TEXT, "body that answers for the figures"),
    Field("title", TEXT, "name of the table, dataset or text"),
    Field("table_number", TEXT, "the producer's own table or series number", required=False),
    Field("vintage_date", DATE, "date of the release or text used", required=False),
    Field("vintage_note", TEXT, "what is known of the vintage where no date is", required=False),
    Field("licence", TEXT, "terms of use"),
    Field("url", TEXT, "address of the text", required=False),
)


@dataclass(frozen=True)
class Edition:
    """Which inputs the tables are made from, and when they were built (None when no built file is there)."""

    digest: str
    built: dt.datetime | None

    @classmethod
    def now(cls) -> Edition:
        """The edition of the inputs as they are."""
        file = parquet_dir() / "observations.parquet"
        built = dt.datetime.fromtimestamp(int(file.stat().st_mtime), dt.UTC) if file.exists() else None
        return cls(input_hash()[:20], built)


@dataclass(frozen=True)
class Page:
    """A page of rows as bytes, and how many rows the query has in all."""

    content: bytes
    count: int
    total: int


def answer(store: Store, query: Query, suffix: str, address: str, edition: Edition, accessed: dt.date) -> Page:
    """Write the page that a query asks for.

    Args:
        store: the tables.
        query: what is wanted.
        suffix: one of :data:`FORMATS`.
        address: the request, for the citation inside Parquet.
        edition: named in JSON.
        accessed: day of the request, for the citation.
    """
    found = find(store, query)
    cut = found.iloc[query.offset : query.offset + query.limit]
    rows = complete(store, query, cut)
    sources = sources_of(store, query, found)
    if suffix == "json":
        document = {
            "data": records(rows, query.fields),
            "meta": _meta(query, len(rows), len(found), sources, edition),
        }
        return Page(dumped(document), len(rows), len(found))
    title = f"{query.resource.name}: {query.resource.table.meaning}"
    citation = Citation(title, cited(sources.to_dict("records")), address, accessed)
    sheet = Sheet(query.resource.name, rows, query.fields, sources, citation)
    return Page(write(sheet, suffix), len(rows), len(found))


def _meta(query: Query, count: int, total: int, sources: pd.DataFrame, edition: Edition) -> dict[str, Any]:
    newest = sources["vintage_date"].max()
    return {
        "table": query.resource.name,
        "meaning": query.resource.table.meaning,
        "count": count,
        "total": total,
        "limit": query.limit,
        "offset": query.offset,
        "sources": records(sources, META_SOURCES),
        "licence": LICENCE,
        "vintage": None if pd.isna(newest) else newest.date().isoformat(),
        "edition": edition.digest,
    }


def neighbours(query: Query, total: int) -> dict[str, Query]:
    """The pages before and after one: ``next`` and ``prev``, where they exist."""
    found = {}
    if query.offset + query.limit < total:
        found["next"] = replace(query, offset=query.offset + query.limit)
    if query.offset > 0:
        # Behind the last row, the page before is the last one that has rows.
        before = min(query.offset, total + query.limit - 1) - query.limit
        found["prev"] = replace(query, offset=max(before, 0))
    return found


def problem(status: int, detail: str, instance: str, refusals: Iterable[Refusal] = ()) -> bytes:
    """Say what went wrong, as RFC 9457 has it; ``errors`` names each word with its value and what is accepted."""
    document: dict[str, Any] = {
        "type": "/api#problems",
        "title": PROBLEMS[status],
        "status": status,
        "detail": detail,
        "instance": instance,
    }
    errors = [
        {"field": one.field, "value": one.value, "allowed": list(one.allowed), "detail": one.detail} for one in refusals
    ]
    return dumped(document | ({"errors": errors} if errors else {}))


MIMES = {suffix: MIME[suffix] for suffix in FORMATS}
