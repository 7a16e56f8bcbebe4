"""Read the curated files and refuse what breaks their schema, naming file, line, column and value."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import yaml
from babel import Locale
from babel.core import get_global

from data.schema.fields import Field, Table
from data.years import A_YEAR

# All countries together, which is no territory.
WORLD = "WLD"
LINE, FILE = "__line__", "__file__"


@dataclass(frozen=True)
class Problem:
    """One cell or row that cannot be accepted, and what would be."""

    file: str
    line: int
    column: str
    value: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, column {self.column}: {self.value!r} is not accepted; {self.allowed}"


class CuratedDataError(ValueError):
    """Curated files break their schema; ``problems`` lists every place."""

    def __init__(self, problems: list[Problem]):
        """Keep the problems and make them the message, one a line."""
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def read_table(table: Table, curated: Path, known: Mapping[str, frozenset[str]] | None = None) -> pd.DataFrame:
    """Read all files of a table into one typed, validated frame.

    Args:
        table: what to read and what to accept.
        curated: folder of the curated files.
        known: ids of tables that rows name (sources, countries, currencies); every row must name one of them.

    Raises:
        CuratedDataError: a file is missing, unreadable, or holds a value its schema refuses.
    """
    files = sorted(curated.glob(table.files))
    if not files:
        raise CuratedDataError([Problem(table.files, 0, "-", "", f"a file for the table {table.name} is needed")])
    raw = _read_files(files, table, curated)
    typed = pd.DataFrame({field.name: field.parse(raw[field.name]) for field in table.fields})
    problems = _cell_problems(table, raw, typed) + _key_problems(table, raw) + _interval_problems(table, raw, typed)
    problems += _period_problems(table, raw, typed) + _source_problems(table, raw, (known or {}).get("sources"))
    problems += _reference_problems(table, raw, known or {}) + _name_problems(table, raw)
    if problems:
        raise CuratedDataError(sorted(problems, key=lambda p: (p.file, p.line, p.column)))
    return typed


def _read_files(files: list[Path], table: Table, curated: Path) -> pd.DataFrame:
    """Read the files of one table one below the other, collecting the problems of all of them."""
    frames: list[pd.DataFrame] = []
    problems: list[Problem] = []
    for path in files:
        try:
            frames.append(_read_cells(path, table, curated))
        except CuratedDataError as error:
            problems += error.problems
    if problems:
        raise CuratedDataError(problems)
    return pd.concat(frames, ignore_index=True)


def _read_cells(path: Path, table: Table, curated: Path) -> pd.DataFrame:
    """Read one file as text cells, with the file and line each row came from."""
    name = path.relative_to(curated).as_posix()
    try:
        cells = _yaml_cells(path, table, name) if path.suffix == ".yaml" else _csv_cells(path, name)
    except (yaml.YAMLError, csv.Error, UnicodeDecodeError) as error:
        raise CuratedDataError([Problem(name, 0, "-", str(error), "the file must be readable")]) from error
    found = [(c, "unknown") for c in cells.columns if c not in (*table.columns, LINE)]
    found += [(c, "repeated") for c in cells.columns[cells.columns.duplicated()]]
    found += [(c, "missing") for c in table.columns if c not in cells.columns]
    if found:
        wanted = "the columns are " + ", ".join(table.columns)
        raise CuratedDataError([Problem(name, 1, column, what, wanted) for column, what in found])
    if cells.empty:
        raise CuratedDataError([Problem(name, 1, "-", "", "at least one row is needed")])
    return cells.assign(**{FILE: name})


def _csv_cells(path: Path, name: str) -> pd.DataFrame:
    """Read a CSV strictly: a row with a missing or an extra cell is refused, not shifted."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle, strict=True)
        header = next(reader, [])
        rows, lines, problems = [], [], []
        for cells in reader:
            if len(cells) == len(header):
                rows.append(cells)
                lines.append(reader.line_num)
            else:
                wanted = f"a row has {len(header)} cells, this one {len(cells)}"
                problems.append(Problem(name, reader.line_num, "-", ",".join(cells), wanted))
    if problems:
        raise CuratedDataError(problems)
    return pd.DataFrame(rows, columns=header, dtype=str).assign(**{LINE: lines})


