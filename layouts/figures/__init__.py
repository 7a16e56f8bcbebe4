"""Charts as pure functions: a DataFrame in, a ``go.Figure`` out."""
