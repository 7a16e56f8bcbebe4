"""What the tests share: the built tables, one app over them, and a client that speaks to it without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from hypothesis import settings

from app import create_app
from callbacks import preview
from data.store import Store
from layouts.wording.text import Text
from tests.data.helpers import real_store
from tests.vintage import use_vintage

# How long an example takes says more of the machine than of the code.
settings.register_profile("bilateral", deadline=None)
settings.load_profile("bilateral")


def pytest_configure(config: pytest.Config) -> None:
    """Bind the tests to their vintage before any of them is read."""
    use_vintage()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="leave out slow tests and repetitions, for the inner loop")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --quick, keep the first case of each test that builds tables or draws pages, and all cases of the others."""
    if not config.getoption("quick"):
        return
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    seen: set[str] = set()
    for item in items:
        name = item.nodeid.partition("[")[0]
        long = item.get_closest_marker("slow") or item.get_closest_marker("browser")
        again = name in seen and needs_fixtures(item)
        (left_out if long or again else kept).append(item)
        seen.add(name)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def needs_fixtures(item: pytest.Item) -> bool:
    """Whether a test asks for more than the values it is repeated with."""
    case = getattr(item, "callspec", None)
    return bool(set(getattr(item, "fixturenames", ())) - set(case.params if case else ()) - {"request"})


@pytest.fixture(scope="session")
def store() -> Store:
    return real_store()


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
