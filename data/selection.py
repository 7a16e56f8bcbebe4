"""What a reader has chosen: one value that travels from the address to the query, the figure and the file name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data import address
from data.schema.columns import COUNTRIES, CURRENCIES
from data.years import A_YEAR, CODES, Years, within

FIRST_YEAR, LAST_YEAR = 1985, 2026
LAST_COMPLETE_YEAR = 2025
FREQUENCIES = ("annual", "quarterly", "monthly")
CATEGORIES = ("all", "trade_policy", "diplomacy", "security", "court", "agreement", "economy")
# Which events stand on the charts: the turning points, none, or those of a category.
MARKS = ("main", "none", *CATEGORIES)
REPORTED = ("country", "partner", "both")
MEASURES = ("value", "growth", "index", "share", "gdp", "constant", "compound", "rolling")
FLOWS = ("export", "import")
DETAILS = ("section", "chapter")
# Per cent; a supposed duty beyond it would stop the trade whose value it is taken of.
HIGHEST_RATE = 200
CURRENCY_OF_RECORD = {"CAN": "CAD", "MEX": "USD", "USA": "USD"}
YEARS_SHOWN = {"annual": (1997, LAST_COMPLETE_YEAR), "quarterly": (2015, LAST_YEAR), "monthly": (2019, LAST_YEAR)}
SECTIONS = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
    *("XVIII", "XIX", "XX", "XXI", "98-99"),
)
# Chapter 77 is reserved and holds nothing.
CHAPTERS = tuple(f"{number:02}" for number in range(1, 100) if number != 77)
# Events of the events table before and after which shares are compared.
EVENTS_COMPARED = (
    "usmca-in-force",
    "us-border-duties-in-force",
    "us-metals-25",
    "us-autos-25",
    "us-metals-50",
    "canada-35",
)
FIRST_DAY, LAST_DAY = dt.date(2025, 1, 1), dt.date(2026, 10, 9)


@dataclass(frozen=True)
class Rejected:
    """What could not be used of the address: the field, the value, and what would be accepted.

    ``meant`` is set where the field itself is none: the field that its name seems to mean.
    """

    field: str
    value: str
    allowed: tuple[str, ...]
    meant: str = ""


@dataclass(frozen=True)
class Selection:
    """The reader's choices. Years are inclusive and may be cut to months; ``on`` is the day of the tariff matrix.

    ``reported`` says whose record of the pair is shown, ``base`` is the year that an index or constant prices start
    from (None for the usual one), ``product`` an HS section or chapter (empty for all), ``against`` the year that a
    product ranking is compared with (None for the year before), ``event`` the event that shares are compared around,
    ``detail`` whether all products are ranked by section or by chapter, ``rate`` the supposed duty in per cent.
    """

    reporter: str = "CAN"
    partner: str = "MEX"
    years: tuple[int, int] = YEARS_SHOWN["annual"]
    freq: str = "annual"
    currency: str = "CAD"
    on: dt.date = LAST_DAY
    category: str = "all"
    reported: str = "country"
    measure: str = "value"
    base: int | None = None
    flow: str = "export"
    product: str = ""
    against: int | None = None
    event: str = "us-border-duties-in-force"
    marks: str = "main"
    around: str = "us-border-duties-in-force"
    detail: str = "section"
    rate: float = 25.0

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

    def turned(self, reporter: str, partner: str) -> Selection:
        """The same question about another pair, in its currency of record unless another was chosen."""
        untouched = self.currency == CURRENCY_OF_RECORD[self.reporter]
        currency = CURRENCY_OF_RECORD[reporter] if untouched else self.currency
        return replace(self, reporter=reporter, partner=partner, currency=currency)

    def defaults(self) -> Selection:
        """Return what an address without a query means for this country and frequency."""
        return Selection(
            reporter=self.reporter,
            freq=self.freq,
            partner="MEX" if self.reporter != "MEX" else "CAN",
            years=YEARS_SHOWN[self.freq],
            currency=CURRENCY_OF_RECORD[self.reporter],
        )

    def to_query(self) -> str:
        """Write the selection as a query string with a leading ``?``: fixed order, defaults left out."""
        written = {}
        base, defaults = Selection(freq=_frequency_of(str(Years.of(self.years)))), self.defaults()
        for field in fields(self):
            value = getattr(self, field.name)
            usual = getattr(base if field.name in ("reporter", "freq") else defaults, field.name)
            if value != usual:
                written[field.name] = _write(value)
        return "?" + urlencode(written) if written else ""

    @classmethod
    def from_query(cls, query: str | None) -> tuple[Selection, tuple[Rejected, ...]]:
        """Read a query string; a value that cannot be used gives the default and a :class:`Rejected`.

        So does a name that is no field but much like one. Other unknown names are ignored, because links collect
        tracking parameters on their way.
        """
        words = address.read(query, (field.name for field in fields(cls)))
        rejected = [Rejected(one.name, one.value, (), one.suggestion) for one in words.misspelt]
        read = _Reader({name: value for name, value in words.values.items() if value}, rejected)
        reporter = read("reporter", "CAN", _one_of(COUNTRIES))
        freq = read("freq", _frequency_of(words.values.get("years", "")), _one_of(FREQUENCIES))
        usual = cls(reporter=reporter, freq=freq).defaults()
        chosen = cls(
            reporter=reporter,
            freq=freq,
            partner=read("partner", usual.partner, _one_of(COUNTRIES)),
            years=read("years", usual.years, _years),
            currency=read("currency", usual.currency, _one_of(CURRENCIES)),
            on=read("on", usual.on, _day),
            category=read("category", usual.category, _one_of(CATEGORIES)),
            reported=read("reported", usual.reported, _one_of(REPORTED)),
            measure=read("measure", usual.measure, _one_of(MEASURES)),
            base=read("base", usual.base, _year),
            flow=read("flow", usual.flow, _one_of(FLOWS)),
            product=read("product", usual.product, _product),
            against=read("against", usual.against, _year),
            event=read("event", usual.event, _one_of(EVENTS_COMPARED)),
            marks=read("marks", usual.marks, _one_of(MARKS)),
            around=read("around", usual.around, _slug),
            detail=read("detail", usual.detail, _one_of(DETAILS)),
            rate=read("rate", usual.rate, _rate),
        )
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


def _years(text: str) -> Years:
    years = Years.parse(text)
    if years and years[0] >= FIRST_YEAR and years[1] <= LAST_YEAR:
        return years
    raise _NotAllowed(
        f"{FIRST_YEAR}-{LAST_YEAR}", f"{LAST_COMPLETE_YEAR}", f"{LAST_COMPLETE_YEAR}-03", f"{LAST_COMPLETE_YEAR}-Q2"
    )


def _frequency_of(years: str) -> str:
    """The frequency of an address that does not say it: who writes months or quarters wants to see them."""
    asked = Years.parse(years)
    if asked is None or asked.whole:
        return "annual"
    return "quarterly" if "q" in years.casefold() else "monthly"


def _year(text: str) -> int:
    if re.fullmatch(r"\s*[0-9]{4}\s*", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise _NotAllowed(f"{FIRST_YEAR}", f"{LAST_YEAR}")


def _slug(text: str) -> str:
    """An id of the events table; the page that uses it knows which there are."""
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){0,9}", text.strip()):
        return text.strip()
    raise _NotAllowed("us-border-duties-in-force")


def _product(text: str) -> str:
    code = text.strip().upper()
    if code in SECTIONS or code in CHAPTERS:
        return code
    raise _NotAllowed("XVII", "87")


def _rate(text: str) -> float:
    written = re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,2})?", text.strip())
    if written and float(written[0]) <= HIGHEST_RATE:
        return float(written[0])
    raise _NotAllowed("0", f"{HIGHEST_RATE}")


def _day(text: str) -> dt.date:
    # fromisoformat also takes week dates and compact forms; the address knows one form only.
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text.strip()):
        try:
            day = dt.date.fromisoformat(text.strip())
        except ValueError:
            day = None
        if day and FIRST_DAY <= day <= LAST_DAY:
            return day
    raise _NotAllowed(FIRST_DAY.isoformat(), LAST_DAY.isoformat())


def _write(value: Any) -> str:
    if isinstance(value, tuple):
        return str(Years.of(value))
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
