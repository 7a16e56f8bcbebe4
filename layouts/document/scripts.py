"""Which of Dash's scripts a page loads."""

from __future__ import annotations

# Dash always brings a polyfill for browsers of before 2017 and its table component; no page needs either, and together
# they are a twentieth of what a first visit loads.
NEEDLESS = ("/deps/polyfill@", "/dash_table/")


def needed(scripts: str) -> str:
    """The script tags, one a line as Dash writes them, without those that no page needs."""
    return "\n".join(tag for tag in scripts.splitlines() if not any(part in tag for part in NEEDLESS))
