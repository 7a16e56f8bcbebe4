"""Finding goods by everyday words, by their official names or by an HS code.

On the page of tariffs an answer leads to what its goods pay, elsewhere to the trade of its chapter.
"""

from __future__ import annotations

from dash import dcc, html

from data.queries import products
from data.queries.product_search import Found, search
from data.store import Store
from layouts import ids
from layouts.view import View
from layouts.wording import products as words
from layouts.wording.text import Text

TARIFFS = "/tariffs"


def finder(view: View, label: str = "", example: str = "") -> html.Div:
    """Draw a field to type in; what it finds is asked of the server and stands under it."""
    _ = view.text
    return html.Div(
        [
            html.Label(label or _("Find a product"), htmlFor=ids.FIND, className="control-label"),
            dcc.Input(
                id=ids.FIND,
                type="search",
                placeholder=example or _("avocados, trucks, 8703 …"),
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


def results(view: View, store: Store, typed: str, path: str = "") -> tuple[list, str]:
    """What is found, as links, and a sentence that says how much; both empty when nothing is typed.

    Args:
        view: how the page is drawn.
        store: the tables.
        typed: what stands in the field.
        path: the page it stands on.
    """
    _ = view.text
    if not typed.strip():
        return [], ""
    answer, names = search(store, typed), products.names(store)
    at_border = path == TARIFFS
    found = [it for it in answer.found if it.chapter or not at_border]
    if not found:
        none = _("No goods are called that. Try another word, or an HS code of two to six digits.")
        return [html.P(none)], none
    count = _.ngettext("{count} product found", "{count} products found", len(found))
    said = []
    if answer.instead:
        instead = _("Shown for “{word}”:", word=_.verbatim(answer.instead))
        said, count = [html.P(instead)], _.sentences([instead, count])
    # The script waits for the answer to what is typed before it follows the first link.
    lead = _tariffs_of if at_border else _trade_of
    note = [] if at_border else [html.P(_("Figures are by chapter."), className="found-note")]
    listed = html.Ul([html.Li(lead(view, names, it)) for it in found], **{"data-typed": typed})
    return [*said, listed, *note], count


def _tariffs_of(view: View, names: words.Names, it: Found) -> dcc.Link:
    """Name what was found, and lead to what it pays."""
    lines = [html.Span(_name(view.text, names, it), className="found-name")]
    if it.heading and it.heading != it.name:
        heading = view.text(
            "{code} · {name}", code=view.text.verbatim(it.code[:4]), name=view.text.verbatim(it.heading)
        )
        lines.append(html.Span(heading, className="found-place"))
    return dcc.Link(lines, href=view.href(TARIFFS, goods=it.code))


def _trade_of(view: View, names: words.Names, it: Found) -> dcc.Link:
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
