"""Cutting a grid into tables: stacked tables, tables of another kind, text between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from parsing import values
from parsing.forms import vocabulary
from parsing.forms.form import UNDECLARED, Form
from parsing.forms.header import roles
from parsing.forms.titles import beneath, is_category, is_copy
from parsing.grid import Cell, Grid, Row


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
    inline: bool = False  # … with the name in the same cell: no table, unless a header follows
    beside: int = 0  # the column where it was seen again: another table may begin there

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
    rows = table.rows if table.header is None else []
    return next((row[0] for row in rows if is_indicator(row)), None)


def is_indicator(row: Row) -> bool:
    """Whether a row that nobody expects is surely one: a level word and a target."""
    words = any(vocabulary.level1(cell.text) or vocabulary.slot(cell.text) for cell in row)
    return words and is_measured(row)


def is_measured(row: Row) -> bool:
    """Whether a cell of the row looks like a target."""
    return any(values.understand(cell.text).kind in ("number", "rate", "date") for cell in row)


def cut(grid: Grid, forms: tuple[Form, ...]) -> Iterator[Table]:
    """Tables in reading order. Blank rows are not trusted: a table starts at its title or at the
    label of the project's name, and ends where the next one starts. A region that is neither
    (a cover sheet, remarks) comes as kind ``""``."""
    special = [UNDECLARED, *(form for form in forms if form.heads)]
    names = frozenset(word for form in forms for word, field in form.means.items() if field == "name")
    heads = frozenset(word for form in forms for word in form.heads)
    tells, names_one = _tellers(names, names | heads)
    table = Table(grid, None, "")
    printed: list[list[str]] = []
    start = top = past = 0  # of a list: its first row, how many rows are over its body; rows to pass by
    for number, row in enumerate(grid.rows):
        texts = [cell.text for cell in row]
        if number < past:
            continue
        if texts in printed and table.headers:
            continue  # a list's header of two rows again at the top of a new page
        kind = vocabulary.title(texts[0]) if _alone(texts) else None
        if kind and kind == table.kind and table.named and vocabulary.goes_on(texts[0]):
            continue  # the title again, over the rest of the table
        if kind and top and _said(grid.rows[start : start + top]) == _said(grid.rows[number : number + top]):
            past = number + top
            continue  # all that stands over a list again, at the top of a new page
        told = any(map(names_one if len(row) > 2 and _is_figure(texts[-1]) else tells, texts))
        if not (kind or told):
            table.rows.append(row)
            continue
        at = _name(texts, names) if told else None
        starts = at is not None and (at < 2 or (not table.kind and _opens(texts[0])))
        if starts and table.headers and _again(row, table):
            continue  # the header of a list, at the top of a new page
        if starts and table.rows and is_copy(row[at or 0], table.rows[-1]):
            starts = False  # the label again, in each cell of a merged range
        if kind or (starts and (table.named or not table.kind)):
            cover = not table.kind and not table.headers
            above = table.rows if cover else _leads(table, bool(kind))
            if (table.rows or table.title) and not (cover and above):
                yield _told(table)
            table = Table(grid, row[0] if kind else None, kind or vocabulary.PROJECT_TABLE, above=above)
            start, top = number, 0
        if kind:
            continue
        if at is None and any(map(vocabulary.names, texts[:2])):
            if table.headers and table.named:
                above = _leads(table, titled=False)
                yield _told(table)
                table, start, top = Table(grid, None, vocabulary.PROJECT_TABLE, above=above), number, 0
            table.inline = True
        if at is not None:
            table.named = True
            if texts.count(texts[at]) > 1:
                table.beside = row[texts.index(texts[at], at + 1)].place.column
        found: Mapping[int, str] = {}
        if told and len(row) > 2 and _names_columns(texts, heads):
            found = next(filter(None, (roles(row, form) for form in special)), found)
        if found and table.inline and not table.named:
            table.named, table.kind = True, table.kind or vocabulary.PROJECT_TABLE
        if found and "done" in found.values() and table.kind in ("", vocabulary.PROJECT_TABLE):
            table.kind = "项目支出绩效自评表"
        if found and table.rows and (whole := beneath(table.rows[-1], row)):
            printed = [[cell.text for cell in table.rows.pop()], texts]
            row = whole
        if found:
            if table.headers and _again(row, table):
                del table.rows[_signed(table) :]
                continue  # the header again at the top of a new page
            if any(map(vocabulary.is_name, [cell.text for cell in row])):
                top = number - start + 1
            table.headers.append(len(table.rows))
        table.rows.append(row)
    if table.rows or table.title:
        yield _told(table)


@lru_cache(8)
def _tellers(names: frozenset[str], special: frozenset[str]) -> tuple[Callable[[str], bool], ...]:
    """Whether a text may be the label of a name or name a column, and whether it may be the label of a name:
    few are, and that is remembered."""

    @lru_cache(1 << 14)
    def tells(text: str) -> bool:
        return names_one(text) or bool(vocabulary.role(text)) or vocabulary.words(text) in special

    @lru_cache(1 << 14)
    def names_one(text: str) -> bool:
        return bool(vocabulary.is_name(text) or vocabulary.names(text)) or vocabulary.words(text) in names

    return tells, names_one


def _is_figure(text: str) -> bool:
    """Whether a text is a target: a row that ends with one names no columns."""
    return values.understand(text).kind in ("number", "rate") and not vocabulary.role(text)


def _name(texts: list[str], names: frozenset[str]) -> int | None:
    """The index in a row of the label of the project's name; ``names``: such labels of single forms."""
    return next(
        (k for k, t in enumerate(texts) if vocabulary.is_name(t) or vocabulary.words(t) in names), None
    )


