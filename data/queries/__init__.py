"""Questions to the tables, one module a subject."""
