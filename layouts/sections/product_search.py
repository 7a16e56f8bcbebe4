"""Finding a section or chapter by a word of its name or by its code."""

from __future__ import annotations

from dash import dcc, html

from data.queries import products
from data.store import Store
from layouts.view import View
from layouts.wording import products as words


def finder(view: View, store: Store) -> html.Div:
    """Draw a field to type in and the products it can find, all of them links; a script shows those that match.

    Case and accents do not matter there. Without a match our own sentence says so.
    """
    _ = view.text
    names = products.names(store)
    found = [html.Li(words.link(view, names, code)) for code in names.index]
    return html.Div(
        [
            html.Label(_("Find a product"), htmlFor="find-product", className="control-label"),
            dcc.Input(id="find-product", type="search", placeholder=_("a word or a code"), autoComplete="off"),
            html.Div(
                [
                    html.Ul(found),
                    html.P(
                        _("No section or chapter is called that. Try another word, or a code of two digits."),
                        role="status",
                    ),
                ],
                className="found",
                hidden=True,
            ),
        ],
        className="finder",
        role="search",
        # A new key for each selection empties the field after it has led somewhere.
        key=view.href(""),
    )
