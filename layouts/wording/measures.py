"""Measures in words: their names, definitions, units, computations, and why one cannot be shown."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import html

from data.queries.measures import Measured
from data.selection import Selection
from layouts.components.metadata import flow_name
from layouts.view import View
from layouts.wording import countries, rounding
from layouts.wording.text import Text
from layouts.wording.units import Index, Money, Percent, Unit

# Where exports and imports add up, so that their total and their distance mean something.
ADDITIVE = ("value", "constant", "gdp", "rolling")


def measure_name(_: Text, code: str) -> str:
    """Name a measure in a list of choices."""
    return {
        "value": _("Value"),
        "growth": _("Growth"),
        "index": _("Index"),
        "share": _("Share"),
        "gdp": _("% of GDP"),
        "constant": _("Constant prices"),
        "compound": _("Compound growth"),
        "rolling": _("12-month sum"),
    }[code]


def described(_: Text, chosen: Selection, base: int | None) -> str:
    """Name a measure with what it is measured against, as a subtitle says it."""
    reporter = countries.origin(_, chosen.as_reported().reporter)
    return {
        "value": _("value"),
        "growth": _("change on the same period a year earlier"),
        "index": _("index of value"),
        "share": _("shares of exports, imports and two-way trade of {country} with all countries", country=reporter),
        "gdp": _("value relative to GDP of {country}", country=reporter),
        "constant": _("value"),
        "compound": _("compound annual growth since {year}", year=base or ""),
        "rolling": _("sum of the last twelve months"),
    }[chosen.measure]


def definition(_: Text, chosen: Selection, base: int | None) -> str:
    """Define a measure in a sentence or two."""
    return {
        "value": _("Value of goods in the period, as recorded, at the prices of the day."),
        "growth": _(
            "Year-over-year change, per cent. Withheld where the two values come from records that do not compare."
        ),
        "index": _(
            "Value divided by that of the base year, times 100. By month or quarter the base is the mean of that year."
        ),
        "share": _(
            "Exports to the partner as per cent of exports to all countries; imports likewise, and the two together as "
            "per cent of two-way trade with all. They come from one source and one vintage, which can differ from the "
            "values shown elsewhere."
        ),
        "gdp": _(
            "Value in current US dollars as per cent of the reporter’s gross domestic product in current US dollars. "
            "Trade is turnover and GDP is value added, so the ratio measures size and is no share."
        ),
        "constant": _(
            "Value divided by the level of consumer prices in the country of the currency, relative to the base year. "
            "Consumer prices are not the prices of traded goods: this shows purchasing power, not volume."
        ),
        "compound": _(
            "The constant annual growth that leads from the first chosen year to each later one: "
            "(value / first value) to the power of 1 / years, less one."
        ),
        "rolling": _("Sum of twelve months up to and with each month, which takes the seasons out without estimating."),
    }[chosen.measure]


def unit_of(measured: Measured, chosen: Selection, columns: Sequence[str]) -> Unit:
    """Unit of a measure: of its axis, labels, hover, table and picture alike."""
    if chosen.measure == "index":
        return Index(measured.base or 0)
    if chosen.measure in ("growth", "compound"):
        return Percent(signed=True)
    if chosen.measure == "gdp":
        return Percent(decimals=telling_decimals(measured.table[list(columns)]))
    if chosen.measure == "share":
        return Percent()
    prices = measured.base if chosen.measure == "constant" else None
    return Money.of(measured.table[list(columns)], chosen.currency, prices)


MOST_DECIMALS = 3


def telling_decimals(values: pd.DataFrame) -> int:
    """Fewest decimals with which no two values that follow each other are written alike: three at most."""
    # Values of several per cent are told apart by hundredths well enough.
    most = MOST_DECIMALS if values.abs().max(axis=None) < 10 else MOST_DECIMALS - 1
    return next((places for places in range(1, most) if not _alike(values, places)), most)


def _alike(values: pd.DataFrame, places: int) -> bool:
    return bool((values.round(places).diff() == 0).any(axis=None))


def share_of(_: Text, chosen: Selection, column: str) -> str:
    """Name what a share is of: the partner records as imports what the country calls its exports."""
    whose = countries.possessive(_, chosen.as_reported().reporter)
    recorded = column if column == "total" else _as_recorded(chosen, column)
    return {
        "export": _("{possessive} exports to all countries", possessive=whose),
        "import": _("{possessive} imports from all countries", possessive=whose),
        "total": _("{possessive} two-way trade with all countries", possessive=whose),
    }[recorded]


def computation(view: View, measured: Measured, unit: Unit) -> list[str]:
    """Compute the newest value out loud: ``Exports, 2025: 8,894.9 / 8,661.7 − 1 = +2.7%``."""
    _, chosen = view.text, view.selection
    example = measured.example()
    if example is None:
        return _sums(view, measured)
    parts = [_.number(operand, 1) for operand in example.operands]
    formula = {
        "growth": _("{0} / {1} − 1 = {2}"),
        "index": _("{0} / {1} × 100 = {2}"),
        "share": _("{0} / {1} = {2}"),
        "gdp": _("{0} / {1} = {2}"),
        "constant": _("{0} / {1} × 100 = {2}"),
        "compound": _("({0} / {1}) ^ (1 / {2}) − 1 = {3}"),
    }[chosen.measure]
    if chosen.measure == "compound":
        parts[2] = _.number(example.operands[2])
    if chosen.measure == "constant":
        # So many digits that a reader who divides arrives at the value shown.
        parts[1] = _.number(example.operands[1], 4)
    result = unit.cell(_, example.result) if chosen.measure == "constant" else unit.full(_, example.result)
    return [
        _(
            "{flow}, {period}: {computation}",
            flow=flow_name(_, _as_recorded(chosen, example.flow)),
            period=_.period(example.period, chosen.frequency),
            computation=formula.format(*parts, result),
        )
    ]


def _as_recorded(chosen: Selection, flow: str) -> str:
    """A flow as the shown record names it: the partner records as imports what the country calls its exports."""
    if chosen.reported != "partner":
        return flow
    return "import" if flow == "export" else "export"


def _sums(view: View, measured: Measured) -> list[str]:
    """Compute the newest total and balance out loud: ``8,661.7 + 47,487.0 = 56,148.7``."""
    _, chosen = view.text, view.selection
    known = measured.table.dropna(subset=["total"])
    if known.empty:
        return []
    row, period = known.iloc[-1], _.period(known.index[-1], chosen.frequency)
    exports, imports = _.number(row["export"], 1), _.number(row["import"], 1)
    total, balance = _.number(row["total"], 1), _.number(row["export"] - row["import"], 1)
    unit = _("million {currency}", currency=_.currency(chosen.currency))
    written = [
        (row["export"], row["import"], row["total"]),
        (row["export"], -row["import"], row["export"] - row["import"]),
    ]
    return [
        _(
            "Two-way trade, {period}: {exports} + {imports} = {total} ({unit})",
            period=period,
            exports=exports,
            imports=imports,
            total=total,
            unit=unit,
        ),
        _(
            "Balance, {period}: {exports} − {imports} = {balance} ({unit})",
            period=period,
            exports=exports,
            imports=imports,
            balance=balance,
            unit=unit,
        ),
        *([rounding.note(_)] if rounding.numbers_part(written, 1) else []),
    ]


def definition_note(view: View, measured: Measured) -> html.Details:
    """Fold the definition of the chosen measure under its name."""
    _ = view.text
    summary = _("What is meant by “{measure}”?", measure=measure_name(_, view.selection.measure))
    return html.Details(
        [html.Summary(summary), html.P(definition(_, view.selection, measured.base))], className="note definition"
    )


def reason(_: Text, chosen: Selection, why: str) -> str:
    """Say why a measure cannot be computed for a choice."""
    reporter = chosen.as_reported().reporter
    return {
        "needs_years": _("This measure is made of whole years; parts of years are chosen."),
        "needs_months": _("A twelve-month sum is made of months; longer periods are chosen."),
        "no_total": _(
            "No data on the trade of {country} with the world, so its share is unknown.",
            country=countries.subject(_, reporter),
        ),
        "no_gdp": _("No GDP data for {country}.", country=countries.origin(_, reporter)),
        "no_prices": _no_prices(_, chosen),
        "no_base": _(
            "The base year {year} is not wholly on record for this choice.",
            year=chosen.base or chosen.years[0],
        ),
        "mixed_sources": _(
            "The other years come from records that do not compare with that of the base year: "
            "one of the two is a press report."
        ),
        "no_values": _("Nothing is on record for these years that this measure could be made of."),
    }[why]


def bounds(_: Text, chosen: Selection, measured: Measured, held: tuple[pd.Timestamp, pd.Timestamp]) -> list[str]:
    """Say where a measure begins or ends within the values that are held, and what it lacks beyond.

    Args:
        _: language.
        chosen: the choice whose measure it is.
        measured: the measure.
        held: first and last period of the values in the chosen years.
    """
    lacking = {
        "share": _("trade with all countries"),
        "gdp": _("GDP"),
        "constant": _("consumer prices"),
    }.get(chosen.measure)
    if lacking is None:
        return []
    first, last = (_.period(measured.table.index[place], chosen.frequency) for place in (0, -1))
    said = []
    if measured.table.index[0] > held[0]:
        said.append(_("Begins in {period}: no data on {what} before that.", period=first, what=lacking))
    if measured.table.index[-1] < held[1]:
        said.append(_("Ends in {period}: no data on {what} after that.", period=last, what=lacking))
    return said


def _no_prices(_: Text, chosen: Selection) -> str:
    country = chosen.coverage.country_of(chosen.currency)
    if country is None:
        return _("No consumer price data for {currency}.", currency=_.currency(chosen.currency))
    return _(
        "Consumer prices of {country}: annual data only.",
        country=countries.origin(_, country),
    )
