"""Tables behind the burden of the tariffs: imports with a USMCA claim, and where records of the tariffs disagree."""

from __future__ import annotations

from data.schema.columns import SLUG, currency, date, iso3, row_id, source, text
from data.schema.fields import NUMBER, TEXT, Field, Table


def _claims(codes: tuple[Field, ...], frequency: str = "M") -> tuple[Field, ...]:
    """Columns of a table of imports and of what of them was claimed, with or without products."""
    return (
        Field("frequency", TEXT, "A annual, M monthly", allowed=(frequency,)),
        date("period", "first day of the month or year"),
        iso3("reporter", "country whose records these are"),
        iso3("partner", "country the goods come from"),
        Field("flow", TEXT, "direction seen from the reporter", allowed=("import",)),
        *codes,
        Field("value_million", NUMBER, "value of goods", unit="million units of currency", minimum=0),
        Field(
            "usmca_million",
            NUMBER,
            "value of the goods among them that were entered with a claim under the USMCA",
            unit="million units of currency",
            minimum=0,
        ),
        currency(),
        Field("basis", TEXT, "accounting basis; taken to be customs, the copy does not state it", allowed=("customs",)),
        source(),
    )


USMCA_SHARES = Table(
    "usmca_shares",
    "US imports from Canada and Mexico by month, total and with a claim under the USMCA; not to be joined with the "
    "observations",
    "usmca_shares.csv",
    _claims(()),
    key=("frequency", "period", "reporter", "partner", "flow"),
)

USMCA_CHAPTERS = Table(
    "usmca_chapters",
    "US imports from Canada and Mexico by month and chapter, total and with a claim under the USMCA",
    "usmca_chapters.csv",
    _claims(
        (
            Field("product_scheme", TEXT, "classification of products", allowed=("HS2",)),
            Field("product_code", TEXT, "chapter of the HS", pattern=r"[0-9]{2}", pattern_means="two digits"),
        )
    ),
    key=("frequency", "period", "reporter", "partner", "flow", "product_scheme", "product_code"),
)

USMCA_SUBHEADINGS = Table(
    "usmca_subheadings",
    "US imports from Canada and Mexico by year and subheading, total and with a claim under the USMCA",
    "usmca_subheadings.csv",
    _claims(
        (
            Field("product_scheme", TEXT, "classification of products", allowed=("HS6",)),
            Field("product_code", TEXT, "subheading of the HS", pattern=r"[0-9]{6}", pattern_means="six digits"),
        ),
        frequency="A",
    ),
    key=("frequency", "period", "reporter", "partner", "flow", "product_scheme", "product_code"),
)

DISAGREEMENTS = Table(
    "disagreements",
    "where two records of the tariffs say different things, which of them is shown here, and why",
    "disagreements.csv",
    (
        row_id("disagreement_id"),
        text("subject", "what is disagreed on", required=True),
        text("who_a", "who makes the first statement", required=True),
        text("says_a", "the first statement, in our words", required=True),
        text("who_b", "who makes the second statement", required=True),
        text("says_b", "the second statement, in our words", required=True),
        text("choice", "what is shown here", required=True),
        text("reason", "why", required=True),
        source(),
        Field(
            "check_source_ids",
            TEXT,
            "sources of the second statement, separated by spaces",
            pattern=rf"{SLUG}( {SLUG})*",
            pattern_means="ids of the sources table separated by spaces",
        ),
    ),
    key=("disagreement_id",),
    texts=("subject", "who_a", "says_a", "who_b", "says_b", "choice", "reason"),
)
