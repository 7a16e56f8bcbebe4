"""Names of countries in the grammatical forms that titles and sentences need."""

from __future__ import annotations

from babel.core import get_global

from layouts.wording.text import Text


def name(_: Text, country: str) -> str:
    """Stand-alone name, as in a list or on a map."""
    return {
        "CAN": _.pgettext("country", "Canada"),
        "MEX": _.pgettext("country", "Mexico"),
        "USA": _.pgettext("country", "United States"),
        "CHN": _.pgettext("country", "China"),
        "GBR": _.pgettext("country", "United Kingdom"),
        "JPN": _.pgettext("country", "Japan"),
        "DEU": _.pgettext("country", "Germany"),
        "KOR": _.pgettext("country", "South Korea"),
        "NLD": _.pgettext("country", "Netherlands"),
        "FRA": _.pgettext("country", "France"),
        "ARE": _.pgettext("country", "United Arab Emirates"),
        "ARG": _.pgettext("country", "Argentina"),
        "AUS": _.pgettext("country", "Australia"),
        "AUT": _.pgettext("country", "Austria"),
        "BEL": _.pgettext("country", "Belgium"),
        "BRA": _.pgettext("country", "Brazil"),
        "CHE": _.pgettext("country", "Switzerland"),
        "CHL": _.pgettext("country", "Chile"),
        "COL": _.pgettext("country", "Colombia"),
        "CRI": _.pgettext("country", "Costa Rica"),
        "DNK": _.pgettext("country", "Denmark"),
        "DOM": _.pgettext("country", "Dominican Republic"),
        "ECU": _.pgettext("country", "Ecuador"),
        "ESP": _.pgettext("country", "Spain"),
        "HKG": _.pgettext("country", "Hong Kong"),
        "IDN": _.pgettext("country", "Indonesia"),
        "IND": _.pgettext("country", "India"),
        "IRL": _.pgettext("country", "Ireland"),
        "IRQ": _.pgettext("country", "Iraq"),
        "ISR": _.pgettext("country", "Israel"),
        "ITA": _.pgettext("country", "Italy"),
        "KWT": _.pgettext("country", "Kuwait"),
        "MYS": _.pgettext("country", "Malaysia"),
        "NGA": _.pgettext("country", "Nigeria"),
        "PER": _.pgettext("country", "Peru"),
        "PHL": _.pgettext("country", "Philippines"),
        "POL": _.pgettext("country", "Poland"),
        "RUS": _.pgettext("country", "Russia"),
        "SAU": _.pgettext("country", "Saudi Arabia"),
        "SGP": _.pgettext("country", "Singapore"),
        "SWE": _.pgettext("country", "Sweden"),
        "THA": _.pgettext("country", "Thailand"),
        "TUR": _.pgettext("country", "Türkiye"),
        "TWN": _.pgettext("country", "Taiwan"),
        "VEN": _.pgettext("country", "Venezuela"),
        "VNM": _.pgettext("country", "Vietnam"),
        "ZAF": _.pgettext("country", "South Africa"),
        "WLD": _.pgettext("country", "all countries"),
    }.get(country) or _.verbatim(_from_cldr(_, country))


def _from_cldr(_: Text, country: str) -> str:
    """Name of a country by its ISO 3166 code of three letters."""
    return _.locale.territories[get_global("territory_aliases")[country][0]]


def subject(_: Text, country: str) -> str:
    """Form for a subject in running text: the United States."""
    return {
        "CAN": _.pgettext("country as subject", "Canada"),
        "MEX": _.pgettext("country as subject", "Mexico"),
        "USA": _.pgettext("country as subject", "the United States"),
    }[country]


def sentence_start(_: Text, country: str) -> str:
    """Form for a subject that opens a sentence: The United States."""
    return {
        "CAN": _.pgettext("country opening a sentence", "Canada"),
        "MEX": _.pgettext("country opening a sentence", "Mexico"),
        "USA": _.pgettext("country opening a sentence", "The United States"),
    }[country]


def possessive(_: Text, country: str) -> str:
    """Form that owns what follows, opening a title: Canada’s."""
    return {
        "CAN": _.pgettext("country as owner", "Canada’s"),
        "MEX": _.pgettext("country as owner", "Mexico’s"),
        "USA": _.pgettext("country as owner", "US"),
    }[country]


def origin(_: Text, country: str) -> str:
    """Form after from or of: the United States."""
    return {
        "CAN": _.pgettext("country after from or of", "Canada"),
        "MEX": _.pgettext("country after from or of", "Mexico"),
        "USA": _.pgettext("country after from or of", "the United States"),
    }[country]


def partner(_: Text, country: str) -> str:
    """Form after with, to or between: the United States."""
    return {
        "CAN": _.pgettext("country after a preposition", "Canada"),
        "MEX": _.pgettext("country after a preposition", "Mexico"),
        "USA": _.pgettext("country after a preposition", "the United States"),
    }[country]


def short(_: Text, country: str) -> str:
    """Shortest usual name, for the end of a line in a chart."""
    return {
        "CAN": _.pgettext("country in a chart", "Canada"),
        "MEX": _.pgettext("country in a chart", "Mexico"),
        "USA": _.pgettext("country in a chart", "US"),
    }[country]
