"""A chart on its own, for the pages of others: a small document without Dash, and the code that embeds it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from data.selection import Rejected
from layouts.charts.registry import registry
from layouts.components import notices
from layouts.components.chart import CONFIG, Chart
from layouts.document.font import font_tags
from layouts.document.markup import markup
from layouts.view import View
from layouts.wording.text import Text

THEMES = ("light", "dark")
# The width for which the height of a frame is reckoned; a narrower one scrolls.
USUAL_WIDTH = 640


@dataclass(frozen=True)
class Files:
    """Addresses of the scripts, the stylesheet and the type, with their versions."""

    plotly: str
    script: str
    style: str
    font: str


def embed_path(view: View, name: str, theme: str = "") -> str:
    """Address of a chart on its own with the present selection; without a theme it follows the reader's."""
    path = view.href(f"/embed/{name}")
    if theme not in THEMES:
        return path
    return f"{path}{'&' if '?' in path else '?'}theme={theme}"


def embed_code(view: View, it: Chart, origin: str = "{origin}") -> str:
    """The HTML that embeds a chart; ``{origin}`` stands for scheme and host, which the browser knows."""
    return (
        f'<iframe src="{escape(origin + embed_path(view, it.name))}" title="{escape(it.title)}" width="100%" '
        f'height="{frame_height(it)}" loading="lazy" style="border:0"></iframe>'
    )


def frame_height(it: Chart) -> int:
    """Pixels a chart needs with its words at the usual width, a little too many rather than too few."""
    room = USUAL_WIDTH - 32
    lines = [(it.title, 20, 26), (it.subtitle, 15, 21), (it.source.words, 13, 19)]
    lines += [(words, 14, 20) for words in (*it.remarks, *(note.text for note in it.notes))]
    # A letter is about half as wide as high.
    words = sum(math.ceil(len(text) * size * 0.52 / room) * height for text, size, height in lines)
    return int(it.figure.layout.height or 440) + words + (24 if it.breaks else 0) + 88


def embed_page(view: View, it: Chart, theme: str, rejected: Sequence[Rejected], files: Files) -> str:
    """Write the document of a chart."""
    _ = view.text
    said = notices.rejected_values(view, rejected)
    scriptless = _("The chart needs JavaScript; its words are above.")
    body = [
        markup(said, _keeping(theme)),
        f"<figure><figcaption><h1>{escape(it.title)}</h1><p class=subtitle>{escape(it.subtitle)}</p></figcaption>",
        f'<div class=plot id=plot role=img aria-label="{escape(_.sentences(it.summary))}" '
        f'style="min-height:{int(it.figure.layout.height or 440)}px"></div>',
        markup([_notes(it), *(html.P(words, className="remark") for words in it.remarks), _breaks(_, it)]),
        f"<footer><p>{escape(it.source.words)}</p>{markup(_way_back(view, it))}</footer></figure>",
        f"<noscript><p>{escape(scriptless)}</p></noscript>",
        f'<script type="application/json" id="figure">{figure_json(it)}</script>',
        f'<script src="{escape(files.plotly)}"></script><script src="{escape(files.script)}"></script>',
    ]
    return _document(_, it.title, theme, files, "".join(body))


def explanation_page(
    view: View, path: str, reasons: Sequence[Any], theme: str, rejected: Sequence[Rejected], files: Files
) -> str:
    """Write the document of a chart that this choice does not have: the page's own reasons and ways out."""
    _ = view.text
    body = [
        notices.rejected_values(view, rejected),
        html.H1(_("This choice has no such chart")),
        *(reasons or [html.P(_("The chart is there for other countries, years or products."))]),
        html.Footer(dcc.Link(_("Open the page on Bilateral"), href=view.href(path))),
    ]
    return _document(_, _("No chart"), theme, files, markup(body, _keeping(theme)))


def unknown_page(view: View, name: str, titles: dict[str, str], files: Files) -> str:
    """Write the document for a name that no chart has, with the names there are."""
    _ = view.text
    pages: dict[str, list[str]] = {}
    for entry in registry().values():
        pages.setdefault(entry.page, []).append(entry.name)
    listed: list[Any] = []
    for path, names in pages.items():
        links = [html.Li(dcc.Link(known, href=f"/embed/{known}")) for known in names]
        listed += [html.H2(titles.get(path, path)), html.Ul(links)]
    body = [
        html.H1(_("There is no chart of this name")),
        html.P(_("“{name}” is not the name of a chart. These are:", name=_.verbatim(name[:80]))),
        *listed,
    ]
    return _document(_, _("Not found"), "", files, f"<main>{markup(body)}</main>")


def reasons_of(page: Any) -> list[Component]:
    """The notices of a page that say why something is not shown."""
    return [part for part in _walk(page) if "notice" in str(getattr(part, "className", "")).split()]


def _walk(part: Any) -> Iterator[Component]:
    if isinstance(part, list | tuple):
        for child in part:
            yield from _walk(child)
    elif isinstance(part, Component):
        yield part
        yield from _walk(getattr(part, "children", None))


def _keeping(theme: str):
    """Let links to other choices keep the theme; they stay in the frame."""

    def link(address: str) -> str:
        if theme not in THEMES or not address.startswith("?"):
            return address
        return f"{address}{'&' if len(address) > 1 else ''}theme={theme}"

    return link


def _notes(it: Chart) -> html.Ol | None:
    if not it.notes:
        return None
    return html.Ol([html.Li(dcc.Link(note.text, href=note.href)) for note in it.notes], className="marks")


def _breaks(_: Text, it: Chart) -> html.Details | None:
    if not it.breaks:
        return None
    summary = _.ngettext("▴ {count} break in these figures", "▴ {count} breaks in these figures", len(it.breaks))
    return html.Details([html.Summary(summary), html.Ul([html.Li(said) for said in it.breaks])])


def _way_back(view: View, it: Chart) -> html.P:
    _ = view.text
    address = f"{view.href(it.path)}#{it.name}"
    label = _("Open on Bilateral: {title}", title=it.title)
    return html.P(dcc.Link("Bilateral", href=address, className="home", title=label))


def figure_json(it: Chart) -> str:
    """The figure for a script element: without the words of its picture, and unable to end the element."""
    figure = json.loads(it.figure.to_json())
    meta = figure["layout"].pop("meta", {})
    figure["layout"]["meta"] = {"recolour": meta.get("recolour", {})}
    figure["config"] = CONFIG
    written = json.dumps(figure, separators=(",", ":"), ensure_ascii=False)
    return re.sub(r"[<>&\u2028\u2029]", lambda sign: f"\\u{ord(sign[0]):04x}", written)


def _document(_: Text, title: str, theme: str, files: Files, body: str) -> str:
    chosen = f' data-theme="{theme}"' if theme in THEMES else ""
    tab = _("{page} – Bilateral", page=title)
    return (
        f'<!DOCTYPE html><html lang="{_.language}"{chosen}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">'
        # Without one the browser would ask for an icon of the site.
        '<link rel="icon" href="data:,">'
        f"<title>{escape(tab)}</title>"
        f'{font_tags(files.font)}<link rel="stylesheet" href="{escape(files.style)}"></head><body>{body}</body></html>'
    )
