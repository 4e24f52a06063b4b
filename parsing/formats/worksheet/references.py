"""Columns as workbooks name them; the other way round is ``parsing.grid.column_letters``."""

from __future__ import annotations

from parsing.errors import Damaged


class Columns(dict[str, int]):
    """Column letters → column number, from 1. Raises Damaged on anything but letters."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            if not "A" <= letter <= "Z":
                raise Damaged()
            number = number * 26 + ord(letter) - 64
        if not number:
            raise Damaged()
        self[letters] = number
        return number
