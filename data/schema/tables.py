"""Every table, declared once: columns, units, allowed values, keys and which texts readers see.

``overlap_scope`` names the columns within which ``[effective_from, effective_to)`` intervals may not overlap.
``texts`` names the columns whose words go through the message catalogues.
"""

from __future__ import annotations

from data.schema.checks import CHECKS
from data.schema.claims import CLAIMS, QUOTED_FIGURES
from data.schema.columns import currency, date, iso3, row_id, source, text, url
from data.schema.context import BREAKS, CONVENTIONS, INFLATION, PRICE_INDEX
from data.schema.fields import INTEGER, NUMBER, TEXT, Field, Table
from data.schema.hs import HS_NAMES, PRODUCT_WORDS
from data.schema.places import COLLECTIONS, COUNTRIES, CURRENCIES
from data.schema.policy import EVENTS, LIVES, RETALIATION, STACKING, TARIFF_GOODS, TARIFFS
from data.schema.products import PARTNER_TOTALS, PRODUCT_NAMES, PRODUCTS, RANK_STATEMENTS
from data.schema.usmca import DISAGREEMENTS, USMCA_CHAPTERS, USMCA_SHARES, USMCA_SUBHEADINGS

SOURCES = Table(
    "sources",
    "who says it, where, when, and how it reached these tables",
    "sources.yaml",
    (
        row_id("source_id"),
        text("producer", "body that answers for the figures", required=True),
        text("title", "name of the table, dataset or text", required=True),
        text("table_number", "the producer's own table or series number"),
        url(),
        text("licence", "terms of use", required=True),
        date("vintage_date", "date of the release or text used", required=False),
        text("vintage_note", "what is known of the vintage where no date is"),
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
        text("notes", "what a careful reader should know"),
    ),
    key=("source_id",),
    texts=("title", "licence", "vintage_note", "notes"),
)

OBSERVATIONS = Table(
    "observations",
    "goods trade as one country records it, one value per row; months as published, years as sums of twelve months",
    "observations/*.csv",
    (
        Field("frequency", TEXT, "A annual, Q quarterly, M monthly", allowed=("A", "Q", "M")),
        date("period", "first day of the month or year"),
        iso3("reporter", "country whose records these are"),
        iso3("partner", "the other country"),
        Field("flow", TEXT, "direction seen from the reporter", allowed=("export", "import")),
        Field("product_scheme", TEXT, "classification of products", allowed=("HS",)),
        Field("product_code", TEXT, "TOTAL for all goods", allowed=("TOTAL",)),
        Field("value_million", NUMBER, "value of goods", unit="million units of currency", minimum=0),
        currency(),
        Field("basis", TEXT, "accounting basis; a press report names none", allowed=("customs", "not_stated")),
        Field("status", TEXT, "how settled the value is", allowed=("final", "preliminary", "special_estimate")),
        source(),
        text("computation", "how a value that was not published as such was worked out"),
    ),
    key=("frequency", "period", "reporter", "partner", "flow", "product_scheme", "product_code"),
)

EXCHANGE_RATES = Table(
    "exchange_rates",
    "average of the daily rates of a period, one primary source per currency and span",
    "exchange_rates.csv",
    (
        Field("frequency", TEXT, "A annual, Q quarterly, M monthly", allowed=("A", "Q", "M")),
        date("period", "first day of the month or year"),
        currency("priced currency"),
        Field("units_per_usd", NUMBER, "price of one US dollar", unit="units of currency per US$", minimum=0.01),
        source(),
    ),
    key=("frequency", "period", "currency"),
)

GDP = Table(
    "gdp",
    "gross domestic product at current prices",
    "gdp.csv",
    (
        iso3("country", "country"),
        Field("year", INTEGER, "calendar year", minimum=1960, maximum=2100),
        Field("gdp_usd_million", NUMBER, "gross domestic product", unit="million current US$", minimum=0),
        source(),
    ),
    key=("country", "year"),
)

MIRROR_NOTES = Table(
    "mirror_notes",
    "why the two countries of a pair record different values for the same flow",
    "mirror_notes.csv",
    (
        Field(
            "pair",
            TEXT,
            "the two countries in alphabetical order",
            pattern=r"[A-Z]{3}-[A-Z]{3}",
            pattern_means="two ISO 3166 codes joined by a hyphen",
        ),
        Field(
            "flow",
            TEXT,
            "exporter and importer, or both directions",
            pattern=r"[A-Z]{3}-[A-Z]{3}|both",
            pattern_means="two ISO 3166 codes joined by a hyphen, or both",
        ),
        Field("topic", TEXT, "what the reason is about", pattern=r"[a-z_]+", pattern_means="a lower-case word"),
        text("text", "the reason, in our words", required=True),
        source(),
    ),
    key=("pair", "flow", "topic"),
    texts=("text",),
)

KNOWN_GAPS = Table(
    "known_gaps",
    "what is not shown, and why",
    "known_gaps.csv",
    (
        row_id("gap_id"),
        text("subject", "what is missing", required=True),
        text("reason", "why", required=True),
        text("where_to_look", "who publishes it"),
    ),
    key=("gap_id",),
    texts=("subject", "reason", "where_to_look"),
)

TABLES = (
    SOURCES,
    COUNTRIES,
    CURRENCIES,
    COLLECTIONS,
    OBSERVATIONS,
    PRODUCTS,
    PARTNER_TOTALS,
    RANK_STATEMENTS,
    PRODUCT_NAMES,
    HS_NAMES,
    PRODUCT_WORDS,
    EXCHANGE_RATES,
    GDP,
    INFLATION,
    PRICE_INDEX,
    CONVENTIONS,
    BREAKS,
    CLAIMS,
    QUOTED_FIGURES,
    TARIFFS,
    TARIFF_GOODS,
    LIVES,
    STACKING,
    RETALIATION,
    EVENTS,
    USMCA_SHARES,
    USMCA_CHAPTERS,
    USMCA_SUBHEADINGS,
    DISAGREEMENTS,
    MIRROR_NOTES,
    KNOWN_GAPS,
)

# Beside the curated tables, those that the build makes and no file holds.
BUILT = (*TABLES, CHECKS)
