"""Each flow of a pair as its exporter and as its importer record it, with the gap between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import permutations
from typing import Any

from data.queries.mirror import SIDES, Mirror
from data.queries.records import Record
from data.selection import Selection
from layouts.charts.annotations import event_column, event_notes
from layouts.charts.trade import break_lines
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, constant, period_columns
from layouts.components.metadata import Flows, Metadata, basis_phrase, trade_metadata
from layouts.components.source_line import SourceLine, source_line
from layouts.components.status import legend
from layouts.figures.lines import Line, lines_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.units import Money

HEIGHT = 380


def exports_chart(view: View, it: Mirror, height: int = HEIGHT) -> Chart:
    """What the reporter sells to the partner."""
    return _flow_chart(view, it, "mirror-exports", height)


def imports_chart(view: View, it: Mirror, height: int = HEIGHT) -> Chart:
    """What the partner sells to the reporter."""
    return _flow_chart(view, it, "mirror-imports", height)


def _flow_chart(view: View, it: Mirror, name: str, height: int) -> Chart:
    """Both records of one flow over time, with the gap between them."""
    _, chosen = view.text, view.selection
    lines = _lines(view, it)
    unit = Money.of(it.table[[line.column for line in lines]], chosen.currency)
    first, last = (_.period(p, chosen.frequency) for p in (it.table.index[0], it.table.index[-1]))
    source, statuses = source_line(_, it.origin), _statuses(it)
    return Chart(
        name=name,
        title=_title(view, it),
        subtitle=_(
            "{span}, {unit}, {basis}; between the two: the gap",
            span=_.span(first, last),
            unit=unit.name(_),
            basis=basis_phrase(_, it.origin),
        ),
        source=source,
        summary=_finding(view, it),
        figure=lines_figure(
            _,
            view.palette,
            it.table,
            lines,
            unit,
            chosen.frequency,
            events=list(it.happened["date"]),
            breaks=it.broken,
            shaded=SIDES,
            comparing="reporter",
            height=height,
        ),
        columns=lambda: _columns(view, it, unit),
        file_name=chosen.file_name(_name(it.exporter, it.importer)),
        metadata=_metadata(view, it, lines, source),
        notes=event_notes(view, it.happened),
        remarks=_finding(view, it) + _isolated_remark(view, it),
        breaks=break_lines(_, it.broken),
        legend=legend(_, statuses) if statuses else None,
    )


def _title(view: View, it: Mirror) -> str:
    _ = view.text
    return _(
        "Goods from {exporter} to {importer}, as each of the two records them",
        exporter=countries.origin(_, it.exporter),
        importer=countries.partner(_, it.importer),
    )


def _lines(view: View, it: Mirror) -> list[Line]:
    """The exporter's record solid in its colour, the importer's dashed in its own."""
    _ = view.text
    made = [
        Line(
            "exporter",
            countries.short(_, it.exporter),
            _("Exports as {reporter} records them", reporter=countries.subject(_, it.exporter)),
            view.colour(it.exporter),
            Record(it.exporter, it.importer, view.selection.currency),
            isolated="exporter" in it.isolated,
        ),
        Line(
            "importer",
            countries.short(_, it.importer),
            _("Imports as {reporter} records them", reporter=countries.subject(_, it.importer)),
            view.colour(it.importer),
            Record(it.importer, it.exporter, view.selection.currency),
            "7px,3px",
            isolated="importer" in it.isolated,
        ),
    ]
    return [line for line in made if it.table[line.column].notna().any()]


def _finding(view: View, it: Mirror) -> list[str]:
    """State the gap of the newest period both record, in value and as a ratio."""
    _, chosen = view.text, view.selection
    latest = it.latest
    if latest is None:
        return [_("No period of these years is on record with both, so the gap is not known.")]
    period = _.period(latest.name, chosen.frequency)
    importer, exporter = (
        countries.sentence_start(_, it.importer),
        countries.subject(_, it.exporter),
    )
    return [
        _(
            "{importer} recorded {imports} of imports and {exporter} {exports} of exports for {period}: "
            "{ratio} times as much, a gap of {gap}.",
            importer=importer,
            imports=_.money(latest["importer"], chosen.currency),
            exporter=exporter,
            exports=_.money(latest["exporter"], chosen.currency),
            period=period,
            ratio=_.number(latest["ratio"], 2),
            gap=_.money(latest["gap"], chosen.currency),
        )
    ]


def _isolated_remark(view: View, it: Mirror) -> list[str]:
    _ = view.text
    if not it.isolated:
        return []
    said = [_("One record has single years only; they are drawn as points and not joined.")]
    if "worked_out" in _statuses(it):
        said.append(_("Hollow points are press figures; with a dot inside, worked out from a printed growth rate."))
    return said


def _metadata(view: View, it: Mirror, lines: list[Line], source: SourceLine) -> Metadata:
    """Metadata of both records; the gap is computed out loud for the newest period both know."""
    _, chosen, latest = view.text, view.selection, it.latest
    computations = []
    if latest is not None:
        period = _.period(latest.name, chosen.frequency)
        importer, exporter = (_.number(latest[one], 1) for one in ("importer", "exporter"))
        gap, ratio = _.signed(latest["gap"], 1), _.number(latest["ratio"], 2)
        computations = [
            _(
                "Gap, {period}: {importer} − {exporter} = {gap}",
                period=period,
                importer=importer,
                exporter=exporter,
                gap=gap,
            ),
            _(
                "Ratio, {period}: {importer} / {exporter} = {ratio}",
                period=period,
                importer=importer,
                exporter=exporter,
                ratio=ratio,
            ),
        ]
    shown = Flows(
        [line.record for line in lines],
        conventions=[(line.record.reporter, "export" if line.column == "exporter" else "import") for line in lines],
        computations=computations,
        statuses=["final", *_statuses(it)],
        rate=_("Where a record is in another currency, each period is converted at its own average rate."),
        definition=_("The gap is the importer’s figure less the exporter’s; the ratio is one divided by the other."),
    )
    return trade_metadata(view, shown, source)


def _statuses(it: Mirror) -> list[str]:
    """Codes that need a symbol among the values of both sides."""
    found = [c for one in SIDES for c in it.table[f"{one}_status"].dropna().unique()]
    found += ["worked_out" for one in SIDES if (it.table[f"{one}_derivation"] == "worked_out").any()]
    found += ["missing"] if it.table[list(SIDES)].isna().any(axis=None) else []
    return [code for code in dict.fromkeys(found) if code != "final"]


def _columns(view: View, it: Mirror, unit: Money) -> list[DataColumn]:
    """The values of both records with the gap and the ratio; files name the two countries by their codes."""
    _ = view.text
    known = it.table.dropna(how="all", subset=list(SIDES))
    exporter, importer = countries.name(_, it.exporter), countries.name(_, it.importer)
    header = unit.header(_)

    def column(of: str, name: str, label: str, show: Callable[[Any], str], counts: str = "") -> DataColumn:
        return DataColumn(
            name,
            label,
            list(known[of]),
            show=show,
            unit=counts,
            statuses=list(known[f"{of}_status"]),
            derivations=list(known[f"{of}_derivation"]),
            sources=list(known.get(f"{of}_source", ())),
        )

    return [
        *period_columns(_, known.index, view.selection.frequency),
        constant("exporter", _("country that exports"), it.exporter, len(known)),
        constant("importer", _("country that imports"), it.importer, len(known)),
        column(
            "exporter",
            "exports",
            _("Exports by {country}, {unit}", country=exporter, unit=header),
            lambda v: unit.cell(_, v),
            header,
        ),
        column(
            "importer",
            "imports",
            _("Imports by {country}, {unit}", country=importer, unit=header),
            lambda v: unit.cell(_, v),
            header,
        ),
        column("gap", "gap", _("Gap, {unit}", unit=header), lambda v: _.signed(v, 1), header),
        column("ratio", "ratio", _("Imports per unit of exports"), lambda v: _.number(v, 2)),
        *event_column(view, it.happened, known.index),
        constant("unit", _("what the values count"), unit.code, len(known)),
    ]


def names_of_exports(reporters: Iterable[str], selection: Selection) -> dict[str, Selection]:
    """Names of one flow each, which the chart had before; a flow of another pair turns the choice to that pair."""
    others = [pair for pair in permutations(reporters, 2) if pair != (selection.partner, selection.reporter)]
    return {_name(*pair): _of_pair(selection, *pair) for pair in others}


def names_of_imports(_reporters: Iterable[str], selection: Selection) -> dict[str, Selection]:
    """The name that the flow to the reporter had before."""
    return {} if selection.same_country else {_name(selection.partner, selection.reporter): selection}


def _name(exporter: str, importer: str) -> str:
    return f"mirror-{exporter}-{importer}".lower()


def _of_pair(selection: Selection, exporter: str, importer: str) -> Selection:
    chosen = (selection.reporter, selection.partner)
    return selection if chosen == (exporter, importer) else selection.turned(exporter, importer)
