"""Rules of the house: who may import whom, how long things may get, what may not be written anywhere."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from layouts.wording.catalogue import KEYWORDS

ROOT = Path(__file__).parents[1]
LAYERS = ["data", "layouts", "callbacks", "app"]
# The longest modules list things - fields of tables, parts of one page - and gain nothing from a cut.
MODULE_LINES = 360
# A figure reads from top to bottom: traces, then axes.
FUNCTION_LINES = 70
VENDORED = "plotly-trade"
# What is installed or built; asked only where there is no git to say what belongs to the project.
SKIPPED_FOLDERS = {".venv", "node_modules", "__pycache__", "parquet", "output", "build"}
# The clone may belong to another user, as in containers, and git then answers only when told to.
GIT = ["git", "-c", "safe.directory=*"]


@cache
def tracked() -> list[Path]:
    """The files of the project: those that git tracks, not what an editor or a contributor keeps beside them."""
    if (ROOT / ".git").exists():
        listed = subprocess.run([*GIT, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, timeout=30)
        assert listed.returncode == 0, listed.stderr
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not SKIPPED_FOLDERS & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in found if path.is_file())


def modules():
    return [path for path in tracked() if path.suffix == ".py" and layer_of(path) in LAYERS]


def ours(*suffixes):
    """Files of the project by suffix, without what is vendored."""
    return [path for path in tracked() if path.suffix in suffixes and VENDORED not in path.name]


def layer_of(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path):
    """First part of each name a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            yield node.module.split(".")[0]


def short(path):
    return str(path.relative_to(ROOT))


def test_there_is_something_to_check():
    assert len(modules()) > 30
    assert {layer_of(path) for path in modules()} == set(LAYERS)
    assert len(ours(".py", ".js", ".css", ".lock")) > 40


@pytest.mark.parametrize("path", modules(), ids=short)
def test_imports_go_from_the_app_to_the_data_and_never_back(path):
    mine = LAYERS.index(layer_of(path))
    assert [name for name in imports(path) if name in LAYERS and LAYERS.index(name) > mine] == []
    assert "tests" not in imports(path)


@pytest.mark.parametrize("path", [p for p in modules() if layer_of(p) == "data"], ids=short)
def test_data_knows_nothing_of_pages_or_charts(path):
    assert {"dash", "plotly", "flask"} & set(imports(path)) == set()


def test_figures_know_nothing_of_dash():
    figures = ROOT / "layouts" / "figures"
    assert [short(path) for path in figures.glob("*.py") if "dash" in imports(path)] == []


def test_layouts_know_nothing_of_the_web_server():
    found = [short(path) for path in modules() if layer_of(path) == "layouts" and "flask" in imports(path)]
    assert found == []


# What draws is given results; only pages and the registry ask for them.
DRAWING = ("charts", "components", "figures", "wording")
ASKING = {"layouts/charts/registry.py", "layouts/wording/catalogue.py"}


def test_drawing_never_asks():
    """A function that draws has no tables at hand, so what it shows came with the result it was given."""
    found = []
    for path in modules():
        parts = path.relative_to(ROOT).parts
        if parts[0] == "layouts" and parts[1] in DRAWING and short(path) not in ASKING:
            tree = ast.parse(path.read_text("utf-8"))
            found += [f"{short(path)}: imports Store" for node in ast.walk(tree) if _imports_store(node)]
            arguments = (a for node in ast.walk(tree) if isinstance(node, ast.arguments) for a in node.args)
            found += [f"{short(path)}:{a.lineno} takes the store" for a in arguments if a.arg == "store"]
    assert found == []


def _imports_store(node):
    return isinstance(node, ast.ImportFrom) and node.module == "data.store"


def test_charts_import_no_page():
    inner = [path for path in modules() if path.relative_to(ROOT).parts[:2] in {("layouts", part) for part in DRAWING}]
    found = [short(p) for p in inner if re.search(r"^from layouts\.pages", p.read_text("utf-8"), re.MULTILINE)]
    assert found == []


def test_no_module_is_too_long_to_read():
    lengths = {short(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > MODULE_LINES} == {}


def functions():
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{short(path)}:{node.name}", node


def test_no_function_is_too_long_to_read():
    lengths = {name: node.end_lineno - node.lineno + 1 for name, node in functions()}
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", modules(), ids=short)
def test_importing_a_module_runs_nothing_but_definitions(path):
    """At the top of a module stand docstring, imports, definitions and names; calls would make imports order matter."""
    allowed = (
        ast.Import,
        ast.ImportFrom,
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Assign,
        ast.AnnAssign,
    )
    for node in ast.parse(path.read_text("utf-8")).body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        main = isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)
        assert isinstance(node, allowed) or docstring or main, f"{short(path)}:{node.lineno}"


