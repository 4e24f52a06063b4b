"""A value of a table's head that somebody has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from parsing.grid import Cell


@dataclass(frozen=True, slots=True)
class Doubt:
    """``code`` names the reason, ``detail`` completes it; ``field``: what the value is of; ``read``: what it
    was read as, "" where it was not; ``confidence`` as of a repair."""

    code: str
    cell: Cell
    field: str
    detail: str = ""
    read: str = ""
    confidence: float = 0.3


class Pair(NamedTuple):
    """A label that nobody knows, without a colon and what follows it, and the value beside it."""

    label: Cell
    value: Cell
