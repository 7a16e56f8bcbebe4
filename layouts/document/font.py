"""The type of pages, charts and pictures: one family, shipped with the product."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path

from layouts.theme import FAMILY

FILE = "bilateral.woff2"


def font_face(address: str) -> str:
    """The rule by which a document knows our type.

    The weights are those that layouts/font_bundle keeps. Where the file is late, words stand in the type of the system
    rather than not at all.
    """
    return (
        f"@font-face {{ font-family: {FAMILY}; font-weight: 400 750; font-display: swap; "
        f'src: url("{address}") format("woff2"); }}'
    )


def held_face(assets: Path) -> str:
    """The rule for a document that may fetch nothing: it holds the file itself.

    Args:
        assets: the folder of our files.
    """
    return font_face(f"data:font/woff2;base64,{b64encode((assets / FILE).read_bytes()).decode()}")


def font_tags(address: str) -> str:
    """What the head of a document says, so that the file is fetched beside the stylesheets and not after them."""
    return (
        f'<link rel="preload" href="{escape(address)}" as="font" type="font/woff2" crossorigin>'
        f"<style>{font_face(escape(address))}</style>"
    )
