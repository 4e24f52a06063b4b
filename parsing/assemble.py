"""Tables with their cells → frozen projects, with the place of every value and every repair."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from typing import cast

from parsing import values, vocabulary
from parsing.errors import ReadError
from parsing.forms import Found, Stated, gridded, money, sole_money, summed, unknown
from parsing.forms.blocks import blocks
from parsing.forms.form import UNDECLARED
from parsing.forms.head import head
from parsing.forms.heading import blanks
from parsing.forms.line import Line, RowRepair
from parsing.forms.lines import lines
from parsing.forms.tables import Table
from parsing.forms.times import doubts, period, unread_period, unread_year, year
from parsing.grid import Cell, Cleaned
from parsing.model import Empty, Indicator, ListTotal, Other, Project, Repair, Slot
from parsing.partial import Missed
from parsing.repairs import MONEY, cleaned, doubted, guessed, row_repair, unreadable, unseen

_spot, _shown = itemgetter(2, 3), itemgetter(2, 3, 0)  # row, column of a Place; height, width, text of a Cell


def assemble(found: Found, missed: Collection[Missed] = ()) -> tuple[Project, list[ReadError]]:
    """A project and what could not be read of it. ``missed``: what its reader saw and could not read."""
    top, table = found.head, found.table
    indicators: list[Indicator] = []
    empty: list[Empty] = []
    repairs: list[Repair] = []
    for before, line in zip([None, *found.lines], found.lines, strict=False):
        if line.is_empty:
            empty.append(_empty(line))
        else:
            indicators.append(_indicator(line))
        if line.repairs:
            path = f"empty[{len(empty) - 1}]" if line.is_empty else f"indicators[{len(indicators) - 1}]"
            repairs += [row_repair(repair, found, line, path, before) for repair in line.repairs]
    repairs.extend(row_repair(RowRepair("stray", row, 0.0), found, None, "") for row in found.strays)
    cells = _cells(found)
    if noted := [cell for cell in cells if cell.note]:
        repairs.extend(guessed(found, noted, indicators))
        repairs.extend(unreadable(found, noted, indicators))
        repairs.extend(unseen(noted, len(cells)))
    held = _held(table, cells) if table.grid.cleaned else []
    repairs.extend(cleaned(found, held, indicators))
    if not table.listed:
        gridded.settle(top, table)
        summed.settle(top, table)
        sole_money.settle(top, table)
        unknown.settle(top, table)
    (start, end), printed = period(top), year(top, table)
    known = {"start": start, "end": end, "year": printed}
    paid = money.paid(top, table)
    repairs.extend(map(doubted, (*doubts(top, table), *paid.doubts, *top.doubts)))
    places = {MONEY.get(field, field): cells[0].place for field, (_, cells) in top.cells.items() if cells}
    places.setdefault("name", table.first.place)
    project = Project(
        name=top.first("name") or "",
        form=found.form.code,
        department=top.text("department"),
        unit=top.text("unit"),
        project_type=_ticked(top.text("project_type")),
        level=_ticked(top.text("level")),
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
        extras=top.extras | paid.unread | unread_period(top) | unread_year(top, table),
        places=places | paid.places,
        blanks={MONEY.get(f, f): place for f, place in blanks(top).items() if not known.get(f)},
        excerpt=tuple([_spot(cell[1]) + _shown(cell) for cell in cells]),
        aside=tuple([(*_spot(c.place), c.height, c.width, c.runs) for c in held if c.runs]),
        boxes=tuple([(c.place.row, c.place.column, *c.box) for c in cells if c.box]),
        missed=tuple(sorted(missed)),
        hidden=bool(cells) and all("hidden" in cell.note for cell in cells),
    )
    return project, paid.trouble


def _ticked(text: str | None) -> str | None:
    return text and values.ticked(text)


def other(table: Table) -> Other:
    """A table of another kind, with the number of its indicators."""
    top = head(table.top)
    read = [
        one
        for part in blocks(table.rows, table.headers, UNDECLARED, year(top, table))
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
        rows=sum(not isinstance(line, Line) or bool(line.texts.get("name")) for line in read),
    )


def total(said: Stated) -> ListTotal:
    """What a list says of itself, with the comparison in words."""
    printed, read = _amounts(said, said.printed, said.count), _amounts(said, said.read, said.counted)
    label = " ".join(said.label.split())
    if said.agrees:
        message = f"与表内“{label}”一致：{printed}"
    else:
        unknown = f"（其中{said.unknown}个项目的金额没有读到）" if said.unknown else ""
        message = f"表内“{label}”是{printed}，读到的是{read}{unknown}{_gap(said)}"
        message += f"；{said.note}" if said.note else ""
    return ListTotal(
        place=said.cell.place,
        label=said.label,
        field="total_yuan" if said.field == "total" else "budget_yuan",
        printed_yuan=said.printed,
        read_yuan=said.read,
        printed_count=said.count,
        read_count=said.counted,
        unknown=said.unknown,
        agrees=said.agrees,
        message=message,
        remedy="" if said.agrees else "请对照原表核对：是否有多读、漏读的行，或金额、单位写错",
    )


def _amounts(said: Stated, yuan: Decimal | None, count: int | None) -> str:
    many = f"{count}个项目" if count is not None else ""
    return "、".join(filter(None, (many, _money(yuan) if yuan is not None else "")))


def _gap(said: Stated) -> str:
    gap = said.read - said.printed if said.read is not None and said.printed is not None else Decimal()
    return f"，{'多' if gap > 0 else '少'}{_money(abs(gap))}" if gap else ""


def _money(yuan: Decimal) -> str:
    """In 万元 where that is exact, else in 元."""
    return f"{yuan:,.2f}元" if yuan % 100 else f"{yuan / 10000:,.2f}万元"


def slots(level1: str, level2: str) -> tuple[Slot, ...]:
    """The canonical categories of an indicator that stands under these printed words."""
    found = vocabulary.slots(level2)
    if not found:
        own = {"满意度指标": "满意度", "成本指标": "成本"}.get(vocabulary.level1(level1) or "")
        found = (own,) if own and (not level2 or own[:2] in level2) else ()  # 受助人员满意度
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
        period=texts.get("period") or None,
        annual=texts.get("annual") or None,
        weight=values.understand(texts["weight"]).number if "weight" in texts else None,
        extras=line.extras,
        places=places,
    )


def _cells(found: Found) -> list[Cell]:
    cells: list[Cell] = [found.table.title] if found.table.title else []
    return [*cells, *chain.from_iterable(found.table.rows)]


def _held(table: Table, cells: list[Cell]) -> list[Cleaned]:
    """What was taken from the cells of the table, and from rows in it or right below of which nothing is
    left, but not from those of a table beside it."""
    noted, columns = table.grid.cleaned, [cell.place.column for cell in cells]
    first, last = min(cell.place.row for cell in cells), max(cell.place.row for cell in cells)
    while last + 1 in noted and not any(cell.after for cell in noted[last + 1]):
        last += 1
    rows = range(first, last + 1) if last - first < len(noted) else [r for r in noted if first <= r <= last]
    here = [cell for row in rows for cell in noted.get(row, ())]
    return [cell for cell in here if min(columns) <= cell.place.column <= max(columns)]
