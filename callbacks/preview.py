"""Links that say what they lead to: tags in the head of the document, and a picture of 1200 by 630 for each page."""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Slow
from pathlib import Path
from typing import Any

from dash import Dash
from flask import Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from callbacks.pages import known_path, page_name, page_titles
from data.selection import Selection
from data.store import Store
from layouts.charts.registry import charts_of_page
from layouts.document.preview import Preview, description_of, tags, title_of
from layouts.export.pictures import Draw, painter
from layouts.view import View
from layouts.wording.text import Text

log = logging.getLogger("bilateral.preview")

# "1" where one proxy in front of us says in X-Forwarded-Host and -Proto which address the reader asked for.
TRUST_PROXY = "BILATERAL_TRUST_PROXY"
CARDS = Path(__file__).parents[1] / "layouts" / "assets" / "cards"
PICTURES_KEPT = 64
SECONDS = 6.0
FRESH = "public, max-age=86400"
# A card that stands in for a picture which was not ready is asked for again before long.
BRIEFLY = "public, max-age=300"


def register(app: Dash, store: Store, text: Text, draw: Draw | None = None) -> None:
    """Register the tags and the pictures.

    Args:
        app: written on.
        store: the tables.
        text: the language.
        draw: makes a card of a chart; by default Kaleido where it and a browser are installed, else none does.
    """
    if os.environ.get(TRUST_PROXY) == "1":
        app.server.wsgi_app = ProxyFix(app.server.wsgi_app, x_for=0, x_proto=1, x_host=1)
    _write_tags(app, store, text)
    previews = Previews(store, text, draw or painter("card"))

    @app.server.get("/preview/<name>.png")
    def preview(name: str) -> Response:
        path = known_path("/" if name == "overview" else name)
        if path is None or page_name(path) != name:
            return Response("There is no page of this name.", 404, mimetype="text/plain")
        selection, _rejected = Selection.from_query(request.query_string.decode("utf-8", "replace"), store.coverage)
        picture = previews(path, selection)
        answer = Response(picture or card_of(name), mimetype="image/png")
        answer.headers["Cache-Control"] = FRESH if picture or not previews.draw else BRIEFLY
        answer.add_etag()
        answer.make_conditional(request)
        return answer


def card_of(name: str) -> bytes:
    """The card of a page, or that of the overview for a page that has none yet."""
    own = CARDS / f"{name}.png"
    return (own if own.is_file() else CARDS / "overview.png").read_bytes()


def _write_tags(app: Dash, store: Store, text: Text) -> None:
    """Put the tags of each address into its document, through the place that Dash keeps for such tags."""
    written = app.interpolate_index

    def with_tags(**parts: Any) -> str:
        it = preview_of(store, text, request.path, request.query_string.decode("utf-8", "replace"), request.host_url)
        return written(**parts | {"metas": f"{parts.get('metas', '')}\n{tags(it)}"})

    app.interpolate_index = with_tags


def preview_of(store: Store, text: Text, asked: str, query: str, host: str) -> Preview:
    """Put the words of an address together; of the query only what we know goes back out."""
    path = known_path(asked)
    view = View(text, Selection.from_query(query, store.coverage)[0])
    name = page_titles(text)[path] if path else text("Not found")
    origin = host.rstrip("/")
    image = f"{origin}/preview/{page_name(path or '/')}.png"
    return Preview(
        title=title_of(view, path, name),
        description=description_of(view, store, path),
        address=origin + (view.href(path) if path else "/"),
        image=image + (view.selection.to_query() if path else ""),
    )


class Previews:
    """Draws the first chart of a page as a picture: one at a time, kept, and given up on when it takes too long."""

    def __init__(self, store: Store, text: Text, draw: Draw | None):
        self.store, self.text, self.draw = store, text, draw
        self.kept: OrderedDict[tuple[str, Selection], bytes | None] = OrderedDict()
        self.busy = threading.Lock()
        # The thread begins with the first picture, so a server may be forked before.
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="preview")

    def __call__(self, path: str, selection: Selection) -> bytes | None:
        """Give the picture; None where there is no chart, no way to draw it, or no time."""
        key = path, selection
        if key in self.kept:
            return self.kept[key]
        # While one picture is made, others do with the card: drawing must never hold up the pages.
        if self.draw is None or not self.busy.acquire(blocking=False):
            return None
        try:
            return self.worker.submit(self._paint, path, selection).result(timeout=SECONDS)
        except Slow:
            log.warning("The preview of %s took longer than %s seconds", path, SECONDS)
        except Exception:
            log.exception("The preview of %s could not be drawn", path)
        return None

    def _paint(self, path: str, selection: Selection) -> bytes | None:
        try:
            found = charts_of_page(View(self.text, selection), self.store, path)
            first = next(iter(found.values()), None)
            picture = self.draw(first) if first is not None and self.draw else None
            self.kept[path, selection] = picture
            while len(self.kept) > PICTURES_KEPT:
                self.kept.popitem(last=False)
            return picture
        finally:
            self.busy.release()
