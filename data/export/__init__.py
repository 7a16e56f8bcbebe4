"""Rows taken away: sheets, formats, citations, and the command that writes them."""
