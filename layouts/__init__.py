"""What is on the page: pure functions from data and a view to components and figures."""
