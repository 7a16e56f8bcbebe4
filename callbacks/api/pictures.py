"""Pictures of all charts of a page, drawn on this machine: ``python -m callbacks.api.pictures PAGE``.

The words of the view are those of the addresses::

    python -m callbacks.api.pictures trade --country CAN --partner USA --freq monthly --out pictures

They are the report pictures that the pages give, drawn by the same script. That takes the optional package ``kaleido``
(the extra ``pictures``) and a Chrome or Chromium, which ``BROWSER_PATH`` names where it is not found. It exits with 0
when every picture is written, 1 when one could not be, and 2 when a page, word or value is not known.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from callbacks.api.downloads import read
from callbacks.pages import PAGES, page_name
from data.api.query import RefusedError
from data.export.command import FAILED, NOT_UNDERSTOOD, OK
from data.pipeline.build import ensure_built
from data.selection import FIELDS
from data.store import Store, load
from layouts.charts.registry import charts_of_page
from layouts.export.picture_browser import PictureError
from layouts.export.pictures import Draw, missing, painter
from layouts.view import View
from layouts.wording.text import Text


def parser() -> argparse.ArgumentParser:
    """Declare the command: a page, and the words of its view."""
    made = argparse.ArgumentParser(prog="python -m callbacks.api.pictures", description="Draw the charts of a page.")
    made.add_argument("page", choices=[page_name(path) for path in PAGES], metavar="PAGE", help="as in its address")
    for name in FIELDS:
        made.add_argument(f"--{name}", metavar="VALUE", help="as in the address of the page")
    made.add_argument("--out", default=".", metavar="FOLDER", help="where to write; made when it is not there")
    return made


def main(
    arguments: Sequence[str] | None = None, store: Store | None = None, draw: Callable[[], Draw | None] = painter
) -> int:
    """Draw and write every chart of the view; what went wrong is said on the error output."""
    asked = parser().parse_args(arguments)
    if store is None:
        ensure_built()
        store = load()
    words = [(name, getattr(asked, name)) for name in FIELDS if getattr(asked, name) is not None]
    try:
        selection = read(words, store.coverage).selection
    except RefusedError as error:
        print("\n".join(f"--{refusal.detail}" for refusal in error.refusals), file=sys.stderr)
        return NOT_UNDERSTOOD
    paint = draw()
    if paint is None:
        print(missing(), file=sys.stderr)
        return FAILED
    path = {page_name(known): known for known in PAGES}[asked.page]
    found = charts_of_page(View(Text(), selection), store, path)
    try:
        for chart in found.values():
            file = Path(asked.out) / f"{chart.file_name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(paint(chart) or b"")
            print(file)
    except PictureError as error:
        print(f"{chart.name} could not be drawn: {error}", file=sys.stderr)
        return FAILED
    except OSError as error:
        print(f"{error.filename} cannot be written: {error.strerror}", file=sys.stderr)
        return FAILED
    if not found:
        print("This view has no chart.", file=sys.stderr)
        return FAILED
    return OK


if __name__ == "__main__":
    sys.exit(main())
