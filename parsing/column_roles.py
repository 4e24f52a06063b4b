"""What the columns below a header hold, by the look of their bodies, where nobody knows their titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from parsing.forms import vocabulary
from parsing.grid import Cell, Row
from parsing.values import understand

BODY = 40  # rows that are looked at
MOST = 0.6  # of a column's texts
TARGET = ("number", "rate", "date")


def guessed(header: Row, body: Sequence[Row]) -> dict[str, str]:
    """Title → role, in order; those whose role nobody can tell are left out."""
    known = [vocabulary.role(cell.text) for cell in header]
    columns = [_body(cell, body) for cell in header]
    for k, texts in enumerate(columns):
        if known[k] is None and texts:
            known[k] = _level(texts)
    last = max((k for k, role in enumerate(known) if role in ("level1", "level2")), default=-1)
    targets = [
        k for k in range(last + 1, len(header)) if known[k] is None and _share(columns[k], _measured) >= MOST
    ]
    if "annual" not in known and "period" not in known and targets:
        known[targets.pop(0)] = "annual"
    if "weight" not in known and targets and _share(columns[targets[-1]], _weighed) == 1:
        known[targets.pop()] = "weight"
    end = next((k for k, role in enumerate(known) if k > last and role in ("annual", "period")), len(header))
    free = [k for k in range(last + 1, end) if known[k] is None and columns[k]]
    if "name" not in known and free:
        known[free[0]] = "name"
    return {cell.text: role for cell, role in zip(header, known, strict=True) if role}


def _body(title: Cell, body: Sequence[Row]) -> list[str]:
    columns = range(title.place.column, title.place.column + title.width)
    return [cell.text for row in body[:BODY] for cell in row if cell.place.column in columns and cell.text]


def _level(texts: Sequence[str]) -> str | None:
    if _share(texts, lambda text: bool(vocabulary.slots(text))) >= MOST:
        return "level2"
    return "level1" if _share(texts, lambda text: bool(vocabulary.level1(text))) >= MOST else None


def _share(texts: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, texts)) / len(texts) if texts else 0.0


def _measured(text: str) -> bool:
    return understand(text).kind in TARGET


def _weighed(text: str) -> bool:
    number = understand(text).number
    return number is not None and 0 < number <= 100
