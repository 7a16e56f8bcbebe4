"""Goods by the words people use, by the words of their official names, or by a code.

Words are compared whole, in singular and plural and in American and British spelling: "wine" is neither twine nor
swine. The last word typed may be unfinished. Figures are held by chapter, so every answer names its chapter.
"""

from __future__ import annotations

import bisect
import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from data.queries.products import names
from data.store import Store

MOST = 12
# An unfinished word of fewer letters would find too much.
SHORTEST_PART = 3
# A shorter word is alike to too many others to be taken for a slip of one.
SHORTEST_MISSPELT = 4
# Words of names that tell no goods apart.
EMPTY = frozenset(
    """
    a an and any as at by for from in into its kind like made n not of on or other others out similar such than that
    the their these thereof this to up used whether which with without including etc elsewhere specified included
    products product articles article goods
    """.split()  # noqa: SIM905 — prose is easier to read and to add to than a list of quoted words
)
# British to American spelling where no rule of letters leads over.
SPELLINGS = {
    "aeroplane": "airplane",
    "aluminium": "aluminum",
    "axe": "ax",
    "carburettor": "carburetor",
    "centre": "center",
    "chilli": "chili",
    "cheque": "check",
    "doughnut": "donut",
    "fibre": "fiber",
    "fibreboard": "fiberboard",
    "fibreglass": "fiberglass",
    "grey": "gray",
    "jewellery": "jewelry",
    "kerb": "curb",
    "licence": "license",
    "liquorice": "licorice",
    "litre": "liter",
    "metre": "meter",
    "mollusc": "mollusk",
    "mould": "mold",
    "moulding": "molding",
    "plough": "plow",
    "pyjama": "pajama",
    "pyjamas": "pajamas",
    "soya": "soy",
    "sulphate": "sulfate",
    "sulphide": "sulfide",
    "sulphur": "sulfur",
    "sulphuric": "sulfuric",
    "tyre": "tire",
    "whisky": "whiskey",
    "yoghurt": "yogurt",
}


@dataclass(frozen=True)
class Found:
    """Goods that answer what was typed.

    ``code`` has two, four or six digits, or is a section; ``name`` is its own, ``heading`` the name of the heading of
    a subheading. ``chapter`` is the chapter its figures stand in, empty for a section. ``earlier`` says that the code
    belongs to an earlier edition of the classification. ``word`` is the everyday word that led here, where the
    name does not hold it.
    """

    code: str
    name: str
    heading: str
    chapter: str
    earlier: bool = False
    word: str = ""


@dataclass(frozen=True)
class Answer:
    """What was found, and the spelling that was looked up where nothing is spelt as typed."""

    found: tuple[Found, ...]
    instead: str = ""


def search(store: Store, typed: str, most: int = MOST) -> Answer:
    """Look up goods by words or by a code of two to six digits, with or without dots.

    Args:
        store: the tables.
        typed: what the reader wrote; the last word may be unfinished.
        most: how many goods are named at most.

    Returns:
        The best first: what people call by these words, then chapters, headings and subheadings whose names hold
        every word, then words that begin like the last one. Where no goods have all words, those of each word in
        turn. A misspelt word is replaced by the nearest known one.
    """
    index, code = _index(store), code_typed(typed)
    if code:
        return Answer(_first(_by_code(index, code), most))
    words = tokens(typed)
    spelt = [_nearest(index, word) for word in words]
    known = [word for word in spelt if word]
    found = _first(_by_words(index, known), most) if known else ()
    if not found:
        each = zip_longest(*(_by_words(index, [word]) for word in known))
        found = _first((it for row in each for it in row if it), most)
    return Answer(found, " ".join(known) if found and known != words else "")


def _first(goods: Iterable[Found], most: int) -> tuple[Found, ...]:
    """So many goods, each once."""
    once: dict[str, Found] = {}
    for it in goods:
        once.setdefault(it.code, it)
        if len(once) == most:
            break
    return tuple(once.values())


def code_typed(typed: str) -> str:
    """The digits of a code as it may be written: 87, 8703, 0201.30, 0201 30; of a longer one the first six."""
    written = re.fullmatch(r"(?:hs\s*)?([0-9]{2}(?:[. ]?[0-9]{1,2}){0,4})", typed.strip().casefold())
    return re.sub(r"[. ]", "", written[1])[:6] if written else ""


def tokens(text: str) -> list[str]:
    """Words of a text without case, accents and words that tell nothing apart, in American spelling."""
    # An apostrophe joins: men's is one word.
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "")).encode("ascii", "ignore").decode()
    return [_american(word) for word in re.findall(r"[a-z0-9]+", plain) if word not in EMPTY]


def _american(word: str) -> str:
    """The American spelling of a word and of its plural."""
    if word.endswith("s") and word[:-1] in SPELLINGS:
        return f"{SPELLINGS[word[:-1]]}s"
    return SPELLINGS.get(word, word)


def forms(word: str) -> frozenset[str]:
    """What a word may be in singular and plural; two words are the same where these meet."""
    found = {word}
    if word.endswith("ies"):
        found |= {word[:-3] + "y", word[:-1]}
    elif word.endswith("ves"):
        found |= {word[:-1], word[:-3] + "f", word[:-3] + "fe"}
    elif re.search(r"(?:s|x|z|ch|sh|o)es$", word):
        found |= {word[:-2], word[:-1]}
    elif re.search(r"[^su]s$", word) and len(word) > 3:
        found.add(word[:-1])
    if word.endswith("ise") or word.endswith("iser"):
        found.add(re.sub(r"is(er?)$", r"iz\1", word))
    if re.search(r"(?:is|iz)(?:ers|ed|ing)$", word):
        found |= {re.sub(r"is(ers|ed|ing)$", r"iz\1", word), re.sub(r"i[sz]ers$", "izer", word)}
    if "our" in word:
        found |= {form.replace("our", "or") for form in found}
    return frozenset(SPELLINGS.get(form, form) for form in found)


