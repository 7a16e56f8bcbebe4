"""Imports with a USMCA claim by month, and what the charts of the Burden page have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data.queries.records import Record
from data.queries.usmca import ClaimShares
from layouts.charts.annotations import event_notes
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, constant, period_columns
from layouts.components.metadata import Metadata, sources_metadata
from layouts.components.source_line import SourceLine, source_line
from layouts.figures.lines import Line, lines_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import MILLIONS, Money, Percent


def halves(table: pd.DataFrame, columns: Sequence[str], jump: pd.Timestamp) -> pd.DataFrame:
    """Split columns at the jump of the record, so that no line runs over it: ``<column>_before``, ``_after``."""
    before = table.index < jump
    found = {}
    for column in columns:
        found[f"{column}_before"] = table[column].where(before)
        found[f"{column}_after"] = table[column].where(~before)
    return pd.DataFrame(found)


def jump_words(_: Text) -> str:
    """Say what happened to the record in July 2025, wherever months on both sides of it are shown."""
    return _(
        "From June to July 2025 the shares jump in nearly all chapters and for both countries at once, though no rate "
        "changed. Importers may have begun to claim, or claims may be counted differently; the record does not say. "
        "The two sides of the jump are not joined and should not be compared."
    )


def record_words(_: Text) -> str:
    """Say how far the record of claims can be trusted."""
    return _(
        "The record does not state its basis; its totals of 2025 lie 0.4 per cent (Canada) and 0.7 per cent (Mexico) "
        "below those of the Census Bureau."
    )


def span_of(_: Text, months: pd.DatetimeIndex) -> str:
    """Name the first and the last month."""
    return _.span(_.month(months[0]), _.month(months[-1]))


def file_name(chart: str, partner: str, months: pd.DatetimeIndex) -> str:
    """Name of a file taken away; years and currency of the selection do not concern these charts."""
    return f"{chart}_usa-{partner}_{months[0]:%Y-%m}--{months[-1]:%Y-%m}".lower()


def claims_metadata(view: View, source: SourceLine, computations: Sequence[str] = ()) -> Metadata:
    """Metadata of shares of the record of claims.

    The conventions of the usual US records are not stated here, because this one does not say that they are its own.
    """
    _ = view.text
    what = _(
        "US imports entered with a claim under the USMCA, over all US imports from the country, in US dollars; "
        "record of the United States, basis not stated"
    )
    definition = _(
        "Share: value of the goods entered with a claim, over the value of all goods of the month; not seasonally "
        "adjusted, current prices. The copy does not say whether general imports or imports for consumption are "
        "counted; the customs value of imports for consumption is likely."
    )
    return sources_metadata(view, source, what, definition, computations)


def share_finding(view: View, table: pd.DataFrame) -> str:
    """State the shares of the first and the newest month."""
    _ = view.text
    first, last = table.index[0], table.index[-1]
    of_country = [
        _(
            "{goods} {first} and {last}",
            goods=countries.goods(_, partner),
            first=_.percent(table.at[first, partner]),
            last=_.percent(table.at[last, partner]),
        )
        for partner in view.coverage.claims.partners
    ]
    return _(
        "Entered with a claim in {first} and in {last}: {shares}.",
        first=_.date(first, "month"),
        last=_.date(last, "month"),
        shares=_.listing(of_country),
    )


def share_chart(view: View, it: ClaimShares) -> Chart:
    """Share of imports with a USMCA claim by month, from either country, with the days of the IEEPA tariff."""
    _, palette = view.text, view.palette
    names = {p: _("{goods} with a claim", goods=countries.goods_start(_, p)) for p in it.partners}
    drawn = [
        Line(
            f"{p}_{side}",
            countries.short(_, p),
            names[p],
            view.colour(p),
            Record(it.importer, p, it.currency),
            "7px,3px" if place else "solid",
        )
        for side in ("before", "after")
        for place, p in enumerate(it.partners)
    ]
    source = source_line(_, it.origin)
    return Chart(
        name="usmca-share",
        title=_("US imports entered with a claim under the USMCA, by country of origin"),
        subtitle=_("{span}, per cent of the value of imports, by month", span=span_of(_, it.table.index)),
        source=source,
        summary=[share_finding(view, it.table)],
        figure=lines_figure(
            _,
            palette,
            halves(it.table, it.partners, it.jump),
            drawn,
            Percent(),
            "M",
            events=list(it.happened["date"]),
            shaded=None,
            height=400,
        ),
        columns=lambda: _share_columns(view, it),
        file_name=file_name("usmca-share", "-".join(it.partners), it.table.index),
        metadata=claims_metadata(view, source, _share_sums(view, it)),
        notes=event_notes(view, it.happened),
        remarks=[share_finding(view, it.table), jump_words(_), record_words(_)],
    )


def _share_sums(view: View, it: ClaimShares) -> list[str]:
    """The newest share of each country as a computation."""
    _, last = view.text, it.table.iloc[-1]
    return [
        _(
            "{country}, {month}: {claimed} / {all} = {share}",
            country=countries.name(_, p),
            month=_.month(it.table.index[-1]),
            claimed=_.number(last[f"{p}_usmca"], 1),
            all=_.number(last[f"{p}_value"], 1),
            share=_.percent(last[p]),
        )
        for p in it.partners
    ]


def month_columns(_: Text, months: pd.DatetimeIndex) -> list[DataColumn]:
    """The first column of months, and for files that they are months."""
    period, frequency = period_columns(_, list(months), "M")
    return [replace(period, header=_("Month")), frequency]


def _share_columns(view: View, it: ClaimShares) -> list[DataColumn]:
    """Imports, those of them with a claim, and the share, country by country, from one row of the source each."""
    _, unit = view.text, Money(it.currency, MILLIONS)
    made = month_columns(_, it.table.index)
    for p in it.partners:
        words = {"country": countries.origin(_, p), "unit": unit.header(_)}
        for name, column, header, counted in (
            ("imports", f"{p}_value", _("Imports from {country}, {unit}", **words), unit.header(_)),
            ("claimed", f"{p}_usmca", _("With a claim, from {country}, {unit}", **words), unit.header(_)),
            ("share_pct", p, _("Share, {country}, per cent", country=words["country"]), Percent().header(_)),
        ):
            made.append(
                DataColumn(
                    f"{p.lower()}_{name}",
                    header,
                    list(it.table[column]),
                    show=lambda value: _.number(value, 1),
                    unit=counted,
                    sources=list(it.sources[p]),
                )
            )
    return [*made, constant("unit", _("what the values count"), unit.code, len(it.table))]
