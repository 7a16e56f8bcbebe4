"""The reader's choices in the address: written, read back, and refused without an exception."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.selection import Rejected, Selection
from tests.choosing import choose, coverage, read
from tests.data.helpers import read_rows

COUNTRIES = ("CAN", "MEX", "USA")
CURRENCIES = ("CAD", "USD", "MXN", "GBP")
CATEGORIES = ("all", "trade_policy", "diplomacy", "security", "court", "agreement", "economy")
REPORTED = ("country", "partner", "both")
MEASURES = ("value", "growth", "index", "share", "gdp", "constant", "compound", "rolling")
FLOWS = ("export", "import")
MARKS = ("main", "none", *CATEGORIES)
COMPARED = (
    "usmca-in-force",
    "us-border-duties-in-force",
    "us-metals-25",
    "us-autos-25",
    "us-metals-50",
    "canada-35",
)
PRODUCTS = ("", "I", "XVII", "XXI", "98-99", "01", "76", "78", "87", "99")
FIELDS = (
    *("reporter", "partner", "years", "freq", "currency", "on", "category", "reported", "measure", "base", "flow"),
    *("product", "against", "event", "marks", "around", "detail", "rate", "goods", "border"),
)
DAYS = ("2025-01-01", "2026-10-09")
YEARS = ("1985-2026", "2025", "2025-03", "2025-Q2")
YEAR = ("1985", "2026")
PRODUCT = ("I", "01")
RATES = ("0", "200")

selections = st.builds(
    choose,
    reporter=st.sampled_from(COUNTRIES),
    partner=st.sampled_from(COUNTRIES),
    years=st.tuples(st.integers(1985, 2026), st.integers(1985, 2026)).map(lambda pair: (min(pair), max(pair))),
    freq=st.sampled_from(("annual", "quarterly", "monthly")),
    currency=st.sampled_from(CURRENCIES),
    on=st.dates(dt.date(2025, 1, 1), dt.date(2026, 10, 9)),
    category=st.sampled_from(CATEGORIES),
    reported=st.sampled_from(REPORTED),
    measure=st.sampled_from(MEASURES),
    base=st.none() | st.integers(1985, 2026),
    flow=st.sampled_from(FLOWS),
    product=st.sampled_from(PRODUCTS),
    against=st.none() | st.integers(1985, 2026),
    event=st.sampled_from(COMPARED),
    marks=st.sampled_from(MARKS),
    around=st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,4}", fullmatch=True),
    detail=st.sampled_from(("section", "chapter")),
    rate=st.integers(0, 20_000).map(lambda hundredths: hundredths / 100),
)
words = st.one_of(
    st.text(),
    st.sampled_from(["CAN", "can", "2024", "2024-2020", "0000", "٢٠٢٤", "2025-02-30", "%", "&", "=", "\ud800", "\x00"]),
)


def read_one(query: str | None) -> Selection:
    selection, rejected = read(query)
    assert rejected == ()
    return selection


def refusal(query: str) -> tuple[Selection, Rejected]:
    selection, (rejected,) = read(query)
    return selection, rejected


# Round trips.


@pytest.mark.slow
@settings(deadline=None, max_examples=500)
@given(selections)
def test_every_selection_comes_back_from_its_own_address(selection):
    assert read(selection.to_query()) == (selection, ())


@settings(deadline=None)
@given(selections, st.randoms(use_true_random=False))
def test_order_of_the_fields_in_an_address_does_not_matter(selection, random):
    pairs = parse_qsl(selection.to_query().lstrip("?"))
    random.shuffle(pairs)
    assert read_one("?" + urlencode(pairs)).to_query() == selection.to_query()


@settings(deadline=None)
@given(selections)
def test_address_lists_fields_in_one_order_and_each_once(selection):
    names = [name for name, _ in parse_qsl(selection.to_query().lstrip("?"))]
    assert names == [field for field in FIELDS if field in names]


@settings(deadline=None)
@given(selections)
def test_spelled_out_address_means_the_same_and_is_shortened(selection):
    full = {
        "reporter": selection.reporter,
        "partner": selection.partner,
        "years": f"{selection.years[0]}-{selection.years[1]}",
        "freq": selection.freq,
        "currency": selection.currency,
        "on": selection.on.isoformat(),
        "category": selection.category,
        "reported": selection.reported,
        "measure": selection.measure,
        "flow": selection.flow,
        "event": selection.event,
        "marks": selection.marks,
        "around": selection.around,
        "detail": selection.detail,
        "rate": f"{selection.rate:.2f}",
    }
    # What has no usual value is spelled out only where it was chosen.
    full |= {name: getattr(selection, name) for name in ("base", "product", "against") if getattr(selection, name)}
    found = read_one("?" + urlencode(full))
    assert found == selection
    assert len(found.to_query()) <= len("?" + urlencode(full))


def test_default_selection_needs_no_address():
    assert choose().to_query() == ""


@pytest.mark.parametrize("query", [None, "", "?", "?utm_source=letter&fbclid=1"])
def test_address_without_known_fields_means_canada_and_mexico(query):
    assert read_one(query) == choose(
        reporter="CAN",
        partner="MEX",
        years=(1997, 2025),
        freq="annual",
        currency="CAD",
        on=dt.date(2026, 10, 9),
        category="all",
        reported="country",
        measure="value",
        base=None,
        flow="export",
        product="",
        against=None,
        event="us-border-duties-in-force",
        marks="main",
        around="us-border-duties-in-force",
        detail="section",
        rate=25.0,
    )


def test_every_field_is_looked_at():
    assert tuple(field.name for field in fields(Selection)) == (*FIELDS, "coverage")


@pytest.mark.parametrize(
    ("query", "partner", "currency", "years"),
    [
        ("?reporter=CAN", "MEX", "CAD", (1997, 2025)),
        ("?reporter=MEX", "CAN", "USD", (1997, 2025)),
        ("?reporter=USA", "MEX", "USD", (1997, 2025)),
        ("?freq=monthly", "MEX", "CAD", (2019, 2026)),
        ("?reporter=USA&freq=monthly", "MEX", "USD", (2019, 2026)),
    ],
)
def test_defaults_follow_the_country_and_the_frequency(query, partner, currency, years):
    found = read_one(query)
    assert (found.partner, found.currency, found.years) == (partner, currency, years)


@pytest.mark.parametrize(
    ("selection", "query"),
    [
        (choose(currency="USD"), "?currency=USD"),
        (choose(years=(2024, 2024)), "?years=2024"),
        (choose(years=(2000, 2010)), "?years=2000-2010"),
        (choose(on=dt.date(2025, 3, 4)), "?on=2025-03-04"),
        (choose(reporter="MEX", partner="CAN", currency="USD"), "?reporter=MEX"),
        (choose(reporter="MEX", partner="MEX", currency="MXN"), "?reporter=MEX&partner=MEX&currency=MXN"),
        (choose(reporter="USA", currency="CAD"), "?reporter=USA&currency=CAD"),
        (choose(freq="monthly", years=(2019, 2026)), "?freq=monthly"),
        (choose(freq="monthly", years=(1997, 2025)), "?years=1997-2025&freq=monthly"),
        (
            choose("USA", "CAN", (2000, 2010), "monthly", "GBP", dt.date(2025, 3, 4), "court"),
            "?reporter=USA&partner=CAN&years=2000-2010&freq=monthly&currency=GBP&on=2025-03-04&category=court",
        ),
        (choose(measure="index", base=2000), "?measure=index&base=2000"),
        (choose(reported="both", marks="none"), "?reported=both&marks=none"),
        (choose(product="XVII", flow="import"), "?flow=import&product=XVII"),
        (choose(product="87", against=2019, detail="chapter"), "?product=87&against=2019&detail=chapter"),
        (choose(product="98-99", event="canada-35"), "?product=98-99&event=canada-35"),
        (choose(rate=22.5), "?rate=22.5"),
        (choose(rate=0.0), "?rate=0"),
        (choose(around="usmca-in-force"), "?around=usmca-in-force"),
    ],
)
def test_address_leaves_defaults_out(selection, query):
    assert selection.to_query() == query


# What is accepted.


@pytest.mark.parametrize(
    "query", ["?reporter=usa", "?reporter=Usa", "?reporter=USA", "reporter=USA", "?reporter=%20usa%20"]
)
def test_country_codes_are_read_in_any_case(query):
    assert read_one(query).reporter == "USA"


def test_every_enumerated_field_is_read_in_any_case():
    found = read_one("?partner=usa&currency=gbp&freq=MONTHLY&category=Trade_Policy")
    assert (found.partner, found.currency, found.freq, found.category) == ("USA", "GBP", "monthly", "trade_policy")
    found = read_one(
        "?reported=BOTH&measure=Index&flow=Import&event=US-Autos-25&marks=None&detail=CHAPTER&product=xvii"
    )
    assert (found.reported, found.measure, found.flow) == ("both", "index", "import")
    assert (found.event, found.marks, found.detail, found.product) == ("us-autos-25", "none", "chapter", "XVII")


@pytest.mark.parametrize("product", [*(f"{n:02}" for n in range(1, 100) if n != 77), "I", "IV", "XVII", "XXI", "98-99"])
def test_every_section_and_chapter_can_be_chosen(product):
    assert read_one(f"?product={product}").product == product


@pytest.mark.parametrize(
    ("text", "rate"), [("0", 0), ("25", 25), ("2.5", 2.5), ("200", 200), ("199.99", 199.99), (" 7 ", 7)]
)
def test_a_supposed_duty_is_read_with_two_decimals_at_most(text, rate):
    assert read_one("?" + urlencode({"rate": text})).rate == rate


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024", (2024, 2024)),
        ("2024-2024", (2024, 2024)),
        ("1985-2026", (1985, 2026)),
        ("2000 - 2010", (2000, 2010)),
        ("2000–2010", (2000, 2010)),
        ("1985", (1985, 1985)),
        ("2026", (2026, 2026)),
    ],
)
def test_years_are_read_single_or_as_a_span(text, years):
    assert read_one("?" + urlencode({"years": text})).years == years


@pytest.mark.parametrize("text", ["2025-01-01", "2026-10-09", "2025-03-04"])
def test_day_within_the_collection_is_read(text):
    assert read_one(f"?on={text}").on == dt.date.fromisoformat(text)


def test_first_of_several_equal_names_counts():
    assert read_one("?currency=GBP&currency=USD").currency == "GBP"


def test_a_name_that_is_none_is_not_read_as_what_it_seems_to_mean():
    chosen, rejected = read("?land=USA&year=2024&contry=USA")
    assert chosen == choose()
    assert [(one.field, one.meant) for one in rejected] == [("year", "years"), ("contry", "country")]


# What is refused.


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("reporter", "FRA", COUNTRIES),
        ("reporter", "Canada", COUNTRIES),
        ("partner", "CHN", COUNTRIES),
        ("freq", "weekly", ("annual", "quarterly", "monthly")),
        ("currency", "EUR", CURRENCIES),
        ("category", "sports", CATEGORIES),
        ("years", "2010-2000", YEARS),
        ("years", "1984", YEARS),
        ("years", "1984-2000", YEARS),
        ("years", "2000-2027", YEARS),
        ("years", "99", YEARS),
        ("years", "2000-", YEARS),
        ("years", "2000-2005-2010", YEARS),
        ("years", "٢٠٢٤", YEARS),
        ("years", "all", YEARS),
        ("on", "2025-02-30", DAYS),
        ("on", "2025-13-01", DAYS),
        ("on", "2024-12-31", DAYS),
        ("on", "2026-10-10", DAYS),
        ("on", "2025-W10-2", DAYS),
        ("on", "20250304", DAYS),
        ("on", "4 March 2025", DAYS),
        ("reported", "USA", REPORTED),
        ("measure", "foo", MEASURES),
        ("base", "1900", YEAR),
        ("base", "2027", YEAR),
        ("base", "all", YEAR),
        ("base", "٢٠٢٤", YEAR),
        ("flow", "total", FLOWS),
        ("product", "77", PRODUCT),
        ("product", "100", PRODUCT),
        ("product", "XXII", PRODUCT),
        ("product", "cars", PRODUCT),
        ("against", "1984", YEAR),
        ("event", "brexit", COMPARED),
        ("marks", "some", MARKS),
        ("around", "<b>", ("us-border-duties-in-force",)),
        ("around", "Two words", ("us-border-duties-in-force",)),
        ("detail", "heading", ("section", "chapter")),
        ("rate", "-1", RATES),
        ("rate", "201", RATES),
        ("rate", "2.555", RATES),
        ("rate", "1e2", RATES),
        ("rate", "nan", RATES),
    ],
)
def test_value_that_cannot_be_used_gives_the_default_and_names_what_is_allowed(field, value, allowed):
    selection, rejected = refusal("?" + urlencode({field: value}))
    assert selection == choose()
    assert rejected == Rejected(field, value, allowed)


def test_default_of_a_refused_field_follows_the_country():
    selection, rejected = refusal("?reporter=MEX&currency=EUR")
    assert (selection.partner, selection.currency) == ("CAN", "USD")
    assert rejected.field == "currency"


def test_every_refused_field_is_named_and_the_good_ones_stay():
    selection, rejected = read("?reporter=FRA&currency=GBP&years=3000&on=never&measure=foo&base=1900")
    assert selection == choose(currency="GBP")
    assert [r.field for r in rejected] == ["reporter", "years", "on", "measure", "base"]


def test_country_paired_with_itself_is_kept_and_told():
    assert read_one("?reporter=CAN&partner=CAN").same_country
    assert not read_one("?reporter=CAN").same_country


def is_possible(selection: Selection) -> bool:
    first, last = selection.years
    return bool(
        selection.reporter in COUNTRIES
        and selection.partner in COUNTRIES
        and 1985 <= first <= last <= 2026
        and selection.freq in ("annual", "quarterly", "monthly")
        and selection.currency in CURRENCIES
        and dt.date(2025, 1, 1) <= selection.on <= dt.date(2026, 10, 9)
        and selection.category in CATEGORIES
        and selection.reported in REPORTED
        and selection.measure in MEASURES
        and (selection.base is None or 1985 <= selection.base <= 2026)
        and selection.flow in FLOWS
        and (
            selection.product in coverage().sections
            or selection.product in coverage().chapters
            or not selection.product
        )
        and (selection.against is None or 1985 <= selection.against <= 2026)
        and selection.event in COMPARED
        and selection.marks in MARKS
        and re.fullmatch(r"[a-z0-9-]+", selection.around)
        and selection.detail in ("section", "chapter")
        and 0 <= selection.rate <= 200
    )


@settings(deadline=None, max_examples=300)
@given(st.text())
@example("?" + "&" * 2000)
@example("?%zz=%ff&reporter=%ff")
@example("?reporter=\ud800")
@example("?years=9999999999999999999-2026")
def test_any_text_as_an_address_gives_a_possible_selection(query):
    selection, _ = read(query)
    assert is_possible(selection)


@settings(deadline=None, max_examples=500)
@given(st.dictionaries(st.sampled_from(FIELDS), words))
def test_any_values_give_a_possible_selection_and_refused_fields_their_default(given_values):
    selection, rejected = read("?" + "&".join(urlencode({n: v}, errors="replace") for n, v in given_values.items()))
    assert is_possible(selection)
    usual = selection.defaults()
    for refused in rejected:
        assert refused.field in given_values
        assert refused.allowed
        base = {"reporter": "CAN", "freq": "annual"}
        assert getattr(selection, refused.field) == base.get(refused.field, getattr(usual, refused.field))


@settings(deadline=None)
@given(st.text())
def test_what_was_read_from_any_text_can_be_written_and_read_again(query):
    selection, _ = read(query)
    assert read_one(selection.to_query()) == selection


# File names.


@pytest.mark.parametrize(
    ("selection", "chart", "name"),
    [
        (choose(), "trade", "trade_can-mex_1997-2025_annual_cad"),
        (choose(years=(2024, 2024)), "balance", "balance_can-mex_2024_annual_cad"),
        (
            choose("USA", "CAN", (2019, 2026), "monthly", "GBP"),
            "growth",
            "growth_usa-can_2019-2026_monthly_gbp",
        ),
        (choose(measure="index"), "trade", "trade_can-mex_1997-2025_annual_cad_index"),
        (choose(measure="constant", base=2010), "trade", "trade_can-mex_1997-2025_annual_cad_constant-2010"),
        (
            choose(reported="partner", measure="growth"),
            "trade",
            "trade_can-mex_1997-2025_annual_cad_partner-record_growth",
        ),
    ],
)
def test_file_is_named_after_the_selection(selection, chart, name):
    assert selection.file_name(chart) == name


# Whose record.


def test_the_partners_record_turns_the_pair_around_and_nothing_else():
    chosen = choose(partner="USA", reported="partner", currency="GBP", measure="index", base=2001)
    turned = chosen.as_reported()
    assert (turned.reporter, turned.partner, turned.reported) == ("USA", "CAN", "country")
    assert (turned.currency, turned.measure, turned.base) == ("GBP", "index", 2001)
    for reported in ("country", "both"):
        kept = choose(partner="USA", reported=reported)
        assert kept.as_reported() == kept


def test_events_that_can_be_compared_are_on_the_list_of_events():
    assert set(coverage().events_compared) <= {row["event_id"] for row in read_rows("events.csv")}
    assert tuple(coverage().events_compared) == COMPARED
    assert {choose().event, choose().around} <= {row["event_id"] for row in read_rows("events.csv")}


def test_sections_and_chapters_are_those_with_names():
    names = {(row["product_scheme"], row["product_code"]) for row in read_rows("product_names.csv")}
    named = {code for scheme, code in names if scheme in ("HS2", "HS_SECTION")}
    assert named >= {*coverage().chapters[:97], *coverage().sections[:21]}


def test_the_word_of_earlier_links_is_understood_and_the_present_one_written():
    chosen, rejected = read("?country=USA&partner=CAN")
    assert (chosen.reporter, chosen.partner, rejected) == ("USA", "CAN", ())
    assert chosen.to_query() == "?reporter=USA&partner=CAN"
    assert read("?country=USA&reporter=MEX")[0].reporter == "MEX"
    assert read("?country=FRA")[1][0].field == "reporter"
