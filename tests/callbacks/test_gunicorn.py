"""Where the server listens, and what it says when it cannot."""

from __future__ import annotations

import re
import runpy
import socket
from pathlib import Path

import pytest

SETTINGS = Path(__file__).parents[2] / "callbacks" / "gunicorn.py"


@pytest.fixture
def settings(monkeypatch):
    """Read the settings as gunicorn does, with nothing in the environment but what a test puts there."""

    def read(**environment):
        for name in ("HOST", "PORT", "BILATERAL_HOST", "BILATERAL_PORT", "BILATERAL_WORKERS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return read


@pytest.mark.parametrize(
    ("environment", "bind"),
    [
        ({}, "127.0.0.1:8050"),
        ({"HOST": "x86_64-conda-linux-gnu"}, "127.0.0.1:8050"),
        ({"PORT": "9000"}, "127.0.0.1:9000"),
        ({"BILATERAL_HOST": "0.0.0.0", "BILATERAL_PORT": "9001", "PORT": "9000"}, "0.0.0.0:9001"),
        ({"BILATERAL_HOST": "::1"}, "[::1]:8050"),
    ],
)
def test_only_names_of_our_own_say_where_to_listen(settings, environment, bind):
    assert settings(**environment)["bind"] == bind


@pytest.mark.parametrize(
    ("name", "value"),
    [("BILATERAL_PORT", "abc"), ("PORT", "65536"), ("BILATERAL_WORKERS", "many"), ("BILATERAL_WORKERS", "0")],
)
def test_a_bad_number_is_named_with_what_is_needed(settings, name, value):
    with pytest.raises(SystemExit, match=f"^{name} is '{value}': a whole number from 1 to "):
        settings(**{name: value})


def test_a_busy_port_leads_to_a_free_one(settings):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(SystemExit) as stopped:
            settings(BILATERAL_PORT=str(port))["on_starting"](None)
        said = re.fullmatch(rf"Cannot listen on 127\.0\.0\.1:{port} \(.+\): make run PORT=(\d+)", str(stopped.value))
        assert said, stopped.value
        settings(BILATERAL_PORT=said[1])["on_starting"](None)


def test_an_address_of_another_machine_is_named(settings):
    with pytest.raises(SystemExit, match=r"no address x86_64\.invalid on this machine: make run HOST=127\.0\.0\.1"):
        settings(BILATERAL_HOST="x86_64.invalid")["on_starting"](None)
