"""Whether the values can be measured: words, units that say nothing, growth without a base, pointers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from parsing import values
from parsing.finding import Severity
from parsing.rules import names, wording
from parsing.rules.grounds import EXPERIENCE, TARGETS_2015
from parsing.rules.leftovers import left
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Row, Subject


@rule(
    "M01",
    "用词语代替了数值",
    "高",
    "可行性",
    ground=TARGETS_2015,
    needs=("values",),
    meaning="看指标值是不是一个可以核对的数、日期或等级。“良好”“有效提高”“长期保障”到年底无法判断是否完成。"
    "句子里已有数量和单位的、按月按季的时间、零事故、全覆盖、验收等级等都算可以核对。"
    "产出和成本指标应当能够量化，出现在那里为高；效益和满意度指标为中；表样注明“定性”的为低。",
    advice="建议改为可以核对的数值，例如比率、次数、分值或日期；确实难以量化的，建议写明判断标准和佐证材料。",
    good="≥95%",
    bad="良好",
)
def vague(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        if wording.vague(row) and not left(row.said):  # a piece of the blank form is told by C10
            yield Hit(
                row.path(row.field),
                f"“{row.name}”的指标值是“{row.said}”，没有数值，年底难以判断是否完成。",
                row.said,
                severity=_vague_severity(row),
                slot=row.slot,
            )


def _vague_severity(row: Row) -> Severity:
    if wording.declared_qualitative(row):
        return "低"
    countable = row.slot in ("数量", "质量", "时效", "成本") if row.slot else "产出" in row.indicator.level1
    return "高" if countable else "中"


@rule(
    "M02",
    "增减幅度没有说明与什么相比",
    "中",
    "可行性",
    ground=EXPERIENCE,
    needs=("values",),
    meaning="看“提高5%”“下降率≥10%”一类指标，在名称、指标值或备注里有没有写明基期（上年、同比、改造前等）。"
    "不知道与什么相比，就无法计算。生产总值增速、成本节约率等比较对象约定俗成的不看。",
    advice="建议写明比较的对象和基数，例如“较上年提高5%（上年为1200人次）”。",
    good="办件量较上年增长5%",
    bad="提高5%",
)
def baseless(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        if _grows(row) and not _based(row):
            yield Hit(
                row.path(row.field),
                f"“{row.name}”为“{row.said}”，没有写明与哪一年或哪个基数相比，建议补充。",
                row.said,
                slot=row.slot,
            )


def _grows(row: Row) -> bool:
    if row.value.kind != "rate":
        return names.mentions("growth", "value", row.said)
    if names.says("growth", "name", row.name):
        return bool(row.value.number)
    # 提高就业率 ≥90%, 降低故障率 ≤5% name the level to be reached, 降低能耗 ≥5% the change
    small = row.value.sign not in ("≤", "<") and 0 < (row.value.number or 0) <= 50
    return small and names.says("growth", "starts", row.name)


def _based(row: Row) -> bool:
    text = " ".join((row.name, row.said, *row.indicator.extras.values()))
    return names.mentions("growth", "base", text) or names.mentions("growth", "settled", row.name)


@rule(
    "M03",
    "数量单位没有说明内容",
    "低",
    "可行性",
    ground=EXPERIENCE,
    needs=("values",),
    meaning="看数量是不是“1批”“1项”这样只有一个、又看不出多少的单位。1套软件、1个场地、1家机构、1项课题说得清楚，不算。",
    advice="建议改为实物数量，例如办公用品写明件数、设备写明台数、服务写明岗位数或人数。",
    good="72套",
    bad="1批",
)
def lump(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        if wording.one_of_nothing(row):
            yield Hit(
                row.path(row.field),
                f"“{row.name}”的指标值是“{row.said}”，看不出具体数量，建议写明实物量。",
                row.said,
                slot=row.slot,
            )


@rule(
    "M04",
    "数值没有单位",
    "中",
    "可行性",
    ground=EXPERIENCE,
    needs=("values",),
    meaning="看数字有没有单位。单位写在数值后、单列一栏、名称括号里（%）（套），或另一个指标值里，都算有；"
    "名称本身说清数的是什么（培训人数、项目数、指数）的，以及数值为零的，也不要求单位。",
    advice="建议在数值后补充计量单位，比率补充“%”。",
    good="软件开发数量（套）：1",
    bad="采购数量：3",
)
def unitless(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        if row.value.kind == "number" and row.value.number and not _has_unit(row):
            yield Hit(
                row.path(row.field),
                f"“{row.name}”的指标值是“{row.said}”，没有写单位，建议补充。",
                row.said,
                slot=row.slot,
            )


def _has_unit(row: Row) -> bool:
    value = row.value
    if row.unit or value.per or row.annual.unit or row.period.unit:
        return True
    if any("单位" in title and text.strip() for title, text in row.indicator.extras.items()):
        return True
    if ("万" in row.said or "亿" in row.said) and row.slot in ("成本", "经济效益"):
        return True  # money in all but the word
    if values.when(row.said)[0]:  # a day as Excel counts it: a matter of reading
        return row.slot == "时效"
    return names.says("units", "told", row.name)


@rule(
    "M05",
    "指标值只指向别处",
    "中",
    "可行性",
    ground=EXPERIENCE,
    needs=("values",),
    meaning="看指标值是不是只写“不超预算”“符合相关规定”“参照某标准”。读表的人还要去找另一份材料才知道目标是多少。"
    "写出了数额的（不超预算50万元）不算。",
    advice="建议把所指的数额或标准直接写出来，例如“≤92万元”，依据放在备注里。",
    good="≤90万元",
    bad="不超预算",
)
def pointing(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        if wording.points(row.said):
            yield Hit(
                row.path(row.field),
                f"“{row.name}”的指标值是“{row.said}”，没有写出具体数值或标准，建议直接写明。",
                row.said,
                slot=row.slot,
            )


@rule(
    "M06",
    "数值是约数",
    "低",
    "可行性",
    ground=EXPERIENCE,
    needs=("values",),
    meaning="看数字旁边有没有“约”“左右”“基本达到”“力争”等词。约数的完成与否可以两说。“节约”“集约”等词不算。",
    advice="建议写成确定的数，或用≥、≤给出界限。",
    good="≥100人",
    bad="100人左右",
)
def approximate(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        if hedge := wording.approximate(row.said):
            yield Hit(
                row.path(row.field),
                f"“{row.name}”的指标值“{row.said}”里的“{hedge}”是约数，建议写成确定的数或界限。",
                row.said,
                slot=row.slot,
            )


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (
    vague,
    baseless,
    lump,
    unitless,
    pointing,
    approximate,
)
