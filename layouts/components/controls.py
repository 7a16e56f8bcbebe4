"""Choices within a page: each option is an address, so that it can be followed, shared and gone back from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dash import dcc, html

from data.selection import Selection
from layouts.view import View


def segmented(
    label: str, options: Sequence[tuple[str, Selection, bool]], reasons: Mapping[str, str] | None = None
) -> html.Div:
    """Draw a row of links of which one is chosen.

    Args:
        label: what is chosen.
        options: name, the selection it leads to, and whether it is the present one.
        reasons: why an option has nothing to show, by its name; it is grey, and still leads to what helps on.
    """
    reasons = reasons or {}
    links = [
        html.Span(
            dcc.Link(
                name,
                href=to.to_query() or "?",
                className="option" + (" chosen" if chosen else "") + (" unavailable" if name in reasons else ""),
                **{"title": reasons[name]} if name in reasons else {},
            ),
            **{"aria-current": "true"} if chosen else {},
        )
        for name, to, chosen in options
    ]
    return html.Div(
        [html.Span(label, className="control-label"), html.Div(links, className="options")],
        className="switch",
        role="group",
        **{"aria-label": label},
    )


def select(
    view: View,
    name: str,
    label: str,
    options: Mapping[str, Selection],
    present: str,
    unavailable: Collection[str] = (),
) -> html.Label:
    """Draw a list of many options, as the browser's own control, which phones and keyboards know.

    Args:
        view: how the page is drawn.
        name: identifies the control on its page.
        label: what is chosen.
        options: label of each option and the selection it leads to.
        present: label of the present option.
        unavailable: labels of options that have nothing to show; they are grey and cannot be chosen.
    """
    made = [
        html.Option(
            option,
            value=to.to_query() or "?",
            selected=option == present,
            disabled=option in unavailable and option != present,
        )
        for option, to in options.items()
    ]
    if present not in options:
        # Without a present one the browser would show the first as chosen, and choosing it would change nothing.
        made.insert(0, html.Option("", value="", disabled=True, selected=True))
    # A new key for each selection makes the browser forget what was picked in the list before.
    control = html.Select(made, id=f"select-{name}", className="select", key=view.href(""), **{"data-goto": "1"})
    return html.Label([html.Span(label, className="control-label"), control], className="picker")


def toolbar(*controls: html.Div | html.Label | None) -> html.Div:
    """Set controls side by side above what they change."""
    return html.Div([control for control in controls if control is not None], className="toolbar")
