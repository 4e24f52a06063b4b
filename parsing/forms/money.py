"""The money of a table: of the year, in total, and by source, in 元; never one taken for the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from parsing import values
from parsing.errors import BudgetMissing, ReadError
from parsing.forms.head import Head
from parsing.forms.tables import Table
from parsing.grid import Place


@dataclass(slots=True)
class Paid:
    """``budget`` is money of the year, ``total`` of the whole period, None where unknown; ``sources``:
    for each of the two, label → 元; ``places``: path of each source → place; ``unread``: label → text
    of sources that are no amounts; ``trouble``: why the money of the year is unknown."""

    budget: Decimal | None = None
    total: Decimal | None = None
    sources: dict[str, dict[str, Decimal]] = field(default_factory=lambda: {"budget": {}, "total": {}})
    places: dict[str, Place] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    trouble: list[ReadError] = field(default_factory=list)


def paid(head: Head, table: Table) -> Paid:
    """The unit is that of the value, else of its label, else of a line or label above; never assumed."""
    result = Paid(_amount(head, "budget"), _amount(head, "total"))
    unit: dict[str, str | None] = {
        name: head.cells[name][0].unit or head.unit for name in ("budget", "total") if name in head.cells
    }
    for money, label, cell in head.sources:
        amount = values.yuan(cell.text, unit.get(money))
        if amount is None:
            result.unread[label] = cell.text
            continue
        result.sources[money][label] = amount
        result.places[("" if money == "budget" else "total_") + f"sources.{label}"] = cell.place
    if result.budget is None:
        cells = head.cells["budget"][1] if "budget" in head.cells else []
        where = str(cells[0].place if cells else table.first.place)
        said = f"预算金额“{cells[0].text}”读不成数，或没有注明元还是万元" if cells else ""
        if result.total is not None and not cells:
            said = f"表上只有项目总额{result.total:,.2f}元，没有年度预算金额，这个项目不计入金额合计"
        result.trouble.append(BudgetMissing(where, said))
    return result


def _amount(head: Head, name: str) -> Decimal | None:
    label, cells = head.cells.get(name, (None, []))
    return values.yuan(cells[0].text, label.unit or head.unit) if label and cells else None
