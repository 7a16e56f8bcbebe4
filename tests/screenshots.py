"""Take the screenshots of the README: ``make screenshots``."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from app import create_app
from tests.serving import chromium, served, wait_until_drawn

TARGET = Path(__file__).parent.parent / "docs"

# File, address, width, height and theme. A page can be ten screens long; the first two tell what it is.
PICTURES = (
    ("overview", "/", 1440, 1500, "light"),
    ("overview-phone", "/", 390, 1500, "light"),
    ("trade", "/trade?partner=USA&freq=monthly", 1440, 1500, "light"),
    ("mirror", "/mirror", 1440, 1500, "light"),
    ("products", "/products?reporter=USA&flow=import", 1440, 1500, "light"),
    ("partners", "/partners?reporter=USA", 1440, 1500, "light"),
    ("burden", "/burden?partner=USA", 1440, 1500, "light"),
    ("tariffs-dark", "/tariffs?partner=USA&on=2025-08-15", 1440, 1500, "dark"),
    ("retaliation", "/retaliation", 1440, 1500, "light"),
)


def main() -> None:
    """Photograph every page, and save one exported chart as a reader gets it."""
    TARGET.mkdir(exist_ok=True)
    with served(create_app()) as address, chromium() as browser:
        for name, path, width, height, theme in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
            page.goto(address + path)
            wait_until_drawn(page)
            shrink(page.screenshot(), name)
            page.close()
        page = browser.new_page()
        page.goto(address + "/trade")
        wait_until_drawn(page)
        with page.expect_download() as download:
            page.locator("[data-chart=trade] [data-action=png]").click()
        shrink(Path(download.value.path()).read_bytes(), "exported")
        page.set_viewport_size({"width": 1440, "height": 1000})
        page.locator("[data-chart=trade] [data-action=export]").click()
        page.wait_for_function("() => { const i = document.querySelector('.preview'); return i.src && i.complete; }")
        page.wait_for_function("() => document.querySelector('[data-fill=short]').textContent")
        shrink(page.screenshot(), "export")


def shrink(picture: bytes, name: str) -> None:
    """Save a picture in 256 colours, which these pages do not exceed by eye, at a third of the size."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256).save(TARGET / f"{name}.png", optimize=True)
    print(f"docs/{name}.png")


if __name__ == "__main__":
    main()
