"""Everything a reader meets comes from the message catalogues, and numbers and dates from the reader's locale.

The pages are drawn in a language nobody speaks, in which every message stands in brackets and in full-width letters:
``⟦Ｔｒａｄｅ⟧``. A plain letter on a page then did not come from a catalogue, and two brackets beside each other in one
text are messages that the code joined, in an order no translator can change.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from gettext import NullTranslations
from html.parser import HTMLParser
from typing import Any

import pytest
from babel.messages.pofile import read_po
from dash import dcc, html
from plotly.utils import PlotlyJSONEncoder

from app import create_app
from callbacks import pages
from data.pipeline.build import ensure_built
from data.store import load
from layouts import ids
from layouts.wording import catalogue
from layouts.wording.text import Text
from tests.wiring import walk

# ---- The language nobody speaks -----------------------------------------------------------------------------

WIDE = {code: code + 0xFEE0 for code in (*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1))}
WIDE_DIGITS = {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)}


def wide(message: str) -> str:
    """Full-width letters and digits, except in {places} and <tags>."""
    parts = re.split(r"(\{\w+\}|</?\w+>)", message)
    return "".join(part if place % 2 else part.translate(WIDE | WIDE_DIGITS) for place, part in enumerate(parts))


class Pseudo(NullTranslations):
    """Translates every message and remembers which it was asked for."""

    def __init__(self):
        super().__init__()
        self.asked: set[tuple[str | None, str]] = set()

    def gettext(self, message):
        return self._say(None, message)

    def ngettext(self, one, many, count):
        self.asked.add((None, many))
        return self._say(None, one) if count == 1 else self._say(None, many)

    def pgettext(self, context, message):
        return self._say(context, message)

    def _say(self, context, message):
        self.asked.add((context, message))
        return f"⟦{wide(message)}⟧"


class PseudoText(Text):
    """A language whose digits and names of months are its own too."""

    def __init__(self):
        super().__init__("en", Pseudo())

    def number(self, value, decimals=0):
        return super().number(value, decimals).translate(WIDE_DIGITS)

    def date(self, day, precision="day"):
        return super().date(day, precision).translate(WIDE)

    def short_date(self, day):
        return super().short_date(day).translate(WIDE)

    def month(self, day):
        return super().month(day).translate(WIDE)

    def month_name(self, day, short=False):
        return super().month_name(day, short).translate(WIDE)

    def listing(self, items):
        return "⟦" + super().listing(items).replace(" and ", " ａｎｄ ") + "⟧"

    def choice(self, items):
        return "⟦" + super().choice(items).replace(" or ", " ｏｒ ") + "⟧"

    def verbatim(self, words):
        return words.translate(WIDE | WIDE_DIGITS)


# ---- What a reader meets ------------------------------------------------------------------------------------

# Properties that hold no words. Any other is taken to be read, so that a new one is looked at once.
TECHNICAL = {
    *("id", "key", "className", "style", "href", "src", "type", "role", "rel", "target", "htmlFor", "scope"),
    *("tabIndex", "size", "inputMode", "autoComplete", "debounce", "width", "height", "refresh", "value", "n_clicks"),
    *("aria-labelledby", "aria-controls", "aria-expanded", "aria-hidden", "aria-current", "aria-pressed"),
    *("aria-haspopup", "aria-keyshortcuts", "data-export", "data-choose", "data-value", "data-file", "data-copy"),
    *("data-box", "data-goto", "data-idle", "data-panel", "selected", "disabled", "hidden"),
    *("data-action", "data-chart", "data-figure", "data-first", "config", "clearable", "searchable"),
}
STORES = {"Store", "Location"}
# What the browser fills in where it shows a message itself.
PLACES = re.compile(r"\{(address|date|rows|columns)\}")
# An address within this page, to which a click on a part of a chart leads.
LEADS_TO = re.compile(r"\?[\w=&.-]*")
# Where a figure holds words: of a trace, an annotation, an axis.
FIGURE_WORDS = {"name", "text", "hovertext", "hovertemplate", "texttemplate", "ticktext", "title", "tickprefix"}
FIGURE_WORDS |= {"ticksuffix", "label", "labels"}
META_TECHNICAL = {"chart", "address", "file", "recolour", "muted"}


def read(component: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a tree of components as Dash sends it, with the place it stands in."""
    if isinstance(component, str | int | float):
        yield where, str(component)
    elif isinstance(component, list):
        for child in component:
            yield from read(child, where)
    elif component is not None:
        props, kind = component["props"], component["type"]
        where = f"{where}/{kind}" + (f"#{props['id']}" if "id" in props else "")
        if kind in STORES or "data-verbatim" in props:
            return
        for name, value in props.items():
            if name == "children":
                yield from read(value, where)
            elif name == "options":
                yield from ((f"{where}[options]", str(option["label"])) for option in value)
            elif name == "figure":
                yield from read_figure(value, f"{where}[figure]")
            elif name not in TECHNICAL:
                yield from ((f"{where}[{name}]", PLACES.sub("", text)) for text in strings(value))


