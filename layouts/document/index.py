"""The HTML document around the app."""

from __future__ import annotations

import json
from html import escape

from data.coverage import Coverage
from data.selection import declaration
from layouts.components.status import signs_of_tables
from layouts.document.font import font_tags
from layouts.export.dialog import messages
from layouts.wording import countries
from layouts.wording.text import Text


def index_page(_: Text, coverage: Coverage, theme_url: str, icon_url: str, font_url: str) -> str:
    """Write the document: language, theme, type, defaults of the address, a word while loading."""
    loading = escape(_("Loading the figures…"))
    no_script = escape(_("This page draws its charts in the browser and needs JavaScript."))
    description = escape(
        _(
            "Goods trade, tariffs and retaliation among {countries}, from published figures with their sources.",
            countries=_.listing(countries.subject(_, c) for c in coverage.countries),
        )
    )
    defaults = escape(json.dumps(declaration(coverage)), quote=True)
    said = escape(json.dumps(messages(_)), quote=True)
    signs = escape(json.dumps(signs_of_tables(_)), quote=True)
    return f"""<!DOCTYPE html>
<html lang="{_.language}" data-choices="{defaults}" data-messages="{said}" data-signs="{signs}"
 style="--loading: '{loading}'">
<head>
{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{description}">
<meta name="color-scheme" content="light dark">
<title>{{%title%}}</title>
<link rel="icon" type="image/svg+xml" href="{icon_url}">
{font_tags(font_url)}
{{%css%}}
<script src="{theme_url}"></script>
</head>
<body>
<noscript><p class="column">{no_script}</p></noscript>
{{%app_entry%}}
{{%config%}}
{{%scripts%}}
{{%renderer%}}
</body>
</html>"""
