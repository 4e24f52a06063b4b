"""Rules of the family budget: 元 written for 万元, or the other way round, told by a factor of 10,000."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from parsing.rules import balances
from parsing.rules.costs import Figure, amount, lines
from parsing.rules.grounds import ARITHMETIC, EXPERIENCE
from parsing.rules.outline import Outline
from parsing.rules.overlap import home
from parsing.rules.quantities import quantities
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.shared import FEW, PortfolioCheck, Shared, blocks, listed
from parsing.rules.subject import Subject

SLIP = 10_000
LEAST = Decimal(1000)  # 元; a smaller amount of a goal or an indicator agrees by chance, or is a price
TIMES = 100
LARGE = Decimal(10**8)  # 元; 10,000 in a column of 万元
NEAR = 10  # how far from its neighbours an amount divided by 10,000 may be


@rule(
    "A08",
    "金额可能把元和万元写错了",
    "高",
    "适当性",
    ground=ARITHMETIC,
    needs=("budget",),
    meaning="同一张表里的两处金额（当年预算、项目总额、资金来源、目标里的金额、成本指标、单价乘数量）正好相差一万倍，"
    "或者汇总表自己的合计说明某个金额大了或小了一万倍。金额仍按原样读，不替填报单位改。",
    advice="建议核对金额栏的单位是元还是万元，改正后重新报送。",
    good="2024年预算金额（元） 36000；18人 × 2000元/人",
    bad="2024年预算金额（万元） 36000；18人 × 2000元/人",
)
def slipped(subject: Subject) -> Iterator[Hit]:
    for repair in subject.project.repairs:
        if repair.code == "slip" and not repair.decision:
            quote = repair.before[0] if repair.before else ""
            yield Hit(
                repair.path, f"{repair.reason}。", quote, equation=repair.reason, place=str(repair.place)
            )
            return
    for one, other in combinations(_figures(subject), 2):
        small, large = sorted((one, other), key=lambda figure: figure.number)
        if small.number * SLIP != large.number or (small.path not in _MONEY and small.number < LEAST):
            continue
        text = f"{large.text} = 10,000 × {small.text}"
        path, also = (one.path, other.path) if one.path in balances.NAMES else ("budget_yuan", one.path)
        yield Hit(
            path, f"两处金额正好相差一万倍：{text}，可能把元和万元写错了。", equation=text, also=(also,)
        )
        return


_MONEY = ("budget_yuan", "total_yuan", "sources", "total_sources")


def _figures(subject: Subject) -> list[Figure]:
    """The amounts of a table that speak of all its money, in 元, none of them zero."""
    project = subject.project
    found = [
        Figure(f"{name} {amount(value)}元", value, path)
        for path, name in balances.NAMES.items()
        if (value := getattr(project, path))
    ]
    for head, parts in (("budget_yuan", project.sources), ("total_yuan", project.total_sources)):
        if total := sum(parts.values(), Decimal()):
            found.append(Figure(f"资金来源合计 {amount(total)}元", total, head))
    for cap in balances.caps(subject):
        found.append(cap.figure._replace(text=f"{cap.row.name} {cap.figure.text}"))
    for path, text in subject.goals.items():
        found += [
            Figure(f"目标里的“{one.text}”", one.number, path)
            for one in quantities(text)
            if one.unit == "元" and not one.per and not one.each
        ]
    return [one for one in (*found, *_products(subject)) if one.number]


def _products(subject: Subject) -> Iterator[Figure]:
    """What unit costs come to whose quantities are known, each and together."""
    made: list[Figure] = []
    for line in lines(subject):
        if line.related and all(len(choice) == 1 for choice in line.choices) and line.choices:
            number = line.price.number
            for (figure,) in line.choices:
                number *= figure.number
            text = " × ".join([*(choice[0].text for choice in line.choices), line.price.text])
            made.append(Figure(f"（{text}）", number, line.price.path))
    yield from made
    if len(made) > 1:
        total = sum((one.number for one in made), Decimal())
        yield Figure(f"（{' + '.join(one.text for one in made)}）", total, made[0].path)


@rule(
    "P06",
    "金额比同一张表或同单位的其他项目大百倍以上",
    "高",
    "适当性",
    ground=EXPERIENCE,
    meaning="金额栏以万元为单位时，某个项目超过1亿元，是同一张表（或同单位同年度）其他项目中最大一个的100倍以上，"
    "而除以一万后正好与其他项目相当，很可能是把元填进了万元栏。目标里写明了这个金额的大项目不算。",
    advice="建议核对金额栏的单位是元还是万元",
    good="预算金额（万元）：10、20、30",
    bad="预算金额（万元）：10、20、300000",
)
def outsized(outlines: Sequence[Outline]) -> Iterator[tuple[int, Shared]]:
    priced = [(n, one) for n, one in enumerate(outlines) if one.budget_yuan]
    tables = blocks((one.place.rpartition(" › ")[0], n) for n, one in priced)
    units = blocks((where, n) for n, one in priced if (where := home(one)))
    told: set[int] = set()
    for group in (*tables.values(), *units.values()):
        money = {number: outlines[number].budget_yuan or Decimal() for number in group}
        others = [number for number in group if money[number] < LARGE]
        if len(others) < 2 or 2 * len(others) < len(group):
            continue
        low, high = min(money[n] for n in others), max(money[n] for n in others)
        for number in group:
            own = money[number]
            fits = low / NEAR <= own / SLIP <= high * NEAR
            if (
                number in told
                or own < max(LARGE, high * TIMES)
                or not fits
                or not _doubtful(outlines[number])
            ):
                continue
            told.add(number)
            first = others[:FEW]
            names = listed([outlines[other].name for other in first], len(others))
            said = (
                f"预算 {amount(own / SLIP)} 万元，是同表或同单位{names}中最大的 {amount(high / SLIP)} 万元的"
                f" {own / high:,.0f} 倍；若按元算是 {amount(own / SLIP / SLIP)} 万元，与它们相当"
            )
            yield number, Shared(path="", message=said, also=tuple((other, "") for other in first))


def _doubtful(outline: Outline) -> bool:
    """Whether the amount is in 万元 by its column alone, and nothing in the goals says the same."""
    figures = (one for text in outline.goals.values() for one in quantities(text) if one.unit == "元")
    return outline.wan and all(one.number != outline.budget_yuan for one in figures)


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (slipped,)
PORTFOLIO: tuple[Rule[PortfolioCheck], ...] = (outsized,)
