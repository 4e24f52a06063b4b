"""Rules for texts that stand in projects which have little in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from parsing.model import SLOTS
from parsing.rules.goals import copies
from parsing.rules.grounds import EXPERIENCE
from parsing.rules.kinds import kind
from parsing.rules.outline import Outline
from parsing.rules.overlap import home
from parsing.rules.rule import rule
from parsing.rules.shared import FEW, Shared, listed, strange
from parsing.rules.similar import body, measured, title
from parsing.values import understand

SEVERAL = 3  # projects that make a habit
LIKE = 60  # of 100: names of one programme
MODELS = 8  # programmes told apart in one group; a further one counts as different from these
BENEFITS = SLOTS[4:8]


@rule(
    "P03",
    "绩效目标文字与其他项目雷同",
    "低",
    "相关性",
    ground=EXPERIENCE,
    meaning="绩效目标的全文（15字以上）与同一年度另一个单位或另一类项目的目标相同或几乎相同，而两者并非同一项工作。"
    "照抄的目标说不出本项目要做成什么。名称相近的同一类工作（如各镇的公路养护）不算。",
    advice="建议按本项目的实际内容改写目标，写明做什么、做到什么程度",
    good="完成24小时自助厅出入口改造，分流群众出入路线",
    bad="两个不同单位的培训项目与购置项目，目标都写：保障各项工作按时、有序、高效地完成，不断提升服务水平",
)
def goal_copied(outlines: Sequence[Outline]) -> Iterator[tuple[int, Shared]]:
    for group in copies(outlines, lambda one: one.year):
        if len({(body(outlines[n].unit), _kind(outlines[n])) for n, _ in group}) < 2:
            continue
        labels = _programmes([outlines[number].name for number, _ in group])
        first: dict[int, tuple[int, str]] = {}
        for label, goal in zip(labels, group, strict=True):
            first.setdefault(label, goal)
        for (number, path), label, odd in zip(
            group, labels, strange([str(one) for one in labels]), strict=True
        ):
            if not odd:
                continue
            ours = outlines[number]
            others = [goal for other, goal in first.items() if other != label]
            others = [goal for goal in others if _apart(ours, outlines[goal[0]])][:FEW]
            if others:
                names = [outlines[other].name for other, _ in others]
                yield (
                    number,
                    Shared(
                        path=path,
                        message=f"绩效目标与{listed(names, len(names))}的目标文字几乎相同"
                        f"（同一年度共{len(group)}个项目这样写），建议按本项目的内容改写",
                        quote=ours.goals[path],
                        also=tuple(others),
                    ),
                )


def _kind(outline: Outline) -> str:
    return kind(outline.name, outline.project_type)


def _apart(one: Outline, other: Outline) -> bool:
    return body(one.unit) != body(other.unit) or _kind(one) != _kind(other)


def _programmes(names: Sequence[str]) -> list[int]:
    """A number for each name; names of one programme have the same."""
    models: list[str] = []
    found = []
    for name in map(title, names):
        at = next((n for n, model in enumerate(models) if fuzz.ratio(model, name) >= LIKE), len(models))
        if at == len(models) < MODELS:
            models.append(name)
        found.append(at)
    return found


@rule(
    "R07",
    "几个不同性质的项目用同一条效益指标",
    "低",
    "相关性",
    ground=EXPERIENCE,
    meaning="同一单位、同一年度有三个以上项目用同一条效益指标，指标值也只是文字，而这些项目做的事并不相同"
    "（如综合经费与改造工程）。这样的指标放在哪个项目都成立，看不出本项目带来了什么。性质相同的一组项目共用指标不算。",
    advice="建议改为本项目直接带来的、能用数字说明的效益",
    good="自助厅出入口改造后日均分流群众≥200人次",
    bad="综合工作经费、综合经费、自助厅出入口改造都用：保证政务服务工作正常运行",
)
def benefit_cloned(outlines: Sequence[Outline]) -> Iterator[tuple[int, Shared]]:
    held: dict[tuple[object, str], dict[int, int]] = {}
    for number, outline in enumerate(outlines):
        where = home(outline)
        for line in outline.lines if where else ():
            if line.slot in BENEFITS and understand(line.said).kind not in ("number", "rate", "date"):
                held.setdefault((where, measured(line.name)), {}).setdefault(number, line.number)
    for group in held.values():
        if len(group) < SEVERAL:
            continue
        numbers = list(group)
        for number, odd in zip(numbers, strange([_kind(outlines[n]) for n in numbers]), strict=True):
            if not odd:
                continue
            line = outlines[number].lines[group[number]]
            others = [other for other in numbers[: FEW + 1] if other != number][:FEW]
            names = [outlines[other].name for other in others]
            yield (
                number,
                Shared(
                    path=f"indicators[{line.number}]",
                    message=f"效益指标“{line.name}”在本单位{len(group)}个项目中都有，这些项目做的事并不相同"
                    f"（另见{listed(names, len(group) - 1)}），看不出本项目的效益",
                    quote=line.name,
                    slot=line.slot,
                    also=tuple((other, f"indicators[{group[other]}]") for other in others),
                ),
            )


RULES = (goal_copied, benefit_cloned)
