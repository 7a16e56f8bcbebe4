"""One flow as both countries record it: the exporter's exports beside the importer's imports."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from data.queries import trade
from data.selection import Selection
from data.store import Store

# Since January 1990 Canada and the United States take each other's import records for their exports.
EXCHANGED = frozenset({"CAN", "USA"})


@dataclass(frozen=True)
class Mirror:
    """A flow from exporter to importer.

    ``table`` is indexed by period with ``exporter`` and ``importer`` (million units of the chosen currency; missing
    where a side has no record), ``gap`` (importer less exporter), ``ratio`` (importer over exporter) and
    ``<side>_status`` and ``<side>_derivation``.
    ``isolated`` names the sides whose points may not be joined.
    """

    exporter: str
    importer: str
    table: pd.DataFrame
    isolated: frozenset[str]

    @property
    def exchanged(self) -> bool:
        """Whether the exporter's record is made from the importer's, so that the gap measures definitions."""
        return {self.exporter, self.importer} == EXCHANGED

    @property
    def latest(self) -> pd.Series | None:
        """The newest period that both sides record; None when there is none."""
        both = self.table.dropna(subset=["exporter", "importer"])
        return both.iloc[-1] if len(both) else None


def mirror(store: Store, selection: Selection, exporter: str, importer: str) -> Mirror:
    """Set the two records of a flow side by side over the chosen years, in the chosen currency.

    Records of the same country are never set against each other, and nothing is filled in.
    """
    sides = {
        "exporter": replace(selection, reporter=exporter, partner=importer),
        "importer": replace(selection, reporter=importer, partner=exporter),
    }
    flow = {"exporter": "export", "importer": "import"}
    series = {side: trade.series(store, asked) for side, asked in sides.items()}
    table = pd.DataFrame({side: series[side][flow[side]].dropna() for side in sides})
    if len(table):
        step = {"A": "YS", "Q": "QS", "M": "MS"}[selection.frequency]
        table = table.reindex(pd.date_range(table.index.min(), table.index.max(), freq=step, name="period"))
    table["gap"] = table["importer"] - table["exporter"]
    table["ratio"] = table["importer"] / table["exporter"]
    for side in sides:
        for label in ("status", "derivation"):
            table[f"{side}_{label}"] = series[side][f"{flow[side]}_{label}"].reindex(table.index)
    lonely = frozenset(
        side
        for side in sides
        if table[side].notna().any()
        and trade.has_holes(trade.whole_series(store, trade.as_recorded(sides[side]))[flow[side]])
    )
    return Mirror(exporter, importer, table, lonely)


def notes(store: Store, exporter: str, importer: str) -> pd.DataFrame:
    """Reasons why the two records of a flow differ: those of the flow first, then those of both directions."""
    pair, flow = "-".join(sorted((exporter, importer))), f"{exporter}-{importer}"
    rows = store.mirror_notes
    mine = rows[(rows["pair"] == pair) & rows["flow"].isin([flow, "both"]) & (rows["topic"] != "records")]
    return mine.sort_values("flow", key=lambda flows: flows == "both", kind="stable")


def record_note(store: Store, exporter: str, importer: str) -> str:
    """How the records of a pair come about: exchanged or independent."""
    rows = store.mirror_notes
    pair = "-".join(sorted((exporter, importer)))
    return str(rows[(rows["pair"] == pair) & (rows["topic"] == "records")]["text"].iloc[0])
