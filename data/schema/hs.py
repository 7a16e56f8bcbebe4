"""Names of the Harmonized System below the chapter, and the everyday words that lead to them."""

from __future__ import annotations

from data.schema.columns import source, text
from data.schema.fields import TEXT, Field, Table

HS_CODE = r"[0-9]{2}(?:[0-9]{2}){0,2}"

HS_NAMES = Table(
    "hs_names",
    "names of the headings and subheadings of the Harmonized System; chapters and sections are in product_names",
    "hs_names/*.csv",
    (
        Field("product_scheme", TEXT, "HS4 heading, HS6 subheading", allowed=("HS4", "HS6")),
        Field(
            "product_code",
            TEXT,
            "code without dots",
            pattern=r"[0-9]{4}(?:[0-9]{2})?",
            pattern_means="four or six digits",
        ),
        Field(
            "edition",
            TEXT,
            "edition of the Harmonized System the code belongs to; earlier ones still stand in older figures",
            allowed=("2022", "earlier"),
        ),
        text(
            "name_en",
            "English name; of a subheading without its heading's, and … where the list it comes from breaks off",
            required=True,
        ),
        source(),
    ),
    key=("product_code",),
)

PRODUCT_WORDS = Table(
    "product_words",
    "everyday words for goods, ours, and the codes of the Harmonized System that they are traded under",
    "product_words.csv",
    (
        Field(
            "word",
            TEXT,
            "the word as people say it, in American or British spelling",
            pattern=r"[a-z0-9-]+(?: [a-z0-9-]+)*",
            pattern_means="lower-case words separated by single spaces",
        ),
        Field(
            "codes",
            TEXT,
            "chapters, headings or subheadings without dots, the most usual first",
            pattern=rf"{HS_CODE}(?: {HS_CODE})*",
            pattern_means="codes of two, four or six digits separated by single spaces",
        ),
    ),
    key=("word",),
)
