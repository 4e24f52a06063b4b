"""Texts that a spreadsheet would run as formulas when it opens a .csv, where cells have no types."""

from __future__ import annotations

import re
import unicodedata

# Excel takes full-width signs for the others where the system is Chinese, and looks past quotes and spaces.
_RUNS = re.compile(r"[\t\r]|[\s\"']*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"\s*[+-]?(\d[\d,]*\.?\d*|\.\d+)(e[+-]?\d+)?\s*[%‰]?\s*", re.ASCII | re.IGNORECASE)


def defused(text: str) -> str:
    """The text with a ``'`` before it where it would be run; numbers (``-5``, ``+3.2%``) stay."""
    if _RUNS.match(text) and not _NUMBER.fullmatch(unicodedata.normalize("NFKC", text)):
        return f"'{text}"
    return text
