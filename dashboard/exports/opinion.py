"""审核意见 (draft, unsigned): a page for each project, by the four official dimensions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dashboard.exports.word_document import WordDocument
from dashboard.snapshot.snapshot import Case, Snapshot
from dashboard.wording.formatting import UNKNOWN, format_amount
from dashboard.wording.partial import why
from dashboard.wording.terms import CLEAN, UNSURE
from parsing import BOOK, GRADES, Finding

DIMENSIONS = ("完整性", "相关性", "适当性", "可行性")
SHOWN = 2  # places of one rule; the others are counted
NOTE = f"本稿由规则逐条查出，供审核人参考；没有读到的内容未作检查，不算通过。{GRADES}；提示不列在这里。"


def opinion(snapshot: Snapshot) -> bytes:
    """The projects with most money, each on a page of its own: what was found, what the meeting decided, and
    empty lines to sign."""
    paper = WordDocument(snapshot, f"{snapshot.title}意见（草稿）")
    if not snapshot.cases:
        paper.title(f"{snapshot.title}意见（草稿）")
        paper.text("没有项目。")
    for number, case in enumerate(snapshot.cases):
        _case(paper, case, new_page=number > 0)
    if snapshot.beyond:
        paper.note(f"只列预算最大的 {len(snapshot.cases)} 个项目，另有 {snapshot.beyond:,} 个未列。")
    return paper.bytes()


def _case(paper: WordDocument, case: Case, new_page: bool) -> None:
    one = case.project
    paper.title("项目绩效目标审核意见（草稿）", new_page)
    span = "—".join(part for part in (one.start, one.end) if part)
    paper.form(
        ("项目名称", one.name, "当年预算", format_amount(case.matrix["budget_fen"])),
        ("用款单位", one.unit or UNKNOWN, "预算年度", f"{one.year} 年" if one.year else UNKNOWN),
        ("项目类型", one.project_type or UNKNOWN, "起止时间", span or UNKNOWN),
    )
    if partial := case.matrix["partial"]:
        paper.text(f"{why(partial)}。没有读到的内容没有检查。", small=True)
    clean = UNSURE if partial else CLEAN
    for number, dimension in enumerate(DIMENSIONS):
        paper.heading(f"{'一二三四'[number]}、{dimension}")
        for line in list(_found(case, dimension)) or [f"{clean}。"]:
            paper.text(line, small=True)
    paper.heading("五、综合意见")
    paper.text("□ 通过　　　　□ 有条件通过　　　　□ 退回修改", tied=True)
    for line in _decided(case):
        paper.text(line, small=True, tied=True)
    paper.note(NOTE, tied=True)
    paper.blanks("审核人：______________　　负责人：______________　　日期：_____年___月___日")


def _found(case: Case, dimension: str) -> Iterator[str]:
    findings = [
        finding for finding in case.findings if finding.severity != "提示" and _of(finding) == dimension
    ]
    for number, (rule, same) in enumerate(groupby(findings, key=lambda one: one.rule), 1):
        each = list(same)
        many = f"，{len(each)} 条" if len(each) > 1 else ""
        said = "；".join(_plain(one.message) for one in each[:SHOWN])
        more = f"；另有 {len(each) - SHOWN} 条" if len(each) > SHOWN else ""
        advice = BOOK[rule].advice.rstrip("。")
        yield f"{number}.（{each[0].severity}）{BOOK[rule].title}{many}：{said}{more}。{advice}。"


def _plain(message: str) -> str:
    """What was found, without the hint at its end: the rule's advice follows."""
    said = message.rstrip("。")
    return said.rpartition("，建议")[0] or said


def _of(finding: Finding) -> str:
    return BOOK[finding.rule].dimension


def _decided(case: Case) -> Iterator[str]:
    if case.verdict:
        yield f"会议决定：{case.verdict.verdict}（{case.verdict.who}）。"
        yield from (f"条件 {n}：{condition.text}" for n, condition in enumerate(case.verdict.conditions, 1))
