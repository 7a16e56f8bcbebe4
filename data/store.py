"""The built tables in memory, read once at start and never changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from data.coverage import Coverage, coverage_of
from data.paths import parquet_dir

# Repeated labels are compared as small integers, which makes a filter some ten times faster than on text.
CATEGORIES = [
    "frequency",
    "reporter",
    "partner",
    "flow",
    "product_scheme",
    "product_code",
    "currency",
    "basis",
    "status",
    "source_id",
    "derivation",
]

# Results of queries that a process keeps; each is a small frame.
RESULTS_KEPT = 512

LABELS = ["flow", "currency", "status", "source_id", "derivation"]


@dataclass(frozen=True)
class Store:
    """Every table by name; queries take what they need from here."""

    sources: pd.DataFrame
    countries: pd.DataFrame
    currencies: pd.DataFrame
    collections: pd.DataFrame
    observations: pd.DataFrame
    products: pd.DataFrame
    partner_totals: pd.DataFrame
    rank_statements: pd.DataFrame
    product_names: pd.DataFrame
    hs_names: pd.DataFrame
    product_words: pd.DataFrame
    exchange_rates: pd.DataFrame
    gdp: pd.DataFrame
    inflation: pd.DataFrame
    price_index: pd.DataFrame
    conventions: pd.DataFrame
    breaks: pd.DataFrame
    claims: pd.DataFrame
    quoted_figures: pd.DataFrame
    tariffs: pd.DataFrame
    tariff_goods: pd.DataFrame
    tariff_lives: pd.DataFrame
    tariff_stacking: pd.DataFrame
    retaliation: pd.DataFrame
    events: pd.DataFrame
    usmca_shares: pd.DataFrame
    usmca_chapters: pd.DataFrame
    usmca_subheadings: pd.DataFrame
    disagreements: pd.DataFrame
    mirror_notes: pd.DataFrame
    known_gaps: pd.DataFrame
    checks: pd.DataFrame

    @cached_property
    def source(self) -> dict[str, dict]:
        """Rows of the sources table by id, missing values as None."""
        frame = self.sources.astype(object).where(self.sources.notna(), None)
        return {row["source_id"]: row for row in frame.to_dict("records")}

    @cached_property
    def coverage(self) -> Coverage:
        """What these tables hold, and so what can be chosen."""
        return coverage_of({field.name: getattr(self, field.name) for field in fields(self)})

    @cached_property
    def series(self) -> dict[tuple[str, str, str], pd.DataFrame]:
        """Observations by reporter, partner and frequency, ordered by flow and period, so that none is searched for."""
        ordered = self.observations.sort_values(["flow", "period"])
        groups = ordered.groupby(["reporter", "partner", "frequency"], observed=True, sort=False)
        return {key: frame.astype(dict.fromkeys(LABELS, "object")) for key, frame in groups}

    @cached_property
    def rates(self) -> dict[tuple[str, str], pd.Series]:
        """Units per US$ by frequency and currency, indexed by period."""
        return {
            (frequency, currency): rows.set_index("period")["units_per_usd"].sort_index()
            for (frequency, currency), rows in self.exchange_rates.groupby(["frequency", "currency"])
        }

    @cached_property
    def remember(self) -> Callable[..., Any]:
        """Call a query once: ``store.remember(query, *words)`` gives what ``query(store, *words)`` gave before.

        The newest results are kept with these tables and go when others take their place. Words must be hashable,
        and nobody changes a result.
        """

        @lru_cache(maxsize=RESULTS_KEPT)
        def remembered(query: Callable[..., Any], *words: Hashable) -> Any:
            return query(self, *words)

        return remembered


def load(folder: Path | None = None) -> Store:
    """Read every table from Parquet."""
    folder = folder or parquet_dir()
    frames = {field.name: pd.read_parquet(folder / f"{field.name}.parquet") for field in fields(Store)}
    for name in ("observations", "products", "usmca_chapters", "usmca_subheadings"):
        labels = [c for c in CATEGORIES if c in frames[name]]
        frames[name] = frames[name].astype(dict.fromkeys(labels, "category"))
    return Store(**frames)
