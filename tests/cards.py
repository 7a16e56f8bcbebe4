"""Photograph the cards that stand for the pages in shared links: ``python -m tests.cards``."""

from __future__ import annotations

import io

from PIL import Image

from callbacks.pages import PAGES, page_name, page_titles
from callbacks.preview import CARDS
from layouts.document.font import held_face
from layouts.document.preview import HEIGHT, WIDTH, card, question
from layouts.wording.text import Text
from tests.serving import chromium


def main() -> None:
    """Write one picture for each page, in a palette of its own colours."""
    _ = Text()
    titles = page_titles(_)
    CARDS.mkdir(exist_ok=True)
    face = held_face(CARDS.parent)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for path in PAGES:
            page.set_content(card(_, titles[path], question(_, path), face))
            page.evaluate("() => document.fonts.ready")
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(64)
            picture.save(CARDS / f"{page_name(path)}.png", optimize=True)
            print(f"layouts/assets/cards/{page_name(path)}.png")


if __name__ == "__main__":
    main()
