"""The product search: what is typed goes to the server, links come back."""

from __future__ import annotations

from dash import Dash, Input, Output, State

from data.selection import Selection
from data.store import Store
from layouts import ids
from layouts.sections.product_search import results
from layouts.view import View
from layouts.wording.text import Text

# A longer name of goods does not exist; a longer text is cut, so that looking up takes no time worth having.
LONGEST = 100


def register(app: Dash, store: Store, text: Text) -> None:
    """Register the search."""

    @app.callback(
        Output(ids.FOUND, "children"),
        Output(ids.FOUND_COUNT, "children"),
        Input(ids.FIND_QUERY, "data"),
        State(ids.URL, "search"),
        State(ids.URL, "pathname"),
        prevent_initial_call=True,
    )
    def find(typed: str | None, address: str | None, path: str | None):
        view = View(text, Selection.from_query(address, store.coverage)[0])
        return results(view, store, (typed or "")[:LONGEST], path or "")
