"""The Trade page: exports and imports, the balance and growth of the chosen pair."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import html

from data import events, trade
from data.selection import LAST_COMPLETE_YEAR
from data.store import Store
from layouts import countries, notices
from layouts.chart import Chart, chart
from layouts.figures.series import Line, Span, balance_figure, growth_figure, lines_figure
from layouts.provenance import SourceLine, source_line
from layouts.scale import scale_of
from layouts.table import Column
from layouts.text import Text
from layouts.view import View

PATH = "/trade"


def page(view: View, store: Store) -> html.Div:
    """Draw the page for the selection, or say why there is nothing to draw."""
    return html.Div([html.H1(_heading(view)), *_body(view, store)])


def _heading(view: View) -> str:
    _, chosen = view.text, view.selection
    return _(
        "{possessive} goods trade with {partner}",
        possessive=countries.possessive(_, chosen.country),
        partner=countries.partner(_, chosen.partner),
    )


def _body(view: View, store: Store) -> list:
    if view.selection.same_country:
        return [notices.same_country(view)]
    table = trade.series(store, view.selection)
    if table[["export", "import"]].isna().all(axis=None):
        return [notices.no_records(view, store)]
    charts = [flows_chart(view, store, table, name="trade", path=PATH, with_total=True)]
    if table["balance"].notna().any():
        charts.append(balance_chart(view, store, table))
    if table[["export_growth", "import_growth"]].notna().any(axis=None):
        charts.append(growth_chart(view, store, table))
    hints = [partial_record(view, store, table), year_to_date_line(view, store)]
    return [*(hint for hint in hints if hint), *(chart(view, it) for it in charts)]


def lines(view: View, with_total: bool = False) -> list[Line]:
    """Exports in the reporter's colour and solid, imports in the partner's and dashed, so colour is never alone."""
    _, chosen, palette = view.text, view.selection, view.palette
    to = countries.partner(_, chosen.partner)
    found = [
        Line("export", _("Exports"), _("Exports to {partner}", partner=to), palette.country(chosen.country)),
        Line(
            "import",
            _("Imports"),
            _("Imports from {partner}", partner=countries.origin(_, chosen.partner)),
            palette.country(chosen.partner),
            "7px,3px",
        ),
    ]
    if with_total:
        total = _("Two-way trade with {partner}", partner=to)
        found.append(Line("total", _("Two-way"), total, palette.muted, width=1.5))
    return found


def flows_chart(
    view: View,
    store: Store,
    table: pd.DataFrame,
    name: str,
    path: str,
    with_total: bool = False,
    height: int = 440,
) -> Chart:
    """Exports and imports over time with policy events on the axis."""
    _, chosen = view.text, view.selection
    drawn = [line for line in lines(view, with_total) if table[line.column].notna().any()]
    span = Span.of(table, chosen.frequency)
    marked = events.turning_points(store, chosen, span.start, span.end)
    isolated = trade.is_isolated(store, chosen)
    shown = table[[line.column for line in drawn]]
    figure = lines_figure(
        _,
        view.palette,
        table,
        drawn,
        chosen.currency,
        chosen.frequency,
        events=list(marked["date"]),
        isolated=isolated,
        height=height,
    )
    remarks = (
        [_("Single years are on record; they are not joined, because the years between are unknown.")]
        if isolated
        else []
    )
    return Chart(
        name=name,
        title=series_title(view),
        subtitle=_(
            "{span}, {unit}, customs basis; shaded: the balance", span=span_text(view, table), unit=unit(view, shown)
        )
        if not isolated
        else _("{span}, {unit}, customs basis", span=span_text(view, table), unit=unit(view, shown)),
        source=series_source(view, store),
        summary=_summary(view, table),
        figure=figure,
        columns=lambda: flow_columns(view, table, with_total),
        file_name=chosen.file_name(name),
        path=path,
        notes=[
            _("{date}: {event}", date=_.date(e.date, e.date_precision), event=_.data(e.title))
            for e in marked.itertuples()
        ],
        remarks=remarks,
    )


def series_title(view: View) -> str:
    """Say whose trade with whom is shown, and whose record it is."""
    _, chosen = view.text, view.selection
    return _(
        "{possessive} goods trade with {partner}, as {reporter} reports it",
        possessive=countries.possessive(_, chosen.country),
        partner=countries.partner(_, chosen.partner),
        reporter=countries.subject(_, chosen.country),
    )


def unit(view: View, values: pd.DataFrame | pd.Series) -> str:
    """Name the unit of the value axis for values in millions."""
    return scale_of(values).unit(view.text, view.selection.currency)


def span_text(view: View, table: pd.DataFrame, columns: Sequence[str] = ("export", "import")) -> str:
    """Name the periods that are really shown, from the first to the last with a value."""
    _ = view.text
    known = table[list(columns)].dropna(how="all").index
    first, last = (_.period(p, view.selection.frequency) for p in (known[0], known[-1]))
    return _.span(first, last)


def series_source(view: View, store: Store) -> SourceLine:
    """Source line of the chosen series."""
    chosen = view.selection
    return source_line(view.text, store, trade.sources_used(store, chosen), trade.rate_sources(store, chosen))


def _summary(view: View, table: pd.DataFrame) -> list[str]:
    """Say in sentences what the line chart shows, for those who cannot see it."""
    _, chosen = view.text, view.selection
    parts = []
    for line in lines(view):
        known = table[line.column].dropna()
        if len(known):
            parts.append(
                _(
                    "{name}: {first_value} in {first}, {last_value} in {last}.",
                    name=line.full_name,
                    first_value=_.money(known.iloc[0], chosen.currency),
                    first=_.period(known.index[0], chosen.frequency),
                    last_value=_.money(known.iloc[-1], chosen.currency),
                    last=_.period(known.index[-1], chosen.frequency),
                )
            )
    return parts


def flow_columns(view: View, table: pd.DataFrame, with_total: bool) -> list[Column]:
    """The numbers of the chart in million units of the chosen currency; preliminary values carry a raised p."""
    _, chosen = view.text, view.selection
    unit_name = _("million {currency}", currency=_.currency(chosen.currency))
    shown = [("export", _("Exports")), ("import", _("Imports"))]
    columns = [Column(_("Period"), [_.period(p, chosen.frequency) for p in table.index], numeric=False)]
    for flow, name in shown:
        cells = [_value(_, v, s) for v, s in zip(table[flow], table[f"{flow}_status"], strict=True)]
        columns.append(Column(_("{name}, {unit}", name=name, unit=unit_name), cells))
    if with_total:
        for measure, name in (("total", _("Two-way trade")), ("balance", _("Balance"))):
            columns.append(
                Column(_("{name}, {unit}", name=name, unit=unit_name), [_.number(v, 1) for v in table[measure]])
            )
    return columns


PRELIMINARY_MARK = {"preliminary": "ᵖ", "special_estimate": "ᴱ"}


def _value(_: Text, value: float, status: object) -> str:
    return _.number(value, 1) + (PRELIMINARY_MARK.get(str(status), "") if value == value else "")


def balance_chart(view: View, store: Store, table: pd.DataFrame) -> Chart:
    """Exports less imports."""
    _, chosen = view.text, view.selection
    name = _("Balance with {partner}", partner=countries.partner(_, chosen.partner))
    known = table["balance"].dropna()
    return Chart(
        name="balance",
        title=_(
            "{possessive} balance of goods trade with {partner}",
            possessive=countries.possessive(_, chosen.country),
            partner=countries.partner(_, chosen.partner),
        ),
        subtitle=_(
            "{span}, exports less imports, {unit}, as {reporter} reports it",
            span=span_text(view, table, ["balance"]),
            unit=unit(view, table["balance"]),
            reporter=countries.subject(_, chosen.country),
        ),
        source=series_source(view, store),
        summary=[
            _(
                "{name}: {first_value} in {first}, {last_value} in {last}.",
                name=name,
                first_value=_.money(known.iloc[0], chosen.currency),
                first=_.period(known.index[0], chosen.frequency),
                last_value=_.money(known.iloc[-1], chosen.currency),
                last=_.period(known.index[-1], chosen.frequency),
            )
        ],
        figure=balance_figure(_, view.palette, table, chosen.currency, chosen.frequency, name),
        columns=lambda: [
            Column(_("Period"), [_.period(p, chosen.frequency) for p in table.index], numeric=False),
            Column(
                _(
                    "{name}, {unit}",
                    name=_("Balance"),
                    unit=_("million {currency}", currency=_.currency(chosen.currency)),
                ),
                [_.number(v, 1) for v in table["balance"]],
            ),
        ],
        file_name=chosen.file_name("balance"),
        path=PATH,
    )


def growth_chart(view: View, store: Store, table: pd.DataFrame) -> Chart:
    """Change on the same period a year earlier."""
    _, chosen = view.text, view.selection
    flows = [line for line in lines(view) if table[f"{line.column}_growth"].notna().any()]
    drawn = [Line(f"{line.column}_growth", line.label, line.full_name, line.colour) for line in flows]
    remarks = []
    if trade.rate_sources(store, chosen):
        remarks.append(_("Growth is of converted values and so contains the change of the exchange rate."))
    return Chart(
        name="growth",
        title=_(
            "Growth of {possessive} goods trade with {partner}",
            possessive=countries.possessive(_, chosen.country),
            partner=countries.partner(_, chosen.partner),
        ),
        subtitle=_(
            "{span}, per cent on the same period a year earlier, values in {currency}",
            span=span_text(view, table, [line.column for line in drawn]),
            currency=_.currency(chosen.currency),
        ),
        source=series_source(view, store),
        summary=[
            _(
                "{name}: {growth} in {last}.",
                name=line.full_name,
                growth=_.signed_percent(table[f"{line.column}_growth"].dropna().iloc[-1]),
                last=_.period(table[f"{line.column}_growth"].dropna().index[-1], chosen.frequency),
            )
            for line in flows
        ],
        figure=growth_figure(_, view.palette, table, drawn, chosen.frequency),
        columns=lambda: [
            Column(_("Period"), [_.period(p, chosen.frequency) for p in table.index], numeric=False),
            *(
                Column(_("{name}, per cent", name=line.label), [_.signed(v) for v in table[f"{line.column}_growth"]])
                for line in flows
            ),
        ],
        file_name=chosen.file_name("growth"),
        path=PATH,
        remarks=remarks,
    )


def year_to_date_line(view: View, store: Store) -> html.P | None:
    """Set the months of the incomplete year against the same months before; the year itself is never shown."""
    _, chosen = view.text, view.selection
    now = trade.year_to_date(store, chosen)
    if now is None or now.now["total"] != now.now["total"] or chosen.years[1] < LAST_COMPLETE_YEAR:
        return None
    parts = [
        _(
            "{flow} {amount} ({growth})",
            flow=name,
            amount=_.money(now.now[m], chosen.currency),
            growth=_.signed_percent((now.now[m] / now.before[m] - 1) * 100),
        )
        for m, name in (("export", _("exports")), ("import", _("imports")), ("total", _("two-way trade")))
    ]
    return html.P(
        _(
            "{year} so far, January–{month} against the same months of {before}: {figures}. Preliminary.",
            year=now.year,
            month=_.month_name(now.last_month),
            before=now.year - 1,
            figures=_.listing(parts),
        ),
        className="so-far",
    )


def partial_record(view: View, store: Store, table: pd.DataFrame) -> html.Div | None:
    """Say what the record lacks, with the partner's record as the way out; None when nothing is lacking."""
    _, chosen = view.text, view.selection
    reasons: list[str] = []
    missing_flows = [f for f in ("export", "import") if table[f].isna().all()]
    if chosen.country == "MEX":
        reasons.append(
            _("Few figures that Mexico itself reports are held: they are published totals, some quoted by the press.")
        )
    elif missing_flows:
        reasons.append(_("One of the two flows is not on record."))
    if table[["export", "import"]].isna().any(axis=None) and chosen.country != "MEX":
        reasons.append(_missing_values(view, store))
    asked_first = chosen.years[0]
    if table.index[0].year > asked_first and chosen.country != "MEX":
        reasons.append(
            _(
                "Figures of {country} begin in {year}.",
                country=countries.origin(_, chosen.country),
                year=table.index[0].year,
            )
        )
    if not reasons:
        return None
    return notices.notice(reasons, notices.other_side_ways(view, store))


def _missing_values(view: View, store: Store) -> str:
    _ = view.text
    if trade.rate_sources(store, view.selection) or view.selection.currency == "MXN":
        return _("No exchange rate is held for some of these years, so they are left empty rather than guessed.")
    return _("Some periods are not on record and are left empty.")
