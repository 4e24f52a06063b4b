"""The money of a head that stands in a grid of times and sources: that of the year, and of all years."""

from __future__ import annotations

from collections.abc import Sequence

from parsing import amounts
from parsing.forms.heading import Head
from parsing.forms.money_grid import Entry
from parsing.forms.parting import printed
from parsing.forms.summed import UNSURE, add
from parsing.forms.tables import Table
from parsing.forms.times import year
from parsing.vocabulary import Label


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
        text = head.first(field)
        if entries and (text is None or amounts.read(text, "元").yuan is None):
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
    label = Label(field, of_year, entry.unit or head.unit)
    if wholes or len(parts) == 1:
        head.cells[field] = label, [entry.cell]
    else:
        known = [(p.cell.text.strip(), amounts.read(p.cell.text, p.unit or label.unit).yuan) for p in parts]
        added = [(text, yuan) for text, yuan in known if yuan is not None]
        if len(added) < len(known):
            return
        add(head, label, entry.cell, added, UNSURE)
    head.labels[field] = next(axis.title for axis in (entry.time, entry.part) if axis).place
    head.sources += [(field, printed(p.part.title.text), p.cell) for p in parts if p.part]
