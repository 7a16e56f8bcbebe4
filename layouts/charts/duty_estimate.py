"""What the border duty weighed on all imports, by month: an estimate of ours, likely too high, with its arithmetic."""

from __future__ import annotations

from functools import reduce

import pandas as pd

from data import burden
from data.records import Record
from data.store import Store
from layouts import countries
from layouts.burden_charts import PATH, file_name, halves, jump_words, span_of
from layouts.chart import Chart
from layouts.figures.lines import Line, lines_figure
from layouts.passport import sources_passport
from layouts.provenance import source_line
from layouts.scale import Percent
from layouts.table import Column
from layouts.text import Text
from layouts.view import View


def bound_chart(view: View, store: Store, partner: str) -> Chart:
    """The rate of the border duty, and what it weighed on all imports by an estimate of ours."""
    _, palette = view.text, view.palette
    table = burden.bound(store, partner)
    record = Record(burden.IMPORTER, partner, "USD")
    paper, most = _("Rate"), _("Estimate")
    whole = _("Estimate, of all imports")
    drawn = [
        Line("rate", paper, _("Rate on goods in general, average of the days"), palette.muted, record, "7px,3px"),
        Line("bound_before", most, whole, palette.country(partner), record),
        Line("bound_after", most, whole, palette.country(partner), record),
    ]
    source = source_line(_, store, _bound_sources(store, partner))
    return Chart(
        name="border-duty-bound",
        title=_(
            "Border duty on goods of {country}: its rate, and what it weighed on all imports by our estimate",
            country=countries.origin(_, partner),
        ),
        subtitle=_(
            "{span}, per cent of the value of imports, by month; likely too high, never an official figure",
            span=span_of(_, table.index),
        ),
        source=source,
        summary=[bound_finding(view, table)],
        figure=lines_figure(
            _, palette, table.join(halves(table, ["bound"])), drawn, Percent(), "M", shaded=None, height=380
        ),
        columns=lambda: _bound_columns(view, table),
        file_name=file_name("border-duty-bound", partner, table.index),
        path=PATH,
        passport=sources_passport(
            view,
            store,
            source,
            _("An estimate of ours, likely too high, not a duty collected"),
            formula(_),
            [computation(view, store, partner, month) for month in table.index],
        ),
        remarks=[bound_finding(view, table), formula(_), *assumptions(view, partner), jump_words(_)],
    )


def _bound_sources(store: Store, partner: str) -> list[str]:
    rows = store.tariffs
    duty = rows[(rows["measure"] == burden.BORDER) & (rows["target"] == partner) & rows["effective_from"].notna()]
    return list(dict.fromkeys([*store.usmca_shares["source_id"], *duty["source_id"]]))


def bound_finding(view: View, table: pd.DataFrame) -> str:
    """State the estimate for the last full month beside the rate."""
    _ = view.text
    full = table[table["days_charged"] == table["days"]].iloc[-1]
    return _(
        "In {month} the rate was {rate}. With {share} of the goods entered with a claim, and so free of it, the border "
        "duty came to about {bound} of all imports by our estimate, which is likely too high.",
        month=_.date(full.name, "month"),
        rate=_.percent(full["rate"], 0),
        share=_.percent(full["share"]),
        bound=_.percent(full["bound"]),
    )


def formula(_: Text) -> str:
    """The estimate in words."""
    return _(
        "Estimate for a month: rate × (1 − share with a USMCA claim), each day at its own rate, averaged over all "
        "days of the month. Until 6 March 2025 claims did not help and all goods count."
    )


def assumptions(view: View, partner: str) -> list[str]:
    """What the estimate takes for granted, and in which direction that errs."""
    _ = view.text
    lower = {
        "CAN": _("Energy and potash paid 10 per cent in place of the general rate."),
        "MEX": _("Potash paid 10 per cent in place of the general rate."),
    }[partner]
    return [
        lower,
        _(
            "All goods without a claim are taken to pay the general rate, spread evenly over the month; goods under "
            "sector duties often did not pay it on top. The estimate is therefore likely too high. It is no bound: "
            "imports may have crowded into the days before a rate, and claims refused later, which are not counted, "
            "would add to it. The sector duties themselves are not counted either."
        ),
    ]


def computation(view: View, store: Store, partner: str, month: pd.Timestamp) -> str:
    """The estimate for a month as a computation: each run of days at one rate, over the days of the month."""
    _ = view.text
    row = burden.bound(store, partner).loc[month]
    terms = [_term(view, run, row["share"]) for run in burden.stretches(store, partner, month) if run.rate]
    # Translators: adds one more term to those already written.
    total = reduce(lambda said, more: _("{said} + {more}", said=said, more=more), terms)
    return _(
        "{month}: ({terms}) / {days} days = {bound}",
        month=_.month(month),
        terms=total,
        days=_.number(row["days"]),
        bound=_.percent(row["bound"], 2),
    )


def _term(view: View, run: burden.Stretch, share: float) -> str:
    _ = view.text
    words = {"days": _.number(run.days), "rate": _.percent(run.rate, 0)}
    if not run.spared:
        return _("{days} × {rate}", **words)
    return _("{days} × {rate} × (1 − {share})", share=_.percent(share, 2), **words)


def _bound_columns(view: View, table: pd.DataFrame) -> list[Column]:
    _ = view.text
    return [
        Column(_("Month"), [_.month(m) for m in table.index], numeric=False),
        Column(_("Days charged"), [_.number(v) for v in table["days_charged"]]),
        Column(_("Of these without relief for claims"), [_.number(v) for v in table["days_unspared"]]),
        Column(_("Rate, average of all days, per cent"), [_.number(v, 1) for v in table["rate"]]),
        Column(_("Share with a claim, per cent"), [_.number(v, 1) for v in table["share"]]),
        Column(_("Estimate, per cent of imports"), [_.number(v, 2) for v in table["bound"]]),
    ]
