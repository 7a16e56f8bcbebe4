"""The browser in which pictures are drawn: one for a process, there only while it is needed."""

from __future__ import annotations

import asyncio
import atexit
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

log = logging.getLogger("bilateral.pictures")

# A picture takes less than a second, the first of a browser some seconds more; beyond this, something hangs.
SECONDS = 20.0
CLOSING_SECONDS = 5.0
# A browser holds some hundred megabytes, so it is closed when no picture was asked for so long.
IDLE_SECONDS = 120.0


class Page(Protocol):
    """Writes the document that the browser opens."""

    def generate_index(self) -> str:
        """Give the whole document."""


class Drawing(Protocol):
    """What of Kaleido is used."""

    def open(self) -> Coroutine[Any, Any, None]:
        """Start the browser."""

    def calc_fig(self, fig: dict[str, Any], opts: dict[str, Any]) -> Coroutine[Any, Any, bytes]:
        """Have the page draw."""

    def close(self) -> Coroutine[Any, Any, None]:
        """End the browser."""


class PictureError(Exception):
    """A picture could not be drawn; says why."""


class PictureBrowser:
    """Draws one picture at a time, for all threads of a process.

    The browser starts with the first picture, so a server may be forked before. One that fails or hangs is ended, and
    the next picture starts another.
    """

    def __init__(
        self,
        page: Page,
        start: Callable[[Page], Drawing] | None = None,
        seconds: float = SECONDS,
        idle: float = IDLE_SECONDS,
    ):
        """Start nothing yet.

        Args:
            page: the document with the script that draws.
            start: makes a browser that is not open yet; Kaleido's by default.
            seconds: after which a picture is given up on.
            idle: seconds without a picture after which the browser is closed.
        """
        self._page, self._start, self._seconds, self._idle = page, start or kaleido_browser, seconds, idle
        self._guard = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._turn = asyncio.Lock()
        self._browser: Drawing | None = None
        self._rest: asyncio.TimerHandle | None = None

    def draw(self, asked: dict[str, Any]) -> bytes:
        """Give what the script made of a figure; empty where it made nothing.

        Raises:
            PictureError: when script or browser failed, or took too long.
        """
        return asyncio.run_coroutine_threadsafe(self._in_turn(asked), self._running()).result()

    def close(self) -> None:
        """End the browser after the picture it is at; another picture starts it anew."""
        with self._guard:
            if self._loop is None or self._thread is None:
                return
            asyncio.run_coroutine_threadsafe(self._end_in_turn(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()
            self._loop = self._thread = None
        atexit.unregister(self.close)

    def _running(self) -> asyncio.AbstractEventLoop:
        """The loop in which Kaleido runs, in a thread of its own that never keeps the process alive."""
        with self._guard:
            if self._loop is None:
                self._loop, self._turn = asyncio.new_event_loop(), asyncio.Lock()
                self._thread = threading.Thread(target=self._loop.run_forever, name="pictures", daemon=True)
                self._thread.start()
                atexit.register(self.close)
            return self._loop

    async def _in_turn(self, asked: dict[str, Any]) -> bytes:
        async with self._turn:
            if self._rest:
                self._rest.cancel()
            drawing = await finished(self._drawn(asked), self._seconds)
            error = failure_of(drawing)
            if error:
                await self._end()
                raise PictureError(str(error) or type(error).__name__) from error
            self._rest = asyncio.get_running_loop().call_later(self._idle, self._fall_asleep)
            return drawing.result()

    async def _drawn(self, asked: dict[str, Any]) -> bytes:
        if self._browser is None:
            self._browser = self._start(self._page)
            await self._browser.open()
        return await self._browser.calc_fig(asked, {"format": "png"})

    def _fall_asleep(self) -> None:
        # The loop itself holds on to no task.
        self._sleep = asyncio.ensure_future(self._end_in_turn())

    async def _end_in_turn(self) -> None:
        async with self._turn:
            if self._rest:
                self._rest.cancel()
            await self._end()

    async def _end(self) -> None:
        browser, self._browser = self._browser, None
        if browser:
            error = failure_of(await finished(browser.close(), CLOSING_SECONDS))
            if error:
                log.warning("The browser for pictures did not close properly: %s", error)


async def finished(work: Coroutine[Any, Any, Any], seconds: float) -> asyncio.Task:
    """Give work some time, and cancel it then, without waiting for it to notice: Kaleido may hang with its browser."""
    task = asyncio.ensure_future(work)
    # What it ends with later is of no use to anyone, and asked for here so that it is not reported as lost.
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    await asyncio.wait({task}, timeout=seconds)
    if not task.done():
        task.cancel()
    return task


def failure_of(task: asyncio.Task) -> BaseException | None:
    """Say why there is no result; None when there is one."""
    if not task.done() or task.cancelled():
        return TimeoutError("it took too long")
    return task.exception()


def kaleido_browser(page: Page) -> Drawing:
    """Kaleido's browser on a page of ours, cut off from every other host."""
    from choreographer.browsers.chromium import Chromium
    from kaleido import Kaleido

    class Offline(Chromium):
        """A browser that finds no host: pictures need none, and it must not report to its makers."""

        def get_cli(self):
            return [*super().get_cli(), "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND"]

    # They tell every step, and call a browser's goodbye an error; what goes wrong with a picture is raised anyway.
    for name in ("kaleido", "choreographer"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return Kaleido(page_generator=page, timeout=None, browser_cls=Offline)