@dataclass(frozen=True)
class _Entry:
    """A name that can be found: its rank among kinds of names, where it leads, its words in every form."""

    rank: int
    goods: tuple[Found, ...]
    words: tuple[frozenset[str], ...]
    # For a subheading: words its heading lends it, of which alone it cannot be found.
    lent: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True)
class _Index:
    goods: dict[str, Found]
    entries: tuple[_Entry, ...]
    # Places of the entries that hold a form of a word, and all forms in order.
    places: dict[str, frozenset[int]]
    ordered: tuple[str, ...]


EVERYDAY, CHAPTER, HEADING, SUBHEADING = range(4)


def _index(store: Store) -> _Index:
    return store.remember(_built)


def _built(store: Store) -> _Index:
    goods = _goods(store)
    entries = [
        _Entry(EVERYDAY, tuple(_called(goods[code], row.word) for code in row.codes.split()), _words(row.word))
        for row in store.product_words.itertuples()
    ]
    for code, it in goods.items():
        rank = {4: HEADING, 6: SUBHEADING}.get(len(code), CHAPTER) if code.isdigit() else CHAPTER
        # A heading without subdivision is its own only subheading.
        if rank != SUBHEADING or not code.endswith("00"):
            entries.append(_Entry(rank, (it,), _words(it.name), _words(it.heading)))
    places: dict[str, set[int]] = defaultdict(set)
    for at, entry in enumerate(entries):
        for form in frozenset().union(*entry.words, *entry.lent):
            places[form].add(at)
    found = {form: frozenset(at) for form, at in places.items()}
    return _Index(goods, tuple(entries), found, tuple(sorted(found)))


def _called(it: Found, word: str) -> Found:
    """Goods with the word people have for them, where their own name does not hold it anyway."""
    own = frozenset().union(*_words(it.name))
    return it if all(each & own for each in _words(word)) else replace(it, word=word)


def _goods(store: Store) -> dict[str, Found]:
    """Everything that has a code: sections, chapters, headings, subheadings."""
    table, sections = names(store)["name_en"], frozenset(store.coverage.sections)
    goods = {code: Found(code, name, "", "" if code in sections else code) for code, name in table.items()}
    rows = store.hs_names.sort_values("product_code")
    headings = rows.set_index("product_code")["name_en"]
    for row in rows.itertuples():
        code = row.product_code
        heading = headings[code[:4]] if len(code) > 4 else ""
        goods[code] = Found(code, row.name_en, heading, code[:2], row.edition == "earlier")
    return goods


def _words(name: str) -> tuple[frozenset[str], ...]:
    return tuple(forms(word) for word in tokens(name))


def _by_code(index: _Index, code: str) -> Iterator[Found]:
    """What has the code, or the nearest code above it, then what begins with it."""
    above = next((code[:length] for length in (6, 4, 2) if code[:length] in index.goods), "")
    below = [it for other, it in index.goods.items() if _is_below(other, code)]
    # A subheading of another edition still has its heading; unfinished codes begin with what they belong to.
    if above:
        yield index.goods[above]
    yield from below


def _is_below(other: str, code: str) -> bool:
    """Whether a code is of the next level below another, which may be unfinished."""
    return other.isdigit() and other.startswith(code) and len(other) == (4 if len(code) < 4 else 6) > len(code)


def _by_words(index: _Index, words: list[str]) -> Iterator[Found]:
    """What the entries lead to that hold every word whole, then those that hold the last one begun."""
    wanted = [forms(word) for word in words]
    yield from _goods_of(index, wanted)
    begun = _beginning(index, words[-1])
    if begun:
        yield from _goods_of(index, [*wanted[:-1], begun])


def _holding(index: _Index, wanted: list[frozenset[str]]) -> frozenset[int]:
    """Places of the entries in which each wanted word occurs in one of its forms."""
    found = [frozenset().union(*(index.places.get(form, frozenset()) for form in word)) for word in wanted]
    return frozenset.intersection(*found)


def _beginning(index: _Index, part: str) -> frozenset[str]:
    """All forms that begin like an unfinished word; none for one that is hardly begun."""
    if len(part) < SHORTEST_PART:
        return frozenset()
    first, last = (bisect.bisect_left(index.ordered, end) for end in (part, part + "~"))
    return frozenset(index.ordered[first:last])


def _goods_of(index: _Index, wanted: list[frozenset[str]]) -> Iterator[Found]:
    def order(at: int) -> tuple[int, int, int]:
        entry = index.entries[at]
        # Of everyday words the one that says no more than was typed comes first.
        return entry.rank, len(entry.words) if entry.rank == EVERYDAY else 0, at

    for at in sorted(_holding(index, wanted), key=order):
        entry = index.entries[at]
        own = any(word & asked for word in entry.words for asked in wanted)
        lent = bool(entry.lent) and all(any(word & asked for word in entry.lent) for asked in wanted)
        # What the heading's name alone answers is the heading, not each of its subheadings.
        if own and not lent:
            yield from entry.goods


def _nearest(index: _Index, word: str) -> str:
    """A known word spelt much like this one, a word of everyday first; empty without one."""
    if any(form in index.places for form in forms(word)) or _beginning(index, word):
        return word
    everyday = {form for it in index.entries if it.rank == EVERYDAY for each in it.words for form in each}
    for known in (sorted(everyday), index.ordered) if len(word) >= SHORTEST_MISSPELT else ():
        close = difflib.get_close_matches(word, known, n=1, cutoff=0.8)
        if close:
            return close[0]
    return ""
