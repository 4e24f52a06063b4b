"""Rules of the period and the year: is what is asked of one year that of one year?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from parsing.rules.deadlines import years_served
from parsing.rules.grounds import ARITHMETIC, TARGETS_2015
from parsing.rules.quantities import counted
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Row, Subject
from parsing.rules.words import canon

_FEW = 3  # with fewer rows, equal values say nothing about copying


@rule(
    "A06",
    "实施周期值与当年值逐条相同",
    "提示",
    "适当性",
    ground=TARGETS_2015,
    needs=("two values", "period"),
    meaning="跨年度项目的实施周期指标值应是几年的合计，当年度指标值是其中一年。全部行逐条相同，多半是复制填写；"
    "可清点的数量实施周期值比当年值还小，则对不上。合格率一类每年相同是正常的，所以只在全部行都相同、且其中有可清点的数量时提示。",
    advice="建议分别填写整个实施周期的合计与当年的任务量。",
    good="培训人数：实施周期 ≥3000人，当年 ≥1000人",
    bad="10 条指标的实施周期值与当年值全部相同",
)
def copied(subject: Subject) -> Iterator[Hit]:
    project = subject.project
    if (project.start or "")[:4] >= (project.end or "")[:4]:
        return
    rows = [row for row in subject.rows if "blank" not in (row.annual.kind, row.period.kind)]
    same = [row for row in rows if _plain(row.indicator.period) == _plain(row.indicator.annual)]
    count = [row for row in same if _countable(row)]
    if rows == same and len(rows) >= _FEW and count:
        yield Hit(
            "",
            f"项目从 {project.start} 到 {project.end}，{len(rows)} 条指标中 {len(same)} 条"
            f"的实施周期值与当年值相同，例如“{count[0].name}”都是“{count[0].said}”。",
            count[0].said,
            also=(count[0].path("period"), count[0].path("annual")),
        )
    for row in filter(_countable, rows):
        (whole, unit), (year, other) = counted(row, row.period), counted(row, row.annual)
        if whole is not None and year is not None and canon(unit) == canon(other) and whole < year:
            yield Hit(
                row.path("period"),
                f"“{row.name}”实施周期值“{row.indicator.period}”小于当年值“{row.indicator.annual}”。",
                row.indicator.period or "",
                "中",
                slot=row.slot,
                also=(row.path("annual"),),
            )


@rule(
    "A07",
    "一年的目标超过一年",
    "中",
    "适当性",
    ground=ARITHMETIC,
    needs=("values",),
    meaning="当年度指标值写的是当年要完成的量，服务、驻场、租赁的时长不会超过一年。设计使用年限、质保期等是物的性质，不在此列。",
    advice="建议当年度指标值写当年的时长（例如 1年、12个月），整个期限写入实施周期指标值。",
    good="驻场服务时间：实施周期 2年，当年 1年",
    bad="驻场服务时间：当年 2年",
)
def longer(subject: Subject) -> Iterator[Hit]:
    for row in subject.rows:
        served = years_served(row)
        if served and served > 1:
            said = (row.indicator.annual or "").strip()
            yield Hit(
                row.path("annual"),
                f"“{row.name}”的当年度指标值是“{said}”，比一年长。",
                said,
                slot=row.slot,
                equation=f"{said} ＞ 1年",
            )


def _countable(row: Row) -> bool:
    """A quantity that grows from year to year: not a rate, not an upper limit."""
    kinds = row.annual.kind == row.period.kind == "number"
    return kinds and "数量" in row.slots and row.annual.sign not in ("≤", "<", "±") and not row.annual.per


def _plain(text: str | None) -> str:
    return "".join((text or "").split())


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (copied, longer)
