"""The template of the message catalogues: every text a reader can meet, for translators to start from.

``make messages`` writes it. A language then begins and follows with Babel's own commands, and is compiled where
:class:`layouts.wording.text.Text` looks for it::

    pybabel init -i layouts/wording/locale/messages.pot -d layouts/wording/locale -l fr
    pybabel update -i layouts/wording/locale/messages.pot -d layouts/wording/locale
    pybabel compile -d layouts/wording/locale
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from os import PathLike
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from data.api.resources import CONVERTED_FIELDS, RESOURCES
from data.paths import curated_dir
from data.pipeline import checks
from data.pipeline.read import read_table
from data.schema.tables import TABLES
from layouts.wording.text import CATALOGUES

PROJECT = Path(__file__).parents[2]
TEMPLATE = CATALOGUES / "messages.pot"

# What a message is the argument of: a Text under the names it goes by, and its methods.
KEYWORDS = {
    "_": None,
    "text": None,
    "self": None,
    "parts": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
COMMENT_TAGS = ("Translators:",)
# Babel's own header says who ran the extraction, when and with what, and so would differ each time.
HEADER = r"""# Messages of Bilateral. Written by make messages; translations go into copies of this file.
msgid ""
msgstr ""
"Project-Id-Version: Bilateral\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
CODE_FOLDERS = ("callbacks", "layouts")
CODE = [("app.py", "python"), ("callbacks/**.py", "python"), ("layouts/**.py", "python")]


def template() -> str:
    """Extract all messages, in an order and form that change only when a message does."""
    catalogue = Catalog()
    for file, message, comments, context in _from_code():
        catalogue.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    for file, message, comment in (*_from_tables(), *_from_schema()):
        catalogue.add(message, locations=[(file, 0)], auto_comments=[comment])
    for entry in catalogue:
        # Places are written {so}; a per cent sign in a message is only a per cent sign.
        entry.flags.discard("python-format")
    written = BytesIO()
    write_po(written, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER + written.getvalue().decode()


def _from_code() -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    found = extract_from_dir(
        PROJECT,
        CODE,
        keywords=KEYWORDS,
        comment_tags=COMMENT_TAGS,
        strip_comment_tags=True,
        directory_filter=_holds_code,
    )
    for file, _line, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        yield Path(file).as_posix(), message, comments, context


def _holds_code(folder: str | PathLike[str]) -> bool:
    """Whether a folder may hold messages; everything else, such as an environment, is not even entered."""
    return Path(folder).relative_to(PROJECT).parts[0] in CODE_FOLDERS


def _from_tables() -> Iterator[tuple[str, str, str]]:
    for table in TABLES:
        if table.texts:
            rows = read_table(table, curated_dir())
            for column in table.texts:
                for words in rows[column].dropna():
                    yield f"data/curated/{table.files}", words, f"{table.name}: {column}"
    # The words of the checks stand beside the comparisons they describe.
    for check in checks.SOURCE_CHECKS:
        for column in checks.TABLE.texts:
            yield "data/pipeline/checks.py", getattr(check, column), f"{checks.TABLE.name}: {column}"


def _from_schema() -> Iterator[tuple[str, str, str]]:
    """What the tables, their columns and their words mean, as the page for programs says it."""
    for resource in RESOURCES.values():
        yield "data/schema/tables.py", resource.table.meaning, f"{resource.name}: the table"
        for field in (*resource.fields, *(CONVERTED_FIELDS if resource.money else ())):
            for words in (field.meaning, field.unit):
                if words:
                    yield "data/schema/tables.py", words, f"{resource.name}: {field.name}"
        for one in resource.filters:
            yield "data/api/resources.py", one.meaning, f"{resource.name}: {one.name}"


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8")
