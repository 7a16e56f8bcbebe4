"""What ``make doctor`` finds, and what it says to do about it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests import doctor

ROOT = Path(__file__).parents[1]


@pytest.fixture
def ask(monkeypatch):
    """Make one check with an environment of the test's choice."""

    def asked(check, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        try:
            return check(), ""
        except doctor.Problem as problem:
            return str(problem), problem.remedy

    for name in (
        "VENV",
        "PYTHON",
        "LEFT_OVER",
        "GIVEN",
        "BILATERAL_HOST",
        "BILATERAL_PORT",
        "CHROMIUM",
        "BROWSER_PATH",
    ):
        monkeypatch.delenv(name, raising=False)
    return asked


@pytest.fixture
def program(tmp_path):
    """A program that says what it is told to, in the place of a Python."""

    def written(*lines):
        path = tmp_path / "python"
        path.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
        path.chmod(0o755)
        return str(path)

    return written


def test_a_python_is_found_missing_or_too_old(ask, program):
    assert ask(doctor.check_python, PYTHON=sys.executable)[1] == ""
    assert ask(doctor.check_python, PYTHON="")[0] == "no Python of 3.11 or newer is on the path"
    wrong, remedy = ask(doctor.check_python, PYTHON="/nowhere/python3")
    assert (wrong, "PYTHON=" in remedy) == ("there is no program /nowhere/python3", True)
    old = program("echo 3.10.13")
    assert ask(doctor.check_python, PYTHON=old)[0] == f"{old} is Python 3.10.13, too old"
    bare = program('case "$2" in *ensurepip*) exit 1;; esac', "echo 3.13.0")
    wrong, remedy = ask(doctor.check_python, PYTHON=bare)
    assert (wrong, "python3-venv" in remedy) == (f"{bare} cannot make environments", True)


def test_an_environment_is_asked_for_by_the_name_it_was_given(ask, tmp_path):
    wrong, remedy = ask(doctor.check_environment, VENV=str(tmp_path), GIVEN=f"VENV={tmp_path}")
    assert (wrong, remedy) == (f"{tmp_path} is not there yet", f"make install VENV={tmp_path}")
    (tmp_path / "pyvenv.cfg").touch()
    assert ask(doctor.check_environment)[0] == f"{tmp_path} lacks packages of requirements.lock"
    (tmp_path / ".runtime-installed").touch()
    wrong, remedy = ask(doctor.check_environment)
    assert wrong.startswith(f"{tmp_path} is damaged")
    assert remedy == f"rm -r {tmp_path} && make install VENV={tmp_path}"
    left = "was made by another Python than its present 3.13"
    assert ask(doctor.check_environment, LEFT_OVER=left)[0] == f"{tmp_path} {left}"


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1"])
def test_an_address_that_this_machine_lacks_leads_to_its_own(ask, host):
    wrong, remedy = ask(doctor.check_port, BILATERAL_HOST=host)
    assert (wrong, remedy) == (f"this machine has no address {host}", "make run HOST=127.0.0.1")


@pytest.mark.slow
def test_a_taken_port_leads_to_a_free_one(ask):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        wrong, remedy = ask(doctor.check_port, BILATERAL_PORT=str(port))
    assert wrong == f"port {port} is taken by another program"
    assert ask(doctor.check_port, BILATERAL_PORT=remedy.partition("PORT=")[2])[1] == ""


def test_a_browser_that_does_not_start_is_named(ask, program, monkeypatch):
    monkeypatch.setattr(doctor, "installed", lambda _lock: True)
    chosen = program("exit 1")
    wrong, remedy = ask(doctor.check_browser, VENV=sys.prefix, CHROMIUM=chosen)
    assert f"{chosen} does not start" in wrong
    assert remedy == "unset CHROMIUM BROWSER_PATH"


def test_a_host_of_the_shell_does_not_reach_the_server():
    inherited = {**os.environ, "HOST": "x86_64-conda-linux-gnu"}
    for name in ("BILATERAL_HOST", "MAKEFLAGS", "MAKEOVERRIDES"):
        inherited.pop(name, None)

    def started(*given):
        done = subprocess.run(
            ["make", "-n", "serve", *given], cwd=ROOT, env=inherited, capture_output=True, text=True, timeout=60
        )
        return next(line for line in done.stdout.splitlines() if "Starting the server" in line)

    assert "http://127.0.0.1:9999 " in started("PORT=9999")
    assert "http://0.0.0.0:9999 " in started("PORT=9999", "HOST=0.0.0.0")
