"""The pages, one module each: pure functions of a view and the tables."""
