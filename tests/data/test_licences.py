"""Every source's terms stand in data/LICENCES.md, under the licence that its rows carry."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

DATA = Path(__file__).parents[2] / "data"


def terms() -> dict[str, set[str]]:
    """The headings of the file, and the sources that stand alone on the lines under each."""
    found: dict[str, set[str]] = {}
    for section in re.split(r"(?m)^## ", (DATA / "LICENCES.md").read_text("utf-8"))[1:]:
        heading, _, body = section.partition("\n")
        lists = re.findall(r"(?m)^(?:`[a-z0-9-]+` ?)+$", body)
        found[heading] = {name for line in lists for name in re.findall(r"`([a-z0-9-]+)`", line)}
    return found


def test_every_source_stands_under_its_licence_and_no_other_source_does():
    sources = yaml.safe_load((DATA / "curated" / "sources.yaml").read_text("utf-8"))
    stated: dict[str, set[str]] = {"Notices under the MIT licence": set()}
    for name, source in sources.items():
        stated.setdefault(source["licence"], set()).add(name)
    assert terms() == stated


def test_tables_of_statistics_canada_are_named_in_the_wording_its_licence_asks_for():
    sources = yaml.safe_load((DATA / "curated" / "sources.yaml").read_text("utf-8"))
    words = " ".join((DATA / "LICENCES.md").read_text("utf-8").replace("\n>", " ").split())
    tables = [one["table_number"] for one in sources.values() if one["licence"] == "Statistics Canada Open Licence"]
    assert len(tables) > 3
    for table in tables:
        # A table by its number; what has none by its name.
        number = (re.match(r"[\d-]+", table) or re.match(r"HS \d{4}|\w+", table))[0]
        assert re.search(rf"Adapted from Statistics Canada, [^.]*table {number},[^.]+\. This does not", words), table
