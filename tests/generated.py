"""Generated tables for ``tests.recall``: labels put together of words that the program never saw, fields and
columns in any order, layouts of several kinds, in the shapes in which tables travel, whole or damaged. A seed
always gives the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from tests.generated_words import WHOLE, label

THINGS, PLACES = (
    ("道路", "水渠", "校舍", "公园", "档案", "食堂", "路灯", "河道"),
    ("东河", "西岭", "南塘", "北山"),
)
WORKS = ("修缮", "维护", "改造", "购置", "监测", "清理", "培训", "普查")
LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
# Each as its sign, its number or words, and its unit.
TARGETS = (
    *(("≥", "{}", "个"), ("", "{}", "公里"), ("≥", "{}", "%"), ("≤", "{}", "万元"), ("", "{}", "次/年")),
    *(("", "2024年{}月底前", ""), ("", "明显改善", ""), ("", "持续提高", "")),
)
TITLES = ("一级指标", "二级指标", "三级指标", "指标值")
SPLIT = ("指标性质", "指标值", "计量单位")
Grid = list[list[str]]


class Printed(NamedTuple):
    level1: str
    level2: str
    name: str
    target: tuple[str, str, str]


class Merged(NamedTuple):
    """A merged cell: its first row and column, counted from 0, and how many it covers."""

    row: int
    column: int
    down: int
    across: int


@dataclass(frozen=True)
class Specimen:
    """``fields``: field → value, money in 元; ``grid``: the rows as printed, a merged cell's text once, ""
    for what it covers; ``header``: the row that names the columns of the indicators; ``rows``: the row of
    each indicator."""

    fields: dict[str, str | int]
    indicators: list[Printed]
    grid: Grid
    header: int
    rows: list[int]
    merged: tuple[Merged, ...] = ()


def table(dice: Random) -> Specimen:
    place, thing, work = dice.choice(PLACES), dice.choice(THINGS), dice.choice(WORKS)
    wan = dice.randint(5, 900)
    fields: dict[str, str | int] = {
        "name": f"{place}{thing}{work}",
        "department": f"{place}县{dice.choice(('交通', '水利', '教育', '农业农村'))}局",
        "unit": f"{place}镇{dice.choice(('人民政府', '建设办公室', '中心小学'))}",
        "budget_yuan": wan * 10_000,
        "annual_goal": f"完成{place}{thing}{work}，保障群众出行和生产生活需要，经费按进度支出。",
    }
    indicators = [one for level1, slots in LEVELS.items() for one in _some(dice, level1, slots, thing)]
    columns, rows, merged = _body(dice, indicators, thing)
    strip = dice.random() < 0.3  # a word beside the whole grid of indicators
    width = len(columns) + strip
    head = _head(dice, fields, wan, width)
    header = len(head)
    grid = [[*row, *[""] * (width - len(row))] for row in head]
    for row in (columns, *(cells for cells, _ in rows)):
        grid.append([""] * strip + row)
    spans = [_across(k, row, width) for k, row in enumerate(head)]
    spans += [Merged(header + 1 + at.row, at.column + strip, at.down, at.across) for at in merged]
    if strip:
        grid[header][0] = "年度绩效指标"
        spans.append(Merged(header, 0, len(rows) + 1, 1))
    own = [header + 1 + k for k, (_, is_indicator) in enumerate(rows) if is_indicator]
    return Specimen(
        fields, indicators, grid, header, own, tuple(at for at in spans if at.down * at.across > 1)
    )


def _some(dice: Random, level1: str, slots: tuple[str, ...], thing: str) -> list[Printed]:
    some = []
    for level2 in sorted(dice.sample(slots, dice.randint(1, len(slots))), key=slots.index):
        for number in range(dice.randint(1, 2)):
            what = dice.choice(("数量", "覆盖率", "完成率", "成效"))
            name = f"{thing}{dice.choice(WORKS)}{what}{'甲乙'[number]}"
            sign, value, unit = dice.choice(TARGETS)
            target = sign, value.format(dice.randint(2, 12 if "月" in value else 98)), unit
            some.append(Printed(level1, level2, name, target))
    return some


def _head(dice: Random, fields: dict[str, str | int], wan: int, width: int) -> Grid:
    """The rows above the indicators: labels beside their values, or some of them above."""
    labels = {name: label(dice, name) for name in fields}
    labels["budget_yuan"] += dice.choice(("（万元）", "（元）"))
    shown = {name: str(value) for name, value in fields.items()}
    shown["budget_yuan"] = str(wan) if "万" in labels["budget_yuan"] else f"{wan * 10_000:,}.00"
    pairs = [(labels[name], shown[name]) for name in ("department", "unit", "budget_yuan")]
    pairs += [(label(dice, "other"), str(dice.randint(100, 999))) for _ in range(dice.randint(0, 2))]
    head: Grid = [["项目支出绩效目标表"], ["（2024年度）"], [labels["name"], shown["name"]]]
    if width > 3 and dice.random() < 0.25:
        head += [[*pairs.pop(2)], ["其中：财政拨款", shown["budget_yuan"], "其他资金", "0"]]
    dice.shuffle(pairs)
    if len(pairs) <= width and dice.random() < 0.25:
        head += [[name for name, _ in pairs], [value for _, value in pairs]]
        pairs = []
    while pairs:
        row = [text for _ in range(dice.randint(1, 2)) if pairs for text in pairs.pop()]
        head.append(row)
    head.append([labels["annual_goal"], shown["annual_goal"]])
    return head


def _across(number: int, row: list[str], width: int) -> Merged:
    """The last cell of a row of the head reaches to the right edge."""
    return Merged(number, len(row) - 1, 1, width - len(row) + 1)


def _body(
    dice: Random, indicators: list[Printed], thing: str
) -> tuple[list[str], list[tuple[list[str], bool]], list[Merged]]:
    """The titles of the columns; the rows below, and whether each is an indicator; the merged cells."""
    bands, split, again = dice.random() < 0.2, dice.random() < 0.25, dice.random() < 0.15
    roles = ["name", *(("sign", "value", "unit") if split else ("target",))]
    if not split and dice.random() < 0.2:
        roles.reverse()
    extras = {label(dice, "column"): f"按{thing}台账" for _ in range(dice.randint(0, 2))}
    for title in extras:
        roles.insert(dice.randint(1, len(roles)), title)
    roles = [*(("level2",) if bands else ("level1", "level2")), *roles]
    titles = dict(zip(("level1", "level2", "name", "target"), TITLES, strict=True))
    titles |= dict(zip(("sign", "value", "unit"), SPLIT, strict=True))
    header = [titles.get(role, role) for role in roles]
    rows: list[tuple[list[str], bool]] = []
    starts: dict[int, list[int]] = {column: [] for column in range(1 if bands else 2)}
    before = Printed("", "", "", ("", "", ""))
    merged = []
    for one in indicators:
        new1 = one.level1 != before.level1
        new2 = new1 or one.level2 != before.level2
        if bands and new1:
            merged.append(Merged(len(rows), 0, 1, len(roles)))
            rows.append(([one.level1, *[""] * (len(roles) - 1)], False))
        elif again and new1 and rows:  # the titles once more, as over the rows of a new page
            rows.append((header, False))
        sign, value, unit = one.target
        cells = {"level1": one.level1 * new1, "level2": one.level2 * new2, "name": one.name}
        cells |= {"target": sign + value + unit, "sign": sign, "value": value, "unit": unit, **extras}
        for column, is_new in enumerate((new2,) if bands else (new1, new2)):
            if is_new:
                starts[column].append(len(rows))
        rows.append(([cells[role] for role in roles], True))
        before = one
    for column, firsts in starts.items():
        for first, after in zip(firsts, [*firsts[1:], len(rows)], strict=True):
            ends = (k for k in range(first, after) if not rows[k][1])
            merged.append(Merged(first, column, next(ends, after) - first, 1))
    return header, rows, merged


def whole(_: Random, true: Specimen) -> Specimen:
    return true


def noisy(dice: Random, true: Specimen) -> Specimen:
    """As on a web page: a way there above, who edited it below."""
    above = [["当前位置：首页 > 信息公开 > 预算公开"], [f"发布时间：2024-03-{dice.randint(1, 30):02}"]]
    return replace(
        true,
        grid=[*above, *true.grid, ["上一篇：通知公告"], ["打印本页"]],
        header=true.header + 2,
        rows=[row + 2 for row in true.rows],
        merged=tuple(at._replace(row=at.row + 2) for at in true.merged),
    )


def unknown(dice: Random, true: Specimen) -> Specimen:
    """With one label of which no part is known."""
    rows = [k for k, row in enumerate(true.grid[: true.header]) if len([*filter(None, row)]) > 1]
    at = dice.choice([k for k in rows if not _is_value(true, true.grid[k][0])][:3])
    grid = [[*row] for row in true.grid]
    grid[at][0] = dice.choice(WHOLE)
    return replace(true, grid=grid)


def _is_value(true: Specimen, text: str) -> bool:
    return text in true.fields.values() or text.replace(",", "").replace(".", "").isdigit()


def torn(dice: Random, true: Specimen) -> Specimen:
    """Cut behind some row of indicators."""
    left = dice.randint(1, len(true.rows))
    end = true.rows[left - 1] + 1
    merged = tuple(at._replace(down=min(at.down, end - at.row)) for at in true.merged if at.row < end)
    return replace(
        true,
        indicators=true.indicators[:left],
        grid=true.grid[:end],
        rows=true.rows[:left],
        merged=tuple(at for at in merged if at.down * at.across > 1),
    )


DAMAGES: dict[str, Callable[[Random, Specimen], Specimen]] = {
    "whole": whole,
    "noisy": noisy,
    "unknown": unknown,
    "torn": torn,
}
