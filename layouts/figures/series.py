"""Trade over time: exports and imports, the balance, growth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from layouts.figures.base import (
    LABEL_SIZE,
    LEFT,
    Canvas,
    end_labels,
    event_marks,
    marks_height,
    percent_labels,
    round_ticks,
    tick_labels,
    time_axis,
    value_axis,
)
from layouts.scale import Scale, scale_of
from layouts.text import Text
from layouts.theme import Palette


@dataclass(frozen=True)
class Line:
    """One series: its column, its short and full names, its colour and dash, and whether its points stay apart."""

    column: str
    label: str
    full_name: str
    colour: str
    dash: str = "solid"
    width: float = 2.5
    isolated: bool = False


@dataclass(frozen=True)
class Span:
    """The time shown: first instant, last instant, and the frequency of the values (A or M)."""

    start: pd.Timestamp
    end: pd.Timestamp
    frequency: str

    @classmethod
    def of(cls, table: pd.DataFrame, frequency: str) -> Span:
        """Span of a table's periods; a year lasts to its December."""
        last = table.index[-1]
        end = pd.Timestamp(last.year, 12, 31) if frequency == "A" else last + pd.offsets.MonthEnd()
        return cls(table.index[0], end, frequency)

    @property
    def bottom(self) -> int:
        """Space under the plot: months may need a second line for their year."""
        return 28 if self.frequency == "A" else 40

    @property
    def bar_width(self) -> int:
        """Width of a bar in milliseconds: a little less than its period."""
        return (260 if self.frequency == "A" else 22) * 86_400_000

    def places(self, periods: pd.DatetimeIndex) -> list[str]:
        """Where values are drawn: at the middle of their year or month."""
        shift = pd.DateOffset(months=6) if self.frequency == "A" else pd.DateOffset(days=14)
        return [(p + shift).strftime("%Y-%m-%d") for p in periods]


def lines_figure(
    _: Text,
    palette: Palette,
    table: pd.DataFrame,
    lines: Sequence[Line],
    currency: str,
    frequency: str,
    events: Sequence[pd.Timestamp] = (),
    isolated: bool = False,
    shaded: tuple[str, str] = ("export", "import"),
    height: int = 420,
) -> go.Figure:
    """Values in billions or trillions over time, each series named at its end.

    Args:
        _: language.
        palette: colours.
        table: indexed by period, million units of ``currency``; a missing value is a gap in the line.
        currency: currency of the values.
        frequency: A for years, M for months.
        lines: what to draw.
        events: days to mark above the plot.
        isolated: draw points and never join them, for records with unknown years between; a line can ask for
            the same for itself.
        shaded: the two columns whose distance is shown, as an area between lines or as a stroke between points.
        height: height in pixels.
    """
    span = Span.of(table, frequency)
    canvas = Canvas(palette, height, top=marks_height(events, span.start, span.end) + 4, bottom=span.bottom)
    values = table[[line.column for line in lines]]
    scale = scale_of(values)
    scaled = values / scale.millions
    ticks = round_ticks(float(scaled.min(axis=None)), float(scaled.max(axis=None)))
    x = span.places(table.index)
    apart = {line.column for line in lines if isolated or line.isolated}
    if not apart:
        _shade_between(canvas, scaled, shaded, span)
    elif not isolated:
        _strokes_between(canvas, scaled, shaded, span)
    for line in lines:
        canvas.lines(
            x=x,
            y=_values(scaled[line.column]),
            name=line.full_name,
            hoverinfo="text",
            hovertext=_hover(
                _,
                line.full_name,
                [(_.period(p, frequency), _.money(v, currency)) for p, v in table[line.column].items()],
            ),
            mode="markers" if line.column in apart else "lines",
            connectgaps=False,
            line={"color": line.colour, "width": line.width, "dash": line.dash},
            marker={
                "color": line.colour,
                "size": 9,
                "symbol": "circle" if line.dash == "solid" else "circle-open",
                "line": {"width": 2, "color": line.colour},
            },
        )
    known = [line for line in lines if scaled[line.column].notna().any()]
    end_labels(canvas, [_end(_, line, scaled[line.column], scale, span) for line in known], ticks)
    event_marks(canvas, events, span.start, span.end)
    return canvas.figure(
        xaxis=time_axis(_, palette, span.start, span.end, frequency),
        yaxis=value_axis(canvas, ticks, tick_labels(_, ticks, currency, scale)),
    )


def _values(values: pd.Series) -> list[float | None]:
    """Numbers for Plotly: rounded, and None where nothing is known, which leaves a gap."""
    return [None if v != v else round(float(v), 6) for v in values]


def _hover(_: Text, name: str, points: Sequence[tuple[str, str]]) -> list[str]:
    return [f"<b>{name}</b><br>" + _("{period}: {value}", period=period, value=value) for period, value in points]


def _end(_: Text, line: Line, scaled: pd.Series, scale: Scale, span: Span) -> tuple[str | None, float, str, str]:
    known = scaled.dropna()
    text = f"<b>{line.label}</b><br>{_.number(known.iloc[-1], scale.decimals)}"
    # A line that reaches the end is named beyond the plot, one that ends before at its own end.
    place = None if known.index[-1] == scaled.index[-1] else span.places(known.index[-1:])[0]
    return place, float(known.iloc[-1]), text, line.colour


