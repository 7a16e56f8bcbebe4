"""Tables of policy: tariffs, counter-tariffs and events."""

from __future__ import annotations

from data.schema.columns import currency, date, iso3, row_id, source, text, url, verification
from data.schema.fields import INTEGER, NUMBER, TEXT, Field, Table
from data.schema.hs import HS_CODE

TARIFF_MEASURES = (
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


def _targets() -> Field:
    return Field(
        "targets",
        TEXT,
        "countries whose goods are charged, ISO3 codes separated by spaces",
        pattern=r"[A-Z]{3}( [A-Z]{3})*",
        pattern_means="ISO 3166 codes of three capital letters separated by spaces",
        refers_to="countries",
    )


def _measures(name: str, meaning: str) -> Field:
    one = "|".join(TARIFF_MEASURES)
    return Field(
        name,
        TEXT,
        f"{meaning}, separated by spaces",
        pattern=rf"({one})( ({one}))*",
        pattern_means="measures of the tariffs table separated by spaces",
    )


# What has a life but no rate: a list that was announced and never ordered, and what Mexico said it might do.
WITHOUT_RATE = ("second_list_2025", "mexican_answer")

# In the order in which steps of one day follow each other.
STEPS = (
    "announced",
    "signed",
    "planned",
    "paused",
    "effective",
    "exempted",
    "amended",
    "ruled",
    "ended",
    "expired",
)

# What a row means for goods that qualify under the USMCA.
USMCA_RULES = ("same", "free", "partial", "required")

TARIFFS = Table(
    "tariffs",
    "rates as half-open intervals: effective_to is the first day a row no longer applies",
    "tariffs.csv",
    (
        row_id("tariff_id"),
        iso3("imposer", "country that charges"),
        iso3("target", "country whose goods are charged"),
        Field("measure", TEXT, "the measure", allowed=TARIFF_MEASURES),
        Field(
            "product_scope",
            TEXT,
            "the goods, as a code",
            pattern=r"[a-z0-9_]+",
            pattern_means="lower-case words joined by underscores",
        ),
        text("scope_text", "the goods, in words", required=True),
        Field(
            "hs_chapters",
            TEXT,
            "HS chapters that come nearest to the goods, separated by spaces",
            required=False,
            pattern=r"[0-9]{2}( [0-9]{2})*",
            pattern_means="chapters of two digits separated by spaces",
        ),
        Field("kind", TEXT, "what is done", allowed=("duty", "import_ban")),
        Field(
            "rate_low_pct",
            NUMBER,
            "lowest rate where several apply to one scope; rate_pct is then the highest",
            required=False,
            unit="per cent of value",
            minimum=0,
            maximum=1000,
        ),
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
        Field(
            "usmca_rule",
            TEXT,
            "goods that qualify under the USMCA: same: as all others; free: not charged; partial: charged on part of "
            "the value, as rate_text says; required: the row is for them only; empty where no text is known",
            required=False,
            allowed=USMCA_RULES,
        ),
        text("rate_text", "what the plain rate does not say"),
        date("announced", "day announced or, where none is known before it, signed", required=False),
        date("withdrawn", "day an announcement was dropped or put off, where the row never applied", required=False),
        date("effective_from", "first day it applied", required=False),
        date("effective_to", "first day it no longer applied", required=False),
        Field(
            "status",
            TEXT,
            "state on the last day of the data",
            allowed=("in_force", "ended", "superseded", "announced", "never_applied"),
        ),
        text("legal_basis", "power used"),
        text("instrument", "order, proclamation or regulation"),
        text("citation", "where it is printed"),
        url(),
        verification(),
        source(),
        text("note", "what a careful reader should know"),
    ),
    key=("tariff_id",),
    overlap_scope=("imposer", "target", "measure", "product_scope"),
    texts=("scope_text", "rate_text", "note"),
)

TARIFF_GOODS = Table(
    "tariff_goods",
    "where the goods of a tariff stand in the Harmonized System, as their description says; which lines of it are "
    "charged stands only in the official list",
    "tariff_goods.csv",
    (
        Field(
            "product_scope",
            TEXT,
            "the goods, as a code of the tariffs table",
            pattern=r"[a-z0-9_]+",
            pattern_means="lower-case words joined by underscores",
        ),
        Field(
            "hs_codes",
            TEXT,
            "chapters or headings that the description names, separated by spaces",
            required=False,
            pattern=rf"{HS_CODE}( {HS_CODE})*",
            pattern_means="codes of two, four or six digits separated by single spaces",
        ),
        Field(
            "reach",
            TEXT,
            "all: goods of every code; listed: lines of these codes that a list names; listed_wider: the list names "
            "goods of other codes too",
            allowed=("all", "listed", "listed_wider"),
        ),
    ),
    key=("product_scope",),
)

LIVES = Table(
    "tariff_lives",
    "the steps of each measure: announced, signed, effective, amended, ended; planned steps may lie in the future",
    "tariff_lives.csv",
    (
        row_id("life_id"),
        iso3("imposer", "country that charges"),
        _targets(),
        Field("measure", TEXT, "the measure", allowed=(*TARIFF_MEASURES, *WITHOUT_RATE)),
        Field("step", TEXT, "what happened", allowed=STEPS),
        date("date", "day it happened; for a planned step the day set for it"),
        text("text", "what happened, in our words", required=True),
        text("instrument", "order, proclamation, regulation, case or announcement"),
        text("citation", "where it is printed"),
        url(),
        verification(),
        source(),
    ),
    key=("life_id",),
    texts=("text",),
)

STACKING = Table(
    "tariff_stacking",
    "which tariffs stack, as half-open intervals",
    "tariff_stacking.csv",
    (
        row_id("rule_id"),
        iso3("imposer", "country that charges"),
        _targets(),
        _measures("charged", "measures that are charged"),
        _measures("beside", "measures whose goods they share"),
        Field(
            "relation",
            TEXT,
            "instead: charged in place of the others; added: paid on top; not_known: not read",
            allowed=("instead", "added", "not_known"),
        ),
        date("effective_from", "first day of entry the rule applies to"),
        date("effective_to", "first day it no longer applies", required=False),
        text("text", "the rule, in our words", required=True),
        text("instrument", "order, proclamation or customs guidance"),
        text("citation", "where it is printed"),
        url(),
        verification(),
        source(),
    ),
    key=("rule_id",),
    texts=("text",),
)

RETALIATION = Table(
    "retaliation",
    "counter-tariffs by tranche: what was announced, in force, suspended, ended",
    "retaliation.csv",
    (
        row_id("tranche_id"),
        iso3("by", "country that answers"),
        iso3("against", "country answered"),
        text("tranche", "name of the tranche", required=True),
        Field(
            "amount_billion",
            NUMBER,
            "annual imports covered",
            required=False,
            unit="billion units of currency",
            minimum=0,
        ),
        currency("currency of the amount", required=False),
        Field("rate_pct", NUMBER, "additional duty", required=False, unit="per cent of value", minimum=0, maximum=1000),
        text("rate_text", "what the plain rate does not say"),
        date("announced", "day announced", required=False),
        date("effective_from", "first day it applied", required=False),
        date("effective_to", "first day it no longer applied", required=False),
        Field(
            "status",
            TEXT,
            "state on the last day of the data",
            allowed=("in_force", "threatened", "suspended", "ended", "never_imposed"),
        ),
        text("instrument", "legal instrument"),
        text("citation", "where it is printed"),
        url(),
        verification(),
        source(),
        text("note", "what a careful reader should know"),
    ),
    key=("tranche_id",),
    texts=("tranche", "rate_text", "note"),
)

EVENTS = Table(
    "events",
    "what happened, when, to whom",
    "events.csv",
    (
        row_id("event_id"),
        date("date", "day, or first day of the month or year"),
        Field("date_precision", TEXT, "how exactly the date is known", allowed=("day", "month", "year")),
        date("date_end", "last day of a span", required=False),
        Field(
            "countries",
            TEXT,
            "ISO3 codes separated by spaces",
            pattern=r"[A-Z]{3}( [A-Z]{3})*",
            pattern_means="ISO 3166 codes of three capital letters separated by spaces",
            refers_to="countries",
        ),
        Field(
            "category",
            TEXT,
            "kind of event",
            allowed=("trade_policy", "diplomacy", "security", "court", "agreement", "economy"),
        ),
        Field("rank", INTEGER, "1 marks a turning point, 3 a detail", minimum=1, maximum=3),
        Field(
            "compared",
            TEXT,
            "whether shares are compared before and after it; one event is the usual one",
            required=False,
            allowed=("yes", "usual"),
        ),
        text("title", "what happened, in a line", required=True),
        text("text", "what happened, in our words", required=True),
        source(),
        Field("paragraph", INTEGER, "paragraph of the article", required=False, minimum=1, maximum=12),
        url(),
        verification(),
    ),
    key=("event_id",),
    texts=("title", "text"),
)
