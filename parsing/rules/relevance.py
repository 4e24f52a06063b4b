"""Whether the indicators measure what they stand for: right category, own words, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from parsing.model import SLOTS
from parsing.rules import names
from parsing.rules.grounds import EXPERIENCE, GUIDE_2021, TARGETS_2015
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Row, Subject
from parsing.vocabulary import plain

_END = 3  # 及时率, 合格率: what is measured, without a word on what


@rule(
    "R03",
    "指标放错了类别",
    "中",
    "相关性",
    ground=GUIDE_2021,
    needs=("indicators",),
    meaning="看名称明显属于另一类的指标：验收合格率、系统运行率是质量，及时率是时效，满意度是满意度。"
    "各类别之间通用的完成率、覆盖率，以及效益下的水质达标率、空气优良率，都不算放错。",
    advice="建议移到所属的类别，并在原类别下补充相应的指标。",
    good="质量指标：系统正常运行率",
    bad="社会效益指标：系统正常运行率",
)
def misplaced(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        home = row.slot and not _spends(row) and names.belongs(row.name, row.slot)
        if not home or home in row.slots:
            continue
        if home == "满意度" and not subject.counts[home] and not subject.path(home):
            continue  # the form has no such category
        yield Hit(
            row.path(),
            f"“{row.name}”放在“{row.indicator.level2}”下，从名称看更像{home}指标，建议核实。",
            row.name,
            slot=row.slot,
        )


@rule(
    "R04",
    "用预算执行率、支付率作产出指标",
    "低",
    "相关性",
    ground=EXPERIENCE,
    needs=("indicators",),
    meaning="看产出指标（多见于成本、时效）是不是预算执行率、资金支付率或到位率、投资完成率。它们反映资金的进度，说不出花了多少成本、事情办得是否及时。"
    "较早的表样曾经规定填写，不是填报单位的过错；表样本身写明“预算控制指标”的，以及发放补贴等以支付为产出的，不算。",
    advice="建议成本改用单位成本或总额控制（如≤2000元/人），时效改用办结、交付、完工的时间；执行率可留作管理参考。",
    good="制服费用标准 2000元/人",
    bad="部门预算执行率 ≥90%",
)
def spending(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        if row.slot in SLOTS[:4] and _spends(row) and not _officially(row):
            yield Hit(
                row.path(),
                f"“{row.name}”反映资金进度，不直接说明{row.slot}；较早的表样曾要求这样填，建议酌情改用{row.slot}本身的指标。",
                row.name,
                slot=row.slot,
            )


def _spends(row: Row) -> bool:
    return names.says("spending", "name", row.name) and not names.says("spending", "people", row.name)


def _officially(row: Row) -> bool:
    return names.mentions("spending", "officially", row.indicator.level2)


@rule(
    "R05",
    "指标名称只重复了类别",
    "中",
    "相关性",
    ground=TARGETS_2015,
    needs=("indicators",),
    meaning="看三级指标的名称是不是只写“数量指标”“质量达标”“社会效益”，没有说出衡量的是哪件事。"
    "质量达标率、完成及时率、服务对象满意度在通行的指标框架里就这样写，不算。",
    advice="建议写明衡量的对象，例如“办公用品验收合格率”。",
    good="办公用品验收合格率",
    bad="质量达标",
)
def hollow(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        if names.hollow(row.name):
            yield Hit(
                row.path(),
                f"三级指标“{row.name}”只重复了类别，没有说明衡量的是哪件事，建议写具体。",
                row.name,
                slot=row.slot,
            )


@rule(
    "R06",
    "同一项目内指标重复",
    "中",
    "相关性",
    ground=EXPERIENCE,
    needs=("indicators",),
    meaning="看同一项目里有没有名称相同的指标（中），或同一类别下换个说法、意思相同的指标（低），例如验收合格率与质量合格率。"
    "对象不同（采购服务、租赁服务）、计量不同（人数与数量）、一个看完成一个看及时的，不算。",
    advice="建议保留一个，或改写其中一个的名称，说明两者衡量的不同内容。",
    good="采购服务验收合格率 / 租赁服务验收合格率",
    bad="工程验收合格率 / 工程质量合格率",
)
def repeated(subject: Subject) -> Iterator[Hit]:
    exact: dict[str, Row] = {}
    near: dict[tuple[str, str], Row] = {}
    ends: dict[tuple[str, str], list[Row]] = {}
    for row in subject.rows:
        name = names.spelled(row.name)
        if not name:
            continue
        same = exact.setdefault(name, row)
        under, words = row.slot or row.indicator.level2, names.folded(row.name) or name
        like = near.setdefault((under, words), row)
        if like is row:
            fuller = ends.setdefault((under, words[-_END:]), [])
            like = next((one for one in fuller if _of_the_project(subject, one, row)), row)
            fuller.append(row)
        if same is not row and _comparable(same, row):
            said = "与前面的指标同名" if same.slot == row.slot else f"与“{same.indicator.level2}”下的指标同名"
            yield Hit(
                row.path(),
                f"“{row.name}”{said}{_both(same, row)}，建议核实是否重复。",
                row.name,
                slot=row.slot,
                also=(same.path(),),
            )
        elif same is row and like is not row and _comparable(like, row):
            yield Hit(
                row.path(),
                f"“{row.name}”与“{like.name}”意思相近{_both(like, row)}，建议核实是否衡量同一件事。",
                row.name,
                severity="低",
                slot=row.slot,
                also=(like.path(),),
            )


def _of_the_project(subject: Subject, one: Row, other: Row) -> bool:
    """Whether one name only adds what the whole project is about, the target being the same: 服务及时率 is
    护理服务及时率 in a project called 护理员陪护服务外包."""
    if one.said != other.said:
        return False
    short, full = sorted((names.folded(one.name), names.folded(other.name)), key=len)
    more = full.removesuffix(short)
    return len(short) > _END and "" != more != full and more in subject.project.name


def _both(one: Row, other: Row) -> str:
    said = list(dict.fromkeys(text for text in (one.said, other.said) if text))
    return f"（指标值{'、'.join(said)}）" if said else ""


def _comparable(one: Row, other: Row) -> bool:
    """Not two measures of one thing (3场, 100人), nor one indicator whose two values stand apart."""
    halves = one.field != other.field and "blank" in (one.annual.kind, other.annual.kind)
    return not halves and plain(one.unit) == plain(other.unit) and one.value.per == other.value.per


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (misplaced, spending, hollow, repeated)
