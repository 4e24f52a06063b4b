"""At which level a table prints 成本: under 产出 until 2021, beside it since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from parsing import vocabulary
from parsing.forms.blocks import Block
from parsing.forms.form import Form
from parsing.grid import Row

COST = "成本"
LEAN = "lean"  # to level 2, by the looks of a row alone: more than what its form says, less than a vote
_BEFORE = ("数量", "质量", "时效")  # what stands before it under 产出


def votes(parts: Sequence[Block], spans: bool) -> list[str]:
    """The levels at which 成本 stands in rows that leave no doubt, and leans. ``spans``: as of the grid."""
    return [vote for part in parts for vote in _votes(part, spans)]


def _votes(part: Block, spans: bool) -> Iterator[str]:
    before: Row = ()
    own = {cell.text for row in part.rows for cell in row if vocabulary.slot(cell.text) == COST}
    for row in part.rows:
        slots = [vocabulary.slot(cell.text) for cell in row]
        if COST in slots:
            roles = {part.roles.get(cell.place.column) for cell in row if vocabulary.slot(cell.text) == COST}
            if roles == {"level2"} and "name" in {part.roles.get(cell.place.column) for cell in row}:
                yield "level2"
            elif roles == {"level1", "level2"}:
                yield "level1"
            elif not spans and len(own) == 1 and slots[0] == COST and _is_beside(row, before):
                yield LEAN
        before = row if slots[0] else before


def _is_beside(row: Row, before: Row) -> bool:
    """Whether a row, in a text that lost its merged cells, has as many as one of a category of 产出."""
    first = vocabulary.slot(before[0].text) if before else None
    return first in _BEFORE and len(row) == len(before)


def level(own: list[str], everyone: Counter[str], form: Form) -> tuple[str, str]:
    """The level at which a table prints 成本, with the evidence; the table's own rows outvote its
    neighbours' (``everyone``, without leans), those the form. Without evidence "": level 2 is then only a
    lean (see align)."""
    home = {"level2": "二级指标，归产出指标", "level1": "一级指标"}
    sure = Counter(own)
    leans = sure.pop(LEAN, 0)
    if votes := sure or everyone:
        level, count = votes.most_common(1)[0]
        return level, f"{'本表' if sure else '同一文件的其他表'}有{count}行把成本指标列为{home[level]}"
    if leans:
        return "", ""
    return form.cost, form.cost and f"表样“{form.title}”把成本指标列为{home[form.cost]}"
