"""How well the program reads and judges, in sentences of the figures that were measured."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

from dashboard.wording.formatting import format_share
from parsing import BOOK, SEVERITIES, Measured
from parsing.accuracy import SOURCES, Accuracy, AccuracyPart, together
from parsing.partial import MARK


def headline(accuracy: Accuracy) -> str:
    """Of how many tables how much is right, and how much is wrong without a word."""
    totals = together(accuracy.parts)
    right = format_share(totals.both.right, totals.both.facts)
    return f"读过的 {totals.tables:,} 张表：字段和指标 {right} 读对，{silent(totals)}"


def silent(part: AccuracyPart) -> str:
    """How much is wrong without a word."""
    if not part.both.silent:
        return "没有一处读错而不说"
    return f"{format_share(part.both.silent, part.both.facts)} 读错而没有说"


def version(accuracy: Accuracy, parser: str) -> str:
    """When and of which program the figures are; ``parser``: that of today."""
    now = "" if accuracy.parser == parser else f"（现为第 {parser} 版，未重测）"
    return f"{accuracy.date} 按读表程序第 {accuracy.parser} 版测得{now}。"


def conclusion(accuracy: Accuracy, source: str) -> str:
    """What became of the tables of a source."""
    part = together(accuracy.of(source))
    right = format_share(part.both.right, part.both.facts)
    return f"{SOURCES[source]} {part.tables:,} 张：{right} 读对，{silent(part)}"


def by_severity(figures: Mapping[str, Measured]) -> dict[str, tuple[int, Measured]]:
    """Severity → how many rules there are, and their figures together."""
    grades: dict[str, list[Measured]] = {severity: [] for severity in SEVERITIES}
    for code, rule in BOOK.items():
        grades[rule.severity].append(figures.get(code, Measured()))
    return {
        severity: (len(many), reduce(Measured.together, many, Measured()))
        for severity, many in grades.items()
    }


def of_rules(figures: Mapping[str, Measured]) -> str:
    """How often the rules are right, all together."""
    whole = reduce(Measured.together, figures.values(), Measured())
    return f"{len(BOOK)} 条审核规则：准确率 {format_share(whole.right, whole.hits)}"


def weakest(figures: Mapping[str, Measured]) -> str:
    """The rule that is least often right, and those that were not measured."""
    hit = [code for code in BOOK if figures.get(code, Measured()).hits]
    unmeasured = len(BOOK) - len(hit)
    rest = f"{unmeasured} 条样本集中没有出现，未测。" if unmeasured else ""
    if not hit:
        return rest
    code = min(hit, key=lambda one: (figures[one].precision, one))
    right = format_share(figures[code].right, figures[code].hits)
    return f"最不准的是 {code} {BOOK[code].title}：{right}，属于“{BOOK[code].severity}”。{rest}"


def here(whole: Mapping[str, Any]) -> str:
    """How the tables that count here were read, "" where none do; ``whole``: as of ``totals.totals``."""
    if not whole["projects"]:
        return ""
    looks = f"，其中 {whole['doubtful']:,} 处请核对" if whole["doubtful"] else ""
    repairs = f"修复 {whole['repairs']:,} 处{looks}" if whole["repairs"] else "没有修复"
    part = f"，{whole['in_part']:,} 个{MARK}" if whole["in_part"] else ""
    return f"这里的 {whole['projects']:,} 个项目读表时{repairs}{part}。"
