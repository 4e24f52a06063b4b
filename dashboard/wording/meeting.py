"""What was decided, counted by projects and by money, and how far the meeting is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from dashboard.store import WORDS, Verdict
from dashboard.wording.formatting import format_amount

OPEN = ""  # what a project is under about which nothing was decided
PASSED = WORDS[0]
UNDECIDED = "未决定"


class DecisionCount(NamedTuple):
    """``word``: one of WORDS, or OPEN; money in 分."""

    word: str
    projects: int
    budget_fen: int


def count_decisions(
    money: Iterable[Mapping[str, Any]], verdicts: Mapping[str, Verdict]
) -> tuple[DecisionCount, ...]:
    """One for each of WORDS and, last, for OPEN, also where there are none. ``money``: rows with key and
    budget_fen; ``verdicts``: key → what holds."""
    groups: dict[str, list[int]] = {word: [] for word in (*WORDS, OPEN)}
    for row in money:
        if row["key"]:
            one = verdicts.get(row["key"])
            groups[one.verdict if one else OPEN].append(row["budget_fen"] or 0)
    return tuple(DecisionCount(word, len(group), sum(group)) for word, group in groups.items())


def at_risk(counts: Iterable[DecisionCount]) -> int:
    """The money, in 分, of the projects that have not passed."""
    return sum(count.budget_fen for count in counts if count.word != PASSED)


def headline(counts: Iterable[DecisionCount]) -> str:
    """How far the meeting is, and the money that has not passed."""
    counts = list(counts)
    every, left = sum(count.projects for count in counts), next(one for one in counts if one.word == OPEN)
    risk = at_risk(counts)
    done = f"{every:,} 个项目已决定 {every - left.projects:,} 个"
    if not left.projects:
        done = f"{every:,} 个项目都已决定"
    elif left.projects == every:
        done = f"{every:,} 个项目都还没有决定"
    return f"{done}，尚未通过的金额 {format_amount(risk)}" if risk else f"{done}，金额已全部通过"
