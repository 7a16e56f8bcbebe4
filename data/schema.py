"""Every table, declared once: columns, units, allowed values, keys and which texts readers see.

``overlap_scope`` names the columns within which ``[effective_from, effective_to)`` intervals may not overlap.
``texts`` names the columns whose words go through the message catalogues.
"""

from __future__ import annotations

from data.fields import DATE, INTEGER, NUMBER, TEXT, Field, Table

COUNTRIES = ("CAN", "MEX", "USA")
CURRENCIES = ("CAD", "USD", "MXN", "GBP")
SLUG = r"[a-z0-9][a-z0-9-]*"
SLUG_MEANS = "lower-case words joined by hyphens"
ISO3, ISO3_MEANS = r"[A-Z]{3}", "an ISO 3166 code of three capital letters"
VERIFICATION = ("primary_text", "reprint", "secondary", "unverified")


def _id(name: str) -> Field:
    return Field(name, TEXT, "identifies the row", pattern=SLUG, pattern_means=SLUG_MEANS)


def _source() -> Field:
    return Field(
        "source_id",
        TEXT,
        "row of the sources table that states the figure",
        pattern=SLUG,
        pattern_means="an id of the sources table",
    )


def _text(name: str, meaning: str, required: bool = False) -> Field:
    return Field(name, TEXT, meaning, required=required)


def _date(name: str, meaning: str, required: bool = True) -> Field:
    return Field(name, DATE, meaning, required=required)


def _iso3(name: str, meaning: str, allowed: tuple[str, ...] = ()) -> Field:
    return Field(name, TEXT, meaning, allowed=allowed, pattern=ISO3, pattern_means=ISO3_MEANS)


def _verification() -> Field:
    return Field("verification", TEXT, "how far the text behind the row was read", allowed=VERIFICATION)


def _url() -> Field:
    return Field(
        "url",
        TEXT,
        "address of the text",
        required=False,
        pattern=r"https?://\S+",
        pattern_means="an address that starts with http:// or https://",
    )


SOURCES = Table(
    "sources",
    "who says it, where, when, and how it reached these tables",
    "sources.yaml",
    (
        _id("source_id"),
        _text("producer", "body that answers for the figures", required=True),
        _text("title", "name of the table, dataset or text", required=True),
        _text("table_number", "the producer's own table or series number"),
        _url(),
        _text("licence", "terms of use", required=True),
        _date("vintage_date", "date of the release or text used", required=False),
        _text("vintage_note", "what is known of the vintage where no date is"),
        Field(
            "obtained",
            TEXT,
            "how the values came here",
            allowed=("downloaded", "transcribed", "press", "article", "official_text"),
        ),
        Field(
            "verification",
            TEXT,
            "how the values were checked",
            allowed=("double_read", "cross_checked", "read", "secondary", "unverified"),
        ),
        _text("notes", "what a careful reader should know"),
    ),
    key=("source_id",),
    texts=("title", "licence", "vintage_note", "notes"),
)

OBSERVATIONS = Table(
    "observations",
    "goods trade as one country records it, one value per row; months as published, years as sums of twelve months",
    "observations/*.csv",
    (
        Field("frequency", TEXT, "A annual, M monthly", allowed=("A", "M")),
        _date("period", "first day of the month or year"),
        _iso3("reporter", "country whose records these are", COUNTRIES),
        _iso3("partner", "the other country"),
        Field("flow", TEXT, "direction seen from the reporter", allowed=("export", "import")),
        Field("product_scheme", TEXT, "classification of products", allowed=("HS",)),
        Field("product_code", TEXT, "TOTAL for all goods", allowed=("TOTAL",)),
        Field("value_million", NUMBER, "value of goods", unit="million units of currency", minimum=0),
        Field("currency", TEXT, "currency of record", allowed=CURRENCIES),
        Field("basis", TEXT, "accounting basis", allowed=("customs",)),
        Field("status", TEXT, "how settled the value is", allowed=("final", "preliminary", "special_estimate")),
        _source(),
    ),
    key=("frequency", "period", "reporter", "partner", "flow", "product_scheme", "product_code"),
)

