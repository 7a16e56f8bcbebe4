"""What the charts of the Products page say in common: names, flows, units, sources and metadata."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import pandas as pd
from dash import dcc

from data.queries import products
from data.queries.products import Facts
from data.queries.records import Record
from data.schema.columns import RATE_CURRENCY
from layouts.components.metadata import Flows, Metadata, trade_metadata
from layouts.components.source_line import SourceLine
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import Money

# Section and name of each product by code, as :func:`data.queries.products.names` gives them.
Names: TypeAlias = pd.DataFrame


def code_name(_: Text, code: str) -> str:
    """Write a code as readers know it: XVII, 87, 98–99."""
    return _.verbatim(code.replace("-", "–"))


def product_name(_: Text, names: Names, code: str) -> str:
    """Name of a section or chapter."""
    return _.data(names.at[code, "name_en"])


def full_name(_: Text, names: Names, code: str) -> str:
    """Name of a section or chapter after its code: ``87 · Vehicles other than railway, and their parts``."""
    return _("{code} · {name}", code=code_name(_, code), name=product_name(_, names, code))


def name_lines(_: Text, names: Names, code: str, length: int, brief: bool = False) -> list[str]:
    """Cut the name after its code into lines of so many letters.

    A brief name ends at its first comma or semicolon, for an area with little room; the pointer tells the whole.
    """
    name, written = product_name(_, names, code), code_name(_, code)
    first = re.split("[,;]", name)[0] if brief else name
    whole = first if first == name else _("{name} …", name=first)
    lines = textwrap.wrap(
        whole, length, initial_indent="·" * (len(written) + 3), break_long_words=False, break_on_hyphens=False
    )
    return [_("{code} · {name}", code=written, name=lines[0].lstrip("·")), *lines[1:]]


def heading(_: Text, names: Names, code: str, length: int) -> str:
    """The first of these lines: a heading is left out where it is wider than its area, as on a phone."""
    first, *more = name_lines(_, names, code, length, brief=True)
    return _("{name} …", name=first) if more else first


def subject(_: Text, names: Names, code: str) -> str:
    """A product as the subject of a title or sentence."""
    words = {"code": code_name(_, code), "name": product_name(_, names, code)}
    section = names.at[code, "section"] == ""
    return _("Section {code}, {name}", **words) if section else _("Chapter {code}, {name}", **words)


def flow_words(view: View) -> str:
    """The chosen flow between the chosen countries, as a title needs it."""
    _, chosen = view.text, view.selection
    owner = countries.possessive(_, chosen.reporter)
    if chosen.flow == "export":
        return _("{possessive} exports to {partner}", possessive=owner, partner=countries.partner(_, chosen.partner))
    return _("{possessive} imports from {partner}", possessive=owner, partner=countries.origin(_, chosen.partner))


def flow_colour(view: View) -> str:
    """Colour of the country the goods come from."""
    return view.colour(products.exporter(view.selection))


def drill(view: View, code: str) -> str:
    """Query of the address that shows a product; never empty, so that a click can follow it."""
    return replace(view.choice, product=code).to_query() or "?"


def link(view: View, names: Names, code: str) -> dcc.Link:
    """A product's name in a table, leading to it."""
    return dcc.Link(full_name(view.text, names, code), href=drill(view, code))


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


def record(view: View, facts: Facts, partner: str = "") -> Record:
    """Whose record a series of products is."""
    return Record(facts.reporter, partner or facts.partner, view.selection.currency)


def metadata(
    view: View,
    facts: Facts,
    line: SourceLine,
    statuses: Sequence[str],
    partners: Sequence[str] = (),
    definition: str = "",
    computations: Sequence[str] = (),
) -> Metadata:
    """Metadata of figures of products: always a US record."""
    _, chosen = view.text, view.selection
    recorded = _("Currency of record; nothing is converted.")
    converted = _(
        "Recorded in {currency}; converted at the average rate of each period.", currency=_.currency(RATE_CURRENCY)
    )
    shown = Flows(
        [record(view, facts, partner) for partner in (partners or (facts.partner,))],
        (facts.flow,),
        computations=computations,
        statuses=statuses,
        rate=recorded if chosen.currency == RATE_CURRENCY else converted,
        definition=definition,
    )
    return trade_metadata(view, shown, line)


def file_name(view: View, facts: Facts, chart: str, year: int | None = None, monthly: bool = False) -> str:
    """Name of a file taken away: what is shown, of which flow and product, in which year."""
    chosen = view.selection
    what = "-".join([chart, chosen.flow, *([chosen.product.lower()] if chosen.product else [])])
    first, last = facts.years
    shown = (max(chosen.years[0], first), min(chosen.years[1], last)) if monthly else (first, last)
    asked = replace(
        chosen,
        freq="monthly" if monthly else "annual",
        measure="value",
        reported="country",
        years=(year, year) if year else shown,
    )
    return asked.file_name(what)
