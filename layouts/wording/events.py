"""Words for events."""

from __future__ import annotations

from layouts.wording.text import Text


def category_name(_: Text, category: str) -> str:
    """Name a category of events."""
    return {
        "all": _("all categories"),
        "trade_policy": _("trade policy"),
        "diplomacy": _("diplomacy"),
        "security": _("security"),
        "court": _("courts"),
        "agreement": _("agreements"),
        "economy": _("economic shocks"),
    }[category]