def _opens(text: str) -> bool:
    """Whether a text may stand first in a table that has no title: a label, or the title of a column."""
    return bool(vocabulary.label(text) or vocabulary.role(text))


def _names_columns(texts: list[str], heads: frozenset[str]) -> bool:
    """Whether a word of the row may name a column; ``heads``: such words of single forms."""
    if any(map(vocabulary.role, texts)) or sum(map(is_category, texts)) > 1:
        return True
    return not heads.isdisjoint(map(vocabulary.words, texts))


def _alone(texts: list[str]) -> bool:
    return len(texts) == 1 or (texts[-1] == texts[0] and texts.count(texts[0]) == len(texts))


def _said(rows: Sequence[Row]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def _signed(table: Table) -> int:
    """Where the signatures begin that end the rows of a page; the number of rows if there are none."""
    for k in range(len(table.rows) - 1, table.headers[-1], -1):
        if is_indicator(table.rows[k]):
            break
        if vocabulary.is_note(table.rows[k][0].text):
            return k
    return len(table.rows)


def abreast(grid: Grid, tables: list[Table]) -> tuple[Grid, ...]:
    """The two halves of a sheet on which tables stand side by side, else ()."""
    at = next((table.beside for table in tables if table.beside), 0)
    crossing = (
        c.place.column < at < c.place.column + c.width for row in grid.rows if len(row) > 1 for c in row
    )
    if not at or any(crossing):
        return ()

    def half(left: bool) -> Iterator[Row]:
        rows = (tuple(cell for cell in row if (cell.place.column < at) is left) for row in grid.rows)
        return filter(None, rows)

    return tuple(replace(grid, rows=tuple(half(left))) for left in (True, False))


def _leads(table: Table, titled: bool) -> list[Row]:
    """The lines between a table, from whose rows they are taken, and the next one, over which they stand;
    none over one that is ``titled``. Who filled in a form may well be said below it."""
    end = len(table.rows)
    while table.headers and end - 1 > table.headers[-1] and _is_lead(table.rows[end - 1]):
        end -= 1
    leads, table.rows = table.rows[end:], table.rows[:end]
    if any(map(_is_lead, table.above)):  # as over the one before
        return leads if not titled else []
    return [row for row in leads if not (titled or vocabulary.is_note(row[0].text))]


def _is_lead(row: Row) -> bool:
    first, *rest = (cell.text for cell in row)
    return vocabulary.is_lead(first) and all(
        vocabulary.is_lead(one) or vocabulary.is_note(one) for one in rest
    )


def _again(row: Row, table: Table) -> bool:
    """Whether a header repeats the one before, and no word over it opens another block."""
    last = table.rows[-1]
    if len(last) == 1 and vocabulary.is_block(last[0].text):
        return False
    return [c.text for c in row] == [c.text for c in table.rows[table.headers[-1]]]


def _told(table: Table) -> Table:
    """A table without project, whatever its title, is known by the labels that only its kind prints."""
    if table.kind in ("", vocabulary.PROJECT_TABLE) and not table.named and table.headers:
        labels = (vocabulary.kind(c.text) for row in table.rows[: table.header] for c in row)
        table.kind = next(filter(None, labels), table.kind)
    return table
