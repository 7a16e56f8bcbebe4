"""Whose record a series is, and the rule that one axis holds one kind of record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Record:
    """What must agree before two series may share an axis, and whom they concern.

    ``coverage`` is ``total`` or ``domestic`` (without re-exports), ``prices`` is ``current`` or the year whose
    prices are used, as in ``2024``.
    """

    reporter: str
    partner: str
    currency: str
    basis: str = "customs"
    coverage: str = "total"
    adjustment: str = "unadjusted"
    prices: str = "current"


# Two partners of one reporter compare; two reporters, currencies, adjustments or price bases do not.
ON_ONE_AXIS = ("reporter", "currency", "basis", "coverage", "adjustment", "prices")


class MixedAxisError(ValueError):
    """Series of different kinds were to share an axis; ``field`` names what differs."""

    def __init__(self, field: str, values: Iterable[str]):
        """Name the field and its values."""
        self.field, self.values = field, tuple(values)
        super().__init__(f"one axis cannot hold more than one {field}: {', '.join(self.values)}")


def one_axis(records: Iterable[Record], comparing: str = "") -> None:
    """Refuse series that do not belong on one axis.

    Args:
        records: the record behind each series.
        comparing: the one field the view compares, and says so; empty when it compares none.

    Raises:
        MixedAxisError: the records differ in a field other than the compared one.
    """
    all_records = list(records)
    for field in ON_ONE_AXIS:
        values = dict.fromkeys(getattr(record, field) for record in all_records)
        if len(values) > 1 and field != comparing:
            raise MixedAxisError(field, values)
