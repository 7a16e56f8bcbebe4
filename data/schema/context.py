"""Tables that explain and relate the figures: conventions, breaks, prices."""

from __future__ import annotations

from data.schema.columns import date, iso3, row_id, source, text
from data.schema.fields import INTEGER, NUMBER, TEXT, Field, Table
from data.schema.products import RECORDED_FLOWS

CONVENTIONS = Table(
    "conventions",
    "how a reporter values a flow and whom it names as partner",
    "conventions.csv",
    (
        iso3("reporter", "country whose records these are"),
        Field("flow", TEXT, "direction seen from the reporter", allowed=RECORDED_FLOWS),
        text("valuation", "point at which goods are valued", required=True),
        text("partner_rule", "which country counts as the partner", required=True),
        text("coverage", "which goods are in", required=True),
        source(),
    ),
    key=("reporter", "flow"),
    texts=("valuation", "partner_rule", "coverage"),
)

# What a break can touch: totals, products in one of the classifications, consumer prices.
BREAK_SERIES = ("totals", "hs", "napcs", "sitc", "prices")
_ONE_SERIES = "|".join(BREAK_SERIES)

BREAKS = Table(
    "breaks",
    "days from which figures are not quite what they were: classification, agreement, method, source, release",
    "breaks.csv",
    (
        row_id("break_id"),
        date("date", "first day of the change"),
        Field(
            "reporters",
            TEXT,
            "countries whose records it touches, or all",
            pattern=r"all|[A-Z]{3}( [A-Z]{3})*",
            pattern_means="all, or ISO 3166 codes separated by spaces",
        ),
        Field(
            "pairs",
            TEXT,
            "pairs of countries whose trade it touches, each in alphabetical order, or all",
            pattern=r"all|[A-Z]{3}-[A-Z]{3}( [A-Z]{3}-[A-Z]{3})*",
            pattern_means="all, or two ISO 3166 codes joined by a hyphen, separated by spaces",
        ),
        Field(
            "series",
            TEXT,
            "figures it touches: totals, products by classification, or consumer prices",
            pattern=rf"({_ONE_SERIES})( ({_ONE_SERIES}))*",
            pattern_means=f"{', '.join(BREAK_SERIES)} separated by spaces",
        ),
        Field(
            "kind",
            TEXT,
            "what changed",
            allowed=("classification", "agreement", "method", "source", "release"),
        ),
        text("text", "what changed, in our words", required=True),
        source(),
    ),
    key=("break_id",),
    texts=("text",),
)

INFLATION = Table(
    "inflation",
    "year-over-year change of consumer prices",
    "inflation.csv",
    (
        iso3("country", "country"),
        Field("year", INTEGER, "calendar year", minimum=1950, maximum=2100),
        Field("rate_pct", NUMBER, "change of the annual average", unit="per cent", minimum=-50),
        source(),
    ),
    key=("country", "year"),
)

PRICE_INDEX = Table(
    "price_index",
    "monthly consumer price index, not seasonally adjusted; a month that was not published has no row",
    "price_index.csv",
    (
        Field("frequency", TEXT, "M monthly", allowed=("M",)),
        date("period", "first day of the month"),
        iso3("country", "country"),
        Field("index_value", NUMBER, "index", unit="base period = 100", minimum=0.1),
        text("base", "period that is 100", required=True),
        source(),
    ),
    key=("frequency", "period", "country"),
)
