"""Filters and the address: the address is the truth, controls follow it and write it."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, State

from data.selection import Selection
from data.store import Store
from layouts import ids


def register(app: Dash, store: Store) -> None:
    """Register both directions.

    The script that writes the address has no output: it sets the address itself, so that reading and writing it
    are no circle for Dash.
    """

    @app.callback(
        *(Output(control, "value") for control in ids.FILTERS),
        Output(ids.APPLIED, "data"),
        Input(ids.URL, "search"),
    )
    def follow_address(search: str | None):
        selection, _rejected = Selection.from_query(search, store.coverage)
        values = (selection.reporter, selection.partner, *selection.years, selection.freq, selection.currency)
        return *values, list(values)

    app.clientside_callback(
        ClientsideFunction("bilateral", "writeAddress"),
        *(Input(control, "value") for control in ids.FILTERS),
        State(ids.APPLIED, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    for control, field in (
        (ids.TARIFF_DAY, "on"),
        (ids.TARIFF_CHANGE, "on"),
        (ids.EVENT_CATEGORY, "category"),
    ):
        app.clientside_callback(
            ClientsideFunction("bilateral", f"write_{field}"),
            Input(control, "value"),
            State(ids.URL, "search"),
            prevent_initial_call=True,
        )
    app.clientside_callback(
        ClientsideFunction("bilateral", "chooseTheme"),
        Output(ids.THEME, "data"),
        Input(ids.THEME_TOGGLE, "n_clicks"),
    )
    app.clientside_callback(
        ClientsideFunction("bilateral", "toggleFilters"),
        Output(ids.FILTER_BAR, "className"),
        Output(ids.FILTER_TOGGLE, "aria-expanded"),
        Input(ids.FILTER_TOGGLE, "n_clicks"),
        prevent_initial_call=True,
    )
