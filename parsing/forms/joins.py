"""Rows that say the rest of the row above: cut by a page break, or a text that runs over two rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from parsing import vocabulary
from parsing.forms import align
from parsing.forms.blocks import Block
from parsing.forms.line import Line, RowRepair
from parsing.grid import Cell, Grid, Row

# The end of a name that goes on: 提高政务服务水平方面的, 购买服务和, （一个括号没有
_OPEN = re.compile(r".*(?:[的和与及或、，,（(]|[（(][^（）()]*)", re.DOTALL)
WRAPPED = 0.6  # how sure a name is that runs over two rows: no page break says so


def whole_labels(block: Block, grid: Grid) -> Iterator[tuple[Row, Row | None]]:
    """Rows, a level-2 word that a page break cut made whole before anybody asks where it belongs; with the
    row that had its rest."""
    before: Row = ()
    for row in block.rows:
        cut = len(row) == 1 and row[0].place.row in grid.joins
        whole = _whole_label(before, row[0], block) if cut else ()
        if before:
            yield (whole, row) if whole else (before, None)
        before = () if whole else row
    if before:
        yield before, None


def _whole_label(row: Row, rest: Cell, block: Block) -> Row:
    """The row with its level-2 word completed by ``rest``; () where it is none."""
    column = rest.place.column
    cut = next((cell for cell in row if cell.place.column == column), None)
    if not cut or block.roles.get(column) != "level2" or vocabulary.slot(cut.text):
        return ()
    whole = cut._replace(text=cut.text + rest.text)
    return tuple(whole if cell is cut else cell for cell in row) if vocabulary.slot(whole.text) else ()


def continues(row: Row, last: Line, roles: Mapping[int, str], grid: Grid) -> bool:
    """Whether the row is the tail of the one above."""
    if row[0].place.row in grid.joins:
        return not any(vocabulary.level1(cell.text) or vocabulary.slot(cell.text) for cell in row)
    role, text = roles.get(row[0].place.column), row[0].text
    if is_wrapped(row, last, roles):
        return True
    return (
        len(row) == 1
        and role == "level2"
        and last.is_empty
        and last.own_level
        and bool(vocabulary.slot(text) is None and vocabulary.slot(last.texts.get("level2", "") + text))
    )


def is_wrapped(row: Row, last: Line, roles: Mapping[int, str]) -> bool:
    """Whether the row has nothing but a name, and the one above, which has its values, does not end there."""
    if len(row) > 1 or roles.get(row[0].place.column) != "name" or "name" not in last.texts:
        return False
    text = row[0].text
    is_level = vocabulary.level1(text) or vocabulary.slot(text) or vocabulary.is_note(text)
    valued = any(map(last.texts.get, align.VALUES))
    return valued and not is_level and _OPEN.fullmatch(last.texts["name"]) is not None


def join(row: Row, last: Line, roles: Mapping[int, str]) -> None:
    wrapped = is_wrapped(row, last, roles)
    tail: dict[str, Cell] = {}
    for cell in row:
        label = last.texts.get("level2", "") + cell.text
        role = roles.get(cell.place.column, "name")
        title = role.partition(":")[2]
        if cell.place.column < min(roles) or vocabulary.is_block(title + cell.text):
            continue  # the rest of a label down the side, which the page break cut, too
        if title:
            last.extras[title] = last.extras.get(title, "") + cell.text
            continue
        whole = role != "level2" and vocabulary.slot(last.texts.get("level2", ""))
        if last.own_level and vocabulary.slot(label) and not whole:
            role = "level2"
        elif role not in last.texts or role in ("level1", "level2"):
            role = "name"
        last.texts[role] = last.texts.get(role, "") + cell.text
        tail.setdefault(role, cell)
    sure, detail = (WRAPPED, "wrapped") if wrapped else (0.9, "")
    last.repairs.append(RowRepair("join", row, sure, detail, tail))
