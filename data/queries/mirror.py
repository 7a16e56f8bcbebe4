"""One flow as both countries record it: the exporter's exports beside the importer's imports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from data.queries import breaks, events, trade
from data.queries.origin import Origin, origin_of_rows
from data.queries.pivot_flows import PLAIN, less_settled
from data.queries.span import span_of
from data.selection import Selection
from data.store import Store

# Topics of the notes that say how the records of a pair come about.
EXCHANGED, RECORDS = "records_exchanged", "records"
FLOW_OF = {"exporter": "export", "importer": "import"}
SIDES = tuple(FLOW_OF)
# What is computed from both sides, and is as settled as the less settled of them.
COMPARED = ("gap", "ratio")


@dataclass(frozen=True)
class Mirror:
    """A flow from exporter to importer.

    ``table`` is indexed by period with ``exporter`` and ``importer`` (million units of the chosen currency; missing
    where a side has no record), ``gap`` (importer less exporter), ``ratio`` (importer over exporter), each with
    ``<column>_status`` and ``<column>_derivation``, and ``<side>_source``.
    ``isolated`` names the sides whose points may not be joined. ``happened`` are rows of the events table and
    ``broken`` of the breaks table within the span.
    """

    exporter: str
    importer: str
    table: pd.DataFrame
    isolated: frozenset[str]
    happened: pd.DataFrame
    broken: pd.DataFrame
    origin: Origin

    @property
    def latest(self) -> pd.Series | None:
        """The newest period that both sides record; None when there is none."""
        both = self.table.dropna(subset=list(SIDES))
        return both.iloc[-1] if len(both) else None


def exports(store: Store, selection: Selection) -> Mirror | None:
    """The flow from the reporter to the partner, by both records."""
    return mirror(store, selection, selection.reporter, selection.partner)


def imports(store: Store, selection: Selection) -> Mirror | None:
    """The flow from the partner to the reporter, by both records."""
    return mirror(store, selection, selection.partner, selection.reporter)


def mirror(store: Store, selection: Selection, exporter: str, importer: str) -> Mirror | None:
    """Set the two records of a flow side by side over the chosen years, in the chosen currency.

    Records of the same country are never set against each other, and nothing is filled in.

    Returns:
        None where neither side has a record of the chosen years.
    """
    return store.remember(_mirror, selection, exporter, importer)


def _mirror(store: Store, selection: Selection, exporter: str, importer: str) -> Mirror | None:
    if exporter == importer:
        return None
    sides = {
        "exporter": replace(selection, reporter=exporter, partner=importer),
        "importer": replace(selection, reporter=importer, partner=exporter),
    }
    table = _table(store, sides, selection.freq)
    if table.empty:
        return None
    start, end = span_of(table.index, selection.frequency)
    held = [side for side in SIDES if table[side].notna().any()]
    return Mirror(
        exporter,
        importer,
        table,
        isolated=frozenset(side for side in held if _has_holes(store, side, sides[side])),
        happened=events.marked(store, selection, start, end),
        broken=breaks.in_span(store, [(sides[side].reporter, sides[side].partner) for side in held], start, end),
        origin=origin_of_rows(store, [_drawn(store, side, sides[side], table) for side in held], selection.currency),
    )


def _table(store: Store, sides: Mapping[str, Selection], freq: str) -> pd.DataFrame:
    series = {side: trade.series(store, asked) for side, asked in sides.items()}
    table = pd.DataFrame({side: series[side][FLOW_OF[side]].dropna() for side in SIDES})
    if table.empty:
        return table
    step = {"annual": "YS", "quarterly": "QS", "monthly": "MS"}[freq]
    table = table.reindex(pd.date_range(table.index.min(), table.index.max(), freq=step, name="period"))
    table["gap"] = table["importer"] - table["exporter"]
    table["ratio"] = table["importer"] / table["exporter"]
    for side in SIDES:
        for label in (*PLAIN, "source"):
            table[f"{side}_{label}"] = series[side][f"{FLOW_OF[side]}_{label}"].reindex(table.index)
    for label, plain in PLAIN.items():
        both = [table[f"{side}_{label}"].to_numpy() for side in SIDES]
        for compared in COMPARED:
            table[f"{compared}_{label}"] = less_settled(both[0], both[1], plain)
    return table


def _drawn(store: Store, side: str, asked: Selection, table: pd.DataFrame) -> pd.DataFrame:
    """The observations of the one flow that a side has on the chart; its record holds the other direction too."""
    rows = trade.records(store, asked)
    return rows[(rows["flow"] == FLOW_OF[side]) & rows["period"].isin(table.index)]


def _has_holes(store: Store, side: str, asked: Selection) -> bool:
    """Whether a record has unknown periods inside it, whatever years and currency are chosen."""
    return trade.has_holes(trade.full_series(store, trade.as_recorded(asked))[FLOW_OF[side]])


def exchanged(store: Store, exporter: str, importer: str) -> bool:
    """Whether the exporter's record is made from the importer's, so that the gap measures definitions."""
    return bool((_of_pair(store, exporter, importer)["topic"] == EXCHANGED).any())


def notes(store: Store, exporter: str, importer: str) -> pd.DataFrame:
    """Reasons why the two records of a flow differ: those of the flow first, then those of both directions."""
    rows, flow = _of_pair(store, exporter, importer), f"{exporter}-{importer}"
    mine = rows[rows["flow"].isin([flow, "both"]) & ~rows["topic"].isin([EXCHANGED, RECORDS])]
    return mine.sort_values("flow", key=lambda flows: flows == "both", kind="stable")


def record_note(store: Store, exporter: str, importer: str) -> str:
    """How the records of a pair come about, exchanged or independent; empty where it is not known."""
    rows = _of_pair(store, exporter, importer)
    found = rows.loc[rows["topic"].isin([EXCHANGED, RECORDS]), "text"]
    return str(found.iloc[0]) if len(found) else ""


def _of_pair(store: Store, exporter: str, importer: str) -> pd.DataFrame:
    rows = store.mirror_notes
    return rows[rows["pair"] == "-".join(sorted((exporter, importer)))]
