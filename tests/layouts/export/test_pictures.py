"""The server's way to pictures: the document that it opens, what it says is missing, and how long its browser lives."""

from __future__ import annotations

import asyncio
import importlib.util
import re
import threading

import pytest

from layouts.export import picture_browser, pictures
from layouts.export.picture_browser import PictureBrowser, PictureError
from layouts.export.pictures import NO_BROWSER, NO_PACKAGE, PicturePage, missing, painter

SOON = 30


# ---- The document -------------------------------------------------------------------------------------------


def test_the_document_loads_our_scripts_from_this_machine_and_nothing_else():
    document = PicturePage().generate_index()
    loaded = re.findall(r'(?:src|href)="([^"]+)"', document)
    assert loaded == ["data:,", *((pictures.ASSETS / name).as_uri() for name in pictures.SCRIPTS)]
    assert all((pictures.ASSETS / name).is_file() for name in pictures.SCRIPTS)
    assert "default-src 'none'" in document and "http" not in document.replace("http-equiv", "")


def test_every_script_that_makes_pictures_is_loaded():
    makes = {path.name for path in pictures.ASSETS.glob("picture*.js")}
    assert makes and makes < set(pictures.SCRIPTS)


# ---- What is missing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("absent", ["kaleido", "choreographer"])
def test_without_the_package_it_is_named_with_the_way_to_install_it(monkeypatch, absent):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == absent else found(name))
    assert missing() == NO_PACKAGE and "pip install 'kaleido" in NO_PACKAGE
    assert painter() is None


def test_without_a_browser_that_is_named(monkeypatch, tmp_path):
    from choreographer.browsers.chromium import Chromium

    monkeypatch.setattr(Chromium, "find_browser", lambda **how: None)
    assert missing() == NO_BROWSER and "BROWSER_PATH" in NO_BROWSER
    assert painter("card") is None
    gone = str(tmp_path / "chrome")
    monkeypatch.setenv("BROWSER_PATH", gone)
    monkeypatch.setattr(Chromium, "find_browser", lambda **how: gone)
    assert f"BROWSER_PATH names {gone}, which is not there" in missing()


# ---- The browser --------------------------------------------------------------------------------------------


class Made:
    """Stands for Kaleido: does what the test says and keeps count."""

    def __init__(self):
        self.begun, self.opened, self.ended = 0, 0, threading.Event()
        self.at_once, self.most = 0, 0
        self.open_now = 0

    def start(self, page):
        self.begun += 1
        return self

    async def open(self):
        self.opened += 1
        self.open_now += 1
        self.ended.clear()

    async def calc_fig(self, fig, opts):
        assert opts == {"format": "png"}
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        try:
            return await fig["does"]()
        finally:
            self.at_once -= 1

    async def close(self):
        self.open_now -= 1
        self.ended.set()


async def draws():
    await asyncio.sleep(0)
    return b"picture"


async def fails():
    raise RuntimeError("the script stumbled")


async def hangs():
    await asyncio.Event().wait()


async def hangs_on_even_when_cancelled():
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.Event().wait()


@pytest.fixture
def made():
    return Made()


@pytest.fixture
def browser(made):
    browser = PictureBrowser(PicturePage(), made.start)
    yield browser
    browser.close()
    assert made.open_now == 0


def test_it_starts_with_the_first_picture_and_serves_the_next(made, browser):
    assert made.begun == 0 and browser._thread is None
    assert [browser.draw({"does": draws}) for _time in range(3)] == [b"picture"] * 3
    assert made.begun == made.opened == 1


def test_threads_take_turns_at_one_browser(made, browser):
    results = []
    threads = [threading.Thread(target=lambda: results.append(browser.draw({"does": draws}))) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)
    assert results == [b"picture"] * 8
    assert (made.begun, made.most) == (1, 1)


def test_one_that_fails_is_ended_and_the_next_picture_starts_another(made, browser):
    with pytest.raises(PictureError, match="the script stumbled"):
        browser.draw({"does": fails})
    assert made.open_now == 0
    assert browser.draw({"does": draws}) == b"picture"
    assert made.begun == 2


@pytest.mark.parametrize("how", [hangs, hangs_on_even_when_cancelled])
def test_one_that_hangs_is_given_up_on_and_ended(made, how):
    browser = PictureBrowser(PicturePage(), made.start, seconds=0.05)
    with pytest.raises(PictureError, match="too long"):
        browser.draw({"does": how})
    assert made.open_now == 0
    browser._seconds = SOON
    assert browser.draw({"does": draws}) == b"picture"
    browser.close()
    assert made.open_now == 0


def test_one_that_does_not_end_is_left_behind(made, browser, monkeypatch, caplog):
    monkeypatch.setattr(picture_browser, "CLOSING_SECONDS", 0.05)
    browser.draw({"does": draws})
    monkeypatch.setattr(made, "close", hangs)
    browser.close()
    assert "did not close properly: it took too long" in caplog.text
    made.open_now = 0


def test_it_is_closed_when_no_picture_was_asked_for_a_while(made):
    browser = PictureBrowser(PicturePage(), made.start, idle=0.01)
    assert browser.draw({"does": draws}) == b"picture"
    assert made.ended.wait(SOON)
    assert browser.draw({"does": draws}) == b"picture"
    assert made.begun == 2
    browser.close()


def test_closing_ends_browser_and_thread_and_a_picture_starts_them_anew(made, browser):
    browser.draw({"does": draws})
    thread = browser._thread
    browser.close()
    browser.close()
    assert made.open_now == 0 and not thread.is_alive()
    assert browser.draw({"does": draws}) == b"picture"
