"""Tariff rates over time: one row a product scope, steps as high as the rate, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.base import LABEL_SIZE, SMALL_SIZE, Canvas, month_labels, plain_axis
from layouts.text import Text
from layouts.theme import Palette

ROW = 58
# A step of this rate fills its row.
FULL = 55.0
# Days before the end within which a label stands left of its place.
NEAR_END = 80


@dataclass(frozen=True)
class StepRow:
    """One product scope: its label, the imposer's colour and tint, and its dated rows."""

    label: str
    colour: str
    tint: str
    steps: pd.DataFrame


def steps_figure(
    _: Text,
    palette: Palette,
    rows: Sequence[StepRow],
    start: pd.Timestamp,
    end: pd.Timestamp,
    on: pd.Timestamp,
) -> go.Figure:
    """Draw each scope's rate as filled steps, with the rate written on each; a dashed line shows the USMCA rate.

    Args:
        _: language.
        palette: colours.
        rows: scopes from top to bottom; each ``steps`` has ``effective_from``, ``until``, ``rate_pct``,
            ``usmca_rate_pct``, ``kind``.
        start: first day drawn.
        end: last day drawn, the end of the collection.
        on: the chosen day, drawn as a line.
    """
    height = len(rows) * ROW + 56
    canvas = Canvas(palette, height, right=12, left=4, top=20, bottom=36)
    for index, row in enumerate(rows):
        _row(_, canvas, row, base=len(rows) - 1 - index, end=end)
    x = on.isoformat()
    canvas.rule(x0=x, x1=x, y0=0, y1=len(rows), line={"color": palette.ink, "width": 1.5}, layer="above")
    canvas.write(
        _.short_date(on),
        x=x,
        y=len(rows),
        yanchor="bottom",
        yshift=2,
        xanchor="right" if (on - start) > (end - start) / 2 else "left",
        font={"size": SMALL_SIZE},
    )
    months = pd.date_range(start, end, freq="3MS")
    return canvas.figure(
        xaxis=plain_axis()
        | {
            "type": "date",
            "range": [start.isoformat(), end.isoformat()],
            "tickmode": "array",
            "tickvals": [m.strftime("%Y-%m-%d") for m in months],
            "ticktext": month_labels(_, list(months)),
            "tickfont": {"color": palette.muted, "size": SMALL_SIZE},
            "ticklabelposition": "outside right",
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": palette.neutral,
            "showgrid": True,
            "gridcolor": palette.hairline,
        },
        yaxis=plain_axis() | {"range": [0, len(rows) + 0.02], "showticklabels": False},
    )


def _row(_: Text, canvas: Canvas, row: StepRow, base: int, end: pd.Timestamp) -> None:
    palette = canvas.palette
    heading = row.steps.empty
    line = {"color": row.colour if heading else palette.hairline, "width": 1.5 if heading else 1}
    canvas.rule(xref="paper", x0=0, x1=1, y0=base, y1=base, line=line)
    canvas.write(
        row.label,
        xref="paper",
        x=0,
        y=base,
        xanchor="left",
        yanchor="bottom",
        yshift=4 if heading else ROW - 21,
        align="left",
        font={"size": 15 if heading else LABEL_SIZE, "color": row.colour if heading else palette.ink},
    )
    written = ""
    for step in row.steps.itertuples():
        rate = 0.0 if pd.isna(step.rate_pct) else step.rate_pct
        top = base + max(rate, 3.0) / FULL * 0.62
        label = _step_label(_, step)
        hover = f"<b>{row.label}</b><br>{label}<br>" + _(
            "{first} to {last}", first=_.short_date(step.effective_from), last=_until(_, step)
        )
        first, last = step.effective_from.isoformat(), step.until.isoformat()
        canvas.lines(
            x=[first, first, last, last],
            y=[base, top, top, base],
            mode="lines",
            fill="toself",
            fillcolor=row.tint,
            line={"color": row.colour, "width": 1.5},
            hoverinfo="text",
            text=hover,
            name=row.label,
            hoveron="fills+points",
        )
        if not pd.isna(step.usmca_rate_pct):
            level = base + max(step.usmca_rate_pct, 0.0) / FULL * 0.62 + 0.03
            canvas.rule(
                x0=first,
                x1=last,
                y0=level,
                y1=level,
                line={"color": row.colour, "width": 2, "dash": "dot"},
                layer="above",
            )
        written = _step_rate(_, canvas, row, step, top, end, written)


def _step_rate(_: Text, canvas: Canvas, row: StepRow, step, top: float, end: pd.Timestamp, written: str) -> str:
    """Write a step's rate on it unless it has no room or the step before says the same; return what was written.

    A step of a few days is too narrow for its number; the hover and the table have it.
    """
    rate = _rate(_, step)
    narrow = step.kind != "import_ban" and (step.until - step.effective_from).days < 24
    if narrow or rate == written:
        return written
    # Near the end of the collection there is no room to the right.
    at_end = (end - step.effective_from).days < NEAR_END
    inside = step.kind != "import_ban" and step.rate_pct >= 20
    canvas.write(
        f"<b>{rate}</b>",
        x=(step.until if at_end else step.effective_from).isoformat(),
        y=top,
        xanchor="right" if at_end else "left",
        yanchor="top" if inside else "bottom",
        xshift=-3 if at_end else 3,
        yshift=0 if inside else -1,
        font={"size": SMALL_SIZE, "color": row.colour},
    )
    return rate


def _rate(_: Text, step) -> str:
    if step.kind == "import_ban":
        return _("ban")
    return rate_or_range(_, step) if not pd.isna(step.rate_pct) else _("rate not known")


def rate_or_range(_: Text, row) -> str:
    """Write a known rate, or from the lowest to the highest where several apply to one scope."""
    highest = _.percent(row.rate_pct, 0)
    if pd.isna(row.rate_low_pct):
        return highest
    return _("{low} to {high}", low=_.number(row.rate_low_pct), high=highest)


def _step_label(_: Text, step) -> str:
    if pd.isna(step.usmca_rate_pct):
        return _rate(_, step)
    return _("{rate}; USMCA goods {usmca}", rate=_rate(_, step), usmca=_.percent(step.usmca_rate_pct, 0))


def _until(_: Text, step) -> str:
    return _("in force when the collection ends") if step.open else _.short_date(step.until - pd.Timedelta(days=1))
