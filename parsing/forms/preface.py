"""What the headings of a sheet say of all tables below them: the year, and the unit of money."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from parsing import amounts, vocabulary
from parsing.grid import Row

T = TypeVar("T")
LONGEST = 60  # characters of a heading that names the year of a table
_TITLED = re.compile(r"20\d\d(?=年(?!\d{1,2}月))")
_ABOUT = re.compile("绩效|预算|项目支出|支出项目|项目申报")


class Preface(NamedTuple):
    """``year`` of the tables; ``unit`` of their money, as written; None where nothing says it, 0 and "" where
    headings contradict each other."""

    year: int | None = None
    unit: str | None = None

    def over(self, below: Preface) -> Preface:
        """What holds below headings that say something of their own."""
        year = self.year if below.year is None else below.year
        return Preface(year, self.unit if below.unit is None else below.unit)


def titled(title: str) -> int | None:
    """The first year that a title names."""
    found = _TITLED.search(vocabulary.plain(title))
    return int(found[0]) if found else None


def preface(rows: Iterable[Row]) -> Preface:
    """The year that rows of a single text name, as the headings of a page do (某局2025年专项资金绩效目标
    公开), and the unit that stands in one (具体如下，单位：元)."""
    lines = [row[0].text for row in rows if len(row) == 1]
    years = {titled(text) for text in lines if len(text) <= LONGEST and _ABOUT.search(text)} - {None}
    units = {amounts.unit_told(text) for text in lines} - {None}
    return Preface(_only(years, 0), _only(units, ""))


def _only(values: set[T | None], contradicted: T) -> T | None:
    return (values.pop() if len(values) == 1 else contradicted) if values else None
