"""Settings of the production server: ``gunicorn -c callbacks/gunicorn.py app:server``.

``make serve`` and the container start the server with this one file. It only defines settings, which gunicorn
reads by their names; BILATERAL_HOST, BILATERAL_PORT and BILATERAL_WORKERS in the environment change the ones that
differ between machines. HOST alone is not asked: some shells set it for ends of their own.
"""

import errno
import os
import socket
from pathlib import Path
from typing import Any


def _whole_number(most: int, default: int, *names: str) -> int:
    """The first of these variables that is set, as a number from 1 to the most there can be."""
    name, value = next(((name, os.environ[name]) for name in names if os.environ.get(name)), ("", str(default)))
    if not value.isdecimal() or not 1 <= int(value) <= most:
        raise SystemExit(f"{name} is {value!r}: a whole number from 1 to {most} is needed")
    return int(value)


_host = os.environ.get("BILATERAL_HOST") or "127.0.0.1"
# Where the platform a container runs on chooses the port, it does so as PORT.
_port = _whole_number(65_535, 8050, "BILATERAL_PORT", "PORT")

# An IPv6 address needs brackets to tell its colons from the one before the port.
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"

workers = _whole_number(1000, 2, "BILATERAL_WORKERS")
# A callback spends its time in pandas and pyarrow, which let go of the interpreter lock, and in waiting for
# slow clients: threads keep the health check and the static files answering meanwhile.
worker_class = "gthread"
threads = 4
# The data is loaded once, before the workers are forked, and they share its memory.
preload_app = True

# gunicorn would open a management socket in the home folder, which a container's user does not have.
control_socket_disable = True

# Workers report that they are alive by touching a file. On a disk that blocks, a healthy worker would look
# dead; where the system has memory-backed files, use them.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

# One line for each request would bury the lines that matter; a proxy in front keeps such a log if one is due.
accesslog = None


def on_starting(server: Any) -> None:
    """Stop before the first worker starts where nothing can listen at this address, and say what to change."""
    family = socket.AF_INET6 if ":" in _host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # A server that has just ended leaves its port in a state that this option looks past, as gunicorn does.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_host, _port))
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise SystemExit(f"There is no address {_host} on this machine: make run HOST=127.0.0.1") from None
            raise SystemExit(f"Cannot listen on {bind} ({error.strerror}): make run PORT={_free_port()}") from None


def _free_port() -> int:
    """A port above the one asked for that is free now, or any free one."""
    for port in (*range(_port + 1, min(_port + 50, 65_536)), 0):
        with socket.socket() as probe:
            try:
                probe.bind(("", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return 0


def when_ready(server: Any) -> None:
    """Say where the dashboard is, once the data is loaded and the port is open."""
    everywhere = _host in {"0.0.0.0", "::"}
    host = "localhost" if everywhere else bind.rpartition(":")[0]
    server.log.info("Bilateral is ready at http://%s:%s", host, _port)
