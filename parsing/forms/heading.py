"""What the head of a table says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parsing import values, vocabulary
from parsing.forms.doubt import Doubt, Pair
from parsing.forms.money_grid import Entry
from parsing.grid import Cell, Place, Row
from parsing.vocabulary import Label

_VAGUE = re.compile(
    "(填报|填表|编制|编报)(单位|企业|公司)|单位名称"
)  # may be above the unit that does the project
_INNER = re.compile("[科处股]室?$")  # of a body: its own sections are no department
_ASKED, _GRANTED = re.compile("申请|申报|送审|拟"), re.compile("核定|批复|批准|安排|下达|审定")
_LONG = re.compile("[长中]期|周期|实施期|项目期")  # of a goal of more than a year


@dataclass(slots=True)
class Head:
    """``cells``: field → its label and the cells of its value, as they stand; ``labels``: field → where it is
    printed; ``sources``: budget or total, the label of a source, its value; ``grid``: the money of one;
    ``parts``: sources without a whole; ``extras``: labels that no field names → text; ``unknown``: those that
    nobody knows, and their values; ``unit``: of the money where its label prints none; ``year``: of a line
    that says nothing else; ``span``: years in the heading of a goal; ``doubts``: cells to be looked at."""

    cells: dict[str, tuple[Label, list[Cell]]] = field(default_factory=dict)
    labels: dict[str, Place] = field(default_factory=dict)
    sources: list[tuple[str, str, Cell]] = field(default_factory=list)
    grid: list[Entry] = field(default_factory=list)
    parts: list[Pair] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)
    unknown: list[Pair] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    unit: str | None = None
    year: int | None = None
    span: str | None = None

    def first(self, name: str) -> str | None:
        _, cells = self.cells.get(name, (None, []))
        return cells[0].text if cells else None

    def text(self, name: str) -> str | None:
        _, cells = self.cells.get(name, (None, []))
        return "\n".join([cell.text for cell in cells]) if cells else None


def sole_goal(titles: Mapping[str, str]) -> str | None:
    """The field among these whose text is the goal of the year: the only goal that a form prints is, unless
    its title says that it is longer. ``titles``: field → the words of its title."""
    goal = next((name for name in ("period_goal", "goals") if name in titles), None)
    sole = goal is not None and "annual_goal" not in titles and not _LONG.search(titles[goal])
    return goal if sole else None


def settle_goal(head: Head, named: Mapping[str, str]) -> None:
    """Make the only goal of a head that of the year, if it is. ``named``: field → the words of its label."""
    goal = sole_goal({name: named.get(name, "") for name in head.labels})
    if not goal:
        return
    place = head.labels[goal]
    head.labels.pop("period_goal", None)
    head.labels["annual_goal"] = place
    if "period_goal" in head.cells:
        label, cells = head.cells.pop("period_goal")
        head.cells["annual_goal"] = label._replace(field="annual_goal"), cells


def settle_sources(head: Head, rows: Sequence[Row]) -> None:
    """Take the amounts of sources from the column of their money, where there are several: 申报 | 核定."""
    wholes = {money: cells[0].place for money, (_, cells) in head.cells.items() if cells}
    for k, (money, label, source) in enumerate(head.sources):
        whole, place = wholes.get(money, source.place), source.place
        if whole.row == place.row or whole.column == place.column:
            continue
        cells = {(cell.place.row, cell.place.column): cell for row in rows for cell in row}
        own, beside = cells.get((place.row, whole.column)), cells.get((whole.row, place.column))
        if own and beside and values.is_bare(own.text) and values.is_bare(beside.text):
            head.sources[k] = (money, label, own)


def broken_unit(extras: Mapping[str, str]) -> str | None:
    """The unit of money in a label whose lines stand apart among what nobody knows: 申请（万 and 元）."""
    lines = [printed for printed, value in extras.items() if not value]
    units = (vocabulary.core(above + below)[1] for above, below in pairwise(lines))
    return next(filter(None, units), None)


def gives_way(head: Head, label: Label, words: str, after: str) -> bool:
    """Whether what was read of a field under a label of these ``words``, if anything, is less than what the
    ``label`` says that comes ``after``. It is kept then: a whole as the total, all else among the extras."""
    _, read = head.cells[label.field]
    if not read:
        return True
    if not is_less(label.field, words, after, (label.year, head.year)):
        return False
    if label.field == "budget" and "总" in words and "total" not in head.cells:
        head.cells["total"] = head.cells["budget"][0]._replace(field="total"), read
        head.labels["total"] = read[0].place
    else:
        head.extras[words] = read[0].text
    return True


def is_less(field: str, before: str, after: str, years: tuple[int | None, int | None]) -> bool:
    """Whether the words ``before`` say less of a field than those of a later label: 项目单位 says more than
    填报单位, 2024年预算 more than 预算资金. ``years``: that the later label names, and of the table."""
    year, own = years
    other = year is not None and year == own and year not in values.years(before)
    less = {
        "budget": (year is not None and "年" not in before)
        or other
        or ("年初" in before and "年初" not in after)
        or bool(_ASKED.search(before) and _GRANTED.search(after) and not _ASKED.search(after)),
        "unit": bool(_VAGUE.match(before) and not _VAGUE.match(after)),
        "name": "专项" in before and "专项" not in after,  # one of its projects
        "department": bool(_INNER.search(before) and not _INNER.search(after)),
    }
    return less.get(field, False)


def is_short(row: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Whether a row of amounts lacks the blank below the word over the money, as a text may have lost it:
    项目资金 | 年度预算数 | 财政拨款 | 其他资金 over 15 | 14 | 1."""
    short = len(row) == len(above) - 1 > 0 and row[0].place.column == above[0].place.column
    label = vocabulary.label(above[0].text) if short and vocabulary.label(above[1].text) else None
    return label is not None and label.field == "money" and all(values.is_bare(cell.text) for cell in row)


def blanks(head: Head) -> dict[str, Place]:
    """Field → place of its printed label where nobody filled in a value."""
    items = head.cells.items()
    filled = {name for name, (_, cells) in items if any(cell.text or cell.note for cell in cells)}
    found = {field: place for field, place in head.labels.items() if field not in filled}
    if both := found.pop("period", None):  # one label for start and end
        found |= {field: both for field in ("start", "end") if field not in head.labels}
    found.pop("goals", None)  # it only stands over the two, or is that of the year
    return found
