"""Whether each category that the standard asks for has an indicator. An empty 经济 or 生态 cell is a gap in
the matrix, not a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from parsing import vocabulary
from parsing.finding import Severity
from parsing.model import Slot
from parsing.partial import OPEN
from parsing.rules import names
from parsing.rules.cells import unread
from parsing.rules.grounds import GUIDE_2021, OPINION_2018
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.standard import FAMILIES
from parsing.rules.subject import Row, Subject

_USERS = (
    "建议补充满意度指标，写明调查对象和目标值；不直接面对群众的，可以调查使用的部门或人员，"
    "例如“使用部门满意度≥90%”。"
)
_BENEFITS = frozenset(FAMILIES["效益"])


@rule(
    "C03",
    "没有产出指标",
    "高",
    "完整性",
    ground=GUIDE_2021,
    needs=("grid",),
    meaning="看数量、质量、时效三类是不是一条指标都没有。类别名称没有收录、但列在产出指标下的，算有。",
    advice="建议按绩效目标里的工作内容，补充数量、质量、时效指标。",
    good="数量指标：定制服装数量 72套",
    bad="数量、质量、时效指标都空着",
)
def no_output(subject: Subject) -> Iterator[Hit]:
    yield from _family(subject, "产出")


@rule(
    "C04",
    "没有效益指标",
    "高",
    "完整性",
    ground=GUIDE_2021,
    needs=("grid",),
    meaning="看经济、社会、生态效益和可持续影响是不是一条指标都没有。四类不要求都填，与项目有关的填一类即可。",
    advice="建议补充与项目最相关的一类效益，写明给谁带来什么变化。",
    good="社会效益指标：系统正常运行率 ≥90%",
    bad="经济、社会、生态效益和可持续影响指标都空着",
)
def no_benefit(subject: Subject) -> Iterator[Hit]:
    yield from _family(subject, "效益")


def _family(subject: Subject, family: str) -> Iterator[Hit]:
    members = FAMILIES[family]
    asked = subject.standard.asks(family, subject.natures)
    if not asked or any(subject.counts[slot] for slot in members):
        return
    if any(
        not row.slot and vocabulary.level1(row.indicator.level1) == f"{family}指标" for row in subject.rows
    ):
        return
    if _unsure(subject, *members):
        yield _unread(f"{family}指标")
        return
    path = next(filter(None, map(subject.path, members)), "")
    yield Hit(
        path, f"没有一条{family}指标（{'、'.join(members)}），建议补充。", severity=_weight(asked, "高")
    )


@rule(
    "C05",
    "服务群众或企业的项目没有满意度指标",
    "中",
    "完整性",
    ground=OPINION_2018,
    needs=("grid",),
    meaning="看项目类型、名称和目标写明服务群众、企业、办事窗口等的项目有没有满意度指标；目标直接写出服务对象（群众、企业、学生等）的为高。"
    "从严标准下所有项目都要有。满意度写在其他类别下的，算有。",
    advice="建议补充服务对象满意度指标，写明调查对象和目标值，例如“办事群众满意度≥90%”。",
    good="服务对象满意度指标：群众满意度 ≥90%",
    bad="目标写“方便企业、群众创业办事”，满意度指标空着",
)
def no_satisfaction(subject: Subject) -> Iterator[Hit]:
    if subject.counts["满意度"] or any("满意" in row.name for row in subject.rows):
        return
    asked = subject.standard.asks("满意度", subject.natures)
    if not asked:
        return
    if _unsure(subject, "满意度"):
        yield _unread("满意度指标")
        return
    served, public = subject.natures.get("served"), subject.natures.get("public")
    why = f"{subject.standard.title}要求满意度"
    if served or public:
        why = f"目标或名称写到“{served or public}”{'' if served else '，属于公共服务'}"
    yield Hit(
        subject.path("满意度"),
        f"{why}，没有满意度指标{_printed(subject, '满意度')}，建议补充。",
        served or public or "",
        severity=_weight(asked, "高" if served else "中"),
        advice="" if served else _USERS,
        slot="满意度",
    )


@rule(
    "C06",
    "没有真正的成本指标",
    "中",
    "完整性",
    ground=GUIDE_2021,
    needs=("grid",),
    meaning="看有没有说明花费多少的成本指标：单价、费用标准、总额控制。预算执行率、支付率说的是花钱进度，不算成本。"
    "工程、修缮、采购类应当有（中），其余建议有（低）；在其他产出类别里写了单价、费用标准的，算有。",
    advice="建议补充单位成本或总额控制，例如“制服费用标准2000元/人”“改造费用≤23.29万元”。",
    good="制服费用标准 2000元/人",
    bad="成本指标只有：部门预算执行率 ≥90%",
)
def no_cost(subject: Subject) -> Iterator[Hit]:
    asked = subject.standard.asks("成本", subject.natures)
    if not asked or any(map(_is_cost, subject.rows)):
        return
    if _unsure(subject, "成本"):
        yield _unread("成本指标")
        return
    under = [row for row in subject.rows if "成本" in row.slots]
    said = "、".join(f"“{row.name}”" for row in under)
    what = f"成本指标只有{said}，反映花钱进度" if under else f"没有成本指标{_printed(subject, '成本')}"
    yield Hit(
        under[0].path() if under else subject.path("成本"),
        f"{what}，建议补充单价、费用标准或总额控制。",
        under[0].name if under else "",
        severity=_weight(asked, "中"),
        slot="成本",
    )


def _is_cost(row: Row) -> bool:
    if not row.name.strip() or names.says("spending", "name", row.name):
        return False
    if "成本" in row.slots:
        return True
    said = names.says("cost", "name", row.name) and not names.says("cost", "name_not", row.name)
    return said and not _BENEFITS & set(row.slots)


@rule(
    "C07",
    "数量、质量、时效缺少一类",
    "中",
    "完整性",
    ground=GUIDE_2021,
    needs=("grid",),
    meaning="看数量、质量、时效三类是不是每类至少有一条指标。通用标准下是建议（低），从严标准下必填（中）。"
    "三类全空见 C03；表上另有“完成时限”一栏的，不要求时效指标。",
    advice="建议补充：数量写做多少，质量写合格到什么程度，时效写什么时候完成。",
    good="数量 18人、质量 验收合格率100%、时效 制服发放及时率100%",
    bad="只有数量指标：服务次数 12次",
)
def output_lacking(subject: Subject) -> Iterator[Hit]:
    members = FAMILIES["产出"]
    if not any(subject.counts[slot] for slot in members):
        return
    for slot in members:
        asked = subject.standard.asks(slot, subject.natures)
        if not asked or subject.counts[slot] or (slot == "时效" and _dated(subject)):
            continue
        if _unsure(subject, slot):
            yield _unread(f"{slot}指标")
            continue
        said = f"没有{slot}指标{_printed(subject, slot)}，建议补充。"
        yield Hit(subject.path(slot), said, severity=_weight(asked, "中"), slot=slot)


def _dated(subject: Subject) -> bool:
    """Whether the form has a column for the date of each indicator."""
    return any(
        "时限" in title or "完成时间" in title for row in subject.rows for title in row.indicator.extras
    )


def _weight(asked: str, required: Severity) -> Severity:
    return required if asked == "required" else "低"


def _printed(subject: Subject, slot: Slot) -> str:
    return "（表上印有这一栏，空着）" if subject.path(slot) else "（表上没有印这一栏）"


def _unsure(subject: Subject, *slots: Slot) -> bool:
    """Whether an indicator of these categories may be there that was not read."""
    project = subject.project
    return not OPEN.isdisjoint(project.partial) or not unread(project).isdisjoint(slots)


def _unread(category: str) -> Hit:
    return Hit("", f"有没读到或没看懂的行，{category}是否空缺说不准", unchecked=True)


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (
    *(no_output, no_benefit, no_satisfaction),
    *(no_cost, output_lacking),
)
