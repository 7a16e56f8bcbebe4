"""Whether figures add up as they are shown, each rounded on its own, and the words for those that do not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from layouts.wording.text import Text
from layouts.wording.units import BILLIONS, MILLIONS, TRILLIONS

# Decimals of an amount in words by the unit it is written in; see Text.money.
DECIMALS = {MILLIONS: 1, BILLIONS: 1, TRILLIONS: 2}


def note(_: Text) -> str:
    """Say why parts do not add up."""
    return _("Each figure is rounded on its own, so parts may not add up to their sum.")


def as_written(million: float) -> tuple[float, float]:
    """An amount as :meth:`Text.money` writes it and the value of its last digit, both in millions."""
    unit = next((unit for unit in (TRILLIONS, BILLIONS) if abs(million) >= unit.millions), MILLIONS)
    digit = unit.millions * 10.0 ** -DECIMALS[unit]
    return round(million / digit) * digit, digit


def amounts_part(parts: Sequence[float], whole: float) -> bool:
    """Whether amounts in millions, as they are written in words, miss their sum by a digit of it."""
    if any(math.isnan(value) for value in (*parts, whole)):
        return False
    shown, digit = as_written(whole)
    return abs(sum(as_written(part)[0] for part in parts) - shown) > digit / 2


def numbers_part(rows: Iterable[Sequence[float]], decimals: int) -> bool:
    """Whether in any row, written with so many decimals, the parts miss their sum, which comes last."""
    digit = 10.0**-decimals
    for *parts, whole in rows:
        if any(math.isnan(value) for value in (*parts, whole)):
            continue
        if abs(sum(round(part, decimals) for part in parts) - round(whole, decimals)) > digit / 2:
            return True
    return False
