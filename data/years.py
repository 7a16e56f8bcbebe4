"""The time a reader asks for: years, which may be cut to months or quarters at either end."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

# How often each frequency has a value in a year, by its code and by its word in an address.
A_YEAR = {"A": 1, "Q": 4, "M": 12}
CODES = {"annual": "A", "quarterly": "Q", "monthly": "M"}
UNIT = r"([0-9]{4})(?:-(0[1-9]|1[0-2])|-?[Qq]([1-4]))?"
WRITTEN = re.compile(rf"\s*{UNIT}(?:\s*[-–]\s*{UNIT})?\s*")
QUARTER = 3


class Years(tuple[int, int]):
    """First and last year, both included, and the first and last month that are asked for in them.

    It is the pair of its years for all that shows years; only what has months or quarters looks closer. Two spans are
    the same when their months are the same too, and whole years are the same as the plain pair.
    """

    first_month: int
    last_month: int

    def __new__(cls, first: int, last: int, first_month: int = 1, last_month: int = 12) -> Years:
        """Make the span from the first month of the first year to the last month of the last year."""
        made = super().__new__(cls, (first, last))
        made.first_month, made.last_month = first_month, last_month
        return made

    @classmethod
    def of(cls, years: tuple[int, int]) -> Years:
        """A span as it is, and whole years from a plain pair."""
        return years if isinstance(years, Years) else cls(*years)

    @classmethod
    def parse(cls, text: str) -> Years | None:
        """Read ``2024``, ``2015-2025``, ``2025-03``, ``2024-07-2025-06``, ``2025-Q2``; None for anything else."""
        found = WRITTEN.fullmatch(text)
        if not found:
            return None
        first, month, quarter, last, last_month, last_quarter = found.groups()
        if last is None:
            last, last_month, last_quarter = first, month, quarter
        start = int(month or (int(quarter) * QUARTER - 2 if quarter else 1))
        end = int(last_month or (int(last_quarter) * QUARTER if last_quarter else 12))
        return cls(int(first), int(last), start, end) if (int(first), start) <= (int(last), end) else None

    @property
    def whole(self) -> bool:
        """Whether no year is cut."""
        return (self.first_month, self.last_month) == (1, 12)

    @property
    def start(self) -> pd.Timestamp:
        """The first day."""
        return pd.Timestamp(self[0], self.first_month, 1)

    @property
    def end(self) -> pd.Timestamp:
        """The last day."""
        return pd.Timestamp(self[1], self.last_month, 1) + pd.offsets.MonthEnd()

    def __eq__(self, other: object) -> bool:
        """Compare years and months."""
        if not isinstance(other, tuple):
            return NotImplemented
        months = (other.first_month, other.last_month) if isinstance(other, Years) else (1, 12)
        return super().__eq__(other) and (self.first_month, self.last_month) == months

    def __ne__(self, other: object) -> bool:
        """Compare years and months."""
        return not self == other

    def __hash__(self) -> int:
        """Hash as the plain pair, which whole years are equal to."""
        return super().__hash__()

    def __getnewargs__(self) -> tuple[int, int, int, int]:
        """What a copy is made from."""
        return (*self, self.first_month, self.last_month)

    def __str__(self) -> str:
        """Write the span as an address has it."""
        return "-".join(dict.fromkeys(self._ends()))

    def __repr__(self) -> str:
        """Write the span as it is made."""
        return f"Years({', '.join(map(str, self.__getnewargs__()))})"

    def _ends(self) -> Iterator[str]:
        for year, month in zip(self, (self.first_month, self.last_month), strict=True):
            yield str(year) if self.whole else f"{year}-{month:02}"


def within(periods: pd.DatetimeIndex, years: tuple[int, int], frequency: str) -> pd.Index:
    """Which periods of a frequency the span touches.

    Args:
        periods: first days of the periods.
        years: the span.
        frequency: A, Q or M.
    """
    span = Years.of(years)
    first, last = span.start, span.end
    if frequency == "A":
        first = first.replace(month=1)
    elif frequency == "Q":
        first = first.replace(month=first.month - (first.month - 1) % QUARTER)
    return (periods >= first) & (periods <= last)
