"""The indicator grid row by row: columns from the header, shifted rows put right, levels carried
down, rows cut by a page joined, printed-but-empty categories kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat

from parsing import values
from parsing.forms import align, vocabulary
from parsing.forms.header import Block, base
from parsing.forms.tables import is_indicator, is_measured
from parsing.grid import Cell, Grid, Place, Row


@dataclass(slots=True)
class Mend:
    """A row read otherwise than it stands; ``code`` names the reason, ``detail`` completes it; ``stands``:
    role → cell by the row's columns alone."""

    code: str
    row: Row
    confidence: float
    detail: str = ""
    stands: dict[str, Cell] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    """One indicator or one empty category: role → text and role → place; ``mends`` what was put right;
    ``extras``: titles of columns that no role names → text."""

    texts: dict[str, str]
    places: dict[str, Place]
    mends: list[Mend] = field(default_factory=list)
    own_level: bool = False  # its level-2 word stands in this very row
    extras: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not any(map(self.texts.get, ("name", *align.VALUES)))


_OF_INDICATORS = re.compile("指标|目标|值")
_BESIDE = frozenset({"block"})
_NO_FIELD = _BESIDE | {"level1", "level2", "ignored"}


def lines(block: Block, grid: Grid, cost: str, evidence: str) -> Iterator[Line | Row]:
    """Lines in order; a row that makes no sense comes back as it stands. ``cost``: the level at which this
    table prints 成本, or ""; ``evidence``: why, for a repair."""
    roles, columns = block.roles, block.columns
    texts: dict[str, str] = {"level1": "", "level2": ""}  # the words carried down
    places: dict[str, Place] = {}
    last: Line | None = None
    noted = False
    for row, rest in _whole_labels(block, grid) if grid.joins else zip(block.rows, repeat(None)):
        note = vocabulary.is_note(row[0].text)
        noted = (noted or note) and not is_indicator(row)  # signatures stand below each page of some tables
        if noted:
            if len(row) > 1 and not note and is_measured(row):
                yield row
            continue
        total = vocabulary.is_subtotal(row[0].text) and all(values.is_bare(cell.text) for cell in row[1:])
        if total or (row[0].note and all("outside" in cell.note for cell in row)):
            continue
        if last and _continues(row, last, roles, grid):
            _join(row, last, roles)
            if last.own_level:
                texts["level2"] = last.texts["level2"]
            continue
        found = _place(row, roles, columns, cost, evidence, grid.spans)
        if found is None:
            yield row
            continue
        cells, mend = found
        if cells.keys() <= _BESIDE:
            continue
        one, two = cells.get("level1"), cells.get("level2")
        if one:
            if vocabulary.plain(one.text) != vocabulary.plain(texts["level1"]):
                texts["level2"] = ""
                places.pop("level2", None)
            texts["level1"], places["level1"] = _word(one), one.place
        if two:
            texts["level2"], places["level2"] = _word(two), two.place
        line = Line(texts.copy(), {"row": row[0].place, **places}, own_level=bool(one or two))
        for role, cell in cells.items():
            if ":" in role:
                line.extras[role.partition(":")[2]] = cell.text
            elif role not in _NO_FIELD:
                line.texts[role], line.places[role] = cell.text, cell.place
        if vocabulary.role(line.texts.get("name", "")) and not any(map(line.texts.get, align.VALUES)):
            del line.texts["name"], line.places["name"]  # 具体指标: printed, and not filled
        if line.extras:
            _whole(line, cells)
            titled = filter(_OF_INDICATORS.search, filter(line.extras.get, line.extras))
            if line.is_empty and any(titled):
                yield row  # its indicator stands under a title that nobody knows: the category is not empty
                continue
        line.mends += filter(None, (mend,))
        if rest:
            line.mends.append(Mend("join", rest, 0.9, "", {"level2": rest[0]}))
        if line.own_level:
            _parent(line, row, columns)
            texts["level1"] = line.texts["level1"]
        last = line
        yield line


def _whole_labels(block: Block, grid: Grid) -> Iterator[tuple[Row, Row | None]]:
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


def _word(cell: Cell) -> str:
    """A level word without the breaks that narrow columns put into it."""
    return "".join(cell.text.split())


