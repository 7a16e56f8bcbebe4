"""Rows, picture and a note on how to cite them, in one archive."""

from __future__ import annotations

import zipfile
from io import BytesIO

from data.export.sheet import Sheet
from data.export.text import to_csv

# The earliest day an archive can hold: the same rows then give the same file.
DAY = (1980, 1, 1, 0, 0, 0)


def to_zip(sheet: Sheet, png: bytes | None = None, bom: bool = False) -> bytes:
    """Pack CSV, README, BibTeX and RIS, and the picture where its bytes are given."""
    files = {
        f"{sheet.name}.csv": to_csv(sheet.rows, sheet.fields, bom),
        "README.txt": readme(sheet).encode(),
        "citation.bib": sheet.citation.bibtex().encode(),
        "citation.ris": sheet.citation.ris().encode(),
    }
    if png is not None:
        files[f"{sheet.name}.png"] = png
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            about = zipfile.ZipInfo(name, DAY)
            about.compress_type = zipfile.ZIP_DEFLATED
            # Readable for everyone once unpacked; without it some systems unpack files nobody may open.
            about.external_attr = 0o644 << 16
            archive.writestr(about, content)
    return written.getvalue()


def readme(sheet: Sheet) -> str:
    """Say what the archive holds, how to cite it, under which terms, and where to see it again."""
    title = sheet.citation.title
    lines = [title, "=" * len(title), ""]
    heading = ""
    for name, text in sheet.about():
        if name != heading:
            lines += ["", name, "-" * len(name)]
            heading = name
        lines.append(text)
    lines += ["", sheet.words.sources, "-" * len(sheet.words.sources)]
    for source in sheet.citation.sources:
        facts = [source.producer, source.title, source.table, source.vintage, source.licence, source.url]
        lines.append(" · ".join(fact for fact in facts if fact))
    return "\n".join([*lines, ""])
