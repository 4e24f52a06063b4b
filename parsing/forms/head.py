"""The head of a table: labels and the values beside them, and the goals below."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsing.forms import vocabulary
from parsing.forms.tables import Row, Table
from parsing.forms.vocabulary import Label
from parsing.grid import Cell

GOALS = ("goals", "period_goal", "annual_goal")


@dataclass(slots=True)
class Head:
    """``cells``: field → its label and the cells of its value, as they stand; ``extras``: labels that
    no field names → text."""

    cells: dict[str, tuple[Label, list[Cell]]] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        found = self.cells.get(name)
        return "\n".join(cell.text for cell in found[1]) if found and found[1] else None


def head(table: Table) -> Head:
    """Walk the rows above the indicators left to right: a label, then its value."""
    result = Head()
    goals: dict[int, Label] = {}  # column → the goal whose text stands from there on
    for row in table.rows[: table.header]:
        pending: Label | None = None
        stray: list[Cell] = []
        fresh = True  # the first goal label of a row takes over from the row above
        for cell in _once(row):
            label = vocabulary.label(cell.text)
            if label and label.field in GOALS:
                if fresh and label.field != "goals":
                    goals, fresh = {}, False
                if not (label.field == "goals" and goals):
                    goals[cell.place.column] = label
            elif label:
                pending, goals = label, {}
                result.cells.setdefault(label.field, (label, []))
            elif goals:
                _goal(result, goals, cell)
            elif pending:
                if not result.cells[pending.field][1]:
                    result.cells[pending.field] = (pending, [cell])
                pending = None
            else:
                stray.append(cell)
        for key, value in zip(stray[::2], stray[1::2], strict=False):
            result.extras[key.text] = value.text
    return result


def _goal(result: Head, goals: dict[int, Label], cell: Cell) -> None:
    column = max((c for c in goals if c <= cell.place.column), default=min(goals))
    label = goals[column]
    name = "period_goal" if label.field == "goals" else label.field
    result.cells.setdefault(name, (label, []))[1].append(cell)


def _once(row: Row) -> list[Cell]:
    """The row without the copies that some programs write into every cell of a merged range."""
    return [c for k, c in enumerate(row) if k == 0 or c.text != row[k - 1].text or _apart(row[k - 1], c)]


def _apart(left: Cell, right: Cell) -> bool:
    return right.place.column > left.place.column + left.width
