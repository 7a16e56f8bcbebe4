"""A long page in named sections, with links to each at its head."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html

from layouts.wording.text import Text

Sections = Mapping[str, tuple[str, list]]


def contents(_: Text, sections: Sections) -> html.Nav:
    """Link every section; the keys are their ids."""
    links = [html.A(title, href=f"#{key}", className="way") for key, (title, _body) in sections.items()]
    return html.Nav(links, className="ways", **{"aria-label": _("On this page")})


def laid_out(sections: Sections) -> list[html.Section]:
    """Set each section under its heading."""
    return [
        html.Section([html.H2(title), *body], id=key, className="section") for key, (title, body) in sections.items()
    ]
