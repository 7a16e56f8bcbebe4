"""Imports with a USMCA claim by month, and what the charts of the Burden page have in common."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.queries import effective_rate
from data.queries.effective_rate import JUMP, PARTNERS
from data.queries.origin import origin
from data.queries.records import Record
from data.store import Store
from layouts.charts.annotations import event_notes
from layouts.components.chart import Chart
from layouts.components.metadata import Passport, sources_passport
from layouts.components.source_line import SourceLine, source_line
from layouts.components.table import Column
from layouts.figures.lines import Line, lines_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from layouts.wording.units import Percent

PATH = "/burden"


def halves(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Split columns at the jump of the record, so that no line runs over it: ``<column>_before``, ``_after``."""
    before = table.index < JUMP
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


def claims_source(view: View, store: Store) -> SourceLine:
    """Cite the record of claims."""
    return source_line(view.text, origin(store, list(dict.fromkeys(store.usmca_shares["source_id"]))))


def claims_passport(view: View, store: Store, source: SourceLine, computations: Sequence[str] = ()) -> Passport:
    """Passport of shares of the record of claims.

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
    return sources_passport(view, source, what, definition, computations)


def share_finding(view: View, store: Store) -> str:
    """State the shares of the first and the newest month."""
    _ = view.text
    table = effective_rate.claims(store)
    first, last = table.index[0], table.index[-1]
    return _(
        "Of the goods of Canada {can_first} entered with a claim in {first} and {can_last} in {last}; "
        "of the goods of Mexico {mex_first} and {mex_last}.",
        first=_.date(first, "month"),
        last=_.date(last, "month"),
        can_first=_.percent(table.at[first, "CAN"]),
        can_last=_.percent(table.at[last, "CAN"]),
        mex_first=_.percent(table.at[first, "MEX"]),
        mex_last=_.percent(table.at[last, "MEX"]),
    )


def share_chart(view: View, store: Store) -> Chart:
    """Share of imports with a USMCA claim by month, from either country, with the days of the border duty."""
    _, palette = view.text, view.palette
    claims, split = effective_rate.claims(store), halves(effective_rate.claims(store), PARTNERS)
    names = {p: _("Goods of {country} with a claim", country=countries.origin(_, p)) for p in PARTNERS}
    drawn = [
        Line(
            f"{p}_{side}",
            countries.short(_, p),
            names[p],
            palette.country(p),
            Record(effective_rate.IMPORTER, p, "USD"),
            "solid" if p == "CAN" else "7px,3px",
        )
        for side in ("before", "after")
        for p in PARTNERS
    ]
    happened = store.events[store.events["event_id"].isin(effective_rate.EVENTS)].sort_values("date")
    source = claims_source(view, store)
    return Chart(
        name="usmca-share",
        title=_("US imports entered with a claim under the USMCA, goods of Canada and of Mexico"),
        subtitle=_("{span}, per cent of the value of imports, by month", span=span_of(_, claims.index)),
        source=source,
        summary=[share_finding(view, store)],
        figure=lines_figure(
            _,
            palette,
            split,
            drawn,
            Percent(),
            "M",
            events=list(happened["date"]),
            shaded=None,
            height=400,
        ),
        columns=lambda: _share_columns(view, claims),
        file_name=file_name("usmca-share", "can-mex", claims.index),
        path=PATH,
        passport=claims_passport(view, store, source, _share_sums(view, claims)),
        notes=event_notes(view, happened),
        remarks=[share_finding(view, store), jump_words(_), record_words(_)],
    )


def _share_sums(view: View, claims: pd.DataFrame) -> list[str]:
    """The newest share of each country as a computation."""
    _, last = view.text, claims.iloc[-1]
    return [
        _(
            "{country}, {month}: {claimed} / {all} = {share}",
            country=countries.name(_, p),
            month=_.month(claims.index[-1]),
            claimed=_.number(last[f"{p}_usmca"], 1),
            all=_.number(last[f"{p}_value"], 1),
            share=_.percent(last[p]),
        )
        for p in PARTNERS
    ]


def _share_columns(view: View, claims: pd.DataFrame) -> list[Column]:
    _ = view.text
    unit = _("million {currency}", currency=_.currency("USD"))
    made = [Column(_("Month"), [_.month(m) for m in claims.index], numeric=False)]
    for p in PARTNERS:
        words = {"country": countries.origin(_, p), "unit": unit}
        made += [
            Column(_("Imports from {country}, {unit}", **words), [_.number(v, 1) for v in claims[f"{p}_value"]]),
            Column(_("With a claim, from {country}, {unit}", **words), [_.number(v, 1) for v in claims[f"{p}_usmca"]]),
            Column(_("Share, {country}, per cent", country=words["country"]), [_.number(v, 1) for v in claims[p]]),
        ]
    return made
