"""A list of many projects: project cells in the first row of each, or merged down beside its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from parsing import values, vocabulary
from parsing.forms import money, sole_money, stated, sums
from parsing.forms.doubt import Doubt
from parsing.forms.form import Form
from parsing.forms.head import head
from parsing.forms.header import PROJECT, base
from parsing.forms.heading import Head, sole_goal
from parsing.forms.listed import differing, project_cells, spread, two_names
from parsing.forms.money import unit_over
from parsing.forms.stated import Stated
from parsing.forms.sums import Item
from parsing.forms.tables import Table, is_indicator
from parsing.forms.times import year
from parsing.forms.titles import titled
from parsing.grid import Cell, Row
from parsing.vocabulary import Label, composition

_GOALS = ("goals", "period_goal", "annual_goal")
_KEPT = ("unit", "department", "year")  # merged over several projects, they hold until the next
_BESIDE = ("ignored", "extra")  # columns that tell nothing of a project
_MARKED = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]")  # as headings are numbered


@dataclass(slots=True)
class _Entry:
    """A project of the list, or a row of sums: field → cell, its rows, and as what it is judged; ``label``:
    of a row of sums; ``sums``: those that stand before it; ``doubts``: what of it asks for a look."""

    cells: dict[str, Cell]
    rows: list[Row]
    item: Item
    label: Cell
    sums: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def goes_on(self, cells: dict[str, Cell]) -> bool:
        """Whether a row with these project cells is a further row of it."""
        return all(
            name not in cells or cells[name].text == self.cells[name].text
            for name in ("name", "unit", "budget", "year")
            if name in self.cells
        )


def split(
    table: Table, form: Form, known: Mapping[int, str], lost: list[Row], said: list[Stated] | None = None
) -> Iterator[tuple[Table, Head]]:
    """A table and its head for each project of the list; fields that only stand above the list hold
    for all of them. ``known``: column → role; ``lost`` takes the rows that belong to no project, ``said``
    what the list says."""
    assert table.header is not None
    header, depth = titled(table.rows, table.header, form)
    top = head(table.top, form)
    top.year, top.unit = top.year or year(top, table), top.unit or unit_over(table)
    body = table.rows[table.header + depth :]
    columns = sole_money.settled(known, header, body, top, table)
    printed = project_cells(header, columns)
    labels = {name: form.label(cell.text) or Label(name) for name, cell in printed.items()}
    places = top.labels | {name: cell.place for name, cell in printed.items() if ":" not in name}
    sole = sole_goal({name: cell.text for name, cell in printed.items()})
    spoken: list[Row] = [*table.top]
    entries = [*_entries(body, columns, lost, spoken)]
    both = (
        "name" in printed and "单位" in printed["name"].text
    )  # a title of two rows may stand above it alone
    _weigh(entries, labels, top.unit, both=both, told="unit" in printed)
    for name in ("budget", "total"):
        if said is not None and name in labels:
            said += _compared(entries, name, labels[name], top.unit)
    bodies = frozenset(printed.keys() | top.cells.keys())
    projects = [*_headed(entries, told="unit" in printed, bodies=bodies)]
    if said is not None:
        field = "budget" if "budget" in labels else "total"
        said += stated.spoken(spoken, [entry.item.amounts.get(field) for entry in projects], field)
    for entry in projects:
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
                goal = "annual_goal" if name == sole else "period_goal" if name == "goals" else name
                cells[goal] = (labels.get(name) or Label(name), [cell])
        lead = tuple(cell for cell in entry.cells.values() if cell not in entry.rows[0])
        rows = [lead] * bool(lead)
        above = table.rows[table.header : table.header + depth]
        part = replace(
            table, rows=rows + above + entry.rows, headers=[len(rows)], above=[], named=True, listed=True
        )
        own = replace(top, cells=cells, labels=places, sources=sources, extras=extras | entry.sums)
        yield part, replace(own, doubts=[*entry.doubts, *two_names(top.first("name"), entry.cells)])


def _entries(
    rows: list[Row], columns: Mapping[int, str], lost: list[Row], spoken: list[Row]
) -> Iterator[_Entry]:
    """The projects and the rows of sums, in order; ``spoken`` takes what is neither."""
    kept: dict[str, Cell] = {}
    entry: _Entry | None = None
    noted = False
    for k, row in enumerate(rows):
        cells = project_cells(row, columns)
        noted = vocabulary.is_note(row[0].text) or (noted and not is_indicator(row))
        if noted or (len(row) < 3 and stated.speaks(row[0].text)):
            spoken.append(row)
            continue
        found, name, bare = _sum(row, cells, columns), cells.get("name"), _is_bare(row, columns)
        doubts = spread(row, columns)
        if found and name and name is not found[0] and not bare:  # a project, though the word stands there
            doubts, found = [*doubts, Doubt("sum-word", found[0], "name")], None
        if found:
            label, kind = found
            whose = cells.get("unit"), cells.get("department")
            below = rows[k + 1] if k + 1 < len(rows) else ()
            again = any(cell.text == label.text for cell in below)  # it is the unit of the next project
            if label in whose and not again and not vocabulary.is_subtotal(label.text):
                kept = {"department": label}
            if entry:
                yield entry
            entry = None
            yield _Entry(cells, [row], Item(label.text, kind), label)
            continue
        if "year" in kept and row[0].place.row >= kept["year"].place.row + kept["year"].height:
            del kept["year"]  # the year of one row is never that of the next
        kept |= {name: cells[name] for name in _KEPT if name in cells}
        if name and not (entry and entry.goes_on(cells)):
            if entry:
                yield entry
            item = Item(name.text, "bare" if bare else "project", marked=bool(_MARKED.match(name.text)))
            entry = _Entry(kept | cells, [], item, name, doubts=doubts)
        elif entry:
            entry.item.kind = "project"
            entry.doubts += differing(entry.cells, cells)
        (entry.rows if entry else lost).append(row)
    if entry:
        yield entry


def _sum(row: Row, cells: dict[str, Cell], columns: Mapping[int, str]) -> tuple[Cell, sums.Kind] | None:
    """The label and the kind of a row that says that it is a sum, or has money and nothing of a project or of
    an indicator."""
    bare = _is_bare(row, columns)
    money = next((cells[name] for name in ("budget", "total") if name in cells), None)
    for at, cell in enumerate(row):
        kind = vocabulary.sums(cell.text)
        if kind and (bare or "name" not in cells or kind != "named") and (bare or at < 2 or money):
            return cell, "carried" if kind == "carried" else "grand" if kind == "grand" else "group"
    if not money or not bare or "name" in cells:
        return None
    words = (cells.get("unit"), cells.get("department"), *(cell for cell in row if cell is not money))
    return next(filter(None, words), money), "group"


def _is_bare(row: Row, columns: Mapping[int, str]) -> bool:
    """Whether a row has nothing of an indicator or of a goal."""
    found = [columns.get(cell.place.column, "extra") for cell in row]
    return all(
        role.removeprefix(PROJECT) not in _GOALS if role.startswith(PROJECT) else base(role) in _BESIDE
        for role in found
    )


def _weigh(
    entries: Sequence[_Entry], labels: Mapping[str, Label], over: str | None, both: bool, told: bool
) -> None:
    """Find out which of the entries are rows of sums. ``both``: the column of the names holds those of units,
    too; ``told``: another one does."""
    for entry in entries:
        for name in ("budget", "total"):
            if name in entry.cells and name in labels:
                found = money.read(entry.cells[name], labels[name], over, name)[0].yuan
                entry.item.amounts |= {name: found} if found is not None else {}
    for entry, after in pairwise(entries):
        item, alone = entry.item, len(entry.rows[0]) == 1
        heading = (alone and _is_year(item.name)) or (not told and (alone or both))
        if item.kind == "bare" and heading and not after.item.adds_up:
            item.kind = "group"  # a unit, or a year, over its projects
    name = "budget" if any("budget" in entry.item.amounts for entry in entries) else "total"
    sums.judge([entry.item for entry in entries], name, _step(entries, name, labels, over))
    for entry in entries:
        if entry.item.doubtful:
            entry.doubts.append(Doubt("perhaps-a-sum", entry.cells[name], name))


def _step(entries: Sequence[_Entry], name: str, labels: Mapping[str, Label], over: str | None) -> Decimal:
    """What the last digit of amounts in 万元 is worth that are printed with two decimals or more, else 0."""
    unit = (labels[name].unit if name in labels else None) or over
    texts = (entry.cells[name].text for entry in entries if name in entry.cells)
    places = max((len(text.partition(".")[2].strip()) for text in texts), default=0)
    return Decimal(10) ** (4 - places) if unit == "万元" and places > 1 else Decimal()


def _compared(entries: Sequence[_Entry], name: str, label: Label, over: str | None) -> Iterator[Stated]:
    """What each row of sums says of a field, beside what was read."""
    unit = label.unit or over or "元"
    names = [entry.item.name for entry in entries]
    for one in sums.compare([e.item for e in entries], name, _step(entries, name, {name: label}, over)):
        row = entries[one.at]
        yield stated.stated(one, row.rows[0], row.label, name, unit, names)
        entry = entries[one.slip[0]] if one.slip else None
        if entry and not any(doubt.code == "slip" for doubt in entry.doubts):
            entry.doubts.append(stated.slip(one, entry.cells[name], name, unit, row.item.name))


def _headed(entries: Sequence[_Entry], told: bool, bodies: frozenset[str]) -> Iterator[_Entry]:
    """The projects, each with what the rows of sums over it say: figures go to the one that follows, the name
    of a unit or a year to all that follow; of two bodies one right above the other the first is the
    department, where ``bodies``, the fields told elsewhere, have none."""
    over: dict[str, Cell] = {}
    figures: dict[str, str] = {}
    unit: Cell | None = None  # named by the row right above
    for entry in entries:
        above, unit = unit, None
        if not entry.item.adds_up:
            entry.cells, entry.sums, figures = over | entry.cells, figures, {}
            yield entry
            continue
        name, amount = entry.cells.get("name"), entry.cells.get("budget") or entry.cells.get("total")
        if entry.label is not name or vocabulary.is_subtotal(entry.label.text):
            over = over if vocabulary.is_subtotal(entry.label.text) else {}
            figures = {**figures, entry.label.text: amount.text if amount else ""}
        elif _is_year(name.text):
            over |= {"year": name}
        elif not told and not entry.item.marked:
            over |= {"department": above} if above and "department" not in bodies else {}
            over |= {"unit": name}
            unit = name if composition.is_body(name.text) else None


def _is_year(text: str) -> bool:
    return len(values.years(text)) == 1 and len(text) < 12
