"""How far a flow rests on few chapters: the share of the largest, and the Herfindahl index."""

from __future__ import annotations

import pandas as pd

from data.queries.product_history import Concentration
from layouts.charts.product_columns import (
    known_span,
    numbers,
    of_record,
    status_legend,
    statuses_of,
    two_decimals,
    year_columns,
)
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn
from layouts.components.source_line import source_line
from layouts.figures.products_panels import Panel, panels_figure
from layouts.view import View
from layouts.wording import products as words
from layouts.wording.text import Text
from layouts.wording.units import Index, Percent


def concentration_chart(view: View, it: Concentration) -> Chart:
    """How far the chosen flow rests on its five largest chapters, and its Herfindahl index."""
    _, table = view.text, it.table
    colour = words.flow_colour(view)
    line = source_line(_, it.facts.origin)
    definition = _(
        "The Herfindahl index is the sum of the squared shares of all chapters, in per cent: near 0 for many equal "
        "chapters, 10,000 for a single one."
    )
    panels = [
        Panel(_("Share of the five largest chapters"), table["largest"], Percent(), colour),
        Panel(_("Herfindahl index, 0 to 10,000"), table["herfindahl"], Points(), colour),
    ]
    said = _concentration_words(_, table)
    return Chart(
        name="products-concentration",
        title=_("Concentration of {flow}", flow=words.flow_words(view)),
        subtitle=_("{span}, by chapter, customs basis", span=known_span(_, table[["largest", "herfindahl"]], "A")),
        source=line,
        summary=[said],
        figure=panels_figure(_, view.palette, panels, "A"),
        columns=lambda: _concentration_columns(_, it),
        file_name=words.file_name(view, it.facts, "products-concentration"),
        metadata=words.metadata(view, it.facts, line, statuses_of(table), definition=definition),
        remarks=[said, definition],
        legend=status_legend(_, table),
    )


def _concentration_words(_: Text, table: pd.DataFrame) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    return _(
        "The five largest chapters made up {last_share} in {last}, against {first_share} in {first}; the Herfindahl "
        "index went from {first_index} to {last_index}.",
        last_share=_.percent(last["largest"]),
        last=table.index[-1].year,
        first_share=_.percent(first["largest"]),
        first=table.index[0].year,
        first_index=_.number(first["herfindahl"]),
        last_index=_.number(last["herfindahl"]),
    )


def _concentration_columns(_: Text, it: Concentration) -> list[DataColumn]:
    facts, table = it.facts, it.table
    share, index = _("Share of the five largest chapters, per cent"), _("Herfindahl index, 0 to 10,000")
    return [
        *year_columns(_, table.index),
        *of_record(_, len(table), reporter=facts.reporter, partner=facts.partner, flow=facts.flow),
        numbers(table, "largest", "largest_five_pct", share, two_decimals(_), _("per cent")),
        numbers(table, "herfindahl", "herfindahl", index, _.number),
    ]


class Points(Index):
    """The Herfindahl index: whole points of ten thousand."""

    def __init__(self):
        """Start without a base year: the index has none."""
        super().__init__(base=0)

    def short(self, _: Text, value: float) -> str:
        """Write whole points."""
        return _.number(value)

    full = short
    cell = short
