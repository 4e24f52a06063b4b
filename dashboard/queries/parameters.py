"""Values of an address. Anybody can write anything there: what makes no sense is as if it were not there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsing.printable import is_printable

LONGEST = 200  # characters
_NUMBER = re.compile("0|[1-9][0-9]{0,17}")  # every digit of one alphabet only, and databases hold 64 bits


def text(values: Sequence[str]) -> str | None:
    """The value, of all that stand under one name: the only one, if it is short and can be shown."""
    if len(values) != 1 or not 0 < len(values[0]) <= LONGEST:
        return None
    return values[0] if is_printable(values[0]) else None


def number(said: str | None) -> int | None:
    """A whole number as we write it, from 0; what a click says is such a value, too."""
    return int(said) if said and _NUMBER.fullmatch(said) else None
