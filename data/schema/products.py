"""Tables of trade by product and by partner, declared once."""

from __future__ import annotations

from data.schema.columns import currency, date, iso3, row_id, source, text, url, verification
from data.schema.fields import INTEGER, NUMBER, TEXT, Field, Table

SCHEMES = ("HS2", "HS_SECTION", "HS6", "NAPCS", "SITC1")
RECORDED_FLOWS = ("export", "import", "domestic_export")
STATUSES = ("final", "preliminary", "special_estimate")


def value_columns(bases: tuple[str, ...], codes: Field) -> tuple[Field, ...]:
    """Columns of a table of values, from the frequency to the source."""
    return (
        Field("frequency", TEXT, "A annual, M monthly", allowed=("A", "M")),
        date("period", "first day of the month or year"),
        iso3("reporter", "country whose records these are"),
        iso3("partner", "the other country; WLD is all countries"),
        Field(
            "flow",
            TEXT,
            "direction seen from the reporter; domestic exports leave out re-exports",
            allowed=RECORDED_FLOWS,
        ),
        Field("product_scheme", TEXT, "classification of products", allowed=("HS", *SCHEMES)),
        codes,
        Field("value_million", NUMBER, "value of goods", unit="million units of currency", minimum=0),
        currency(),
        Field("basis", TEXT, "customs records, or reconciled from both countries' records", allowed=bases),
        Field("status", TEXT, "how settled the value is", allowed=STATUSES),
        source(),
    )


CODE = Field(
    "product_code",
    TEXT,
    "code of the product in its classification",
    pattern=r"[A-Za-z0-9][A-Za-z0-9-]*",
    pattern_means="letters, digits and hyphens",
)

PRODUCTS = Table(
    "products",
    "goods trade by product as one source records it; no totals, and no two sources mixed in one classification",
    "products/*.csv",
    value_columns(("customs", "reconciled"), CODE),
    key=("frequency", "period", "reporter", "partner", "flow", "product_scheme", "product_code", "source_id"),
)

PARTNER_TOTALS = Table(
    "partner_totals",
    "a reporter's trade in all goods with many partners and with the world, one vintage throughout, for ranks and "
    "shares; not to be joined with the observations",
    "partner_totals.csv",
    value_columns(("customs",), Field("product_code", TEXT, "TOTAL for all goods", allowed=("TOTAL",))),
    key=("frequency", "period", "reporter", "partner", "flow"),
)

PRODUCT_NAMES = Table(
    "product_names",
    "names of products, and the section a chapter belongs to",
    "product_names.csv",
    (
        Field("product_scheme", TEXT, "classification of products", allowed=SCHEMES),
        CODE,
        text("parent_code", "section of a chapter"),
        text("name_en", "English name", required=True),
        text("name_fr", "French name of the classification itself, where there is one"),
        text("name_es", "Spanish name of the classification itself, where there is one"),
        source(),
    ),
    key=("product_scheme", "product_code"),
    texts=("name_en",),
)

RANK_STATEMENTS = Table(
    "rank_statements",
    "published ranks of trading partners, as others state them; none is worked out from our figures",
    "rank_statements.csv",
    (
        row_id("statement_id"),
        iso3("reporter", "country whose partners are ranked"),
        iso3("partner", "country that is given a rank"),
        Field("year", INTEGER, "year the rank speaks of", minimum=1985, maximum=2100),
        Field("rank", INTEGER, "place among the partners, 1 is the largest", minimum=1),
        Field("measure", TEXT, "what is ranked by", allowed=("two_way", "export", "not_said")),
        text("among", "partners among which the rank holds, where that is said"),
        text("text", "what is stated, in our words", required=True),
        url(),
        verification(),
        source(),
    ),
    key=("statement_id",),
    texts=("among", "text"),
)
