"""Columns that several tables share, and the values they accept."""

from __future__ import annotations

from data.schema.fields import DATE, TEXT, Field

# Exchange rates are held as units of a currency for one of this, and GDP is measured in it.
RATE_CURRENCY = "USD"
SLUG = r"[a-z0-9][a-z0-9-]*"
SLUG_MEANS = "lower-case words joined by hyphens"
ISO3, ISO3_MEANS = r"[A-Z]{3}", "an ISO 3166 code of three capital letters"
VERIFICATION = ("primary_text", "reprint", "secondary", "unverified")


def row_id(name: str) -> Field:
    """Column that identifies a row."""
    return Field(name, TEXT, "identifies the row", pattern=SLUG, pattern_means=SLUG_MEANS)


def source() -> Field:
    """Column that names the source of a row."""
    return Field(
        "source_id",
        TEXT,
        "row of the sources table that states the figure",
        pattern=SLUG,
        pattern_means="an id of the sources table",
    )


def text(name: str, meaning: str, required: bool = False) -> Field:
    """Column of words."""
    return Field(name, TEXT, meaning, required=required)


def date(name: str, meaning: str, required: bool = True) -> Field:
    """Column of dates."""
    return Field(name, DATE, meaning, required=required)


def iso3(name: str, meaning: str, required: bool = True) -> Field:
    """Column of country codes, each a row of the countries table."""
    return Field(name, TEXT, meaning, required=required, pattern=ISO3, pattern_means=ISO3_MEANS, refers_to="countries")


def currency(meaning: str = "currency of record", required: bool = True) -> Field:
    """Column of currencies, each a row of the currencies table."""
    return Field("currency", TEXT, meaning, required=required, refers_to="currencies")


def verification() -> Field:
    """Column that says how far a text was read."""
    return Field("verification", TEXT, "how far the text behind the row was read", allowed=VERIFICATION)


def url() -> Field:
    """Column of addresses."""
    return Field(
        "url",
        TEXT,
        "address of the text",
        required=False,
        pattern=r"https?://\S+",
        pattern_means="an address that starts with http:// or https://",
    )
