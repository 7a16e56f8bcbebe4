"""The unit a chart counts in: an amount of money at a readable scale, per cent, or an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from layouts.wording.text import Text


@dataclass(frozen=True)
class Scale:
    """A unit of so many millions, and the decimals its labels carry."""

    millions: float
    decimals: int

    def amount(self, _: Text, value: float, currency: str, decimals: int | None = None) -> str:
        """Write a value given in this unit, with its unit."""
        places = self.decimals if decimals is None else decimals
        write = {MILLIONS: _.millions, BILLIONS: _.billions, TRILLIONS: _.trillions}[self]
        return write(value, currency, places)

    def unit(self, _: Text, currency: str) -> str:
        """Name the unit in a subtitle."""
        name = _.currency(currency)
        return {
            MILLIONS: _("million {currency}", currency=name),
            BILLIONS: _("billion {currency}", currency=name),
            TRILLIONS: _("trillion {currency}", currency=name),
        }[self]


MILLIONS = Scale(1, 0)
BILLIONS = Scale(1_000, 1)
TRILLIONS = Scale(1_000_000, 2)


def scale_of(values: pd.DataFrame | pd.Series) -> Scale:
    """Choose the unit for values given in millions."""
    largest = float(values.abs().max(axis=None))
    if largest >= TRILLIONS.millions:
        return TRILLIONS
    return MILLIONS if largest < BILLIONS.millions / 2 else BILLIONS


class Unit(Protocol):
    """What a chart, its hover, its table and its picture must agree on."""

    @property
    def divisor(self) -> float:
        """How many of the values' units make one unit of the axis."""

    @property
    def code(self) -> str:
        """Name the unit of undivided values for programs, the same in every language."""

    @property
    def suffix(self) -> str:
        """What a column's name in files ends with, where its plain name would mean an amount."""

    @property
    def decimals(self) -> int:
        """Decimals of a divided value at a line's end."""

    @property
    def cell_decimals(self) -> int:
        """Decimals of an undivided value in a table."""

    def tick(self, _: Text, value: float, decimals: int) -> str:
        """Write the one tick that carries the unit."""

    def short(self, _: Text, value: float) -> str:
        """Write a value at a line's end, where the unit is known; the value is already divided."""

    def full(self, _: Text, value: float) -> str:
        """Write an undivided value with its unit."""

    def cell(self, _: Text, value: float) -> str:
        """Write an undivided value in a table, whose header names the unit."""

    def header(self, _: Text) -> str:
        """Name the unit of a table's column."""

    def name(self, _: Text) -> str:
        """Name the unit in a subtitle."""


@dataclass(frozen=True)
class Money:
    """Amounts in millions of a currency, shown at a scale."""

    currency: str
    scale: Scale = BILLIONS
    prices: int | None = None

    @classmethod
    def of(cls, values: pd.DataFrame | pd.Series, currency: str, prices: int | None = None) -> Money:
        """Choose the scale for values in millions; ``prices`` is the year of constant prices."""
        return cls(currency, scale_of(values), prices)

    @property
    def divisor(self) -> float:
        """Millions in one unit of the axis."""
        return self.scale.millions

    @property
    def code(self) -> str:
        """Name millions of the currency, with the year of constant prices."""
        return f"{self.currency} million" + (f", prices of {self.prices}" if self.prices else "")

    @property
    def suffix(self) -> str:
        """An amount needs none."""
        return ""

    @property
    def decimals(self) -> int:
        """Decimals of the scale."""
        return self.scale.decimals

    @property
    def cell_decimals(self) -> int:
        """A tenth of a million."""
        return 1

    def tick(self, _: Text, value: float, decimals: int) -> str:
        """Write the one tick that carries the unit: C$60 billion."""
        return self.scale.amount(_, value, self.currency, decimals)

    def short(self, _: Text, value: float) -> str:
        """Write a divided value without its unit."""
        return _.number(value, self.scale.decimals)

    def full(self, _: Text, value: float) -> str:
        """Write an amount in millions with its unit."""
        return _.money(value, self.currency)

    def cell(self, _: Text, value: float) -> str:
        """Write an amount in millions with one decimal."""
        return _.number(value, 1)

    def header(self, _: Text) -> str:
        """Name millions of the currency."""
        return self._priced(_, _("million {currency}", currency=_.currency(self.currency)))

    def name(self, _: Text) -> str:
        """Name the scale and the currency."""
        return self._priced(_, self.scale.unit(_, self.currency))

    def _priced(self, _: Text, unit: str) -> str:
        return _("{unit} at prices of {year}", unit=unit, year=self.prices) if self.prices else unit


@dataclass(frozen=True)
class Percent:
    """Shares or changes in per cent; ``signed`` writes a plus before what grew, ``decimals`` tell near values apart."""

    signed: bool = False
    decimals: int = 1
    divisor: float = 1.0
    code: str = "per cent"
    suffix: str = "_pct"

    @property
    def cell_decimals(self) -> int:
        """As many as elsewhere."""
        return self.decimals

    def tick(self, _: Text, value: float, decimals: int) -> str:
        """Write the one tick that carries the sign."""
        return _.percent(value, decimals)

    def short(self, _: Text, value: float) -> str:
        """Write a value with the sign, which is short enough."""
        return _.signed_percent(value, self.decimals) if self.signed else _.percent(value, self.decimals)

    def full(self, _: Text, value: float) -> str:
        """Write a value with the sign, a dash where it is missing."""
        return self.short(_, value) if value == value else _.number(value)

    def cell(self, _: Text, value: float) -> str:
        """Write a number without the sign."""
        return _.signed(value, self.decimals) if self.signed else _.number(value, self.decimals)

    def header(self, _: Text) -> str:
        """Name per cent."""
        return _("per cent")

    def name(self, _: Text) -> str:
        """Name per cent."""
        return _("per cent")


@dataclass(frozen=True)
class Index:
    """An index that is 100 in its base year."""

    base: int
    divisor: float = 1.0
    suffix: str = "_index"
    decimals: int = 1
    cell_decimals: int = 1

    @property
    def code(self) -> str:
        """Name the base."""
        return f"index, {self.base} = 100"

    def tick(self, _: Text, value: float, decimals: int) -> str:
        """Write a plain number: an index has no unit but its base."""
        return _.number(value, decimals)

    def short(self, _: Text, value: float) -> str:
        """Write a value with one decimal."""
        return _.number(value, 1)

    full = short
    cell = short

    def header(self, _: Text) -> str:
        """Name the base."""
        return _("{year} = 100", year=self.base)

    name = header


def tick_labels(_: Text, ticks: Sequence[float], unit: Unit, place: int) -> list[str]:
    """Labels of ticks: the unit on the one at ``place``, plain numbers on the others."""
    decimals = max((len(f"{t:.6f}".rstrip("0").partition(".")[2]) for t in ticks), default=0)
    labels = [_.number(t, decimals) for t in ticks]
    labels[place] = unit.tick(_, ticks[place], decimals)
    return labels
