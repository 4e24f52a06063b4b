"""Cutting a grid into tables: stacked tables, tables of another kind, text between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parsing import values
from parsing.forms import vocabulary
from parsing.forms.form import UNDECLARED, Form
from parsing.forms.header import Row, roles
from parsing.grid import Cell, Grid


@dataclass(slots=True)
class Table:
    """The rows of one table. ``kind`` is ``project`` or the name of another kind; ``headers`` are the
    indices of the rows that name columns; ``above`` are lines over the table that are no table."""

    grid: Grid
    title: Cell | None
    kind: str
    rows: list[Row] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    above: list[Row] = field(default_factory=list)
    named: bool = False  # the label of the project's name was seen

    @property
    def header(self) -> int | None:
        return self.headers[0] if self.headers else None

    @property
    def top(self) -> list[Row]:
        """The rows that are no indicators: lines above, the head, and what stands between two blocks."""
        between = self.rows[self.headers[0] :] if len(self.headers) > 1 else []
        head = self.rows[: self.header] if self.headers else self.rows
        return [*self.above, *head, *(row for row in between if vocabulary.label(row[0].text))]

    @property
    def first(self) -> Cell:
        return self.title or self.rows[0][0]


def unheaded(table: Table) -> Cell | None:
    """Where, in a table that names no columns, a row looks like an indicator: a level word and a target."""
    for row in table.rows if table.header is None else ():
        words = any(vocabulary.level1(cell.text) or vocabulary.slot(cell.text) for cell in row)
        if words and any(values.understand(cell.text).kind in ("number", "rate") for cell in row):
            return row[0]
    return None


def cut(grid: Grid, forms: tuple[Form, ...]) -> Iterator[Table]:
    """Tables in reading order. Blank rows are not trusted: a table starts at its title or at the
    label of the project's name, and ends where the next one starts. A region that is neither
    (a cover sheet, remarks) comes as kind ``""``."""
    special = [UNDECLARED, *(form for form in forms if form.heads)]
    names = frozenset(word for form in forms for word, field in form.means.items() if field == "name")
    heads = frozenset(word for form in forms for word in form.heads)
    table = Table(grid, None, "")
    for row in grid.rows:
        kind = vocabulary.title(row[0].text) if _alone(row) else None
        at = _name(row, names)
        starts = at is not None and (at < 2 or (not table.kind and vocabulary.label(row[0].text)))
        if kind or (starts and (table.named or not table.kind)):
            above = table.rows if not table.kind and not table.headers else []
            if (table.rows or table.title) and not above:
                yield _told(table)
            table = Table(grid, row[0] if kind else None, kind or vocabulary.PROJECT_TABLE, above=above)
        if kind:
            continue
        table.named = table.named or at is not None
        found: dict[int, str] = {}
        if len(row) > 2 and any(vocabulary.role(c.text) or vocabulary.core(c.text)[0] in heads for c in row):
            found = next(filter(None, (roles(row, form) for form in special)), found)
        if found and "done" in found.values() and table.kind in ("", vocabulary.PROJECT_TABLE):
            table.kind = "项目支出绩效自评表"
        if found:
            if table.headers and _again(row, table):
                continue  # the header again at the top of a new page
            table.headers.append(len(table.rows))
        table.rows.append(row)
    if table.rows or table.title:
        yield _told(table)


def _name(row: Row, names: frozenset[str]) -> int | None:
    """The index in the row of the label of the project's name; ``names``: such labels of single forms."""
    for k, cell in enumerate(row):
        text = cell.text
        if vocabulary.is_name(text) or (names and vocabulary.core(text)[0] in names):
            return k
    return None


def _alone(row: Row) -> bool:
    first = row[0].text
    return len(row) == 1 or (row[-1].text == first and all(cell.text == first for cell in row))


def _again(row: Row, table: Table) -> bool:
    """Whether a header repeats the one before, and no word over it opens another block."""
    last = table.rows[-1]
    if len(last) == 1 and vocabulary.is_block(last[0].text):
        return False
    return [c.text for c in row] == [c.text for c in table.rows[table.headers[-1]]]


def _told(table: Table) -> Table:
    """A table without title and without project is known by the labels that only its kind prints."""
    if not table.kind and table.headers:
        labels = (vocabulary.kind(c.text) for row in table.rows[: table.header] for c in row)
        table.kind = next(filter(None, labels), "")
    return table
