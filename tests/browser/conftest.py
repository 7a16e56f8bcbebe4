"""One server and one browser for all tests; each page in a context of its own, listened to for complaints."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

import app
from tests.serving import chromium, served, wait_until_drawn
from tests.wiring import stale_twins

SIZES = {1440: 900, 390: 844}

expect.set_options(timeout=15_000)


class Visitor:
    """Opens pages as readers do, and keeps every complaint of the browser about them."""

    def __init__(self, browser: Browser, address: str):
        self.browser, self.address = browser, address
        self.host = urlsplit(address).netloc
        self.contexts = []
        self.complaints: list[str] = []

    def __call__(self, path: str, width: int = 1440, theme: str = "light", status: int = 200, **options) -> Page:
        """Open a page of the dashboard and wait until it is drawn."""
        page = self.blank(width, theme, status, **options)
        response = page.goto(self.address + path)
        assert response.status == status
        wait_until_drawn(page)
        return page

    def blank(self, width: int = 1440, theme: str = "light", status: int = 200, **options) -> Page:
        """An empty page in a context of its own; of its documents' statuses only this one is no complaint."""
        size = {"width": width, "height": SIZES[width]}
        context = self.browser.new_context(viewport=size, color_scheme=theme, accept_downloads=True, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._said(page, message, status))
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url} {request.failure}"))
        page.on("request", self._asked)
        page.on("response", lambda response: self._answered(response, status))
        return page

    def _said(self, page: Page, message, status: int) -> None:
        # The browser reports the status of a document in the console too; it is checked where the page is opened.
        if status != 200 and message.location.get("url") == page.url and f"status of {status}" in message.text:
            return
        self.complaints.append(f"console {message.type}: {message.text}")

    def _asked(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.complaints.append(f"another host: {request.url}")

    def _answered(self, response, status: int) -> None:
        document = response.request.resource_type == "document"
        if response.status >= 400 and not (document and response.status == status):
            self.complaints.append(f"{response.status}: {response.url}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="session")
def address(dashboard) -> Iterator[str]:
    assert stale_twins(app.ASSETS) == [], "the browser would be sent old files; `make static` renews them"
    with served(dashboard) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(browser, address) -> Iterator[Visitor]:
    """Open pages; whatever a test is about, it fails when the browser complained meanwhile."""
    visitor = Visitor(browser, address)
    yield visitor
    complaints = list(visitor.complaints)
    visitor.close()
    assert complaints == []
