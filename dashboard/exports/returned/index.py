"""修改清单: the list of what to change, as texts, for a sheet or for a page of a document."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.points import Slip, point
from parsing import SEVERITIES, Finding, Project

COLUMNS = ("序号", "项目", "位置", "程度", "原文", "问题", "建议", "状态")
TO_DO = "待修改"
Reviewed = tuple[Project, Sequence[Finding]]


class Entry(NamedTuple):
    """A line of the list: a finding of a project, and how it stands."""

    project: Project
    finding: Finding
    status: str

    @property
    def words(self) -> str:
        """What is said at the cell."""
        return f"{self.finding.severity}：{self.finding.message}\n建议：{self.finding.advice}"


def entries(projects: Sequence[Reviewed], before: Slip | None = None) -> list[Entry]:
    """The gravest of each project first, each finding once. ``before``: the slip that the file carried when
    it came: what it asked for is 未改, the rest 新增."""
    asked = {(one.key, one.ident) for one in before.points} if before else None
    found: dict[tuple[str, str], Entry] = {}
    for project, findings in projects:
        for one in sorted(findings, key=lambda one: SEVERITIES.index(one.severity)):
            its = point(project, one)
            status = TO_DO if asked is None else "未改" if (its.key, its.ident) in asked else "新增"
            found.setdefault((its.key, its.ident), Entry(project, one, status))
    return list(found.values())


def texts(number: int, one: Entry, where: str) -> tuple[str, ...]:
    """The line's cells. ``where``: what leads to the cell."""
    found = one.finding
    return (
        *(str(number), one.project.name, where, found.severity),
        *(
            "（空）" if found.path.startswith("empty") or not found.quote else found.quote,
            found.message,
            found.advice,
            one.status,
        ),
    )


class Over(NamedTuple):
    """``lines`` stand over the list, ``foot`` at the foot of each of its pages."""

    lines: list[str]
    foot: str


def told(found: Sequence[Entry], standard: str, made: str, said: str, remark: str) -> Over:
    """``said``: the slip, whose content the foot vouches for."""
    mark = hashlib.sha256(said.encode()).hexdigest()[:8]
    return Over(_lines(found, standard, made, remark), f"{made}　{standard}　内容校验 {mark}")


def _lines(found: Sequence[Entry], standard: str, made: str, remark: str) -> list[str]:
    how = "请修改标黄的单元格，改好后把这份文件重新报送：系统认得它，会逐条核对是否改好。"
    return [f"共 {len(found)} 条，按“{standard}”审核，{made}。{how}", *filter(None, [remark])]
