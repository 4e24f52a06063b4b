"""算账: the sums that the figures of one project make, solved and written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, product
from typing import NamedTuple

from parsing.finding import Equation, Severity, State
from parsing.rules import balances, ratios
from parsing.rules.costs import CostLine, Figure, amount, lines
from parsing.rules.subject import Subject, once

NEAR = Decimal("0.01")  # a sum closes when it is not further off than this
OTHER = Decimal("0.05")  # a shortfall up to this may be costs of another kind, such as supervision
PART = Decimal("0.5")  # unit costs that explain less than this are one part of the money among others
_MOST = 64  # ways to choose the quantities that are tried


class Cost(NamedTuple):
    """What unit costs come to, against the money of the year or in total. ``severity``: that of a sum
    that is off; a lighter one where the signs (≤2.8万元/公里) leave room for the difference."""

    equation: Equation
    severity: Severity | None = None


def equations(subject: Subject) -> Iterable[Equation]:
    """The sums of a project, those that close as well as those that do not."""
    return chain(
        (one.equation for one in costs(subject)),
        ratios.equations(subject),
        balances.equations(subject),
    )


@once
def costs(subject: Subject) -> tuple[Cost, ...]:
    """Unit cost × quantity against the money of the year, and against the total where the quantities of the
    whole period are others."""
    return tuple(_costs(subject))


def _costs(subject: Subject) -> Iterator[Cost]:
    annual = list(lines(subject))
    if not annual:
        return
    yield _solve(subject, annual, subject.project.budget_yuan, "budget_yuan", "当年预算")
    if subject.project.total_yuan is not None:
        whole = list(lines(subject, "period"))
        if all(map(_on_rows, whole)) and _numbers(whole) != _numbers(annual):
            yield _solve(subject, whole, subject.project.total_yuan, "total_yuan", "项目总额")


def _on_rows(line: CostLine) -> bool:
    """Whether indicators hold every quantity: a goal of several years often speaks of more than they do."""
    return all(figures and figures[0].path.startswith("indicators") for figures in line.choices)


def _numbers(those: Sequence[CostLine]) -> list[Decimal]:
    return [figure.number for line in those for figures in line.choices for figure in figures]


def _solve(subject: Subject, those: list[CostLine], money: Decimal | None, path: str, called: str) -> Cost:
    whole = [line for line in those if all(line.choices)]
    fixed = balances.fixed(subject, money) if path == "budget_yuan" else []
    tries = [(whole, fixed), (whole, []), *(([line], []) for line in whole)]
    sums = [one for chosen, plus in tries if chosen for one in _sums(chosen, plus)]
    if money:
        for some, note in ((sums, ""), (_of_a_year(those, fixed, path), "表上没有写明月数，按全年12个月算")):
            best = min(some, key=lambda one: abs(one.total - money), default=None)
            if best and abs(best.total - money) <= NEAR * money:
                return Cost(best.equation("closes", f"，{_near(best.total, money, called)}", path, note))
    missing = [line for line in those if not all(line.choices)]
    if missing or not money:
        return Cost(_open(missing, sums, money, path, called))
    if any(len(figures) > 1 for line in whole for figures in line.choices):
        return Cost(sums[0].equation("open", "", path, "同一单位的数量不止一个，表上看不出用哪一个"))
    if not all(line.related for line in whole):
        return Cost(sums[0].equation("open", "", path, "单价和数量的名称对不上，不能确定说的是同一件事"))
    over = next((one for one in sums[1:] if one.total > money), None)
    return _off(over or sums[0], money, path, called)


def _of_a_year(those: Sequence[CostLine], fixed: Sequence[Figure], path: str) -> list[_Sum]:
    """The sums of costs by the month for all of the year. Only used where they close: months that the table
    does not name are never held against it."""
    whole = [line.whole_year() for line in those] if path == "budget_yuan" else []
    chosen = [line for line in whole if all(line.choices)]
    return (
        [one for plus in (fixed, ()) for one in _sums(chosen, plus)]
        if chosen and chosen != list(those)
        else []
    )


def _off(one: _Sum, money: Decimal, path: str, called: str) -> Cost:
    gap = one.total - money
    share = abs(gap) / money
    said = f"，比{called} {amount(money)}元 {'多' if gap > 0 else '少'} {amount(abs(gap))}元（{share:.1%}）"
    if gap < 0 and share > PART:
        return Cost(one.equation("open", said, path, "只说明了一部分资金"))
    open_signs = (
        [price.sign in ("≤", "<") for price, _ in one.terms]
        if gap > 0
        else [figure.sign in ("≥", ">") for price, figures in one.terms for figure in (price, *figures)]
    )
    hint = any(open_signs) or (gap < 0 and share <= OTHER)
    return Cost(one.equation("off", said, path), "提示" if hint else None)


class _Sum(NamedTuple):
    """Terms (unit cost, its quantities) and amounts by themselves, added up in 元."""

    terms: tuple[tuple[Figure, tuple[Figure, ...]], ...]
    fixed: tuple[Figure, ...]

    @property
    def total(self) -> Decimal:
        made = sum((_times(price, figures) for price, figures in self.terms), Decimal())
        return made + sum(figure.number for figure in self.fixed)

    def equation(self, state: State, tail: str, path: str, note: str = "") -> Equation:
        said = [" × ".join((*(f.text for f in figures), price.text)) for price, figures in self.terms]
        said += [figure.text for figure in self.fixed]
        figures = [f for price, those in self.terms for f in (price, *those)] + list(self.fixed)
        return Equation(
            text=f"{' + '.join(said)} = {amount(self.total)}元{tail}",
            state=state,
            paths=tuple(dict.fromkeys([*(figure.path for figure in figures), path])),
            note=note,
        )


def _times(price: Figure, figures: Iterable[Figure]) -> Decimal:
    made = price.number
    for figure in figures:
        made *= figure.number
    return made


def _sums(those: Sequence[CostLine], fixed: Sequence[Figure]) -> list[_Sum]:
    """Every way to choose the quantities where they cannot be told apart, most likely first."""
    ways = product(*(product(*line.choices) for line in those))
    return [
        _Sum(tuple(zip((line.price for line in those), way, strict=True)), tuple(fixed))
        for way, _ in zip(ways, range(_MOST), strict=False)
    ]


def _near(total: Decimal, money: Decimal, called: str) -> str:
    if total == money:
        return f"等于{called}"
    return f"与{called} {amount(money)}元 相差 {abs(total - money) / money:.2%}"


def _open(
    missing: Sequence[CostLine], sums: Sequence[_Sum], money: Decimal | None, path: str, called: str
) -> Equation:
    """What is known of a sum in which a figure is missing, and what it would have to be."""
    if not missing:
        return sums[0].equation("open", "", path, f"没有读到{called}")
    line = missing[0]
    known = [figures[0] for figures in line.choices if figures]
    blank = [per for per, figures in zip(line.counted, line.choices, strict=True) if not figures]
    said = " × ".join((*(figure.text for figure in known), *(f"？{per}" for per in blank), line.price.text))
    note = f"表上没有以“{'”“'.join(blank)}”计的数量"
    if money and len(missing) == len(blank) == 1 and not sums:
        wanted = money / _times(line.price, known)
        note += f"；按{called}倒推为 {amount(wanted, 1)}{blank[0]}"
    paths = (line.price.path, *(figure.path for figure in known), path)
    return Equation(text=f"{said} = ？元", state="open", paths=paths, note=note)
