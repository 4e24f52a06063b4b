"""What the goals promise, and which indicators measure it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from parsing.finding import Promise
from parsing.rules.grounds import EXPERIENCE, TARGETS_2015
from parsing.rules.quantities import Quantity, counted, quantities
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Row, Subject, once
from parsing.rules.words import canon, fits, pattern, shared
from parsing.values import Value

_BACKGROUND = pattern("prose", "background")
_LENGTH_BEFORE, _LENGTH_AFTER = pattern("prose", "length_before"), pattern("prose", "length_after")
_TIMES = {"月": 12, "季度": 4, "季": 4, "半年": 2, "周": 52}  # 每季度1次 is 4次 a year
_VERY = 3  # what the very unit weighs, in pairs of characters
_CHANCE = 2  # numbers up to here agree by chance: then the unit or the name must agree as well
_SAID = 8  # characters before and after a number where a long promise is quoted


Measured = tuple[Quantity, tuple[str, ...]]
Figure = tuple[Decimal | None, str]


def promises(subject: Subject) -> list[Promise]:
    """The numbers in the goals, each with the indicators that measure it."""
    return [
        Promise(path=path, text=one.text, start=one.start, measured=measured)
        for path, found in _found(subject).items()
        for one, measured in found
    ]


@once
def unpromised(subject: Subject) -> tuple[str, ...]:
    """Paths of the output indicators with a number that no goal speaks of. None where the goals promise no
    numbers at all: then nothing can be missed."""
    measured = [paths for found in _found(subject).values() for _, paths in found]
    linked = {path.partition(".")[0] for paths in measured for path in paths}
    goals = " ".join(subject.goals.values())
    return tuple(
        row.path(row.field)
        for row in (subject.under("数量") if measured else ())
        if row.value.kind == "number" and row.path() not in linked and not shared(row.name, goals)
    )


@once
def _found(subject: Subject) -> dict[str, list[Measured]]:
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
    found = [
        (_nearness(row, one), path)
        for row, figures in zip(subject.rows, _figures(subject), strict=True)
        if (path := _same(row, figures, one, columns))
    ]
    if not found:
        yield from _added(subject, one) or _sized(subject, one)
        return
    best = max(score for score, _ in found)
    yield from (path for score, path in found if score == best)


def _nearness(row: Row, one: Quantity) -> int:
    """How far an indicator and a promise agree: in the very unit, and in their words. What is counted mostly
    stands before the number (购置办公用品1批) where it is named there at all."""
    unit = _VERY if canon(counted(row, row.value)[1]) == one.unit else 0
    return unit + 2 * shared(row.name, one.before) + shared(row.name, one.after)


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


def _same(row: Row, figures: Mapping[str, Figure], one: Quantity, columns: Sequence[str]) -> str | None:
    """Where an indicator has the number of a promise, or a stricter one of the same thing."""
    for field in columns:
        number, unit = figures[field]
        if number is None or not fits(unit, one.unit) or (unit == "%") != (one.unit == "%"):
            continue
        stricter, equal = one.sign == "≥" and number > one.number, number in _numbers(one)
        if not (stricter or equal):
            continue
        alike = shared(row.name, one.around) > 0
        if alike or (equal and (canon(unit) == one.unit or number > _CHANCE)):
            return row.path(field)
    if any(fits(other.unit, one.unit) and other.number in _numbers(one) for other in quantities(row.name)):
        return row.path("name")
    return None


def _numbers(one: Quantity) -> tuple[Decimal, ...]:
    return (one.number, one.number * _TIMES.get(one.each, 1))


def _added(subject: Subject, one: Quantity) -> list[str]:
    """Indicators in the very unit of a promise that add up to it."""
    for field in ("annual", "period"):
        rows = zip(subject.rows, _figures(subject), strict=True)
        said = [(*figures[field], row) for row, figures in rows]
        parts = [
            (number, row.path(field))
            for number, unit, row in said
            if number and canon(unit) == one.unit != "%"
        ]
        if len(parts) > 1 and sum(number for number, _ in parts) == one.number:
            return [path for _, path in parts]
    return []


def _sized(subject: Subject, one: Quantity) -> list[str]:
    """What measures a single thing by its size: 新建食堂1栋 by 新建食堂面积 4200平方米."""
    if one.number != 1 or one.unit == "%":
        return []
    return [
        row.path(field)
        for row in subject.under("数量")
        for field, value in (("annual", row.annual), ("period", row.period))
        if value.kind == "number" and value.unit and shared(row.name, one.before)
    ]


@rule(
    "R01",
    "目标里的数字没有指标衡量",
    "中",
    "相关性",
    ground=TARGETS_2015,
    needs=("goal", "values"),
    meaning="目标里写明的数字（18名、1套、2年）应有一条指标写着同样的数。金额、背景数字（现有、全镇、辖区）和“三年内”之类的"
    "时间跨度不算；没有实施周期指标值的表，不查实施周期目标里的数。",
    advice="建议为目标里的每个数字设一条指标，数值与目标一致。",
    good="为18名工作人员配备工作服（定制服装人数 18人）",
    bad="规划里程169公里（没有一条指标写公里）",
)
def unmeasured(subject: Subject) -> Iterator[Hit]:
    periodic = any(row.period.kind != "blank" for row in subject.rows)
    seen: set[tuple[Decimal, str]] = set()
    for path in ("annual_goal", "period_goal"):
        for one, measured in _found(subject).get(path, ()):
            skipped = (path == "period_goal" and not periodic) or (one.number, one.unit) in seen or one.each
            if skipped or measured:
                continue
            seen.add((one.number, one.unit))
            yield Hit(
                path,
                f"目标写了“{_clause(one)}”，没有指标写着这个数{_other(subject, one)}。",
                _clause(one).strip("…"),
            )


def _clause(one: Quantity) -> str:
    """The words around a promise, shortened where they are long."""
    before = one.before if len(one.before) <= 2 * _SAID else f"…{one.before[-_SAID:]}"
    after = one.after if len(one.after) <= 2 * _SAID else f"{one.after[:_SAID]}…"
    return f"{before}{one.text}{after}".strip()


def _other(subject: Subject, one: Quantity) -> str:
    """The indicator that counts the same thing otherwise, in words."""
    rows = [row for row in subject.rows if canon(counted(row, row.value)[1]) == one.unit != "%"]
    rows = [row for row in rows if shared(row.name, one.around)]
    return f"；“{rows[0].name}”写的是“{rows[0].said}”" if rows else ""


@rule(
    "R02",
    "数量指标在目标里没有提到",
    "提示",
    "相关性",
    ground=EXPERIENCE,
    needs=("goal", "values"),
    meaning="目标写了具体数字，而某条数量指标的数和名称在两个目标里都找不到：可能是目标漏写，也可能是指标多出来的。",
    advice="建议在目标里说明这项产出，或核实这条指标是否属于本项目。",
    good="目标写“定制1套软件”，指标“软件开发数量 1套”",
    bad="目标没有提到安保，指标“聘用安保人员 32人”",
)
def unspoken(subject: Subject) -> Iterator[Hit]:
    paths = set(unpromised(subject))
    for row in subject.under("数量"):
        if row.path(row.field) in paths:
            yield Hit(
                row.path(row.field),
                f"数量指标“{row.name}”（{row.said}）在目标里没有提到。",
                row.said,
                slot="数量",
            )


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (unmeasured, unspoken)
