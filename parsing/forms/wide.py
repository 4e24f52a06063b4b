"""A list with a row for each project and a column for each category: 数量指标, 质量指标 … side by side; or
with several rows for each, and two columns for each category: names and targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parsing import vocabulary
from parsing.forms.blocks import Block
from parsing.forms.doubt import Doubt
from parsing.forms.header import SLOT, TARGET
from parsing.forms.line import Line
from parsing.forms.titles import is_category
from parsing.grid import Cell, Row


def is_wide(block: Block) -> bool:
    """Whether the columns of the block are categories."""
    return any(role.startswith(SLOT) for role in block.roles.values())


def columns(block: Block) -> tuple[str, ...]:
    """The roles that its lines have."""
    return ("level1", "level2", "name", *("annual",) * _is_paired(block))


def lines(block: Block) -> Iterator[Line | Row]:
    """A line for each category of each row, in the order of the columns; one that is blank is placed
    where its title stands, one of several columns has a line for each that holds a text. A row with a text
    under no title, or under none of a category, comes as it is: nobody knows what it says."""
    rows: list[dict[int, Cell]] = []
    for row in block.rows:
        if all(cell.place.column in block.roles for cell in row):
            rows.append({cell.place.column: cell for cell in row})
        else:
            yield row
    titles = {column: title for title in block.header for column in _columns(title, block.roles)}
    extras = {
        column: role.partition(":")[2] for column, role in block.roles.items() if role.startswith("extra:")
    }
    if _is_paired(block):
        yield from _paired(rows, titles, _targets(block), extras)
        return
    for cells in rows:
        for column, title in titles.items():
            over, _, level2 = title.text.rpartition("\n")
            slot = vocabulary.slot(level2)
            level1 = over or (vocabulary.PARENTS[slot][0] if slot else level2)
            if column in cells or column == title.place.column:
                yield _line(title, level1, level2, cells.get(column), cells, extras)


def doubts(block: Block) -> Iterator[Doubt]:
    """The titles that are taken for categories though nobody knows them, as they are parted like others; and
    those that stand over several columns with texts, of which nobody knows what parts them."""
    filled = {cell.place.column for row in block.rows for cell in row}
    for title in block.header if is_wide(block) else ():
        columns = _columns(title, block.roles)
        if columns and (not is_category(title.text) or not filled.isdisjoint(columns[1:])):
            yield Doubt("column", title, "", f"“{' '.join(title.text.split())}”", "一类指标", 0.5)


def _columns(title: Cell, roles: Mapping[int, str]) -> list[int]:
    """The columns of the title of a category, none for any other."""
    first = title.place.column
    return [k for k in range(first, first + title.width) if roles.get(k, "").startswith(SLOT)]


def _is_paired(block: Block) -> bool:
    return any(role.startswith(TARGET) for role in block.roles.values())


def _targets(block: Block) -> dict[int, int]:
    """Column of the names of a category → that of its targets: the nearest of its title. Two categories may
    have one title."""
    left = {column for column, role in block.roles.items() if role.startswith(TARGET)}
    pairs = {}
    for column, role in sorted(block.roles.items()):
        own = [one for one in left if block.roles[one] == TARGET + role.removeprefix(SLOT)]
        if role.startswith(SLOT) and own:
            pairs[column] = min(own, key=lambda one: (one < column, abs(one - column)))
            left.discard(pairs[column])
    return pairs


def _paired(
    rows: list[dict[int, Cell]], titles: dict[int, Cell], targets: dict[int, int], extras: dict[int, str]
) -> Iterator[Line | Row]:
    """Their categories are those of level 1; one is blank where no row has anything of it."""
    for at, cells in enumerate(rows):
        if cells.keys().isdisjoint(titles.keys() | targets.values()):
            yield tuple(cells.values())
        for column, title in titles.items():
            over, _, below = title.text.rpartition("\n")
            levels = (title.text, "") if vocabulary.level1(title.text) else (over, below)
            target = cells.get(targets.get(column, 0))
            blank = not at and column == title.place.column and not any(column in one for one in rows)
            if blank or target or column in cells:
                line = _line(title, *levels, cells.get(column), cells, extras)
                if target:
                    line.texts["annual"], line.places["annual"] = target.text, target.place
                    line.places["row"] = line.places.get("name", target.place)
                yield line


def _line(
    title: Cell, level1: str, level2: str, cell: Cell | None, cells: dict[int, Cell], extras: dict[int, str]
) -> Line:
    texts, places = {"level1": level1, "level2": level2}, {"row": title.place, "level2": title.place}
    if cell:
        texts["name"], places["name"], places["row"] = cell.text, cell.place, cell.place
    rest = {label: cells[column].text for column, label in extras.items() if column in cells}
    return Line(texts, places, own_level=True, extras=rest if cell else {})
