"""Rules of the family schedule: do the dates of a project fit one another?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from parsing.rules.deadlines import after, deadlines
from parsing.rules.grounds import ARITHMETIC, EXPERIENCE, FORM, TARGETS_2015
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Subject
from parsing.rules.words import pattern

_THIS_YEAR = pattern("times", "this_year")


@rule(
    "F01",
    "起止时间与预算年度对不上",
    "高",
    "可行性",
    ground=FORM,
    needs=("period",),
    meaning="起始时间不应晚于到期时间；表的预算年度应落在实施周期之内。",
    advice="建议核实起始年度、到期年度和预算年度。",
    good="2022 至 2024，2024 年预算",
    bad="2022 至 2023，2024 年预算",
)
def inside(subject: Subject) -> Iterator[Hit]:
    project = subject.project
    start, end = project.start or "", project.end or ""
    if after(start, end):
        yield Hit("start", f"起始时间“{start}”晚于到期时间“{end}”。", f"{start} 至 {end}", also=("end",))
    elif project.year and (after(start, str(project.year)) or after(str(project.year), end)):
        yield Hit(
            "year",
            f"预算年度是 {project.year} 年，不在实施周期“{start} 至 {end}”之内。",
            f"{start} 至 {end}",
            also=("start", "end"),
        )


@rule(
    "F02",
    "指标的完成期限晚于项目到期",
    "高",
    "可行性",
    ground=ARITHMETIC,
    needs=("values", "end"),
    meaning="指标值或指标名称写明的完成日期，不应晚于项目的到期时间。质保期、有效期等不是完成期限，不在此列。",
    advice="建议核实完成期限，或调整项目的到期时间。",
    good="项目 2024年12月到期：2024年10月底前完成",
    bad="项目 2024年6月到期：2024年12月31日前完成",
)
def late(subject: Subject) -> Iterator[Hit]:
    end = subject.project.end or ""
    for row, days in deadlines(subject):
        found = [one for one in days if after(one.day, end)]
        for one in found[:1]:  # one indicator is said once
            yield Hit(
                one.path,
                f"“{row.name}”的期限是“{one.said}”，而项目到“{end}”为止。",
                one.said,
                slot=row.slot,
                also=("end",),
            )


@rule(
    "F03",
    "实施周期目标写成了年度目标",
    "中",
    "可行性",
    ground=TARGETS_2015,
    needs=("two goals", "period"),
    meaning="跨年度项目的实施周期总目标应说明几年后达到什么。与年度目标一字不差，或写着“本年度”，都说明多半是复制填写。"
    "实施周期只有一年的项目不在此列。",
    advice="建议写明整个实施周期结束时的总目标，年度目标只写当年的部分。",
    good="三年轮训基层卫生人员3000人（年度：培训1000人）",
    bad="实施周期总目标：本年度计划购买办公用品1批",
)
def one_year(subject: Subject) -> Iterator[Hit]:
    project = subject.project
    period, annual = project.period_goal or "", project.annual_goal or ""
    if (project.start or "")[:4] >= (project.end or "")[:4]:
        return
    if _words(period) == _words(annual):
        yield Hit(
            "period_goal",
            f"实施周期（{project.start} 至 {project.end}）目标与年度目标一字不差。",
            _short(period),
            also=("annual_goal",),
        )
    if found := _THIS_YEAR.search(period):
        yield Hit(
            "period_goal",
            f"实施周期（{project.start} 至 {project.end}）目标里写着“{found[0]}”，说的是一年的事。",
            _short(period[found.start() :]),
        )


@rule(
    "F04",
    "指标的期限早于本表年度",
    "中",
    "可行性",
    ground=ARITHMETIC,
    needs=("values", "year"),
    meaning="当年度指标值的完成日期早于预算年度，或任何一个期限早于项目起始，多半沿用了旧表。",
    advice="建议改为本年度的完成期限。",
    good="2024 年的表：2024年12月31日前",
    bad="2024 年的表：2023年12月31日前",
)
def past(subject: Subject) -> Iterator[Hit]:
    year, start = str(subject.project.year), subject.project.start or ""
    for row, days in deadlines(subject):
        found = [
            one
            for one in days
            if (after(year, one.day) and not one.path.endswith("period")) or (start and after(start, one.day))
        ]
        for one in found[:1]:
            yield Hit(
                one.path,
                f"“{row.name}”的期限“{one.said}”在 {year} 年或项目起始之前。",
                one.said,
                slot=row.slot,
                also=("year",),
            )


@rule(
    "F05",
    "项目今年到期",
    "提示",
    "可行性",
    ground=EXPERIENCE,
    needs=("period", "year"),
    meaning="跨年度项目在预算年度到期。到期不是问题，但评审时值得问：续做还是退出，依据是什么。只做一年的项目不在此列。",
    advice="建议准备续期或退出的依据，例如实施效果、资产和人员的去向。",
    good="到期年度 2026（2024 年的表）",
    bad="起始年度 2022，到期年度 2024（2024 年的表）",
)
def ends(subject: Subject) -> Iterator[Hit]:
    project = subject.project
    start, end = (project.start or "")[:4], (project.end or "")[:4]
    if start < end == str(project.year):
        yield Hit(
            "end",
            f"项目从“{project.start}”实施到“{project.end}”，本表年度即到期。",
            project.end or "",
            also=("start",),
        )


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:40]}…"


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (inside, late, one_year, past, ends)
