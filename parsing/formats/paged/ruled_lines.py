"""Ruling lines as programs draw them (dashes, doubles, thin boxes) → lines as people see them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from parsing.formats.paged.page import RuledLine

NEAR = 3.0  # lines closer than this are one: a double border, the two edges of a thick one
GAP = 4.0  # dashes no further apart are one line
SHORT = 5.0  # what is still shorter is none: the stroke of a letter, a tick
TOUCH = 3.0  # lines that miss each other by no more cross


def joined(rules: Iterable[RuledLine], gap: float = GAP) -> list[RuledLine]:
    """Sorted by where they lie, with doubles and dashes made one."""
    lines: list[RuledLine] = []
    for band in _bands(sorted(rules)):
        band.sort(key=lambda rule: rule.start)
        run: list[RuledLine] = []
        end = float("-inf")
        for rule in band:
            if run and rule.start > end + gap:
                lines.append(_one(run, end))
                run = []
            end = max(end, rule.end) if run else rule.end
            run.append(rule)
        lines.append(_one(run, end))
    return sorted(line for line in lines if line.end - line.start >= SHORT)


def _bands(rules: list[RuledLine]) -> Iterator[list[RuledLine]]:
    band: list[RuledLine] = []
    for rule in rules:
        if band and rule.at - band[0].at > NEAR:
            yield band
            band = []
        band.append(rule)
    if band:
        yield band


def _one(run: list[RuledLine], end: float) -> RuledLine:
    lengths = [rule.end - rule.start + 0.01 for rule in run]
    at = sum(rule.at * length for rule, length in zip(run, lengths, strict=True)) / sum(lengths)
    return RuledLine(at, run[0].start, end)


def levels(values: Iterable[float], near: float = NEAR) -> list[float]:
    """Distinct positions among many, each the mean of those that lie together."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= near:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def networks(across: list[RuledLine], down: list[RuledLine]) -> list[tuple[list[RuledLine], list[RuledLine]]]:
    """Lines that hang together by crossing: each table is one network. Both lists are sorted."""
    parents = list(range(len(across) + len(down)))

    def root(line: int) -> int:
        while parents[line] != line:
            parents[line] = parents[parents[line]]
            line = parents[line]
        return line

    xs = [rule.at for rule in down]
    for i, (y, start, end) in enumerate(across):
        for j in range(bisect_left(xs, start - TOUCH), bisect_right(xs, end + TOUCH)):
            if down[j].start - TOUCH <= y <= down[j].end + TOUCH:
                parents[root(i)] = root(len(across) + j)
    by_root: dict[int, tuple[list[RuledLine], list[RuledLine]]] = {}
    for i, rule in enumerate(across):
        by_root.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(down, len(across)):
        by_root.setdefault(root(j), ([], []))[1].append(rule)
    return list(by_root.values())
