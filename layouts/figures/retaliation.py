"""Counter-tariffs in force over time, tranche upon tranche, under the amount that was announced."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.base import (
    LABEL_SIZE,
    SMALL_SIZE,
    Canvas,
    plain_axis,
    round_ticks,
    unit_labels,
    value_axis,
)
from layouts.theme import Palette
from layouts.wording.text import Text
from layouts.wording.units import Money

TOP, BOTTOM = 26, 32
# A block thinner than this has no room for a line of text.
LABEL_HEIGHT = 17
# A stretch of fewer days has no room for a label on a phone.
SHORT = 90
# On a block of fewer days the amount stands under the name.
NARROW = 200


def in_force_figure(
    _: Text,
    palette: Palette,
    by_day: pd.DataFrame,
    names: Mapping[str, str],
    announced: float,
    currency: str,
    colour: str,
    height: int = 440,
) -> go.Figure:
    """Stack the tranches in force by day in billions, each named inside; a dashed line marks the announced plan.

    Args:
        _: language.
        palette: colours.
        by_day: indexed by the days of change, one column per tranche, billion units of ``currency``.
        names: name of each tranche.
        announced: the plan's total, billion units of ``currency``.
        currency: currency of the amounts.
        colour: colour of the country that answers.
        height: height in pixels.
    """
    canvas = Canvas(palette, height, right=12, top=TOP, bottom=BOTTOM)
    highest = max(announced, float(by_day.sum(axis=1).max()))
    # The plan's line is the top of the picture; a tick near or above it would only be in its way.
    ticks = [tick for tick in round_ticks(0, highest, 4) if tick <= highest * 0.9]
    for tranche in by_day.columns:
        _block(_, canvas, by_day, tranche, names[tranche], currency, colour)
    for tranche in by_day.columns:
        _label(_, canvas, by_day, tranche, names[tranche], canvas.plot_height / (highest * 1.1))
    _totals(_, canvas, by_day, currency, colour)
    _plan_line(_, canvas, announced, currency, colour)
    start, end = by_day.index[0], by_day.index[-1]
    months = pd.date_range(start.replace(month=1), end, freq="6MS")
    return canvas.figure(
        xaxis=plain_axis()
        | {
            "type": "date",
            "range": [start.isoformat(), end.isoformat()],
            "tickmode": "array",
            "tickvals": [m.strftime("%Y-%m-%d") for m in months if m >= start],
            "ticktext": [_.month(m) for m in months if m >= start],
            "tickfont": {"color": palette.muted, "size": SMALL_SIZE},
            "showline": True,
            "linecolor": palette.neutral,
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": palette.neutral,
        },
        yaxis=value_axis(canvas, ticks, unit_labels(_, ticks, Money(currency))) | {"range": [0, highest * 1.1]},
    )


def _block(_: Text, canvas: Canvas, by_day: pd.DataFrame, tranche: str, name: str, currency: str, colour: str) -> None:
    totals = by_day.sum(axis=1)
    hover = [
        f"<b>{name}</b><br>"
        + _(
            "{day}: {amount}, total {total}",
            day=_.short_date(day),
            amount=_.billions(amount, currency),
            total=_.number(total, 1),
        )
        for day, amount, total in zip(by_day.index, by_day[tranche], totals, strict=True)
    ]
    canvas.lines(
        x=[day.isoformat() for day in by_day.index],
        y=[float(v) for v in by_day[tranche]],
        stackgroup="tranches",
        mode="lines",
        fillcolor=canvas.palette.tint(colour),
        name=name,
        line={"width": 1, "color": colour, "shape": "hv"},
        hovertext=hover,
        hoverinfo="text",
    )


def _label(_: Text, canvas: Canvas, by_day: pd.DataFrame, tranche: str, name: str, pixel: float) -> None:
    """Name a tranche inside its block; one too short in time has its total only, one too thin is left to the words."""
    days = by_day.index
    active = [i for i, amount in enumerate(by_day[tranche]) if amount > 0]
    first, last = active[0], min(active[-1] + 1, len(days) - 1)
    amount = float(by_day[tranche].iloc[first])
    if (days[last] - days[first]).days < SHORT or amount * pixel < LABEL_HEIGHT:
        return
    below = by_day.columns[: by_day.columns.get_loc(tranche)]
    # What lies under a block changes with the days; the label stands inside on its first long stretch.
    stretch = [i for i in active if (days[min(i + 1, len(days) - 1)] - days[i]).days >= SHORT]
    base = float(by_day.iloc[stretch[0]].loc[below].sum())
    narrow = (days[last] - days[stretch[0]]).days < NARROW and amount * pixel >= 2 * LABEL_HEIGHT - 4
    message = _("<b>{name}</b><br>{amount}") if narrow else _("<b>{name}</b> {amount}")
    canvas.write(
        message.format(name=name, amount=_.number(amount, 1)),
        x=days[stretch[0]].isoformat(),
        y=base + amount / 2,
        xanchor="left",
        xshift=6,
        align="left",
        font={"size": SMALL_SIZE, "color": canvas.palette.ink},
    )


def _totals(_: Text, canvas: Canvas, by_day: pd.DataFrame, currency: str, colour: str) -> None:
    """Write the sum above each stretch that is long enough to be read; the last one also when it is short."""
    days, sums = by_day.index, by_day.sum(axis=1)
    for place, (day, total) in enumerate(sums.iloc[:-1].items()):
        until, final = days[place + 1], place == len(days) - 2
        if not total or (not final and (until - day).days < SHORT):
            continue
        canvas.write(
            f"<b>{_.billions(total, currency)}</b>",
            x=(until if final else day).isoformat(),
            y=total,
            xanchor="right" if final else "left",
            yanchor="bottom",
            yshift=3,
            xshift=0 if final else 2,
            font={"size": LABEL_SIZE, "color": colour},
        )


def _plan_line(_: Text, canvas: Canvas, announced: float, currency: str, colour: str) -> None:
    canvas.rule(
        xref="paper",
        x0=0,
        x1=1,
        y0=announced,
        y1=announced,
        layer="above",
        line={"color": colour, "width": 1.5, "dash": "dash"},
    )
    canvas.write(
        _("Announced: {amount}", amount=_.billions(announced, currency, 0)),
        xref="paper",
        x=1,
        y=announced,
        xanchor="right",
        yanchor="bottom",
        font={"size": LABEL_SIZE, "color": colour},
    )
