"""Values computed from published ones, each marked with how it came about."""

from __future__ import annotations

import pandas as pd

PUBLISHED, SUM_OF_MONTHS, MEAN_OF_MONTHS, WORKED_OUT = "published", "sum_of_months", "mean_of_months", "worked_out"

# The least settled month decides how settled its year is.
STATUS_ORDER = ["final", "preliminary", "special_estimate"]

SERIES = ["reporter", "partner", "flow", "product_scheme", "product_code", "currency", "basis"]


def with_sums(observations: pd.DataFrame) -> pd.DataFrame:
    """Add quarters and years for every series whose months are all there; an incomplete one gets no row.

    Months of two sources would mix vintages. A year of two sources is refused; a quarter of two gets no row, because
    a source may change within a year that is published as such.

    Raises:
        ValueError: the months of one year name more than one source, or a quarter is not summed but read.
    """
    if (observations["frequency"] == "Q").any():
        raise ValueError("a quarter is summed from its months, not read from a file")
    monthly = observations[observations["frequency"] == "M"]
    years, quarters = _sums(monthly, "A"), _sums(monthly, "Q")
    if (years["sources"] > 1).any():
        raise ValueError("a year is summed from months of one source only")
    worked_out = observations["computation"].notna()
    published = observations.assign(derivation=pd.Series(PUBLISHED, observations.index).mask(worked_out, WORKED_OUT))
    summed = [sums[published.columns] for sums in (years, quarters[quarters["sources"] == 1])]
    return pd.concat([published, *summed], ignore_index=True)


# First day of the period that a month belongs to, and how many months it has.
PERIODS = {"A": ("Y", 12), "Q": ("Q", 3)}


def _sums(monthly: pd.DataFrame, frequency: str) -> pd.DataFrame:
    """Sum the months of each complete period; its status is that of its least settled month."""
    unit, months = PERIODS[frequency]
    period = monthly["period"].dt.to_period(unit).dt.start_time.astype(monthly["period"].dtype)
    levelled = monthly.assign(period=period, level=monthly["status"].map(STATUS_ORDER.index))
    sums = levelled.groupby([*SERIES, "period"], observed=True).agg(
        value_million=("value_million", "sum"),
        months=("value_million", "count"),
        level=("level", "max"),
        source_id=("source_id", "first"),
        sources=("source_id", "nunique"),
    )
    complete = sums[sums["months"] == months].reset_index()
    return complete.assign(
        frequency=frequency,
        # A sum of values with one to six decimals carries binary noise past the seventh.
        value_million=complete["value_million"].round(6),
        status=complete["level"].map(dict(enumerate(STATUS_ORDER))),
        derivation=SUM_OF_MONTHS,
        computation=pd.Series(pd.NA, index=complete.index, dtype="str"),
    )


def with_mean_rates(rates: pd.DataFrame) -> pd.DataFrame:
    """Add the mean of monthly averages for each quarter, and for each year without a published annual average."""
    monthly = rates[rates["frequency"] == "M"]
    published = rates.assign(derivation=PUBLISHED)
    means = [_means(monthly, frequency)[published.columns] for frequency in ("A", "Q")]
    both = pd.concat([published, *means], ignore_index=True)
    return both.drop_duplicates(["frequency", "period", "currency"], keep="first", ignore_index=True)


def _means(monthly: pd.DataFrame, frequency: str) -> pd.DataFrame:
    """Average the months of each period whose months are all there, from one source."""
    unit, months = PERIODS[frequency]
    period = monthly["period"].dt.to_period(unit).dt.start_time.astype(monthly["period"].dtype)
    means = monthly.assign(period=period).groupby(["currency", "period"], observed=True)
    means = means.agg(
        units_per_usd=("units_per_usd", "mean"),
        months=("units_per_usd", "count"),
        source_id=("source_id", "first"),
        sources=("source_id", "nunique"),
    ).reset_index()
    complete = means[(means["months"] == months) & (means["sources"] == 1)]
    return complete.assign(
        frequency=frequency, units_per_usd=complete["units_per_usd"].round(6), derivation=MEAN_OF_MONTHS
    )
