"""The money of a head that stands in a grid of times and sources: that of the year, and of all years."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from parsing import amounts
from parsing.forms.doubt import Doubt
from parsing.forms.heading import Head
from parsing.forms.money_grid import Entry
from parsing.forms.parting import printed
from parsing.forms.tables import Table
from parsing.forms.times import year
from parsing.vocabulary import Label

ADDED = 0.5  # how sure a sum of parts is that the grid does not give


def settle(head: Head, table: Table) -> None:
    """Read the money of the table's year, and that of all years, where no label gives it."""
    years = {entry.time.year for entry in head.grid if entry.time and entry.time.kind == "year"} - {0}
    wanted = year(head, table) or (years.pop() if len(years) == 1 else None)
    kinds = {
        "budget": [e for e in head.grid if _is_of(e, wanted)],
        "total": [e for e in head.grid if e.time and e.time.kind == "span"]
        or [e for e in head.grid if e.time is None or e.time.kind == "whole"],
    }
    for field, entries in kinds.items():
        printed = head.first(field)
        if entries and (printed is None or amounts.read(printed, "元").yuan is None):
            _take(field, entries, head, wanted if field == "budget" else None)


def _is_of(entry: Entry, wanted: int | None) -> bool:
    return entry.time is not None and entry.time.kind == "year" and entry.time.year in (0, wanted)


def _take(field: str, entries: Sequence[Entry], head: Head, of_year: int | None) -> None:
    """File the whole of the entries, or their sum, and their sources."""
    wholes = [entry for entry in entries if entry.part is None or entry.part.kind == "whole"]
    parts = [entry for entry in entries if entry not in wholes]
    if len(wholes) > 1 or not (wholes or parts):
        return
    entry = (wholes or parts)[0]
    cell, unit = entry.cell, entry.unit or head.unit
    if not wholes and len(parts) > 1:
        known = [amounts.read(part.cell.text, part.unit or unit).yuan for part in parts]
        if None in known:
            return
        total = sum(filter(None, known), Decimal())
        detail = " + ".join(part.cell.text.strip() for part in parts)
        head.doubts.append(Doubt("summed", cell, field, detail, f"{total:,.2f} 元", ADDED))
        cell, unit = cell._replace(text=str(total)), "元"
    title = next(axis.title for axis in (entry.time, entry.part) if axis)
    head.cells[field], head.labels[field] = (Label(field, of_year, unit), [cell]), title.place
    head.sources += [(field, printed(p.part.title.text), p.cell) for p in parts if p.part]
