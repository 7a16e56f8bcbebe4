"""From the curated files to Parquet: read, derive, check, build, report."""
