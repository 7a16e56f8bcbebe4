"""What is served to programs: rows, downloads, pictures, and what went wrong."""
