"""A request for rows of a table: read from words, refused with reasons, answered as a frame with its sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data import address
from data.address import Words
from data.api.resources import CONVERTED_FIELDS, SOURCE_FIELDS, Filter, Resource
from data.queries.currency import convert
from data.schema.fields import Field
from data.selection import Selection
from data.store import Store

LIMIT, MOST = 1000, 10_000
# Words that ask for a part of the answer; a file without pages has no use for them.
PAGING = ("limit", "offset")
# A value that no field accepts, to ask a field what it would.
UNACCEPTABLE = "?"
SHOWN_OF_A_VALUE = 80
# What cannot be listed is described, with the bounds the pages name.
DESCRIBED = {
    "years": "a span within {0}, one year such as {1}, or months and quarters such as {2} and {3}",
    "on": "a day from {0} to {1}",
}


@dataclass(frozen=True)
class Refusal:
    """A word that could not be used: the field, its value, what would be accepted, and why."""

    field: str
    value: str
    allowed: tuple[str, ...]
    detail: str


class RefusedError(ValueError):
    """A request holds words that cannot be used; every one is named."""

    def __init__(self, refusals: Iterable[Refusal]):
        self.refusals = tuple(refusals)
        super().__init__(" ".join(refusal.detail for refusal in self.refusals))


@dataclass(frozen=True)
class Query:
    """Rows of a table: values by word, the currency to convert into, and the page."""

    resource: Resource
    chosen: tuple[tuple[str, Any], ...] = ()
    currency: str = ""
    limit: int = LIMIT
    offset: int = 0

    @property
    def fields(self) -> tuple[Field, ...]:
        """Columns of the answer; those of a conversion only when one was asked for."""
        return (*self.resource.fields, *(CONVERTED_FIELDS if self.currency else ()))


def parameters(resource: Resource) -> list[str]:
    """Every word a table knows, in the order of its documentation."""
    return [*(f.name for f in resource.filters), *(["currency"] if resource.money else []), "limit", "offset"]


def accepted(store: Store, resource: Resource, one: Filter) -> tuple[str, ...]:
    """Codes that a word accepts; for years and days, examples."""
    if one.codes:
        return tuple(sorted(map(str, getattr(store, resource.table.name)[one.codes].dropna().unique())))
    _chosen, rejected = Selection.from_query(urlencode({one.name: UNACCEPTABLE}), store.coverage)
    return rejected[0].allowed


def read(store: Store, resource: Resource, given: Iterable[tuple[str, str]], usual: int = LIMIT) -> Query:
    """Read words and values into a query.

    Args:
        store: the tables.
        resource: which of them.
        given: words and values.
        usual: rows of a page where the words do not say.

    Raises:
        RefusedError: a word is unknown or repeated, or a value is not accepted.
    """
    known = parameters(resource)
    words = address.read(given, known)
    values, refusals = words.values, refused_names(words, known, resource.name)
    query = Query(resource)
    for one in resource.filters:
        if one.name in values:
            query = _choose(store, query, one, values[one.name], refusals)
    if resource.money and "currency" in values:
        query = replace(query, currency=_code("currency", values["currency"], store.coverage.currencies, refusals))
    query = replace(query, limit=_whole("limit", values, usual, 1, MOST, refusals))
    query = replace(query, offset=_whole("offset", values, 0, 0, None, refusals))
    if refusals:
        raise RefusedError(refusals)
    return query


def refused_names(words: Words, known: list[str], place: str) -> list[Refusal]:
    """Refuse names that mean nothing here, each with the one it seems to mean, and names given twice.

    Args:
        words: the address taken apart.
        known: the names that mean something.
        place: what the names belong to, as the refusal calls it.
    """
    refusals = []
    for one in words.unknown:
        name = _shown(one.name)
        meant = f" Did you mean {one.suggestion}?" if one.suggestion else ""
        detail = f"{place} has no parameter {name}.{meant} It knows {', '.join(known)}."
        refusals.append(Refusal(name, _shown(one.value), tuple(known), detail))
    twice = [Refusal(name, _shown(value), (), f"{name} was given more than once.") for name, value in words.repeated]
    return refusals + twice


def refuse_cut(store: Store, query: Query, given: Iterable[tuple[str, str]]) -> None:
    """Refuse a query with more rows than one answer holds, unless its words ask for a page of them.

    For formats that cannot say that rows are missing.

    Raises:
        RefusedError: rows would be missing.
    """
    if len(getattr(store, query.resource.table.name)) <= MOST or any(word in PAGING for word, _value in given):
        return
    count = len(find(store, query))
    if count > MOST:
        detail = (
            f"There are {count} rows, and one answer in this format holds at most {MOST}: choose fewer, "
            f"or ask for pages with limit and offset."
        )
        raise RefusedError([Refusal("limit", "", (f"a whole number from 1 to {MOST}",), detail)])


def _choose(store: Store, query: Query, one: Filter, value: str, refusals: list[Refusal]) -> Query:
    if one.codes:
        code = _code(one.name, value, accepted(store, query.resource, one), refusals)
        return replace(query, chosen=(*query.chosen, (one.name, code)))
    chosen, rejected = Selection.from_query(urlencode({one.name: value or UNACCEPTABLE}), store.coverage)
    if rejected:
        refusals.append(refused(one.name, value, rejected[0].allowed))
        return query
    return replace(query, chosen=(*query.chosen, (one.name, getattr(chosen, one.name))))


def _code(word: str, value: str, codes: tuple[str, ...], refusals: list[Refusal]) -> str:
    by_folded = {code.casefold(): code for code in codes}
    found = by_folded.get(value.strip().casefold(), "")
    if not found:
        refusals.append(refused(word, value, codes))
    return found


def _whole(word: str, values: dict[str, str], usual: int, least: int, most: int | None, refusals: list[Refusal]) -> int:
    """Read a whole number written in digits; ``most`` is None where there is no bound."""
    if word not in values:
        return usual
    text = values[word]
    # isdigit alone accepts digits of every script; ten of them are more than any table has rows.
    if (
        text.isascii()
        and text.isdigit()
        and len(text) <= 10
        and least <= int(text)
        and (most is None or int(text) <= most)
    ):
        return int(text)
    bound = f"a whole number from {least} to {most}" if most else f"a whole number, {least} or more"
    refusals.append(refused(word, text, (bound,)))
    return usual


def refused(word: str, value: str, allowed: tuple[str, ...]) -> Refusal:
    """Say that a value is not accepted, and which are."""
    wanted = DESCRIBED[word].format(*allowed) if word in DESCRIBED else ", ".join(allowed)
    detail = f"{word} cannot be “{_shown(value)}”; accepted: {wanted}."
    return Refusal(word, _shown(value), allowed, detail)


def _shown(value: str) -> str:
    """A value as an answer repeats it: short, and without what a terminal or a log would act on."""
    return "".join(sign if sign.isprintable() else "�" for sign in value[:SHOWN_OF_A_VALUE])


def find(store: Store, query: Query) -> pd.DataFrame:
    """All rows that a query chooses, in the order of their table and with its columns."""
    found = getattr(store, query.resource.table.name)
    by_name = {one.name: one for one in query.resource.filters}
    # Cutting rows out costs far more than looking at them, so they are cut out once.
    kept = [by_name[word].keep(found, value) for word, value in query.chosen]
    return found[reduce(and_, kept)] if kept else found


def complete(store: Store, query: Query, found: pd.DataFrame) -> pd.DataFrame:
    """Convert found rows, or some of them, and name their sources; the columns are :attr:`Query.fields`."""
    if query.currency:
        found = _converted(store, found, query.currency)
    if SOURCE_FIELDS[0] in query.resource.fields:
        found = _with_sources(store, found)
    return found[[field.name for field in query.fields]].reset_index(drop=True)


def rows(store: Store, query: Query) -> pd.DataFrame:
    """The page of a query that its offset and limit cut out."""
    return complete(store, query, find(store, query).iloc[query.offset : query.offset + query.limit])


def _converted(store: Store, found: pd.DataFrame, currency: str) -> pd.DataFrame:
    groups = found.groupby(["frequency", "currency"], observed=True, sort=False)
    parts = [convert(group, store.rates, currency) for _key, group in groups]
    joined = pd.concat(parts).loc[found.index] if parts else convert(found, store.rates, currency)
    return joined.assign(rate_currency=currency)


def _with_sources(store: Store, found: pd.DataFrame) -> pd.DataFrame:
    sources = store.sources.set_index("source_id")
    ids = found["source_id"].astype("object")
    return found.assign(
        source_producer=ids.map(sources["producer"]),
        source_table=ids.map(sources["table_number"]),
        source_vintage=ids.map(sources["vintage_date"]),
    )


def sources_of(store: Store, query: Query, found: pd.DataFrame) -> pd.DataFrame:
    """Rows of the sources table behind the rows of a query, those of exchange rates included."""
    if "source_id" not in found:
        return store.sources.iloc[:0]
    ids = [*found["source_id"].dropna().unique(), *_rate_sources(store, query, found)]
    return store.sources[store.sources["source_id"].isin(ids)].reset_index(drop=True)


def _rate_sources(store: Store, query: Query, found: pd.DataFrame) -> list[str]:
    converted = found[found["currency"] != query.currency] if query.currency else found.iloc[:0]
    if converted.empty:
        return []
    rates = store.exchange_rates
    used = rates["currency"].isin({query.currency, *converted["currency"].unique()})
    times = pd.Series(False, index=rates.index)
    for frequency, rows_of_it in converted.groupby("frequency", observed=True):
        times |= (rates["frequency"] == frequency) & rates["period"].isin(rows_of_it["period"].unique())
    return list(rates.loc[used & times, "source_id"].unique())