EXCHANGE_RATES = Table(
    "exchange_rates",
    "average of the daily rates of a period, one primary source per currency and span",
    "exchange_rates.csv",
    (
        Field("frequency", TEXT, "A annual, M monthly", allowed=("A", "M")),
        _date("period", "first day of the month or year"),
        Field("currency", TEXT, "priced currency", allowed=("CAD", "MXN", "GBP")),
        Field("units_per_usd", NUMBER, "price of one US dollar", unit="units of currency per US$", minimum=0.01),
        _source(),
    ),
    key=("frequency", "period", "currency"),
)

GDP = Table(
    "gdp",
    "gross domestic product at current prices",
    "gdp.csv",
    (
        _iso3("country", "country", COUNTRIES),
        Field("year", INTEGER, "calendar year", minimum=1960, maximum=2100),
        Field("gdp_usd_million", NUMBER, "gross domestic product", unit="million current US$", minimum=0),
        _source(),
    ),
    key=("country", "year"),
)

CLAIMS = Table(
    "claims",
    "each figure and rank of the article, with the verdict of its check",
    "claims.csv",
    (
        _id("claim_id"),
        Field("paragraph", INTEGER, "paragraph of the article", minimum=1, maximum=12),
        _text("statement", "the claim in our words", required=True),
        Field("value", NUMBER, "the figure claimed", required=False),
        Field(
            "unit", TEXT, "unit of the figure", allowed=("billion", "rank", "percent", "exchange_rate", "count", "date")
        ),
        Field("currency", TEXT, "currency of the figure", required=False, allowed=CURRENCIES),
        _text("period", "period the claim speaks of"),
        Field("verdict", TEXT, "outcome of the check", allowed=("confirmed", "close", "differs", "cannot_be_checked")),
        Field(
            "check_name",
            TEXT,
            "computation that checks it",
            required=False,
            allowed=(
                "two_way_trade",
                "trade_in_currency",
                "partner_rank",
                "implied_rate",
                "tariff_rate",
                "retaliation_amount",
                "amount_in_currency",
            ),
        ),
        _text("check_arguments", "what the computation works on"),
        _text("explanation", "what the check found, in our words", required=True),
        Field(
            "check_source_ids",
            TEXT,
            "sources of the check, separated by spaces",
            required=False,
            pattern=rf"{SLUG}( {SLUG})*",
            pattern_means="ids of the sources table separated by spaces",
        ),
        _source(),
    ),
    key=("claim_id",),
    texts=("statement", "explanation"),
)

MEASURES = (
    "border_duty",
    "metals_232",
    "autos_232",
    "auto_parts_232",
    "copper_232",
    "timber_232",
    "trucks_232",
    "semiconductors_232",
    "surcharge_122",
    "forced_labour_301",
    "discrimination_338",
    "surtax_2025_1",
    "surtax_metals",
    "surtax_vehicles",
    "surtax_2026",
    "steel_derivative_surtax",
)

TARIFFS = Table(
    "tariffs",
    "rates as half-open intervals: effective_to is the first day a row no longer applies",
    "tariffs.csv",
    (
        _id("tariff_id"),
        _iso3("imposer", "country that charges", COUNTRIES),
        _iso3("target", "country whose goods are charged", COUNTRIES),
        Field("measure", TEXT, "the measure", allowed=MEASURES),
        Field(
            "product_scope",
            TEXT,
            "the goods, as a code",
            pattern=r"[a-z0-9_]+",
            pattern_means="lower-case words joined by underscores",
        ),
        _text("scope_text", "the goods, in words", required=True),
        Field("kind", TEXT, "what is done", allowed=("duty", "import_ban")),
        Field("rate_pct", NUMBER, "additional duty", required=False, unit="per cent of value", minimum=0, maximum=1000),
        Field(
            "usmca_rate_pct",
            NUMBER,
            "additional duty on goods that qualify under the USMCA, where it differs",
            required=False,
            unit="per cent of value",
            minimum=0,
            maximum=1000,
        ),
        _text("rate_text", "what the plain rate does not say"),
        _date("announced", "day announced or signed", required=False),
        _date("effective_from", "first day it applied", required=False),
        _date("effective_to", "first day it no longer applied", required=False),
        Field(
            "status",
            TEXT,
            "state at the end of the collection",
            allowed=("in_force", "ended", "superseded", "announced", "never_applied"),
        ),
        _text("legal_basis", "power used"),
        _text("instrument", "order, proclamation or regulation"),
        _text("citation", "where it is printed"),
        _url(),
        _verification(),
        _source(),
        _text("note", "what a careful reader should know"),
    ),
    key=("tariff_id",),
    overlap_scope=("imposer", "target", "measure", "product_scope"),
    texts=("scope_text", "rate_text", "note"),
)

