"""A list with a row for each project and a column for each category: 数量指标, 质量指标 … side by side; or
with several rows for each, and two columns for each category: names and targets."""

from __future__ import annotations

from collections.abc import Iterator

from parsing.forms import vocabulary
from parsing.forms.header import SLOT, TARGET, Block
from parsing.forms.line import Line
from parsing.grid import Cell, Row


def is_wide(block: Block) -> bool:
    """Whether the columns of the block are categories."""
    return any(role.startswith(SLOT) for role in block.roles.values())


def columns(block: Block) -> tuple[str, ...]:
    """The roles that its lines have."""
    return ("level1", "level2", "name", *("annual",) * _is_paired(block))


def lines(block: Block) -> Iterator[Line | Row]:
    """A line for each category of each row, in the order of the columns; one that is blank is placed
    where its title stands. A row with a text under no title comes as it is: nobody knows what shifted."""
    titles = [title for title in block.header if block.roles.get(title.place.column, "").startswith(SLOT)]
    rows = []
    for row in block.rows:
        if all(cell.place.column in block.roles for cell in row):
            rows.append({block.roles[cell.place.column]: cell for cell in row})
        else:
            yield row
    if _is_paired(block):
        yield from _paired(rows, titles)
        return
    for cells in rows:
        for title in titles:
            over, _, level2 = title.text.rpartition("\n")
            slot = vocabulary.slot(level2)
            level1 = over or (vocabulary.PARENTS[slot][0] if slot else level2)
            yield _line(title, level1, level2, cells)


def _is_paired(block: Block) -> bool:
    return any(role.startswith(TARGET) for role in block.roles.values())


def _paired(rows: list[dict[str, Cell]], titles: list[Cell]) -> Iterator[Line]:
    """Their categories are those of level 1; one is blank where no row has anything of it."""
    for at, cells in enumerate(rows):
        for title in titles:
            levels = (title.text, "") if vocabulary.level1(title.text) else ("", title.text)
            target = cells.get(TARGET + title.text)
            blank = not at and not any(SLOT + title.text in one for one in rows)
            if blank or target or SLOT + title.text in cells:
                line = _line(title, *levels, cells)
                if target:
                    line.texts["annual"], line.places["annual"] = target.text, target.place
                    line.places["row"] = line.places.get("name", target.place)
                yield line


def _line(title: Cell, level1: str, level2: str, cells: dict[str, Cell]) -> Line:
    texts, places = {"level1": level1, "level2": level2}, {"row": title.place, "level2": title.place}
    if cell := cells.get(SLOT + title.text):
        texts["name"], places["name"], places["row"] = cell.text, cell.place, cell.place
    extras = {role.partition(":")[2]: one.text for role, one in cells.items() if role.startswith("extra:")}
    return Line(texts, places, own_level=True, extras=extras if cell else {})
