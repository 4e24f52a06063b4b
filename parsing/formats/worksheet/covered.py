"""What merged cells hide, said once a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from parsing.errors import Covered
from parsing.grid import Cell

SHOWN = 20  # characters of the hidden text


def covered_texts(hidden: list[Cell]) -> Iterator[Covered]:
    """The trouble, at the first of the ``hidden`` cells; nothing where there are none."""
    if hidden:
        first = min(hidden, key=lambda cell: (cell.place.row, cell.place.column))
        text = " ".join(first.text.split())
        text = text if len(text) <= SHOWN else f"{text[:SHOWN]}……"
        yield Covered(str(first.place), f"合并单元格盖住了{len(hidden)}格文字（如“{text}”），没有读取")
