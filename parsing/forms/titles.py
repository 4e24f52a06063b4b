"""Headers of several rows as one: titles over titles (指标值 over 实施周期 and 当年度), a row of numbers."""

from __future__ import annotations

from parsing import values
from parsing.forms import vocabulary
from parsing.forms.form import Form
from parsing.grid import Cell, Row

LONGEST = 16  # a title below another is short; prose is no title


def titled(rows: list[Row], at: int, form: Form) -> tuple[Row, int]:
    """The header that begins at row ``at``, each column with its whole title, and how many rows it takes."""
    header, depth = rows[at], 1
    if at + depth < len(rows) and (both := _joined(header, rows[at + depth], form)):
        header, depth = both, depth + 1
    if at + depth < len(rows) and _numbers(rows[at + depth]):
        depth += 1
    return header, depth


def _joined(header: Row, below: Row, form: Form) -> Row | None:
    """The two rows as one, None where the one below is no part of the header: its texts are titles, and
    they divide a column of the header or say what it holds."""
    wide = sum(is_category(cell.text) for cell in header) > 1 and all(is_category(c.text) for c in below)
    if not wide and (len(below) > len(header) or not all(map(_is_title, below))):
        return None
    under: dict[int, list[Cell]] = {}
    for cell in below:
        over = max((k for k, one in enumerate(header) if one.place.column <= cell.place.column), default=None)
        if over is None or header[over].height > 1:
            return None
        under.setdefault(over, []).append(cell)
    name = _category if wide else _title
    told = {cell: name(header[over], cell, form) for over, cells in under.items() for cell in cells}
    known = wide or any(map(form.role, told.values()))
    if not known or not any(len(cells) > 1 for cells in under.values()):
        return None
    return tuple(
        cell._replace(text=told.get(cell, cell.text))
        for over, one in enumerate(header)
        for cell in under.get(over, [one])
    )


def is_category(text: str) -> bool:
    """Whether a title is a category of indicators: a word of level 1 or 2, or both with a break between."""
    return bool(vocabulary.level1(text) or vocabulary.slots(text.rpartition("\n")[2]))


def _category(over: Cell, cell: Cell, form: Form) -> str:
    return f"{over.text}\n{cell.text}"


def _is_title(cell: Cell) -> bool:
    text = cell.text
    if len(text) > LONGEST or vocabulary.level1(text) or vocabulary.slot(text):
        return False
    return values.understand(text).kind in ("words", "date")


def _title(over: Cell, cell: Cell, form: Form) -> str:
    """The title of a column below another: by itself, or together with the one over it."""
    alone, after, before = cell.text, cell.text + over.text, over.text + cell.text
    return next((text for text in (alone, after) if form.role(text)), before)


def _numbers(row: Row) -> bool:
    """Whether a row only counts the columns."""
    return len(row) > 2 and [cell.text for cell in row] == [str(k) for k in range(1, len(row) + 1)]
