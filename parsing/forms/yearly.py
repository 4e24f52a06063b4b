"""Money that stands in a grid of years: 资金来源 | 合计 | 2024年 | 2025年 over a row for each source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from parsing import amounts, vocabulary
from parsing.forms.doubt import Doubt
from parsing.forms.heading import Head
from parsing.forms.parting import printed
from parsing.forms.tables import Table
from parsing.forms.times import year
from parsing.grid import Cell, Row
from parsing.vocabulary import Label

FEWEST = 2  # years side by side
ADDED = 0.5  # how sure a sum of rows is that no row gives
_YEAR = re.compile(r"(20\d\d)年?度?(?:资金|预算|金额|投资|预算数|安排|申请)*(?:\(万?元\))?")


def settle(head: Head, table: Table) -> None:
    """Read the money of the table's year, and that of all years, where no label gives it."""
    wanted = year(head, table)
    if wanted is None or head.first("budget") is not None:
        return
    for k, row in enumerate(table.top):
        years = {cell.place.column: cell for cell in row if _year(cell) is not None}
        own = next((cell for cell in years.values() if _year(cell) == wanted), None)
        rows = _rows(table.top[k + 1 :], set(years)) if own and len(years) >= FEWEST else []
        if not own or not rows:
            continue
        whole = next((cell for cell in row if vocabulary.is_subtotal(cell.text)), None)
        _take("budget", own, rows, head)
        if whole and head.first("total") is None:
            _take("total", whole, rows, head)
        for cell in (cell for line in (row, *rows) for cell in line):
            head.extras.pop(printed(cell.text), None)
        return


def _year(cell: Cell) -> int | None:
    found = _YEAR.fullmatch(vocabulary.plain(cell.text))
    return int(found[1]) if found else None


def _rows(below: Iterable[Row], years: set[int]) -> list[Row]:
    """The rows right below the years that have an amount in one of their columns, and no other text there."""
    rows: list[Row] = []
    for row in below:
        texts = [cell.text for cell in row if cell.place.column in years]
        if not texts or any(amounts.read(text, "元").yuan is None for text in texts):
            break
        rows.append(row)
    return rows


def _take(field: str, title: Cell, rows: Sequence[Row], head: Head) -> None:
    """File what stands below a title: in the row of sums, in the only row, or added up."""
    column = title.place.column
    pairs = [(row, cell) for row in rows for cell in row if cell.place.column == column]
    sums = [cell for row, cell in pairs if any(vocabulary.is_subtotal(one.text) for one in row)]
    if not pairs or len(sums) > 1:
        return
    unit = vocabulary.core(title.text)[1] or head.unit
    parts = [(row, cell) for row, cell in pairs if cell not in sums]
    cell, label = (sums or [pairs[0][1]])[0], Label(field, _year(title), unit)
    if not sums and len(pairs) > 1:
        amount = [amounts.read(cell.text, unit).yuan for _, cell in pairs]
        if None in amount:
            return
        total = sum(filter(None, amount), Decimal())
        detail = " + ".join(cell.text.strip() for _, cell in pairs)
        head.doubts.append(Doubt("summed", cell, field, detail, f"{total:,.2f} 元", ADDED))
        cell, label = cell._replace(text=str(total)), Label(field, _year(title), "元")
    head.cells[field], head.labels[field] = (label, [cell]), title.place
    for row, part in parts:
        name = next((one for one in row if vocabulary.label(one.text)), row[0])
        if name != part:
            head.sources.append((field, printed(name.text), part))
