"""What must be equal because the tables say so themselves: pairs of values for :mod:`data.pipeline.checks`.

Each function gives one row a comparison, with ``left``, ``right`` and columns that say where; a side without its
other side is missing, which no check lets pass.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data.pipeline.claims import verdict_of
from data.pipeline.derive import SUM_OF_MONTHS

Tables = Mapping[str, pd.DataFrame]

FLOW = ["reporter", "partner", "flow"]


def year_of(periods: pd.Series) -> pd.Series:
    """First day of the year of each period."""
    return pd.to_datetime(periods.dt.year.astype("str") + "-01-01").astype("datetime64[us]")


def months_and_years(tables: Tables) -> pd.DataFrame:
    """Sums of twelve months against the years made of them, of every series."""
    rows = tables["observations"]
    key = ["period", *FLOW, "currency"]
    months = rows[rows["frequency"] == "M"]
    months = months.assign(period=year_of(months["period"])).groupby(key)["value_million"].agg(["sum", "count"])
    left = months.loc[months["count"] == 12, "sum"]
    right = rows[(rows["frequency"] == "A") & (rows["derivation"] == SUM_OF_MONTHS)].set_index(key)["value_million"]
    return side_by_side(left, right).assign(frequency="A")


def chapters_and_sections(tables: Tables) -> pd.DataFrame:
    """Sums of the chapters of a section over a year against twelve months of that section."""
    products, names = tables["products"], tables["product_names"]
    section_of = names[names["product_scheme"] == "HS2"].set_index("product_code")["parent_code"]
    sections = products[(products["product_scheme"] == "HS_SECTION") & (products["frequency"] == "M")]
    sections = sections.assign(period=year_of(sections["period"]))
    chapters = products[(products["product_scheme"] == "HS2") & (products["frequency"] == "A")]
    # Sections are held for some partners only.
    chapters = chapters[chapters["partner"].isin(sections["partner"].unique())]
    chapters = chapters.assign(product_code=chapters["product_code"].map(section_of))
    key = ["period", *FLOW, "currency", "product_code"]
    left, right = (frame.groupby(key)["value_million"].sum() for frame in (chapters, sections))
    return side_by_side(left, right).assign(frequency="A", product_scheme="HS_SECTION")


def sections_and_matrix(tables: Tables) -> pd.DataFrame:
    """Sums of the SITC sections against the totals of the same UN matrix."""
    rows = tables["observations"]
    key = ["period", *FLOW, "currency"]
    right = rows[rows["source_id"] == "unctad-matrix"].set_index(key)["value_million"]
    left = sitc_totals(tables).reindex(right.index)
    return side_by_side(left, right).assign(frequency="A")


def sitc_totals(tables: Tables) -> pd.Series:
    """Sums of the SITC sections by period, reporter, partner, flow and currency, million units of currency."""
    rows = tables["products"]
    return rows[rows["product_scheme"] == "SITC1"].groupby(["period", *FLOW, "currency"])["value_million"].sum()


def values_and_computations(tables: Tables) -> pd.DataFrame:
    """Values worked back from printed growth against their computation, done again."""
    rows = tables["observations"]
    rows = rows[rows["computation"].notna()]
    again = rows["computation"].map(_quotient).astype("float64")
    return rows.assign(left=rows["value_million"], right=again)


def _quotient(computation: str) -> float:
    """Divide the first number by all that follow; missing where there is anything but numbers and slashes."""
    try:
        first, *divisors = (float(number) for number in computation.split("/"))
    except ValueError:
        return float("nan")
    for divisor in divisors:
        first /= divisor
    return first


def claims_and_figures(tables: Tables) -> pd.DataFrame:
    """Whether the verdict beside a claim or a quoted figure (1) is the one the figures give (1, otherwise 0)."""
    columns = ["value", "unit", "verdict", "check_value"]
    claims = pd.concat([tables[name][columns] for name in ("claims", "quoted_figures")], ignore_index=True)
    given = pd.Series([verdict_of(c.value, c.check_value) for c in claims.itertuples()], claims.index, dtype="str")
    judged = claims.assign(given=given)[(given != "") & (claims["unit"] != "date")]
    return pd.DataFrame({"left": 1.0, "right": (judged["verdict"] == judged["given"]).astype("float64")})


def side_by_side(left: pd.Series, right: pd.Series, overlap: bool = False) -> pd.DataFrame:
    """Pair two series by their index; ``overlap`` keeps only what both have."""
    pairs = pd.concat([left.rename("left"), right.rename("right")], axis=1, join="inner" if overlap else "outer")
    return pairs.reset_index()
