"""Charts on their own at ``/embed/<chart>``: small documents that other pages may frame."""

from __future__ import annotations

import logging
import os
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from dash import Dash
from flask import Response, request

from callbacks.pages import PAGES, page_titles
from data import address
from data.address import Words
from data.selection import FIELDS, Selection
from data.store import Store
from layouts.charts.registry import chart_of, meant
from layouts.document.embed import THEMES, Files, embed_page, explanation_page, reasons_of, unknown_page
from layouts.document.font import FILE as FONT
from layouts.theme import PALETTES
from layouts.view import View
from layouts.wording.text import Text

log = logging.getLogger("bilateral.embed")

# Who may frame a chart: an asterisk for anyone, or addresses such as "https://example.org https://*.example.com".
FRAME_ANCESTORS = "BILATERAL_FRAME_ANCESTORS"
ANCESTOR = re.compile(r"\*|'self'|'none'|https?:(//(\*\.)?[a-zA-Z0-9.-]+(:[0-9]+)?)?")
KEPT = 128
FRESH = "public, max-age=3600, stale-while-revalidate=86400"
BRIEFLY = "public, max-age=60"


def register(app: Dash, store: Store, text: Text) -> None:
    """Register the addresses of embedded charts."""
    policy = embed_policy(os.environ.get(FRAME_ANCESTORS, "*"))
    files = Files(*(versioned(app, name) for name in ("plotly-trade.min.js", "embed.js", "embed.css", FONT)))

    # A document follows from its arguments alone; a chart on a page of many readers is asked for again and again.
    @lru_cache(maxsize=KEPT)
    def document(name: str, search: str, theme: str) -> str:
        selection, rejected = Selection.from_query(search, store.coverage)
        # Light unless dark is asked for: where nothing is asked, the browser swaps the colours if its reader wants it.
        view = View(text, selection, PALETTES["dark" if theme == "dark" else "light"])
        it = chart_of(view, store, name)
        if it is None:
            found = meant(name, store, selection)
            path = found[0].page if found else "/"
            # What stands in the chart's place on its page says why it is not there.
            return explanation_page(view, path, reasons_of(PAGES[path](view, store)), theme, rejected, files)
        return embed_page(view, it, theme, rejected, files)

    @app.server.get("/embed/")
    @app.server.get("/embed/<path:name>")
    def embed(name: str = "") -> Response:
        if meant(name, store, Selection.usual(store.coverage)) is None:
            view = View(text, Selection.usual(store.coverage))
            return _answer(unknown_page(view, name, page_titles(text), files), policy, BRIEFLY, 404)
        asked = address.read(request.query_string.decode("utf-8", "replace"), [*FIELDS, "theme"])
        theme = asked.values.get("theme", "")
        return _answer(document(name, _known_part(asked), theme if theme in THEMES else ""), policy, FRESH)


def _known_part(asked: Words) -> str:
    """The part of a query that makes a difference, so that no tracking parameter makes a document of its own.

    A misspelt field makes one, because the document says so.
    """
    given = [(name, asked.values[name]) for name in FIELDS if name in asked.values]
    return urlencode(given + [(one.name, one.value) for one in asked.misspelt])


def _answer(html: str, policy: str, caching: str, status: int = 200) -> Response:
    answer = Response(html, status, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["Cache-Control"] = caching
    if status == 200:
        answer.add_etag()
        answer.make_conditional(request)
    return answer


def embed_policy(ancestors: str) -> str:
    """Content security policy of an embedded chart: our own files only, framed by whom the setting allows.

    Args:
        ancestors: addresses separated by blanks; a setting that is none is refused, and then nobody but we may frame.
    """
    given = ancestors.split()
    if not given or not all(ANCESTOR.fullmatch(one) for one in given):
        log.warning("%s is not a list of addresses: %r; charts can be embedded here only", FRAME_ANCESTORS, ancestors)
        given = ["'self'"]
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            # Plotly positions elements with style attributes.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {' '.join(given)}",
        ]
    )


def versioned(app: Dash, name: str) -> str:
    """Address of one of our files, with its version as Dash writes it, so that a browser keeps one copy of it."""
    changed = (Path(app.config.assets_folder) / name).stat().st_mtime
    return f"{app.get_asset_url(name)}?m={changed}"
