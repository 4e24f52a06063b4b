"""The blocks of a table: the rows of indicators below a row that names their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, takewhile

from parsing import values, vocabulary
from parsing.forms.form import Form
from parsing.forms.header import base, roles
from parsing.forms.parting import GOALS
from parsing.forms.tables import is_indicator
from parsing.forms.titles import is_aside, titled
from parsing.grid import Row

HIGHEST = 4  # rows between a header and the word that stands over it


@dataclass(slots=True)
class Block:
    """Rows of indicators under one header; ``roles``: column → role, without primes; ``header``: the cells
    that name the columns, where the rows are those of a list; ``strays``: rows of two halves that shifted,
    so that nobody can tell which half a text belongs to."""

    rows: list[Row]
    roles: Mapping[int, str]
    header: Row = ()
    strays: tuple[Row, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(["block", *(role for _, role in sorted(self.roles.items()))]))

    @property
    def side(self) -> str:
        """``period`` where it gives only the values of the whole period, else ``annual``."""
        given = set(self.roles.values())
        return "period" if "period" in given and "annual" not in given else "annual"


def blocks(rows: list[Row], headers: list[int], form: Form, year: int | None) -> Iterator[Block]:
    """The blocks of a table of a ``year``: one below each header, two where its halves stand side by side.
    Which of the values a block gives is said by the words over or beside it, else by their order."""
    if not headers:
        return
    sides = [_side(rows[: at + 1], form) for at in headers]
    if len(headers) == 2 and sides == [None, None] and form.stacked:
        sides = ["period", "annual"]
    for at, end, side in zip(headers, [*headers[1:], len(rows)], sides, strict=True):
        header, depth = titled(rows, at, form)
        found, body = roles(header, form, year), rows[at + depth : end]
        if depth > 1:  # the rest of the header again, at the top of a new page
            rest = [[cell.text for cell in row] for row in rows[at + 1 : at + depth]]
            body = [row for row in body if [cell.text for cell in row] not in rest]
        body = [row for row in body if not is_aside(row, rows[headers[0]], len(headers) > 1)]
        if any(role.endswith("'") for role in found.values()):
            yield from _halves(found, header, body)
        else:
            yield Block(body, _valued(found, side or "annual"))


def _halves(found: Mapping[int, str], header: Row, body: list[Row]) -> Iterator[Block]:
    """The left and the right half of rows that hold an indicator each; level 1 stands for both."""
    split = min(column for column, role in found.items() if role.endswith("'"))
    left = {column: role for column, role in found.items() if column < split}
    right = {column: role.rstrip("'") for column, role in found.items() if column >= split}
    own = {c for c, role in left.items() if role != "level1" or role in right.values()}
    right |= {column: role for column, role in left.items() if column not in own}
    said = [
        next(
            filter(None, (vocabulary.side(c.text) for c in header if (c.place.column < split) is first)), None
        )
        for first in (True, False)
    ]
    swapped = said[0] == "annual" or said[1] == "period"
    sides = ("annual", "period") if swapped else ("period", "annual")
    strays = tuple(row for row in body if any(_misplaced(c.text, found.get(c.place.column)) for c in row))
    body = [row for row in body if row not in strays]
    yield Block(_only(body, lambda column: column < split), _valued(left, sides[0]), strays=strays)
    yield Block(_only(body, lambda column: column not in own), _valued(right, sides[1]))


def _misplaced(text: str, role: str | None) -> bool:
    """Whether a text is out of the question in its column: a level word among names and values, a target
    among level words and names."""
    kind = base(role or "")
    if kind in ("level1", "level2"):
        other = kind == "level1" and vocabulary.slot(text) and not vocabulary.level1(text)
        return bool(other) or values.understand(text).kind in ("number", "rate")
    if kind not in ("name", "period", "annual"):
        return False
    target = kind == "name" and values.understand(text).kind in ("number", "rate")
    return target or bool(vocabulary.level1(text) or vocabulary.slot(text))


def _only(rows: list[Row], keep: Callable[[int], bool]) -> list[Row]:
    kept = (tuple(cell for cell in row if keep(cell.place.column)) for row in rows)
    return [row for row in kept if row]


def _valued(found: Mapping[int, str], side: str) -> Mapping[int, str]:
    """The roles with a lone value column named after the side it gives."""
    if side == "period" and "period" not in found.values():
        return {column: "period" if role == "annual" else role for column, role in found.items()}
    return found


def _side(above: list[Row], form: Form) -> str | None:
    """What the word beside a header, or alone in a row between it and the indicators over it, says of the
    values below."""
    beside = [cell.text for cell in above[-1] if not form.role(cell.text) and vocabulary.is_block(cell.text)]
    head = takewhile(lambda row: not is_indicator(row), reversed(above[:-1]))
    over = [row[0] for row in islice(head, HIGHEST) if len(row) == 1]
    over = [
        cell
        for cell in over
        if vocabulary.is_block(cell.text) or (cell.width > 1 and _is_goal(cell.text, form))
    ]
    words = beside + [cell.text for cell in over]
    return next(filter(None, map(vocabulary.side, words)), None)


def _is_goal(text: str, form: Form) -> bool:
    label = form.label(text)
    return label is not None and label.field in GOALS
