"""Rules for the targets that several projects set for the same indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal

from parsing.rules.grounds import EXPERIENCE
from parsing.rules.kinds import kind
from parsing.rules.outline import Outline, OutlineLine
from parsing.rules.overlap import home
from parsing.rules.rule import rule
from parsing.rules.shared import FEW, Shared, strange
from parsing.rules.similar import measured, particular, plain, siblings
from parsing.rules.words import canon
from parsing.values import Value, understand

SEVERAL = 3  # projects that make a habit
WHOLE = Decimal(100)  # %: nobody can set more, so that all set it says nothing
Held = dict[int, tuple[OutlineLine, Value]]  # number of the project → the indicator and its value


def _held(
    outlines: Sequence[Outline],
    scope: Callable[[Outline], Hashable | None],
    counts: Callable[[OutlineLine, Value], bool],
) -> Iterator[Held]:
    """The projects of a scope that measure the same, each with its first indicator of that."""
    found: dict[tuple[Hashable, str], Held] = {}
    for number, outline in enumerate(outlines):
        within = scope(outline)
        for line in outline.lines if within is not None else ():
            value = understand(line.said)
            if value.number is not None and counts(line, value):
                found.setdefault((within, measured(line.name)), {}).setdefault(number, (line, value))
    return iter(found.values())


def _target(value: Value) -> tuple[Hashable, ...]:
    """The figure alone: ≥95% and 95% are one."""
    return value.number, value.upper, value.unit, value.per


@rule(
    "P04",
    "同一指标在本单位不同项目中指标值不同",
    "提示",
    "可行性",
    ground=EXPERIENCE,
    meaning="同一单位、同一年度的几个项目考核同一件事（比率，或每人、每套的标准），指标值却不一样。"
    "只看写明了对象的指标，“验收合格率”这类哪里都能用的指标和满意度不比；多数项目一致时，只提示少数不同的。"
    "项目名称已经分出对象的单价（食品抽检、药品抽检；按人的标准除外），以及目标里专门写明的比率，不提示。",
    advice="建议核实各项目的要求是否应当一致；确有不同的，说明理由",
    good="两个项目的办公用品验收合格率都是100%",
    bad="办公用品验收合格率：综合工作经费 ≥95%，综合经费 100%",
)
def uneven(outlines: Sequence[Outline]) -> Iterator[tuple[int, Shared]]:
    for held in _held(outlines, home, _comparable):
        labels = [_target(value) for _, value in held.values()]
        tally = Counter(labels)
        if len(tally) < 2 or _meant(outlines, held):
            continue
        (main, count), *_ = tally.most_common()
        first: dict[Hashable, int] = {}
        for number, label in zip(held, labels, strict=True):
            first.setdefault(label, number)
        shown = list(first.items())[: FEW + 1]
        for number, label in zip(held, labels, strict=True):
            if label == main and 2 * count > len(held):
                continue
            line, _ = held[number]
            others = [other for target, other in shown if target != label][:FEW]
            said = "、".join(f"“{outlines[other].name}”为{held[other][0].said}" for other in others)
            yield (
                number,
                Shared(
                    path=f"indicators[{line.number}].annual",
                    message=f"本单位{len(held)}个项目都有“{line.name}”，指标值不同：本项目为{line.said}，{said}",
                    quote=line.said,
                    slot=line.slot,
                    also=tuple((other, f"indicators[{held[other][0].number}].annual") for other in others),
                ),
            )


def _meant(outlines: Sequence[Outline], held: Held) -> bool:
    """Whether the targets differ for a reason that is plain: prices of things that the projects' names tell
    apart (食品抽检, 药品抽检), or a rate that a goal sets for its own project."""
    projects = [outlines[number] for number in held]
    if all(value.per and canon(value.per[0]) != "人" for _, value in held.values()):  # heads cost the same
        return all(siblings(projects[0].name, other.name) for other in projects[1:])
    return any(
        plain(f"{measured(line.name)}{value.number:f}") in plain(text)
        for one, (line, value) in zip(projects, held.values(), strict=True)
        for text in one.goals.values()
    )


def _comparable(line: OutlineLine, value: Value) -> bool:
    return (
        (value.kind == "rate" or bool(value.per))
        and line.slot != "满意度"
        and particular(measured(line.name))
    )


@rule(
    "P05",
    "不同项目的同一指标取同一个值",
    "提示",
    "可行性",
    ground=EXPERIENCE,
    meaning="同一年度三个以上做不同事情的项目有同一个比率指标，其中大多数取完全相同的值，像是沿用固定数值，"
    "而不是按各自的基础测算。100%不算；性质相同的一组项目取同一标准也不算。",
    advice="建议对照上年完成值或行业标准，说明本项目取这个值的依据",
    good="部门预算执行率≥96%（上年实际95.2%）",
    bad="六个不同的项目，预算执行率都是≥90%",
)
def everywhere(outlines: Sequence[Outline]) -> Iterator[tuple[int, Shared]]:
    for held in _held(outlines, lambda one: one.year, _set_freely):
        main, count = Counter(_target(value) for _, value in held.values()).most_common(1)[0]
        if count < SEVERAL or 2 * count <= len(held):
            continue
        same = [number for number, (_, value) in held.items() if _target(value) == main]
        if not all(strange([kind(outlines[n].name, outlines[n].project_type) for n in same])):
            continue
        for number in same:
            line, _ = held[number]
            others = [other for other in same[: FEW + 1] if other != number][:FEW]
            yield (
                number,
                Shared(
                    path=f"indicators[{line.number}].annual",
                    message=f"同一年度有{len(held)}个项目设了“{line.name}”，其中{count}个都取{line.said}，"
                    "建议说明取值依据",
                    quote=line.said,
                    slot=line.slot,
                    also=tuple((other, f"indicators[{held[other][0].number}].annual") for other in others),
                ),
            )


def _set_freely(line: OutlineLine, value: Value) -> bool:
    return value.kind == "rate" and value.number not in (WHOLE, Decimal(0))


RULES = (uneven, everywhere)
