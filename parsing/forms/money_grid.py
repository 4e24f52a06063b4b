"""Money that stands in a grid of times and sources, whichever of the two its columns are:

资金来源 | 合计 | 2024年 | 2025年 over a row for each source; 年度 | 合计 | 中央财政 over a row for each year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from parsing import amounts, vocabulary
from parsing.forms.parting import is_label
from parsing.grid import Cell, Row
from parsing.vocabulary import composition

_MONEY = "(?:资金|预算|金额|投资|投入|安排|申请|申报|计划|经费|总额|合计|小计|数|额)*"
_YEAR = re.compile(rf"(20\d\d(?=年)|20[12]\d)年?度?{_MONEY}")
_OWN = re.compile(rf"(?:当年|本年|本年度|当年度){_MONEY}")
_SPAN = re.compile(rf"20\d\d年?[-~—至到]+20\d\d年?度?{_MONEY}")
_ELSEWHERE = re.compile(
    rf"20\d\d年?(?:[-~—至到]+20\d\d年?)?(?:度?及?(?:以[前后]|之[前后])(?:年度?)?|度?(?:已|实际|到位|执行|完成).*){_MONEY}"
    r"|以[前后]年度?.*|(?:上|前)一?年度?.*|已.*|累计.*"
)
_NOTE = re.compile("说明|备注|.*依据(?:及说明)?|.*用途|.*内容")
_TIMES = ("year", "span", "elsewhere")


class Axis(NamedTuple):
    """What a row or a column is about: ``year`` (0: the year of the table), ``span`` of years, ``elsewhere``
    (no money of the target), ``whole``, ``source``, ``part`` (of words that nobody knows); ``unit`` of its
    amounts, as its title says."""

    kind: str
    title: Cell
    year: int = 0
    unit: str | None = None


class Entry(NamedTuple):
    """An amount of a grid, with the time and the part that it is of, each None where the grid names none."""

    cell: Cell
    time: Axis | None
    part: Axis | None
    unit: str | None


def parted(rows: Sequence[Row]) -> tuple[list[Row], list[Entry]]:
    """The rows without those of grids of money, and what the first of these holds."""
    rest: list[Row] = []
    first: list[Entry] = []
    k = 0
    while k < len(rows):
        count, entries = _grid(rows[k:])
        first = first or entries
        rest += [] if count else [rows[k]]
        k += count or 1
    return rest, first


def _grid(rows: Sequence[Row]) -> tuple[int, list[Entry]]:
    """How many rows a grid takes that begins with the first, 0 where none does, and what it holds."""
    above = [cell for cell in rows[0] if cell.height == 1]
    columns = _columns(above)
    lines = [*_lines(rows[1:], columns)] if columns else []
    beside = [cell for cell in rows[0] if cell.place.column not in columns]
    entries = [*_entries(columns, lines, beside)] if _agree(columns, lines) else []
    if any(entry.time and entry.time.kind in ("year", "span") for entry in entries):
        return 1 + len(lines), entries
    return 0, []


def _columns(titles: Sequence[Cell]) -> dict[int, Axis]:
    """Column → what it is about, where a row names at least two; at its left may stand what the rows are
    about, and elsewhere what is no money."""
    axes = [_axis(cell) for cell in titles]
    columns = {axis.title.place.column: axis for axis in axes if axis}
    left = min(columns, default=0)
    others = [cell for cell, axis in zip(titles, axes, strict=True) if not axis]
    beside = [cell for cell in others if not _NOTE.fullmatch(vocabulary.plain(cell.text))]
    corner = [cell for cell in beside if cell.place.column < left]
    parts = [cell for cell in beside if cell not in corner]
    if len(corner) > 1 or not columns or not all(is_label(vocabulary.words(cell.text)) for cell in parts):
        return {}
    columns |= {cell.place.column: Axis("part", cell) for cell in parts}
    kinds = [(axis.kind, axis.year) for axis in columns.values()]
    times = {kind for kind in kinds if kind[0] in _TIMES}
    mixed = times and any(kind in ("source", "part") for kind, _ in kinds)
    if mixed or any(kinds.count(time) > 1 for time in times if time[0] == "year"):
        return {}  # labels side by side, of which one is a part of another
    return columns if len(columns) > 1 else {}


def _lines(rows: Sequence[Row], columns: dict[int, Axis]) -> Iterator[tuple[Axis | None, list[Cell]]]:
    """What each row below is about, None where it does not say, and its amounts."""
    left = min(columns)
    for k, row in enumerate(rows):
        labels = [cell for cell in row if cell.place.column < left and cell.height == 1]
        cells = [cell for cell in row if cell.place.column in columns]
        known = [amounts.read(cell.text, "元").yuan is not None for cell in cells]
        blank = [amounts.is_nothing(cell.text) for cell in cells]
        axis = _axis(labels[0]) if labels else None
        fits = bool(any(known) or (k and axis and len(row) == 1))  # a source that nobody filled in
        fits = fits and all(map(any, zip(known, blank, strict=True)))
        if not fits or len(labels) > 1 or (labels and not axis) or (k and not labels):
            return
        yield axis, [cell for cell, sure in zip(cells, known, strict=True) if sure]


def _agree(columns: dict[int, Axis], lines: Sequence[tuple[Axis | None, list[Cell]]]) -> bool:
    """Whether columns that nobody knows are parts of the money: they add up to its whole."""
    if not any(axis.kind == "part" for axis in columns.values()):
        return True
    kinds = {column: "part" if axis.kind == "source" else axis.kind for column, axis in columns.items()}
    for _, cells in lines:
        sums = dict.fromkeys(("part", "whole"), Decimal())
        for cell in cells:
            kind = kinds[cell.place.column]
            sums[kind] = sums.get(kind, Decimal()) + (amounts.read(cell.text, "元").yuan or 0)
        if sums["part"] != sums["whole"]:
            return False
    return set(kinds.values()) == {"part", "whole"}


def _entries(
    columns: dict[int, Axis], lines: Sequence[tuple[Axis | None, list[Cell]]], aside: Sequence[Cell]
) -> Iterator[Entry]:
    """``aside``: the cells beside the titles of the columns."""
    rows = [axis for axis, _ in lines]
    across = any(axis.kind in _TIMES for axis in columns.values())
    if across and any(axis and axis.kind in _TIMES for axis in rows):
        return  # years of years
    over = next(filter(None, (vocabulary.core(cell.text)[1] for cell in aside)), None)
    beside = next(filter(None, (_told_beside(cell) for cell in aside if cell.height > 1)), None)
    for axis, cells in lines:
        for cell in cells:
            column = columns[cell.place.column]
            time, part = (column, axis) if across else (axis, column)
            if beside and not across and not any(rows):
                time = beside
            units = (one.unit for one in (time, part) if one)
            yield Entry(cell, time, part, next(filter(None, units), over))


def _told_beside(cell: Cell) -> Axis | None:
    """The time that a label down the side of the grid tells: 申请预算, of the year."""
    label = vocabulary.label(cell.text)
    if not label or label.field not in ("budget", "total"):
        return None
    return Axis("year" if label.field == "budget" else "span", cell, label.year or 0, label.unit)


def _axis(cell: Cell) -> Axis | None:
    told = _told(cell.text)
    return told and Axis(told[0], cell, told[1], told[2])


@lru_cache(1 << 12)
def _told(text: str) -> tuple[str, int, str | None] | None:
    """Kind, year and unit of the title of a row or column."""
    words, unit, span = vocabulary.core(text)
    words = words.removeprefix("其中:")
    if span and vocabulary.sums(words):
        return "span", 0, unit
    if found := _YEAR.fullmatch(words):
        return "year", int(found[1]), unit
    if _SPAN.fullmatch(words):
        return "span", 0, unit
    if _ELSEWHERE.fullmatch(words):
        return "elsewhere", 0, unit
    if _OWN.fullmatch(words):
        return "year", 0, unit
    label = vocabulary.label(text)
    if vocabulary.is_subtotal(words) or composition.is_amount(words) or (label and label.field == "total"):
        return "whole", 0, unit
    return ("source", 0, unit) if label and label.field == "source" else None
