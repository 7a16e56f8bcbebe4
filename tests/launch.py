"""Open a page the way the tests do: ``python tests/launch.py /path/to/chromium``; the reason where that fails.

A browser that prints its version may still lack a library, a font or the right to start, and Playwright's driver may
lack one too. Only opening a page tells.
"""

from __future__ import annotations

import sys

from playwright.sync_api import sync_playwright

# Containers run as root, where Chromium's own sandbox cannot start.
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]


def open_page(executable: str) -> None:
    """Start a browser and draw a page in it.

    Raises:
        playwright.sync_api.Error: it does not start.
        AssertionError: it starts and draws nothing.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS, timeout=60_000)
        page = browser.new_page()
        page.set_content("<p>Bilateral</p>")
        assert page.locator("p").bounding_box(), "it opens a page and draws nothing on it"
        browser.close()


if __name__ == "__main__":
    try:
        open_page(sys.argv[1])
    except Exception as error:
        # The first lines say what happened; the rest are the browser's arguments and its log.
        said = [line.strip() for line in str(error).splitlines() if line.strip()]
        missing = [line for line in said if "cannot open shared object file" in line]
        sys.exit("\n".join(dict.fromkeys([*said[:1], *missing])) or repr(error))
