"""修改清单: the list of what to change, as plain values that cross to the process which writes it."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import TypeAdapter

COLUMNS = ("序号", "项目", "位置", "程度", "原文", "问题", "建议", "状态")


class Change(NamedTuple):
    """A line of the list. ``project``: its name; ``part`` to ``cell``: the place of the cell, and ``read``
    what was read there, None where nobody knows; ``place``: the place in words."""

    project: str
    part: str
    row: int
    column: int
    cell: str
    read: str | None
    place: str
    severity: str
    quote: str
    message: str
    advice: str
    status: str

    @property
    def words(self) -> str:
        """What is said at the cell."""
        return f"{self.severity}：{self.message}\n建议：{self.advice}"


class ChangedTable(NamedTuple):
    """The cells of a project as they were read: row, column, height, width, text."""

    part: str
    cells: list[tuple[int, int, int, int, str]]


class ChangeList(NamedTuple):
    """``lines`` stand over the list, ``foot`` at the foot of each of its pages; ``manifest`` is for programs;
    ``tables``: for a new file, where the department's own cannot be written into."""

    changes: list[Change]
    lines: list[str]
    foot: str
    manifest: str
    tables: list[ChangedTable]

    def over(self, *remarks: str) -> list[str]:
        """What stands over the list, with these remarks."""
        return [*self.lines, *filter(None, remarks)]


JSON = TypeAdapter(ChangeList)


def texts(number: int, change: Change, where: str) -> tuple[str, ...]:
    """The line's cells. ``where``: what leads to the cell."""
    return (
        str(number),
        change.project,
        where,
        change.severity,
        change.quote,
        change.message,
        change.advice,
        change.status,
    )
