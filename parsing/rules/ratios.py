"""Quantities of one project that divide evenly, and lengths of time against the year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from parsing.finding import Equation
from parsing.rules.costs import amount
from parsing.rules.deadlines import years_served
from parsing.rules.quantities import counted
from parsing.rules.subject import Row, Subject
from parsing.rules.wording import EMPTY_UNITS
from parsing.rules.words import canon, pairs

_MOST = 1000  # a quotient above this says nothing


class _Counted(NamedTuple):
    row: Row
    number: Decimal
    unit: str


def equations(subject: Subject) -> Iterator[Equation]:
    """72套 ÷ 18人 = 4套/人, and 2年 as the target of one year."""
    for many, few in permutations(filter(None, map(_counted, subject.under("数量"))), 2):
        if said := _divided(many, few):
            yield said
    for row in subject.rows:
        if (served := years_served(row)) and served > 1:
            yield Equation(
                text=f"{row.name} {row.said} ＞ 1年（当年度指标值）", state="off", paths=(row.path("annual"),)
            )


def _counted(row: Row) -> _Counted | None:
    """The annual number of an indicator that counts something."""
    if row.annual.kind != "number" or row.annual.per:
        return None
    number, unit = counted(row, row.annual)
    return _Counted(row, number, unit) if number and unit and unit not in EMPTY_UNITS else None


def _divided(many: _Counted, few: _Counted) -> Equation | None:
    """Only where the names begin alike (定制服装数量, 定制服装人数): these count the same thing."""
    if not _alike(many.row.name, few.row.name) or canon(many.unit) == canon(few.unit):
        return None
    each = many.number / few.number
    if not 1 < each <= _MOST or many.number % few.number:
        return None
    said = f"{amount(many.number)}{many.unit} ÷ {amount(few.number)}{few.unit}"
    return Equation(
        text=f"{said} = {amount(each)}{many.unit}/{few.unit}",
        state="closes",
        paths=(many.row.path("annual"), few.row.path("annual")),
    )


def _alike(one: str, other: str) -> bool:
    return one[:2] == other[:2] and pairs(one) == pairs(other) != frozenset()
