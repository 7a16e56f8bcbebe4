"""The callback that draws pages: an address and a theme in, a page out. Panels that are open stay open."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from data.selection import Selection
from data.store import Store
from layouts import ids
from layouts.components import notices
from layouts.document import destinations, shell
from layouts.pages import (
    api,
    briefing,
    comparison,
    effective_rate,
    event_study,
    events,
    mirror,
    overview,
    partners,
    products,
    retaliation,
    sources,
    tariffs,
    trade,
)
from layouts.theme import PALETTES
from layouts.view import View
from layouts.wording.text import Text

PAGES: dict[str, Callable[[View, Store], Any]] = {
    overview.PATH: overview.page,
    trade.PATH: trade.page,
    comparison.PATH: comparison.page,
    mirror.PATH: mirror.page,
    products.PATH: products.page,
    partners.PATH: partners.page,
    event_study.PATH: event_study.page,
    tariffs.PATH: tariffs.page,
    effective_rate.PATH: effective_rate.page,
    retaliation.PATH: retaliation.page,
    "/events": events.page,
    sources.PATH: sources.page,
    briefing.PATH: briefing.page,
    api.PATH: api.page,
}

PAGES_KEPT = 64


def page_titles(_: Text) -> dict[str, str]:
    """Name each page, as the title of the document does."""
    return {
        "/": _("Overview"),
        "/trade": _("Trade"),
        "/compare": _("Compare"),
        "/mirror": _("Mirror data"),
        "/products": _("Products"),
        "/partners": _("Partners"),
        "/before-after": _("Around an event"),
        "/tariffs": _("Tariffs"),
        "/burden": _("Rate actually paid"),
        "/retaliation": _("Retaliation"),
        "/events": _("Timeline"),
        "/sources": _("Data and sources"),
        "/briefing": _("Briefing"),
        "/api": _("API"),
    }


def register(app: Dash, store: Store, text: Text) -> None:
    """Register drawing and the title of the document."""

    # A page follows from its arguments alone, and most readers begin with the same few.
    @lru_cache(maxsize=PAGES_KEPT)
    def page_of(path: str, view: View) -> Any:
        return PAGES[path](view, store)

    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.NOTICES, "children"),
        Output(ids.NAVIGATION, "children"),
        Output(ids.TABS, "children"),
        Output(ids.FILTER_TOGGLE, "children"),
        Output(ids.FILTER_REGION, "hidden"),
        Output(ids.FILTER_REGION, "data-idle"),
        Output(ids.CLEAR, "children"),
        Output(ids.PAGE_TITLE, "data"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        Input(ids.THEME, "data"),
        State(ids.OPEN_PANELS, "data"),
    )
    def draw(pathname: str | None, search: str | None, theme: str | None, open_panels: list[str] | None):
        selection, rejected = Selection.from_query(search, store.coverage)
        palette = PALETTES.get(theme or "light", PALETTES["light"])
        view = View(text, selection, palette, frozenset(open_panels or ()))
        path = known_path(pathname)
        titles = page_titles(text)
        idle = destinations.IDLE_FILTERS.get(path or "", ())
        page = page_of(path, view) if path else shell.not_found(view, pathname or "")
        title = text("{page} – Bilateral", page=titles[path] if path else text("Not found"))
        return (
            page,
            notices.rejected_values(view, rejected),
            destinations.navigation(view, path or ""),
            destinations.tabs(view, path or ""),
            shell.short_choice(view, idle),
            idle == destinations.ALL_FILTERS,
            " ".join(idle),
            shell.clear_choices(view, path or "/"),
            title,
        )

    app.clientside_callback(
        ClientsideFunction("bilateral", "setTitle"), Input(ids.PAGE_TITLE, "data"), prevent_initial_call=True
    )


def known_path(pathname: str | None) -> str | None:
    """Return the page an address path means, None when there is none."""
    path = "/" + (pathname or "/").strip("/")
    return path if path in PAGES else None


def page_name(path: str) -> str:
    """Name of a page in addresses of files: ``overview`` for ``/``, else the path without its stroke."""
    return path.strip("/") or "overview"
