"""The names in an address: which fields they mean, and which were meant by a name that is none.

Pages, embedded charts, downloads and the API all read their words here, so that a slip is told everywhere alike.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

# What sites, mailers and searches add to a link on its way, or to one they measure.
TRACKING = re.compile(
    r"(?:utm|mtm|pk|hsa|mc|at|vero|oly|sc|ns|_hs|s_kwcid|li)_\w+|\w{0,5}cl(?:k)?id|gclsrc|gbraid|wbraid|_ga\w*|_gl|igsh(?:id)?"
    r"|mkt_tok|srsltid|ref|ref_?src|ref_?url|source|campaign|cmpid|cid|si|trk|yclid|amp",
    re.IGNORECASE,
)
# A name this much like a field is taken for a slip of it; less alike, it is somebody else's parameter.
ALIKE = 0.7
# An address written into HTML twice has its ampersands twice.
ESCAPED = re.compile(r"^(?:amp;|amp%3b|;)+", re.IGNORECASE)
SHOWN_OF_A_NAME = 80
# Fields that went by another name before; links with the old ones keep working.
ALIASES = {"country": "reporter"}


@dataclass(frozen=True)
class Unknown:
    """A name that is no field: as it was written, its value, and the name it seems to mean (empty for none)."""

    name: str
    value: str
    suggestion: str


@dataclass(frozen=True)
class Words:
    """An address taken apart: values by field, what was given of a field once more, and names that are no field."""

    values: dict[str, str]
    repeated: tuple[tuple[str, str], ...] = ()
    unknown: tuple[Unknown, ...] = ()

    @property
    def misspelt(self) -> tuple[Unknown, ...]:
        """The names that seem to mean a field."""
        return tuple(one for one in self.unknown if one.suggestion)


def pairs(query: str | None) -> list[tuple[str, str]]:
    """Names and values of a query string with or without its question mark; empty values are kept."""
    return parse_qsl((query or "").lstrip("?"), keep_blank_values=True)


def read(given: str | Iterable[tuple[str, str]] | None, fields: Iterable[str]) -> Words:
    """Tell which field each name means.

    Case does not matter, nor an ampersand that was escaped twice. Of a field given twice the first value counts, and
    its present name before one of :data:`ALIASES`. Tracking parameters are passed over in silence.

    Args:
        given: a query string, or its names and values.
        fields: the fields there are.
    """
    known = {field.casefold(): field for field in fields}
    old = {name: field for name, field in ALIASES.items() if field in known and name not in known}
    found: dict[str, list[tuple[str, str]]] = {}
    unknown: list[Unknown] = []
    for written, value in pairs(given) if isinstance(given, str) or given is None else given:
        name = ESCAPED.sub("", written.strip()).casefold()
        field = known.get(name) or old.get(name)
        if field:
            found.setdefault(field, []).append((name, value))
        elif name and not TRACKING.fullmatch(name):
            unknown.append(Unknown(written[:SHOWN_OF_A_NAME], value, suggestion(name, [*known, *old])))
    ordered = {field: sorted(each, key=lambda one: one[0] in old) for field, each in found.items()}
    repeated = [(field, value) for field, each in ordered.items() for _name, value in each[1:]]
    return Words({field: each[0][1] for field, each in ordered.items()}, tuple(repeated), tuple(unknown))


def suggestion(name: str, known: Iterable[str]) -> str:
    """The known name that a misspelt one seems to mean; empty where none is alike."""
    close = difflib.get_close_matches(name.casefold(), list(known), n=1, cutoff=ALIKE)
    return close[0] if close else ""
