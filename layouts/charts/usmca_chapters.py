"""Imports with a USMCA claim by chapter of the HS and month."""

from __future__ import annotations

import pandas as pd

from data.queries.usmca import ClaimChapters
from layouts.charts.usmca_share import claims_metadata, file_name, jump_words, span_of
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, file_column, page_column
from layouts.components.source_line import source_line
from layouts.figures.heatmap import Strip, heatmap_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.units import Percent

LARGEST = 20
# As many letters of a name as a phone shows beside its values.
LETTERS = 31


def chapters_chart(view: View, it: ClaimChapters) -> Chart:
    """Share with a USMCA claim by chapter and month, the largest chapters or all."""
    _, palette = view.text, view.palette
    every = it.chapters.shares
    shares = every if view.selection.detail == "chapter" else every.head(LARGEST)
    months = pd.DatetimeIndex(shares.columns)
    source = source_line(_, it.origin)
    listed = _.number(len(shares))
    which = (
        _("all {count} chapters", count=listed)
        if view.selection.detail == "chapter"
        else _("the {count} chapters with the largest imports", count=listed)
    )
    return Chart(
        name="usmca-chapters",
        title=_(
            "US imports of {goods} entered with a USMCA claim, by HS chapter",
            goods=countries.goods(_, it.partner),
        ),
        subtitle=_(
            "{span}, per cent of the value of imports; {which}, first and last month at the right; "
            "empty: no imports; upright stroke: the two sides are not comparable",
            span=span_of(_, months),
            which=which,
        ),
        source=source,
        summary=[_chapters_words(view, it, shares)],
        figure=heatmap_figure(
            _,
            palette,
            [_strip(view, it, code, row) for code, row in shares.iterrows()],
            months,
            (view.tint(it.partner), view.colour(it.partner)),
            it.jump,
        ),
        columns=lambda: _chapter_columns(view, it, shares),
        file_name=file_name("usmca-chapters", it.partner, months),
        metadata=claims_metadata(view, source),
        remarks=[jump_words(_)],
    )


def _chapters_words(view: View, it: ClaimChapters, shares: pd.DataFrame) -> str:
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
        low_name=_.data(it.names[low]),
        high=_.percent(known[high]),
        high_code=_.verbatim(high),
        high_name=_.data(it.names[high]),
    )


def _strip(view: View, it: ClaimChapters, code: str, row: pd.Series) -> Strip:
    _ = view.text
    name = _.data(it.names[code])
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


def _chapter_columns(view: View, it: ClaimChapters, shares: pd.DataFrame) -> list[DataColumn]:
    _, codes = view.text, list(shares.index)
    names = {code: _.data(it.names[code]) for code in codes}
    return [
        page_column(
            "chapter_and_name",
            _("Chapter"),
            codes,
            lambda code: _("{code} · {name}", code=_.verbatim(code), name=names[code]),
            right=False,
        ),
        file_column("chapter", _("Chapter"), codes),
        file_column("chapter_name", _("name of the chapter"), [names[code] for code in codes]),
        *(
            DataColumn(
                f"share_{month:%Y_%m}_pct",
                _("{month}, per cent", month=_.month(month)),
                list(shares[month]),
                show=lambda value: _.number(value, 1),
                unit=Percent().header(_),
            )
            for month in shares
        ),
        file_column("source_id", _("Source"), [it.sources[code] for code in codes]),
    ]
