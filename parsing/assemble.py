"""Tables with their cells → frozen projects, with the place of every value and every repair."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from parsing import values
from parsing.errors import BudgetMissing, ReadError
from parsing.forms import Found, vocabulary
from parsing.forms.lines import Line, Mend
from parsing.grid import Cell, Place
from parsing.model import Empty, Indicator, Project, Repair, Slot

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
    "stray": "这一行没有看懂，没有采用，请核对原表",
}


def assemble(found: Found) -> tuple[Project, list[ReadError]]:
    """A project and what could not be read of it."""
    head, table = found.head, found.table
    money = {"budget": "budget_yuan", "total": "total_yuan"}
    places = {money.get(field, field): cells[0].place for field, (_, cells) in head.cells.items() if cells}
    label = head.cells["name"][1][0] if head.cells["name"][1] else None
    places.setdefault("name", table.first.place)
    budget, year, trouble = _budget(found)
    start, end = _period(found)
    total_label, total = head.cells.get("total", (None, []))
    indicators: list[Indicator] = []
    empty: list[Empty] = []
    repairs: list[Repair] = []
    for line, is_empty in _kept(found.lines):
        slot = _slot(line)
        if is_empty:
            path = f"empty[{len(empty)}]"
            place = line.places.get("level2") if line.own_level else None
            empty.append(
                Empty(
                    level1=line.texts["level1"],
                    level2=line.texts["level2"],
                    slot=slot,
                    place=place or line.places["row"],
                )
            )
        else:
            path = f"indicators[{len(indicators)}]"
            indicators.append(_indicator(line, slot))
        repairs.extend(_repair(mend, found, line, path) for mend in line.mends)
    repairs.extend(_repair(Mend("stray", row, 0.0), found, None, "") for row in found.strays)
    project = Project(
        name=label.text if label else "",
        form=found.form.code,
        department=head.text("department"),
        unit=head.text("unit"),
        project_type=head.text("project_type"),
        level=head.text("level"),
        start=start,
        end=end,
        year=year,
        budget_yuan=budget,
        total_yuan=values.yuan(total[0].text, total_label.unit) if total and total_label else None,
        period_goal=head.text("period_goal"),
        annual_goal=head.text("annual_goal"),
        indicators=tuple(indicators),
        empty=tuple(empty),
        repairs=tuple(sorted(repairs, key=lambda repair: repair.place.row)),
        extras=head.extras,
        places=places,
        excerpt=tuple(_excerpt(found)),
    )
    return project, trouble


def _kept(lines: list[Line]) -> list[tuple[Line, bool]]:
    """Lines with whether they are empty categories; an empty one whose names follow below is none."""
    kept: list[tuple[Line, bool]] = []
    for line in lines:
        same = kept and kept[-1][1] and not line.own_level
        if same and not line.is_empty:
            line.mends[:0] = kept.pop()[0].mends
        kept.append((line, line.is_empty))
    return kept


def _slot(line: Line) -> Slot | None:
    slot = vocabulary.slot(line.texts["level2"])
    if not slot and not line.texts["level2"]:
        slot = {"满意度指标": "满意度", "成本指标": "成本"}.get(vocabulary.level1(line.texts["level1"]) or "")
    return cast("Slot | None", slot)


def _indicator(line: Line, slot: Slot | None) -> Indicator:
    texts, places = line.texts, {role: place for role, place in line.places.items() if role != "row"}
    places.setdefault("name", line.places["row"])
    weight = values.understand(texts.get("weight", "")).number
    return Indicator(
        level1=texts["level1"],
        level2=texts["level2"],
        slot=slot,
        name=texts.get("name", ""),
        period=texts.get("period"),
        annual=texts.get("annual"),
        weight=weight,
        places=places,
    )


def _repair(mend: Mend, found: Found, line: Line | None, path: str) -> Repair:
    last = max(found.table.roles)
    row = {cell.place.column: cell.text for cell in mend.row}
    reason = REASONS[mend.code] + (f"“{mend.detail or '空'}”" if mend.code == "parent" else "")
    if mend.code == "shift" and mend.detail:
        reason += f"；{mend.detail}"
    after = {ROLES[r]: line.texts.get(r, "") for r in found.columns if r in ROLES} if line else {}
    return Repair(
        code=mend.code,
        place=mend.row[0].place,
        before=tuple(row.get(column, "") for column in range(1, max(last, *row) + 1)),
        after=after,
        reason=reason,
        confidence=mend.confidence,
        path=path,
    )


def _budget(found: Found) -> tuple[Decimal | None, int | None, list[ReadError]]:
    """Year money in 元, the year its label names, and the trouble when there is none."""
    label, cells = found.head.cells.get("budget", (None, []))
    annual = found.head.cells.get("annual_goal")
    year = (label and label.year) or (annual and annual[0].year) or None
    amount = values.yuan(cells[0].text, label.unit) if cells and label else None
    if amount is not None:
        return amount, year, []
    where = str(cells[0].place if cells else _spot(found))
    if not cells:
        return None, year, [BudgetMissing(where)]
    return None, year, [BudgetMissing(where, f"预算金额“{cells[0].text}”读不成数，或没有注明元还是万元")]


def _spot(found: Found) -> Place:
    return found.table.first.place


def _period(found: Found) -> tuple[str | None, str | None]:
    start, end = found.head.text("start"), found.head.text("end")
    both = values.when(found.head.text("period") or "")
    return (
        values.when(start)[0] if start else both[0],
        values.when(end)[0] if end else both[1],
    )


def _excerpt(found: Found) -> list[tuple[int, int, int, int, str]]:
    cells: list[Cell] = [found.table.title] if found.table.title else []
    cells += [cell for row in found.table.rows for cell in row]
    return [(c.place.row, c.place.column, c.height, c.width, c.text) for c in cells]
