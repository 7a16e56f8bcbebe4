"""Compare the curated tables with themselves and with each other: ``python -m data.pipeline.report``.

Exits with 1 when the tables contradict themselves or cannot be read; disagreement between sources is shown only.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from data.paths import curated_dir
from data.pipeline.build import assemble
from data.pipeline.checks import describe
from data.pipeline.read import CuratedDataError

MARKS = {"agrees": "  ", "differs": "≠ ", "error": "! "}


def main(curated: Path | None = None) -> int:
    """Print every check with its worst case."""
    try:
        checks = assemble(curated or curated_dir())["checks"]
    except (CuratedDataError, ValueError) as error:
        print(f"data: the curated files need a correction\n{error}", file=sys.stderr)
        return 1
    print("\n".join(lines(checks)))
    return int((checks["verdict"] == "error").any())


def lines(checks: pd.DataFrame) -> list[str]:
    """Lines of the printed table: verdict, check, number of comparisons, tolerance, then the worst case."""
    written = [f"{'verdict':10}{'check':19}{'compared':>8}  {'tolerance':18}largest difference"]
    for row in checks.itertuples():
        tolerance = f"{row.tolerance:g} {row.bound}"
        start = f"{MARKS[row.verdict]}{row.verdict:8}{row.check_id:19}{row.comparisons:8}  {tolerance:18}"
        written.append(start + describe(row))
    return written


if __name__ == "__main__":
    sys.exit(main())
