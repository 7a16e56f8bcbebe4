"""What a duty would come to on last year’s imports if nothing else changed: arithmetic, not a forecast."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.queries import effective_rate, products
from data.selection import Selection
from data.store import Store


@dataclass(frozen=True)
class Scenario:
    """A duty of ``rate`` per cent on the imports of one section, or of all goods where ``section`` is empty.

    ``imports`` is in million units of the chosen currency, missing where no exchange rate is held; ``share`` is the
    part of the section’s imports with a USMCA claim from ``first`` to ``last`` month, per cent, missing where the
    section’s chapters are not on that record.
    """

    partner: str
    section: str
    year: int
    rate: float
    currency: str
    imports: float
    share: float
    first: pd.Timestamp
    last: pd.Timestamp

    @property
    def duty(self) -> float:
        """The duty if all of it paid, million units of the currency."""
        return self.imports * self.rate / 100

    @property
    def unclaimed(self) -> float:
        """Imports without a USMCA claim at the known share, million units of the currency."""
        return self.imports * (1 - self.share / 100)

    @property
    def duty_unclaimed(self) -> float:
        """The duty if goods with a claim stayed free, million units of the currency."""
        return self.unclaimed * self.rate / 100


def scenario(store: Store, selection: Selection) -> Scenario:
    """Work out the chosen rate on US imports of the chosen partner’s goods in the last complete year."""
    partner = effective_rate.partner_of(selection)
    section = products.section_of(store, selection.product)
    share, first, last = claimed_share(store, partner, section)
    return Scenario(
        partner=partner,
        section=section,
        year=store.coverage.products.years[1],
        rate=selection.rate,
        currency=selection.currency,
        imports=_imports(store, partner, section, selection.currency),
        share=share,
        first=first,
        last=last,
    )


def claimed_share(store: Store, partner: str, section: str) -> tuple[float, pd.Timestamp, pd.Timestamp]:
    """Share of a section’s imports with a USMCA claim since the jump of the record, with first and last month.

    Months before the jump do not compare with those after it, so that no average runs over both.
    """
    months = _months_compared(store)
    table = store.remember(_claims_by_section, partner)
    value, claimed = table.loc[section] if section in table.index else (0.0, 0.0)
    return (claimed / value * 100 if value else float("nan")), months[0], months[-1]


def _months_compared(store: Store) -> list[pd.Timestamp]:
    return [month for month in effective_rate.claims(store).index if month >= store.coverage.claims.compared_from]


def _claims_by_section(store: Store, partner: str) -> pd.DataFrame:
    """Imports and those of them with a claim, million US$, by section; all sections together under no name."""
    months, found = _months_compared(store), effective_rate.chapters(store, partner)
    sums = pd.DataFrame({"value": found.values[months].sum(axis=1), "claimed": found.claimed[months].sum(axis=1)})
    by_section = sums.groupby(products.names(store)["section"].reindex(sums.index)).sum()
    return pd.concat([by_section, sums.sum().to_frame("").T])


def _imports(store: Store, partner: str, section: str, currency: str) -> float:
    of_year = pd.Timestamp(store.coverage.products.years[1], 1, 1)
    if not section:
        return float(products.chapters(store, partner, "import", currency).whole[of_year])
    wide = products.sections(store, partner, "import", currency).values
    return float(wide.at[of_year, section]) if section in wide else float("nan")
