"""Every word and number a reader sees: messages from the catalogues, numbers and dates in the reader's locale."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from functools import reduce
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, get_currency_name, get_currency_symbol

from data.years import Years
from layouts.wording.forms import form

# Readers in three countries write dates in three orders; day, month in letters, year misleads none of them. That is
# the English of the world at large.
LOCALES = {"en": "en_001"}
CATALOGUES = Path(__file__).parent / "locale"
# As Statistics Canada writes what is not available for a period.
MISSING = ".."
MINUS = "−"
# A count that takes the plural in every language.
MANY = 2


class Text:
    """Messages and formats of one language. Call it with a message: ``_("Balance of {country}", country=name)``."""

    def __init__(self, language: str = "en", catalogue: NullTranslations | None = None):
        """Load the catalogue of a language; English is the language of the messages themselves."""
        self.language = language
        self.locale = Locale.parse(LOCALES.get(language, language))
        self.catalogue = catalogue or _catalogue(language)

    def __call__(self, message: str, **values: object) -> str:
        """Translate a message, then fill its named places."""
        translated = self.catalogue.gettext(message)
        return translated.format(**values) if values else translated

    def pgettext(self, context: str, message: str) -> str:
        """Translate a message whose meaning depends on its context."""
        return self.catalogue.pgettext(context, message)

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """Translate a message that depends on a count; ``{count}`` is filled with the formatted number."""
        return self.catalogue.ngettext(one, many, count).format(count=self.number(count), **values)

    def data(self, value: object) -> str:
        """Translate words that come from a table; a missing value gives an empty text."""
        return self.catalogue.gettext(value) if isinstance(value, str) and value else ""

    def parts(self, message: str, values: Mapping[str, Any]) -> list[Any]:
        """Translate a message whose places hold components; gives text and components in the language's order."""
        pieces = re.split(r"\{(\w+)\}", self.catalogue.gettext(message))
        return [values[piece] if place % 2 else piece for place, piece in enumerate(pieces) if piece]

    def number(self, value: float, decimals: int = 0) -> str:
        """Format a number with grouping; a missing one gives a dash."""
        if value is None or math.isnan(value):
            return MISSING
        # Rounding first keeps a minus sign from standing before a zero.
        rounded = round(float(value), decimals) + 0.0
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(rounded, format=pattern, locale=self.locale).replace("-", MINUS)

    def signed(self, value: float, decimals: int = 1) -> str:
        """Format a number with its sign, plus included."""
        text = self.number(value, decimals)
        return f"+{text}" if value == value and round(value, decimals) > 0 else text

    def percent(self, value: float, decimals: int = 1) -> str:
        """Format a share given in per cent."""
        return self("{number}%", number=self.number(value, decimals))

    def signed_percent(self, value: float, decimals: int = 1) -> str:
        """Format a change given in per cent, with its sign."""
        if value is None or math.isnan(value):
            return MISSING
        return self("{number}%", number=self.signed(value, decimals))

    def money(self, million: float, currency: str, decimals: int | None = None) -> str:
        """Format an amount given in millions, in billions from a thousand on and trillions from a million."""
        if million is None or math.isnan(million):
            return MISSING
        if abs(million) >= 1_000_000:
            return self.trillions(million / 1_000_000, currency, 2 if decimals is None else decimals)
        if abs(million) >= 1000:
            return self.billions(million / 1000, currency, 1 if decimals is None else decimals)
        return self.millions(million, currency, 1 if decimals is None else decimals)

    def billions(self, billion: float, currency: str, decimals: int = 1) -> str:
        """Format an amount given in billions."""
        return self._amount(self("{minus}{symbol}{amount} billion"), billion, currency, decimals)

    def trillions(self, trillion: float, currency: str, decimals: int = 2) -> str:
        """Format an amount given in trillions, which are millions of millions."""
        return self._amount(self("{minus}{symbol}{amount} trillion"), trillion, currency, decimals)

    def millions(self, million: float, currency: str, decimals: int = 1) -> str:
        """Format an amount given in millions."""
        return self._amount(self("{minus}{symbol}{amount} million"), million, currency, decimals)

    def _amount(self, message: str, value: float, currency: str, decimals: int) -> str:
        sign = MINUS if round(value, decimals) < 0 else ""
        symbol = self.symbol(currency)
        return message.format(minus=sign, symbol=symbol, amount=self.number(abs(value), decimals))

    def short_amount(self, value: float, currency: str, decimals: int = 0) -> str:
        """Format an amount without its scale, for a label beside a stated unit: ``C$60``."""
        return self._amount(self("{minus}{symbol}{amount}"), value, currency, decimals)

    def symbol(self, currency: str) -> str:
        """Sign of a currency before an amount: ``C$``."""
        sign = form(self.language, currency, "short") or get_currency_symbol(currency, locale=self.locale)
        return self.verbatim(sign)

    def currency(self, currency: str) -> str:
        """Name a currency in running text."""
        named = form(self.language, currency, "in_text") or get_currency_name(currency, MANY, locale=self.locale)
        return self.verbatim(named)

    def date(self, day: dt.date, precision: str = "day") -> str:
        """Format a date as exactly as it is known: day, month or year."""
        if precision == "year":
            return str(day.year)
        if precision == "month":
            return format_skeleton("yMMMM", day, locale=self.locale)
        return format_date(day, "long", locale=self.locale)

    def short_date(self, day: dt.date) -> str:
        """Format a day with its month abbreviated, unbroken."""
        return format_date(day, "medium", locale=self.locale).replace(" ", "\u00a0")

    def month(self, day: dt.date) -> str:
        """Name a month and its year, abbreviated."""
        return format_skeleton("yMMM", day, locale=self.locale)

    def quarter(self, day: dt.date) -> str:
        """Name a quarter without its year."""
        return format_date(day, "QQQ", locale=self.locale)

    def month_name(self, day: dt.date, short: bool = False) -> str:
        """Name a month without its year."""
        return format_date(day, "LLL" if short else "LLLL", locale=self.locale)

    def period(self, day: dt.date, frequency: str) -> str:
        """Name a period of the series: a year, a quarter or a month."""
        if frequency == "Q":
            return format_skeleton("yQQQ", day, locale=self.locale)
        return str(day.year) if frequency == "A" else self.month(day)

    def frequency(self, freq: str) -> str:
        """Name a frequency of values."""
        return {"annual": self("annual"), "quarterly": self("quarterly"), "monthly": self("monthly")}[freq]

    def years(self, years: tuple[int, int]) -> str:
        """Write a span of years, or of the months they are cut to."""
        span = Years.of(years)
        if not span.whole:
            return self.span(self.date(span.start, "month"), self.date(span.end, "month"))
        return self.span(str(span[0]), str(span[1]))

    def span(self, first: str, last: str) -> str:
        """Write a span from its ends, which may be one."""
        return self("{first}–{last}", first=first, last=last) if first != last else first

    def listing(self, items: Iterable[str]) -> str:
        """Join items as a list in running text: a, b and c."""
        return format_list(list(items), locale=self.locale)

    def choice(self, items: Iterable[str]) -> str:
        """Join items of which one is to be chosen: a, b or c."""
        return format_list(list(items), style="or", locale=self.locale)

    def details(self, items: Iterable[str]) -> str:
        """Set details of one thing after each other: ``Statistics Canada, table 12-10-0011, transcribed``."""
        # Translators: sets one more detail after those already said.
        return reduce(lambda said, more: self("{said}, {more}", said=said, more=more), items)

    def several(self, items: Iterable[str]) -> str:
        """Set things after each other that hold commas themselves."""
        # Translators: sets one more source after those already said.
        return reduce(lambda said, more: self("{said}; {more}", said=said, more=more), items)

    def apart(self, items: Iterable[str]) -> str:
        """Set remarks beside each other that have little to do with each other."""
        # Translators: sets one more remark beside those already said.
        return reduce(lambda said, more: self("{said} · {more}", said=said, more=more), items)

    def sentences(self, items: Iterable[str]) -> str:
        """Set whole sentences after each other."""
        said = list(items)
        # Translators: sets one more sentence after those already said.
        return reduce(lambda before, more: self("{said} {more}", said=before, more=more), said) if said else ""

    def verbatim(self, words: str) -> str:
        """Pass on what no language translates: a proper name, a code, what the reader typed."""
        return words


def _catalogue(language: str) -> NullTranslations:
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.mo"
    if language == "en" or not path.exists():
        return NullTranslations()
    with path.open("rb") as handle:
        return GNUTranslations(handle)
