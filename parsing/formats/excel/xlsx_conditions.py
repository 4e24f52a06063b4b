"""What a worksheet shows only under conditions: zeros, where it hides them, and cells that a conditional
format paints in the colour of the paper. A condition that is a formula is not worked out: its cells say that
they may be hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

from parsing.errors import Damaged, TooLarge
from parsing.formats.characters.runs import is_marked, marked
from parsing.formats.excel.xlsx_strings import OFF
from parsing.formats.raw import limits
from parsing.formats.worksheet import hidden
from parsing.formats.worksheet.merging import Rows, area
from parsing.grid import Cell

MOST = 1_000_000  # cells that are looked at, over all rules of a sheet
TESTS: dict[str, Callable[[float, float], bool]] = {
    "equal": eq,
    "notEqual": ne,
    "greaterThan": gt,
    "greaterThanOrEqual": ge,
    "lessThan": lt,
    "lessThanOrEqual": le,
}


class _Rule(NamedTuple):
    areas: str
    kind: str
    operator: str


@dataclass(slots=True)
class Conditions:
    """``unpainting``: numbers of the differential formats that hide a text."""

    unpainting: frozenset[int]
    zeros: bool = True  # are shown
    _areas: str = ""
    _rule: _Rule | None = None
    _formulas: list[list[str]] = field(default_factory=list)
    _rules: list[_Rule] = field(default_factory=list)
    _within: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheetView":
            self.zeros = attributes.get("showZeros") not in OFF
        elif tag == "conditionalFormatting":
            self._areas = attributes.get("sqref", "")
        elif tag == "cfRule":
            number = attributes.get("dxfId", "")
            hides = number.isdecimal() and int(number) in self.unpainting and len(self._rules) < limits.MERGES
            rule = _Rule(self._areas, attributes.get("type", ""), attributes.get("operator", ""))
            self._rule = rule if hides else None
            if hides:
                self._rules.append(rule)
                self._formulas.append([])
        elif tag == "formula" and self._rule:
            self._within = True
            self._formulas[-1].append("")

    def text(self, data: str) -> None:
        if self._within:
            self._formulas[-1][-1] += data

    def end(self, tag: str) -> None:
        self._within = self._within and tag != "formula"

    def apply(self, rows: Rows, columns: Mapping[str, int]) -> None:
        """Mark the cells that a rule hides, and note those that one may hide. Raises TooLarge."""
        looked = 0
        for rule, formulas in zip(self._rules, self._formulas, strict=True):
            for ref in rule.areas.split():
                for cells, left, right in _lines(ref, columns, rows):
                    looked += len(cells)
                    if looked > MOST:
                        raise TooLarge(reason="条件格式太多，没有读取")
                    for column in [column for column in cells if left <= column <= right]:
                        cells[column] = _shown(cells[column], _hides(rule, formulas, cells[column].text))


def _lines(ref: str, columns: Mapping[str, int], rows: Rows) -> Iterator[tuple[dict[int, Cell], int, int]]:
    """The rows of an area with its first and its last column; none of one that is written otherwise."""
    try:
        top, left, bottom, right = area(ref, columns)
    except (ValueError, Damaged):
        return
    for number in range(top, bottom + 1) if bottom - top < len(rows) else rows:
        if number in rows and top <= number <= bottom:
            yield rows[number], left, right


def _shown(cell: Cell, hides: bool | None) -> Cell:
    if hides is None:
        return (
            cell._replace(note=f"{cell.note} {hidden.NOTE}".lstrip())
            if hidden.NOTE not in cell.note
            else cell
        )
    return cell._replace(text=marked(cell.text, "unseen")) if hides and not is_marked(cell.text) else cell


def _hides(rule: _Rule, formulas: list[str], text: str) -> bool | None:
    """Whether the condition holds for a cell; None where that is not known."""
    if rule.kind != "cellIs" or not formulas:
        return None
    value, *bounds = [_number(operand) for operand in (text, *formulas)]
    if None in bounds or (rule.operator not in TESTS and len(bounds) != 2):
        return None
    if value is None:
        return rule.operator in ("notEqual", "notBetween", "greaterThan", "greaterThanOrEqual")  # a text
    first, last = bounds[0] or 0.0, bounds[-1] or 0.0
    if test := TESTS.get(rule.operator):
        return test(value, first)
    return (first <= value <= last) is (rule.operator == "between")


def _number(text: str) -> float | None:
    text = text.strip().replace(",", "")
    try:
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return None
