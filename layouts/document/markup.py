"""Components as plain HTML, for documents that are read without Dash: embedded charts.

Only what such a document needs is written: text, links, lists. Controls and charts are left out, for they would be
dead without the scripts behind them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

# Names of attributes where Dash's differ from those of HTML; others that are written keep theirs.
RENAMED = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex"}
KEPT = {"id", "title", "role", "lang", *RENAMED}
# A link that leads anywhere else than to a page could run a script.
SAFE_ADDRESS = re.compile(r"(https?://|/(?!/)|\?|#)")


def markup(component: Any, link: Callable[[str], str] = str) -> str:
    """Write a component, or a list of them, as HTML with every text escaped.

    Args:
        component: what to write; texts and numbers are written as they are, None gives nothing.
        link: turns the address of each link into its attributes beside ``href``; gives the address back by default.
    """
    if component is None:
        return ""
    if isinstance(component, list | tuple):
        return "".join(markup(child, link) for child in component)
    if not isinstance(component, Component):
        return escape(str(component))
    if isinstance(component, dcc.Link):
        return _anchor(component, link)
    if component._namespace != html.Div._namespace or isinstance(component, html.Button):
        return ""
    if isinstance(component, html.A):
        return _anchor(component, link)
    tag = component._type.lower()
    return f"<{tag}{_attributes(component)}>{markup(getattr(component, 'children', None), link)}</{tag}>"


def _anchor(component: Component, link: Callable[[str], str]) -> str:
    inside = markup(getattr(component, "children", None), link)
    address = link(str(getattr(component, "href", "")))
    if not SAFE_ADDRESS.match(address):
        return inside
    # What leads away opens beside the page that the chart is embedded in; a choice stays within the frame.
    away = "" if address.startswith(("?", "#")) else ' target="_blank" rel="noopener"'
    return f'<a href="{escape(address)}"{away}{_attributes(component)}>{inside}</a>'


def _attributes(component: Component) -> str:
    given = component.to_plotly_json()["props"]
    # Dash keeps attributes with a hyphen in a set, whose order differs from run to run.
    given = dict(sorted(given.items(), key=lambda item: item[0] if "-" in item[0] else ""))
    return "".join(
        f' {RENAMED.get(name, name)}="{escape(str(value))}"'
        for name, value in given.items()
        if (name in KEPT or name.startswith(("aria-", "data-"))) and value is not None and name != "data-verbatim"
    )
