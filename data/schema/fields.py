"""What a column may hold: the vocabulary in which the tables are declared."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

NUMBER, INTEGER, DATE, TEXT = "number", "integer", "date", "text"

PANDAS_TYPE = {NUMBER: "float64", INTEGER: "Int64", DATE: "datetime64[us]", TEXT: "str"}


@dataclass(frozen=True)
class Field:
    """One column: its type, what it means, and which values it accepts.

    ``allowed`` lists the only accepted values, ``pattern`` a regular expression with ``pattern_means``
    in words, ``minimum`` and ``maximum`` bound numbers (inclusive). ``refers_to`` names the table whose ids are the
    only accepted values; ``unit`` is for readers of the file.
    """

    name: str
    kind: str
    meaning: str
    required: bool = True
    unit: str = ""
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    pattern_means: str = ""
    minimum: float | None = None
    maximum: float | None = None
    refers_to: str = ""

    def wanted(self) -> str:
        """Say in words which values the column accepts."""
        if self.allowed:
            return "one of " + ", ".join(self.allowed)
        if self.refers_to:
            return f"one of the codes in {self.refers_to}.csv"
        if self.pattern:
            return self.pattern_means
        if self.kind == DATE:
            return "a date as YYYY-MM-DD"
        if self.kind in (NUMBER, INTEGER):
            noun = "a whole number" if self.kind == INTEGER else "a number"
            bounds = []
            if self.minimum is not None:
                bounds.append(f"at least {self.minimum:g}")
            if self.maximum is not None:
                bounds.append(f"at most {self.maximum:g}")
            return " ".join([noun, " and ".join(bounds)]).strip()
        return "text"

    def parse(self, cells: pd.Series) -> pd.Series:
        """Turn the text cells of a file into values; what cannot be read becomes missing."""
        blank_as_missing = cells.mask(cells == "")
        if self.kind == DATE:
            return pd.to_datetime(blank_as_missing, format="%Y-%m-%d", errors="coerce").astype(PANDAS_TYPE[DATE])
        if self.kind in (NUMBER, INTEGER):
            numbers = pd.to_numeric(blank_as_missing, errors="coerce").astype("float64")
            if self.kind == INTEGER:
                return numbers.where(numbers.mod(1) == 0).astype(PANDAS_TYPE[INTEGER])
            return numbers.where(numbers.abs() != float("inf"))
        return blank_as_missing.astype(PANDAS_TYPE[TEXT])


@dataclass(frozen=True)
class Table:
    """One table: where its rows are curated, its columns and the columns that identify a row."""

    name: str
    meaning: str
    files: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    overlap_scope: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """Column names in the order of the file."""
        return [field.name for field in self.fields]
