"""What the command line prints and writes; ``parsing/__main__.py`` reads its arguments."""