def _yaml_cells(path: Path, table: Table, name: str) -> pd.DataFrame:
    """Read a mapping of id to fields; the line of a row is the line of its id."""
    text = path.read_text(encoding="utf-8")
    # Scalars stay text: the declared types are applied later, where a bad value is named with its line.
    ids = yaml.compose(text, Loader=yaml.BaseLoader)
    if not isinstance(ids, yaml.MappingNode) or not all(isinstance(row, yaml.MappingNode) for _, row in ids.value):
        raise CuratedDataError([Problem(name, 1, "-", "", "the file must map each id to its fields")])
    rows = yaml.load(text, Loader=yaml.BaseLoader)
    lines = {str(key.value): key.start_mark.line + 1 for key, _ in ids.value}
    # Of two equal keys YAML keeps the last without a word.
    repeated = [
        Problem(name, key.start_mark.line + 1, column, str(key.value), "each key may occur once")
        for column, mapping in [(table.key[0], ids)] + [(str(key.value), row) for key, row in ids.value]
        for key in _repeated(mapping)
    ]
    if repeated:
        raise CuratedDataError(repeated)
    known = table.columns[1:]
    unknown = [
        Problem(name, lines[str(i)], str(c), "unknown", "the fields are " + ", ".join(known))
        for i, row in rows.items()
        for c in row
        if c not in known
    ]
    if unknown:
        raise CuratedDataError(unknown)
    records = [
        {table.key[0]: str(key), LINE: lines[str(key)]} | {c: "" if row.get(c) is None else str(row[c]) for c in known}
        for key, row in rows.items()
    ]
    return pd.DataFrame(records)


def _repeated(mapping: yaml.MappingNode) -> list[yaml.ScalarNode]:
    """Keys of a YAML mapping that occurred before in it."""
    keys = [key for key, _ in mapping.value]
    return [key for at, key in enumerate(keys) if key.value in {earlier.value for earlier in keys[:at]}]


def _cell_problems(table: Table, raw: pd.DataFrame, typed: pd.DataFrame) -> list[Problem]:
    """Check every column against its declaration, types first."""
    unreadable = pd.DataFrame({c: typed[c].isna() & (raw[c] != "") for c in table.columns})
    problems = [
        _problem(raw, row, field.name, field.wanted())
        for field in table.fields
        for row in raw.index[unreadable[field.name]]
    ]
    try:
        _pandera_schema(table).validate(typed, lazy=True)
    except pa.errors.SchemaErrors as error:
        fields = {field.name: field for field in table.fields}
        for case in error.failure_cases.itertuples():
            if not unreadable.loc[case.index, case.column]:
                problems.append(_problem(raw, case.index, case.column, _required_or(fields[case.column], case.check)))
    return problems


def _required_or(field: Field, check: str) -> str:
    return f"a value is required: {field.wanted()}" if check == "not_nullable" else field.wanted()


def _pandera_schema(table: Table) -> pa.DataFrameSchema:
    return pa.DataFrameSchema({field.name: _pandera_column(field) for field in table.fields}, strict=True)


def _pandera_column(field: Field) -> pa.Column:
    checks = []
    if field.allowed:
        checks.append(pa.Check.isin(field.allowed))
    elif field.pattern and not field.refers_to:
        checks.append(pa.Check(lambda cells: cells.str.fullmatch(field.pattern)))
    if field.minimum is not None:
        checks.append(pa.Check.ge(field.minimum))
    if field.maximum is not None:
        checks.append(pa.Check.le(field.maximum))
    return pa.Column(checks=checks, nullable=not field.required)


