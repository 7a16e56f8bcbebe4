"""Tariff rates over time: one row a product scope, steps as high as the rate, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.base import LABEL_SIZE, SMALL_SIZE, Canvas, month_labels, plain_axis
from layouts.theme import Palette
from layouts.wording.text import Text

# Heights in pixels: of a step of the highest rate, of a line of a label, and of the space between two rows.
STEP, LINE, GAP = 34, 17, 13
HEADING = 40
TOP, BOTTOM = 20, 36
# A step of this rate is as high as a step gets.
FULL = 55.0
# A step of a low rate, and a ban, which has none, are drawn as high as this.
LOWEST = 3.0
# Days before the end within which a label stands left of its place.
NEAR_END = 80


@dataclass(frozen=True)
class StepRow:
    """One product scope: its label of one or more lines, the imposer's colour and tint, and its dated rows."""

    label: str
    colour: str
    tint: str
    steps: pd.DataFrame

    @property
    def height(self) -> int:
        """Height in pixels; a row without steps is a heading."""
        return HEADING if self.steps.empty else STEP + LINE * (self.label.count("<br>") + 1) + GAP


def steps_figure(
    _: Text,
    palette: Palette,
    rows: Sequence[StepRow],
    start: pd.Timestamp,
    end: pd.Timestamp,
    on: pd.Timestamp,
) -> go.Figure:
    """Draw each scope's rate as filled steps, with the rate written on each; a dashed line shows the USMCA rate.

    The vertical axis counts pixels, so that a label of two lines gets the room it needs.

    Args:
        _: language.
        palette: colours.
        rows: scopes from top to bottom; each ``steps`` has ``effective_from``, ``until``, ``rate_pct``,
            ``usmca_rate_pct``, ``kind``.
        start: first day drawn.
        end: last day drawn, the end of the collection.
        on: the chosen day, drawn as a line.
    """
    height = sum(row.height for row in rows)
    canvas = Canvas(palette, height + TOP + BOTTOM, right=12, left=4, top=TOP, bottom=BOTTOM)
    base = height
    for row in rows:
        base -= row.height
        _row(_, canvas, row, base, end)
    day_line(_, canvas, on, start, end, height)
    return canvas.figure(
        xaxis=day_axis(_, palette, start, end), yaxis=plain_axis() | {"range": [0, height], "showticklabels": False}
    )


def day_line(_: Text, canvas: Canvas, on: pd.Timestamp, start: pd.Timestamp, end: pd.Timestamp, height: float) -> None:
    """Draw the chosen day through all rows, and write it above them."""
    x = on.isoformat()
    canvas.rule(x0=x, x1=x, y0=0, y1=height, line={"color": canvas.palette.ink, "width": 1.5}, layer="above")
    canvas.write(
        _.short_date(on),
        x=x,
        y=height,
        yanchor="bottom",
        yshift=2,
        xanchor="right" if (on - start) > (end - start) / 2 else "left",
        font={"size": SMALL_SIZE},
    )


def day_axis(_: Text, palette: Palette, start: pd.Timestamp, end: pd.Timestamp) -> dict[str, Any]:
    """Axis of days, labelled every three months."""
    months = pd.date_range(start, end, freq="3MS")
    return plain_axis() | {
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
    }


def row_label(canvas: Canvas, label: str, colour: str, base: float, height: int, heading: bool) -> None:
    """Write a row's label at its top, a heading at its bottom, and rule the row off below."""
    palette = canvas.palette
    line = {"color": colour if heading else palette.hairline, "width": 1.5 if heading else 1}
    canvas.rule(xref="paper", x0=0, x1=1, y0=base, y1=base, line=line)
    canvas.write(
        label,
        xref="paper",
        x=0,
        y=base if heading else base + height,
        xanchor="left",
        yanchor="bottom" if heading else "top",
        yshift=3 if heading else -1,
        align="left",
        # The line of the chosen day passes behind the words.
        bgcolor=palette.paper,
        borderpad=1,
        font={"size": 15 if heading else LABEL_SIZE, "color": colour if heading else palette.ink},
    )


def _height(rate: float) -> float:
    return max(rate, LOWEST) / FULL * STEP


def _row(_: Text, canvas: Canvas, row: StepRow, base: int, end: pd.Timestamp) -> None:
    row_label(canvas, row.label, row.colour, base, row.height, heading=row.steps.empty)
    written = ""
    for step in row.steps.itertuples():
        rate = 0.0 if pd.isna(step.rate_pct) else step.rate_pct
        top = base + _height(rate)
        label = _step_label(_, step)
        hover = f"{row.label}<br>{label}<br>" + _(
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
            level = base + max(step.usmca_rate_pct, 0.0) / FULL * STEP + 2
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
    # Near the end of the collection there is no room to the right, and a short step there has none for its rate.
    at_end = (end - step.effective_from).days < NEAR_END
    inside = step.kind != "import_ban" and step.rate_pct >= 20 and not at_end
    canvas.write(
        f"<b>{rate}</b>",
        x=(step.until if at_end else step.effective_from).isoformat(),
        y=top,
        xanchor="right" if at_end else "left",
        yanchor="top" if inside else "bottom",
        xshift=-1 if at_end else 3,
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
    return _("in force on the last day of the data") if step.open else _.short_date(step.until - pd.Timedelta(days=1))
