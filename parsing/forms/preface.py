"""What the headings of a sheet say of all tables below them: the year, and the unit of money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from parsing import amounts, vocabulary
from parsing.grid import Cell, Grid, Row

T = TypeVar("T")
LONGEST = 60  # characters of a heading that names the year of a table
_TITLED = re.compile(r"20\d\d(?=年(?!\d{1,2}月))")
_SENTENCE = re.compile("[，。；：:《]")
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


NO_PREFACE = Preface()


def titled(title: str) -> int | None:
    """The first year that a title names."""
    found = _TITLED.search(vocabulary.plain(title))
    return int(found[0]) if found else None


def preface(rows: Iterable[Row]) -> Preface:
    """The year that rows of a single text name, as the headings of a page do (某局2025年专项资金绩效目标
    公开), and the unit that stands in one (具体如下，单位：元)."""
    lines = [row[0].text for row in rows if len(row) == 1]
    years = {*map(_of_heading, lines)} - {None}
    units = {amounts.unit_told(text) for text in lines} - {None}
    return Preface(_only(years, 0), _only(units, ""))


def cover(grid: Grid) -> Preface:
    """What the headings of a sheet, or of pages, without a table of a project say of those behind: the year,
    for the unit of money is that of their own tables, and sentences speak of whatever year."""
    return Preface(preface(row for row in grid.rows if not _SENTENCE.search(row[0].text)).year or None)


def year_beside(row: Sequence[Cell]) -> int | None:
    """The year of a row of which all else only stands over a table: 填报单位：某局 | 2025年度 单位：万元;
    2026年部门预算 | 单位：万元. A heading alone is none."""
    cells = ([cell.text] if vocabulary.year(cell.text) else cell.text.split() for cell in row)
    pieces = [*chain.from_iterable(cells)]
    headed = len(pieces) > 1
    years = {piece: vocabulary.year(piece) or (headed and _of_heading(piece)) or None for piece in pieces}
    if not all(years[piece] or vocabulary.is_lead(piece) for piece in pieces):
        return None
    return _only(set(years.values()) - {None}, None)


def _of_heading(text: str) -> int | None:
    return titled(text) if len(text) <= LONGEST and _ABOUT.search(text) else None


def _only(values: set[T | None], contradicted: T) -> T | None:
    return (values.pop() if len(values) == 1 else contradicted) if values else None
