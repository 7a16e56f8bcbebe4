"""How the page answers: callbacks and the web server around them, registered on an app inside functions."""
