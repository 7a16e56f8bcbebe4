"""What the IEEPA tariff weighed on all imports, by month: an estimate of ours, with its arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import pandas as pd

from data.queries.duty_estimate import DutyEstimate
from data.queries.effective_rate import paying
from data.queries.records import Record
from data.schema.fields import INTEGER
from layouts.charts.usmca_share import file_name, halves, jump_words, month_columns, span_of
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, constant
from layouts.components.metadata import sources_metadata
from layouts.components.source_line import source_line
from layouts.figures.lines import Line, lines_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import Percent


def estimate_chart(view: View, it: DutyEstimate) -> Chart:
    """The rate of the IEEPA tariff, and what it weighed on all imports by an estimate of ours."""
    _, palette, table, partner = view.text, view.palette, it.table, it.partner
    record = Record(it.importer, partner, it.currency)
    paper, most = _("Rate"), _("Estimate")
    whole = _("Estimate, of all imports")
    drawn = [
        Line("rate", paper, _("General rate, averaged over the days"), palette.muted, record, "7px,3px", steps=True),
        Line("estimate_before", most, whole, view.colour(partner), record),
        Line("estimate_after", most, whole, view.colour(partner), record),
    ]
    source = source_line(_, it.origin)
    return Chart(
        name="border-duty-bound",
        title=_(
            "IEEPA tariff on {goods}: its rate, and its cost on all imports by our estimate",
            goods=countries.goods(_, partner),
        ),
        subtitle=_(
            "{span}, per cent of the value of imports, by month; our estimate, no official figure",
            span=span_of(_, table.index),
        ),
        source=source,
        summary=[estimate_finding(view, table)],
        figure=lines_figure(
            _, palette, table.join(halves(table, ["estimate"], it.jump)), drawn, Percent(), "M", shaded=None, height=380
        ),
        columns=lambda: _columns(view, it),
        file_name=file_name("border-duty-bound", partner, table.index),
        metadata=sources_metadata(
            view,
            source,
            _("An estimate of ours, not a duty collected"),
            formula(_),
            [computation(view, it, month) for month in table.index],
        ),
        remarks=[estimate_finding(view, table), formula(_), *assumptions(view, it), jump_words(_)],
    )


def estimate_finding(view: View, table: pd.DataFrame) -> str:
    """State the estimate for the last full month beside the rate."""
    _ = view.text
    full = table[table["days_charged"] == table["days"]].iloc[-1]
    return _(
        "In {month} the general rate was {rate}. With {share} of the goods entered with a claim, and so free of it, "
        "the IEEPA tariff came to about {estimate} of all imports by our estimate.",
        month=_.date(full.name, "month"),
        rate=_.percent(full["rate"], 0),
        share=_.percent(full["share"]),
        estimate=_.percent(full["estimate"]),
    )


def formula(_: Text) -> str:
    """The estimate in words."""
    return _(
        "Monthly estimate: the rate times the share of all imports that it applies to and that carry no USMCA claim, "
        "averaged over the days of the month. Until 6 March 2025 claims gave no relief, so all goods count."
    )


def assumptions(view: View, it: DutyEstimate) -> list[str]:
    """What the estimate takes for granted, and in which direction that errs."""
    _ = view.text
    apart = [
        _(
            "HS chapter {chapters} stands for the goods of the lower rate: {goods}.",
            chapters=_.verbatim(chapters),
            goods=_.data(goods),
        )
        for chapters, goods in it.lower.items()
    ]
    return [
        *apart,
        _("Potash paid 10 per cent in place of the general rate; here it counts at the general rate."),
        _(
            "Imports are taken to be spread evenly over the month. Goods under sector duties often did not pay the "
            "IEEPA tariff on top, which makes the estimate too high; claims refused later, which are not counted, make "
            "it too low, and imports may have crowded into the days before a rate. The sector duties themselves are "
            "not counted."
        ),
    ]


def computation(view: View, it: DutyEstimate, month: pd.Timestamp) -> str:
    """The estimate for a month as a computation: each run of days at one rate, over the days of the month."""
    _ = view.text
    row = it.table.loc[month]
    terms = [
        _(
            "{days} × {rate} × {part}",
            days=_.number(run.days),
            rate=_.percent(run.rate, 0),
            part=_.percent(paying(group, run), 2),
        )
        for group in it.groups[month]
        for run in group.runs
        if run.rate
    ]
    # Translators: adds one more term to those already written.
    total = reduce(lambda said, more: _("{said} + {more}", said=said, more=more), terms)
    return _(
        "{month}: ({terms}) / {days} days = {estimate}",
        month=_.month(month),
        terms=total,
        days=_.number(row["days"]),
        estimate=_.percent(row["estimate"], 2),
    )


def _columns(view: View, it: DutyEstimate) -> list[DataColumn]:
    _, table, unit = view.text, it.table, Percent().header(view.text)

    def days(name: str, header: str, column: str) -> DataColumn:
        return DataColumn(name, header, list(table[column]), INTEGER, _.number, unit=_("days"))

    def shown_to(decimals: int) -> Callable[[float], str]:
        return lambda value: _.number(value, decimals)

    rate, share, estimate = (list(table[column]) for column in ("rate", "share", "estimate"))
    return [
        *month_columns(_, table.index),
        days("days_charged", _("Days charged"), "days_charged"),
        days("days_without_relief", _("Of these, days without relief for claims"), "days_without_relief"),
        DataColumn("rate_pct", _("General rate, average of all days, per cent"), rate, show=shown_to(1), unit=unit),
        DataColumn(
            "share_pct",
            _("Share with a claim, per cent"),
            share,
            show=shown_to(1),
            unit=unit,
            sources=list(it.share_sources),
        ),
        DataColumn("estimate_pct", _("Estimate, per cent of imports"), estimate, show=shown_to(2), unit=unit),
        # The whole chart says that it is an estimate; no sign repeats it beside each value on the page.
        constant("estimate_pct_derivation", _("published, or how it was worked out"), "worked_out", len(table)),
    ]
