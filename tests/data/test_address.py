"""Names in an address are read whatever their case; a slip is told with what was meant, a tracker passed over."""

from __future__ import annotations

import pytest

from data import address
from tests.choosing import read

FIELDS = ("reporter", "partner", "years", "freq", "currency", "on", "measure")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("reporter", "reporter"),
        ("Reporter", "reporter"),
        ("REPORTER", "reporter"),
        (" reporter ", "reporter"),
        ("amp;partner", "partner"),
        ("amp;amp;partner", "partner"),
        ("AMP;Partner", "partner"),
        ("amp%3Bpartner", "partner"),
    ],
)
def test_a_name_is_understood_whatever_its_case_and_escaping(name, field):
    assert address.read([(name, "x")], FIELDS) == address.Words({field: "x"})


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("contry", "country"),
        ("Contry", "country"),
        ("amp;parnter", "partner"),
        ("year", "years"),
        ("frequ", "freq"),
        ("curency", "currency"),
        ("mesure", "measure"),
    ],
)
def test_a_slip_is_told_with_the_field_it_means(name, meant):
    (one,) = address.read([(name, "x")], FIELDS).misspelt
    assert (one.name, one.value, one.suggestion) == (name, "x", meant)


@pytest.mark.parametrize(
    "name", ["utm_source", "UTM_Campaign", "fbclid", "gclid", "msclkid", "_ga", "_gl", "mc_cid", "ref", "igshid", ""]
)
def test_a_tracking_parameter_is_passed_over_in_silence(name):
    assert address.read([(name, "x")], FIELDS) == address.Words({})


def test_a_name_like_no_field_is_somebody_elses():
    (one,) = address.read("colour=blue", FIELDS).unknown
    assert (one.name, one.suggestion) == ("colour", "")


def test_other_names_of_a_field_are_read_as_it():
    read = address.read("Country=USA&contry=x", FIELDS)
    assert read.values == {"reporter": "USA"}
    assert [one.suggestion for one in read.unknown] == ["country"]
    both = address.read("country=USA&reporter=MEX", FIELDS)
    assert both == address.Words({"reporter": "MEX"}, (("reporter", "USA"),)), "the present name counts"
    assert address.read("country=USA", ["country", "reporter"]).values == {"country": "USA"}


def test_of_a_field_given_twice_the_first_counts_and_the_other_is_kept_apart():
    read = address.read("?reporter=CAN&Reporter=USA", FIELDS)
    assert read == address.Words({"reporter": "CAN"}, (("reporter", "USA"),))


def test_a_selection_names_the_slip_and_keeps_the_rest():
    chosen, rejected = read("?contry=USA&amp;partner=MEX&Currency=usd&utm_source=x&colour=blue")
    assert (chosen.reporter, chosen.partner, chosen.currency) == ("CAN", "MEX", "USD")
    assert [(one.field, one.value, one.meant) for one in rejected] == [("contry", "USA", "country")]
