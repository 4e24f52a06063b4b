"""The words of an aligned text, each in the column of the title that it stands below, as nearly as those of
the lines before it did: on a later page the columns stand elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from math import inf

from parsing import values, vocabulary
from parsing.forms.align import VALUES
from parsing.forms.fragments import LEVELS
from parsing.forms.tables import is_counted, is_signed
from parsing.grid import Cell, Row

SIDE = "绩效指标"
NO_COLUMN = 99
NEVER = 9.0
APART, CUT = 9.0, 1.0  # two texts in one column of a line; one cut at a blank between two columns
SHORT = 5  # characters of a piece of a target
FAR = 0.5  # of a character beside its column
_WORDS = (
    *("服务对象满意度指标", "经济成本指标", "社会成本指标", "生态环境成本指标"),
    *(f"{slot}指标" for slot in vocabulary.PARENTS),
    *chain.from_iterable(vocabulary.PARENTS.values()),
)


@dataclass(slots=True)
class TitledColumn:
    """``left`` and ``right``: where the texts stand that were last found in it."""

    role: str
    left: int
    right: int
    cells: list[Cell] = field(default_factory=list)

    def take(self, word: Cell, glued: bool) -> None:
        last = self.cells[-1] if self.cells else None
        self.left, self.right = word.place.column, word.place.column + word.width
        if glued and last and last.place.row == word.place.row:
            self.left = last.place.column
            self.cells[-1] = last._replace(text=f"{last.text} {word.text}", width=self.right - self.left)
        else:
            self.cells.append(word)

    def away(self, word: Cell) -> float:
        left, right = word.place.column, word.place.column + word.width
        return FAR * max(0, self.left - right + 1, left - self.right + 1)


def columns_of(lines: Sequence[Row], titles: Sequence[Cell]) -> list[TitledColumn]:
    """The columns of titles with the texts of lines; one before them for words down the side."""
    columns = [TitledColumn("block", -NO_COLUMN, titles[0].place.column - 1)]
    for cell in titles:
        side = vocabulary.is_block(cell.text) or (cell is titles[0] and SIDE.startswith(cell.text))
        role = "block" if side else vocabulary.role(cell.text) or f"extra:{cell.text}"
        columns.append(TitledColumn(role, cell.place.column, cell.place.column + cell.width))
    columns = columns[columns[1].role == "block" :]
    for row in lines:
        _sort_in([*_split(row)], columns)
    return columns


def _sort_in(words: Sequence[tuple[Cell, bool]], columns: Sequence[TitledColumn]) -> None:
    """Give each word of a line to a column, in order, at least cost: a blank may stand within a cell, wide
    ones stand between two."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}  # column of the last word → cost, columns
    for k, (word, glued) in enumerate(words):
        costs: dict[int, tuple[float, tuple[int, ...]]] = {}
        for at, column in enumerate(columns):
            own = _misfit(word.text, column.role)
            for last, (cost, given) in best.items():
                if last > at:
                    continue
                goes_on = glued and last == at and (column.role not in LEVELS or len(word.text) == 1)
                step = (0.0 if goes_on else APART) if k and last == at else CUT * glued
                away = 0.0 if goes_on else column.away(word)
                costs[at] = min(costs.get(at, (inf, ())), (cost + step + away + own, (*given, at)))
        best = costs
    for k, at in enumerate(min(best.values())[1]):
        columns[at].take(*words[k])


def _split(line: Row) -> Iterator[tuple[Cell, bool]]:
    """The words of a line, each with whether but one blank stands before it."""
    for cell in line:
        for k, found in enumerate(re.finditer(r"\S+", cell.text)):
            place = cell.place._replace(column=cell.place.column + found.start())
            yield cell._replace(text=found[0], place=place, width=len(found[0])), k > 0


@lru_cache(1 << 12)
def _misfit(text: str, role: str) -> float:
    words = "".join(text.split())
    level = any(words in word for word in _WORDS) or bool(vocabulary.level1(text) or vocabulary.slot(text))
    if role == "block":
        return 0.0 if words in SIDE or vocabulary.is_block(text) else NEVER
    if role in LEVELS:
        return 0.0 if level else NEVER
    if role == "name":
        return 2.0 if is_signed(text) or (level and len(words) > 1) or values.is_part("sign", text) else 0.0
    if role in VALUES:
        return 0.0 if is_counted(text) else 0.5 if len(words) < SHORT else 1.5
    return 0.0
