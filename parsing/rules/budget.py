"""Rules of the family budget: do the figures fit the money and the year?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from parsing.rules import balances
from parsing.rules.arithmetic import costs
from parsing.rules.costs import amount
from parsing.rules.grounds import ARITHMETIC, EXPERIENCE
from parsing.rules.path_text import text_at
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Row, Subject
from parsing.rules.wording import one_of_nothing

MUCH = Decimal(500_000)  # 元; from here on somebody asks what is bought (experience)


@rule(
    "A01",
    "单价乘数量与预算不符",
    "中",
    "适当性",
    ground=ARITHMETIC,
    needs=("values", "budget", "whole"),
    meaning="把成本指标里的单价与同单位的数量相乘（例如 元/人 乘 人数），与当年预算比较，"
    "相差超过 1% 即提示核实。只连接单位对得上的数字；只说明了一小部分资金的单价不判。"
    "单价写“≤”或数量写“≥”、差额说得通的，以及只少 5% 以内、可能是监理等其他费用的，只作提示。",
    advice="建议核实单价、数量和预算，或补充其余支出的成本指标。",
    good="制服费用标准 2000元/人，定制服装人数 18人，预算 36000元",
    bad="制服费用标准 2000元/人，定制服装人数 20人，预算 36000元",
)
def unit_costs(subject: Subject) -> Iterator[Hit]:
    for one in costs(subject):
        if one.equation.state == "off":
            path, *others = one.equation.paths
            yield Hit(
                path,
                f"算账对不上：{one.equation.text}。",
                text_at(subject.project, path),
                one.severity,
                equation=one.equation.text,
                also=tuple(others),
                slot="成本",
            )
            return  # the total, off for the same reason, is not told again


@rule(
    "A02",
    "成本上限高于预算",
    "高",
    "适当性",
    ground=ARITHMETIC,
    needs=("values", "budget"),
    meaning="成本指标写明的金额上限（元、万元换算后）与当年预算比较；名称说的是总投资、概算、合同的，与项目总额比较。",
    advice="建议核实成本指标或预算金额，使成本上限不高于安排的资金。",
    good="项目成本 ≤65万元，当年预算 65万元",
    bad="项目成本 ≤65万元，当年预算 60万元",
)
def caps(subject: Subject) -> Iterator[Hit]:
    for cap in balances.caps(subject):
        said = balances.capped(subject, cap)
        if said and said.state == "off":
            yield Hit(
                cap.figure.path,
                f"“{cap.row.name}”写的是“{cap.row.said}”，高于安排的资金：{said.text}。",
                cap.row.said,
                slot="成本",
                equation=said.text,
                also=(cap.field,),
            )


@rule(
    "A03",
    "资金来源相加与总额不符",
    "高",
    "适当性",
    ground=ARITHMETIC,
    needs=("sources",),
    meaning="表上各项资金来源相加，应当等于当年预算（或项目总额）。“其中”项不重复相加，万元取两位小数的尾差不计。",
    advice="建议核实各项资金来源与总额。",
    good="财政拨款 100万元，其他资金 20万元，合计 120万元",
    bad="财政拨款 100万元，其他资金 20万元，合计 130万元",
)
def sources(subject: Subject) -> Iterator[Hit]:
    for one in balances.sources(subject):
        if one.state == "off":
            *parts, path = one.paths
            yield Hit(
                path,
                f"各项来源相加与总额不符：{one.text}。",
                _money(subject, path),
                equation=one.text,
                also=tuple(parts),
            )


@rule(
    "A04",
    "当年预算高于项目总额",
    "高",
    "适当性",
    ground=ARITHMETIC,
    needs=("total",),
    meaning="当年安排的资金是项目总额的一部分，不应比总额还大。两个数的单位写错（元、万元）时最常见。",
    advice="建议核实当年预算与项目总额，以及它们的单位。",
    good="项目总额 360万元，当年预算 120万元",
    bad="项目总额 120万元，当年预算 360万元",
)
def years(subject: Subject) -> Iterator[Hit]:
    for one in balances.years(subject):
        if one.state == "off":
            yield Hit(
                "budget_yuan",
                f"当年预算比项目总额还多：{one.text}。",
                _money(subject, "budget_yuan"),
                equation=one.text,
                also=("total_yuan",),
            )


@rule(
    "A05",
    "钱多而数量指标说不出数",
    "提示",
    "适当性",
    ground=EXPERIENCE,
    needs=("indicators", "budget", "whole"),
    meaning="预算 50 万元及以上，而数量指标里没有一个能说明做多少事的数字"
    "（只有 1批、1项、100%），看不出钱花在几件事上。",
    advice="建议把数量指标细化到可以清点的数，例如台数、人数、场次。",
    good="预算 186万元：软件开发数量 1套，采购第三方服务 1家",
    bad="预算 92万元：购置办公用品 1批，租赁窗口设备 1批",
)
def much(subject: Subject) -> Iterator[Hit]:
    money = subject.project.budget_yuan
    rows = [row for row in subject.rows if "数量" in row.slots]
    untold = [row for row in subject.rows if not row.slots]  # of forms that print no level 2
    if money is None or money < MUCH or any(map(_tells, [*rows, *untold])):
        return
    said = f"数量指标只写了“{'”“'.join(dict.fromkeys(row.said for row in rows))}”" if rows else "没有数量指标"
    yield Hit(
        "budget_yuan",
        f"当年预算 {money / 10000:,.2f} 万元，{said}，看不出做多少事。",
        _money(subject, "budget_yuan"),
        slot="数量",
        also=tuple(row.path(row.field) for row in rows),
    )


def _tells(row: Row) -> bool:
    """Whether a quantity says how much is done, in the year or in the whole period."""
    if one_of_nothing(row):
        return False
    return any(
        value.number not in (None, 100) if value.kind == "rate" else value.kind in ("date", "number")
        for value in (row.annual, row.period)
    )


def _money(subject: Subject, path: str) -> str:
    money: Decimal | None = getattr(subject.project, path)
    return "" if money is None else f"{amount(money)}元"


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (
    unit_costs,
    caps,
    sources,
    years,
    much,
)
