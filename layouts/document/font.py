"""The type of pages, charts and pictures: one family, shipped with the product."""

from __future__ import annotations

from html import escape

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


def font_tags(address: str) -> str:
    """What the head of a document says, so that the file is fetched beside the stylesheets and not after them."""
    return (
        f'<link rel="preload" href="{escape(address)}" as="font" type="font/woff2" crossorigin>'
        f"<style>{font_face(escape(address))}</style>"
    )
