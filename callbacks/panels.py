"""The panels below a chart: each opens with a callback of its own, which sends that panel and nothing else."""

from __future__ import annotations

from typing import Any

from dash import MATCH, Dash, Input, Output, State, ctx
from dash.exceptions import PreventUpdate

from data.selection import Selection
from data.store import Store
from layouts import ids
from layouts.charts.registry import chart_of, meant
from layouts.components.chart import opened_panel
from layouts.view import View
from layouts.wording.text import Text


def register(app: Dash, store: Store, text: Text) -> None:
    """Register the callback that opens and closes panels."""

    @app.callback(
        Output(ids.panel(MATCH, MATCH), "children"),
        Output(ids.panel_button(MATCH, MATCH), "aria-expanded"),
        Input(ids.panel_button(MATCH, MATCH), "n_clicks"),
        State(ids.panel_button(MATCH, MATCH), "aria-expanded"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def toggle(clicks: int | None, expanded: str | None, search: str | None) -> tuple[Any, str]:
        # A page that is drawn anew brings buttons that nobody has pressed.
        if not clicks:
            raise PreventUpdate
        if expanded == "true":
            return None, "false"
        asked = ctx.outputs_list[0]["id"]
        return panel_of(store, text, asked["chart"], asked["panel"], search), "true"


def panel_of(store: Store, text: Text, name: str, panel: str, search: str | None) -> list:
    """Draw one panel of one chart for an address.

    Raises:
        PreventUpdate: the address has no such chart, which a page that is being replaced can ask for.
    """
    selection, _rejected = Selection.from_query(search, store.coverage)
    it = chart_of(View(text, selection), store, name) if meant(name, store, selection) else None
    if it is None:
        raise PreventUpdate
    return opened_panel(it, panel)
