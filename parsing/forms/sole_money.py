"""The one sum of money of a form that is all about one year: it is that year's, whatever its label says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from parsing import vocabulary
from parsing.forms.header import PROJECT
from parsing.forms.heading import Head
from parsing.forms.tables import Table
from parsing.forms.times import period, year
from parsing.grid import Row

_WHOLE = re.compile("投资|概算|总预算|周期|实施期|中期")  # words over the money of more than a year
_ONE = re.compile("[1一]年(期|[以之]?内)?|当年度?|本年度?")
_LONGER = frozenset(f"{PROJECT}{field}" for field in ("budget", "period_goal", "start", "end", "period"))


def settle(head: Head, table: Table) -> None:
    """Make the total of a head its budget where the form is all about one year."""
    if "total" not in head.cells or not {"budget", "period_goal"}.isdisjoint(head.labels):
        return
    place = head.labels["total"]
    words = next((cell.text for row in table.top for cell in row if cell.place == place), "")
    if _WHOLE.search(words) or not _is_one_year(head, table):
        return
    head.cells["budget"], head.labels["budget"] = head.cells.pop("total"), head.labels.pop("total")
    head.sources = [("budget", label, cell) for _, label, cell in head.sources]


def settled(
    columns: Mapping[int, str], header: Row, below: Iterable[Row], head: Head, table: Table
) -> Mapping[int, str]:
    """Column → role of a list, the total being the budget where all its projects are of one year; ``below``:
    its rows."""
    total = f"{PROJECT}total"
    words = "".join(cell.text for cell in header if columns.get(cell.place.column) == total)
    dated = f"{PROJECT}year" in columns.values() or year(head, table) is not None
    filled = {columns.get(cell.place.column) for row in below for cell in row}
    if not words or _WHOLE.search(words) or not dated or not _LONGER.isdisjoint(filled):
        return columns
    return {column: f"{PROJECT}budget" if role == total else role for column, role in columns.items()}


def _is_one_year(head: Head, table: Table) -> bool:
    start, end = period(head)
    if start and end:
        return start[:4] == end[:4]
    length = head.first("period")
    return bool(_ONE.fullmatch(vocabulary.plain(length))) if length else year(head, table) is not None
