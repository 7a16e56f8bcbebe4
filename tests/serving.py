"""Serve the app on a free port of this machine, for tests and screenshots."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server


@contextmanager
def served(app) -> Iterator[str]:
    """Run a Dash app in a thread; yields its address without a trailing slash."""
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium that CHROMIUM names; without one the tests fail rather than skip."""
    executable = os.environ.get("CHROMIUM")
    if not executable:
        raise RuntimeError("CHROMIUM names no browser; `make test` finds or installs one and sets it")
    with sync_playwright() as playwright:
        # Containers run as root, where Chromium's own sandbox cannot start.
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def wait_until_drawn(page) -> None:
    """Wait until no callback is under way and every chart on the page has its picture."""
    page.wait_for_selector("#page > *")
    page.wait_for_function(
        """() => {
            const graphs = [...document.querySelectorAll('.dash-graph')];
            return document.documentElement.dataset.theme && !document.querySelector('[data-dash-is-loading=true]')
                && graphs.every(g => g.querySelector('.js-plotly-plot .main-svg'));
        }"""
    )
