"""Serve the app on a free port of this machine, for tests and screenshots."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from dash import Dash
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.launch import ARGUMENTS


class _Quiet(WSGIRequestHandler):
    """Answers without a log line for each request; a failing test shows its own reason."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@contextmanager
def served(app: Dash) -> Iterator[str]:
    """Run a Dash app in a thread; yields its address without a trailing slash."""
    server = make_server("127.0.0.1", 0, app.server, threaded=True, request_handler=_Quiet)
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
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def wait_until_drawn(page: Page) -> None:
    """Wait until no callback is under way and every chart on the page has its picture, in the page's colours."""
    page.wait_for_selector("#page > *")
    page.wait_for_function(
        """() => {
            const theme = document.documentElement.dataset.theme;
            const graphs = [...document.querySelectorAll('.dash-graph')];
            const quiet = theme && document.fonts.status === 'loaded';
            return quiet && !document.querySelector('[data-dash-is-loading=true]') && graphs.every(graph => {
                const plot = graph.querySelector('.js-plotly-plot');
                if (!plot || !plot.querySelector('.main-svg')) return false;
                // Only a dark figure carries colours to swap for its export.
                return (theme === 'dark') === (Object.keys(plot.layout.meta.recolour.light).length > 0);
            });
        }"""
    )
