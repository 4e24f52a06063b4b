"""Portfolios of any size, shaped like the sample tables: for tests and benchmarks."""

from __future__ import annotations

import random
from collections.abc import Iterator
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
LONG = (
    "关于2024年全市基层公共服务综合平台（含“一网统管”试点）升级改造及驻场运行维护服务采购"
    "（第二期）与政务服务大厅标准化建设提升工程专项经费补助资金"
)
OFFICE = "（原基层公共服务和行政审批综合管理办公室）"
# Names of indicators and their values. {t} is the thing that the project does, {n} a number: what has
# neither stands word for word in many projects, as it does in the sample tables.
NAMES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "数量": (
        ("{t}数量", ("{n}件", "{n}套", "1批", "1项")),
        ("{t}人数", ("{n}人", "≥{n}人")),
        ("购置办公用品", ("1批",)),
        ("{t}次数", ("≥{n}次",)),
    ),
    "质量": (
        ("{t}验收合格率（%）", ("100%", "≥95%", "≥98%")),
        ("{t}达标率", ("≥90%", "≥95%")),
        ("验收合格率", ("100%", "≥95%")),
        ("{t}故障发生率", ("≤5%",)),
    ),
    "时效": (
        ("{t}完成及时率", ("≥90%", "100%")),
        ("资金支付及时率", ("≥90%",)),
        ("{t}完成时间", ("12月31日前", "及时", "2年")),
    ),
    "成本": (
        ("预算执行率（%）", ("≥90%",)),
        ("部门预算执行率", ("≥90%", "≥95%")),
        ("{t}费用标准", ("{n}元/人", "≤{n}万元")),
    ),
    "经济效益": (("{t}节约资金", ("≥{n}万元",)),),
    "社会效益": (
        ("提高工作效率", ("有效提高",)),
        ("提升对群众的服务水平", ("有效提升", "良好")),
        ("{t}惠及人数", ("≥{n}人", "良好")),
    ),
    "生态效益": (("{t}能耗下降率", ("≥5%", "有效改善")),),
    "可持续影响": (
        ("保证政务服务工作正常运行", ("长期保障", "有效保证")),
        ("{t}使用年限", ("≥10年", "2年")),
        ("提高政务服务水平方面的可持续性", ("短期内提高", "长期")),
        ("持续推动{t}工作的稳定运转", ("短期推动", "长期保障")),
    ),
    "满意度": (("服务对象满意度", ("≥90%", "≥95%")), ("{t}群众满意度", ("≥90%", "≥85%"))),
}
PERIOD_GOALS = (
    "为更好开展{t}工作，本年度计划购置设备{n}套，方便企业、群众创业办事。",
    "保障{t}稳定运转，委托第三方机构服务{n}人次，服务时长2年，提升服务水平。",
    "三年内完成{t}{n}项，改善服务环境，满足群众需求。",
    "全方位优化各项工作，营造更优质的政务服务环境，提升工作效率和工作质量。",  # copied as it stands
)
ANNUAL_GOALS = (
    "年内完成{t}{n}项，按时、有序、高效地开展工作，群众满意度不低于90%。",
    "本年度计划对{t}投入人员{n}名，充实服务承接能力，满足群众办事需求。",
    "落实好日常工作、活动筹备、服务宣传等工作，保障各项工作按时、有序、高效地开展。",  # copied as it stands
)


def generate(n: int, seed: int = 1) -> list[Project]:
    """``n`` projects with about 15 indicators each; the same for the same seed."""
    return list(stream(n, seed))


def stream(n: int, seed: int = 1) -> Iterator[Project]:
    """The projects of ``generate``, one by one: nothing is kept."""
    chance = random.Random(seed)
    return (_project(number, chance) for number in range(n))


def wordy(n: int, seed: int = 1) -> list[Project]:
    """``n`` projects with names of up to 60 characters, units of up to 30, and money up to tens of 亿元: what
    has to find room on slides and papers."""
    chance = random.Random(seed)
    return [
        one.model_copy(
            update={
                "name": f"{LONG[: chance.randint(18, 60 - len(str(number)))]}{number}",
                "unit": f"{one.unit}{OFFICE[: chance.randint(0, 22)]}",
                "budget_yuan": one.budget_yuan and one.budget_yuan * chance.choice((1, 1, 10, 100)),
            }
        )
        for number, one in enumerate(generate(n, seed))
    ]


def _project(number: int, chance: random.Random) -> Project:
    department = chance.choice(DEPARTMENTS)
    year = chance.choice((2022, 2023, 2024, 2024, 2024, 2025))
    thing = chance.choice(THINGS)
    period, annual = (
        chance.choice(goals).format(t=thing, n=chance.randint(2, 500))
        for goals in (PERIOD_GOALS, ANNUAL_GOALS)
    )
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
            indicators.append(
                _indicator(slot, words, thing, Place(file, part, row + k, 3, f"C{row + k}"), chance)
            )
    return Project(
        name=f"{thing}项目{number}",
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
        period_goal=period,
        annual_goal=period if chance.random() < 0.2 else annual,
        indicators=tuple(indicators),
        empty=tuple(empty),
        places={"name": Place(file, part, 1, 2, "B1"), "budget_yuan": Place(file, part, 4, 2, "B4")},
        excerpt=tuple((one.place.row, 3, 1, 1, one.name) for one in indicators),
    )


def _indicator(
    slot: Slot, words: dict[str, str], thing: str, place: Place, chance: random.Random
) -> Indicator:
    name, values = chance.choice(NAMES[slot])
    value = chance.choice(values).format(n=chance.randint(2, 500))
    places = {"name": place} | {
        field: place._replace(column=column, cell=f"{letter}{place.row}")
        for field, column, letter in (("period", 4, "D"), ("annual", 5, "E"))
    }
    return Indicator(**words, name=name.format(t=thing), period=value, annual=value, places=places)
