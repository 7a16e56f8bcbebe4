"""How to cite a table or a chart: in a line, in full, for BibTeX and for reference managers (RIS).

The words come from :class:`Words`, so that another language can give its own; the two formats for programs are the
same in every language. The day of access is an argument: nothing here looks at a clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SITE = "Bilateral"


@dataclass(frozen=True)
class Words:
    """Messages with named places."""

    short: str = "{producers}: {title}. {site}, {accessed}."
    long: str = "{title}. Figures: {sources}. Compiled by {site}, {address}, accessed {accessed}."
    source: str = "{producer}, {title}{table}{vintage}"
    table: str = ", table {number}"
    vintage: str = ", vintage of {date}"
    undated: str = "n.d."


@dataclass(frozen=True)
class Cited:
    """One source of a citation; empty text where something is not known."""

    producer: str
    title: str
    table: str = ""
    vintage: str = ""
    licence: str = ""
    url: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Cited:
        """Read a row of the sources table."""
        known: dict[str, Any] = {n: "" if value is None or value != value else value for n, value in row.items()}
        day = known["vintage_date"]
        return cls(
            producer=known["producer"],
            title=known["title"],
            table=known["table_number"],
            vintage=day.date().isoformat() if day else known["vintage_note"],
            licence=known["licence"],
            url=known["url"],
        )


@dataclass(frozen=True)
class Citation:
    """What is cited: its title, its sources, the address that shows it again, and the day it was looked at."""

    title: str
    sources: tuple[Cited, ...]
    address: str
    accessed: dt.date

    @property
    def producers(self) -> tuple[str, ...]:
        """Bodies that answer for the figures, each once."""
        return tuple(dict.fromkeys(source.producer for source in self.sources))

    def short(self, words: Words | None = None) -> str:
        """Cite in a line, as under a picture."""
        words = words or Words()
        return words.short.format(
            producers="; ".join(self.producers) or SITE,
            title=self.title,
            site=SITE,
            accessed=self.accessed.isoformat(),
        )

    def long(self, words: Words | None = None) -> str:
        """Cite with every table, vintage and the address."""
        words = words or Words()
        return words.long.format(
            title=self.title,
            sources="; ".join(_source(words, source) for source in self.sources) or SITE,
            site=SITE,
            address=self.address,
            accessed=self.accessed.isoformat(),
        )

    def bibtex(self) -> str:
        """Write an entry for BibTeX."""
        fields = {
            # Braces around each name keep BibTeX from taking a body for a person with a family name.
            "author": " and ".join(f"{{{_tex(name)}}}" for name in self.producers or (SITE,)),
            "title": f"{{{_tex(self.title)}}}",
            "year": str(self.accessed.year),
            "howpublished": f"{SITE}, \\url{{{_url(self.address)}}}",
            "urldate": self.accessed.isoformat(),
            "note": _tex("; ".join(_source(Words(), source) for source in self.sources)),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self._key()},", *lines, "}", ""])

    def ris(self) -> str:
        """Write a record for reference managers."""
        tags = [
            ("TY", "DATA"),
            *(("AU", f"{name},") for name in self.producers or (SITE,)),
            ("TI", self.title),
            ("PB", SITE),
            ("PY", str(self.accessed.year)),
            ("Y2", self.accessed.strftime("%Y/%m/%d")),
            ("UR", self.address),
            *(("N1", _source(Words(), source)) for source in self.sources),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in tags)

    def _key(self) -> str:
        return "-".join(re.findall(r"[a-z0-9]+", self.title.lower())[:6]) or SITE.lower()


def sources_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Cited, ...]:
    """Cite rows of the sources table, each once."""
    return tuple(dict.fromkeys(Cited.of(row) for row in rows))


def _source(words: Words, source: Cited) -> str:
    return words.source.format(
        producer=source.producer,
        title=source.title,
        table=words.table.format(number=source.table) if source.table else "",
        vintage=words.vintage.format(date=source.vintage) if source.vintage else "",
    )


TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "{}$&%#_"},
}


def _tex(text: str) -> str:
    return "".join(TEX.get(sign, sign) for sign in _line(text))


def _url(address: str) -> str:
    # Inside \url only what would end it, or start a comment, has to be written otherwise.
    return _line(address).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace("%", "\\%")


def _line(text: str) -> str:
    """Text on one line: a line break would begin a new field."""
    return " ".join(text.split())
