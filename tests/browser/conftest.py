"""One server and one browser for all tests, whose pages are listened to for complaints.

A page that no test has changed but by what a reader does is emptied and opened again for the next test: the browser
then has the scripts read already, which is most of the work of opening a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

import app
from tests.serving import chromium, served, wait_until_drawn
from tests.wiring import stale_twins

SIZES = {1440: 900, 1024: 768, 390: 844}

expect.set_options(timeout=15_000)


class Pages:
    """Empty pages by width of the window and theme, as a browser that was never used has them."""

    def __init__(self, browser: Browser):
        self.browser = browser
        self.free: dict[tuple[int, str], list[Page]] = {}

    def new(self, width: int, theme: str, **options) -> Page:
        size = {"width": width, "height": SIZES[width]}
        context = self.browser.new_context(viewport=size, color_scheme=theme, accept_downloads=True, **options)
        return context.new_page()

    def lend(self, width: int, theme: str) -> Page:
        free = self.free.setdefault((width, theme), [])
        return free.pop() if free else self.new(width, theme)

    def take_back(self, page: Page, width: int, theme: str) -> None:
        """Keep a page for the next test, without what a reader left in it; one that was closed is gone."""
        if page.is_closed() or len(page.context.pages) > 1:
            page.context.close()
            return
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.mouse.move(0, 0)
        page.emulate_media(media="null", color_scheme=theme)
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        page.goto("about:blank")
        self.free[width, theme].append(page)


class Visitor:
    """Opens pages as readers do, and keeps every complaint of the browser about them."""

    def __init__(self, pages: Pages, address: str):
        self.pages, self.address = pages, address
        self.host = urlsplit(address).netloc
        self.own: list[Page] = []
        self.lent: list[tuple[Page, int, str]] = []
        self.listening: list[tuple[Page, str, Callable]] = []
        self.complaints: list[str] = []

    def __call__(self, path: str, width: int = 1440, theme: str = "light", status: int = 200, **options) -> Page:
        """Open a page of the dashboard and wait until it is drawn; ``on`` an open page, in its place.

        A test that changes the browser for good (its clock, what it answers to) says so by ``own=True``.
        """
        on, own = options.pop("on", None), options.pop("own", False) or options
        page = on or (self.blank(width, theme, status, **options) if own else self.empty(width, theme, status))
        response = page.goto(self.address + path)
        assert response.status == status
        wait_until_drawn(page)
        return page

    def blank(self, width: int = 1440, theme: str = "light", status: int = 200, **options) -> Page:
        """An empty page in a context of its own; of its documents' statuses only this one is no complaint."""
        page = self.pages.new(width, theme, **options)
        self.own.append(page)
        return self._heard(page, status)

    def empty(self, width: int = 1440, theme: str = "light", status: int = 200) -> Page:
        """An empty page, which another test may have used before and another will use after."""
        page = self.pages.lend(width, theme)
        self.lent.append((page, width, theme))
        return self._heard(page, status)

    def _heard(self, page: Page, status: int) -> Page:
        listeners = {
            "console": lambda message: self._said(page, message, status),
            "pageerror": lambda error: self.complaints.append(f"page error: {error}"),
            "requestfailed": lambda request: self.complaints.append(f"failed: {request.url} {request.failure}"),
            "request": self._asked,
            "response": lambda response: self._answered(response, status),
        }
        for event, listener in listeners.items():
            page.on(event, listener)
            self.listening.append((page, event, listener))
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

    def leave(self) -> None:
        for page, event, listener in self.listening:
            page.remove_listener(event, listener)
        for page in self.own:
            page.context.close()
        for page, width, theme in self.lent:
            self.pages.take_back(page, width, theme)


@pytest.fixture(scope="session")
def address(dashboard) -> Iterator[str]:
    assert stale_twins(app.ASSETS) == [], "the browser would be sent old files; `make static` renews them"
    with served(dashboard) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def pages(browser) -> Pages:
    return Pages(browser)


@pytest.fixture
def visit(pages, address) -> Iterator[Visitor]:
    """Open pages; whatever a test is about, it fails when the browser complained meanwhile."""
    visitor = Visitor(pages, address)
    yield visitor
    complaints = list(visitor.complaints)
    visitor.leave()
    assert complaints == []
