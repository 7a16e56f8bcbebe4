"""The unit a chart counts in: billions, or trillions where billions would run to five digits."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from layouts.text import Text


@dataclass(frozen=True)
class Scale:
    """A unit of so many millions, and the decimals its labels carry."""

    millions: float
    decimals: int

    def amount(self, _: Text, value: float, currency: str, decimals: int | None = None) -> str:
        """Write a value given in this unit, with its unit."""
        places = self.decimals if decimals is None else decimals
        write = _.billions if self is BILLIONS else _.trillions
        return write(value, currency, places)

    def unit(self, _: Text, currency: str) -> str:
        """Name the unit in a subtitle."""
        name = _.currency(currency)
        return _("billion {currency}", currency=name) if self is BILLIONS else _("trillion {currency}", currency=name)


BILLIONS = Scale(1_000, 1)
TRILLIONS = Scale(1_000_000, 2)


def scale_of(values: pd.DataFrame | pd.Series) -> Scale:
    """Choose the unit for values given in millions."""
    return TRILLIONS if float(values.abs().max(axis=None)) >= TRILLIONS.millions else BILLIONS
