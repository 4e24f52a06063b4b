"""Quantities of one project that divide evenly, and lengths of time against the year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from parsing.finding import Equation
from parsing.rules.costs import amount
from parsing.rules.quantities import counted
from parsing.rules.subject import Row, Subject
from parsing.rules.times import years_served
from parsing.rules.wording import EMPTY_UNITS
from parsing.rules.words import canon, pairs

_MOST = 1000  # a quotient above this says nothing


def equations(subject: Subject) -> Iterator[Equation]:
    """72套 ÷ 18人 = 4套/人, and 2年 as the target of one year."""
    rows = [row for row in subject.under("数量") if row.annual.kind == "number"]
    for many, few in permutations(rows, 2):
        if said := _divided(many, few):
            yield said
    for row in subject.rows:
        if (served := years_served(row)) and served > 1:
            yield Equation(
                text=f"{row.name} {row.said} ＞ 1年（当年度指标值）", state="off", paths=(row.path("annual"),)
            )


def _divided(many: Row, few: Row) -> Equation | None:
    """Only where the names begin alike (定制服装数量, 定制服装人数): these count the same thing."""
    (more, unit), (less, other) = counted(many, many.annual), counted(few, few.annual)
    if not more or not less or not unit or not other or canon(unit) == canon(other):
        return None
    if {unit, other} & EMPTY_UNITS or many.annual.per or few.annual.per or not _alike(many.name, few.name):
        return None
    if not 1 < more / less <= _MOST or more % less:
        return None
    return Equation(
        text=f"{amount(more)}{unit} ÷ {amount(less)}{other} = {amount(more / less)}{unit}/{other}",
        state="closes",
        paths=(many.path("annual"), few.path("annual")),
    )


def _alike(one: str, other: str) -> bool:
    return one[:2] == other[:2] and pairs(one) == pairs(other) != frozenset()
