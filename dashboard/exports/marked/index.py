"""The list of what to change, made of projects and their findings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from dashboard.exports.marked.changes import Change, ChangedTable, ChangeList
from dashboard.returns.change_requests import ReturnManifest, change_request, change_requests, dump_manifest
from parsing import SEVERITIES, Finding, Project, Standard

TO_DO = "待修改"
HOW = "请修改标黄的单元格，改好后把这份文件重新报送：系统认得它，会逐条核对是否改好。"
Reviewed = tuple[Project, Sequence[Finding]]


def change_list(
    projects: Sequence[Reviewed], standard: Standard, made: date, before: ReturnManifest | None = None
) -> ChangeList:
    """The gravest of each project first, each finding once. ``before``: the manifest that the file carried
    when it came: what it asked for is 未改, the rest 新增."""
    changes = _changes(projects, before)
    day = made.isoformat()
    asked = tuple(one for project, findings in projects for one in change_requests(project, findings))
    manifest = dump_manifest(ReturnManifest(day, standard.name, asked))
    mark = hashlib.sha256(manifest.encode()).hexdigest()[:8]
    return ChangeList(
        changes,
        [f"共 {len(changes)} 条，按“{standard.title}”审核，{day}。{HOW}"],
        f"{day}　{standard.title}　内容校验 {mark}",
        manifest,
        [ChangedTable(project.place.part, list(project.excerpt)) for project, _ in projects],
    )


def _changes(projects: Sequence[Reviewed], before: ReturnManifest | None) -> list[Change]:
    asked = {(request.key, request.ident) for request in before.requests} if before else None
    found: dict[tuple[str, str], Change] = {}
    for project, findings in projects:
        read = {cell[:2]: cell[4] for cell in project.excerpt}
        for finding in sorted(findings, key=lambda one: SEVERITIES.index(one.severity)):
            its = change_request(project, finding)
            status = TO_DO if asked is None else "未改" if (its.key, its.ident) in asked else "新增"
            found.setdefault((its.key, its.ident), _change(project, finding, status, read))
    return list(found.values())


def _change(project: Project, finding: Finding, status: str, read: dict[tuple[int, int], str]) -> Change:
    at = project.find(finding.path) or project.place
    return Change(
        *(project.title, at.part, at.row, at.column, at.cell, read.get((at.row, at.column)), finding.place),
        finding.severity,
        "（空）" if finding.path.startswith("empty") or not finding.quote else finding.quote,
        *(finding.message, finding.advice, status),
    )
