"""What a link to the dashboard says of itself where it is shared: title, description, and the card of its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from data.queries import trade
from data.store import Store
from layouts.document.shell import short_choice
from layouts.pages import overview
from layouts.theme import FONT
from layouts.view import View
from layouts.wording.text import Text

WIDTH, HEIGHT = 1200, 630
# Pages on which the choice of countries changes little or nothing.
WITHOUT_CHOICE = frozenset({"/sources", "/retaliation", "/api"})


@dataclass(frozen=True)
class Preview:
    """Words of a shared link; ``address`` and ``image`` are absolute, ``path`` is None for no page of ours."""

    title: str
    description: str
    address: str
    image: str


def title_of(view: View, path: str | None, page: str) -> str:
    """Name a page with what is chosen on it."""
    _ = view.text
    if path is None or path in WITHOUT_CHOICE:
        return _("{page} – Bilateral", page=page)
    return _("{page}: {choice} – Bilateral", page=page, choice=short_choice(view))


def description_of(view: View, store: Store, path: str | None) -> str:
    """State the finding where a page has one that takes no drawing, else the question it answers."""
    if path in ("/", "/trade") and not view.selection.same_country:
        plain = replace(view, selection=replace(view.selection, reported="country", measure="value", base=None))
        head = trade.headline(store, plain.selection)
        if head is not None:
            return overview.finding(plain, head)
    return question(view.text, path)


def question(_: Text, path: str | None) -> str:
    """Say what a page answers, whatever is chosen."""
    said = {
        "/trade": _("Exports, imports, the balance and growth of a pair of countries, by year or by month."),
        "/compare": _("Two countries’ trade with the same third country, on one chart."),
        "/mirror": _("What each of two countries records for the same goods, how large the gap is, and why."),
        "/products": _("Which goods two countries trade, what grew, and how concentrated it is."),
        "/partners": _("With whom Canada and the United States trade most, and how the ranks moved."),
        "/before-after": _("Trade before and after an event, against the same months a year earlier."),
        "/tariffs": _("What was charged on which goods on any day, by whom, and how the rates moved."),
        "/burden": _("How much of the announced tariffs goods really carry."),
        "/retaliation": _("Counter-tariffs announced, in force and ended, tranche by tranche."),
        "/events": _("What happened when between the three countries, with how exactly each date is known."),
        "/sources": _("Every source, every check, every gap behind the figures."),
        "/briefing": _("Numbers, charts, tariffs and events of a pair of countries, on paper."),
        "/api": _("API: addresses, parameters and formats."),
    }
    return said.get(path or "") or _(
        "Goods trade, tariffs and retaliation among Canada, Mexico and the United States, "
        "from published figures with their sources."
    )


def tags(it: Preview) -> str:
    """The tags that services read which show a link as a card."""
    properties = {
        "og:type": "website",
        "og:site_name": "Bilateral",
        "og:title": it.title,
        "og:description": it.description,
        "og:url": it.address,
        "og:image": it.image,
        "og:image:type": "image/png",
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:image:alt": it.title,
    }
    lines = [f'<meta property="{name}" content="{escape(words)}">' for name, words in properties.items()]
    lines.append('<meta name="twitter:card" content="summary_large_image">')
    lines.append(f'<link rel="canonical" href="{escape(it.address)}">')
    return "\n".join(lines)


def card(_: Text, page: str, words: str, face: str) -> str:
    """The document from which the card of a page is photographed, for where no chart can be drawn.

    It shows no figure: one card stands for every pair of countries. ``face`` is the rule that brings our type.
    """
    about = _("Goods trade of Canada, Mexico and the United States, from published figures")
    return f"""<!DOCTYPE html><html lang="{_.language}"><meta charset="utf-8"><style>{face}
body {{ margin: 0; width: {WIDTH}px; height: {HEIGHT}px; background: #FBFAF7; color: #1B1F24; position: relative;
  font-family: {FONT}; overflow: hidden; }}
b {{ position: absolute; left: 72px; top: 60px; font-size: 34px; letter-spacing: -0.01em; }}
h1 {{ position: absolute; left: 72px; top: 190px; width: 620px; margin: 0; font-size: 82px; line-height: 1.02;
  letter-spacing: -0.025em; }}
h1 + p {{ font-size: 31px; line-height: 1.35; font-weight: 400; letter-spacing: 0; color: #59616B; margin: 26px 0 0; }}
div {{ position: absolute; left: 72px; top: 190px; width: 600px; }}
div h1 {{ position: static; }}
footer {{ position: absolute; left: 72px; right: 72px; bottom: 48px; padding-top: 18px; border-top: 2px solid #DFE2E6;
  font-size: 22px; color: #59616B; }}
svg {{ position: absolute; right: 60px; top: 96px; }}
</style><b>Bilateral</b><div><h1>{escape(page)}</h1><p>{escape(words)}</p></div>{TRIANGLE}
<footer>{escape(about)}</footer></html>"""


# Three countries and the six flows among them, all alike: a sign, not a chart.
PAIR = '<path d="M118 277H250"/><path d="M262 303H130"/>'
TRIANGLE = f"""<svg width="380" height="400" viewBox="0 0 380 400" fill="none" stroke="#C9CED4" stroke-width="10">
<defs><marker id="tip" viewBox="0 0 10 10" refX="7" refY="5" markerWidth="3.2" markerHeight="3.2"
orient="auto"><path d="M0 0 10 5 0 10Z" fill="#C9CED4" stroke="none"/></marker></defs>
<style>path {{ marker-end: url(#tip) }} marker path {{ marker-end: none }}</style>
<g>{PAIR}</g><g transform="rotate(120 190 215)">{PAIR}</g><g transform="rotate(240 190 215)">{PAIR}</g>
<g stroke="none"><circle cx="190" cy="65" r="44" fill="#C8321E"/><circle cx="60" cy="290" r="44" fill="#24478F"/>
<circle cx="320" cy="290" r="44" fill="#008A73"/></g></svg>"""
