"""Names of countries in the grammatical forms that titles and sentences need.

A name is that of the Unicode CLDR. The few forms it does not have stand in a file a language, ``forms/<language>.csv``;
a country without a row there is named as it is, which is right for most.
"""

from __future__ import annotations

from babel.core import get_global

from layouts.wording.forms import form
from layouts.wording.text import Text


def name(_: Text, country: str) -> str:
    """Stand-alone name, as in a list or on a map."""
    return _.verbatim(form(_.language, country, "name") or _from_cldr(_, country))


def _from_cldr(_: Text, country: str) -> str:
    """Name of a country by its ISO 3166 code of three letters."""
    return _.locale.territories[get_global("territory_aliases")[country][0]]


def subject(_: Text, country: str) -> str:
    """Form for a subject in running text: the United States."""
    return _.verbatim(form(_.language, country, "in_text") or name(_, country))


def sentence_start(_: Text, country: str) -> str:
    """Form for a subject that opens a sentence: The United States."""
    return _.verbatim(form(_.language, country, "opening") or name(_, country))


def possessive(_: Text, country: str) -> str:
    """Form that owns what follows, opening a title: Canada’s."""
    own = form(_.language, country, "owner")
    return _.verbatim(own) if own else _("{country}’s", country=sentence_start(_, country))


def origin(_: Text, country: str) -> str:
    """Form after from or of: the United States."""
    return subject(_, country)


def partner(_: Text, country: str) -> str:
    """Form after with, to or between: the United States."""
    return subject(_, country)


def short(_: Text, country: str) -> str:
    """Shortest usual name, for the end of a line in a chart."""
    return _.verbatim(form(_.language, country, "short") or name(_, country))


def goods(_: Text, country: str) -> str:
    """Goods that come from a country: Canadian goods; goods of Japan where there is no such word."""
    adjective = form(_.language, country, "adjective")
    if adjective:
        return _("{adjective} goods", adjective=_.verbatim(adjective))
    return _("goods of {country}", country=origin(_, country))


def goods_start(_: Text, country: str) -> str:
    """The same where it opens a sentence or a label."""
    said = goods(_, country)
    return _.verbatim(said[:1].upper() + said[1:])
