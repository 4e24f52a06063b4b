"""Whether a value fits what its name measures: its sign, its ceiling, its ambition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from parsing.rules import names
from parsing.rules.grounds import ARITHMETIC, EXPERIENCE
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Row, Subject

UP, DOWN = ("≥", ">"), ("≤", "<")


@rule(
    "M07",
    "大于小于号的方向与指标相反",
    "高",
    "可行性",
    ground=EXPERIENCE,
    needs=("values",),
    meaning="看越低越好的指标（故障率、投诉率、差错率）有没有写成≥，越高越好的（合格率、及时率、满意度）有没有写成≤。"
    "名称里有处理、整改、下降等词的，以及完成率、执行率，方向说不准，不看。",
    advice="建议核实符号，多半是≥与≤写反了。",
    good="窗口设备故障发生率 ≤5%",
    bad="窗口设备故障发生率 ≥5%",
)
def reversed_sign(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        good, wrong = ("低", UP) if _better(row) == "lower" else ("高", DOWN)
        if _better(row) and row.value.sign in wrong:
            yield Hit(
                row.path(row.field),
                f"“{row.name}”越{good}越好，指标值却是“{row.said}”，建议核实符号。",
                row.said,
                slot=row.slot,
            )


def _better(row: Row) -> str:
    better = names.polarity(row.name)
    # 投诉件数 as an output may be work to be done, a count of complaints handled
    if better == "lower" and row.slot == "数量" and not names.bare(row.name).endswith("率"):
        return ""
    return better


@rule(
    "M08",
    "比率超过了100%",
    "中",
    "可行性",
    ground=ARITHMETIC,
    needs=("values",),
    meaning="看合格率、及时率、满意度等部分占整体的比率有没有超过100%。增长率、完成率、执行率、利用率可以超过，不看。",
    advice="建议核实数值，多半是多写了一位或把倍数写成了比率。",
    good="办公用品验收合格率 100%",
    bad="办公用品验收合格率 120%",
)
def above_whole(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        value = row.value
        top = value.upper or value.number
        if value.unit != "%" or top is None or not names.says("polarity", "part", row.name):
            continue
        above = top > 100 or (top == 100 and value.sign == ">")
        if above and value.sign not in DOWN and not names.mentions("growth", "starts", row.name):
            yield Hit(
                row.path(row.field),
                f"“{row.name}”最高是100%，指标值却是“{row.said}”，建议核实。",
                row.said,
                slot=row.slot,
            )


@rule(
    "M09",
    "目标定得过低",
    "低",
    "适当性",
    ground=EXPERIENCE,
    needs=("values",),
    meaning="看目标是不是不费力就能达到：满意度低于80%，合格率、及时率等低于60%，越高越好的比率≥1%，"
    "数量≥0，故障率、投诉率≤100%。覆盖率、达标率等起点可能本来就低的，只看≥1%这一条。",
    advice="建议结合上年实际完成情况和行业水平核实目标值。",
    good="群众满意度 ≥90%",
    bad="群众满意度 ≥60%",
)
def trivial(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        if why := _trivial(row):
            yield Hit(
                row.path(row.field),
                f"“{row.name}”的指标值是“{row.said}”，{why}，建议核实。",
                row.said,
                slot=row.slot,
            )


def _trivial(row: Row) -> str:
    value, better = row.value, names.polarity(row.name)
    if value.number is None:
        return ""
    if value.kind == "number":  # none or more: always true
        counted = value.sign == "≥" and not value.number and row.slot == "数量" and better != "lower"
        return "没有要求任何数量" if counted else ""
    if value.kind != "rate" or value.unit != "%":
        return ""
    if better == "lower":
        return "任何情况都能达到" if value.sign in DOWN and value.number >= 100 else ""
    if better != "higher" or value.sign in (*DOWN, "±"):
        return ""
    if names.says("polarity", "satisfaction", row.name):
        return "低于通常的80%" if value.number < 80 else ""
    floor = 60 if names.says("polarity", "firm", row.name) else 1.000001
    return "几乎不费力就能达到" if value.number < floor else ""


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (reversed_sign, above_whole, trivial)
