"""What a reader has chosen: one value that travels from the address to the query, the figure and the file name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data import address
from data.coverage import Coverage
from data.years import A_YEAR, CODES, Years, within

FREQUENCIES = ("annual", "quarterly", "monthly")
CATEGORIES = ("all", "trade_policy", "diplomacy", "security", "court", "agreement", "economy")
# Which events stand on the charts: the key events, none, or those of a category.
MARKS = ("main", "none", *CATEGORIES)
REPORTED = ("country", "partner", "both")
MEASURES = ("value", "growth", "index", "share", "gdp", "constant", "compound", "rolling")
FLOWS = ("export", "import")
DETAILS = ("section", "chapter")
# Per cent; a supposed duty beyond it would stop the trade whose value it is taken of.
HIGHEST_RATE = 200


@dataclass(frozen=True)
class Rejected:
    """What could not be used of the address: the field, the value, and what would be accepted.

    ``meant`` is set where the field itself is none: the field that its name seems to mean.
    """

    field: str
    value: str
    allowed: tuple[str, ...]
    meant: str = ""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The reader's choices. Years are inclusive and may be cut to months; ``on`` is the day of the tariff matrix.

    ``reported`` says whose record of the pair is shown, ``base`` is the year that an index or constant prices start
    from (None for the usual one), ``product`` an HS section or chapter (empty for all), ``against`` the year that a
    product ranking is compared with (None for the year before), ``event`` the event that shares are compared around,
    ``detail`` whether all products are ranked by section or by chapter, ``rate`` the supposed duty in per cent,
    ``goods`` the HS code of two, four or six digits whose tariffs are looked up (empty for none), ``border`` the two
    countries whose tariffs on each other are shown (empty for what :meth:`at_border` takes).

    ``coverage`` is what can be chosen at all; it tells what an address may leave out and is no choice itself. Make a
    selection with :meth:`usual` or :meth:`from_query`.
    """

    reporter: str
    partner: str
    years: tuple[int, int]
    freq: str = "annual"
    currency: str
    on: dt.date
    category: str = "all"
    reported: str = "country"
    measure: str = "value"
    base: int | None = None
    flow: str = "export"
    product: str = ""
    against: int | None = None
    event: str
    marks: str = "main"
    around: str
    detail: str = "section"
    rate: float = 25.0
    goods: str = ""
    border: str = ""
    coverage: Coverage = field(compare=False, repr=False)

    @classmethod
    def usual(cls, coverage: Coverage, reporter: str = "", freq: str = "annual") -> Selection:
        """What an address means that names a country and a frequency, or not even those."""
        reporter = reporter or coverage.reporter
        return cls(
            reporter=reporter,
            partner=coverage.partner(reporter),
            years=coverage.years_shown[freq],
            freq=freq,
            currency=coverage.currency_of_record[reporter],
            on=coverage.last_day,
            event=coverage.usual_event,
            around=coverage.usual_event,
            coverage=coverage,
        )

    @property
    def same_country(self) -> bool:
        """Whether a country was paired with itself."""
        return self.reporter == self.partner

    @property
    def frequency(self) -> str:
        """The code of the observations table: A, Q or M."""
        return CODES[self.freq]

    @property
    def periods_a_year(self) -> int:
        """How many values of the chosen frequency make a year."""
        return A_YEAR[self.frequency]

    def shown(self, periods: pd.DatetimeIndex) -> pd.Index:
        """Which periods of the chosen frequency lie in the chosen years, or in the months they are cut to."""
        return within(periods, self.years, self.frequency)

    def as_reported(self) -> Selection:
        """The same pair with the country first whose record is shown."""
        if self.reported != "partner":
            return self
        return replace(self, reporter=self.partner, partner=self.reporter, reported="country")

    def at_border(self) -> Selection:
        """The same question about the two countries whose tariffs on each other are shown.

        Those that were chosen for it; else the pair itself where the country that imposes most tariffs is one of the
        two, for there is little between others; else that country and the reporter, or whom it imposes most on.
        """
        borders = self.coverage.borders
        if self.border:
            reporter, partner = self.border.split("-")
            return replace(self, reporter=reporter, partner=partner)
        imposer = borders[0][0]
        if self.same_country or (imposer in (self.reporter, self.partner) and self._border() in borders):
            return self
        usual = next((pair for pair in borders if imposer in pair and self.reporter in pair), borders[0])
        return replace(self, reporter=usual[0], partner=usual[1])

    def _border(self) -> tuple[str, str] | None:
        """The chosen pair as the borders name it."""
        return next((pair for pair in self.coverage.borders if set(pair) == {self.reporter, self.partner}), None)

    def turned(self, reporter: str, partner: str) -> Selection:
        """The same question about another pair, in its currency of record unless another was chosen."""
        of_record = self.coverage.currency_of_record
        untouched = self.currency == of_record[self.reporter]
        currency = of_record[reporter] if untouched else self.currency
        return replace(self, reporter=reporter, partner=partner, currency=currency)

    def defaults(self) -> Selection:
        """Return what an address without a query means for this country and frequency."""
        return Selection.usual(self.coverage, self.reporter, self.freq)

    def to_query(self) -> str:
        """Write the selection as a query string with a leading ``?``: fixed order, defaults left out."""
        written = {}
        base = Selection.usual(self.coverage, freq=_frequency_of(str(Years.of(self.years))))
        defaults = self.defaults()
        for name in FIELDS:
            value = getattr(self, name)
            usual = getattr(base if name in ("reporter", "freq") else defaults, name)
            if value != usual:
                written[name] = _write(value)
        return "?" + urlencode(written) if written else ""

    @classmethod
    def from_query(cls, query: str | None, coverage: Coverage) -> tuple[Selection, tuple[Rejected, ...]]:
        """Read a query string; a value that cannot be used gives the default and a :class:`Rejected`.

        So does a name that is no field but much like one. Other unknown names are ignored, because links collect
        tracking parameters on their way.
        """
        words = address.read(query, FIELDS)
        rejected = [Rejected(one.name, one.value, (), one.suggestion) for one in words.misspelt]
        read = _Reader({name: value for name, value in words.values.items() if value}, rejected)
        reporter = read("reporter", coverage.reporter, _one_of(coverage.countries))
        freq = read("freq", _frequency_of(words.values.get("years", "")), _one_of(FREQUENCIES))
        usual = cls.usual(coverage, reporter, freq)
        parsers = _parsers(coverage)
        chosen = replace(usual, **{name: read(name, getattr(usual, name), parse) for name, parse in parsers.items()})
        return chosen, tuple(rejected)

    def file_name(self, chart: str) -> str:
        """Name of a file taken away, without suffix: ``trade_can-mex_1997-2025_annual_cad``."""
        pair = f"{self.reporter}-{self.partner}".lower()
        return f"{chart}_{pair}_{Years.of(self.years)}_{self.freq}_{self.currency.lower()}{self._particulars()}"

    def _particulars(self) -> str:
        """The part of a file name that says what is out of the ordinary."""
        said = [f"{self.reported}-record"] if self.reported != "country" else []
        if self.measure != "value":
            said.append(self.measure + (f"-{self.base}" if self.base else ""))
        return "".join(f"_{words}" for words in said)


