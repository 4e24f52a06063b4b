"""A project as the rules look at it: what several of them need is understood once."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from functools import cached_property, wraps
from typing import Any, NamedTuple, TypeVar

from parsing import values
from parsing.model import SLOTS, Indicator, Project, Slot
from parsing.partial import GRID
from parsing.rules.natures import natures
from parsing.rules.standard import DEFAULT, Standard
from parsing.values import Value

_POINTS = re.compile(r"[(（]\s*\d+.*分")  # 产出指标(40分), 产出指标(40-50)分
T = TypeVar("T")
_UNIT = re.compile(r"[(（]\s*([^()（）]{1,6}?)\s*[)）]\s*$")


class Row(NamedTuple):
    """An indicator: its number, what its two values say, and the one that counts (``value``, ``field``):
    the annual one where it is filled, else the period's. ``said``: that value as printed; ``slots``: the
    categories that it fills, ``slot`` the one that it stands under."""

    number: int
    indicator: Indicator
    name: str
    slot: Slot | None
    annual: Value
    period: Value
    field: str
    value: Value
    said: str
    slots: tuple[Slot, ...]

    @classmethod
    def of(cls, number: int, one: Indicator) -> Row:
        annual, period = values.understand(one.annual or ""), values.understand(one.period or "")
        whole = annual.kind == "blank" and period.kind != "blank"
        field, value, said = ("period", period, one.period) if whole else ("annual", annual, one.annual)
        said = (said or "").strip()
        return cls(number, one, one.name, one.slot, annual, period, field, value, said, one.slots)

    @property
    def unit(self) -> str:
        """The unit of the value, or in brackets at the end of the name: 合格率（%）, 软件开发数量（套）."""
        if self.value.unit:
            return self.value.unit
        named = _UNIT.search(self.name)
        return named[1] if named else ""

    def path(self, field: str = "") -> str:
        return f"indicators[{self.number}]" + (f".{field}" if field else "")


class Subject:
    """A project under a standard. Rules only read it. ``looked``: whether anybody asked for the standard."""

    def __init__(self, project: Project, standard: Standard = DEFAULT) -> None:
        self.project, self._standard, self.looked = project, standard, False
        self.known: dict[object, Any] = {}  # by functions that do not ask for the standard (see ``once``)

    def by(self, standard: Standard) -> Subject:
        """The same project under another standard; what is known of it is shared."""
        other = copy(self)
        other._standard = standard
        return other

    @property
    def standard(self) -> Standard:
        self.looked = True
        return self._standard

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(Row.of(number, one) for number, one in enumerate(self.project.indicators))

    @cached_property
    def counts(self) -> dict[Slot, int]:
        """Indicators of each category; one under a merged word counts in each."""
        found: dict[Slot, int] = dict.fromkeys(SLOTS, 0)
        for row in self.rows:
            for slot in row.slots:
                found[slot] += 1
        return found

    @cached_property
    def natures(self) -> dict[str, str]:
        return natures(self.project)

    @cached_property
    def goals(self) -> dict[str, str]:
        """Path → text of the goals that are filled."""
        texts = {name: getattr(self.project, name) or "" for name in ("period_goal", "annual_goal")}
        return {name: text for name, text in texts.items() if text.strip()}

    def under(self, *slots: Slot) -> list[Row]:
        """The rows of these categories."""
        return [row for row in self.rows if row.slot in slots]

    def path(self, slot: Slot) -> str:
        """Where an empty category is printed, or a line of the blank form stands; "" where neither is."""
        empty = (f"empty[{n}]" for n, one in enumerate(self.project.empty) if slot in one.slots)
        unused = (row.path() for row in self.rows if row.slot == slot and not row.slots)
        return next(empty, "") or next(unused, "")


def once(ask: Callable[[Subject], T]) -> Callable[[Subject], T]:
    """What several rules ask of a subject is found out once."""

    @wraps(ask)
    def asked(subject: Subject) -> T:
        if ask not in subject.known:
            subject.known[ask] = ask(subject)
        found: T = subject.known[ask]
        return found

    return asked


def _filled(*fields: str) -> Callable[[Subject], bool]:
    return lambda subject: all(getattr(subject.project, field) not in (None, "", ()) for field in fields)


def _side_by_side(subject: Subject) -> bool:
    """Whether two values stand beside one name, on most rows: not so in forms of two blocks or two halves,
    where an indicator may stand in one of them alone, nor where one column is hardly used."""
    both = [r for r in subject.rows if r.annual.kind != "blank" and r.period.kind != "blank"]
    valued = [r for r in subject.rows if r.value.kind != "blank"]
    return 2 * len(both) >= max(len(valued), 1) and any(_in_line(r.indicator) for r in both)


def _in_line(indicator: Indicator) -> bool:
    found = [indicator.places[field] for field in ("name", "period", "annual") if field in indicator.places]
    columns = [place.column for place in found]
    return len(found) == 3 and len({place.row for place in found}) == 1 and columns == sorted(columns)


# Fact → whether it is there, and what to say where it is not.
NEEDS: dict[str, tuple[Callable[[Subject], bool], str]] = {
    "indicators": (_filled("indicators"), "没有读到指标"),
    "grid": (lambda s: bool(s.project.indicators or s.project.empty), "没有读到指标表"),
    "whole": (lambda s: GRID.isdisjoint(s.project.partial), "这张表没有读全"),
    "values": (lambda s: any(row.value.kind != "blank" for row in s.rows), "没有读到指标值"),
    "two values": (
        lambda s: any(row.annual.kind != "blank" and row.period.kind != "blank" for row in s.rows),
        "表上没有同时填写两个指标值",
    ),
    "two columns": (_side_by_side, "表上没有并列填写的两个指标值"),
    "goal": (lambda s: bool(s.goals), "没有读到绩效目标"),
    "two goals": (_filled("period_goal", "annual_goal"), "没有同时读到两个绩效目标"),
    "budget": (_filled("budget_yuan"), "没有读到当年预算"),
    "total": (_filled("total_yuan", "budget_yuan"), "没有同时读到当年预算和项目总额"),
    "sources": (
        lambda s: bool(
            (s.project.sources and s.project.budget_yuan is not None)
            or (s.project.total_sources and s.project.total_yuan is not None)
        ),
        "没有同时读到资金来源和它们的总额",
    ),
    "budget printed": (lambda s: "budget_yuan" in s.project.places, "没有读到预算金额一栏"),
    "period": (_filled("start", "end"), "没有读到实施周期"),
    "end": (_filled("end"), "没有读到到期时间"),
    "year": (_filled("year"), "没有读到预算年度"),
    "weights": (
        lambda s: any(row.indicator.weight is not None for row in s.rows),
        "表上没有权重",
    ),
    "bands": (
        lambda s: any(map(_POINTS.search, {row.indicator.level1 for row in s.rows})),
        "表上没有印各级指标的分值",
    ),
}
