"""Every word: messages, units, countries, measures, and the catalogues."""
