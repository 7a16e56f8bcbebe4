"""Curated figures, their checks and the queries over them.

This package knows numbers and their origin; it never imports Dash.
"""
