"""The columns of a list of projects: those that tell of its projects, and those of their indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from parsing import vocabulary
from parsing.forms.blocks import Block
from parsing.forms.doubt import Doubt
from parsing.forms.form import UNDECLARED, Form
from parsing.forms.header import PROJECT, roles
from parsing.forms.stacked import MONEY
from parsing.forms.tables import Table
from parsing.forms.titles import titled
from parsing.grid import Cell, Grid, Row

WIDE = 8  # titles of a list with a row for each indicator, at least
NAME = f"{PROJECT}name"


def with_names(grid: Grid) -> Grid:
    """The grid with the title of the names of projects as lists print it, where a program wrote 项目 alone
    over a row for each indicator."""
    rows = tuple(_with_name(row) if len(row) >= WIDE else row for row in grid.rows)
    return replace(grid, rows=rows) if rows != grid.rows else grid


def _with_name(row: Row) -> Row:
    if not any(cell.text == "项目" for cell in row) or any(vocabulary.is_name(cell.text) for cell in row):
        return row
    if not {"level2", "name", "annual"} <= {*roles(row, UNDECLARED).values()}:
        return row
    return tuple(cell._replace(text="项目名称") if cell.text == "项目" else cell for cell in row)


def is_list(parts: list[Block]) -> bool:
    """Whether the header also names columns of projects."""
    return any(role == NAME for part in parts for role in part.roles.values())


def indicators(part: Table, form: Form, columns: Mapping[int, str]) -> Block:
    """The columns of the indicators alone, of one project of the list; what stands under no title is not
    understood."""
    at = part.headers[0]
    header, depth = titled(part.rows, at, form)
    roles = {column: role for column, role in columns.items() if not role.startswith(PROJECT)}
    body = part.rows[at + depth :]
    rows = (tuple(cell for cell in row if cell.place.column in roles) for row in body)
    strays = (tuple(cell for cell in row if cell.place.column not in columns) for row in body)
    return Block([row for row in rows if row], roles, header, tuple(filter(None, strays)))


def project_cells(row: Row, columns: Mapping[int, str]) -> dict[str, Cell]:
    """The cells of a row that tell of its project, by field; of several under one title the first, but no
    number as the name."""
    cells: dict[str, Cell] = {}
    for cell in row:
        role = columns.get(cell.place.column, "")
        if role.startswith(PROJECT):
            first = cells.setdefault(role.removeprefix(PROJECT), cell)
            if role == NAME and first is not cell and _is_number(first):
                cells["name"] = cell
    return cells


def spread(row: Row, columns: Mapping[int, str]) -> list[Doubt]:
    """That a title of money, or of the name, stands over several texts of the row, of which nobody says which
    is meant."""
    doubts = []
    for field in (*MONEY, "name"):
        cells = [cell for cell in row if columns.get(cell.place.column) == PROJECT + field]
        if len({cell.text for cell in cells}) > 1:
            doubts.append(Doubt("spread", cells[0], field, "、".join(cell.text for cell in cells)))
    return doubts


def two_names(over: str | None, cells: Mapping[str, Cell]) -> list[Doubt]:
    """That the head ``over`` a list names a project, too."""
    name = cells.get("name")
    return [Doubt("spread", name, "name", f"{over}、{name.text}")] if over and name else []


def _is_number(cell: Cell) -> bool:
    return cell.text.strip().isdecimal()


def differing(first: Mapping[str, Cell], cells: Mapping[str, Cell]) -> list[Doubt]:
    """That a row without a name has another amount than the project above it: it may be one of its own."""
    pairs = [(name, first[name], cells[name]) for name in MONEY if name in first and name in cells]
    return [Doubt("spread", a, name, f"{a.text}、{b.text}") for name, a, b in pairs if a.text != b.text]
