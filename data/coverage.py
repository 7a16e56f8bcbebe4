"""What the tables hold: countries, years, currencies, days and products, read from them and written nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import pandas as pd

# Every table by name.
Tables: TypeAlias = Mapping[str, pd.DataFrame]

# How many years before the newest one a series begins that says nothing of years: as many points as a chart bears.
YEARS_BACK = {"quarterly": 11, "monthly": 7}


@dataclass(frozen=True)
class ProductCoverage:
    """Trade by section and chapter of the HS: one reporter's record, with some partners, in some years.

    ``monthly_partners`` are those of which the sections are held by month as well.
    """

    reporter: str
    partners: tuple[str, ...]
    years: tuple[int, int]
    monthly_partners: tuple[str, ...]


@dataclass(frozen=True)
class ClaimCoverage:
    """Imports with a claim under the USMCA: who imports from whom, and from which month on shares compare."""

    importer: str
    partners: tuple[str, ...]
    compared_from: pd.Timestamp


@dataclass(frozen=True)
class Coverage:
    """Everything a reader can choose, and what is meant where nothing is chosen.

    ``countries`` are those whose own records are held, in the order of lists; ``colours`` the countries with a colour
    of their own; ``asked`` the countries in the order in which their record of a flow is asked for. ``first_year`` and
    ``last_year`` bound all totals; ``last_complete_year`` is the newest with a value for all of it. ``tariff_days``
    are the first and last day on which the tariffs are known, ``borders`` the pairs between which there are any, who
    imposes most of them first.
    """

    countries: tuple[str, ...]
    usual_partners: Mapping[str, str]
    colours: Mapping[str, str]
    asked: tuple[str, ...]
    currencies: tuple[str, ...]
    currency_of_record: Mapping[str, str]
    national_currency: Mapping[str, str]
    first_year: int
    last_year: int
    last_complete_year: int
    years_shown: Mapping[str, tuple[int, int]]
    tariff_days: tuple[dt.date, dt.date]
    borders: tuple[tuple[str, str], ...]
    sections: tuple[str, ...]
    chapters: tuple[str, ...]
    events_compared: tuple[str, ...]
    usual_event: str
    products: ProductCoverage
    claims: ClaimCoverage
    ranks_complete_to: Mapping[str, int]

    @property
    def reporter(self) -> str:
        """The country shown until another is chosen."""
        return self.countries[0]

    def partner(self, reporter: str) -> str:
        """The partner of a country shown until another is chosen."""
        usual = self.usual_partners.get(reporter)
        return usual or next(country for country in self.countries if country != reporter)

    def country_of(self, currency: str) -> str | None:
        """The country at whose consumer prices a currency buys; None where its own trade is not held."""
        return next((one for one in self.countries if self.national_currency.get(one) == currency), None)

    @cached_property
    def home(self) -> tuple[str, ...]:
        """The countries whose trade with each other is the front page: those with a colour of their own."""
        return tuple(country for country in self.countries if country in self.colours)

    @property
    def first_day(self) -> dt.date:
        """First day on which the tariffs are known."""
        return self.tariff_days[0]

    @property
    def last_day(self) -> dt.date:
        """Last day on which the tariffs are known."""
        return self.tariff_days[1]


def coverage_of(tables: Tables) -> Coverage:
    """Read the coverage from the tables."""
    countries = tables["countries"].set_index("iso3")
    placed = countries.sort_values("position", na_position="last", kind="stable")
    reporters = set(tables["observations"]["reporter"])
    offered = tuple(code for code in placed.index if code in reporters)
    years = tables["observations"]["period"].dt.year
    annual = tables["observations"][tables["observations"]["frequency"] == "A"]
    complete, last = int(annual["period"].dt.year.max()), int(years.max())
    usual = countries["usual_partner"].dropna().to_dict()
    events = tables["events"].dropna(subset="compared").sort_values(["date", "event_id"])
    span = tables["collections"].set_index("collection").loc["tariffs", ["first_day", "last_day"]]
    return Coverage(
        countries=offered,
        usual_partners=usual,
        colours=countries["colour"].dropna().to_dict(),
        asked=tuple(countries["asked"].dropna().sort_values().index),
        currencies=tuple(tables["currencies"].sort_values("position")["currency"]),
        currency_of_record=_currencies_of_record(tables),
        national_currency=countries["currency"].dropna().to_dict(),
        first_year=int(years.min()),
        last_year=last,
        last_complete_year=complete,
        years_shown={"annual": (_first_annual(annual, offered[0], usual), complete)}
        | {freq: (last - back, last) for freq, back in YEARS_BACK.items()},
        tariff_days=(span["first_day"].date(), span["last_day"].date()),
        borders=_borders(tables),
        products=_products(tables),
        claims=_claims(tables),
        ranks_complete_to=_complete_to(tables),
        sections=_product_codes(tables, "HS_SECTION"),
        chapters=tuple(sorted(_product_codes(tables, "HS2"))),
        events_compared=tuple(events["event_id"]),
        usual_event=str(events.loc[events["compared"] == "usual", "event_id"].iloc[0]),
    )


def _borders(tables: Tables) -> tuple[tuple[str, str], ...]:
    """Pairs with tariffs of one on the other, those of the country that imposes most of them first."""
    tariffs = tables["tariffs"]
    most = tariffs["imposer"].astype(str).value_counts()
    sides = zip(tariffs["imposer"].astype(str), tariffs["target"].astype(str), strict=True)
    pairs = {tuple(sorted(side, key=lambda country: (-most.get(country, 0), country))) for side in sides}
    return tuple(sorted(pairs, key=lambda pair: [(-most.get(country, 0), country) for country in pair]))


def _currencies_of_record(tables: Tables) -> dict[str, str]:
    """The currency in which each reporter's totals are recorded."""
    rows = tables["observations"].drop_duplicates("reporter", keep="last")
    return dict(zip(rows["reporter"].astype(str), rows["currency"].astype(str), strict=True))


