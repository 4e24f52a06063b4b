"""How wide text is, in em of its own size, reckoned without a browser: a little more than it will be."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import east_asian_width

_WORD = re.compile(r"[!-~]+|.", re.S)
_BROAD = frozenset("%@&MWmw—…")
_SCALE = 1.03  # fonts differ


@cache
def text_width(text: str) -> float:
    """In em: a Chinese character is one wide."""
    return _SCALE * sum(map(_letter, text))


def _letter(sign: str) -> float:
    if east_asian_width(sign) in "WFA" or sign in _BROAD:
        return 1
    return 0.72 if sign.isupper() else 0.6


def count_lines(text: str, across: float) -> int:
    """Lines that ``text`` takes in ``across`` em. A word or number is not broken, and one character's room is
    lost to a line that may not begin with a comma."""
    if "\n" not in text and text_width(text) <= across:
        return 1
    across = max(2.0, across - 1)
    count, used = 1, 0.0
    for word in _WORD.findall(text):
        wide = text_width(word)
        if word == "\n" or (used and used + wide > across):
            count, used = count + 1, 0.0
        count += int(wide // across) if wide > across else 0
        used += wide % across if wide > across else wide
    return count
