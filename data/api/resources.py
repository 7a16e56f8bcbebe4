"""The tables as they are given away: by name, with the words that choose rows and the columns that are added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.pipeline.derive import MEAN_OF_MONTHS, PUBLISHED, SUM_OF_MONTHS, WORKED_OUT
from data.schema.fields import DATE, INTEGER, NUMBER, TEXT, Field, Table
from data.schema.tables import BUILT
from data.years import CODES, within

Keep = Callable[[pd.DataFrame, Any], pd.Series]


@dataclass(frozen=True)
class Filter:
    """One word of the address that chooses rows.

    ``codes`` names the column whose codes are accepted; without it the word is read as on the pages.
    """

    name: str
    meaning: str
    keep: Keep
    codes: str = ""


@dataclass(frozen=True)
class Resource:
    """One table: its name in addresses, its words, and what is added to its columns.

    ``added`` are columns that the build or the query adds, ``money`` says that values can be converted.
    """

    table: Table
    filters: tuple[Filter, ...] = ()
    added: tuple[Field, ...] = ()
    money: bool = False

    @property
    def name(self) -> str:
        """Name in addresses: ``exchange-rates``."""
        return self.table.name.replace("_", "-")

    @property
    def fields(self) -> tuple[Field, ...]:
        """Columns of every answer, in order."""
        about = SOURCE_FIELDS if "source_id" in self.table.columns and self.table.name != "sources" else ()
        return (*self.table.fields, *self.added, *about)


SOURCE_FIELDS = (
    Field("source_producer", TEXT, "body that answers for the figures", required=False),
    Field("source_table", TEXT, "the producer's own table or series number", required=False),
    Field("source_vintage", DATE, "date of the release or text used", required=False),
)
CONVERTED_FIELDS = (
    Field("value", NUMBER, "value in the currency that was asked for", required=False, unit="million units of it"),
    Field(
        "rate",
        NUMBER,
        "average rate of the period that the value was converted at",
        required=False,
        unit="units of the currency asked for per unit of the currency of record",
    ),
    Field("rate_currency", TEXT, "currency that was asked for"),
)


def equals(column: str) -> Keep:
    """Rows whose column holds a code."""
    return lambda rows, code: rows[column] == code


def either(*columns: str) -> Keep:
    """Rows that name a country in one of several columns."""
    return lambda rows, code: (rows[list(columns)] == code).any(axis=1)


def listed(column: str, *everyone: str) -> Keep:
    """Rows whose column lists a code among others, or stands for all of them."""
    wanted = set(everyone)
    return lambda rows, code: rows[column].map(lambda codes: bool({code, *wanted} & set(codes.split()))).astype(bool)


def either_listed(column: str, listing: str) -> Keep:
    """Rows that name a country in one column, or list it among others in the second."""
    named, among = equals(column), listed(listing)
    return lambda rows, code: named(rows, code) | among(rows, code)


def in_years(column: str) -> Keep:
    """Rows whose day, period or year lies in a span, both ends included; a period counts that lies in it in part."""

    def keep(rows: pd.DataFrame, years: tuple[int, int]) -> pd.Series:
        at = rows[column]
        if at.dtype.kind != "M":
            return at.astype("int64").between(*years)
        found = pd.Series(within(pd.DatetimeIndex(at), years, "M"), rows.index)
        for frequency in ("A", "Q") if "frequency" in rows else ():
            longer = pd.Series(within(pd.DatetimeIndex(at), years, frequency), rows.index)
            found = found.where(rows["frequency"] != frequency, longer)
        return found

    return keep


def frequent(rows: pd.DataFrame, freq: str) -> pd.Series:
    """Rows of a frequency."""
    return rows["frequency"] == CODES[freq]


def of_category(rows: pd.DataFrame, category: str) -> pd.Series:
    """Events of a category; ``all`` keeps every one."""
    return (rows["category"] == category) | (category == "all")


def on_day(rows: pd.DataFrame, day: Any) -> pd.Series:
    """Rows in force on a day; the last day of a row is the first on which it no longer applied."""
    at = pd.Timestamp(day)
    never = rows["status"].isin(["never_applied", "never_imposed", "threatened"])
    return (rows["effective_from"] <= at) & ~(rows["effective_to"] <= at) & ~never


REPORTER = Filter("reporter", "country whose records these are", equals("reporter"))
PARTNER = Filter("partner", "the other country", equals("partner"), codes="partner")
FREQUENCY = Filter("freq", "by year, by quarter or by month", frequent)
FLOW = Filter("flow", "direction seen from the reporter", equals("flow"), codes="flow")
SCHEME = Filter("scheme", "classification of products", equals("product_scheme"), codes="product_scheme")
PRODUCT = Filter("product", "code of the product in its classification", equals("product_code"), codes="product_code")
SOURCE = Filter("source", "source of the row", equals("source_id"), codes="source_id")


def years(column: str) -> Filter:
    """The word for years, both included."""
    return Filter("years", "a year, month or quarter, or a span of them, both ends included", in_years(column))


ONE_OF_TWO = "one of the two countries, whichever side it is on"
VERDICT = Filter("verdict", "outcome of the check", equals("verdict"), codes="verdict")
ON = Filter("on", "a day; only what was in force then", on_day)


def _derivation(*ways: str) -> Field:
    return Field("derivation", TEXT, "whether the value was published or how it came about", allowed=ways)


# Words of the tables whose columns do not say them by themselves.
FILTERS = {
    "breaks": (Filter("reporter", "reporter concerned", listed("reporters", "all")), years("date")),
    "quoted_figures": (VERDICT, SOURCE),
    "claims": (VERDICT,),
    "tariffs": (
        Filter("reporter", ONE_OF_TWO, either("imposer", "target")),
        Filter("partner", ONE_OF_TWO, either("imposer", "target")),
        ON,
        SOURCE,
    ),
    "tariff_lives": (
        Filter("reporter", ONE_OF_TWO, either_listed("imposer", "targets")),
        Filter("partner", ONE_OF_TWO, either_listed("imposer", "targets")),
        years("date"),
        SOURCE,
    ),
    "retaliation": (
        Filter("reporter", ONE_OF_TWO, either("by", "against")),
        Filter("partner", ONE_OF_TWO, either("by", "against")),
        ON,
        SOURCE,
    ),
    "events": (
        Filter("reporter", "a country that the event touches", listed("countries")),
        Filter("partner", "another country that the event touches", listed("countries")),
        years("date"),
        Filter("category", "kind of event", of_category),
        SOURCE,
    ),
}
# The other tables are chosen from by the columns they have; a table that is not of values keeps to its source.
USUAL = {
    "reporter": REPORTER,
    "country": Filter("reporter", "country", equals("country")),
    "partner": PARTNER,
    "period": years("period"),
    "year": years("year"),
    "frequency": FREQUENCY,
    "flow": FLOW,
    "product_scheme": SCHEME,
    "product_code": PRODUCT,
    "source_id": SOURCE,
}
PRICED = Filter("currency", "priced currency", equals("currency"), codes="currency")


def filters_of(table: Table) -> tuple[Filter, ...]:
    """The words of a table: its own, or those that its columns stand for."""
    if table.name in FILTERS:
        return FILTERS[table.name]
    found = [word for column, word in USUAL.items() if column in table.columns and _chooses(table, column)]
    return (PRICED, *found) if table.name == "exchange_rates" else tuple(found)


def _chooses(table: Table, column: str) -> bool:
    """Whether a column tells rows apart: not one that allows a single code, nor one that describes a worst case."""
    (field,) = [f for f in table.fields if f.name == column]
    return len(field.allowed) != 1 and (field.required or column == "source_id")


CHECKED = (
    Field("check_value", NUMBER, "the figure our tables give", required=False, unit="see unit"),
    Field("difference_pct", NUMBER, "claim against our figure", required=False, unit="per cent"),
    Field("computation", TEXT, "the arithmetic of the check", required=False),
    Field(
        "reproduced_in", TEXT, "months whose average rates reproduce the figure, separated by spaces", required=False
    ),
)
ADDED = {
    "observations": (_derivation(PUBLISHED, WORKED_OUT, SUM_OF_MONTHS),),
    "exchange_rates": (_derivation(PUBLISHED, MEAN_OF_MONTHS),),
    "claims": CHECKED,
    "quoted_figures": CHECKED,
}
MONEY = ("observations", "products", "partner_totals")

RESOURCES = {
    resource.name: resource
    for resource in (
        Resource(table, filters_of(table), ADDED.get(table.name, ()), table.name in MONEY) for table in BUILT
    )
}

JSON_TYPE = {NUMBER: "number", INTEGER: "integer", DATE: "string", TEXT: "string"}
