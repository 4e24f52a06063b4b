"""Putting the texts of a ragged row into the columns where they make sense, at least cost.

A row whose texts fit where they stand is left alone. Else every order-preserving placement is
weighed: how badly each text suits its column, how far it moved, whether it moved with its
neighbours. The lead over the second best placement is what the confidence rests on.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import combinations, pairwise, repeat
from typing import NamedTuple

from parsing import vocabulary
from parsing.forms.header import base
from parsing.values import MEASURES, is_part, understand

VALUES = ("period", "annual")
LOOSE = ("extra", "standard", "before", "ignored")  # any text may stand there, so none is moved there lightly
FITS = 0.6  # a row that costs no more is not searched
MOST = 2000  # placements weighed for a row; a wider one is shown as it stands
KEPT = 3  # a text whose merged cells the file kept is moved only when its column is out of the question
_NATURES = frozenset(
    {"定性", "定量", "正向", "反向", "正向指标", "反向指标", "定性指标", "定量指标", "其他", "文字描述"}
)
_ENDS = ("指标", "目标", ")", "分")  # of a category, with its points or without
_MEASURED = {"number", "rate", "date", "placeholder", "pointer"}


class Placement(NamedTuple):
    """``roles``: the column of each text; ``margin``: lead over the next best placement."""

    roles: tuple[str, ...]
    margin: float

    @property
    def confidence(self) -> float:
        """0.5 for a coin toss, above 0.7 where the lead is one that no wrong placement ever had."""
        return round(min(0.99, 1 - 0.45 * math.exp(-max(self.margin, 0.0))), 2)


@lru_cache(1 << 16)
def misfit(text: str, role: str | None, times: int, cost: str) -> float:
    """How badly a text suits a column: 0 well, 9 not at all. ``times``: how often the text stands in the
    row, twice as both values usually do. ``cost``: the level at which this table prints 成本."""
    if role is None:
        return 9
    is1, is2 = vocabulary.level1(text) is not None, vocabulary.slot(text) is not None
    block = vocabulary.is_block(text)
    if role == "block":
        return 0 if block else 9
    if role in ("level1", "level2"):
        if not (is1 if role == "level1" else is2):
            return 7
        if is1 and is2:  # 成本指标, 满意度指标: a word of both levels
            if vocabulary.slot(text) != "成本":
                return 0 if role == "level1" else 0.6
            # with evidence in the file the other level is out of the question, without it a lean
            return 0 if role == (cost or "level2") else 2 if cost else 0.6
        return 0
    kind = base(role)
    if kind in LOOSE:
        return 6 if kind != "before" and understand(text).sign else 0
    if kind == "sign":
        return 0 if is_nature(text) else 3 if len(text) <= 6 else 7
    if kind == "measure":  # a word that is no unit we know may be one, or words for a target
        return 7 if not is_part(kind, text) else 0 if text.partition("/")[0] in MEASURES else 3
    if role == "weight":
        return 0 if understand(text).number is not None else 7
    measured = understand(text).kind in _MEASURED or (times > 1 and len(vocabulary.plain(text)) <= 8)
    printed = (is1 or is2) and vocabulary.plain(text).endswith(
        _ENDS
    )  # 持续影响 may be a target, 满意度 a name
    if role == "name":
        return 6 if printed or block or is_part("sign", text) else 3 if measured or is1 or is2 else 0
    return 0 if measured else 9 if printed or block else 2.5


def is_nature(text: str) -> bool:
    """Whether a text says how a target is meant: ≥, 定性, 正向."""
    return is_part("sign", text) or text in _NATURES


def place(
    texts: list[str], stands: list[str | None], columns: tuple[str, ...], cost: str, spans: bool = False
) -> Placement | None:
    """The best placement of a row's ``texts``; None when every text fits where it ``stands`` or when
    there are more texts than columns; without roles where there are too many to weigh. ``spans``: the
    file kept its merged cells."""
    times = [*map(texts.count, texts)]
    costs = [*map(misfit, texts, stands, times, repeat(cost))]
    if (sum(costs) <= FITS or (spans and max(costs, default=0) <= KEPT)) and len(set(stands)) == len(stands):
        return None
    if len(texts) > len(columns):
        return None
    if not 0 < math.comb(len(columns), len(texts)) <= MOST:
        return Placement((), 0.0)
    at = {role: k for k, role in enumerate(columns)}
    ranked = sorted(
        (_weigh(texts, stands, times, chosen, columns, at, cost), chosen)
        for chosen in combinations(range(len(columns)), len(texts))
    )
    margin = ranked[1][0] - ranked[0][0] if len(ranked) > 1 else 9.0
    return Placement(tuple(columns[k] for k in ranked[0][1]), margin)


def _weigh(
    texts: list[str],
    stands: list[str | None],
    times: list[int],
    chosen: tuple[int, ...],
    columns: tuple[str, ...],
    at: dict[str, int],
    cost: str,
) -> float:
    total, shifts = 0.0, []
    for text, role, often, k in zip(texts, stands, times, chosen, strict=True):
        total += misfit(text, columns[k], often, cost)
        if role is None:
            total += 0.4 + (KEPT if base(columns[k]) in LOOSE else 0)
        elif at[role] != k:
            total += 0.4 + 0.05 * abs(k - at[role]) + (KEPT if base(columns[k]) in LOOSE else 0)
        if role is not None:
            shifts.append(k - at[role])
    total += sum(0.1 * abs(a - b) for a, b in pairwise(shifts))  # neighbours move together
    placed = {columns[k] for k in chosen}
    values = [role for role in VALUES if role in at]
    if placed & set(values):
        total += 0 if "name" in placed else 4
        total += 0 if placed.issuperset(values) else 0.5
    return total
