"""Rules for projects of one unit that may be the same thing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from parsing.rules.goals import copies
from parsing.rules.grounds import EXPERIENCE
from parsing.rules.outline import Outline
from parsing.rules.rule import rule
from parsing.rules.shared import FEW, Shared, blocks, clusters, listed, neighbours
from parsing.rules.similar import body, measured, particular, siblings, title

OUTPUTS = ("数量", "质量", "时效")
REACH = 4  # projects compared with each one that measures the same thing
Home = tuple[str, int]


def home(outline: Outline) -> Home | None:
    """Unit and year: what is filed there is compared. None where either is unknown."""
    return (body(outline.unit), outline.year) if outline.unit and outline.year else None


@rule(
    "P01",
    "同一单位两个项目内容相近",
    "提示",
    "适当性",
    ground=EXPERIENCE,
    meaning="同一单位、同一年度的两个项目，产出指标大半考核同一件事（不含“验收合格率”这类哪里都能用的指标），"
    "或绩效目标的文字几乎相同，可能是同一件事安排了两笔钱。只差地点或对象的一组项目（如几条路的改造）不算。",
    advice="建议核实两个项目的支出内容是否重复，能合并的合并，不能合并的在目标中写清各自的范围",
    good="办公用品只在“综合工作经费”中购置，“综合经费”写活动筹备和服务宣传",
    bad="“综合工作经费（常）”与“综合经费”都购置办公用品1批，都考核购置办公用品及时率和验收合格率",
)
def overlapping(outlines: Sequence[Outline]) -> Iterator[tuple[int, Shared]]:
    things = [_things(one) for one in outlines]
    same = {pair for pair in _same_things(outlines, things) if _unlisted(outlines, *pair)}
    pairs = sorted(same | {pair for pair in _same_goals(outlines) if _unlisted(outlines, *pair)})
    near: dict[int, list[int]] = {}
    for one, other in pairs:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    for group in clusters(pairs):
        for number in group:
            others = near[number][:FEW]  # the nearest; the group may hold more
            first, names = others[0], [outlines[other].name for other in others]
            common = list(things[number].keys() & things[first].keys())
            common = (
                sorted(common, key=things[number].__getitem__)[:FEW] if _pair(number, first) in same else []
            )
            said = "”“".join(outlines[number].lines[things[number][key]].name for key in common)
            what = f"都考核“{said}”" if common else "绩效目标的文字几乎相同"
            hit = Shared(
                path="",
                message=f"本项目与同单位的{listed(names, len(group) - 1)}内容相近：{what}，"
                "建议核实是否重复安排",
                quote=outlines[number].name,
                also=(
                    *((other, "") for other in others),
                    *((first, f"indicators[{things[first][key]}]") for key in common),
                ),
            )
            yield number, hit


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _things(outline: Outline) -> dict[str, int]:
    """What the outputs measure, where that is a thing of its own → the indicator's number."""
    keys = ((measured(line.name), line) for line in outline.lines if line.slot in OUTPUTS)
    found: dict[str, int] = {}
    for key, line in keys:
        if particular(key):
            found.setdefault(key, line.number)
    return found


def _same_things(outlines: Sequence[Outline], things: Sequence[dict[str, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of which one shares half of its outputs, two or more, with the other."""
    homes = [home(one) for one in outlines]
    order = sorted(range(len(outlines)), key=lambda number: title(outlines[number].name))
    sharing = blocks(
        ((homes[number], key), number) for number in order if homes[number] for key in things[number]
    )
    shared = Counter(_pair(*pair) for block in sharing.values() for pair in neighbours(block, REACH))
    for (one, other), count in shared.items():
        if count > 1 and 2 * count >= min(len(things[one]), len(things[other])):
            yield one, other


def _same_goals(outlines: Sequence[Outline]) -> Iterator[tuple[int, int]]:
    for group in copies(outlines, home):
        yield from neighbours([number for number, _ in group], REACH)


def _unlisted(outlines: Sequence[Outline], one: int, other: int) -> bool:
    """Neither a series, nor the same project with other money, which P02 tells."""
    ours, theirs = outlines[one], outlines[other]
    if title(ours.name) == title(theirs.name):
        return ours.budget_yuan == theirs.budget_yuan
    return not siblings(ours.name, theirs.name)


@rule(
    "P02",
    "同一项目填报了两次，金额不同",
    "中",
    "完整性",
    ground=EXPERIENCE,
    meaning="同一单位、同一年度有两张表，项目名称相同（年份、“项目”“经费”“专项”等字样不计），当年预算却不同。"
    "通常是改过的表与旧表都交了上来，合计会重复计算。",
    advice="建议核实以哪一张表为准，撤回另一张；确是两个项目的，建议在名称中写明区别",
    good="窗口设备购置（一期） 50万元；窗口设备购置（二期） 30万元",
    bad="窗口设备购置 50万元；窗口设备购置项目 48万元",
)
def twice(outlines: Sequence[Outline]) -> Iterator[tuple[int, Shared]]:
    named = (
        ((home(one), title(one.name)), n) for n, one in enumerate(outlines) if home(one) and one.budget_yuan
    )
    for group in blocks(named).values():
        sums: dict[object, list[int]] = {}
        for number in group:
            sums.setdefault(outlines[number].budget_yuan, []).append(number)
        if len(sums) < 2:
            continue
        first = [numbers[0] for numbers in sums.values()][: FEW + 1]
        for number in group:
            ours = outlines[number]
            others = [other for other in first if outlines[other].budget_yuan != ours.budget_yuan]
            figures = "、".join(
                f"“{outlines[other].name}”{outlines[other].budget_yuan:,f}元" for other in others[:FEW]
            )
            yield (
                number,
                Shared(
                    path="budget_yuan",
                    message=f"本单位当年有{len(group)}张表的项目名称相同而金额不同：本表{ours.budget_yuan:,f}元，"
                    f"另有{figures}，建议核实以哪一张为准",
                    quote=ours.name,
                    also=tuple((other, "budget_yuan") for other in others[:FEW]),
                ),
            )


RULES = (overlapping, twice)
