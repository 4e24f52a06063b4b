"""Portfolios of any size, shaped like the sample tables: for tests and benchmarks."""

from __future__ import annotations

import random
from decimal import Decimal

from parsing.grid import Place
from parsing.model import SLOTS, Empty, Indicator, Project, Slot

FILLED = dict(zip(SLOTS, (0.98, 0.97, 0.97, 0.90, 0.15, 0.85, 0.10, 0.80, 0.60), strict=True))
MOST = dict(zip(SLOTS, (6, 6, 4, 3, 1, 3, 1, 4, 1), strict=True))
TYPES = (
    "其他类（综合工作）",
    "其他类（服务外包）",
    "信息化类（平台建设）",
    "信息化类（运行维护）",
    "工程基建类（改造修缮）",
    "货物购置类项目（服装制服）",
    "货物购置类项目（设备）",
    "补助类",
)
DEPARTMENTS = ("政务局", "教育局", "卫健局", "交通局", "农业局", "城管局", "文广局", "民政局")
THINGS = (
    "综合工作经费",
    "窗口服务外包",
    "设备购置",
    "系统运行维护",
    "道路改造",
    "培训",
    "宣传",
    "困难群众补助",
)
VALUES = {
    "数量": ("{n}件", "{n}人", "{n}套", "1批", "≥{n}次"),
    "质量": ("100%", "≥95%", "≥98%"),
    "时效": ("≥90%", "12月31日前", "及时"),
    "成本": ("≥90%", "{n}元/人", "≤{n}万元"),
    "经济效益": ("≥{n}万元",),
    "社会效益": ("有效提高", "良好"),
    "生态效益": ("≤5%",),
    "可持续影响": ("长期保障", "短期推动"),
    "满意度": ("≥90%", "≥95%"),
}


def generate(n: int, seed: int = 1) -> list[Project]:
    """``n`` projects with about 15 indicators each; the same for the same seed."""
    chance = random.Random(seed)
    return [_project(number, chance) for number in range(n)]


def _project(number: int, chance: random.Random) -> Project:
    department = chance.choice(DEPARTMENTS)
    year = chance.choice((2022, 2023, 2024, 2024, 2024, 2025))
    file, part = f"批{number // 50}.xlsx", f"表{number % 50 + 1}"
    indicators: list[Indicator] = []
    empty: list[Empty] = []
    for slot in SLOTS:
        row = 10 + len(indicators) + len(empty)
        level1 = "产出指标" if slot in SLOTS[:4] else "满意度指标" if slot == "满意度" else "效益指标"
        words = {"level1": level1, "level2": f"{slot}指标", "slot": slot}
        if chance.random() >= FILLED[slot]:
            empty.append(Empty(**words, place=Place(file, part, row, 2, f"B{row}")))
            continue
        for k in range(chance.randint(1, MOST[slot])):
            indicators.append(_indicator(slot, words, Place(file, part, row + k, 3, f"C{row + k}"), chance))
    return Project(
        name=f"{chance.choice(THINGS)}项目{number}",
        form="guangdong",
        department=department,
        unit=f"{department}第{chance.randint(1, 5)}中心",
        project_type=chance.choice(TYPES),
        level="一级项目",
        start=str(year),
        end=str(year + chance.randint(0, 4)),
        year=year,
        budget_yuan=Decimal(round(chance.lognormvariate(12.5, 1.3))) * 100
        if chance.random() < 0.99
        else None,
        period_goal="保障工作正常运行，提高服务水平。" * chance.randint(2, 8),
        annual_goal="完成年度任务，提高服务水平。" * chance.randint(2, 8),
        indicators=tuple(indicators),
        empty=tuple(empty),
        places={"name": Place(file, part, 1, 2, "B1"), "budget_yuan": Place(file, part, 4, 2, "B4")},
        excerpt=tuple((one.place.row, 3, 1, 1, one.name) for one in indicators),
    )


def _indicator(slot: Slot, words: dict[str, str], place: Place, chance: random.Random) -> Indicator:
    value = chance.choice(VALUES[slot]).format(n=chance.randint(2, 500))
    name = f"{chance.choice(THINGS)}{slot}情况"
    places = {"name": place} | {
        field: place._replace(column=column, cell=f"{letter}{place.row}")
        for field, column, letter in (("period", 4, "D"), ("annual", 5, "E"))
    }
    return Indicator(**words, name=name, period=value, annual=value, places=places)
