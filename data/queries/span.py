"""The time that a series covers, for what stands on its axis."""

from __future__ import annotations

import pandas as pd


def span_of(periods: pd.DatetimeIndex, frequency: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last instant of periods; a year lasts to its December, a month to its last day.

    Args:
        periods: first days, in order, at least one.
        frequency: A for years, M for months.
    """
    last = periods[-1]
    end = pd.Timestamp(last.year, 12, 31) if frequency == "A" else last + pd.offsets.MonthEnd()
    return periods[0], end
