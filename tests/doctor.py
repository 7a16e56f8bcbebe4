"""Say what this machine lacks to run and to test Bilateral, with one remedy for each: ``make doctor``.

It runs before anything is installed, and on a Python too old for the rest: it imports the standard library only, and
keeps to what Python 3.7 understands.
"""

import errno
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
# Megabytes, with room to spare: what is still to be put beside the clone until the tests can run, and what a run
# leaves there itself. The system's browser lies elsewhere.
TO_INSTALL, TO_WORK = 1200, 100


class Problem(Exception):
    """What is wrong, and the one thing that mends it."""

    def __init__(self, wrong, remedy):
        super().__init__(wrong)
        self.remedy = remedy


def environment():
    """The folder of the environment, and the Python in it."""
    venv = Path(os.environ.get("VENV") or ".venv")
    return venv, venv / "bin" / "python"


def asked(*command):
    """Run a command from the project's folder; its exit status and all it said."""
    try:
        done = subprocess.run(command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    except OSError as error:
        return 1, str(error)
    return done.returncode, done.stdout.strip()


def installed(name):
    """Whether a lock file has been installed since it last changed, as make sees it."""
    stamp = environment()[0] / f".{name}-installed"
    lock = ROOT / {"runtime": "requirements.lock", "test": "requirements-test.lock"}[name]
    return stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime


def task(name):
    """How to call a task of the project with the environment and the Python that this one was called with."""
    return " ".join(["make", name, *os.environ.get("GIVEN", "").split()])


def usable():
    """Whether the environment can be asked anything."""
    return not os.environ.get("LEFT_OVER") and asked(str(environment()[1]), "-c", "")[0] == 0


def check_python():
    """The Python that environments are made with."""
    python = os.environ.get("PYTHON") or ""
    another = "make doctor PYTHON=/path/to/python3 (3.11 or newer), and the same with make run"
    if not python:
        raise Problem("no Python of 3.11 or newer is on the path", install_hint("python3 python3-venv"))
    if not shutil.which(python):
        raise Problem(f"there is no program {python}", another)
    status, version = asked(python, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])")
    if status:
        raise Problem(f"{python} does not start: {version}", another)
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        raise Problem(f"{python} is Python {version}, too old", another)
    if asked(python, "-c", "import ensurepip, venv")[0]:
        raise Problem(f"{python} cannot make environments", install_hint("python3-venv"))
    return f"{python} is {version}"


def install_hint(packages):
    """How a person gets packages of the system."""
    if shutil.which("apt-get"):
        sudo = "" if os.geteuid() == 0 else "sudo "
        return f"{sudo}apt-get update && {sudo}apt-get install --no-install-recommends {packages}"
    return "install with the system's package manager: " + packages


def check_environment():
    """The environment, its Python and the packages in it."""
    venv = environment()[0]
    if not (venv / "pyvenv.cfg").exists():
        raise Problem(f"{venv} is not there yet", task("install"))
    if os.environ.get("LEFT_OVER"):
        raise Problem(f"{venv} {os.environ['LEFT_OVER']}", task("install"))
    if not installed("runtime") and not installed("test"):
        raise Problem(f"{venv} lacks packages of requirements.lock", task("install"))
    status, said = asked(str(environment()[1]), "-c", "import dash, pandas, plotly, pyarrow")
    if status:
        last = said.splitlines()[-1]
        raise Problem(f"{venv} is damaged: {last}", f"rm -r {venv} && {task('install')}")
    return f"{venv} has the locked packages"


def check_disk():
    """Room for what is still to be installed."""
    needed = TO_WORK if installed("test") else TO_INSTALL
    at = environment()[0].resolve()
    while not at.exists():
        at = at.parent
    free = shutil.disk_usage(str(at)).free // 1_000_000
    if free < needed:
        raise Problem(
            f"{free} MB free in {at}, {needed} MB needed",
            "make run VENV=/folder/with/room (make clean frees what is here)",
        )
    return f"{free} MB free, {needed} MB needed"


def check_port():
    """Whether the server could listen."""
    host, port = os.environ.get("BILATERAL_HOST") or "127.0.0.1", os.environ.get("BILATERAL_PORT") or "8050"
    if not port.isdigit() or not 0 < int(port) < 65_536:
        raise Problem(f"{port} is no port", "make run PORT=8050")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except socket.gaierror:
            raise Problem(f"this machine has no address {host}", "make run HOST=127.0.0.1") from None
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise Problem(f"this machine has no address {host}", "make run HOST=127.0.0.1") from None
            by = "by Bilateral itself" if is_ours(host, port) else "by another program"
            if error.errno == errno.EACCES:
                by = "by the system, as all below 1024"
            raise Problem(f"port {port} is taken {by}", f"make run PORT={free_port(int(port))}") from None
    return f"{host}:{port} is free"


def is_ours(host, port):
    """Whether what listens there answers as the dashboard does."""
    try:
        with urlopen(f"http://{host}:{port}/healthz", timeout=2) as answer:
            return answer.read() == b"OK"
    except (URLError, OSError, ValueError):
        return False


def free_port(taken):
    """A port that is free now, near the one that is taken."""
    for port in (*range(max(taken, 1024) + 1, 65_536), 0):
        with socket.socket() as probe:
            try:
                probe.bind(("", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    return 0


def check_tables():
    """Whether the tables are built from the curated files as they are."""
    if not usable():
        raise Problem("they cannot be looked at without the environment", task("build"))
    status, said = asked(
        str(environment()[1]),
        "-c",
        "from data.pipeline.build import is_current; print('current' if is_current() else 'old')",
    )
    if status:
        raise Problem(f"they cannot be read: {said.splitlines()[-1]}", task("build"))
    if said != "current":
        raise Problem("they are not built, or an input has changed since", task("build"))
    return "built from the files as they are"


def check_browser():
    """Whether the browser of the tests opens a page; only the tests need it."""
    if not usable() or not installed("test"):
        raise Problem("the packages of the tests are not installed (only the tests need them)", task("browser"))
    os.environ["PYTHON"] = str(environment()[1])
    status, said = asked("sh", "tests/ensure_browser.sh", "--look")
    lines = [line.replace("browser: ", "", 1).strip() for line in said.splitlines()]
    if status:
        # The last line is a command where there is one; a browser that was asked for by name has to be let go first.
        commands = [line for line in lines if line.startswith(("sudo ", "apt-get ", "install these "))]
        if os.environ.get("CHROMIUM") or os.environ.get("BROWSER_PATH"):
            commands = ["unset CHROMIUM BROWSER_PATH"]
        wrong = " ".join(line for line in lines if line not in (*commands, "make browser"))
        raise Problem(wrong, commands[-1] if commands else task("browser"))
    return f"{lines[-1]} opened a page"


EXAMINATIONS = (
    ("Python", check_python),
    ("Environment", check_environment),
    ("Disk", check_disk),
    ("Port", check_port),
    ("Tables", check_tables),
    ("Browser", check_browser),
)


def main():
    """Print a line for each check and a remedy under each that fails; the exit status is 1 when any does."""
    failed = 0
    for name, check in EXAMINATIONS:
        try:
            print(f"  ok     {name:12} {check()}")
        except Problem as problem:
            failed += 1
            print(f"  lacks  {name:12} {problem}\n{'':21} -> {problem.remedy}")
        sys.stdout.flush()
    print("Everything is there." if not failed else "Follow the arrows from the top, then ask again: make doctor")
    return int(failed > 0)


if __name__ == "__main__":
    os.chdir(str(ROOT))
    sys.exit(main())
