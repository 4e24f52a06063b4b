"""Whether what the form asks for is filled in: its head, its goals, names and values side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from parsing import values
from parsing.finding import Severity
from parsing.model import Project, is_sample
from parsing.rules import wording
from parsing.rules.cells import UNSURE
from parsing.rules.grounds import FORM, TARGETS_2015
from parsing.rules.path_text import FIELDS
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Row, Subject

_HEAD: dict[str, Severity] = {
    "name": "高",
    "unit": "高",
    "budget_yuan": "高",
    "department": "中",
    "start": "中",
    "end": "中",
}
_GOALS = ("period_goal", "annual_goal")
_IDLE = re.compile(r"[/／\\—－\-_]+")  # a stroke instead of a value
_YEARLY = re.compile("当年|本年|年度")
_COUNTED = re.compile(r"\d")


@rule(
    "C01",
    "表头必填项没有填写",
    "高",
    "完整性",
    ground=FORM,
    meaning="看项目名称、用款单位、当年预算（高），主管部门、起止时间（中）有没有填。只看表上印了的栏目；"
    "表样本来没有这一栏的，算未检查，不算缺项。填了但读不成金额的，见读取质量。",
    advice="建议补充这一栏。",
    good="用款单位：东莞市东坑镇政务服务中心",
    bad="用款单位：（空）",
)
def head_fields(subject: Subject) -> Iterator[Hit]:
    project = subject.project
    one = project.blanks.get("start") == project.blanks.get("end")  # one label for the two, or none
    for field, severity in _HEAD.items():
        if field not in project.blanks or (one and field == "end"):
            continue
        title = "起止时间" if one and field == "start" else FIELDS[field]
        yield Hit(field, f"表上印有“{title}”一栏，没有填写，建议补充。", severity=severity)
    yield from _not_printed(project, tuple(_HEAD))


@rule(
    "C02",
    "绩效目标没有填写",
    "高",
    "完整性",
    ground=TARGETS_2015,
    meaning="看实施周期目标和年度目标有没有写，只写“无”“/”的也算没有写。表样只有一个目标栏的，另一个算未检查。",
    advice="建议写明做什么、做多少、达到什么效果。",
    good="完成24小时自助厅出入口改造，满足群众办事创业便利需求，有效改善政务服务环境",
    bad="年度目标：（空）",
)
def goals(subject: Subject) -> Iterator[Hit]:
    project = subject.project
    for field in _GOALS:
        said = (getattr(project, field) or "").strip()
        if field in project.blanks:
            yield Hit(field, f"{FIELDS[field]}一栏没有填写，建议补充。")
        elif said and values.understand(said).kind == "placeholder":
            yield Hit(field, f"{FIELDS[field]}只写了“{said}”，建议补充。", said)
    yield from _not_printed(project, _GOALS)


def _not_printed(project: Project, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The fields that the form does not have: not checked, rather than passed."""
    known = project.places.keys() | project.blanks.keys()
    if "period" in known:  # one label for start and end
        known |= {"start", "end"}
    lacking = [FIELDS[f] for f in fields if getattr(project, f) in (None, "") and f not in known]
    if lacking:
        yield Hit("", f"表上没有认出“{'”“'.join(lacking)}”一栏", unchecked=True)


@rule(
    "C08",
    "指标名称与指标值没有成对填写",
    "高",
    "完整性",
    ground=FORM,
    needs=("values",),
    meaning="看有名称没有指标值（只写“/”也算）、有指标值没有名称的行。名称里已经写了数字的，降为中。"
    "读表时没有把握、没有采用的值不算；模板里的示例行见 C10。",
    advice="建议补充指标值（数字和单位）或指标名称；确实不设这一指标的，建议整行删去。",
    good="购置办公用品及时率 ≥90%",
    bad="购置办公用品及时率 （空）",
)
def unpaired(subject: Subject) -> Iterator[Hit]:
    unsure = _unsure(subject.project)
    for row in subject.rows:
        name = row.name.strip()
        if name and row.said and not _IDLE.fullmatch(row.said):
            continue
        said = [text for text in _both(row) if not _IDLE.fullmatch(text)]
        if bool(name) == bool(said) or row.path() in unsure or is_sample(name):
            continue
        if name:
            idle = row.said and f"（只写了“{row.said}”）"
            severity: Severity = "中" if _COUNTED.search(name) else "高"
            yield Hit(row.path(), f"“{name}”没有填指标值{idle}，建议补充。", name, severity, slot=row.slot)
        else:
            message = f"{row.indicator.level2 or '有一行'}填了指标值“{said[0]}”，没有指标名称，建议补充。"
            yield Hit(row.path(), message, said[0], slot=row.slot)


@rule(
    "C09",
    "两个指标值只填了一个",
    "中",
    "完整性",
    ground=FORM,
    needs=("two columns",),
    meaning="看同一行的实施周期指标值和当年度指标值是不是只填了一个。只有一个指标值栏的表、长期与年度分成两块的表、"
    "有一栏基本不填的表，不看；读表时分不清属于哪一栏的值，以及只在当年度一栏的当年期限，不算。",
    advice="建议补充另一栏；当年没有任务的，建议写明“/”。",
    good="系统设计使用年限 ≥10年 / ≥10年",
    bad="系统设计使用年限 ≥10年 / （空）",
)
def one_of_two(subject: Subject) -> Iterator[Hit]:
    unsure = _unsure(subject.project)
    titles = {"annual": "当年度指标值", "period": "实施周期指标值"}
    for row in subject.rows:
        if (row.annual.kind == "blank") == (row.period.kind == "blank"):
            continue
        said = _both(row)
        if len(said) != 1 or not row.name.strip() or row.path() in unsure:
            continue
        if not _IDLE.fullmatch(said[0]) and not _of_the_year(row):
            lacking = "annual" if row.annual.kind == "blank" else "period"
            message = f"“{row.name}”填了“{said[0]}”，{titles[lacking]}空着，建议补充。"
            yield Hit(row.path(lacking), message, said[0], slot=row.slot)


def _of_the_year(row: Row) -> bool:
    """Whether a row is about the year alone, by its name or as a day in it: the period has no such value."""
    return row.field == "annual" and (bool(_YEARLY.match(row.name.strip())) or wording.dated(row.said))


def _both(row: Row) -> list[str]:
    texts = ((row.indicator.annual or "").strip(), (row.indicator.period or "").strip())
    return [text for text in texts if text]


def _unsure(project: Project) -> set[str]:
    """Paths of the rows of which a value was not taken, or may be misread."""
    return {repair.path for repair in project.repairs if repair.holds and repair.code in UNSURE}


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (head_fields, goals, unpaired, one_of_two)
