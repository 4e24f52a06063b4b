"""Three small rules in the place of ours: the store is tested whatever the rule book says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

import parsing.rules
from parsing.rules.grounds import EXPERIENCE
from parsing.rules.outline import Outline
from parsing.rules.rule import Hit, rule
from parsing.rules.shared import Shared
from parsing.rules.subject import Subject

PAGE: Any = {"ground": EXPERIENCE, "meaning": "…", "advice": "建议改写", "good": "…", "bad": "…"}


@rule("M91", "说法含糊", "中", "可行性", **PAGE)
def vague(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        if row.said == "良好":
            yield Hit(row.path("annual"), f"“{row.name}”写的是“良好”", row.said, slot=row.slot)


@rule("C91", "缺少指标", "低", "完整性", **PAGE)
def lacking(subject: Subject) -> Iterator[Hit]:
    for slot, asked in subject.standard.lacks(subject.counts, subject.natures).items():
        if asked == "required":
            yield Hit(subject.path(slot), f"没有{slot}指标", severity="高", slot=slot)


@rule("X91", "读表时修复", "提示", "读取质量", **PAGE)
def repaired(subject: Subject) -> Iterator[Hit]:
    for repair in subject.project.repairs:
        yield Hit(repair.path, repair.reason)


@rule("P91", "目标相同", "提示", "相关性", **PAGE)
def same_goal(outlines: Sequence[Outline]) -> Iterator[tuple[int, Shared]]:
    groups = defaultdict(list)
    for number, one in enumerate(outlines):
        groups[one.goals.get("annual_goal")].append(number)
    for goal, numbers in groups.items():
        for number in numbers if goal and len(numbers) > 1 else ():
            also = tuple((other, "annual_goal") for other in numbers if other != number)
            yield number, Shared("annual_goal", f"{len(numbers)} 个项目的目标相同", goal, also=also)


def use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only these rules from now on."""
    monkeypatch.setattr(parsing.rules, "RULES", (vague, lacking, repaired))
    monkeypatch.setattr(parsing.rules, "PORTFOLIO", (same_goal,))
    for one in (vague, lacking, repaired, same_goal):
        monkeypatch.setitem(parsing.rules.BOOK, one.code, one)