def _first_annual(annual: pd.DataFrame, reporter: str, usual: Mapping[str, str]) -> int:
    """First year of the pair that is shown until another is chosen."""
    mine = annual[(annual["reporter"] == reporter) & (annual["partner"] == usual[reporter])]
    return int(mine["period"].dt.year.min())


def _product_codes(tables: Tables, scheme: str) -> tuple[str, ...]:
    names = tables["product_names"]
    return tuple(names.loc[names["product_scheme"] == scheme, "product_code"])


def _products(tables: Tables) -> ProductCoverage:
    rows = tables["products"]
    chapters = rows[(rows["product_scheme"] == "HS2") & (rows["frequency"] == "A")]
    months = rows[(rows["product_scheme"] == "HS_SECTION") & (rows["frequency"] == "M")]
    years = chapters["period"].dt.year
    return ProductCoverage(
        reporter=str(chapters["reporter"].iloc[0]),
        partners=tuple(sorted(chapters["partner"].astype(str).unique())),
        years=(int(years.min()), int(years.max())),
        monthly_partners=tuple(sorted(months["partner"].astype(str).unique())),
    )


def _claims(tables: Tables) -> ClaimCoverage:
    rows = tables["usmca_shares"]
    collections = tables["collections"].set_index("collection")
    return ClaimCoverage(
        importer=str(rows["reporter"].iloc[0]),
        partners=tuple(sorted(rows["partner"].astype(str).unique())),
        compared_from=collections.at["usmca_claims", "first_day"],
    )


def _complete_to(tables: Tables) -> dict[str, int]:
    rows = tables["collections"][tables["collections"]["collection"] == "partners"].dropna(subset="complete_to")
    return {str(row.country): int(row.complete_to) for row in rows.itertuples()}
