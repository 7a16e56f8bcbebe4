"""Checks that prove themselves: every run compares the tables again and names its worst case.

A contradiction of the tables with themselves is an ``error`` and stops the build. Two sources that differ by more
than their tolerance are an honest disagreement: it ``differs``, is explained and shown, and stops nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.pipeline import checks_sources as sources
from data.pipeline import checks_sums as sums
from data.pipeline.checks_sums import Tables
from data.schema.checks import CHECKS as TABLE
from data.schema.checks import WHERE
from data.schema.fields import PANDAS_TYPE

# Binary noise of sums, far below the last digit of any value.
NOISE = 1e-9


@dataclass(frozen=True)
class Check:
    """One comparison: its words, its tolerance and where its pairs of values come from.

    ``bound`` says what the tolerance bounds: ``percent`` of the right value, ``points`` of a rate, or ``rounding``
    in the unit of the values. ``note`` says why the sides are equal or may differ.
    """

    check_id: str
    kind: str
    compares: str
    note: str
    tolerance: float
    bound: str
    pairs: Callable[[Tables], pd.DataFrame]
    unit: str = "million"

    @property
    def must_agree(self) -> bool:
        """Whether a difference is a contradiction and not a disagreement."""
        return self.kind in ("sums", "article")


SOURCE_CHECKS = (
    Check(
        "months-years",
        "sums",
        "Twelve months added up against their year, in every series of totals",
        "Years are made from months, so the two are equal.",
        1e-6,
        "rounding",
        sums.months_and_years,
    ),
    Check(
        "chapters-sections",
        "sums",
        "HS chapters of a section against twelve months of that section, US trade with Mexico",
        "Both come from the same records, so the two are equal.",
        1e-6,
        "rounding",
        sums.chapters_and_sections,
    ),
    Check(
        "sitc-matrix",
        "sums",
        "SITC sections of Mexico’s exports to Canada against the total of the same UN matrix",
        "Both come from the same matrix, so they are equal apart from the last digit.",
        1e-3,
        "rounding",
        sums.sections_and_matrix,
    ),
    Check(
        "worked-out",
        "sums",
        "Mexico’s values derived from printed growth against the same division repeated",
        "The values are rounded to a million US dollars.",
        0.5,
        "rounding",
        sums.values_and_computations,
    ),
    Check(
        "claims",
        "article",
        "Verdicts written beside the article’s claims and beside quoted figures against those that the figures give",
        "A verdict that the figures do not give would stop the build.",
        0,
        "rounding",
        sums.claims_and_figures,
        "verdict",
    ),
    Check(
        "chapters-census",
        "consistency",
        "HS chapters of US trade added up against the US Census total",
        "The chapters are first releases, and the totals are revised each June. Shares are therefore of the chapters’ "
        "own sum.",
        1.5,
        "percent",
        sources.chapters_and_totals,
    ),
    Check(
        "partners-us",
        "consistency",
        "US totals with Canada and Mexico in the list of US partners against the totals shown elsewhere",
        "The list is one release throughout; elsewhere, 2024 comes from a later one.",
        0.5,
        "percent",
        sources.us_partners_and_totals,
    ),
    Check(
        "partners-canada",
        "consistency",
        "Canada’s totals in the list of all its partners against a later release, where both exist",
        "The year 2024 is the same to C$0.2 million; 2025 was revised since, so it is preliminary in the list.",
        2,
        "percent",
        sources.canadas_partners_and_totals,
    ),
    Check(
        "balances-us",
        "consistency",
        "US balances with Canada and Mexico in the list of US partners against the balances shown elsewhere",
        "A balance is the difference between two larger numbers, so half a per cent of a flow is nearly two per cent "
        "of the balance. The list is one release throughout; elsewhere, 2024 comes from a later one.",
        2,
        "percent",
        sources.balances_by_release,
    ),
    Check(
        "napcs-imports",
        "consistency",
        "NAPCS sections of Canada’s imports from the United States against Canada’s total",
        "The totals are a later release than the sections.",
        0.6,
        "percent",
        sources.napcs_and_totals,
    ),
    Check(
        "farm-products",
        "consistency",
        "Canada’s trade with the United States in farm, fishing and intermediate food products in two tables",
        "The two copies come from releases more than a year apart. They agree up to 2023; 2024 was the latest year in "
        "the older one.",
        0.05,
        "percent",
        sources.farm_products,
    ),
    Check(
        "sitc-totals",
        "consistency",
        "SITC sections of US and Mexican exports against the exporter’s own total",
        "The UN matrix is another compilation of what each exporter reports.",
        1,
        "percent",
        sources.sitc_and_own_totals,
    ),
    Check(
        "sitc-canada",
        "consistency",
        "SITC sections of Canada’s exports against Canada’s own total, converted at the annual average rate",
        "The UN matrix is another compilation and may convert at other rates.",
        1,
        "percent",
        sources.sitc_and_canada,
    ),
    Check(
        "inflation",
        "consistency",
        "Growth of the twelve-month mean of the US price index against the annual rate of the World Bank",
        "Both measure the same consumer prices.",
        0.05,
        "points",
        sources.index_and_rates,
        "percent",
    ),
    Check(
        "exchange-rates",
        "consistency",
        "Mean of twelve monthly exchange rates against the published average of the year",
        "The published average is of days, and months differ in days.",
        0.25,
        "percent",
        sources.months_and_published_rates,
        "rate",
    ),
    Check(
        "exchanged-records",
        "exchanged",
        "Canada’s exports to the United States, converted at the annual average rate, against US imports from Canada",
        "Canada takes these exports from US import records and adds re-exports, which the "
        "United States puts under the country that made them. This is the size of what remains.",
        1,
        "percent",
        sources.exchanged_records,
    ),
)


def run(tables: Tables) -> pd.DataFrame:
    """Make every comparison.

    Args:
        tables: the tables of the build by name, derived rows included.

    Returns:
        One row a check, as :data:`data.schema.tables.checks.CHECKS` declares it.
    """
    rows = [outcome(check, check.pairs(tables)) for check in SOURCE_CHECKS]
    frame = pd.DataFrame(rows, columns=TABLE.columns)
    return frame.astype({field.name: PANDAS_TYPE[field.kind] for field in TABLE.fields})


def outcome(check: Check, pairs: pd.DataFrame) -> dict[str, Any]:
    """Judge pairs of values by a check; the worst case is the largest difference, or a value without its other side."""
    row: dict[str, Any] = {column: getattr(check, column, None) for column in TABLE.columns}
    row |= {"comparisons": len(pairs), "verdict": "error"}
    if pairs.empty:
        return row
    difference = pairs["left"] - pairs["right"]
    percent = difference / pairs["right"].where(pairs["right"] != 0) * 100
    size = (percent if check.bound == "percent" else difference).abs()
    lone = size.isna()
    if size.max() > NOISE or lone.any():
        worst = size.index[lone][0] if lone.any() else size.idxmax()
        row |= {name: pairs.at[worst, name] for name in WHERE if name in pairs}
        row |= {"left_value": pairs.at[worst, "left"], "right_value": pairs.at[worst, "right"]}
        row |= {"difference": difference[worst], "difference_pct": percent[worst]}
    if not lone.any():
        agrees = size.max() <= check.tolerance + NOISE
        row["verdict"] = "agrees" if agrees else "error" if check.must_agree else "differs"
    return row


def errors(checks: pd.DataFrame) -> list[str]:
    """Describe each contradiction in a line, for whoever has to find it."""
    found = checks[checks["verdict"] == "error"]
    return [f"check {row.check_id}: {row.compares}: {describe(row)}" for row in found.itertuples()]


def describe(row: Any) -> str:
    """Worst case of a check in plain letters: where, left, right and the difference."""
    if not row.comparisons:
        return "nothing to compare"
    if pd.isna(row.left_value) and pd.isna(row.right_value):
        return "no difference"
    where = [getattr(row, name) for name in WHERE if name not in ("frequency", "period")]
    where += [row.period.date().isoformat()] if pd.notna(row.period) else []
    named = " ".join(str(part) for part in where if pd.notna(part))
    percent = f" ({row.difference_pct:+.4f} %)" if pd.notna(row.difference_pct) else ""
    return f"{named}: {row.left_value:.6g} against {row.right_value:.6g}{percent}"
