"""Things in order, cut into parts at least cost."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import inf

Part = tuple[int, int]  # the first thing of a part, and the one behind its last


def partition(count: int, parts: int, cost: Callable[[int, int, int], float]) -> tuple[float, list[Part]]:
    """``count`` things as so many ``parts``, which may be empty, and what that costs; of ways that cost the
    same the one whose earlier parts have more. ``cost``: of a part by its number, first and end; inf where it
    cannot be."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, (0,)), *[(inf, (0,))] * count]  # by things given
    for k in range(parts):
        ends = []
        for end in range(count + 1):
            ways = (
                (best[start][0] + cost(k, start, end), -start, (*best[start][1], end))
                for start in range(end + 1)
            )
            total, _, cuts = min(ways)
            ends.append((total, cuts))
        best = ends
    total, cuts = best[count]
    return total, [*pairwise(cuts)]
