"""The money of a table: of the year, in total, and by source, in 元; never one taken for the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from parsing import amounts, values
from parsing.amounts import Amount
from parsing.errors import AmountBeyond, BudgetMissing, ReadError
from parsing.forms.doubt import Doubt
from parsing.forms.heading import Head
from parsing.forms.preface import preface
from parsing.forms.tables import Table
from parsing.forms.times import year
from parsing.grid import Cell, Place
from parsing.printable import quoted
from parsing.vocabulary import Label

STORED = "stored:"  # see parsing.grid.Cell
QUOTED = 40  # characters of a text that is no amount
SENSE = (Decimal(1000), Decimal(10**8))  # 元; an amount of the year that nobody wonders at
_WHY = {  # code of a doubt → why an amount is unknown, and what to do
    "several": ("里不止一个金额", "请在这一格里只写当年的一个金额，再重新导入"),
    "two-units": ("的单位前后不一", "请把栏目和表上方的金额单位改成一致，再重新导入"),
}


@dataclass(slots=True)
class Paid:
    """``budget`` is money of the year, ``total`` of the whole period, None where unknown; ``sources``:
    for each of the two, label → 元; ``places``: path of each source → place; ``unread``: label → text
    of sources that are no amounts, and of amounts with remarks; ``doubts``: cells that ask for a look;
    ``trouble``: why the money of the year is unknown, and what amounts are none that money can be."""

    budget: Decimal | None = None
    total: Decimal | None = None
    sources: dict[str, dict[str, Decimal]] = field(default_factory=lambda: {"budget": {}, "total": {}})
    places: dict[str, Place] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    trouble: list[ReadError] = field(default_factory=list)


def paid(head: Head, table: Table) -> Paid:
    """The unit is that of the value, else of its label, else of a line or label above; never assumed."""
    result, of_year = Paid(), year(head, table)
    result.budget, result.total = (_amount(head, name, of_year, result) for name in ("budget", "total"))
    unit = {name: _unit(head, name) for name in ("budget", "total")}
    for money, label, cell in head.sources:
        found = _read(cell, unit[money])
        if found.yuan is None or found.remark:
            result.unread[label] = cell.text
        if found.several:
            result.doubts.append(Doubt("several", cell, ""))
        if found.yuan is None:
            result.trouble += _beyond(label, cell, unit[money])
            continue
        result.sources[money][label] = found.yuan
        result.places[("" if money == "budget" else "total_") + f"sources.{label}"] = cell.place
    if result.total is None:
        for cell in _cells(head, "total"):
            result.trouble += _beyond("项目总额", cell, unit["total"])
    if result.budget is None:
        result.trouble.append(_missing(result, _cells(head, "budget"), unit["budget"], table.first))
    return result


def unit_over(table: Table) -> str | None:
    """The unit that the title of a table or a line over it names, or one over the first of its sheet."""
    title = [(table.title,)] if table.title else []
    return table.preface.over(preface([*title, *table.above, *table.rows[: table.header]])).unit or None


def _missing(result: Paid, cells: list[Cell], unit: str | None, first: Cell) -> BudgetMissing:
    if not cells:
        said = ""
        if result.total is not None:
            said = f"表上只有项目总额{result.total:,.2f}元，没有年度预算金额，这个项目不计入金额合计"
        return BudgetMissing(str(first.place), said)
    for beyond in _beyond("预算金额", cells[0], unit):
        return BudgetMissing(beyond.place, f"{beyond.reason}，这个项目不计入金额合计", beyond.remedy)
    codes = [doubt.code for doubt in result.doubts if doubt.field == "budget"]
    why, remedy = next((_WHY[code] for code in codes if code in _WHY), ("读不成数，或没有注明元还是万元", ""))
    said = f"预算金额“{quoted(cells[0].text, QUOTED)}”{why}，这个项目不计入金额合计"
    return BudgetMissing(str(cells[0].place), said, remedy)


def _cells(head: Head, name: str) -> list[Cell]:
    return head.cells[name][1][:1] if name in head.cells else []


def _unit(head: Head, name: str) -> str | None:
    return head.cells[name][0].unit or head.unit if name in head.cells else None


def _amount(head: Head, name: str, of_year: int | None, result: Paid) -> Decimal | None:
    """The amount of a field; what is odd about its cell goes to the doubts. ``of_year``: the table's."""
    for cell in _cells(head, name):
        label = head.cells[name][0]
        found, doubts = read(cell, label._replace(year=label.year or of_year), head.unit, name)
        result.doubts += doubts
        if found.yuan is not None and found.remark:
            result.unread["金额说明" if name == "budget" else "总额说明"] = cell.text
        return found.yuan
    return None


