"""What the charts of the Products page say in common: names, flows, units, sources and passports."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from dash import dcc

from data.queries import products, status
from data.queries.origin import origin
from data.queries.records import Record
from data.selection import SECTIONS, Selection
from data.store import Store
from layouts.components.metadata import Flows, Passport, trade_passport
from layouts.components.source_line import SourceLine, source_line
from layouts.components.status import first_releases as releases
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import Money

PATH = "/products"


def code_name(_: Text, code: str) -> str:
    """Write a code as readers know it: XVII, 87, 98–99."""
    return _.verbatim(code.replace("-", "–"))


def product_name(view: View, store: Store, code: str) -> str:
    """Name of a section or chapter."""
    return view.text.data(products.names(store).at[code, "name_en"])


def full_name(view: View, store: Store, code: str) -> str:
    """Name of a section or chapter after its code: ``87 · Vehicles other than railway, and their parts``."""
    _ = view.text
    return _("{code} · {name}", code=code_name(_, code), name=product_name(view, store, code))


def name_lines(view: View, store: Store, code: str, length: int, brief: bool = False) -> list[str]:
    """Cut the name after its code into lines of so many letters.

    A brief name ends at its first comma or semicolon, for an area with little room; the pointer tells the whole.
    """
    _, name, written = view.text, product_name(view, store, code), code_name(view.text, code)
    first = re.split("[,;]", name)[0] if brief else name
    whole = first if first == name else _("{name} …", name=first)
    lines = textwrap.wrap(
        whole, length, initial_indent="·" * (len(written) + 3), break_long_words=False, break_on_hyphens=False
    )
    return [_("{code} · {name}", code=written, name=lines[0].lstrip("·")), *lines[1:]]


def heading(view: View, store: Store, code: str, length: int) -> str:
    """The first of these lines: a heading is left out where it is wider than its area, as on a phone."""
    first, *more = name_lines(view, store, code, length, brief=True)
    return view.text("{name} …", name=first) if more else first


def subject(view: View, store: Store, code: str) -> str:
    """A product as the subject of a title or sentence."""
    _ = view.text
    words = {"code": code_name(_, code), "name": product_name(view, store, code)}
    return _("Section {code}, {name}", **words) if code in SECTIONS else _("Chapter {code}, {name}", **words)


def flow_words(view: View) -> str:
    """The chosen flow between the chosen countries, as a title needs it."""
    _, chosen = view.text, view.selection
    owner = countries.possessive(_, chosen.reporter)
    if chosen.flow == "export":
        return _("{possessive} exports to {partner}", possessive=owner, partner=countries.partner(_, chosen.partner))
    return _("{possessive} imports from {partner}", possessive=owner, partner=countries.origin(_, chosen.partner))


def recorder(_: Text) -> str:
    """The country whose record all of it is."""
    return countries.subject(_, products.REPORTER)


def flow_colour(view: View) -> str:
    """Colour of the country the goods come from."""
    return view.palette.country(products.exporter(view.selection))


def drill(view: View, code: str) -> str:
    """Query of the address that shows a product; never empty, so that a click can follow it."""
    return replace(view.selection, product=code).to_query() or "?"


def link(view: View, store: Store, code: str) -> dcc.Link | str:
    """A product's name in a table, leading to it."""
    return dcc.Link(full_name(view, store, code), href=drill(view, code))


def change(_: Text, growth: float) -> str:
    """Write a change in per cent, without decimals where it is large."""
    return _.signed_percent(growth, 0 if abs(growth) >= 1000 else 1)


def amount(_: Text, million: float, unit: Money, signed: bool = False) -> str:
    """Write an amount in the unit of its column, with a decimal more where it would round to nothing."""
    value = million / unit.divisor
    decimals = unit.scale.decimals + (1 if 0 < abs(value) < 0.95 else 0)
    return _.signed(value, decimals) if signed else _.number(value, decimals)


def hover(title: str, lines: Sequence[str]) -> str:
    """What is said under the pointer; a dollar sign is written so that two of them are no formula."""
    return "<br>".join([f"<b>{title}</b>", *lines]).replace("$", "&#36;")


def source(view: View, store: Store, monthly: bool = False, converted: bool = True) -> SourceLine:
    """Source line of products, with the rates that converted them."""
    used = products.MONTHLY_SOURCE if monthly else products.SOURCE
    rates = products.rate_sources(store, view.selection.currency, "M" if monthly else "A") if converted else []
    return source_line(view.text, origin(store, [used], rates))


def record(selection: Selection, partner: str = "") -> Record:
    """Whose record a series of products is."""
    return Record(products.REPORTER, partner or products.partner_of(selection), selection.currency)


def passport(
    view: View,
    store: Store,
    line: SourceLine,
    partners: Sequence[str] = (),
    definition: str = "",
    computations: Sequence[str] = (),
    missing: bool = False,
    years: Sequence[int] | None = None,
) -> Passport:
    """Passport of figures of products, of all years or of some: always a US record."""
    _, chosen = view.text, view.selection
    records = [record(chosen, partner) for partner in (partners or (products.partner_of(chosen),))]
    recorded = _("Currency of record; nothing is converted.")
    converted = _("Recorded in {currency}; converted at the average rate of each period.", currency=_.currency("USD"))
    shown = Flows(
        records,
        (products.us_flow(chosen),),
        computations=computations,
        statuses=[*status.of_years(store, products.SOURCE, years), *(["missing"] if missing else [])],
        rate=recorded if chosen.currency == "USD" else converted,
        definition=definition,
    )
    return trade_passport(view, shown, line)


def first_releases(view: View, store: Store, *years: int | None) -> list[str]:
    """Say which of the years shown, or of all years, are preliminary."""
    shown = [year for year in years if year] or None
    return releases(view.text, status.preliminary(store, products.SOURCE, shown))


def statuses(store: Store, table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """A table by year with a ``<column>_status`` beside each column, so that what is not final is drawn hollow."""
    known = status.by_year(store, products.SOURCE).reindex(table.index.year).set_axis(table.index)
    return table.assign(**{f"{column}_status": known for column in columns})


def file_name(view: View, chart: str, year: int | None = None, monthly: bool = False) -> str:
    """Name of a file taken away: what is shown, of which flow and product, in which year."""
    chosen = view.selection
    what = "-".join([chart, chosen.flow, *([chosen.product.lower()] if chosen.product else [])])
    first, last = products.YEARS
    shown = (max(chosen.years[0], first), min(chosen.years[1], last)) if monthly else (first, last)
    asked = replace(
        chosen,
        freq="monthly" if monthly else "annual",
        measure="value",
        reported="country",
        years=(year, year) if year else shown,
    )
    return asked.file_name(what)
