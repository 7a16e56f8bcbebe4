"""The time that a series covers, for what stands on its axis."""

from __future__ import annotations

import pandas as pd

from data.years import A_YEAR


def span_of(periods: pd.DatetimeIndex, frequency: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of periods; a year lasts to its December, a quarter or a month to its last day.

    Args:
        periods: first days, in order, at least one.
        frequency: A for years, Q for quarters, M for months.
    """
    after = periods[-1] + pd.DateOffset(months=12 // A_YEAR[frequency])
    return periods[0], after - pd.Timedelta(days=1)