def read(cell: Cell, label: Label, over: str | None, name: str) -> tuple[Amount, list[Doubt]]:
    """The amount of a cell under its label, and what is odd about it. ``over``: the unit of a line above the
    table; ``name``: the field."""
    unit = label.unit or over
    found = _read(cell, unit)
    if found.yuan is None:
        sentence = amounts.in_sentence(cell.text)
        yuan = sentence and sentence.of(name, label.year)
        if yuan is None:
            return found, [Doubt("several", cell, name)] if found.several else []
        return Amount(yuan, remark=cell.text), [Doubt("worded", cell, name, "", f"{yuan:,.2f} 元", 0.5)]
    if not found.unit and label.unit and over and label.unit != over:
        return _contradicted(found, cell, name, (label.unit, over))
    return found, [*_rounded(found, cell, name, unit), *_own_unit(found, cell, name, unit)]


def _stored(cell: Cell) -> str:
    """The number that the file holds where the cell shows it rounded, else ""."""
    return next((code.removeprefix(STORED) for code in cell.note.split() if code.startswith(STORED)), "")


def _read(cell: Cell, unit: str | None) -> Amount:
    return amounts.read(_stored(cell) or cell.text, unit)


def _rounded(found: Amount, cell: Cell, name: str, unit: str | None) -> list[Doubt]:
    """That a cell shows another amount than it holds."""
    stored = _stored(cell)
    if not stored or amounts.read(cell.text, unit).yuan == found.yuan:
        return []
    return [Doubt("rounded", cell, name, stored, f"{found.yuan:,.2f} 元", 0.9)]


def _contradicted(found: Amount, cell: Cell, name: str, units: tuple[str, str]) -> tuple[Amount, list[Doubt]]:
    """The amount where the unit of its label is not that over the table: the one that makes sense, if the
    other does not; asked for in any case."""
    detail = "栏目写的是{}，表上方写的是{}".format(*units)
    sensible = [one for unit in units if (one := _read(cell, unit).yuan) and _makes_sense(one)]
    if len(sensible) != 1:
        return found._replace(yuan=None), [Doubt("two-units", cell, name, detail)]
    doubt = Doubt("likely-unit", cell, name, detail, f"{sensible[0]:,.2f} 元", 0.5)
    return found._replace(yuan=sensible[0]), [doubt]


def _makes_sense(yuan: Decimal) -> bool:
    return SENSE[0] <= yuan <= SENSE[1]


def _own_unit(found: Amount, cell: Cell, name: str, unit: str | None) -> list[Doubt]:
    """That a value names another unit than its column: surely right where the column's makes no sense."""
    if not found.yuan or not found.unit or not unit or {found.unit, unit} == {"亿元", "万元"}:
        return []
    other = found.yuan / amounts.SCALE[found.unit] * amounts.SCALE[unit]
    if other == found.yuan:
        return []
    sensible = [_makes_sense(one) for one in (found.yuan, other)]
    detail = f"格内写的是{found.unit}，栏目写的是{unit}"
    sure = 0.9 if sensible == [True, False] else 0.5
    return [Doubt("own-unit", cell, name, detail, f"{found.yuan:,.2f} 元", sure)]


def _beyond(label: str, cell: Cell, unit: str | None) -> Iterator[AmountBeyond]:
    written = values.amount(cell.text, unit)
    if written is not None and values.money(written) is None:
        why = "小于零" if written < 0 else "超出 10 万亿元"
        yield AmountBeyond(str(cell.place), f"{label}“{quoted(cell.text, QUOTED)}”{why}，读不成数，没有采用")