def _shade_between(canvas: Canvas, scaled: pd.DataFrame, columns: tuple[str, str], span: Span) -> None:
    """Shade the distance of two lines over the periods in which both are known, if these have no hole."""
    if not set(columns) <= set(scaled.columns):
        return
    known = scaled[list(columns)].dropna()
    if known.empty or scaled.loc[known.index[0] : known.index[-1], list(columns)].isna().any(axis=None):
        return
    quiet: dict[str, Any] = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "x": span.places(known.index)}
    canvas.lines(y=_values(known[columns[0]]), **quiet)
    canvas.lines(y=_values(known[columns[1]]), fill="tonexty", fillcolor=canvas.palette.shade, **quiet)


def _strokes_between(canvas: Canvas, scaled: pd.DataFrame, columns: tuple[str, str], span: Span) -> None:
    """Draw the distance of two records in each period that both know."""
    known = scaled[list(columns)].dropna()
    for x, (low, high) in zip(span.places(known.index), known.itertuples(index=False), strict=True):
        canvas.rule(x0=x, x1=x, y0=low, y1=high, line={"color": canvas.palette.neutral_soft, "width": 5})


def balance_figure(
    _: Text,
    palette: Palette,
    table: pd.DataFrame,
    currency: str,
    frequency: str,
    name: str,
    height: int = 240,
) -> go.Figure:
    """Balance as bars from a zero line, surplus above and deficit below; the last bar says its value."""
    span = Span.of(table, frequency)
    canvas = Canvas(palette, height, top=12, bottom=span.bottom)
    scale = scale_of(table["balance"])
    scaled = table["balance"] / scale.millions
    ticks = round_ticks(float(scaled.min()), float(scaled.max()), 3)
    canvas.bars(
        x=span.places(table.index),
        y=_values(scaled),
        name=name,
        hoverinfo="text",
        hovertext=_hover(
            _, name, [(_.period(p, frequency), _.money(v, currency)) for p, v in table["balance"].items()]
        ),
        marker={"color": palette.neutral, "line": {"width": 0}},
        width=span.bar_width,
    )
    canvas.rule(xref="paper", x0=0, x1=1, y0=0, y1=0, line={"color": palette.ink, "width": 1}, layer="above")
    known = scaled.dropna()
    kind = _("Deficit") if known.iloc[-1] < 0 else _("Surplus")
    text = f"<b>{kind}</b><br>{_.number(abs(known.iloc[-1]), scale.decimals)}"
    end_labels(canvas, [(None, float(known.iloc[-1]), text, palette.ink)], ticks)
    return canvas.figure(
        xaxis=time_axis(_, palette, span.start, span.end, frequency),
        yaxis=value_axis(canvas, ticks, tick_labels(_, ticks, currency, scale)),
    )


# Share of the height between two small multiples, where the name of the lower one stands.
BETWEEN = 0.16


def growth_figure(
    _: Text, palette: Palette, table: pd.DataFrame, lines: Sequence[Line], frequency: str, height: int = 360
) -> go.Figure:
    """Year-on-year change as small multiples on one scale; each line's column is a growth column."""
    span = Span.of(table, frequency)
    canvas = Canvas(palette, height, top=30, bottom=span.bottom)
    values = table[[line.column for line in lines]]
    ticks = round_ticks(float(values.min(axis=None)), float(values.max(axis=None)), 3)
    share = (1 - BETWEEN * (len(lines) - 1)) / len(lines)
    axes = {}
    for row, line in enumerate(lines):
        top = 1 - row * (share + BETWEEN)
        axis = "y" if row == 0 else f"y{row + 1}"
        _growth_row(_, canvas, line, table[line.column], span, axis, top)
        axes["yaxis" + axis[1:]] = value_axis(canvas, ticks, percent_labels(_, ticks), axis) | {
            "domain": [max(top - share, 0), top]
        }
    lowest = "y" if len(lines) == 1 else f"y{len(lines)}"
    return canvas.figure(xaxis=time_axis(_, palette, span.start, span.end, frequency) | {"anchor": lowest}, **axes)


def _growth_row(_: Text, canvas: Canvas, line: Line, values: pd.Series, span: Span, axis: str, top: float) -> None:
    points = [(_.period(p, span.frequency), _.signed_percent(v)) for p, v in values.items()]
    canvas.bars(
        x=span.places(values.index),
        y=_values(values),
        name=line.full_name,
        hoverinfo="text",
        yaxis=axis,
        hovertext=_hover(_, line.full_name, points),
        marker={"color": line.colour, "line": {"width": 0}},
        width=span.bar_width,
    )
    zero = {"color": canvas.palette.ink, "width": 1}
    canvas.rule(xref="paper", x0=0, x1=1, yref=axis, y0=0, y1=0, line=zero, layer="above")
    canvas.write(
        f"<b>{line.label}</b>",
        xref="paper",
        x=0,
        yref="paper",
        y=top,
        xanchor="left",
        yanchor="bottom",
        font={"color": line.colour, "size": LABEL_SIZE},
        yshift=8,
        xshift=2 - LEFT,
    )
    known = values.dropna()
    if len(known):
        canvas.write(
            _.signed_percent(known.iloc[-1]),
            xref="paper",
            x=1,
            y=float(known.iloc[-1]),
            yref=axis,
            xanchor="left",
            xshift=6,
            font={"color": line.colour, "size": LABEL_SIZE},
        )
