"""Choices for tests, made against the tables that tests are bound to."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from data.coverage import Coverage
from data.selection import FIELDS, Rejected, Selection
from data.store import load


@cache
def coverage() -> Coverage:
    """What can be chosen from the tables of the tests."""
    return load().coverage


def choose(*in_order: Any, **words: Any) -> Selection:
    """The front page's choice with some words changed, in their order or by name; nothing else follows from them."""
    return replace(Selection.usual(coverage()), **dict(zip(FIELDS, in_order, strict=False)), **words)


def read(query: str | None) -> tuple[Selection, tuple[Rejected, ...]]:
    """Read the query of an address."""
    return Selection.from_query(query, coverage())
