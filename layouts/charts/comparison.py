"""Several countries' two-way trade with one partner, a line each."""

from __future__ import annotations

import pandas as pd

from data.queries.comparison import Comparison
from data.queries.records import Record
from layouts.charts.annotations import event_column, event_notes
from layouts.charts.trade import break_lines
from layouts.components.chart import Chart, known
from layouts.components.data_column import DataColumn, constant, period_columns
from layouts.components.metadata import Flows, Metadata, basis_phrase, trade_metadata
from layouts.components.source_line import SourceLine, source_line
from layouts.components.status import legend
from layouts.figures.lines import Line, lines_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.units import Money

# The first line is solid, each further one has dashes of its own, so that colour is never alone.
DASHES = ("solid", "7px,3px", "2px,3px", "10px,3px,2px,3px")


def comparison_chart(view: View, it: Comparison) -> Chart:
    """Draw the countries' trade with the partner on one axis."""
    _, chosen = view.text, view.selection
    lines = _lines(view, it)
    unit = Money.of(it.table[[line.column for line in lines]], chosen.currency)
    first, last = (_.period(p, chosen.frequency) for p in (it.table.index[0], it.table.index[-1]))
    source, statuses = source_line(_, it.origin), _statuses(it)
    return Chart(
        name="compare",
        title=title(view, it),
        subtitle=_(
            "{span}, exports plus imports, {unit}, {basis}; {record}",
            span=_.span(first, last),
            unit=unit.name(_),
            basis=basis_phrase(_, it.origin),
            record=_whose(view, it),
        ),
        source=source,
        summary=finding(view, it),
        figure=lines_figure(
            _,
            view.palette,
            it.table,
            lines,
            unit,
            chosen.frequency,
            events=list(it.happened["date"]),
            breaks=it.broken,
            shaded=None,
            comparing="" if it.one_record else "reporter",
        ),
        columns=lambda: _columns(view, it, unit),
        file_name=chosen.file_name("compare"),
        metadata=_metadata(view, it, lines, source),
        notes=event_notes(view, it.happened),
        remarks=_isolated_remark(view, it),
        breaks=break_lines(_, it.broken),
        legend=legend(_, statuses) if statuses else None,
    )


def title(view: View, it: Comparison) -> str:
    """Name the partner and the countries that are compared."""
    _ = view.text
    return _(
        "Goods trade with {partner}: {countries}",
        partner=countries.partner(_, it.partner),
        countries=_.listing(countries.name(_, country) for country in it.reporters),
    )


def finding(view: View, it: Comparison) -> list[str]:
    """State the newest period of all countries, the largest first."""
    _, chosen, latest = view.text, view.selection, it.latest
    if latest is None:
        return []
    parts = [
        _amount(view, country, latest)
        for country in sorted(it.reporters, key=lambda country: latest[country], reverse=True)
    ]
    return [
        _(
            "Trade with {partner} in {period}: {amounts}.",
            partner=countries.partner(_, it.partner),
            period=_.period(latest.name, chosen.frequency),
            amounts=_.listing(parts),
        )
    ]


def _amount(view: View, country: str, latest: pd.Series) -> str:
    _ = view.text
    amount, growth = _.money(latest[country], view.selection.currency), latest[f"{country}_growth"]
    name = countries.name(_, country)
    if not known(growth):
        return _("{country} {amount}", country=name, amount=amount)
    return _("{country} {amount} ({growth})", country=name, amount=amount, growth=_.signed_percent(growth))


def _whose(view: View, it: Comparison) -> str:
    _ = view.text
    if it.one_record:
        return _("all as {reporter} reports it", reporter=countries.subject(_, it.partner))
    return _("each as the country itself reports it")


def _lines(view: View, it: Comparison) -> list[Line]:
    _ = view.text
    return [
        Line(
            country,
            countries.short(_, country),
            _(
                "{possessive} trade with {partner}",
                possessive=countries.possessive(_, country),
                partner=countries.partner(_, it.partner),
            ),
            view.colour(country),
            Record(reporter, it.partner if reporter == country else country, view.selection.currency),
            DASHES[place % len(DASHES)],
            isolated=country in it.isolated,
        )
        for place, (country, reporter) in enumerate(it.reporters.items())
    ]


def _isolated_remark(view: View, it: Comparison) -> list[str]:
    _ = view.text
    if not it.isolated:
        return []
    return [_("One record has single years only; they are drawn as points and not joined.")]


def _statuses(it: Comparison) -> list[str]:
    """Codes that need a symbol among the values."""
    found = [code for one in it.reporters for code in it.table[f"{one}_status"].dropna().unique()]
    found += ["worked_out" for one in it.reporters if (it.table[f"{one}_derivation"] == "worked_out").any()]
    found += ["missing"] if it.table[list(it.reporters)].isna().any(axis=None) else []
    return [code for code in dict.fromkeys(found) if code != "final"]


def _metadata(view: View, it: Comparison, lines: list[Line], source: SourceLine) -> Metadata:
    _ = view.text
    shown = Flows(
        [line.record for line in lines],
        statuses=["final", *_statuses(it)],
        rate=_("Where a record is in another currency, each period is converted at its own average rate."),
        definition=_("Two-way trade is exports plus imports, unknown where either is."),
    )
    return trade_metadata(view, shown, source)


def _columns(view: View, it: Comparison, unit: Money) -> list[DataColumn]:
    """A column of values a country, with whose record it is."""
    _ = view.text
    table = it.table.dropna(how="all", subset=list(it.reporters))
    made: list[DataColumn] = []
    for country, reporter in it.reporters.items():
        code, name = country.lower(), countries.name(_, country)
        made += [
            DataColumn(
                f"two_way_{code}",
                _("{name}, {unit}", name=name, unit=unit.header(_)),
                list(table[country]),
                show=lambda value: unit.cell(_, value),
                unit=unit.header(_),
                statuses=list(table[f"{country}_status"]),
                derivations=list(table[f"{country}_derivation"]),
                sources=list(table[f"{country}_source"]),
            ),
            DataColumn(
                f"growth_{code}_pct",
                _("{name}, year-over-year change, per cent", name=name),
                list(table[f"{country}_growth"]),
                show=lambda value: _.signed(value, 1),
                unit=_("per cent"),
                statuses=list(table[f"{country}_growth_status"]),
            ),
            constant(f"reporter_{code}", _("country whose record it is"), reporter, len(table)),
        ]
    return [
        *period_columns(_, table.index, view.selection.frequency),
        constant("partner", _("the country it trades with"), it.partner, len(table)),
        *made,
        *event_column(view, it.happened, table.index),
        constant("unit", _("what the values count"), unit.code, len(table)),
    ]
