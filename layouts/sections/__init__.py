"""Parts of pages that are no charts."""
