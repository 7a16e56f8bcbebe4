"""Tables of figures that others state, each beside the check of our own: the article's, and those people quote."""

from __future__ import annotations

from data.schema.columns import SLUG, currency, row_id, source, text
from data.schema.fields import INTEGER, NUMBER, TEXT, Field, Table

VERDICTS = ("confirmed", "close", "differs", "cannot_be_checked")
CHECK_NAMES = (
    "two_way_trade",
    "deficit",
    "export_share",
    "trade_among",
    "partner_rank",
    "implied_rate",
    "tariff_rate",
    "retaliation_amount",
    "amount_in_currency",
    "amount_in_month",
)


def _check(required: bool) -> tuple[Field, ...]:
    return (
        Field("check_name", TEXT, "computation that checks it", required=required, allowed=CHECK_NAMES),
        text("check_arguments", "what the computation works on", required=required),
    )


def _ids(name: str, meaning: str, of: str, required: bool = False) -> Field:
    return Field(
        name,
        TEXT,
        f"{meaning}, separated by spaces",
        required=required,
        pattern=rf"{SLUG}( {SLUG})*",
        pattern_means=f"ids of the {of} table separated by spaces",
    )


CLAIMS = Table(
    "claims",
    "each figure, rank and statement of the article, with the verdict of its check",
    "claims.csv",
    (
        row_id("claim_id"),
        Field("paragraph", INTEGER, "paragraph of the article", minimum=1, maximum=12),
        text("statement", "the claim in our words", required=True),
        Field("value", NUMBER, "the figure claimed", required=False),
        Field(
            "unit", TEXT, "unit of the figure", allowed=("billion", "rank", "percent", "exchange_rate", "count", "date")
        ),
        currency("currency of the figure", required=False),
        text("period", "period the claim speaks of"),
        Field("verdict", TEXT, "outcome of the check", allowed=VERDICTS),
        *_check(required=False),
        text("explanation", "what the check found, in our words", required=True),
        _ids("event_ids", "events that the claim speaks of", "events"),
        _ids("check_source_ids", "sources of the check", "sources"),
        source(),
    ),
    key=("claim_id",),
    texts=("statement", "explanation"),
)

QUOTED_FIGURES = Table(
    "quoted_figures",
    "figures that people quote, each with the release it is from, ours, and why the two differ",
    "quoted_figures.csv",
    (
        row_id("figure_id"),
        text("statement", "the figure as it is quoted, in our words", required=True),
        Field("value", NUMBER, "the figure quoted"),
        Field("unit", TEXT, "unit of the figure", allowed=("billion", "percent")),
        currency("currency of the figure", required=False),
        text("period", "year the figure is set against", required=True),
        Field("verdict", TEXT, "outcome of the check", allowed=VERDICTS),
        *_check(required=True),
        text("explanation", "which release or basis it is, and why ours differs", required=True),
        _ids("check_source_ids", "sources of our figure", "sources", required=True),
        source(),
    ),
    key=("figure_id",),
    texts=("statement", "explanation"),
)
