"""Cutting a grid into tables: stacked tables, tables of another kind, text between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parsing.forms import vocabulary
from parsing.grid import Cell, Grid

Row = tuple[Cell, ...]


@dataclass(slots=True)
class Table:
    """The rows of one table. ``kind`` is ``project`` or the name of another kind; ``header`` is the
    index of the row that names the columns, ``roles`` its column → role."""

    grid: Grid
    title: Cell | None
    kind: str
    rows: list[Row] = field(default_factory=list)
    header: int | None = None
    roles: dict[int, str] = field(default_factory=dict)
    named: bool = False  # the row with the project's name was seen

    @property
    def first(self) -> Cell:
        return self.title or self.rows[0][0]


def cut(grid: Grid) -> Iterator[Table]:
    """Tables in reading order. Blank rows are not trusted: a table starts at its title or at the
    label of the project's name, and ends where the next one starts. A region that is neither
    (a cover sheet, remarks) comes as kind ``""``."""
    table = Table(grid, None, "")
    for row in grid.rows:
        kind = vocabulary.title(row[0].text) if _alone(row) else None
        starts = any((found := vocabulary.label(c.text)) and found.field == "name" for c in row[:2])
        if kind or (starts and (table.named or not table.kind)):
            if table.rows or table.title:
                yield table
            table = Table(grid, row[0] if kind else None, kind or vocabulary.PROJECT_TABLE)
        if kind:
            continue
        table.named = table.named or starts
        roles = _roles(row)
        if table.header is None and roles:
            table.header, table.roles = len(table.rows), roles
            if "done" in roles.values():
                table.kind = "项目支出绩效自评表" if table.kind == vocabulary.PROJECT_TABLE else table.kind
        elif roles and [c.text for c in row] == [c.text for c in table.rows[table.header or 0]]:
            continue  # the header again at the top of a new page
        table.rows.append(row)
    if table.rows or table.title:
        yield table


def _alone(row: Row) -> bool:
    return len({cell.text for cell in row}) == 1


def _roles(row: Row) -> dict[int, str]:
    """Column → role where a row names at least three columns of an indicator grid, else empty."""
    if len(row) < 3:
        return {}
    roles: dict[int, str] = {}
    for cell in row:
        found = vocabulary.role(cell.text)
        if found:
            for column in range(cell.place.column, cell.place.column + cell.width):
                roles.setdefault(column, found)
    names = set(roles.values())
    return roles if len(names) >= 3 and "name" in names else {}
