"""The six places a reader can go, and the views that each of them opens as tabs."""

from __future__ import annotations

from dataclasses import dataclass

from dash import dcc

from layouts.view import View
from layouts.wording.text import Text


@dataclass(frozen=True)
class Destination:
    """A place in the navigation.

    ``views`` gives the name of each of its tabs by address, the one it opens with first; ``aside`` are addresses that
    belong to it and are reached from where they are needed.
    """

    name: str
    views: dict[str, str]
    aside: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The address it opens with."""
        return next(iter(self.views))

    def holds(self, path: str) -> bool:
        """Whether the page of an address belongs here."""
        return path in self.views or path in self.aside


# Which filters change nothing on a page, by the names of the address; they are put away there.
ALL_FILTERS = ("reporter", "partner", "years", "freq", "currency")
IDLE_FILTERS = {
    "/tariffs": ALL_FILTERS,
    "/retaliation": ALL_FILTERS,
    "/sources": ALL_FILTERS,
    "/before-after": ("years", "freq"),
    "/burden": ("years", "freq"),
    "/events": ("currency",),
}


def destinations(_: Text) -> tuple[Destination, ...]:
    """Name the destinations and their tabs, in the order of the navigation."""
    return (
        Destination(_("Overview"), {"/": _("Overview")}, aside=("/briefing",)),
        Destination(
            _("Trade"),
            {
                "/trade": _("Value"),
                "/compare": _("Compare"),
                "/before-after": _("Around an event"),
                "/mirror": _("Mirror data"),
                "/partners": _("Partners"),
            },
        ),
        Destination(_("Products"), {"/products": _("Products")}),
        Destination(
            _("Tariffs"),
            {
                "/tariffs": _("Rates by day"),
                "/burden": _("Rate actually paid"),
                "/retaliation": _("Retaliation"),
            },
        ),
        Destination(_("Timeline"), {"/events": _("Timeline")}),
        Destination(_("Data and sources"), {"/sources": _("Sources"), "/api": _("API")}),
    )


def navigation(view: View, path: str) -> list[dcc.Link]:
    """Link every destination, keeping the reader's choice; the one that holds the page is marked."""
    return [
        dcc.Link(it.name, href=view.href(it.path), className="page-link" + (" current" if it.holds(path) else ""))
        for it in destinations(view.text)
    ]


def tabs(view: View, path: str) -> list[dcc.Link]:
    """Link the views of the destination that holds the page; nothing where there is only one."""
    views = next((it.views for it in destinations(view.text) if path in it.views), {})
    if len(views) < 2:
        return []
    return [
        dcc.Link(name, href=view.href(to), className="view" + (" current" if to == path else ""))
        for to, name in views.items()
    ]