RETALIATION = Table(
    "retaliation",
    "counter-tariffs by tranche: what was announced, in force, suspended, ended",
    "retaliation.csv",
    (
        _id("tranche_id"),
        _iso3("by", "country that answers", COUNTRIES),
        _iso3("against", "country answered", COUNTRIES),
        _text("tranche", "name of the tranche", required=True),
        Field(
            "amount_billion",
            NUMBER,
            "annual imports covered",
            required=False,
            unit="billion units of currency",
            minimum=0,
        ),
        Field("currency", TEXT, "currency of the amount", required=False, allowed=CURRENCIES),
        Field("rate_pct", NUMBER, "additional duty", required=False, unit="per cent of value", minimum=0, maximum=1000),
        _text("rate_text", "what the plain rate does not say"),
        _date("announced", "day announced", required=False),
        _date("effective_from", "first day it applied", required=False),
        _date("effective_to", "first day it no longer applied", required=False),
        Field(
            "status",
            TEXT,
            "state at the end of the collection",
            allowed=("in_force", "threatened", "suspended", "ended", "never_imposed"),
        ),
        _text("instrument", "legal instrument"),
        _text("citation", "where it is printed"),
        _url(),
        _verification(),
        _source(),
        _text("note", "what a careful reader should know"),
    ),
    key=("tranche_id",),
    texts=("tranche", "rate_text", "note"),
)

EVENTS = Table(
    "events",
    "what happened, when, to whom",
    "events.csv",
    (
        _id("event_id"),
        _date("date", "day, or first day of the month or year"),
        Field("date_precision", TEXT, "how exactly the date is known", allowed=("day", "month", "year")),
        _date("date_end", "last day of a span", required=False),
        Field(
            "countries",
            TEXT,
            "ISO3 codes separated by spaces",
            pattern=r"[A-Z]{3}( [A-Z]{3})*",
            pattern_means="ISO 3166 codes of three capital letters separated by spaces",
        ),
        Field(
            "category", TEXT, "kind of event", allowed=("trade_policy", "diplomacy", "security", "court", "agreement")
        ),
        Field("rank", INTEGER, "1 marks a turning point, 3 a detail", minimum=1, maximum=3),
        _text("title", "what happened, in a line", required=True),
        _text("text", "what happened, in our words", required=True),
        _source(),
        Field("paragraph", INTEGER, "paragraph of the article", required=False, minimum=1, maximum=12),
        _url(),
        _verification(),
    ),
    key=("event_id",),
    texts=("title", "text"),
)

MIRROR_NOTES = Table(
    "mirror_notes",
    "why the two countries of a pair record different values for the same flow",
    "mirror_notes.csv",
    (
        Field("pair", TEXT, "the two countries in alphabetical order", allowed=("CAN-MEX", "CAN-USA", "MEX-USA")),
        Field(
            "flow",
            TEXT,
            "exporter and importer, or both directions",
            pattern=r"[A-Z]{3}-[A-Z]{3}|both",
            pattern_means="two ISO 3166 codes joined by a hyphen, or both",
        ),
        Field("topic", TEXT, "what the reason is about", pattern=r"[a-z_]+", pattern_means="a lower-case word"),
        _text("text", "the reason, in our words", required=True),
        _source(),
    ),
    key=("pair", "flow", "topic"),
    texts=("text",),
)

KNOWN_GAPS = Table(
    "known_gaps",
    "what is not shown, and why",
    "known_gaps.csv",
    (
        _id("gap_id"),
        _text("subject", "what is missing", required=True),
        _text("reason", "why", required=True),
        _text("where_to_look", "who publishes it"),
    ),
    key=("gap_id",),
    texts=("subject", "reason", "where_to_look"),
)

TABLES = (SOURCES, OBSERVATIONS, EXCHANGE_RATES, GDP, CLAIMS, TARIFFS, RETALIATION, EVENTS, MIRROR_NOTES, KNOWN_GAPS)
