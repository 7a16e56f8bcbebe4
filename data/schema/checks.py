"""The table of checks: what the build compared, and how far apart it found the two sides."""

from __future__ import annotations

from data.schema.columns import currency, date, iso3, row_id, text
from data.schema.fields import INTEGER, NUMBER, TEXT, Field, Table

# ``sums``: our own arithmetic. ``consistency``: two sources of the same reporter. ``exchanged``: an exporter’s record
# that is made from the importer’s. ``article``: verdicts on the article.
KINDS = ("sums", "consistency", "exchanged", "article")
VERDICTS = ("agrees", "differs", "error")
# ``percent`` and ``points`` bound the difference; ``rounding`` allows no more than the last digit of the values.
BOUNDS = ("percent", "points", "rounding")
UNITS = ("million", "rate", "percent", "verdict")

CHECKS = Table(
    "checks",
    "comparisons of the tables with themselves and with each other, made by the build; each row names its worst case",
    "",
    (
        row_id("check_id"),
        Field("kind", TEXT, "what kind of comparison it is", allowed=KINDS),
        text("compares", "left side and right side, in words", required=True),
        Field("comparisons", INTEGER, "how many pairs of values were compared", minimum=0),
        Field("unit", TEXT, "unit of the values; million is of currency", allowed=UNITS),
        Field("left_value", NUMBER, "left value of the worst case", required=False, unit="see unit"),
        Field("right_value", NUMBER, "right value of the worst case", required=False, unit="see unit"),
        Field("difference", NUMBER, "left less right", required=False, unit="see unit"),
        Field("difference_pct", NUMBER, "difference over the right value", required=False, unit="per cent"),
        Field("tolerance", NUMBER, "largest difference that counts as agreement", unit="see bound", minimum=0),
        Field("bound", TEXT, "what the tolerance bounds", allowed=BOUNDS),
        Field("verdict", TEXT, "differs is honest disagreement of sources, error a contradiction", allowed=VERDICTS),
        text("note", "why the two sides are equal or may differ", required=True),
        Field("frequency", TEXT, "A annual, M monthly, of the worst case", required=False, allowed=("A", "M")),
        date("period", "first day of the month or year of the worst case", required=False),
        iso3("reporter", "reporter of the worst case", required=False),
        text("partner", "partner of the worst case"),
        text("flow", "flow of the worst case"),
        text("product_scheme", "classification of the worst case, where it is a single product"),
        text("product_code", "product of the worst case, where it is a single one"),
        currency("currency of the worst case", required=False),
    ),
    key=("check_id",),
    texts=("compares", "note"),
)

WHERE = ("frequency", "period", "reporter", "partner", "flow", "product_scheme", "product_code", "currency")
