"""质询卡: the three questions that a chair should ask about a project, made from its findings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from parsing.finding import SEVERITIES, Finding, Question
from parsing.model import Project
from parsing.rules.path_text import named

MOST = 3
YI = 100_000_000
TEMPLATES: dict[str, str] = tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))


def questions(project: Project, findings: Iterable[Finding]) -> tuple[Question, ...]:
    """At most three questions, the gravest first, each about another rule and, as far as possible, another
    side of the project: the same question is not asked twice."""
    ranked = sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), one.rule))
    groups = [list(same) for code, same in groupby(ranked, key=lambda one: one.rule) if code in TEMPLATES]
    chosen: list[list[Finding]] = []
    for wide in (True, False):
        for group in groups:
            families = {one[0].rule[0] for one in chosen}
            fresh = group not in chosen and not (wide and group[0].rule[0] in families)
            if len(chosen) < MOST and fresh:
                chosen.append(group)
    chosen.sort(key=groups.index)
    return tuple(_question(project, group) for group in chosen)


def _question(project: Project, group: list[Finding]) -> Question:
    first = group[0]
    words = {
        "item": named(project, first.path),
        "more": f"等 {len(group)} 处" if len(group) > 1 else "",
        "quote": first.quote,
        "slot": first.slot or "",
        "sum": first.equation,
        "money": _money(project.budget_yuan),
    }
    return Question(
        rule=first.rule,
        severity=first.severity,
        text=TEMPLATES[first.rule].format(**words),
        figure=first.equation or (f"{len(group)} 处" if len(group) > 1 else words["money"]),
        quote=first.quote or words["item"],
        path=first.path,
        place=first.place,
    )


def _money(yuan: Decimal | None) -> str:
    if yuan is None:
        return "这笔钱"
    return f"{yuan / YI:,.2f} 亿元" if yuan >= YI else f"{yuan / 10000:,.2f} 万元"
