"""Names of countries in the grammatical forms that titles and sentences need."""

from __future__ import annotations

from layouts.text import Text


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
    }[country]


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
