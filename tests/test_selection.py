"""The reader's choices in the address: written, read back, and refused without an exception."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.selection import Rejected, Selection

COUNTRIES = ("CAN", "MEX", "USA")
CURRENCIES = ("CAD", "USD", "MXN", "GBP")
CATEGORIES = ("all", "trade_policy", "diplomacy", "security", "court", "agreement")
FIELDS = ("country", "partner", "years", "freq", "currency", "on", "category")
DAYS = ("2025-01-01", "2026-10-09")
YEARS = ("1985-2026", "2025")

selections = st.builds(
    Selection,
    country=st.sampled_from(COUNTRIES),
    partner=st.sampled_from(COUNTRIES),
    years=st.tuples(st.integers(1985, 2026), st.integers(1985, 2026)).map(lambda pair: (min(pair), max(pair))),
    freq=st.sampled_from(("annual", "monthly")),
    currency=st.sampled_from(CURRENCIES),
    on=st.dates(dt.date(2025, 1, 1), dt.date(2026, 10, 9)),
    category=st.sampled_from(CATEGORIES),
)
words = st.one_of(
    st.text(),
    st.sampled_from(["CAN", "can", "2024", "2024-2020", "0000", "٢٠٢٤", "2025-02-30", "%", "&", "=", "\ud800", "\x00"]),
)


def read(query: str | None) -> Selection:
    selection, rejected = Selection.from_query(query)
    assert rejected == ()
    return selection


def refusal(query: str) -> tuple[Selection, Rejected]:
    selection, (rejected,) = Selection.from_query(query)
    return selection, rejected


# Round trips.


@settings(deadline=None, max_examples=500)
@given(selections)
def test_every_selection_comes_back_from_its_own_address(selection):
    assert Selection.from_query(selection.to_query()) == (selection, ())


@settings(deadline=None)
@given(selections, st.randoms(use_true_random=False))
def test_order_of_the_fields_in_an_address_does_not_matter(selection, random):
    pairs = parse_qsl(selection.to_query().lstrip("?"))
    random.shuffle(pairs)
    assert read("?" + urlencode(pairs)).to_query() == selection.to_query()


@settings(deadline=None)
@given(selections)
def test_address_lists_fields_in_one_order_and_each_once(selection):
    names = [name for name, _ in parse_qsl(selection.to_query().lstrip("?"))]
    assert names == [field for field in FIELDS if field in names]


@settings(deadline=None)
@given(selections)
def test_spelled_out_address_means_the_same_and_is_shortened(selection):
    full = {
        "country": selection.country,
        "partner": selection.partner,
        "years": f"{selection.years[0]}-{selection.years[1]}",
        "freq": selection.freq,
        "currency": selection.currency,
        "on": selection.on.isoformat(),
        "category": selection.category,
    }
    found = read("?" + urlencode(full))
    assert found == selection
    assert len(found.to_query()) <= len("?" + urlencode(full))


def test_default_selection_needs_no_address():
    assert Selection().to_query() == ""


@pytest.mark.parametrize("query", [None, "", "?", "?utm_source=letter&fbclid=1"])
def test_address_without_known_fields_means_canada_and_mexico(query):
    assert read(query) == Selection(
        country="CAN",
        partner="MEX",
        years=(1997, 2025),
        freq="annual",
        currency="CAD",
        on=dt.date(2026, 10, 9),
        category="all",
    )


@pytest.mark.parametrize(
    ("query", "partner", "currency", "years"),
    [
        ("?country=CAN", "MEX", "CAD", (1997, 2025)),
        ("?country=MEX", "CAN", "USD", (1997, 2025)),
        ("?country=USA", "MEX", "USD", (1997, 2025)),
        ("?freq=monthly", "MEX", "CAD", (2019, 2026)),
        ("?country=USA&freq=monthly", "MEX", "USD", (2019, 2026)),
    ],
)
def test_defaults_follow_the_country_and_the_frequency(query, partner, currency, years):
    found = read(query)
    assert (found.partner, found.currency, found.years) == (partner, currency, years)


@pytest.mark.parametrize(
    ("selection", "query"),
    [
        (Selection(currency="USD"), "?currency=USD"),
        (Selection(years=(2024, 2024)), "?years=2024"),
        (Selection(years=(2000, 2010)), "?years=2000-2010"),
        (Selection(on=dt.date(2025, 3, 4)), "?on=2025-03-04"),
        (Selection(country="MEX", partner="CAN", currency="USD"), "?country=MEX"),
        (Selection(country="MEX", partner="MEX", currency="MXN"), "?country=MEX&partner=MEX&currency=MXN"),
        (Selection(country="USA", currency="CAD"), "?country=USA&currency=CAD"),
        (Selection(freq="monthly", years=(2019, 2026)), "?freq=monthly"),
        (Selection(freq="monthly", years=(1997, 2025)), "?years=1997-2025&freq=monthly"),
        (
            Selection("USA", "CAN", (2000, 2010), "monthly", "GBP", dt.date(2025, 3, 4), "court"),
            "?country=USA&partner=CAN&years=2000-2010&freq=monthly&currency=GBP&on=2025-03-04&category=court",
        ),
    ],
)
def test_address_leaves_defaults_out(selection, query):
    assert selection.to_query() == query


# What is accepted.


@pytest.mark.parametrize("query", ["?country=usa", "?country=Usa", "?country=USA", "country=USA", "?country=%20usa%20"])
def test_country_codes_are_read_in_any_case(query):
    assert read(query).country == "USA"


def test_every_enumerated_field_is_read_in_any_case():
    found = read("?partner=usa&currency=gbp&freq=MONTHLY&category=Trade_Policy")
    assert (found.partner, found.currency, found.freq, found.category) == ("USA", "GBP", "monthly", "trade_policy")


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
    assert read("?" + urlencode({"years": text})).years == years


@pytest.mark.parametrize("text", ["2025-01-01", "2026-10-09", "2025-03-04"])
def test_day_within_the_collection_is_read(text):
    assert read(f"?on={text}").on == dt.date.fromisoformat(text)


def test_first_of_several_equal_names_counts():
    assert read("?currency=GBP&currency=USD").currency == "GBP"


def test_names_are_not_guessed():
    assert read("?Country=USA&land=USA&year=2024") == Selection()


# What is refused.


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("country", "FRA", COUNTRIES),
        ("country", "Canada", COUNTRIES),
        ("partner", "CHN", COUNTRIES),
        ("freq", "weekly", ("annual", "monthly")),
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
    ],
)
def test_value_that_cannot_be_used_gives_the_default_and_names_what_is_allowed(field, value, allowed):
    selection, rejected = refusal("?" + urlencode({field: value}))
    assert selection == Selection()
    assert rejected == Rejected(field, value, allowed)


def test_default_of_a_refused_field_follows_the_country():
    selection, rejected = refusal("?country=MEX&currency=EUR")
    assert (selection.partner, selection.currency) == ("CAN", "USD")
    assert rejected.field == "currency"


def test_every_refused_field_is_named_and_the_good_ones_stay():
    selection, rejected = Selection.from_query("?country=FRA&currency=GBP&years=3000&on=never")
    assert selection == Selection(currency="GBP")
    assert [r.field for r in rejected] == ["country", "years", "on"]


def test_country_paired_with_itself_is_kept_and_told():
    assert read("?country=CAN&partner=CAN").same_country
    assert not read("?country=CAN").same_country


def is_possible(selection: Selection) -> bool:
    first, last = selection.years
    return (
        selection.country in COUNTRIES
        and selection.partner in COUNTRIES
        and 1985 <= first <= last <= 2026
        and selection.freq in ("annual", "monthly")
        and selection.currency in CURRENCIES
        and dt.date(2025, 1, 1) <= selection.on <= dt.date(2026, 10, 9)
        and selection.category in CATEGORIES
    )


@settings(deadline=None, max_examples=300)
@given(st.text())
@example("?" + "&" * 2000)
@example("?%zz=%ff&country=%ff")
@example("?country=\ud800")
@example("?years=9999999999999999999-2026")
def test_any_text_as_an_address_gives_a_possible_selection(query):
    selection, _ = Selection.from_query(query)
    assert is_possible(selection)


@settings(deadline=None, max_examples=500)
@given(st.dictionaries(st.sampled_from(FIELDS), words))
def test_any_values_give_a_possible_selection_and_refused_fields_their_default(given_values):
    selection, rejected = Selection.from_query(
        "?" + "&".join(urlencode({n: v}, errors="replace") for n, v in given_values.items())
    )
    assert is_possible(selection)
    usual = selection.defaults()
    for refused in rejected:
        assert refused.field in given_values
        assert refused.allowed
        base = {"country": "CAN", "freq": "annual"}
        assert getattr(selection, refused.field) == base.get(refused.field, getattr(usual, refused.field))


@settings(deadline=None)
@given(st.text())
def test_what_was_read_from_any_text_can_be_written_and_read_again(query):
    selection, _ = Selection.from_query(query)
    assert read(selection.to_query()) == selection


# File names.


@pytest.mark.parametrize(
    ("selection", "chart", "name"),
    [
        (Selection(), "trade", "trade_can-mex_1997-2025_annual_cad"),
        (Selection(years=(2024, 2024)), "balance", "balance_can-mex_2024_annual_cad"),
        (
            Selection("USA", "CAN", (2019, 2026), "monthly", "GBP"),
            "growth",
            "growth_usa-can_2019-2026_monthly_gbp",
        ),
    ],
)
def test_file_is_named_after_the_selection(selection, chart, name):
    assert selection.file_name(chart) == name