def _whole(line: Line, cells: dict[str, Cell]) -> None:
    """Sign, number and unit that stand in columns of their own, as one value; what is no sign (正向,
    定性) or has no number beside it stays among the extras."""
    for role in align.VALUES:
        text = line.texts.get(role, "")
        measured, bare = values.understand(text), values.is_bare(text)
        if not bare and measured.kind not in ("number", "rate"):
            continue
        for part, cell in cells.items():
            fits = values.is_part(base(part), cell.text)
            if fits and base(part) == "sign" and not measured.sign:
                text = cell.text + text
            elif fits and base(part) == "measure" and bare:
                text += cell.text
            else:
                continue
            line.extras.pop(part.partition(":")[2], None)
        line.texts[role] = text


def _place(
    row: Row, roles: Mapping[int, str], columns: tuple[str, ...], cost: str, evidence: str, spans: bool
) -> tuple[dict[str, Cell], Mend | None] | None:
    stands = [roles.get(cell.place.column) for cell in row]
    if None in stands:
        left = min(roles, default=0)
        stands = [
            role or ("block" if c.place.column < left else None) for role, c in zip(stands, row, strict=True)
        ]
    if not spans and len(set(stands)) < len(stands):
        row, stands = _single(row, stands)
    if any(stands.count(role) > 1 for role in align.VALUES):
        return None  # two texts under one title of values: none of them is moved to the names
    best = align.place([cell.text for cell in row], stands, columns, cost, spans)
    both = [role for role in align.VALUES if role in columns] if best else []
    if best and list(best.roles) == stands and (spans or len(set(both) & set(stands)) == len(both)):
        best = None
    if best is None:
        cells = {role: cell for role, cell in zip(stands, row, strict=True) if role}
        return (cells, None) if len(cells) == len(row) else None
    if not best.roles:
        return None
    cells = dict(zip(best.roles, row, strict=True))
    stood = {role: cell for role, cell in zip(stands[::-1], row[::-1], strict=True) if role}
    given = [role for role in both if role in cells]
    if len(given) == 1 < len(both):
        # Which of the two columns the one value belongs to cannot be told: neither is claimed.
        del cells[given[0]]
        return cells, Mend("one-value", row, 0.3, "", stood)
    is_cost = any(r in ("level1", "level2") and vocabulary.slot(c.text) == "成本" for r, c in cells.items())
    odd = spans and best.roles[0] == "name" and stands[0] in ("block", "level1")  # may be no indicator at all
    sure = min(best.confidence, 0.5) if odd else best.confidence
    return cells, Mend("shift", row, sure, evidence if is_cost else "", stood)


def _single(row: Row, stands: list[str | None]) -> tuple[Row, list[str | None]]:
    """The row without the copies that some programs write into each cell of a merged range."""
    copies = {
        k for k in range(1, len(row)) if stands[k - 1 : k] == [stands[k]] and row[k - 1].text == row[k].text
    }
    kept = [k for k in range(len(row)) if k not in copies]
    return tuple(row[k] for k in kept), [stands[k] for k in kept]


def _continues(row: Row, last: Line, roles: Mapping[int, str], grid: Grid) -> bool:
    """Whether the row is the tail of one cut by a page break."""
    if row[0].place.row in grid.joins:
        return not any(vocabulary.level1(cell.text) or vocabulary.slot(cell.text) for cell in row)
    role, text = roles.get(row[0].place.column), row[0].text
    return (
        len(row) == 1
        and role == "level2"
        and last.is_empty
        and last.own_level
        and bool(vocabulary.slot(text) is None and vocabulary.slot(last.texts.get("level2", "") + text))
    )


def _join(row: Row, last: Line, roles: Mapping[int, str]) -> None:
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
    last.mends.append(Mend("join", row, 0.9, "", tail))


def _parent(line: Line, row: Row, columns: tuple[str, ...]) -> None:
    """Where the level-2 word cannot stand under the level-1 word carried down, its own parent holds."""
    slot = vocabulary.slot(line.texts["level2"])
    if not slot:
        return
    parents = vocabulary.PARENTS[slot]
    if "level1" in columns and vocabulary.level1(line.texts["level1"]) not in parents:
        before, line.texts["level1"] = line.texts["level1"], parents[0]
        line.places.pop("level1", None)
        line.mends.append(Mend("parent", row, 0.8, before))