def read_figure(figure: dict, where: str) -> Iterator[tuple[str, str]]:
    """Every text of a figure: on the plot, under the pointer, and in the picture taken away."""
    layout = dict(figure["layout"])
    for name, value in layout.pop("meta", {}).items():
        if name not in META_TECHNICAL:
            yield from ((f"{where} meta.{name}", PLACES.sub("", text)) for text in strings(value))
    # The name of an annotation or of a shape is for the program.
    for kind in ("annotations", "shapes"):
        layout[kind] = [{k: v for k, v in a.items() if k != "name"} for a in layout.get(kind, [])]
    yield from words_below([figure["data"], layout], where)


def words_below(part: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, list):
        for each in part:
            yield from words_below(each, where)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name == "customdata":
                yield from ((f"{where} {name}", text) for text in strings(value) if not LEADS_TO.fullmatch(text))
            elif name in FIGURE_WORDS:
                yield from ((f"{where} {name}", text) for text in strings(value))
            else:
                yield from words_below(value, where)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)


def complaints(texts: Iterator[tuple[str, str]]) -> list[str]:
    """What in the texts did not come from a catalogue or from the locale."""
    found = []
    for where, text in texts:
        for line in lines_of(text):
            # The browser writes the period under the pointer.
            bare = re.sub(r"</?(b|span)( style='[^']*')?>|%\{x\|[^}]*\}", "", line)
            if re.search(r"[A-Za-z]", bare):
                found.append(f"outside the catalogues: {text!r} at {where}")
            elif re.search(r"[0-9][.,][0-9]|[0-9]{5}", bare):
                found.append(f"a number not written by Text: {text!r} at {where}")
            elif len(re.findall(r"⟦", re.sub(r"(?<=⟦).*(?=⟧)", _inner_only, bare))) > 1:
                found.append(f"messages joined in code: {text!r} at {where}")
    return found


def lines_of(text: str) -> list[str]:
    """The lines of a text; a message that was broken to fit its place stays one."""
    lines, depth = [""], 0
    for part in re.split(r"(<br>|⟦|⟧)", text):
        depth += {"⟦": 1, "⟧": -1}.get(part, 0)
        if part == "<br>" and depth == 0:
            lines.append("")
        else:
            lines[-1] += " " if part == "<br>" else part
    return lines


def _inner_only(match: re.Match) -> str:
    """Brackets that stand beside each other at the top level, and nothing of what they hold."""
    depth, top = 1, ""
    for sign in match[0]:
        depth += {"⟦": 1, "⟧": -1}.get(sign, 0)
        if sign == "⟦" and depth == 1:
            top += sign
    return top


# ---- Drawing everything -------------------------------------------------------------------------------------


