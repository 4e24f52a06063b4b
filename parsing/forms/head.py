"""The head of a table: labels and the values beside them, the money, and the goals below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsing import amounts, vocabulary
from parsing.forms import money_grid, stacked
from parsing.forms.doubt import Doubt, Pair
from parsing.forms.form import UNDECLARED, Form
from parsing.forms.heading import Head, broken_unit, gives_way, is_short, settle_goal, settle_sources
from parsing.forms.parting import GOALS, is_label, labelled, parts, printed
from parsing.forms.preface import year_beside
from parsing.forms.stacked import MONEY
from parsing.forms.titles import is_copy, once
from parsing.grid import Cell, Row
from parsing.vocabulary import Label, composition

ONE_LINE = ("name", "unit", "department", "project_type", "level")  # values that are one text in one cell
_SUM = re.compile("[合总小] *[计额]|总金额")
_SEAL = re.compile(r"^\s*[（(](?:盖章|公章|签章)[）)]\s*|\s*[（(](?:盖章|公章|签章)[）)]\s*$")
_NUMBERED = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十]+[)）、.．]|[(（]?\d+[)）、.．])")
_UNITS = ("元", "万元")
_STACKED = (*MONEY, "source")  # labels whose value may stand below them


def head(
    rows: Sequence[Row], form: Form = UNDECLARED, joins: frozenset[int] = frozenset(), spans: bool = True
) -> Head:
    """Walk the rows above the indicators left to right: a label, then its value. ``joins``: numbers of
    rows that a page break cut off the row before; ``spans``: as of the grid."""
    rows, grid = money_grid.parted(rows)
    reader = _Reader(Head(grid=grid), form, joins)
    above: Row = ()
    for row in stacked.beside(rows, form):
        if not spans:
            above, row = row, tuple(c for c in row if not (form.label(c.text) and is_copy(c, above)))
        if not row:
            continue
        texts = [cell.text for cell in row]
        cells = [*row] if len({*texts}) == len(texts) else once(row)
        if ":" in (said := "".join(texts)) or "：" in said:
            cells = [part for cell in cells for part in parts(cell, form)]
        reader.row(cells)
    reader.finish()
    settle_sources(reader.head, rows)
    return reader.head


@dataclass(slots=True)
class _Reader:
    head: Head
    form: Form
    joins: frozenset[int]
    over: Sequence[Cell] = ()  # the row above
    goals: dict[int, Label] = field(default_factory=dict)  # column → the goal whose text stands from there on
    amounts: dict[int, str] = field(default_factory=dict)  # column → the money whose sources follow
    hanging: dict[int, tuple[Label, Cell]] = field(default_factory=dict)  # labels whose value may stand below
    named: dict[str, str] = field(default_factory=dict)  # field → the words of its label
    bare: tuple[Label, Cell, Cell] | None = None  # the word over the money with an amount of its own

    def finish(self) -> None:
        """The only goal that a form prints is that of the year, unless its label says that it is longer; the
        only money that beside 项目资金 itself."""
        head = self.head
        if self.bare and head.cells.keys().isdisjoint(MONEY):
            label, name, value = self.bare
            head.cells["total"], head.labels["total"] = (label._replace(field="total"), [value]), name.place
            head.extras.pop(printed(name.text), None)
        head.unit = head.unit or broken_unit(head.extras)
        settle_goal(head, self.named)

    def row(self, row: list[Cell]) -> None:
        year = year_beside(row)
        self.head.year = self.head.year or year
        if len(row) == 1 and (year or vocabulary.is_caption(row[0].text)):
            return
        heading = self.form.label(row[0].text) if len(row) == 1 and "outside" in row[0].note else None
        if heading and heading.field not in GOALS:  # 三、资金预算, over a table of its own
            return
        if self.hanging and is_short(row, self.over):
            sums = [amounts.read(cell.text, "元").yuan or 0 for cell in row]
            whole = 2 * sums[0] == sum(sums)
            self.hanging = {k - 1: one for k, one in self.hanging.items()} if whole else {}
        above, self.over = self.over, row
        spoken = len(above) == 1 and "outside" in above[0].note
        spoken = spoken and bool(_NUMBERED.match(above[0].text) or self._is_goal(above[0]))
        pending: tuple[Label, Cell] | None = None
        stray: list[Cell] = []
        hanging: dict[int, tuple[Label, Cell]] = {}
        fresh = {"goals", "money"}  # the first label of a row takes over from the row above
        many = len(row) > max(3, len(self.goals) + 1) and self.goals  # cells of a table that nobody knows
        titles = self._is_title(row[0]) and all(map(self._is_title, row))  # over the columns of indicators
        if titles or (many and not any(self.form.label(cell.text) for cell in row)):
            self.goals = {}
            return
        if len(row) == 2 and row[0].place.row not in self.joins and self._is_labelled(row):
            self.goals = {}
        above_unit: str | None = None  # of the first money of the row
        given: dict[int, Label] = {}  # index of a value → the label that it was taken for
        for k, (cell, after) in enumerate(zip(row, [*row[1:], None], strict=True)):
            label = self.form.label(cell.text)
            if label and label.field in GOALS and cell.height > 1 and after and self._is_goal(after):
                label = label._replace(field="goals")  # 总体目标 down the side of the goals themselves
            inline = None if label else labelled(cell, self.form, prose=bool(self.goals))
            if inline:
                label, value = inline
            if label and label.field not in ("source", "other", "money"):
                self.head.labels.setdefault(label.field, cell.place)
            if label and label.field in GOALS:
                self._open(label, cell, fresh)
                if inline:
                    self._goal(value)
                    self.goals.pop(cell.place.column, None)  # complete in its cell
            elif label:
                self.goals = {}
                if label.field in MONEY:
                    if "money" in fresh:
                        self.amounts, above_unit = {}, label.unit
                    elif not label.unit and cell.text.strip().startswith("其中"):  # of the whole before it
                        label = label._replace(unit=above_unit)
                    fresh.discard("money")
                    self.amounts[cell.place.column] = label.field
                pending = label, cell
                if label.field == "money":
                    self.head.unit = label.unit or self.head.unit
                elif label.field not in ("source", "other"):
                    self.head.cells.setdefault(label.field, (label, []))
                if inline:
                    self._take(label, cell, value)
                    pending = None
                else:
                    hanging[cell.place.column] = pending
            elif self.goals and (spoken or "outside" not in cell.note):  # other prose between tables is none
                self._goal(cell)
            elif pending and pending[0].field in MONEY and _SUM.fullmatch(cell.text):
                continue  # 预算金额 | 合计 | 88.60
            elif pending:
                self._take(*pending, cell)
                given[k] = pending[0]
                hanging.pop(pending[1].place.column, None)
                pending = None
            elif over := self.hanging.get(cell.place.column):
                self._take(*over, cell)
            elif composition.is_unit(cell.text) and "unit" not in self.head.cells and not stray:
                self.head.cells["unit"], self.named["unit"] = (Label("unit"), [cell]), "填报单位"
            elif k - 1 in given and (cell.text in _UNITS or not (after and self._is_unknown(after))):
                self._beside(given[k - 1], row[k - 1], cell)
            else:
                stray.append(cell)
        self.hanging = hanging and {c: one for c, one in hanging.items() if one[0].field in _STACKED}
        while stray:
            first = stray.pop(0)
            if year and vocabulary.year(first.text):
                continue
            words, _, said = first.text.partition("：")
            own = first._replace(text=said.strip()) if said.strip() else stray.pop(0) if stray else None
            self.head.extras[words] = own.text if own else ""
            if own and (said.strip() or row.index(own) == row.index(first) + 1):
                self.head.unknown.append(Pair(first._replace(text=words), own))

    def _beside(self, label: Label, value: Cell, cell: Cell) -> None:
        """What stands alone behind a value: the unit of an amount, or maybe the rest of the value."""
        if label.field in MONEY and cell.text in _UNITS:
            self.head.cells[label.field] = label, [value._replace(text=value.text + cell.text)]
            return
        self.head.extras[printed(cell.text)] = ""
        if label.field in ONE_LINE and self.head.cells[label.field][1] == [value]:
            self.head.doubts.append(Doubt("beside", value, label.field, cell.text, value.text))

    def _is_unknown(self, cell: Cell) -> bool:
        return not self.form.label(cell.text) and not labelled(cell, self.form, prose=False)

    def _is_title(self, cell: Cell) -> bool:
        """Whether a text can only stand over a column, or over the block of all of them."""
        text = cell.text
        return not self.form.label(text) and bool(self.form.role(text) or vocabulary.is_block(text))

    def _is_labelled(self, row: list[Cell]) -> bool:
        """Whether a row below the text of a goal begins with a label that nobody knows: it stands where the
        label beside that text does, and is short."""
        for goal, place in self.head.labels.items() if not self.form.label(row[0].text) else ():
            name = "period_goal" if goal == "goals" else goal
            _, said = self.head.cells.get(name, (None, []))
            if goal in GOALS and place.column in self.goals and said and said[0].place.row == place.row:
                starts, text = row[0].place.column <= place.column < row[1].place.column, row[0].text
                return starts and is_label(text) and said[0].place.column > place.column
        return False

    def _is_goal(self, cell: Cell) -> bool:
        label = self.form.label(cell.text)
        return bool(label and label.field in GOALS)

    def _open(self, label: Label, cell: Cell, fresh: set[str]) -> None:
        if label.field != "goals" and "goals" in fresh:
            self.goals = {}
            fresh.discard("goals")
        if not (label.field == "goals" and self.goals):
            self.goals[cell.place.column] = label
        self.named.setdefault(label.field, printed(cell.text))
        if label.span:
            self.head.span = self.head.span or label.span

    def _goal(self, cell: Cell) -> None:
        column = max((c for c in self.goals if c <= cell.place.column), default=min(self.goals))
        label = self.goals[column]
        name = "period_goal" if label.field == "goals" else label.field
        cells = self.head.cells.setdefault(name, (label, []))[1]
        if cell.place.row in self.joins and cell.place.column < (cells[-1].place.column if cells else column):
            return  # the rest of a label beside the text, which the page break cut, too
        if cells and cell.place.row in self.joins:  # a page break ran through the text
            cells[-1] = cells[-1]._replace(text=cells[-1].text + cell.text)
        else:
            cells.append(cell)

    def _take(self, label: Label, name: Cell, value: Cell) -> None:
        """File the value under its label, a body without the words for its seal."""
        if label.field in ("unit", "department"):
            value = value._replace(text=_SEAL.sub("", value.text) or value.text)
        if label.field == "source" and self.amounts:
            column = max((c for c in self.amounts if c <= name.place.column), default=min(self.amounts))
            self.head.sources.append((self.amounts[column], printed(name.text), value))
        elif label.field == "money" and value.text in _UNITS:
            self.head.unit = self.head.unit or value.text
        elif label.field in ("source", "other", "money") or not gives_way(
            self.head, label, self.named.get(label.field, ""), printed(name.text)
        ):
            if (
                label.field == "money"
                and amounts.read(value.text, label.unit or self.head.unit).yuan is not None
            ):
                self.bare = self.bare or (label, name, value)
            if label.field == "other" and composition.is_about_money(name.text):  # 资金安排说明 may tell it
                self.head.unknown.append(Pair(name, value))
            if label.field == "source":
                self.head.parts.append(Pair(name, value))
            self.head.extras[printed(name.text)] = value.text
        else:
            self.head.cells[label.field], self.named[label.field] = (label, [value]), printed(name.text)
