"""Pictures of charts without a reader: the script of the pages draws them, in a browser on this machine.

The package kaleido brings the browser; it is optional, so nothing here imports it before a picture is asked for.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from layouts.components.chart import CONFIG, Chart
from layouts.document.font import held_face
from layouts.export.picture_browser import PictureBrowser

ASSETS = Path(__file__).parents[1] / "assets"
# What a page loads to draw charts and their pictures, and what hands them to Kaleido.
SCRIPTS = (
    "plotly-trade.min.js",
    "columns.js",
    "png.js",
    "picture_font.js",
    "picture_figure.js",
    "picture_words.js",
    "picture.js",
    "kaleido.js",
)
# About the width of a chart on a page; a picture is the same from any.
CHART_WIDTH = 920

NO_PACKAGE = (
    "Pictures need the package kaleido, which is not installed.\n"
    "Install it with: python -m pip install 'kaleido>=1.5'\n"
    "It needs a Chrome or Chromium beside it."
)
NO_BROWSER = (
    "Pictures need a Chrome or Chromium, and none was found.\n"
    "Install one, with your system's packages or with: kaleido_get_chrome\n"
    "Name it with BROWSER_PATH where it stands in an unusual place."
)
WRONG_BROWSER = "Pictures need a Chrome or Chromium; BROWSER_PATH names {path}, which is not there."

Draw = Callable[[Chart], bytes | None]


class PicturePage:
    """The document that Kaleido opens: our scripts from this machine, and nothing from elsewhere."""

    # A document read from a disk has no host of its own, so the scheme says what it may load.
    POLICY = "default-src 'none'; script-src file:; style-src 'unsafe-inline'; font-src data:; img-src data: blob:"

    def generate_index(self) -> str:
        """Write the document; Kaleido asks for it under this name."""
        scripts = "".join(f'<script src="{(ASSETS / name).as_uri()}"></script>' for name in SCRIPTS)
        return (
            '<!DOCTYPE html><html><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{self.POLICY}">'
            # Without one the browser would look for an icon.
            f'<link rel="icon" href="data:,"><style>{held_face(ASSETS)}</style></head>'
            f'<body><div id="plot" style="width:{CHART_WIDTH}px"></div>'
            f"{scripts}</body></html>"
        )


def painter(shape: str = "report") -> Draw | None:
    """The way to draw charts as PNG in a shape of layouts/assets/picture.js; None where something is missing for it.

    It may be called from any thread. It gives None for a chart that the shape cannot hold.
    """
    if missing():
        return None
    browser = PictureBrowser(PicturePage())

    def draw(it: Chart) -> bytes | None:
        return browser.draw(asked_of(it, shape)) or None

    return draw


def asked_of(it: Chart, shape: str) -> dict[str, Any]:
    """What the script is given: the chart as the browser of a reader gets it, and what is wanted.

    Args:
        it: the chart with the words of its picture; it is left as it is.
        shape: a shape of layouts/assets/picture.js.
    """
    # Nobody asked under the name of a host, so the picture gives the address of its view without one.
    wanted = {"shape": shape, "origin": "", "date": datetime.now(UTC).date().isoformat()}
    return json.loads(it.figure.to_json()) | {"config": CONFIG, "picture": wanted}


def missing() -> str | None:
    """Say what must be installed before pictures can be drawn; None where all is there."""
    # Kaleido of old drove no browser of the machine.
    if not all(importlib.util.find_spec(name) for name in ("kaleido", "choreographer")):
        return NO_PACKAGE
    from choreographer.browsers.chromium import Chromium

    found = Chromium.find_browser(skip_local=False)
    if found is None:
        return NO_BROWSER
    named = os.environ.get("BROWSER_PATH")
    return WRONG_BROWSER.format(path=named) if named == found and not Path(found).is_file() else None
