"""A list with a row for each project and a column for each category: 数量指标, 质量指标 … side by side."""

from __future__ import annotations

from collections.abc import Iterator

from parsing.forms import vocabulary
from parsing.forms.header import SLOT, Block
from parsing.forms.lines import Line

COLUMNS = ("level1", "level2", "name")


def is_wide(block: Block) -> bool:
    """Whether the columns of the block are categories."""
    return any(role.startswith(SLOT) for role in block.roles.values())


def lines(block: Block) -> Iterator[Line]:
    """A line for each category of each row, in the order of the columns; one that is blank is placed
    where its title stands."""
    for row in block.rows:
        cells = {block.roles[cell.place.column]: cell for cell in row}
        extras = {
            role.partition(":")[2]: cell.text for role, cell in cells.items() if role.startswith("extra:")
        }
        for title in block.header:
            role = block.roles.get(title.place.column, "")
            if not role.startswith(SLOT):
                continue
            over, _, level2 = title.text.rpartition("\n")
            slot = vocabulary.slot(level2)
            level1 = over or (vocabulary.PARENTS[slot][0] if slot else level2)
            texts, places = {"level1": level1, "level2": level2}, {"row": title.place, "level2": title.place}
            if cell := cells.get(role):
                texts["name"], places["name"], places["row"] = cell.text, cell.place, cell.place
            yield Line(texts, places, own_level=True, extras=dict(extras) if cell else {})
