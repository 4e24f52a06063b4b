"""Whether the weights add up, on forms that have weights."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from parsing.rules.grounds import EXPERIENCE, FORM
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Row, Subject

_SUMS = (Decimal(90), Decimal(100))  # with and without 10 for the execution of the budget
_ROUNDED = Decimal("0.5")  # three times 33.3 are 100
_MOST = Decimal("0.4")
_BAND = re.compile(r"\((\d+)(?:-(\d+))?(?:\)分?|分\))")


@rule(
    "W01",
    "权重合计不对",
    "高",
    "完整性",
    ground=EXPERIENCE,
    needs=("weights", "whole"),
    meaning="看各指标权重相加是不是100，或者90（另有10分给预算执行率）；写成小数或百分比的按比例看。没有权重栏的表不看。",
    advice="建议核对各指标的权重，补齐或调平。",
    good="成本15＋产出40＋效益30＋满意度5＝90，预算执行率另占10",
    bad="各指标权重合计 60",
)
def total(subject: Subject) -> Iterator[Hit]:
    weighted, scale = _weighted(subject)
    said = sum(weight for _, weight in weighted)
    if any(abs(said * scale - right) <= _ROUNDED for right in _SUMS):
        return
    without = sum(bool(row.name.strip()) and row.indicator.weight is None for row in subject.rows)
    more = f"，另有{without}条没有填权重" if without else ""
    equation = " + ".join(_number(weight) for _, weight in weighted) + f" = {_number(said)}"
    message = f"权重合计{_number(said)}{more}，通常应为100（或90，另有10分给预算执行率），建议核实。"
    yield Hit(
        weighted[0][0].path("weight"),
        message,
        f"合计{_number(said)}",
        equation=equation,
        also=tuple(row.path("weight") for row, _ in weighted[1:]),
    )


@rule(
    "W02",
    "权重与表上印的分值不符",
    "低",
    "完整性",
    ground=FORM,
    needs=("weights", "bands", "whole"),
    meaning="看每个一级指标下的权重合计是不是等于（或在）表上印的分值，例如“产出指标(40分)”“产出指标(40-50)分”。"
    "各地的分值不同，表上没有印分值的不看。",
    advice="建议按表上印的分值调整权重。",
    good="产出指标(40分)：20＋10＋10＝40",
    bad="产出指标(40分)：20＋10＋20＝50",
)
def bands(subject: Subject) -> Iterator[Hit]:
    weighted, scale = _weighted(subject)
    by_level = sorted(weighted, key=lambda one: one[0].indicator.level1)
    for level1, group in groupby(by_level, key=lambda one: one[0].indicator.level1):
        rows = list(group)
        printed = band(level1)
        said = sum(weight for _, weight in rows) * scale
        if not printed or printed[0] - _ROUNDED <= said <= printed[1] + _ROUNDED:
            continue
        words = "".join(level1.split())
        yield Hit(
            rows[0][0].path("weight"),
            f"“{words}”下的权重合计{_number(said)}，与印的分值不符，建议核实。",
            f"{words}，合计{_number(said)}",
            equation=" + ".join(_number(weight * scale) for _, weight in rows) + f" = {_number(said)}",
            also=tuple(row.path("weight") for row, _ in rows[1:]),
        )


@rule(
    "W03",
    "一条指标的权重过大",
    "低",
    "适当性",
    ground=EXPERIENCE,
    needs=("weights",),
    meaning="看有没有一条指标占权重合计的40%以上：它一条就左右了结果。指标不满三条的不看。",
    advice="建议把这条指标拆细，或把权重分给其他指标。",
    good="养护里程 20（合计90）",
    bad="任务完成率 50（合计90）",
)
def heavy(subject: Subject) -> Iterator[Hit]:
    weighted, _ = _weighted(subject)
    said = sum(weight for _, weight in weighted)
    for row, weight in weighted if len(weighted) > 2 else ():
        if said and weight / said > _MOST:
            share = f"{weight / said:.0%}"
            message = f"“{row.name}”的权重是{_number(weight)}，占合计{_number(said)}的{share}，建议核实。"
            yield Hit(row.path("weight"), message, share, slot=row.slot)


def band(level1: str) -> tuple[Decimal, Decimal] | None:
    """Least and most that a printed level-1 word gives its indicators: 产出指标(40-50)分."""
    found = _BAND.search(
        "".join(unicodedata.normalize("NFKC", level1).split()).replace("—", "-").replace("~", "-")
    )
    return (Decimal(found[1]), Decimal(found[2] or found[1])) if found else None


def _weighted(subject: Subject) -> tuple[list[tuple[Row, Decimal]], int]:
    """The rows with a weight, and what makes the weights points: 100 where they are shares of 1."""
    rows = [(row, row.indicator.weight) for row in subject.rows if row.indicator.weight is not None]
    return rows, 100 if sum(weight for _, weight in rows) <= Decimal("1.1") else 1


def _number(amount: Decimal | int) -> str:
    return f"{Decimal(amount).normalize():f}"


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (total, bands, heavy)
