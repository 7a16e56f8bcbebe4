"""Change the code in one place and see whether a test notices: ``python -m tests.mutate [FOLDER …] [--count N]``.

Each mutation is one small change that a reader of the page could not see in the code: a comparison turned, a sign
changed, a constant moved by one, a condition undone. It is made in a copy of the tree, and the test files that know the
module are run until one fails. What no test notices is printed; the score is the share of mutations that died.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

import babel.dates  # noqa: F401 - loaded here once instead of in every child
import dash  # noqa: F401
import pandera.pandas  # noqa: F401
import plotly.graph_objects  # noqa: F401
import pyarrow.parquet  # noqa: F401
import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("data/queries", "layouts/wording", "layouts/charts")
COUNT, SEED, SECONDS = 30, 1, 900
QUIET = "ignore::pytest.PytestAssertRewriteWarning"
COMPARED = {
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
JOINED = {ast.And: ast.Or, ast.Or: ast.And}


@dataclass(frozen=True)
class Mutation:
    """A place in a module and its number among those that can be changed."""

    path: Path
    line: int
    place: int
    what: str


def places(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Every node that can be changed, outside docstrings and annotations, with what is done to it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
            yield node, "comparison turned"
        elif isinstance(node, ast.BinOp) and type(node.op) in COUNTED and not _of_types(node):
            yield node, "sign changed"
        elif isinstance(node, ast.BoolOp):
            yield node, "and for or"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, "not left out"
        elif isinstance(node, ast.IfExp):
            yield node, "branches exchanged"
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield node, "number moved by one"
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield node, "true for false"


def _of_types(node: ast.BinOp) -> bool:
    return any(isinstance(side, ast.Constant) and side.value is None for side in (node.left, node.right))


def change(node: ast.AST) -> None:
    """Make the change in place."""
    if isinstance(node, ast.Compare):
        node.ops[0] = COMPARED[type(node.ops[0])]()
    elif isinstance(node, ast.BinOp):
        node.op = COUNTED[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = JOINED[type(node.op)]()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd()
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    elif isinstance(node, ast.IfExp):
        node.body, node.orelse = node.orelse, node.body
    elif isinstance(node, ast.Constant):
        node.value = (not node.value) if isinstance(node.value, bool) else node.value + 1


def mutations(folder: str) -> list[Mutation]:
    """Every change that can be made in a folder."""
    found = []
    for path in sorted((ROOT / folder).glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        found += [
            Mutation(path.relative_to(ROOT), getattr(node, "lineno", 0), place, what)
            for place, (node, what) in enumerate(places(tree))
        ]
    return found


def mutated(mutation: Mutation) -> str:
    """The module with the change in it."""
    tree = ast.parse((ROOT / mutation.path).read_text("utf-8"))
    node = next(node for place, (node, _what) in enumerate(places(tree)) if place == mutation.place)
    change(node)
    return ast.unparse(ast.fix_missing_locations(tree))


def tests_of(path: Path) -> list[str]:
    """Test files that name the module, those of its own folder first; all of its folder where none does."""
    own = Path("tests") / path.parent
    named = [
        file.relative_to(ROOT)
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        if "browser" not in file.parts and "output" not in file.parts and path.stem in file.read_text("utf-8")
    ]
    near = sorted(named, key=lambda file: (file.parent != own, file.stem != f"test_{path.stem}"))
    return [str(file) for file in near] or [str(own)]


def survives(tree: Path, mutation: Mutation) -> bool:
    """Whether the tests stay green with the change made."""
    target = tree / mutation.path
    sound = target.read_text("utf-8")
    target.write_text(mutated(mutation), encoding="utf-8")
    try:
        return passes(tree, tests_of(mutation.path))
    finally:
        target.write_text(sound, encoding="utf-8")


def passes(tree: Path, tests: list[str]) -> bool:
    """Run tests in a child of this process, which has loaded the libraries already."""
    child = os.fork()
    if child == 0:
        os._exit(run_tests(tree, tests))
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    # Tests that only took long have noticed nothing.
    print(f"no answer in {SECONDS} s: {tests[0]}", flush=True)
    return True


def run_tests(tree: Path, tests: list[str]) -> int:
    """Exit status of pytest in the tree; what it says is dropped."""
    os.chdir(tree)
    sys.path[0] = str(tree)
    # This module came from the folder that is left as it is; the tests come from the tree.
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    try:
        from data.pipeline import build

        # No mutation is of a module that makes the tables, so those of the first run serve all.
        build.input_hash = lambda curated=None: "0" * 64
        # What is loaded already cannot be rewritten, and need not be.
        return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-W", QUIET, *tests]))
    except Exception:
        return 1


def lived(tree: Path, mutations: list[Mutation]) -> list[Mutation]:
    """Those that no test noticed, one printed after the other."""
    found = []
    for mutation in mutations:
        if survives(tree, mutation):
            print(f"survived: {mutation.path}:{mutation.line}: {mutation.what}", flush=True)
            found.append(mutation)
    return found


def copy_of(home: str, number: int) -> Path:
    """A tree of its own for a worker, with the tables of the tests built."""
    tree = Path(home, str(number))
    left_out = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", "output")
    shutil.copytree(ROOT, tree, ignore=left_out)
    if not passes(tree, ["tests/data/test_selection.py"]):
        raise SystemExit("The tests fail before anything is changed")
    return tree


def work(home: str, number: int, mutations: list[Mutation], told: Connection) -> None:
    """Try a share of the mutations and tell how many lived."""
    told.send(len(lived(copy_of(home, number), mutations)))


def score(folder: str, count: int, seed: int, workers: int) -> str:
    """Try a sample of the mutations of a folder, side by side; the sentence with its score."""
    every = mutations(folder)
    drawn = random.Random(seed).sample(every, min(count, len(every)))
    started = []
    with tempfile.TemporaryDirectory() as home:
        for number in range(workers):
            hears, told = Pipe()
            started.append((Process(target=work, args=(home, number, drawn[number::workers], told)), hears))
            started[-1][0].start()
        survivors = sum(hears.recv() for _worker, hears in started)
        for worker, _hears in started:
            worker.join()
    died = len(drawn) - survivors
    return f"{folder}: {100 * died / len(drawn):.0f} % of {len(drawn)} mutations died, of {len(every)} possible"


def main() -> int:
    """Try a sample of mutations in each folder and print the score of each."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", default=FOLDERS, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=COUNT, help="mutations to try in each folder")
    parser.add_argument("--seed", type=int, default=SEED, help="which mutations are drawn")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many to try side by side")
    asked = parser.parse_args()
    os.nice(10)
    for folder in asked.folders:
        print(score(folder, asked.count, asked.seed, asked.workers), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