class Site:
    """The app in one language, asked over HTTP as a browser would."""

    def __init__(self, text: Text):
        self.text = text
        self.app = create_app(load(), text)
        self.client = self.app.server.test_client()
        callbacks = self.client.get("/_dash-dependencies").get_json()
        self.visited: set[tuple[str, str]] = set()
        self.drawing = next(c for c in callbacks if f"{ids.CONTENT}.children" in c["output"])

    def index(self) -> str:
        return self.client.get("/").get_data(as_text=True)

    def frame(self) -> dict:
        return self.client.get("/_dash-layout").get_json()

    def draw(self, path: str, search: str = "", open_panels: tuple[str, ...] = ()) -> dict:
        """Everything the drawing callback answers: page, notices, navigation, title."""
        values = (path, search, "light")
        outputs = [o.rsplit(".", 1) for o in self.drawing["output"].strip(".").split("...")]
        answer = self.client.post(
            "/_dash-update-component",
            json={
                "output": self.drawing["output"],
                "outputs": [{"id": i, "property": p} for i, p in outputs],
                "inputs": [i | {"value": v} for i, v in zip(self.drawing["inputs"], values, strict=True)],
                "state": [i | {"value": list(open_panels)} for i in self.drawing["state"]],
                "changedPropIds": [],
            },
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()["response"]

    def closed_and_open(self, path: str, search: str = "") -> Iterator[tuple[str, str]]:
        """Every text of a page as it opens, and of the same page with all its tables and metadata open."""
        closed = self.draw(path, search)
        names = [n["props"]["data-chart"] for n in walk(closed[ids.CONTENT]["children"]) if "data-chart" in n["props"]]
        opened = (
            self.draw(path, search, tuple(f"{name}:{panel}" for name in names for panel in ids.PANELS)) if names else {}
        )
        self.visited.add((path, search))
        for answer in (closed, opened):
            for part, values in answer.items():
                for value in (value for name, value in values.items() if name not in TECHNICAL):
                    yield from read(value, f"{path}{search} {part}")


# Between them these ask for every message that any choice asks for.
SEARCHES = (
    "",
    "?reporter=MEX&partner=USA",
    "?reporter=MEX&currency=MXN",
    "?partner=USA&freq=monthly&years=2025-2026",
    "?reporter=USA",
    "?reporter=USA&partner=CAN&currency=CAD",
    "?currency=MXN&years=1997-2000",
    "?reporter=USA&partner=USA",
    # Nothing on record: no months of Mexico, and no year before 1997 of Canada.
    "?reporter=MEX&freq=monthly",
    "?years=1985-1990",
    "?reporter=XXX&partner=y&years=1&freq=daily&currency=EUR&on=tomorrow&category=sport&reported=me&measure=foo"
    "&base=1900&flow=total&product=77&against=99&event=x&marks=some&around=<b>&detail=6&rate=900",
)
# Before the duties and among them.
DAYS = ("?partner=USA&on=2025-01-15", "?partner=USA&on=2025-03-05")
# Choices of single pages.
OF_PAGES = {
    "/trade": (
        "?reported=partner",
        "?reported=partner&reporter=USA&currency=GBP",
        "?reported=both&partner=USA",
        "?reported=both&measure=index",
        "?measure=growth",
        "?measure=index&base=2000",
        "?measure=index&base=1990",
        "?measure=index&freq=monthly&years=2026",
        "?measure=share",
        "?measure=share&reporter=USA",
        "?measure=gdp",
        "?measure=gdp&years=2024-2025",
        "?measure=gdp&freq=monthly",
        "?measure=constant",
        "?measure=constant&currency=GBP",
        "?measure=constant&freq=monthly",
        "?measure=constant&freq=monthly&reporter=USA",
        "?measure=compound&reporter=MEX",
        "?measure=rolling",
        "?measure=rolling&freq=monthly",
        "?marks=all&partner=USA",
        "?marks=none",
    ),
    "/products": (
        "?reporter=USA&product=87",
        "?reporter=USA&product=XVII&flow=import",
        "?reporter=USA&partner=CAN&flow=import&freq=monthly",
        "?reporter=USA&product=XVII&flow=import&freq=monthly",
        "?reporter=USA&detail=chapter&against=2019&event=canada-35",
        "?reporter=USA&product=98-99",
        "?reporter=USA&product=87&years=1990-2000",
    ),
    "/partners": ("?reporter=USA&flow=import", "?reporter=USA&years=2013-2024", "?years=1990&flow=import"),
    "/before-after": (
        "?partner=USA&around=usmca-in-force",
        "?partner=USA&reported=partner",
        "?around=nothing",
        "?around=canada-35&currency=MXN",
    ),
    "/burden": ("?partner=USA&rate=12.5", "?reporter=USA&rate=0&currency=GBP", *DAYS),
    "/": DAYS,
    "/tariffs": (
        "?partner=USA&currency=MXN",
        *DAYS,
        "?border=CAN-MEX",
        *(
            "?goods=4412",
            "?goods=720851",
            "?goods=0101",
            "?goods=9999",
            "?goods=0101&on=2025-03-05",
            "?goods=01&on=2025-01-15",
        ),
    ),
    "/events": ("?category=court&years=1990", "?category=diplomacy", "?years=1997"),
}
VISITS = [
    *((path, search) for path in (*pages.PAGES, "/nowhere") for search in SEARCHES),
    *((path, search) for path, searches in OF_PAGES.items() for search in searches),
]


@pytest.fixture(scope="module")
def site() -> Site:
    ensure_built()
    return Site(PseudoText())


@pytest.mark.parametrize(("path", "search"), VISITS)
def test_page_shows_only_catalogue_text(site, path, search):
    found = complaints(site.closed_and_open(path, search))
    assert not found, "\n".join(found)


def test_frame_shows_only_catalogue_text(site):
    texts = list(read(site.frame()))
    found = complaints(iter(texts))
    assert not found, "\n".join(found)
    assert any("⟦Ｃｏｕｎｔｒｙ⟧" in text for _where, text in texts)


class _Words(HTMLParser):
    """Texts of a document a reader can meet: its own, its description, its title, the word while loading."""

    def __init__(self, document: str):
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.inside: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in ("meta", "link", "br"):
            self.inside.append(tag)
        if given.get("name") == "description":
            self.found.append(("description", given["content"]))
        if "--loading" in (given.get("style") or ""):
            self.found.append(("loading", given["style"].split(":", 1)[1]))

    def handle_endtag(self, tag):
        if tag in self.inside:
            self.inside.remove(tag)

    def handle_data(self, data):
        if data.strip() and not {"script", "style"} & set(self.inside):
            self.found.append((" ".join(self.inside), data.strip()))


def test_document_shows_only_catalogue_text(site):
    words = _Words(site.index()).found
    # The name of the dashboard, until the page sets its own title; and Dash's word, which the style sheet replaces.
    names = [text for _where, text in words if text in ("Bilateral", "Loading...")]
    assert sorted(names) == ["Bilateral", "Loading..."]
    rest = [(where, text) for where, text in words if text not in names]
    assert {"description", "loading"} <= {where for where, _text in rest}
    assert complaints(iter(rest)) == []


@pytest.mark.slow
def test_title_of_each_page_is_a_message(site):
    for path in (*pages.PAGES, "/nowhere"):
        assert site.draw(path)[ids.PAGE_TITLE]["data"].startswith("⟦⟦")


# ---- The test finds what it is for --------------------------------------------------------------------------


def as_sent(component: Any) -> Any:
    return json.loads(json.dumps(component, cls=PlotlyJSONEncoder))


def figure_with(trace: dict | None = None, **layout: Any) -> dcc.Graph:
    return dcc.Graph(figure={"data": [trace or {}], "layout": layout})


@pytest.mark.parametrize(
    "component",
    [
        html.P("Uncatalogued"),
        html.P(["⟦Ｓａｉｄ⟧", html.B("by hand")]),
        html.Button("×", title="Close"),
        html.Nav([], **{"aria-label": "Pages"}),
        html.Img(alt="A line"),
        html.Td("⟦Ａ⟧", **{"data-label": "Rate"}),
        html.Div(**{"data-new-words": "Nobody has seen"}),
        dcc.Input(placeholder="Choose"),
        dcc.Dropdown(options=[{"label": "Canada", "value": "CAN"}]),
        figure_with({"name": "Exports"}),
        figure_with({"hovertext": ["⟦Ａ⟧", "2024: much"]}),
        figure_with({"text": "Exports"}),
        figure_with({"hovertemplate": "%{x}"}),
        figure_with(annotations=[{"text": "<b>Deficit</b>"}]),
        figure_with(xaxis={"ticktext": ["January"]}),
        figure_with(meta={"title": "Trade", "file": "a.png"}),
        figure_with(meta={"notes": ["Note"]}),
    ],
)
def test_text_outside_the_catalogues_is_found(component):
    (found,) = complaints(read(as_sent(component)))
    assert found.startswith("outside the catalogues")


@pytest.mark.parametrize("text", ["⟦Ｔｗｏ．⟧ ⟦Ｓｅｎｔｅｎｃｅｓ．⟧", "⟦⟦Ａ⟧ Ｂ⟧⟦Ｃ⟧"])
def test_messages_joined_in_code_are_found(text):
    (found,) = complaints(read(text))
    assert found.startswith("messages joined")


def test_number_not_written_for_the_locale_is_found():
    (found,) = complaints(read("⟦ＣＡ$⟧ 62.4"))
    assert found.startswith("a number")


def test_words_in_a_place_of_a_message_are_found(site):
    (found,) = complaints(read(site.text("Balance with {partner}", partner="Canada")))
    assert "Canada" in found


def test_names_codes_and_layout_are_left_alone(site):
    _ = site.text
    component = html.Div(
        [
            html.Span("Bilateral", **{"data-verbatim": "1"}),
            _("table {number}", number=_.verbatim("12-10-0011, International trade")),
            html.P(_.details([_.verbatim("US Census Bureau"), _("transcribed")])),
            html.P([_("Pages"), _("Sources")]),
            _.listing([_("Pages"), _("Sources")]),
            f"<b>{_('Exports')}</b><br>{_.number(1234.5, 1)}",
            "2025",
        ],
        id="identity",
    )
    assert complaints(read(as_sent(component))) == []


def test_an_uncatalogued_page_fails(monkeypatch):
    real = pages.PAGES["/events"]
    monkeypatch.setitem(pages.PAGES, "/events", lambda view, store: html.Div([real(view, store), html.P("By the way")]))
    # An app of its own: one that has drawn the page before may have kept it.
    (found,) = complaints(Site(PseudoText()).closed_and_open("/events"))
    assert "By the way" in found


# ---- The catalogues -----------------------------------------------------------------------------------------


def test_template_holds_what_extraction_gives_now():
    committed = catalogue.TEMPLATE.read_text(encoding="utf-8")
    assert committed == catalogue.template(), "layouts/locale/messages.pot is out of date: run make messages"


def test_template_names_nobody():
    text = catalogue.TEMPLATE.read_text(encoding="utf-8")
    assert not re.search(r"\S@\S", text)
    assert not re.search(r"Date|Generated-By|Translator:|Team", text.partition("\n\n")[0])


@pytest.mark.slow
def test_every_message_asked_for_is_in_the_template(site):
    for path, search in VISITS:
        if (path, search) not in site.visited:
            list(site.closed_and_open(path, search))
    site.frame()
    with catalogue.TEMPLATE.open("rb") as handle:
        known = set()
        for entry in read_po(handle):
            forms = entry.id if isinstance(entry.id, tuple) else (entry.id,)
            known |= {(entry.context, form) for form in forms}
    assert len(site.text.catalogue.asked) > 300
    assert site.text.catalogue.asked - known == set()


# ---- Numbers and dates --------------------------------------------------------------------------------------


def test_english_writes_day_month_year():
    _ = Text()
    assert _.date(dt.date(2026, 2, 3)) == "3 February 2026"
    assert _.short_date(dt.date(2026, 2, 3)) == "3\u00a0Feb\u00a02026"
    assert _.month(dt.date(2026, 2, 1)) == "Feb 2026"
    assert _.number(56148.7, 1) == "56,148.7"
    assert _.listing(["a", "b", "c"]) == "a, b and c"
    assert _.choice(["a", "b", "c"]) == "a, b or c"


def test_french_writes_numbers_and_dates_its_own_way():
    _ = Text("fr")
    assert _.number(56148.7, 1) == "56\u202f148,7"
    assert _.signed(-0.04) == "0,0"
    assert _.signed(1.25, 2) == "+1,25"
    assert _.date(dt.date(2026, 2, 3)) == "3 février 2026"
    assert _.date(dt.date(2026, 2, 1), "month") == "février 2026"
    assert _.short_date(dt.date(2026, 2, 3)) == "3\u00a0févr.\u00a02026"
    assert _.month_name(dt.date(2026, 8, 1)) == "août"
    assert _.listing(["a", "b", "c"]) == "a, b et c"


def test_language_without_a_catalogue_says_the_english_messages():
    _ = Text("fr")
    assert _("Trade") == "Trade"
    assert _.pgettext("country", "Canada") == "Canada"
    assert _.ngettext("{count} event", "{count} events", 1234) == "1\u202f234 events"
    assert _.money(62_430, "CAD") == "C$62,4 billion"


def test_a_whole_page_is_drawn_in_french():
    ensure_built()
    french = Site(Text("fr"))
    texts = [text for _where, text in french.closed_and_open("/trade")]
    assert any(re.search(r"\d\u202f\d{3},\d", text) for text in texts)
    assert 'lang="fr"' in french.index()
