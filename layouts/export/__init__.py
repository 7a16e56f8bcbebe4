"""What takes a chart away: the dialog, sheets of its data, pictures."""
