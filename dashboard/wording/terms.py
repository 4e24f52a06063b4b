"""What a review comes to, in four words: each with one meaning, one unit and one number wherever it stands.

The numbers are those of ``review.tally`` of what is open; how a table was read is no part of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from parsing.partial import MARK

Row = Mapping[str, Any]


class Term(NamedTuple):
    """``unit``: what is counted; ``field``: the column of ``review.tally`` that holds the number."""

    word: str
    unit: str
    field: str
    meaning: str

    def said(self, tally: Row) -> str:
        """``6 个项目应当修改``, ``问题 32 条``."""
        count = f"{tally[self.field]:,} {self.unit}"
        return f"{count}{self.word}" if self.unit == PROJECTS else f"{self.word} {count}"

    @property
    def title(self) -> str:
        """Over a number: ``问题（条）``."""
        return f"{self.word}（{self.unit}）"


PROJECTS, FINDINGS = "个项目", "条"
RETURNED = Term("会被退回", PROJECTS, "projects_high", "有“高”的审核意见的项目，一条就算")
DUE = Term("应当修改", PROJECTS, "projects_due", "有“高”或“中”的审核意见的项目，会被退回的也在内")
PROBLEM = Term("问题", FINDINGS, "problems", "“高”和“中”的审核意见")
ADVICE = Term("建议", FINDINGS, "advice", "“低”和“提示”的审核意见")
TERMS = (RETURNED, DUE, PROBLEM, ADVICE)
LEFT_OUT = "已搁置的和读表提示都不算在内"
MEANINGS = "；".join(f"{one.title}：{one.meaning}" for one in TERMS) + f"；{LEFT_OUT}。"
CLEAN = "已检查的规则没有发现问题"  # never called passed: what was not read was not checked
UNSURE = f"{MARK}，没有读到的内容没有检查"  # said instead, of what was read in part
PARTS = {PROBLEM: {"high": "高", "middle": "中"}, ADVICE: {"low": "低", "hint": "提示"}}


def parts(term: Term, tally: Row) -> str:
    """How many of each severity: ``高 3、中 29``."""
    return "、".join(f"{word} {tally[field]:,}" for field, word in PARTS[term].items())


def findings(tally: Row) -> str:
    """Problems and advice with their severities, in one sentence."""
    said = (f"{one.said(tally)}（{parts(one, tally)}）" for one in (PROBLEM, ADVICE) if tally[one.field])
    return "，".join(said) or CLEAN


def standing(high: int, problems: int) -> str:
    """What becomes of one project with so many findings of 高, and so many problems: nothing where none."""
    return RETURNED.word if high else DUE.word if problems else ""


def of_project(high: int, problems: int, partial: bool = False) -> str:
    """The same with how many problems it has; ``partial``: not all of its table was read."""
    if partial and not problems:
        return UNSURE
    return f"{standing(high, problems)}，{PROBLEM.word} {problems:,} {FINDINGS}" if problems else CLEAN