FIELDS = tuple(one.name for one in fields(Selection) if one.name != "coverage")


def _parsers(coverage: Coverage) -> dict[str, Callable[[str], Any]]:
    """How each field is read but the country and the frequency, on which the defaults of the others depend."""
    return {
        "partner": _one_of(coverage.countries),
        "years": partial(_years, coverage),
        "currency": _one_of(coverage.currencies),
        "on": partial(_day, coverage),
        "category": _one_of(CATEGORIES),
        "reported": _one_of(REPORTED),
        "measure": _one_of(MEASURES),
        "base": partial(_year, coverage),
        "flow": _one_of(FLOWS),
        "product": partial(_product, coverage),
        "against": partial(_year, coverage),
        "event": _one_of(coverage.events_compared),
        "marks": _one_of(MARKS),
        "around": partial(_slug, coverage),
        "detail": _one_of(DETAILS),
        "rate": _rate,
        "goods": partial(_goods, coverage),
        "border": partial(_border, coverage),
    }


def declaration(coverage: Coverage) -> dict[str, Any]:
    """What the script that writes the address has to know: its fields in order, and what it leaves out."""
    usual = Selection.usual(coverage)
    return {
        "fields": list(FIELDS),
        "aliases": address.ALIASES,
        "reporter": usual.reporter,
        "freq": usual.freq,
        "category": usual.category,
        "on": usual.on.isoformat(),
        "partner": {country: coverage.partner(country) for country in coverage.countries},
        "currency": {country: coverage.currency_of_record[country] for country in coverage.countries},
        "years": {freq: list(years) for freq, years in coverage.years_shown.items()},
    }


