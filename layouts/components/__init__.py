"""What pages are built of: chart, table, controls, notices, metadata, source line."""
