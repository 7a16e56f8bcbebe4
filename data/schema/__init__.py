"""Every table declared once: fields, columns and tables by subject."""
