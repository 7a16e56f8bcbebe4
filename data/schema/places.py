"""Tables of what everything else is held for: countries, currencies, and the span of each collection."""

from __future__ import annotations

from data.schema.columns import ISO3, ISO3_MEANS, date, iso3
from data.schema.fields import INTEGER, TEXT, Field, Table

# Colours of the charts that a country can have for its own; every other country is coloured by its role.
HOME_COLOURS = ("red", "green", "blue")

COUNTRIES = Table(
    "countries",
    "every country that a table names; WLD is all countries",
    "countries.csv",
    (
        Field("iso3", TEXT, "ISO 3166 code", pattern=ISO3, pattern_means=ISO3_MEANS),
        Field(
            "currency",
            TEXT,
            "currency of the country",
            required=False,
            pattern=ISO3,
            pattern_means="an ISO 4217 code of three capital letters",
        ),
        Field("position", INTEGER, "place in lists of countries; the others follow", required=False, minimum=1),
        iso3("usual_partner", "partner shown until another is chosen", required=False),
        Field("asked", INTEGER, "whose record of a flow is asked first, 1 before 2", required=False, minimum=1),
        Field("colour", TEXT, "colour of its own in the charts", required=False, allowed=HOME_COLOURS),
    ),
    key=("iso3",),
)

CURRENCIES = Table(
    "currencies",
    "every currency in which values are recorded or can be shown",
    "currencies.csv",
    (
        Field("currency", TEXT, "ISO 4217 code", pattern=ISO3, pattern_means="an ISO 4217 code"),
        Field("position", INTEGER, "place in lists of currencies", minimum=1),
    ),
    key=("currency",),
)

COLLECTIONS = Table(
    "collections",
    "last day of each collection whose rows do not show it",
    "collections.csv",
    (
        Field(
            "collection",
            TEXT,
            "tariffs: days on which they are known; partners: ranks; usmca_claims: months that compare",
            allowed=("tariffs", "partners", "usmca_claims"),
        ),
        iso3("country", "whose records these are", required=False),
        date("first_day", "first day covered", required=False),
        date("last_day", "last day covered", required=False),
        Field("complete_to", INTEGER, "last rank that is a rank among all countries", required=False, minimum=1),
    ),
    key=("collection",),
)
