"""Rules of what the goals promise and the indicators measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from parsing.rules.grounds import EXPERIENCE, TARGETS_2015
from parsing.rules.linking import linked, units, unpromised
from parsing.rules.quantities import Quantity
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Subject
from parsing.rules.words import WORDS, canon, shared

_COURSE = frozenset(WORDS["course_units"])
_SAID = 8  # characters before and after a number where a long promise is quoted


@rule(
    "R01",
    "目标里的数字没有指标衡量",
    "中",
    "相关性",
    ground=TARGETS_2015,
    needs=("goal", "values", "whole"),
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
        for one, measured in linked(subject).get(path, ()):
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
    found = zip(subject.rows, units(subject), strict=True) if one.unit != "%" else ()
    alike = (row for row, unit in found if unit == one.unit)
    rows = [row for row in alike if shared(row.name, one.around)]
    return f"；“{rows[0].name}”写的是“{rows[0].said}”" if rows else ""


@rule(
    "R02",
    "数量指标在目标里没有提到",
    "提示",
    "相关性",
    ground=EXPERIENCE,
    needs=("goal", "values"),
    meaning="目标写了具体数字，而某条数量指标的数和名称在两个目标里都找不到：可能是目标漏写，也可能是指标多出来的。"
    "时长、频次、报道篇数说的是怎么做，目标里不必写，不看。",
    advice="建议在目标里说明这项产出，或核实这条指标是否属于本项目。",
    good="目标写“定制1套软件”，指标“软件开发数量 1套”",
    bad="目标没有提到安保，指标“聘用安保人员 32人”",
)
def unspoken(subject: Subject) -> Iterator[Hit]:
    paths = set(unpromised(subject))
    for row in subject.under("数量") if paths else ():
        if row.path(row.field) in paths and canon(row.unit) not in _COURSE:
            yield Hit(
                row.path(row.field),
                f"数量指标“{row.name}”（{row.said}）在目标里没有提到。",
                row.said,
                slot="数量",
            )


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (unmeasured, unspoken)