def test_no_callback_is_registered_globally():
    """Global callbacks go to whichever app is served first; ours are registered on the app they belong to."""
    for path in modules():
        source = path.read_text("utf-8")
        assert not re.search(r"^\s*@(dash\.)?callback\b", source, re.MULTILINE), short(path)
        assert "register_page" not in source, short(path)


def said_in(node):
    """Calls within a piece of code whose argument is a message."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "id", getattr(call.func, "attr", None))
            if name in KEYWORDS and any(isinstance(argument, ast.Constant) for argument in call.args):
                yield call


def test_no_message_stands_inside_an_f_string():
    """Before Python 3.12 nothing within an f-string is seen when messages are collected for the translators."""
    found = [
        f"{short(path)}:{call.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in said_in(node)
    ]
    assert found == [], "give the message a name on a line of its own, and put the name into the f-string"


def test_a_message_inside_an_f_string_would_be_found():
    code = ast.parse("""f"<p>{escape(_('A message'))}</p>"; f"{text.ngettext('one', 'many', 2)}"; f"{text(word)}" """)
    assert len(list(said_in(code))) == 2


EVERYTHING = (".py", ".js", ".css", ".lock", ".sh", ".toml", ".md", ".yml", ".yaml", ".csv", ".json", ".mjs")


def named_nowhere(pattern, *suffixes):
    me = Path(__file__)
    found = []
    for path in [*ours(*suffixes), ROOT / "Makefile", ROOT / "Dockerfile"]:
        if path != me:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if re.search(pattern, line):
                    found.append(f"{short(path)}:{number}")
    return found


def test_no_path_of_one_machine_is_written_anywhere():
    assert named_nowhere(r"(?<![\w.:/])/(home|Users|work|root|tmp/dev)/", *EVERYTHING) == []


def test_no_working_material_is_mentioned():
    assert named_nowhere(r"\bshared/", *EVERYTHING) == []


def test_scripts_styles_and_locks_name_no_address_of_the_web():
    assert [short(path) for path in ours(".lock")] == ["requirements-test.lock", "requirements.lock"]
    found = named_nowhere(r"https?:", ".js", ".css", ".lock")
    assert [place for place in found if place.split(":")[0] not in ("Makefile", "Dockerfile")] == []


def test_no_content_network_is_named():
    hosts = r"cdn\.|jsdelivr|unpkg|cdnjs|googleapis|gstatic|bootstrapcdn|(?<!document\.)fonts\.|plot\.ly|cloudflare"
    assert named_nowhere(hosts, ".py", ".js", ".css") == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_locked_package_has_its_hash(lock):
    blocks = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE | re.IGNORECASE)[1:]
    assert len(blocks) > 20
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_vendored_bundle_brings_its_licence():
    licence = (ROOT / "layouts" / "assets" / f"{VENDORED}.LICENSE.txt").read_text("utf-8")
    assert "MIT" in licence


def test_one_version_is_stated_everywhere():
    version = re.search(r'(?m)^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"))[1]
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    day = re.search(r"(?m)^date-released: (.+)$", citation)[1]
    assert f"\nversion: {version}\n" in citation
    assert f'image.version="{version}"' in (ROOT / "Dockerfile").read_text("utf-8")
    assert f"\n## {version} – {day}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_links_between_our_documents_lead_somewhere():
    for path in ours(".md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{short(path)}: {target}"


def test_what_is_built_is_not_kept_under_version_control():
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert {"data/parquet/", "layouts/assets/**/*.br", "layouts/assets/**/*.gz", ".venv/", "tests/output/"} <= set(
        ignored
    )


def test_git_ignores_the_built_tables():
    # A copy without its history, such as an archive, has no git to ask; the rule above still holds there.
    if (ROOT / ".git").exists():
        asked = ["data/parquet/observations.parquet", "layouts/assets/style.css.br"]
        done = subprocess.run([*GIT, "check-ignore", *asked], cwd=ROOT, capture_output=True, text=True, timeout=30)
        assert done.stdout.split() == asked
