"""Where figures come from, as the source line under a chart says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.queries.origin import Origin
from layouts.wording.text import Text


@dataclass(frozen=True)
class SourceLine:
    """The line under a chart, and the origin it names."""

    words: str
    origin: Origin

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all sources named, those of rates included."""
        return (*self.origin.ids, *self.origin.rate_ids)


def source_line(_: Text, it: Origin) -> SourceLine:
    """Name the sources with table and vintage, how they were obtained where that is a weakness, and the rates."""
    if not it.ids:
        return SourceLine(_("Source: none."), it)
    named = citations(_, it.rows, it.ids)
    words = _("Source: {sources}.", sources=named)
    if it.rate_ids:
        words = _(
            "Source: {sources}. Converted at average rates of each period: {rates}.",
            sources=named,
            rates=citations(_, it.rows, it.rate_ids),
        )
    return SourceLine(words, it)


def citations(_: Text, sources: Mapping[str, dict[str, Any]], ids: Sequence[str]) -> str:
    """Cite several rows of the sources table in a line."""
    return _.several(citation(_, sources, source_id) for source_id in ids)


def citation(_: Text, sources: Mapping[str, dict[str, Any]], source_id: str) -> str:
    """Cite one source in a line: producer, table, vintage and its weakness."""
    source = sources[source_id]
    parts = [_.verbatim(source["producer"])]
    if source["table_number"]:
        parts.append(_("table {number}", number=_.verbatim(source["table_number"])))
    vintage = vintage_of(_, source)
    if vintage:
        parts.append(vintage)
    if source["obtained"] in ("transcribed", "press"):
        parts.append(obtained(_, source["obtained"]))
    if source["verification"] == "unverified":
        parts.append(verification(_, "unverified"))
    return _.details(parts)


def vintage_of(_: Text, source: dict) -> str:
    """Name the vintage of a source: its date, or what is known instead."""
    if source["vintage_date"] is not None:
        return _("vintage of {date}", date=_.date(source["vintage_date"]))
    return _.data(source["vintage_note"])


def obtained(_: Text, code: str) -> str:
    """Say how values were obtained."""
    return {
        "downloaded": _("taken from a public copy"),
        "transcribed": _("transcribed"),
        "press": _("press figure"),
        "article": _("the article itself"),
        "official_text": _("official text"),
    }[code]


def verification(_: Text, code: str) -> str:
    """Say how far a source or a row was checked."""
    return {
        "double_read": _("read twice without a difference"),
        "cross_checked": _("cross-checked with other sources"),
        "read": _("text read"),
        "primary_text": _("read in the primary text"),
        "reprint": _("read on a reprint"),
        "secondary": _("secondary"),
        "unverified": _("not verified"),
    }[code]
