"""Bilateral: compose data, pages and callbacks into one app."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from dash import Dash

from callbacks import embed, filters, http, pages, panels, preview, product_search
from callbacks.api import rows
from data.pipeline.build import ensure_built
from data.store import Store, load
from layouts.document.font import FILE as FONT
from layouts.document.index import index_page
from layouts.document.scripts import needed
from layouts.document.shell import shell
from layouts.wording.text import Text

ASSETS = Path(__file__).parent / "layouts" / "assets"
THEME, ICON = "theme.js", "icon.svg"


class Bilateral(Dash):
    """A Dash app whose document loads only the scripts it needs."""

    def interpolate_index(self, **parts: str) -> str:
        """Fill the document, as Dash asks for each time it is sent."""
        return super().interpolate_index(**{**parts, "scripts": needed(parts["scripts"])})


def create_app(store: Store | None = None, text: Text | None = None) -> Dash:
    """Make an app of its own, with its callbacks and server; the tables are built and loaded when none are given.

    Args:
        store: the tables to show.
        text: the language to show them in, English by default.
    """
    if store is None:
        ensure_built()
        store = load()
    text = text or Text()
    app = Bilateral(
        "bilateral",
        assets_folder=str(ASSETS),
        # The theme must be known before the first paint, so the page loads it itself, in its head. Embedded charts
        # are documents of their own with files of their own, and so is the document in which the server draws.
        assets_ignore=r"theme\.js|embed\.(js|css)|kaleido\.js|.*\.(br|gz|txt|svg)$",
        title="Bilateral",
        update_title="",
        health_endpoint="healthz",
        suppress_callback_exceptions=True,
        serve_locally=True,
    )
    files = (embed.versioned(app, name) for name in (THEME, ICON, FONT))
    app.index_string = index_page(text, store.coverage, *files)
    app.layout = shell(text, store.coverage)
    pages.register(app, store, text)
    panels.register(app, store, text)
    filters.register(app, store)
    product_search.register(app, store, text)
    embed.register(app, store, text)
    preview.register(app, store, text)
    rows.register(app, store, text)
    http.register(app, ASSETS)
    return app


def __getattr__(name: str):
    """Make ``app:server`` on first use, so that importing this module runs nothing."""
    if name == "server":
        logging.basicConfig(level=logging.INFO, format="%(message)s")
        globals()["server"] = create_app().server
        return globals()["server"]
    raise AttributeError(name)


if __name__ == "__main__":
    # Dash alone would ask HOST, which some shells set for ends of their own.
    create_app().run(
        host=os.environ.get("BILATERAL_HOST") or "127.0.0.1", port=os.environ.get("BILATERAL_PORT") or "8050"
    )
