"""Amounts of one project that must agree: sources with what they add up to, caps and years with budgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from parsing.finding import Equation
from parsing.rules.costs import Figure, amount, price
from parsing.rules.quantities import quantities
from parsing.rules.subject import Row, Subject
from parsing.rules.words import pattern
from parsing.values import yuan

_NOT_SPENT, _WHOLE, _SPENT = (pattern("money", name) for name in ("not_spent", "whole", "spent"))
_PARENTS, _APART = pattern("money", "parents"), pattern("money", "apart")
_SOURCE = pattern("money", "source")
NAMES = {"budget_yuan": "当年预算", "total_yuan": "项目总额"}


class Cap(NamedTuple):
    """A limit in 元 that an indicator sets on what is spent; ``field``: the money that it is about."""

    row: Row
    figure: Figure
    field: str


def equations(subject: Subject) -> Iterator[Equation]:
    """Every balance of a project, of whatever kind."""
    yield from sources(subject)
    yield from years(subject)
    yield from (said for cap in caps(subject) if (said := capped(subject, cap)))
    yield from _parts(subject)
    yield from _goal(subject)


def sources(subject: Subject) -> Iterator[Equation]:
    """The sources of the year's money and of the total, each against what they should add up to. Sources
    that are a part of another (其中：中央补助) are not added twice."""
    project = subject.project
    unread = any(_SOURCE.search(label) and text.strip() for label, text in project.extras.items())
    for parts, money, field, head in (
        (project.sources, project.budget_yuan, "budget_yuan", ""),
        (project.total_sources, project.total_yuan, "total_yuan", "total_"),
    ):
        filled = {label: value for label, value in parts.items() if value}
        if money is None or not filled:
            continue
        closing = next((some for some in _readings(filled) if _equal(some, money)), None)
        if closing is None and unread and sum(filled.values()) < money:
            continue  # one of the sources was not read
        said = closing or filled
        if closing and len(said) == 1:
            continue  # nothing is added up
        total = sum(said.values(), Decimal())
        gap = total - money
        tail = (
            f"等于{NAMES[field]}"
            if closing
            else (f"比{NAMES[field]} {amount(money)}元 {'多' if gap > 0 else '少'} {amount(abs(gap))}元")
        )
        yield Equation(
            text=f"{' + '.join(f'{label} {amount(value)}元' for label, value in said.items())}"
            f" = {amount(total)}元，{tail}",
            state="closes" if closing else "off",
            paths=(*(f"{head}sources.{label}" for label in said), field),
        )


def _readings(parts: Mapping[str, Decimal]) -> Iterator[Mapping[str, Decimal]]:
    """The sources as they stand, without those from 其中 on, and without those that add up to another."""
    yield parts
    among = next((n for n, label in enumerate(parts) if label.startswith("其中")), len(parts))
    if among:
        yield {
            label: said for n, (label, said) in enumerate(parts.items()) if n < among or _APART.search(label)
        }
    for parent in (label for label in parts if _PARENTS.search(label)):
        children = [label for label in parts if label != parent and not _APART.search(label)][:8]
        for size in range(1, len(children) + 1):
            for some in combinations(children, size):
                if sum(parts[label] for label in some) == parts[parent]:
                    yield {label: value for label, value in parts.items() if label not in some}


def _equal(parts: Mapping[str, Decimal], money: Decimal) -> bool:
    """Whether amounts add up, as far as the last digit printed allows (two decimals of 万元: 100 元)."""
    hundreds = (value / 100 for value in (*parts.values(), money))
    step = 100 if all(one == one.to_integral_value() for one in hundreds) else 1
    return abs(sum(parts.values()) - money) * 2 <= step * (len(parts) + 1)


def years(subject: Subject) -> Iterator[Equation]:
    """The money of the year against the total."""
    year, total = subject.project.budget_yuan, subject.project.total_yuan
    if year is not None and total is not None:
        yield Equation(
            text=f"当年预算 {amount(year)}元 {'≤' if year <= total else '＞'} 项目总额 {amount(total)}元",
            state="closes" if year <= total else "off",
            paths=("budget_yuan", "total_yuan"),
        )


def caps(subject: Subject) -> Iterator[Cap]:
    """The cost indicators that limit what the project spends, in 元. What is said of the whole project is
    said of the year where the project is one of a single year."""
    project = subject.project
    single = project.total_yuan is None and (project.start or "0")[:4] == (project.end or "")[:4]
    for row in subject.rows:
        value = row.value
        money = value.unit == "元" or ("万" in row.said and not value.unit and _SPENT.search(row.name))
        if not money or "成本" not in row.slots or value.per or value.number is None:
            continue
        if value.sign in ("≥", ">", "±") or _NOT_SPENT.search(row.name) or price(row):
            continue
        number = value.upper or value.number
        whole = not single and (_WHOLE.search(row.name) or row.field == "period")
        field = "total_yuan" if whole else "budget_yuan"
        yield Cap(
            row, Figure(f"{amount(number)}元", number, row.path(row.field), value.sign, row.name), field
        )


def capped(subject: Subject, cap: Cap) -> Equation | None:
    """A cap against its money; None where that is not known."""
    money: Decimal | None = getattr(subject.project, cap.field)
    if money is None:
        return None
    over = cap.figure.number > money * Decimal("1.01")
    return Equation(
        text=f"{cap.row.name} {cap.figure.text} {'＞' if over else '≤'} {NAMES[cap.field]} {amount(money)}元",
        state="off" if over else "closes",
        paths=(cap.figure.path, cap.field),
    )


def fixed(subject: Subject, money: Decimal | None) -> list[Figure]:
    """Amounts of single cost items, which add to what unit costs come to: those of indicators, and those of
    the form's own block of costs (项目预算成本构成)."""
    named = [cap.figure for cap in caps(subject) if cap.field == "budget_yuan"]
    for label, text in subject.project.extras.items():
        if number := yuan(text, None):
            named.append(Figure(f"{label} {amount(number)}元", number, f"extras.{label}", name=label))
    return [figure for figure in named if money and figure.number < money]


def _parts(subject: Subject) -> Iterator[Equation]:
    """Amounts of cost indicators that add up to the money of the year."""
    money = subject.project.budget_yuan
    parts = [cap.figure for cap in caps(subject) if cap.field == "budget_yuan"]
    if len(parts) > 1 and money and sum(one.number for one in parts) == money:
        yield Equation(
            text=f"{' + '.join(f'{one.name} {one.text}' for one in parts)} = {amount(money)}元，等于当年预算",
            state="closes",
            paths=(*(one.path for one in parts), "budget_yuan"),
        )


def _goal(subject: Subject) -> Iterator[Equation]:
    """Amounts in the goal of the year that add up to its money. Amounts that do not may be parts of it."""
    found = [
        one for one in quantities(subject.goals.get("annual_goal", "")) if one.unit == "元" and not one.per
    ]
    money = subject.project.budget_yuan
    if len(found) > 1 and money and sum(one.number for one in found) == money:
        yield Equation(
            text=f"{' + '.join(one.text for one in found)} = {amount(money)}元，等于当年预算",
            state="closes",
            paths=("annual_goal", "budget_yuan"),
        )
