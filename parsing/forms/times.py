"""The times that the head of a table tells: its year, when the project begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing import values, vocabulary
from parsing.forms.doubt import Doubt
from parsing.forms.heading import Head
from parsing.forms.preface import preface, titled
from parsing.forms.tables import Table
from parsing.grid import Cell

_YEAR = re.compile(r"20\d\d年?度?")


def year(head: Head, table: Table) -> int | None:
    """The year of the table: in a list that of its row; else of the money's label, of the goal's, of a line
    of its own, of a label of its own, of the title. None where its row names several."""
    cell = _cell(head, table)
    typed = values.years(cell.text) if cell else ()
    if cell and table.listed:
        return typed[0] if len(typed) == 1 else None
    labels = (head.cells[name][0].year for name in ("budget", "annual_goal") if name in head.cells)
    title = titled(table.title.text) if table.title else None
    own = (*labels, head.year, typed[0] if len(typed) == 1 else None, title)
    return next(filter(None, own), None) or _over(table)


def _over(table: Table) -> int | None:
    """The year that the headings over a table name, or those over the first of its sheet."""
    own = [*table.above, *(() if table.title else table.rows[: table.header])]
    return table.preface.over(preface(own)).year or None


def doubts(head: Head, table: Table) -> Iterator[Doubt]:
    """A year that tells none or several, or another than the label of the money."""
    cell = _cell(head, table)
    if not cell:
        return
    typed, read = values.years(cell.text), year(head, table)
    label = head.cells["budget"][0].year if "budget" in head.cells else None
    if len(typed) > 1 or (table.listed and not typed):
        yield Doubt("year", cell, "year", read=str(read or ""))
    elif label and typed and label != typed[0]:
        yield Doubt("two-years", cell, "year", f"{label}年", str(read or ""))


def unread_year(head: Head, table: Table) -> dict[str, str]:
    """What stands under the label of the year and is none, as printed."""
    said = head.first("year")
    return {"年度": said} if said and (not _cell(head, table) or len(values.years(said)) != 1) else {}


def _cell(head: Head, table: Table) -> Cell | None:
    """The cell of the year; None where it is the first of a row of years."""
    cell = head.cells["year"][1][0] if "year" in head.cells and head.cells["year"][1] else None
    if not cell or table.listed:
        return cell
    row = next((row for row in table.top if row[0].place.row == cell.place.row), ())
    after = next((one.text for one in row if one.place.column > cell.place.column), "")
    return None if re.fullmatch(r"20\d\d年?度?", values.numbered(after)) else cell


def period(head: Head) -> tuple[str | None, str | None]:
    """Start and end as ISO dates: of their own labels, of one label for both, of a goal's heading."""
    printed = head.first("period") or ""
    said = (values.when(printed), values.when(head.span or ""))
    both = next((one for one in said if one[0]), (None, None))
    if _YEAR.fullmatch(vocabulary.plain(printed)):  # a period of one year begins and ends in it
        both = both[0], both[0]
    return _own(head, "start") or both[0], _own(head, "end") or both[1]


def _own(head: Head, name: str) -> str | None:
    """What stands under the label of one end; what is no date takes no other's place."""
    return values.when(head.first(name) or "")[0]


def unread_period(head: Head) -> dict[str, str]:
    """What is no date (三年), as printed, by a label for people."""
    read = (
        ("实施期限", "period", period(head)[0]),
        ("开始时间", "start", _own(head, "start")),
        ("结束时间", "end", _own(head, "end")),
    )
    return {label: text for label, name, known in read if (text := head.first(name)) and not known}
