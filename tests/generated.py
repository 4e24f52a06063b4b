"""Generated tables for ``tests.recall``: labels put together of words, fields in any order, columns that
nobody declared, in the shapes in which tables travel, whole or damaged. A seed always gives the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from openpyxl import Workbook

THINGS, PLACES = (
    ("道路", "水渠", "校舍", "公园", "档案", "食堂", "路灯", "河道"),
    ("东河", "西岭", "南塘", "北山"),
)
WORKS = ("修缮", "维护", "改造", "购置", "监测", "清理", "培训", "普查")
LABELS: dict[str, tuple[tuple[str, ...], ...]] = {
    "name": (("项目", "专项", "资金", "课题", "工程", "任务"), ("名称", "全称")),
    "department": (
        ("业务", "资金", "预算", "归口", "行业"),
        ("主管",),
        ("部门", "单位", "处室"),
        ("", "", "及代码"),
    ),
    "unit": (("项目", "资金", "任务"), ("实施", "承担", "执行", "使用", "申报"), ("单位",), ("", "", "名称")),
    "budget_yuan": (
        ("当年", "本年度", "年度"),
        ("预算", "资金", "经费"),
        ("金额", "总额"),
        ("（万元）", "（元）"),
    ),
    "annual_goal": (("年度", "当年", "本年度"), ("", "绩效", "总体"), ("目标",)),
}
OTHERS = ("联系电话", "项目编码", "立项依据", "负责人", "功能科目", "审批文号")
LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
TARGETS = ("≥{}个", "{}公里", "≥{}%", "≤{}万元", "{}次/年", "2024年{}月底前", "明显改善", "持续提高")
TITLES = ("一级指标", "二级指标", "三级指标", "指标值")
EXTRA = ("备注", "指标解释", "责任科室", "数据来源")
Grid = list[list[str]]


class Printed(NamedTuple):
    level1: str
    level2: str
    name: str
    target: str


@dataclass(frozen=True)
class Specimen:
    """``fields``: field → value, money in 元; ``grid``: the rows as printed, a merged cell's text once, ""
    for what it covers."""

    fields: dict[str, str | int]
    indicators: list[Printed]
    grid: Grid
    columns: int


def table(dice: Random) -> Specimen:
    place, thing, work = dice.choice(PLACES), dice.choice(THINGS), dice.choice(WORKS)
    wan = dice.randint(5, 900)
    label = {name: "".join(map(dice.choice, words)) for name, words in LABELS.items()}
    fields: dict[str, str | int] = {
        "name": f"{place}{thing}{work}",
        "department": f"{place}县{dice.choice(('交通', '水利', '教育', '农业农村'))}局",
        "unit": f"{place}镇{dice.choice(('人民政府', '建设办公室', '中心小学'))}",
        "budget_yuan": wan * 10_000,
        "annual_goal": f"完成{place}{thing}{work}，保障群众出行和生产生活需要，经费按进度支出。",
    }
    shown = {name: str(value) for name, value in fields.items()}
    shown["budget_yuan"] = str(wan) if "万" in label["budget_yuan"] else f"{wan * 10_000:,}.00"
    pairs = [(label[name], shown[name]) for name in ("department", "unit", "budget_yuan")]
    pairs += [(other, str(dice.randint(100, 999))) for other in dice.sample(OTHERS, dice.randint(0, 2))]
    dice.shuffle(pairs)
    head: Grid = [["项目支出绩效目标表"], ["（2024年度）"], [label["name"], shown["name"]]]
    while pairs:
        head.append([text for _ in range(dice.randint(1, 2)) if pairs for text in pairs.pop()])
    head.append([label["annual_goal"], shown["annual_goal"]])
    indicators = [one for level1, slots in LEVELS.items() for one in _some(dice, level1, slots, thing)]
    extra = dice.sample(EXTRA, dice.randint(0, 1))
    body: Grid = [[*TITLES, *extra]]
    before = Printed("", "", "", "")
    for one in indicators:
        new1 = one.level1 != before.level1
        new2 = new1 or one.level2 != before.level2
        remark = [f"按{thing}台账"] * len(extra)
        body.append([one.level1 * new1, one.level2 * new2, one.name, one.target, *remark])
        before = one
    return Specimen(fields, indicators, [*head, *body], len(TITLES) + len(extra))


def _some(dice: Random, level1: str, slots: tuple[str, ...], thing: str) -> list[Printed]:
    found = []
    for level2 in sorted(dice.sample(slots, dice.randint(1, len(slots))), key=slots.index):
        for number in range(dice.randint(1, 2)):
            what = dice.choice(("数量", "覆盖率", "完成率", "成效"))
            name = f"{thing}{dice.choice(WORKS)}{what}{'甲乙'[number]}"
            found.append(Printed(level1, level2, name, dice.choice(TARGETS).format(dice.randint(2, 98))))
    return found


def _rows(table: Specimen) -> Grid:
    return [[text for text in row if text] for row in table.grid]


def as_workbook(table: Specimen) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(table.grid, 1):
        for column, text in enumerate(row, 1):
            if text:
                sheet.cell(number, column, text)
    first = next(k for k, row in enumerate(table.grid, 1) if row[0] == TITLES[0]) + 1
    body = [k for k in range(first, len(table.grid) + 1) if len(table.grid[k - 1]) >= len(TITLES)]
    for column in (1, 2):
        starts = [k for k in body if table.grid[k - 1][column - 1]]
        for start, end in zip(starts, [*starts[1:], body[-1] + 1], strict=True):
            if end - start > 1:
                sheet.merge_cells(start_row=start, end_row=end - 1, start_column=column, end_column=column)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def as_tabs(table: Specimen) -> bytes:
    return "\n".join("\t".join(row) for row in table.grid).encode()


def as_bars(table: Specimen) -> bytes:
    return "\n".join(" | ".join(row) + " |||" for row in _rows(table)).encode()


def as_blanks(table: Specimen) -> bytes:
    return "\n".join(" ".join(row) for row in _rows(table)).encode()


def as_lines(table: Specimen) -> bytes:
    return "\n".join("\n".join(row) for row in _rows(table)).encode()


SHAPES: dict[str, tuple[str, Callable[[Specimen], bytes]]] = {
    "xlsx": ("生成.xlsx", as_workbook),
    "tabs": ("生成.txt", as_tabs),
    "bars": ("生成.txt", as_bars),
    "blanks": ("生成.txt", as_blanks),
    "lines": ("生成.txt", as_lines),
}


def whole(_: Random, table: Specimen) -> Specimen:
    return table


def noisy(dice: Random, table: Specimen) -> Specimen:
    """As on a web page: a way there above, who edited it below."""
    above = [["当前位置：首页 > 信息公开 > 预算公开"], [f"发布时间：2024-03-{dice.randint(1, 30):02}"]]
    return Specimen(
        table.fields,
        table.indicators,
        [*above, *table.grid, ["上一篇：通知公告"], ["打印本页"]],
        table.columns,
    )


def unknown(dice: Random, table: Specimen) -> Specimen:
    """With one label that nobody knows."""
    at = dice.choice([k for k, row in enumerate(table.grid) if len(row) > 1 and row[0] not in TITLES][:3])
    grid = [[*row] for row in table.grid]
    grid[at][0] = dice.choice(("事由", "款项去处", "经办股", "钱数"))
    return Specimen(table.fields, table.indicators, grid, table.columns)


def torn(dice: Random, table: Specimen) -> Specimen:
    """Cut behind some row of indicators."""
    first = next(k for k, row in enumerate(table.grid) if row[0] == TITLES[0]) + 1
    end = dice.randint(first + 1, len(table.grid))
    return Specimen(table.fields, table.indicators[: end - first], table.grid[:end], table.columns)


DAMAGES: dict[str, Callable[[Random, Specimen], Specimen]] = {
    "whole": whole,
    "noisy": noisy,
    "unknown": unknown,
    "torn": torn,
}
