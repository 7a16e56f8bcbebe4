"""Imports with a USMCA claim by chapter of the HS and month."""

from __future__ import annotations

import pandas as pd

from data.queries import effective_rate
from data.queries.effective_rate import JUMP
from data.store import Store
from layouts.charts.usmca_share import PATH, claims_passport, claims_source, file_name, jump_words, span_of
from layouts.components.chart import Chart
from layouts.components.table import Column
from layouts.figures.heatmap import Strip, heatmap_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.products import product_name
from layouts.wording.units import Percent

LARGEST = 20
# As many letters of a name as a phone shows beside its values.
LETTERS = 31


def chapters_chart(view: View, store: Store, partner: str) -> Chart:
    """Share with a USMCA claim by chapter and month, the largest chapters or all."""
    _, palette = view.text, view.palette
    found = effective_rate.chapters(store, partner)
    shares = found.shares if view.selection.detail == "chapter" else found.shares.head(LARGEST)
    months = pd.DatetimeIndex(shares.columns)
    source = claims_source(view, store)
    listed = _.number(len(shares))
    which = (
        _("all {count} chapters", count=listed)
        if view.selection.detail == "chapter"
        else _("the {count} chapters with the largest imports", count=listed)
    )
    return Chart(
        name="usmca-chapters",
        title=_(
            "US imports of goods of {country} entered with a USMCA claim, by HS chapter",
            country=countries.origin(_, partner),
        ),
        subtitle=_(
            "{span}, per cent of the value of imports; {which}, first and last month at the right; "
            "empty: no imports; upright stroke: the two sides do not compare",
            span=span_of(_, months),
            which=which,
        ),
        source=source,
        summary=[_chapters_words(view, store, shares)],
        figure=heatmap_figure(
            _,
            palette,
            [_strip(view, store, code, row) for code, row in shares.iterrows()],
            months,
            (palette.tint(partner), palette.country(partner)),
            JUMP,
        ),
        columns=lambda: _chapter_columns(view, store, shares),
        file_name=file_name("usmca-chapters", partner, months),
        path=PATH,
        passport=claims_passport(view, store, source),
        remarks=[jump_words(_)],
    )


def _chapters_words(view: View, store: Store, shares: pd.DataFrame) -> str:
    """State the lowest and the highest share of the newest month."""
    _, last = view.text, shares.columns[-1]
    known = shares[last].dropna()
    low, high = known.idxmin(), known.idxmax()
    return _(
        "In {month} the share ran from {low} in chapter {low_code}, {low_name}, to {high} in chapter {high_code}, "
        "{high_name}.",
        month=_.date(last, "month"),
        low=_.percent(known[low]),
        low_code=_.verbatim(low),
        low_name=product_name(view, store, low),
        high=_.percent(known[high]),
        high_code=_.verbatim(high),
        high_name=product_name(view, store, high),
    )


def _strip(view: View, store: Store, code: str, row: pd.Series) -> Strip:
    _ = view.text
    name = product_name(view, store, code)
    full = _("{code} · {name}", code=_.verbatim(code), name=name)
    short = _("{code} · {name}", code=_.verbatim(code), name=_cut(name))
    said = [_("{period}: {value}", period=_.month(m), value=Percent().full(_, v)) for m, v in row.items()]
    ends = _("{first} | {last}", first=Percent().full(_, row.iloc[0]), last=Percent().full(_, row.iloc[-1]))
    return Strip(short, ends, list(row), [f"<b>{full}</b><br>{words}" for words in said])


def _cut(text: str) -> str:
    """Cut a name at a word so that it fits beside its values on a phone; hover and table have it whole."""
    if len(text) <= LETTERS:
        return text
    return text[: LETTERS - 1].rsplit(" ", 1)[0].rstrip(",;") + "…"


def _chapter_columns(view: View, store: Store, shares: pd.DataFrame) -> list[Column]:
    _ = view.text
    names = [_("{code} · {name}", code=_.verbatim(c), name=product_name(view, store, c)) for c in shares.index]
    made = [Column(_("Chapter"), names, numeric=False)]
    return made + [
        Column(_("{month}, per cent", month=_.month(m)), [_.number(v, 1) for v in shares[m]]) for m in shares
    ]
