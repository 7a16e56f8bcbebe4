"""What the tests share: the built tables, one app over them, and a client that speaks to it without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from hypothesis import settings

from app import create_app
from callbacks import preview
from data.pipeline.build import ensure_built
from data.store import Store, load
from layouts.wording.text import Text

# How long an example takes says more of the machine than of the code.
settings.register_profile("bilateral", deadline=None)
settings.load_profile("bilateral")


@pytest.fixture(scope="session")
def store() -> Store:
    ensure_built()
    return load()


@pytest.fixture(scope="session")
def text() -> Text:
    return Text()


@pytest.fixture(scope="session", autouse=True)
def no_browser_of_its_own() -> Iterator[None]:
    """Serve the prepared cards, whatever this machine could draw; what is drawn has tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preview, "painter", lambda shape: None)
        yield


@pytest.fixture(scope="session")
def dashboard(store, text):
    return create_app(store, text)


@pytest.fixture
def client(dashboard) -> FlaskClient:
    return dashboard.server.test_client()
