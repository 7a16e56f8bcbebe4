"""Lines with which programs read the rows behind a chart, with the type of every column said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from data.schema.fields import DATE, INTEGER, NUMBER, TEXT, Field

# Column types by kind, as each client writes them. A code such as 01 must stay text.
PANDAS = {TEXT: "str", NUMBER: "float64", INTEGER: "Int64"}
R = {TEXT: "character", NUMBER: "numeric", INTEGER: "integer", DATE: "Date"}
EXCEL = {TEXT: "type text", NUMBER: "type number", INTEGER: "Int64.Type", DATE: "type date"}
POLARS = {TEXT: "pl.String", NUMBER: "pl.Float64", INTEGER: "pl.Int64", DATE: "pl.Date"}
DUCKDB = {TEXT: "VARCHAR", NUMBER: "DOUBLE", INTEGER: "BIGINT", DATE: "DATE"}


def snippets(csv: Sequence[str], json: Sequence[str], fields: Sequence[Field]) -> dict[str, str]:
    """What each client has to run, by its name in the export dialog.

    Args:
        csv: addresses that together give all rows as CSV.
        json: the same as JSON.
        fields: the columns of the rows.
    """
    return {
        "api": "\n".join(json),
        "pandas": _pandas(csv, fields),
        "polars": _polars(csv, fields),
        "duckdb": _duckdb(csv, fields),
        "r": _r(csv, fields),
        "excel": _excel(csv, fields),
    }


def _pandas(addresses: Sequence[str], fields: Sequence[Field]) -> str:
    types = _listed(fields, lambda f: f'"{f.name}": "{PANDAS[f.kind]}"' if f.kind in PANDAS else "")
    days = _listed(fields, lambda f: f'"{f.name}"' if f.kind == DATE else "")
    read = f"pd.read_csv(address, dtype={{{types}}}, parse_dates=[{days}])"
    return f"import pandas as pd\n\n{_addresses(addresses)}\nrows = pd.concat({read} for address in addresses)"


def _polars(addresses: Sequence[str], fields: Sequence[Field]) -> str:
    types = _listed(fields, lambda f: f'"{f.name}": {POLARS[f.kind]}')
    read = f"pl.read_csv(urlopen(address).read(), schema_overrides={{{types}}})"
    return (
        "import polars as pl\nfrom urllib.request import urlopen\n\n"
        f"{_addresses(addresses)}\n"
        f"rows = pl.concat([{read} for address in addresses])"
    )


def _duckdb(addresses: Sequence[str], fields: Sequence[Field]) -> str:
    types = _listed(fields, lambda f: f'"{f.name}": "{DUCKDB[f.kind]}"')
    return (
        "import duckdb\nfrom urllib.request import urlretrieve\n\n"
        f"{_addresses(addresses)}\n"
        "files = [urlretrieve(address)[0] for address in addresses]\n"
        f"rows = duckdb.read_csv(files, header=True, dtype={{{types}}})"
    )


def _r(addresses: Sequence[str], fields: Sequence[Field]) -> str:
    types = _listed(fields, lambda f: f'{f.name} = "{R[f.kind]}"')
    listed = ", ".join(f'"{address}"' for address in addresses)
    return (
        f"addresses <- c({listed})\ntypes <- c({types})\n"
        'rows <- do.call(rbind, lapply(addresses, read.csv, colClasses = types, na.strings = ""))'
    )


def _excel(addresses: Sequence[str], fields: Sequence[Field]) -> str:
    """A query for the advanced editor of Power Query; From Web alone would read codes as numbers."""
    types = _listed(fields, lambda f: f'{{"{f.name}", {EXCEL[f.kind]}}}')
    listed = ", ".join(f'"{address}"' for address in addresses)
    return (
        "let\n"
        f"    Addresses = {{{listed}}},\n"
        "    Read = (address) => Table.PromoteHeaders(Csv.Document(Web.Contents(address), [Encoding = 65001])),\n"
        f'    Rows = Table.TransformColumnTypes(Table.Combine(List.Transform(Addresses, Read)), {{{types}}}, "en-US")\n'
        "in\n"
        "    Rows"
    )


def _listed(fields: Sequence[Field], write: Callable[[Field], str]) -> str:
    return ", ".join(_known(write(field) for field in fields))


def _known(words: Iterable[str]) -> list[str]:
    return [word for word in words if word]


def _addresses(addresses: Sequence[str]) -> str:
    return "addresses = [" + ", ".join(f'"{address}"' for address in addresses) + "]"
