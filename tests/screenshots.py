"""Take the screenshots of the README: ``make screenshots``."""

from __future__ import annotations

from pathlib import Path

from app import create_app
from tests.serving import chromium, served, wait_until_drawn

TARGET = Path(__file__).parent.parent / "docs"

PAGES = {
    "overview": "/",
    "trade": "/trade?partner=USA&freq=monthly",
    "tariffs": "/tariffs?partner=USA&on=2025-08-15",
    "retaliation": "/retaliation",
    "events": "/events",
    "sources": "/sources",
}

# Name, width, height and theme. A page can be ten screens long; the first two tell what it is.
VIEWS = {
    "": (1440, 1500, "light"),
    "-dark": (1440, 1500, "dark"),
    "-phone": (390, 1400, "light"),
}


def main() -> None:
    """Photograph every page in every view, and save one exported chart as a reader gets it."""
    TARGET.mkdir(exist_ok=True)
    with served(create_app()) as address, chromium() as browser:
        for suffix, (width, height, theme) in VIEWS.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
            page = context.new_page()
            for name, path in PAGES.items():
                page.goto(address + path)
                wait_until_drawn(page)
                page.screenshot(path=TARGET / f"{name}{suffix}.png")
                print(f"docs/{name}{suffix}.png")
            context.close()
        page = browser.new_page()
        page.goto(address + "/trade")
        wait_until_drawn(page)
        with page.expect_download() as download:
            page.locator("[data-chart=trade] [data-action=png]").click()
        download.value.save_as(TARGET / "exported.png")
        print("docs/exported.png")


if __name__ == "__main__":
    main()
