"""Charts, one module a family: a view and figures in, a chart out."""
