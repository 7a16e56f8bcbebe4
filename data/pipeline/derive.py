"""Values computed from published ones, each marked with how it came about."""

from __future__ import annotations

import pandas as pd

PUBLISHED, SUM_OF_MONTHS, MEAN_OF_MONTHS, WORKED_OUT = "published", "sum_of_months", "mean_of_months", "worked_out"

# The least settled month decides how settled its year is.
STATUS_ORDER = ["final", "preliminary", "special_estimate"]

SERIES = ["reporter", "partner", "flow", "product_scheme", "product_code", "currency", "basis"]


def with_annual_sums(observations: pd.DataFrame) -> pd.DataFrame:
    """Add a year for every series whose twelve months are all there; an incomplete year gets no row.

    A year whose months come from two sources would mix vintages and is refused.

    Raises:
        ValueError: the months of one year name more than one source.
    """
    monthly = observations[observations["frequency"] == "M"]
    year = monthly["period"].dt.year.rename("year")
    grouped = monthly.assign(level=monthly["status"].map(STATUS_ORDER.index)).groupby([*SERIES, year], observed=True)
    years = grouped.agg(
        value_million=("value_million", "sum"),
        months=("value_million", "count"),
        level=("level", "max"),
        source_id=("source_id", "first"),
        sources=("source_id", "nunique"),
    ).reset_index()
    complete = years[years["months"] == 12]
    if (complete["sources"] > 1).any():
        raise ValueError("a year is summed from months of one source only")
    annual = complete.assign(
        frequency="A",
        period=pd.to_datetime(complete["year"].astype(str) + "-01-01"),
        # A sum of values with one to six decimals carries binary noise past the seventh.
        value_million=complete["value_million"].round(6),
        status=complete["level"].map(dict(enumerate(STATUS_ORDER))),
        derivation=SUM_OF_MONTHS,
        computation=pd.Series(pd.NA, index=complete.index, dtype="str"),
    )
    worked_out = observations["computation"].notna()
    published = observations.assign(derivation=pd.Series(PUBLISHED, observations.index).mask(worked_out, WORKED_OUT))
    return pd.concat([published, annual[published.columns]], ignore_index=True)


def with_annual_rates(rates: pd.DataFrame) -> pd.DataFrame:
    """Add the mean of twelve monthly averages for a currency and year that has no published annual average."""
    monthly = rates[rates["frequency"] == "M"]
    year = monthly["period"].dt.year.rename("year")
    years = (
        monthly.groupby(["currency", year], observed=True)
        .agg(
            units_per_usd=("units_per_usd", "mean"),
            months=("units_per_usd", "count"),
            source_id=("source_id", "first"),
            sources=("source_id", "nunique"),
        )
        .reset_index()
    )
    complete = years[(years["months"] == 12) & (years["sources"] == 1)]
    annual = complete.assign(
        frequency="A",
        period=pd.to_datetime(complete["year"].astype(str) + "-01-01"),
        units_per_usd=complete["units_per_usd"].round(6),
        derivation=MEAN_OF_MONTHS,
    )
    published = rates.assign(derivation=PUBLISHED)
    both = pd.concat([published, annual[published.columns]], ignore_index=True)
    return both.drop_duplicates(["frequency", "period", "currency"], keep="first", ignore_index=True)
