"""Goal texts that are the same, or nearly, in several projects."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from parsing.rules.outline import Outline
from parsing.rules.shared import blocks, clusters, neighbours
from parsing.rules.similar import plain

SHORT = 15  # characters: what is shorter is a set phrase
ALIKE = 90  # of 100, by the share of characters in common
REACH = 4  # texts compared with each one that shares a clause
KEYS = 3  # clauses of a text, its longest, by which others are found
_CLAUSE = re.compile(r"[，。；、！？：,;!?:\n]+")
_DIGITS = re.compile(r"\d+")

Goal = tuple[int, str]  # number of the project, path


def copies(outlines: Sequence[Outline], scope: Callable[[Outline], Hashable | None]) -> Iterator[list[Goal]]:
    """Goals of two or more projects whose texts are nearly the same, one a project, within a scope (None:
    unknown, compared with nothing). The same texts meet by themselves; nearly the same ones where they
    share a long clause."""
    holders: dict[tuple[Hashable, str], list[Goal]] = {}
    for number, outline in enumerate(outlines):
        within = scope(outline)
        if within is None:
            continue
        for path, text in outline.goals.items():
            key = plain(text)
            if len(key) >= SHORT:
                holders.setdefault((within, key), []).append((number, path))
    texts = list(holders)
    near = ((one, other) for one, other in _close(outlines, texts, list(holders.values())) if one != other)
    joined = clusters([*((at, at) for at in range(len(texts))), *near])
    for group in joined:
        found: dict[int, str] = {}
        for at in group:
            for number, path in holders[texts[at]]:
                found.setdefault(number, path)
        if len(found) > 1:
            yield sorted(found.items())


def _close(
    outlines: Sequence[Outline], texts: Sequence[tuple[Hashable, str]], held: Sequence[Sequence[Goal]]
) -> Iterator[tuple[int, int]]:
    """Pairs of different texts that are nearly the same."""

    def keyed() -> Iterator[tuple[tuple[Hashable, str], int]]:
        for at, (within, _) in enumerate(texts):
            number, path = held[at][0]
            for clause in _clauses(outlines[number].goals[path]):
                yield (within, clause), at

    seen: set[tuple[int, int]] = set()
    for sharing in blocks(keyed()).values():
        sharing.sort(key=lambda at: texts[at][1])
        for pair in neighbours(sharing, REACH):
            if pair in seen:
                continue
            seen.add(pair)
            if fuzz.ratio(texts[pair[0]][1], texts[pair[1]][1], score_cutoff=ALIKE):
                yield pair


@lru_cache(1 << 15)  # asked for once for the year and once for the unit
def _clauses(text: str) -> tuple[str, ...]:
    """The longest clauses of a text, whatever numbers stand in them."""
    said = {_DIGITS.sub("0", plain(one)) for one in _CLAUSE.split(text)}
    return tuple(sorted([one for one in said if len(one) > 5], key=lambda one: (-len(one), one))[:KEYS])