def _key_problems(table: Table, raw: pd.DataFrame) -> list[Problem]:
    """Refuse a second row with the same key."""
    key = list(table.key)
    repeated = raw.duplicated(key, keep="first") & (raw[key] != "").all(axis=1)
    return [
        _problem(raw, row, "+".join(key), "each key may occur once", " ".join(raw.loc[row, key]))
        for row in raw.index[repeated]
    ]


def _interval_problems(table: Table, raw: pd.DataFrame, typed: pd.DataFrame) -> list[Problem]:
    """Refuse an interval that ends before it starts, or overlaps another of the same scope."""
    if "effective_from" not in table.columns:
        return []
    reversed_rows = typed.index[typed["effective_to"] <= typed["effective_from"]]
    problems = [_problem(raw, row, "effective_to", "a date after effective_from") for row in reversed_rows]
    if table.overlap_scope:
        dated = typed.dropna(subset=["effective_from"]).sort_values([*table.overlap_scope, "effective_from"])
        previous_end = dated.groupby(list(table.overlap_scope), observed=True)["effective_to"].shift()
        first = ~dated.duplicated(list(table.overlap_scope))
        overlapping = ~first & (previous_end.isna() | (previous_end > dated["effective_from"]))
        wanted = "a date on or after the end of the interval before it in the same scope"
        problems += [_problem(raw, row, "effective_from", wanted) for row in dated.index[overlapping]]
    return problems


def _period_problems(table: Table, raw: pd.DataFrame, typed: pd.DataFrame) -> list[Problem]:
    """Refuse a period that is not the first day of its month or, by frequency, of its quarter or year."""
    if not {"frequency", "period"} <= set(table.columns):
        return []
    period = typed["period"].dt
    months = typed["frequency"].map({code: 12 // times for code, times in A_YEAR.items()}).fillna(1)
    inside = (period.day > 1) | ((period.month - 1) % months > 0)
    return [_problem(raw, row, "period", "the first day of the month, quarter or year") for row in raw.index[inside]]


def _source_problems(table: Table, raw: pd.DataFrame, known: frozenset[str] | None) -> list[Problem]:
    """Refuse a row that names a source nobody has described."""
    columns = [c for c in ("source_id", "check_source_ids") if c in table.columns and c not in table.key]
    if known is None:
        return []
    return [
        _problem(raw, row, column, "each id must be one of sources.yaml")
        for column in columns
        for row, ids in raw[column].items()
        if not set(ids.split()) <= known
    ]


def _reference_problems(table: Table, raw: pd.DataFrame, known: Mapping[str, frozenset[str]]) -> list[Problem]:
    """Refuse a country or a currency that its table does not list; several in a cell are separated by spaces."""
    return [
        _problem(raw, row, field.name, field.wanted())
        for field in table.fields
        if field.refers_to in known
        for row, codes in raw[field.name].items()
        if codes and not (codes.split() and set(codes.split()) <= known[field.refers_to])
    ]


def _name_problems(table: Table, raw: pd.DataFrame) -> list[Problem]:
    """Refuse a country or a currency that the Unicode CLDR has no name for: a page could not say what it shows."""
    language, shorter = Locale("en"), get_global("territory_aliases")
    named: dict[str, Callable[[str], bool]] = {
        "countries": lambda code: code == WORLD or shorter.get(code, [""])[0] in language.territories,
        "currencies": language.currencies.__contains__,
    }
    has_name = named.get(table.name)
    if has_name is None:
        return []
    column = table.key[0]
    return [
        _problem(raw, row, column, "a code that has a name in the Unicode CLDR")
        for row, code in raw[column].items()
        if not has_name(code)
    ]


def _problem(raw: pd.DataFrame, row: int, column: str, allowed: str, value: str | None = None) -> Problem:
    shown = raw.loc[row, column] if value is None else value
    return Problem(raw.loc[row, FILE], int(raw.loc[row, LINE]), column, str(shown), allowed)
