"""What the command line told on stderr."""

from __future__ import annotations


def sentences(printed: str) -> list[str]:
    """The lines on stderr but for the progress of a slow machine."""
    return [line for line in printed.splitlines() if line.strip() and "\033[K" not in line]
