"""A list of many projects: project cells in the first row of each, or merged down beside its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from parsing.forms import vocabulary
from parsing.forms.form import Form
from parsing.forms.head import Head, head
from parsing.forms.header import PROJECT, Block, roles
from parsing.forms.tables import Table, is_indicator
from parsing.forms.titles import titled
from parsing.forms.vocabulary import Label
from parsing.grid import Cell, Row

_GOALS = ("goals", "period_goal", "annual_goal")
_KEPT = ("unit", "department", "year")  # merged over several projects, they hold until the next


@dataclass(slots=True)
class _Entry:
    """A project of the list: field → cell, its rows, and the sums that stand before it. ``both``: the column
    of its name holds those of units, too."""

    cells: dict[str, Cell]
    sums: dict[str, str]
    both: bool
    rows: list[Row] = field(default_factory=list)

    def is_heading(self, columns: Mapping[int, str]) -> bool:
        """Whether it has nothing but a name, or a name with the money of all below it: where no column gives
        the unit, it is that of the rows below."""
        (row, *more) = self.rows
        if more or (len(row) > 1 and not self.both):
            return False
        own = _cells(row, columns)
        return len(row) == 1 or (len(own) == len(row) and own.keys().isdisjoint(_GOALS))

    def goes_on(self, cells: dict[str, Cell]) -> bool:
        """Whether a row with these project cells is a further row of it."""
        return all(
            name not in cells or cells[name].text == self.cells[name].text
            for name in ("name", "unit", "budget", "year")
            if name in self.cells
        )


def split(table: Table, form: Form, lost: list[Row]) -> Iterator[tuple[Table, Head]]:
    """A table and its head for each project of the list; fields that only stand above the list hold
    for all of them. ``lost`` takes the rows that belong to no project."""
    assert table.header is not None
    header, depth = titled(table.rows, table.header, form)
    columns = roles(header, form)
    printed = _cells(header, columns)
    labels = {name: form.label(cell.text) for name, cell in printed.items()}
    top = head(table.top, form)
    places = top.labels | {name: cell.place for name, cell in printed.items() if ":" not in name}
    body = table.rows[table.header + depth :]
    heading = printed.get("name")  # one of two rows may stand in the upper one alone
    both = heading is not None and "单位" in heading.text
    for entry in _entries(body, columns, both=both, lost=lost):
        cells = dict(top.cells)
        sources, extras = list(top.sources), dict(top.extras)
        for name, cell in entry.cells.items():
            kind, _, title = name.partition(":")
            if kind == "source":
                money = "total" if "total" in entry.cells and "budget" not in entry.cells else "budget"
                sources.append((money, vocabulary.words(title), cell))
            elif title:
                extras[title] = cell.text
            else:
                field = "period_goal" if name == "goals" else name
                cells[field] = (labels.get(name) or Label(name), [cell])
        lead = tuple(cell for cell in entry.cells.values() if cell not in entry.rows[0])
        rows = [lead] * bool(lead)
        above = table.rows[table.header : table.header + depth]
        part = replace(
            table, rows=rows + above + entry.rows, headers=[len(rows)], above=[], named=True, listed=True
        )
        yield part, replace(top, cells=cells, labels=places, sources=sources, extras=extras | entry.sums)


def is_list(parts: list[Block]) -> bool:
    """Whether the header also names columns of projects."""
    return any(role == f"{PROJECT}name" for part in parts for role in part.roles.values())


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


def _entries(rows: list[Row], columns: Mapping[int, str], both: bool, lost: list[Row]) -> Iterator[_Entry]:
    """Rows that add others up are no project: their figures go to the entry that follows, and the name
    of a department to all that follow."""
    kept: dict[str, Cell] = {}
    sums: dict[str, str] = {}
    entry: _Entry | None = None
    told = f"{PROJECT}unit" in columns.values()
    noted = False
    for row in rows:
        cells = _cells(row, columns)
        noted = vocabulary.is_note(row[0].text) or (noted and not is_indicator(row))
        if noted:
            continue
        if _adds_up(row, cells):
            words, amount = row[0], cells.get("budget") or cells.get("total")
            sums = {**sums, words.text: amount.text if amount else ""}
            if not vocabulary.is_subtotal(words.text):
                kept = {"department": words}
            if entry:
                yield entry
            entry = None
            continue
        if "year" in kept and row[0].place.row >= kept["year"].place.row + kept["year"].height:
            del kept["year"]  # the year of one row is never that of the next
        kept |= {name: cells[name] for name in _KEPT if name in cells}
        if "name" in cells and not (entry and entry.goes_on(cells)):
            if entry and not told and entry.is_heading(columns):
                kept["unit"] = entry.cells["name"]
            elif entry:
                yield entry
            entry, sums = _Entry(kept | cells, sums, both), {}
        (entry.rows if entry else lost).append(row)
    if entry:
        yield entry


def _cells(row: Row, columns: Mapping[int, str]) -> dict[str, Cell]:
    """The cells of a row that tell of its project, by field."""
    found = ((columns.get(cell.place.column, ""), cell) for cell in row)
    return {role.removeprefix(PROJECT): cell for role, cell in found if role.startswith(PROJECT)}


def _adds_up(row: Row, cells: dict[str, Cell]) -> bool:
    """A row says that it is a sum, or has money and nothing of a project or an indicator."""
    if any(vocabulary.is_subtotal(cell.text) for cell in row[:2]):
        return True
    return "name" not in cells and bool(cells.keys() & {"budget", "total"}) and len(cells) == len(row)
