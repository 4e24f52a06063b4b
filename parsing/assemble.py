"""Tables with their cells → frozen projects, with the place of every value and every repair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from operator import itemgetter
from typing import cast

from parsing import values
from parsing.errors import ReadError
from parsing.forms import Found, money, vocabulary
from parsing.forms.form import UNDECLARED
from parsing.forms.head import blanks, head
from parsing.forms.header import blocks
from parsing.forms.lines import Line, Mend, lines
from parsing.forms.tables import Table
from parsing.forms.times import period, unread_period, year
from parsing.grid import Cell, Place
from parsing.model import Empty, Indicator, Other, Project, Repair, Slot

ROLES = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "period": "实施周期指标值",
    "annual": "当年度指标值",
    "weight": "权重",
}
REASONS = {
    "shift": "这一行的单元格错位，已按指标用语和两个指标值的位置对回各列",
    "one-value": "这一行的单元格错位，且只有一个指标值，分不清属于实施周期还是当年度，"
    "两栏都没有采用，请核对原表",
    "join": "这一行是上一行被分页断开的后半截，已接回",
    "parent": "二级指标与沿用的一级指标不相属，已按指标体系归位，原为",
    "unfolded": "这一格里写了几条指标，已逐条拆开",
    "folded": "这一格里像是写了几条指标，但与指标值的条数对不上，没有拆开，请核对原表",
    "inline": "表中没有指标值一栏，已把写在指标名称末尾的目标值分出来",
    "stray": "这一行没有看懂，没有采用，请核对原表",
    "hidden": "这张表{}，打开文件时看不到，已照常读入，请核对是否应当计入",
    "ocr": "这一格是从图片中识别的，把握不大，请核对原图",
}
MISPLACED = ("shift", "one-value")  # the cells stood in other columns, the levels among them
CERTAIN = 0.9  # what was recognised with less is shown for a look
_RECOGNISED = re.compile(r"ocr:([\d.]+)")
_spot, _shown = itemgetter(2, 3), itemgetter(2, 3, 0)  # row, column of a Place; height, width, text of a Cell
MONEY = {"budget": "budget_yuan", "total": "total_yuan"}


def assemble(found: Found) -> tuple[Project, list[ReadError]]:
    """A project and what could not be read of it."""
    top, table = found.head, found.table
    indicators: list[Indicator] = []
    empty: list[Empty] = []
    repairs: list[Repair] = []
    for before, line in zip([None, *found.lines], found.lines, strict=False):
        if line.is_empty:
            empty.append(_empty(line))
        else:
            indicators.append(_indicator(line))
        if line.mends:
            path = f"empty[{len(empty) - 1}]" if line.is_empty else f"indicators[{len(indicators) - 1}]"
            repairs += [_repair(mend, found, line, path, before) for mend in line.mends]
    repairs.extend(_repair(Mend("stray", row, 0.0), found, None, "") for row in found.strays)
    cells = _cells(found)
    if noted := [cell for cell in cells if cell.note]:
        repairs.extend(_guesses(found, noted, indicators))
        repairs.extend(_hidden(noted, len(cells)))
    (start, end), printed = period(top), year(top, table)
    known = {"start": start, "end": end, "year": printed}
    paid = money.paid(top, table)
    places = {MONEY.get(field, field): cells[0].place for field, (_, cells) in top.cells.items() if cells}
    places.setdefault("name", table.first.place)
    project = Project(
        name=top.first("name") or "",
        form=found.form.code,
        department=top.text("department"),
        unit=top.text("unit"),
        project_type=top.text("project_type"),
        level=top.text("level"),
        start=start,
        end=end,
        year=printed,
        budget_yuan=paid.budget,
        total_yuan=paid.total,
        sources=paid.sources["budget"],
        total_sources=paid.sources["total"],
        period_goal=top.text("period_goal"),
        annual_goal=top.text("annual_goal"),
        indicators=tuple(indicators),
        empty=tuple(empty),
        repairs=tuple(sorted(repairs, key=lambda repair: repair.place.row)),
        extras=top.extras | paid.unread | unread_period(top),
        places=places | paid.places,
        blanks={MONEY.get(f, f): place for f, place in blanks(top).items() if not known.get(f)},
        excerpt=tuple([_spot(cell[1]) + _shown(cell) for cell in cells]),
        boxes=tuple([(c.place.row, c.place.column, *c.box) for c in cells if c.box]),
    )
    return project, paid.trouble


def other(table: Table) -> Other:
    """A table of another kind, with the number of its indicators."""
    top = head(table.top)
    read = [
        one
        for part in blocks(table.rows, table.headers, UNDECLARED)
        for one in lines(part, table.grid, "", "")
    ]
    return Other(
        kind=table.kind,
        title=table.title.text if table.title else table.kind,
        place=table.first.place,
        name=top.first("name") or top.first("unit"),
        department=top.first("department"),
        unit=top.first("unit"),
        year=year(top, table),
        rows=sum(isinstance(line, Line) and bool(line.texts.get("name")) for line in read),
    )


def slots(level1: str, level2: str) -> tuple[Slot, ...]:
    """The canonical categories of an indicator that stands under these printed words."""
    found = vocabulary.slots(level2)
    if not found and not level2:
        own = {"满意度指标": "满意度", "成本指标": "成本"}.get(vocabulary.level1(level1) or "")
        found = (own,) if own else ()
    return cast("tuple[Slot, ...]", found)


def _empty(line: Line) -> Empty:
    found = slots(line.texts["level1"], line.texts["level2"])
    return Empty(
        level1=line.texts["level1"],
        level2=line.texts["level2"],
        slot=found[0] if found else None,
        also=found[1:],
        place=(line.places.get("level2") if line.own_level else None) or line.places["row"],
    )


def _indicator(line: Line) -> Indicator:
    texts, places = line.texts, line.places.copy()
    row = places.pop("row")
    places.setdefault("name", row)
    found = slots(texts["level1"], texts["level2"])
    return Indicator(
        level1=texts["level1"],
        level2=texts["level2"],
        slot=found[0] if found else None,
        also=found[1:],
        name=texts.get("name", ""),
        period=texts.get("period"),
        annual=texts.get("annual"),
        weight=values.understand(texts["weight"]).number if "weight" in texts else None,
        extras=line.extras,
        places=places,
    )


def _repair(mend: Mend, found: Found, line: Line | None, path: str, before: Line | None = None) -> Repair:
    row = {cell.place.column: cell.text for cell in mend.row}
    reason = REASONS[mend.code] + (f"“{mend.detail or '空'}”" if mend.code == "parent" else "")
    if mend.code == "unfolded":
        reason = reason.replace("几条", f"{mend.detail}条")
    if mend.code == "shift" and mend.detail:
        reason += f"；{mend.detail}"
    after = {ROLES[r]: line.texts.get(r, "") for r in found.columns if r in ROLES} if line else {}
    stands, places = _stands(mend, line, before)
    return Repair(
        code=mend.code,
        place=mend.row[0].place,
        before=tuple(row.get(column, "") for column in range(1, max(found.width, *row) + 1)),
        after=after,
        reason=reason,
        confidence=mend.confidence,
        path=path,
        stands=stands,
        places=places,
    )


def _stands(mend: Mend, line: Line | None, before: Line | None) -> tuple[dict[str, str], dict[str, Place]]:
    """Title → text and title → place of a row by its columns alone; levels it does not print are those
    carried down to it."""
    if mend.code == "parent":
        return {ROLES["level1"]: mend.detail}, {}
    cells = {role: mend.stands[role] for role in ROLES if role in mend.stands}
    texts = {ROLES[role]: cell.text for role, cell in cells.items()}
    places = {ROLES[role]: cell.place for role, cell in cells.items()}
    if line and mend.code != "join" and mend.stands:
        above = before if line.own_level and mend.code in MISPLACED else line
        for role in ("level1", "level2"):
            kept = above and not (role == "level2" and "level1" in cells)
            texts.setdefault(ROLES[role], above.texts[role] if above and kept else "")
            if above and kept and role in above.places:
                places.setdefault(ROLES[role], above.places[role])
    return texts, places


def _cells(found: Found) -> list[Cell]:
    cells: list[Cell] = [found.table.title] if found.table.title else []
    return [*cells, *chain.from_iterable(found.table.rows)]


def _hidden(noted: list[Cell], count: int) -> Iterator[Repair]:
    """That a table, or some of its ``count`` cells, are not on the screen; once a table."""
    unseen = [cell for cell in noted if "hidden" in cell.note]
    if unseen:
        which = f"有 {len(unseen)} 格文字在隐藏的行或列里"
        yield Repair(
            code="hidden",
            place=unseen[0].place,
            before=tuple([cell.text for cell in unseen[:6]]),
            after={},
            reason=REASONS["hidden"].format("在隐藏的工作表里" if len(unseen) == count else which),
            confidence=0.3,
            path="",
        )


def _guesses(found: Found, noted: list[Cell], indicators: list[Indicator]) -> Iterator[Repair]:
    """Values that were recognised in a picture and may well be wrong, each once."""
    guessed = {c.place: (c, float(said[1])) for c in noted if (said := _RECOGNISED.search(c.note))}
    if not guessed:
        return
    paths = {
        cell.place: MONEY.get(field, field) for field, (_, said) in found.head.cells.items() for cell in said
    }
    for at, indicator in enumerate(indicators):
        for role, place in indicator.places.items():
            paths.setdefault(place, f"indicators[{at}].{role}")
    for place, path in paths.items():
        cell, sure = guessed.get(place, (None, 1.0))
        if cell and sure < CERTAIN:
            yield Repair(
                code="ocr",
                place=place,
                before=(cell.text,),
                after={"识别为": cell.text},
                reason=REASONS["ocr"],
                confidence=sure,
                path=path,
            )
