"""The indicator grid row by row: columns from the header, shifted rows put right, levels carried
down, rows cut by a page joined, printed-but-empty categories kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import repeat

from parsing import values, vocabulary
from parsing.forms import align
from parsing.forms.blocks import Block
from parsing.forms.header import base
from parsing.forms.joins import continues, join, whole_labels
from parsing.forms.line import Line, RowRepair
from parsing.forms.tables import is_indicator, is_measured, is_signed
from parsing.grid import Cell, Grid, Place, Row

_OF_INDICATORS = re.compile("指标|目标|值")
_NONE = re.compile(r"\s*(?:[-—–/／_…．.。·]+|无|(?:本项目)?(?:不涉及|不适用|无此项)|无此类指标)\s*")
_SCORED = re.compile(r".*执行率(?:指标)?\((\d+)分?\)")  # points for spending, below the indicators
_AT_END = re.compile(
    r"\s[≥≤＝=＞＜><]\s*\d[\d.,]*\S{0,6}$"
)  # a target behind a name, where columns were lost
_BESIDE = frozenset({"block"})
_NO_FIELD = _BESIDE | {"level1", "level2", "ignored"}


def lines(block: Block, grid: Grid, cost: str, evidence: str) -> Iterator[Line | Row]:
    """Lines in order; a row that makes no sense comes back as it stands. ``cost``: the level at which this
    table prints 成本, or ""; ``evidence``: why, for a repair."""
    roles, columns = block.roles, block.columns
    valued = not {*align.VALUES}.isdisjoint(columns)
    texts: dict[str, str] = {"level1": "", "level2": ""}  # the words carried down
    places: dict[str, Place] = {}
    last: Line | None = None
    noted = False
    for row, rest in whole_labels(block, grid) if grid.joins else zip(block.rows, repeat(None)):
        note = vocabulary.is_note(row[0].text)
        noted = (noted or note) and not is_indicator(row)  # signatures stand below each page of some tables
        if noted:
            if len(row) > 1 and not note and is_measured(row):
                yield row
            continue
        total = vocabulary.is_subtotal(row[0].text) and all(values.is_bare(cell.text) for cell in row[1:])
        points = _SCORED.fullmatch(vocabulary.plain(row[0].text)) if len(row) in (2, 3) else None
        total = total or (points is not None and points[1] == row[-1].text.strip())
        if total:
            continue
        if row[0].note and all("outside" in cell.note for cell in row):
            if vocabulary.level1(row[0].text) or vocabulary.slot(row[0].text):
                yield row  # a word that a page's edge cut off the cells beside which it stood
            continue
        if last and continues(row, last, roles, grid):
            join(row, last, roles)
            if last.own_level:
                texts["level2"] = last.texts["level2"]
            continue
        if band := _band(row, columns):
            texts |= {"level2": ""} | {band: _word(row[0])}
            places = {} if band == "level1" else places
            places[band] = row[0].place
            continue
        across = len(row) == 1 < row[0].width and row[0].width >= len(roles)  # no column's text
        found = None if across else _place(row, roles, columns, cost, evidence, grid.spans)
        if found is None:
            yield row
            continue
        cells, repair = found
        if "name" in cells and _is_target(cells["name"], valued and not grid.spans):
            yield row  # its name was lost, or stands elsewhere; or the target is in it
            continue
        if cells.keys() <= _BESIDE:
            continue
        one, two = cells.get("level1"), cells.get("level2")
        if one:
            if vocabulary.plain(one.text) != vocabulary.plain(texts["level1"]):
                texts["level2"] = ""
                places.pop("level2", None)
            texts["level1"], places["level1"] = _word(one), one.place
        if two:
            over, texts["level2"] = vocabulary.levels(_word(two))
            places["level2"] = two.place
            if over:
                texts["level1"], places["level1"] = over, two.place
        line = Line(texts.copy(), {"row": row[0].place, **places}, own_level=bool(one or two))
        for role, cell in cells.items():
            if ":" in role:
                line.extras[role.partition(":")[2]] = cell.text
            elif role not in _NO_FIELD:
                line.texts[role], line.places[role] = cell.text, cell.place
        if _is_left_open(line):
            for role in ("name", *align.VALUES):
                line.texts.pop(role, None)
                line.places.pop(role, None)
        if line.extras:
            _whole(line, cells)
            titled = filter(_OF_INDICATORS.search, filter(line.extras.get, line.extras))
            if line.is_empty and any(titled):
                yield row  # its indicator stands under a title that nobody knows: the category is not empty
                continue
        line.repairs += filter(None, (repair,))
        if not repair and _is_doubled(line, columns):
            line.repairs.append(RowRepair("doubled", row, 0.3))
        if rest:
            line.repairs.append(RowRepair("join", rest, 0.9, "", {"level2": rest[0]}))
        if line.own_level:
            _parent(line, row, columns)
            texts["level1"] = line.texts["level1"]
        last = line
        yield line


def _is_target(cell: Cell, ragged: bool) -> bool:
    """Whether a text is surely no name: a number behind a sign, or a share; in a ``ragged`` table, whose
    columns may be lost, also one that ends with a target."""
    if ragged and _AT_END.search(cell.text):
        return True
    return is_signed(cell.text)


def _band(row: Row, columns: tuple[str, ...]) -> str | None:
    """The level whose word stands alone in a row over its indicators, in a table without a column for it."""
    if len(row) != 1:
        return None
    text = row[0].text
    levels = {"level1": vocabulary.level1(text), "level2": vocabulary.slot(text)}
    return next((level for level, word in levels.items() if word and level not in columns), None)


def _is_left_open(line: Line) -> bool:
    """Whether a line has no indicator: 具体指标 is printed and not filled, or it says that there is none."""
    name, *targets = (line.texts.get(role, "") for role in ("name", *align.VALUES))
    none = _NONE.fullmatch(name) and all(not text.strip() or _NONE.fullmatch(text) for text in targets)
    return bool(none or (vocabulary.role(name) and not any(targets)))


def _word(cell: Cell) -> str:
    """A level word without the breaks that narrow columns put into it."""
    return "".join(cell.text.split())


def _is_doubled(line: Line, columns: tuple[str, ...]) -> bool:
    """Whether a target stands as the name, too, and another one lacks: a cell may have been lost."""
    given = [line.texts[role] for role in align.VALUES if role in line.texts]
    return len(given) < len({*align.VALUES} & {*columns}) and line.texts.get("name") in given


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
) -> tuple[dict[str, Cell], RowRepair | None] | None:
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
        return cells, RowRepair("one-value", row, 0.3, "", stood)
    is_cost = any(r in ("level1", "level2") and vocabulary.slot(c.text) == "成本" for r, c in cells.items())
    beside = spans and stands[0] in ("block", "level1")
    odd = best.roles[0] == "name" and (beside or len(row) == 1)  # may be no indicator at all
    odd = odd or (
        spans and len(row) == 1 and (stands[0], best.roles[0]) == ("level1", "level2")
    )  # cut by a page
    sure = min(best.confidence, 0.5) if odd else best.confidence
    return cells, RowRepair("shift", row, sure, evidence if is_cost else "", stood)


def _single(row: Row, stands: list[str | None]) -> tuple[Row, list[str | None]]:
    """The row without the copies that some programs write into each cell of a merged range."""
    copies = {
        k for k in range(1, len(row)) if stands[k - 1 : k] == [stands[k]] and row[k - 1].text == row[k].text
    }
    kept = [k for k in range(len(row)) if k not in copies]
    return tuple(row[k] for k in kept), [stands[k] for k in kept]


def _parent(line: Line, row: Row, columns: tuple[str, ...]) -> None:
    """Where the level-2 word cannot stand under the level-1 word carried down, its own parent holds."""
    slot = vocabulary.slot(line.texts["level2"])
    if not slot:
        return
    parents = vocabulary.PARENTS[slot]
    if "level1" in columns and vocabulary.level1(line.texts["level1"]) not in parents:
        before, line.texts["level1"] = line.texts["level1"], parents[0]
        line.places.pop("level1", None)
        line.repairs.append(RowRepair("parent", row, 0.8, before))
