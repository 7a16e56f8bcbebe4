"""Finding goods by everyday words, by their official names or by an HS code; every answer leads to its chapter."""

from __future__ import annotations

from dash import dcc, html

from data.queries import products
from data.queries.product_search import Found, search
from data.store import Store
from layouts import ids
from layouts.view import View
from layouts.wording import products as words
from layouts.wording.text import Text


def finder(view: View) -> html.Div:
    """Draw a field to type in; what it finds is asked of the server and stands under it."""
    _ = view.text
    return html.Div(
        [
            html.Label(_("Find a product"), htmlFor=ids.FIND, className="control-label"),
            dcc.Input(
                id=ids.FIND,
                type="search",
                placeholder=_("avocados, trucks, 8703 …"),
                autoComplete="off",
                # While someone types fast on a slow device, a value that comes back late would mix the letters up: the
                # field keeps its own, and the script hands on what stands there at each pause.
                debounce=True,
            ),
            dcc.Store(id=ids.FIND_QUERY),
            html.Div(id=ids.FOUND, className="found"),
            html.P(id=ids.FOUND_COUNT, role="status", className="visually-hidden"),
        ],
        className="finder",
        role="search",
        # A new key for each selection empties the field after it has led somewhere.
        key=view.href(""),
    )


def results(view: View, store: Store, typed: str) -> tuple[list, str]:
    """What is found, as links, and a sentence that says how much; both empty when nothing is typed.

    Args:
        view: how the page is drawn.
        store: the tables.
        typed: what stands in the field.
    """
    _ = view.text
    if not typed.strip():
        return [], ""
    answer, names = search(store, typed), products.names(store)
    if not answer.found:
        none = _("No goods are called that. Try another word, or an HS code of two to six digits.")
        return [html.P(none)], none
    count = _.ngettext("{count} product found", "{count} products found", len(answer.found))
    said = []
    if answer.instead:
        instead = _("Shown for “{word}”:", word=_.verbatim(answer.instead))
        said, count = [html.P(instead)], _.sentences([instead, count])
    # The script waits for the answer to what is typed before it follows the first link.
    listed = html.Ul([html.Li(_link(view, names, it)) for it in answer.found], **{"data-typed": typed})
    return [*said, listed, html.P(_("Figures are by chapter."), className="found-note")], count


def _link(view: View, names: words.Names, it: Found) -> dcc.Link:
    """Name what was found, and lead to the chapter or section its figures stand in."""
    to = it.chapter or it.code
    lines = [html.Span(_name(view.text, names, it), className="found-name")]
    if it.code != to:
        lines.append(html.Span(_place(view.text, names, it), className="found-place"))
    return dcc.Link(lines, href=words.drill(view, to))


def _name(_: Text, names: words.Names, it: Found) -> str:
    """Its code and name, after the everyday word that led there: ``beer: 2203.00 · Beer made from malt``."""
    if it.code in names.index:
        name = words.full_name(_, names, it.code)
    else:
        # Names of headings are those of the agency, as in every language edition of ours.
        name = _("{code} · {name}", code=_.verbatim(dotted(it.code)), name=_.verbatim(it.name))
    if it.earlier:
        name = _("{name} (an earlier edition of the HS)", name=name)
    return _("{word}: {name}", word=_.verbatim(it.word), name=name) if it.word else name


def _place(_: Text, names: words.Names, it: Found) -> str:
    """The heading of a subheading, and the chapter whose figures are shown."""
    chapter = words.full_name(_, names, it.chapter)
    if not it.heading or it.heading == it.name:
        return _("→ Chapter {chapter}", chapter=chapter)
    heading = _("{code} · {name}", code=_.verbatim(it.code[:4]), name=_.verbatim(it.heading))
    return _("{heading} → Chapter {chapter}", heading=heading, chapter=chapter)


def dotted(code: str) -> str:
    """Write a code as the Harmonized System does: 0804, 0804.40."""
    return f"{code[:4]}.{code[4:]}" if len(code) > 4 else code
