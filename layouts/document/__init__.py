"""Documents around the content: the shell, the page's HTML, embeds, cards of shared links."""