class _Reader:
    """Reads one field after the other and collects what it must refuse."""

    def __init__(self, given: dict[str, str], rejected: list[Rejected]):
        self.given, self.rejected = given, rejected

    def __call__(self, field: str, usual: Any, parse: Callable[[str], Any]) -> Any:
        if field not in self.given:
            return usual
        value = self.given[field]
        try:
            return parse(value)
        except _NotAllowed as refusal:
            self.rejected.append(Rejected(field, value, refusal.allowed))
            return usual


class _NotAllowed(Exception):
    def __init__(self, *allowed: str):
        super().__init__()
        self.allowed = allowed


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    by_folded = {value.casefold(): value for value in allowed}

    def parse(text: str) -> str:
        try:
            return by_folded[text.strip().casefold()]
        except KeyError:
            raise _NotAllowed(*allowed) from None

    return parse


def _years(coverage: Coverage, text: str) -> Years:
    years = Years.parse(text)
    if years and years[0] >= coverage.first_year and years[1] <= coverage.last_year:
        return years
    newest = coverage.last_complete_year
    raise _NotAllowed(f"{coverage.first_year}-{coverage.last_year}", f"{newest}", f"{newest}-03", f"{newest}-Q2")


def _frequency_of(years: str) -> str:
    """The frequency of an address that does not say it: who writes months or quarters wants to see them."""
    asked = Years.parse(years)
    if asked is None or asked.whole:
        return "annual"
    return "quarterly" if "q" in years.casefold() else "monthly"


def _year(coverage: Coverage, text: str) -> int:
    first, last = coverage.first_year, coverage.last_year
    if re.fullmatch(r"\s*[0-9]{4}\s*", text) and first <= int(text) <= last:
        return int(text)
    raise _NotAllowed(f"{first}", f"{last}")


def _slug(coverage: Coverage, text: str) -> str:
    """An id of the events table; the page that uses it knows which there are."""
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){0,9}", text.strip()):
        return text.strip()
    raise _NotAllowed(coverage.usual_event)


def _product(coverage: Coverage, text: str) -> str:
    code = text.strip().upper()
    if code in coverage.sections or code in coverage.chapters:
        return code
    raise _NotAllowed(coverage.sections[0], coverage.chapters[0])


def _goods(coverage: Coverage, text: str) -> str:
    """A code of the Harmonized System; the page that uses it knows which headings there are."""
    code = re.sub(r"[. ]", "", text)
    if re.fullmatch(r"[0-9]{2}(?:[0-9]{2}){0,2}", code) and code[:2] in coverage.chapters:
        return code
    raise _NotAllowed(coverage.chapters[0], f"{coverage.chapters[0]}01", f"{coverage.chapters[0]}0121")


def _border(coverage: Coverage, text: str) -> str:
    """Two countries with tariffs between them, in either order."""
    return _one_of(tuple("-".join(pair) for pair in coverage.borders))(
        next(("-".join(pair) for pair in coverage.borders if set(pair) == set(text.strip().upper().split("-"))), text)
    )


def _rate(text: str) -> float:
    written = re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,2})?", text.strip())
    if written and float(written[0]) <= HIGHEST_RATE:
        return float(written[0])
    raise _NotAllowed("0", f"{HIGHEST_RATE}")


def _day(coverage: Coverage, text: str) -> dt.date:
    # fromisoformat also takes week dates and compact forms; the address knows one form only.
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text.strip()):
        try:
            day = dt.date.fromisoformat(text.strip())
        except ValueError:
            day = None
        if day and coverage.first_day <= day <= coverage.last_day:
            return day
    raise _NotAllowed(coverage.first_day.isoformat(), coverage.last_day.isoformat())


def _write(value: Any) -> str:
    if isinstance(value, tuple):
        return str(Years.of(value))
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
