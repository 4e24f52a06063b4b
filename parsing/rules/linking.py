"""What the goals promise, linked to the indicators that measure it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from parsing.finding import Promise
from parsing.rules.quantities import Quantity, counted, quantities
from parsing.rules.subject import Row, Subject, once
from parsing.rules.words import canon, fits, pattern, shared
from parsing.values import Value

_BACKGROUND = pattern("prose", "background")
_LENGTH_BEFORE, _LENGTH_AFTER = pattern("prose", "length_before"), pattern("prose", "length_after")
_TIMES = {"月": 12, "季度": 4, "季": 4, "半年": 2, "周": 52}  # 每季度1次 is 4次 a year
_VERY = 3  # what the very unit weighs, in pairs of characters
_BUILDINGS, _FLOOR = ("栋", "幢", "座"), "平方米"
_CHANCE = 2  # numbers up to here agree by chance: then the unit or the name must agree as well


Measured = tuple[Quantity, tuple[str, ...]]
Figure = tuple[Decimal | None, str]


def promises(subject: Subject) -> list[Promise]:
    """The numbers in the goals, each with the indicators that measure it."""
    return [
        Promise(path=path, text=one.text, start=one.start, measured=measured)
        for path, found in linked(subject).items()
        for one, measured in found
    ]


@once
def unpromised(subject: Subject) -> tuple[str, ...]:
    """Paths of the output indicators with a number that no goal speaks of. None where the goals promise no
    numbers at all: then nothing can be missed."""
    measured = [paths for found in linked(subject).values() for _, paths in found]
    taken = {path.partition(".")[0] for paths in measured for path in paths}
    goals = " ".join(subject.goals.values())
    return tuple(
        row.path(row.field)
        for row in (subject.under("数量") if measured else ())
        if row.value.kind == "number" and row.path() not in taken and not shared(row.name, goals)
    )


@once
def linked(subject: Subject) -> dict[str, list[Measured]]:
    """Goal → its promised quantities, each with the paths of the indicators that measure it."""
    return {
        path: _together(
            subject,
            [(one, tuple(_measured(subject, one, path))) for one in quantities(text) if _promised(one)],
        )
        for path, text in subject.goals.items()
    }


def _together(subject: Subject, found: list[Measured]) -> list[Measured]:
    """The same, where promises in one unit are measured only by their sum: 水罐车2辆、云梯车1辆."""
    open_ones: dict[str, list[Quantity]] = {}
    for one, paths in found:
        if not paths and one.unit != "%":
            open_ones.setdefault(one.unit, []).append(one)
    sums = {unit: sum(one.number for one in some) for unit, some in open_ones.items() if len(some) > 1}
    by_sum = {
        unit: tuple(
            row.path(field)
            for row, figures in zip(subject.rows, _figures(subject), strict=True)
            for field, (number, printed) in figures.items()
            if number == total and canon(printed) == unit
        )
        for unit, total in sums.items()
    }
    return [(one, paths or by_sum.get(one.unit, ())) for one, paths in found]


def _promised(one: Quantity) -> bool:
    """Whether a number is something to be delivered: no money, no background, no span of years."""
    if one.unit == "元" or one.per or _BACKGROUND.search(one.before):
        return False
    if one.unit == "年":
        return bool(_LENGTH_BEFORE.search(one.before) or _LENGTH_AFTER.match(one.after))
    return True


def _measured(subject: Subject, one: Quantity, goal: str) -> Iterator[str]:
    """The indicators with the same number in a unit that fits, in the column of the goal first; of several
    those with the nearest name."""
    columns = ("period", "annual") if goal == "period_goal" else ("annual", "period")
    numbers = one.number, one.number * _TIMES.get(one.each, 1)
    found = [
        (_nearness(row, one), path)
        for row, figures in zip(subject.rows, _figures(subject), strict=True)
        if (path := _same(row, figures, one, numbers, columns))
    ]
    if not found:
        yield from _added(subject, one) or _sized(subject, one)
        return
    best = max(score for score, _ in found)
    yield from (path for score, path in found if score == best)


def _nearness(row: Row, one: Quantity) -> int:
    """How far an indicator and a promise agree: in the very unit, and in their words. What is counted mostly
    stands before the number (购置办公用品1批) where it is named there at all."""
    unit = _VERY if _unit(row) == one.unit else 0
    return unit + 2 * shared(row.name, one.before) + shared(row.name, one.after)


@once
def units(subject: Subject) -> list[str]:
    """The unit of each indicator, "" where it has no number."""
    return [*map(_unit, subject.rows)]


def _unit(row: Row) -> str:
    return canon(counted(row, row.value)[1])


@once
def _figures(subject: Subject) -> list[dict[str, Figure]]:
    """Of each indicator, column → its number and unit."""
    return [
        {"annual": _figure(row, row.annual, "annual"), "period": _figure(row, row.period, "period")}
        for row in subject.rows
    ]


def _figure(row: Row, value: Value, field: str) -> Figure:
    """The number of a value and its unit, also where it is the only one in a few words: 同比下降5%."""
    if value.kind == "words":
        inside = quantities(getattr(row.indicator, field) or "")
        return (inside[0].number, inside[0].unit) if len(inside) == 1 else (None, "")
    return counted(row, value)


def _same(
    row: Row,
    figures: Mapping[str, Figure],
    one: Quantity,
    numbers: tuple[Decimal, Decimal],
    columns: Sequence[str],
) -> str | None:
    """Where an indicator has the number of a promise (``numbers``: by itself and in a year), or a stricter
    one of the same thing."""
    for field in columns:
        number, unit = figures[field]
        if number is None:
            continue
        stricter, equal = one.sign == "≥" and number > one.number, number in numbers
        if not (stricter or equal) or not fits(unit, one.unit) or (unit == "%") != (one.unit == "%"):
            continue
        alike = shared(row.name, one.around) > 0
        if alike or (equal and (canon(unit) == one.unit or number > _CHANCE)):
            return row.path(field)
    inside = quantities(row.name)
    if inside and any(fits(other.unit, one.unit) and other.number in numbers for other in inside):
        return row.path("name")
    return None


def _added(subject: Subject, one: Quantity) -> list[str]:
    """Indicators in the very unit of a promise that add up to it."""
    for field in ("annual", "period") if one.unit != "%" else ():
        parts = _parts(subject).get((field, one.unit), [])
        if len(parts) > 1 and sum(number for number, _ in parts) == one.number:
            alike = [shared(row.name, one.before) for _, row in parts]
            # 检测仪10台 is that of 检测仪 8台 alone, though with 光谱仪 2台 it makes 10
            return [] if min(alike) == 0 and max(alike) >= _VERY else [row.path(field) for _, row in parts]
    return []


@once
def _parts(subject: Subject) -> dict[tuple[str, str], list[tuple[Decimal, Row]]]:
    """Column and unit → the numbers in it, each with its indicator."""
    parts: dict[tuple[str, str], list[tuple[Decimal, Row]]] = {}
    for row, figures in zip(subject.rows, _figures(subject), strict=True):
        for field, (number, unit) in figures.items():
            if number:
                parts.setdefault((field, canon(unit)), []).append((number, row))
    return parts


def _sized(subject: Subject, one: Quantity) -> list[str]:
    """What measures a single thing by its size: 新建食堂1栋 by 新建食堂面积 4200平方米. The floor
    area of a building need not name it."""
    if one.number != 1 or one.unit == "%":
        return []
    return [
        row.path(field)
        for row in subject.under("数量")
        for field, value in (("annual", row.annual), ("period", row.period))
        if value.kind == "number"
        and value.unit
        and (
            shared(row.name, one.before)
            or (one.unit in _BUILDINGS and canon(value.unit.lstrip("万")) == _FLOOR)
        )
    ]
