"""What the tests share: the built tables, one app over them, and a client that speaks to it without a network."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import settings

from app import create_app
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


@pytest.fixture(scope="session")
def dashboard(store, text):
    return create_app(store, text)


@pytest.fixture
def client(dashboard) -> FlaskClient:
    return dashboard.server.test_client()
