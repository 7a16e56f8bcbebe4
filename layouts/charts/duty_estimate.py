"""What the border duty weighed on all imports, by month: an estimate of ours, with its arithmetic."""

from __future__ import annotations

from functools import reduce

import pandas as pd

from data.queries import effective_rate
from data.queries.origin import origin
from data.queries.records import Record
from data.store import Store
from layouts.charts.usmca_share import PATH, file_name, halves, jump_words, span_of
from layouts.components.chart import Chart
from layouts.components.metadata import sources_passport
from layouts.components.source_line import source_line
from layouts.components.table import Column
from layouts.figures.lines import Line, lines_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import Percent


def estimate_chart(view: View, store: Store, partner: str) -> Chart:
    """The rate of the border duty, and what it weighed on all imports by an estimate of ours."""
    _, palette = view.text, view.palette
    table = effective_rate.estimate(store, partner)
    record = Record(effective_rate.IMPORTER, partner, "USD")
    paper, most = _("Rate"), _("Estimate")
    whole = _("Estimate, of all imports")
    drawn = [
        Line("rate", paper, _("General rate, average of the days"), palette.muted, record, "7px,3px", steps=True),
        Line("estimate_before", most, whole, palette.country(partner), record),
        Line("estimate_after", most, whole, palette.country(partner), record),
    ]
    source = source_line(_, origin(store, _sources(store, partner)))
    return Chart(
        name="border-duty-bound",
        title=_(
            "Border duty on goods of {country}: its rate, and what it weighed on all imports by our estimate",
            country=countries.origin(_, partner),
        ),
        subtitle=_(
            "{span}, per cent of the value of imports, by month; our estimate, no official figure",
            span=span_of(_, table.index),
        ),
        source=source,
        summary=[estimate_finding(view, table)],
        figure=lines_figure(
            _, palette, table.join(halves(table, ["estimate"])), drawn, Percent(), "M", shaded=None, height=380
        ),
        columns=lambda: _columns(view, table),
        file_name=file_name("border-duty-bound", partner, table.index),
        path=PATH,
        passport=sources_passport(
            view,
            source,
            _("An estimate of ours, not a duty collected"),
            formula(_),
            [computation(view, store, partner, month) for month in table.index],
        ),
        remarks=[estimate_finding(view, table), formula(_), *assumptions(view, store, partner), jump_words(_)],
    )


def _sources(store: Store, partner: str) -> list[str]:
    rows = store.tariffs
    duty = rows[
        (rows["measure"] == effective_rate.BORDER) & (rows["target"] == partner) & rows["effective_from"].notna()
    ]
    return list(dict.fromkeys([*store.usmca_shares["source_id"], *duty["source_id"]]))


def estimate_finding(view: View, table: pd.DataFrame) -> str:
    """State the estimate for the last full month beside the rate."""
    _ = view.text
    full = table[table["days_charged"] == table["days"]].iloc[-1]
    return _(
        "In {month} the general rate was {rate}. With {share} of the goods entered with a claim, and so free of it, "
        "the border duty came to about {estimate} of all imports by our estimate.",
        month=_.date(full.name, "month"),
        rate=_.percent(full["rate"], 0),
        share=_.percent(full["share"]),
        estimate=_.percent(full["estimate"]),
    )


def formula(_: Text) -> str:
    """The estimate in words."""
    return _(
        "Estimate for a month: rate × the goods it is for that carry no USMCA claim, as a share of all imports; each "
        "day at its own rate, averaged over all days of the month. Until 6 March 2025 claims did not help and all "
        "goods count."
    )


def assumptions(view: View, store: Store, partner: str) -> list[str]:
    """What the estimate takes for granted, and in which direction that errs."""
    _ = view.text
    apart = [
        _("HS chapter {chapters} stands for the goods of the lower rate: {goods}.", chapters=chapters, goods=goods)
        for chapters, goods in lower_rates(view, store, partner)
    ]
    return [
        *apart,
        _("Potash paid 10 per cent in place of the general rate; here it counts at the general rate."),
        _(
            "Imports are taken to be spread evenly over the month. Goods under sector duties often did not pay the "
            "border duty on top, which makes the estimate too high; claims refused later, which are not counted, make "
            "it too low, and imports may have crowded into the days before a rate. The sector duties themselves are "
            "not counted."
        ),
    ]


def lower_rates(view: View, store: Store, partner: str) -> list[tuple[str, str]]:
    """Chapters that stand for goods with a rate of their own, each with the goods in words."""
    _, rows = view.text, store.tariffs
    rows = rows[(rows["measure"] == effective_rate.BORDER) & (rows["target"] == partner)].dropna(subset="hs_chapters")
    pairs = zip(rows["hs_chapters"], rows["scope_text"], strict=True)
    return [(_.verbatim(chapters), _.data(goods)) for chapters, goods in dict.fromkeys(pairs)]


def computation(view: View, store: Store, partner: str, month: pd.Timestamp) -> str:
    """The estimate for a month as a computation: each run of days at one rate, over the days of the month."""
    _ = view.text
    row = effective_rate.estimate(store, partner).loc[month]
    groups = effective_rate.groups(store, partner, month)
    terms = [
        _(
            "{days} × {rate} × {part}",
            days=_.number(run.days),
            rate=_.percent(run.rate, 0),
            part=_.percent(effective_rate.paying(group, run), 2),
        )
        for group in groups
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


def _columns(view: View, table: pd.DataFrame) -> list[Column]:
    _ = view.text
    return [
        Column(_("Month"), [_.month(m) for m in table.index], numeric=False),
        Column(_("Days charged"), [_.number(v) for v in table["days_charged"]]),
        Column(_("Of these without relief for claims"), [_.number(v) for v in table["days_unspared"]]),
        Column(_("General rate, average of all days, per cent"), [_.number(v, 1) for v in table["rate"]]),
        Column(_("Share with a claim, per cent"), [_.number(v, 1) for v in table["share"]]),
        Column(_("Estimate, per cent of imports"), [_.number(v, 2) for v in table["estimate"]]),
    ]
