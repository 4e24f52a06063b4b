"""One row of an indicator grid as it was read, and what was put right in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsing.forms import align
from parsing.grid import Cell, Place, Row


@dataclass(slots=True)
class RowRepair:
    """A row read otherwise than it stands; ``code`` names the reason, ``detail`` completes it; ``stands``:
    role → cell by the row's columns alone."""

    code: str
    row: Row
    confidence: float
    detail: str = ""
    stands: dict[str, Cell] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    """One indicator or one empty category: role → text and role → place; ``repairs`` what was put right;
    ``extras``: titles of columns that no role names → text."""

    texts: dict[str, str]
    places: dict[str, Place]
    repairs: list[RowRepair] = field(default_factory=list)
    own_level: bool = False  # its level-2 word stands in this very row
    extras: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not any(map(self.texts.get, ("name", *align.VALUES)))
