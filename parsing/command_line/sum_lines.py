"""What the command line says of sums: how much counts, and what is left out, with its money and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from parsing.counting import REASONS, WORDS, Exclusion, many
from parsing.levels import budget_gap, groups
from parsing.model import Project


def lines(projects: Sequence[Project], left: Mapping[int, Exclusion]) -> Iterator[str]:
    """The whole in one line, a line for each reason why tables are left out (``left``: see
    ``parsing.counting``), and one for each table in whose place another one counts."""
    counted = [project for number, project in enumerate(projects) if number not in left]
    count = sum(len(project.indicators) for project in counted)
    yield f"共 {len(counted)} 个项目，{count} 条三级指标，当年预算 {_sum(counted)}"
    for reason in REASONS:
        tables = [projects[number] for number, one in left.items() if one.reason == reason]
        if tables:
            more = _apart(counted, tables) if reason == "programme" else ""
            yield f"另有 {many(reason, len(tables), _sum(tables))}{more}"
    for number, one in sorted(left.items()):
        if one.instead is not None:
            mark = "待核对" if one.reason == "conflict" else "不重复计"
            yield f"{mark}  {_said(projects[number])}：{WORDS[one.reason]}（{_said(projects[one.instead])}）"


def wan(yuan: Decimal | None) -> str:
    """In 万元, without the unit."""
    return "未读到" if yuan is None else f"{yuan / 10000:,.2f}"


def _said(project: Project) -> str:
    money = "金额未读到" if project.budget_yuan is None else f"{wan(project.budget_yuan)} 万元"
    return f"{project.place} “{project.name}”{money}"


def _sum(projects: Iterable[Project]) -> str:
    """The year money that is known."""
    known = [project.budget_yuan for project in projects if project.budget_yuan is not None]
    return f"{wan(sum(known, Decimal()))} 万元" if known else "金额未读到"


def _apart(counted: Sequence[Project], programmes: Sequence[Project]) -> str:
    """How much 二级项目 are short of their 一级项目, and how much beyond; nothing where neither is known."""
    once = [*counted, *programmes]
    money = [one.budget_yuan for one in once]
    gaps = [budget_gap([money[n] for n in whole], [money[n] for n in parts]) for whole, parts in groups(once)]
    said = (
        (sum((gap for gap in gaps if gap > 0), Decimal()), "少"),
        (sum((-gap for gap in gaps if gap < 0), Decimal()), "多"),
    )
    return "".join(f"，二级项目合计{word} {wan(gap)} 万元" for gap, word in said if gap)
