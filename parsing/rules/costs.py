"""Unit costs of a project, and the quantities that go with them: 18人 × 2,000元/人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from parsing.rules.quantities import counted, quantities
from parsing.rules.similar import common
from parsing.rules.subject import Row, Subject
from parsing.rules.words import canon, pairs, shared
from parsing.values import MEASURES

Column = Literal["annual", "period"]
_U = "|".join(sorted(map(re.escape, {*MEASURES, "位"}), key=len, reverse=True))
_PER = re.compile(
    rf"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<money>亿元|万元|元)(?:/|每)(?P<pers>(?:{_U})(?:[/·每*](?:{_U}))?)\)?$"
)
_NAMED = re.compile(rf"[（(](?P<money>亿元|万元|元)/(?P<pers>(?:{_U})(?:[/·](?:{_U}))?)[)）]")
_HEAD = re.compile(rf"(?:每|单)(?:个)?(?P<per>{_U})|(?P<mean>{_U})均")
_ONE = re.compile(r"[每单]个?(?P<what>[^个人名位户年月日天次])")
_SQUARE = {"m2": "㎡"}
_MONTHS = ("12个月", Decimal(12), "year")
_SCALE = {"元": 1, "万元": 10**4, "亿元": 10**8}
_COST = re.compile("费用|成本|单价|补助|补贴|标准|经费|薪|工资|报酬")


class Figure(NamedTuple):
    """A number with the text people write it as, and the path it stands at. ``sign`` as in Value."""

    text: str
    number: Decimal
    path: str
    sign: str = ""
    name: str = ""


class CostLine(NamedTuple):
    """A unit cost with, for each of the units it is per, the figures that may be its quantity. Empty: none
    is on the table; several: they cannot be told apart. ``related``: the names speak of the same thing."""

    price: Figure
    pers: tuple[str, ...]
    choices: tuple[tuple[Figure, ...], ...]
    related: bool

    @property
    def counted(self) -> tuple[str, ...]:
        """The units that need a quantity: the money of a year pays for one year."""
        if len(self.choices) == len(self.pers):
            return self.pers
        return tuple(per for per in self.pers if canon(per) != "年")

    def whole_year(self) -> CostLine:
        """The same, paid for all months of the year where the table does not say for how many."""
        pairs = zip(self.counted, self.choices, strict=True)
        months = (Figure(*_MONTHS),)
        return self._replace(
            choices=tuple(said or (months if canon(per) == "月" else ()) for per, said in pairs)
        )


def amount(number: Decimal, digits: int = 4) -> str:
    """36000 → 36,000; 2.50 → 2.5."""
    return f"{number:,.{digits}f}".rstrip("0").rstrip(".")


def lines(subject: Subject, column: Column = "annual") -> Iterator[CostLine]:
    """The unit costs of a project with the quantities of a column."""
    for row in subject.rows:
        if not (said := price(row)):
            continue
        figure, pers = said
        # 元/人·年: the annual money pays for one year
        counted = tuple(per for per in pers if not (canon(per) == "年" and column == "annual"))
        found = [_choices(subject, row, canon(per), column) for per in counted]
        yield CostLine(
            figure,
            pers,
            tuple(figures for figures, _ in found),
            all(related for _, related in found),
        )


def price(row: Row) -> tuple[Figure, tuple[str, ...]] | None:
    """What an indicator says that one of a thing costs, and the units that it is per."""
    if not ("成本" in row.slots or (row.slot in (None, "数量") and _COST.search(row.name))):
        return None
    if not (row.value.unit == "元" or "元" in row.said or "元" in row.name):
        return None
    written = _PER.search("".join(row.said.split()))
    named, head = _NAMED.search(row.name), _HEAD.search(row.name)
    pers: tuple[str, ...]
    if written:
        number = Decimal(written["number"].replace(",", "")) * _SCALE[written["money"]]
        pers = tuple(re.split("[/·每*]", written["pers"]))
    elif named and row.value.kind == "number" and row.value.number is not None and not row.value.unit:
        number, pers = row.value.number * _SCALE[named["money"]], tuple(re.split("[/·]", named["pers"]))
    elif head and row.value.unit == "元" and row.value.number is not None and not row.value.per:
        number, pers = row.value.number, (head["per"] or head["mean"],)
    else:
        return None
    if row.value.upper is not None or not number:
        return None
    text = f"{amount(number)}元/{'·'.join(pers)}"
    return Figure(text, number, row.path(row.field), row.value.sign, row.name), pers


def _choices(subject: Subject, cost: Row, unit: str, column: Column) -> tuple[tuple[Figure, ...], bool]:
    """The quantities in a unit whose names are nearest to that of the price; else those of the goal."""
    rows = [
        (
            Figure(
                f"{amount(number)}{_SQUARE.get(printed, printed)}",
                number,
                row.path(column),
                value.sign,
                row.name,
            )
        )
        for row in subject.rows
        for value in (getattr(row, column),)
        if row.slot in ("数量", None) and row is not cost and value.upper is None and not value.per
        for number, printed in (counted(row, value),)
        if number and canon(printed) == unit
    ]
    if rows:
        best = max(_nearness(cost.name, figure.name) for figure in rows)
        nearest = [figure for figure in rows if _nearness(cost.name, figure.name) == best]
        related = best[0] > 0 or not pairs(_HEAD.sub("", cost.name)) or _one_of(cost.name, nearest)
        return _distinct(nearest), related
    goal = f"{column}_goal"
    figures = [
        Figure(one.text, one.number, goal, one.sign, one.around)
        for one in quantities(subject.goals.get(goal, ""))
        if one.number and one.unit == unit and not one.each and not one.per
    ]
    return _distinct(figures), any(shared(cost.name, figure.name) for figure in figures)


def _one_of(price: str, figures: list[Figure]) -> bool:
    """Whether a price is that of one of the things counted: 每餐补贴 and 助餐人次, 单个项目 and 项目数."""
    found = _ONE.search(price)
    return found is not None and any(found["what"] in figure.name for figure in figures)


def _nearness(one: str, other: str) -> tuple[int, int]:
    """How many words two names share, and how far they begin alike: 食品抽检单价 is nearer to
    食品监督抽检批次 than to 药品抽检批次."""
    return shared(one, other), common(one, other)


def _distinct(figures: list[Figure]) -> tuple[Figure, ...]:
    return tuple({figure.number: figure for figure in reversed(figures)}.values())
