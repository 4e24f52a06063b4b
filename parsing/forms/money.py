"""The money of a table: of the year, in total, and by source, in 元; never one taken for the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from parsing import values
from parsing.errors import AmountBeyond, BudgetMissing, ReadError
from parsing.forms.head import Head
from parsing.forms.tables import Table
from parsing.grid import Cell, Place

QUOTED = 40  # characters of a text that is no amount


@dataclass(slots=True)
class Paid:
    """``budget`` is money of the year, ``total`` of the whole period, None where unknown; ``sources``:
    for each of the two, label → 元; ``places``: path of each source → place; ``unread``: label → text
    of sources that are no amounts; ``trouble``: why the money of the year is unknown, and what amounts are
    none that money can be."""

    budget: Decimal | None = None
    total: Decimal | None = None
    sources: dict[str, dict[str, Decimal]] = field(default_factory=lambda: {"budget": {}, "total": {}})
    places: dict[str, Place] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    trouble: list[ReadError] = field(default_factory=list)


def paid(head: Head, table: Table) -> Paid:
    """The unit is that of the value, else of its label, else of a line or label above; never assumed."""
    result = Paid(_amount(head, "budget"), _amount(head, "total"))
    unit = {name: _unit(head, name) for name in ("budget", "total")}
    for money, label, cell in head.sources:
        amount = values.yuan(cell.text, unit[money])
        if amount is None:
            result.unread[label] = cell.text
            result.trouble += _beyond(label, cell, unit[money])
            continue
        result.sources[money][label] = amount
        result.places[("" if money == "budget" else "total_") + f"sources.{label}"] = cell.place
    if result.total is None:
        for cell in _cells(head, "total"):
            result.trouble += _beyond("项目总额", cell, unit["total"])
    if result.budget is None:
        result.trouble.append(_missing(result, _cells(head, "budget"), unit["budget"], table.first))
    return result


def _missing(result: Paid, cells: list[Cell], unit: str | None, first: Cell) -> BudgetMissing:
    if not cells:
        said = ""
        if result.total is not None:
            said = f"表上只有项目总额{result.total:,.2f}元，没有年度预算金额，这个项目不计入金额合计"
        return BudgetMissing(str(first.place), said)
    for beyond in _beyond("预算金额", cells[0], unit):
        return BudgetMissing(beyond.place, f"{beyond.reason}，这个项目不计入金额合计", beyond.remedy)
    said = f"预算金额“{_quoted(cells[0].text)}”读不成数，或没有注明元还是万元"
    return BudgetMissing(str(cells[0].place), said)


def _cells(head: Head, name: str) -> list[Cell]:
    return head.cells[name][1][:1] if name in head.cells else []


def _unit(head: Head, name: str) -> str | None:
    return head.cells[name][0].unit or head.unit if name in head.cells else None


def _amount(head: Head, name: str) -> Decimal | None:
    return next((values.yuan(cell.text, _unit(head, name)) for cell in _cells(head, name)), None)


def _beyond(label: str, cell: Cell, unit: str | None) -> Iterator[AmountBeyond]:
    written = values.amount(cell.text, unit)
    if written is not None and values.money(written) is None:
        why = "小于零" if written < 0 else "超出 10 万亿元"
        yield AmountBeyond(str(cell.place), f"{label}“{_quoted(cell.text)}”{why}，读不成数，没有采用")


def _quoted(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}……"
