"""Settings of the production server: ``gunicorn -c callbacks/gunicorn.py app:server``.

``make serve`` and the container start the server with this one file. It only defines settings, which gunicorn
reads by their names; HOST, PORT and WORKERS in the environment change the ones that differ between machines.
"""

import os
from pathlib import Path
from typing import Any

_host = os.environ.get("HOST", "127.0.0.1")
_port = os.environ.get("PORT", "8050")

# An IPv6 address needs brackets to tell its colons from the one before the port.
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"

workers = int(os.environ.get("WORKERS", "2"))
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


def when_ready(server: Any) -> None:
    """Say where the dashboard is, once the data is loaded and the port is open."""
    everywhere = _host in {"0.0.0.0", "::"}
    host = "localhost" if everywhere else bind.rpartition(":")[0]
    server.log.info("Bilateral is ready at http://%s:%s", host, _port)
