"""Symbols that say how settled a value is, as Statistics Canada writes them, and their legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dash import html

from layouts.wording.text import MISSING, Text

SYMBOL = {"preliminary": "ᵖ", "special_estimate": "ᴱ"}
WORKED_OUT = "ᵈ"


def marked(written: str, status: object, derivation: object = "published") -> str:
    """Add the symbols of a value to the value as written; a missing one needs none."""
    if written == MISSING:
        return written
    return written + SYMBOL.get(str(status), "") + (WORKED_OUT if derivation == "worked_out" else "")


def signs_of_tables(_: Text) -> dict[str, object]:
    """What a script must know to copy a table as numbers: the codes of signs, as files have them, and the gap."""
    codes = {sign: code for code, sign in {**SYMBOL, "worked_out": WORKED_OUT}.items()}
    return {"signs": codes, "missing": MISSING, "column": _("{column}, status")}


def meaning(_: Text, code: str) -> str:
    """Say what a status or a derivation means."""
    return {
        "final": _("final at the vintage named"),
        "preliminary": _("preliminary: the source revises it, or quotes a first release"),
        "special_estimate": _("special estimate, to be used with caution"),
        "worked_out": _("not published as such: worked out from published figures"),
        "missing": _("not available for this period"),
    }[code]


def legend(_: Text, codes: Iterable[str], more: Sequence[str] = ()) -> html.P:
    """Explain the symbols a table uses, and whatever more there is to say of its cells."""
    signs = {**SYMBOL, "worked_out": WORKED_OUT, "missing": MISSING}
    known = [(signs[code], meaning(_, code)) for code in codes if code in signs]
    return html.P(
        _.apart([*(_("{symbol} {meaning}", symbol=sign, meaning=words) for sign, words in known), *more]),
        className="source legend",
    )
