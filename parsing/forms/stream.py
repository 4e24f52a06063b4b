"""Text that lost its table, laid out in rows and columns again: the head by its labels, indicators by titles.

A cell that is made here stands where it was read: its place says the line of the text; its row and column are
those of the table as it is laid out. Where the border between two cells was guessed, it says so (``cut``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile
from types import MappingProxyType

from parsing import vocabulary
from parsing.errors import LostColumns, TooLarge
from parsing.forms import loose_head
from parsing.forms.align import VALUES
from parsing.forms.fragments import (
    LEVELS,
    Fragment,
    is_again,
    is_beyond,
    is_level,
    is_prose,
    is_word,
    mended,
    names_column,
    readings_of,
    split,
    titles_of,
)
from parsing.forms.head import head
from parsing.forms.heading import blanks
from parsing.forms.laying import rows_of
from parsing.grid import Cell, Grid, Place, Row

KEPT, LOST = 0.9, 0.6  # how sure a table is whose text kept its cells, or not
MOST = 2_000  # lines of a table
ODD = 0.15  # of the rows that suit no columns: then the columns are lost
GOALS = ("goals", "period_goal", "annual_goal")
ONE_LINE = ("name", "unit", "department")  # fields whose value may go on in the next line
LONGEST = 40  # characters of such a value that is cut by the end of a line
TITLES, UNKNOWN = 14, 3  # of columns, at most; of those one after the other that nobody knows
GUESSED = "cut:0.5"  # of a cell whose ends are not sure
NOTHING: Mapping[int, str] = MappingProxyType({})
_LEVELS, _VALUES = frozenset(LEVELS), frozenset(VALUES)


def laid(grid: Grid) -> Grid:
    """The grid of a text with its tables laid out. Raises LostColumns, TooLarge."""
    layer = _Layer(grid)
    layer.work()
    if layer.is_list(()):  # nobody says where the columns are
        return grid
    rows = (tuple(cell for cell in row if cell.text) for row in layer.rows)
    return replace(grid, rows=tuple(filter(None, rows)), columns=True)


@dataclass(slots=True)
class _Layer:
    grid: Grid
    rows: list[list[Cell]] = field(default_factory=list)
    goals: list[int] = field(default_factory=list)  # columns of the goals whose texts follow
    pends: str = ""  # the field whose value has not come yet, or may go on
    has_value: bool = False
    line: int = 0  # the last that was laid
    open: int = 0  # the first row behind the last header
    titles: list[Fragment] = field(default_factory=list)  # of it

    def work(self) -> None:
        lines, at = self.grid.rows, 0
        while at < len(lines):
            if found := self._header(at):
                titles, at = found
                if is_beyond(titles) or self.is_list(lines[at:]):
                    raise LostColumns(f"{self.grid.file} › {self.grid.part} › 第{titles[0].line}行")
                self.open = len(self.rows)
                count = sum(len(row) for row in lines[at : at + 5])
                kept = not self.grid.aligned and count > 2 * len(lines[at : at + 5])
                again = is_again(titles, self.titles)
                self.titles = titles = [*self.titles[:again], *titles]
                cells = [*enumerate(titles, 2)][again:]
                self._emit(cells, {cells[0][0]: f"laid:{KEPT if kept else LOST}"})
                at = self._body(at, titles)
                self.goals, self.pends = [], ""
            else:
                at = self._head(at)

    def _header(self, at: int) -> tuple[list[Fragment], int] | None:
        """The titles of the columns that begin in this line, and the line behind them."""
        lines, titles = self.grid.rows, list[Fragment]()
        while at < len(lines) and len(titles) < TITLES:
            line, end = mended(lines, at, names_column)
            known = [names_column(fragment.text) for fragment in line]
            if not titles and not (known[0] or sum(known) > 2):
                return None
            first = split(lines[at], is_level)[0].text
            level = is_level(first) and not known[0]
            words = (word for fragment in line for word in fragment.text.split())
            if level or vocabulary.title(first) or any(map(is_prose, words)):
                break
            if not any(known) and not self._titles_follow(end):
                break
            titles += [title for fragment in line for title in titles_of(fragment)]
            at = end
        roles = [vocabulary.role(title.text) for title in titles]
        if "name" not in roles or any(group.isdisjoint(roles) for group in (_LEVELS, _VALUES)):
            return None
        return titles, at

    def is_list(self, below: Sequence[Row]) -> bool:
        """Whether the head has labels where the name of its project should stand, as over a list, beside
        another table, or where a program wrote all labels first and then all values; no blank form, which has
        nothing ``below`` its titles either."""
        top: list[Row] = []
        for row in reversed(self.rows[self.open :]):
            top.insert(0, tuple(row))
            if (names := sum(vocabulary.is_name(cell.text) for cell in row)) > 1:
                return True
            if names:
                break
        else:
            return False
        texts = [cell.text for cell in top[0]]
        name = next((after for label, after in pairwise(texts) if vocabulary.is_name(label)), "")
        own = head(top)
        empty = "name" in blanks(own) and not any(cells for _, cells in own.cells.values())
        rows = takewhile(lambda row: not self._ends(row), below)
        filled = any(not is_level(one.text) for row in rows for one in split(row, is_level))
        return any(map(vocabulary.label, name.split())) or (empty and filled)

    def _titles_follow(self, at: int) -> bool:
        """Whether the next lines are a title of a column again, or the first category, behind titles that
        nobody knows."""
        for row in self.grid.rows[at : at + UNKNOWN]:
            first = split(row, is_word)[0].text
            if vocabulary.role(first) or is_level(first):
                return True
            if len(row) > 1 or is_prose(first):
                return False
        return False

    def _head(self, at: int) -> int:
        """Lay a line of the head, or several; gives the next one."""
        pairs, after = (
            loose_head.stacked(self.grid.rows, at) if self.has_value or not self.pends else ([], at)
        )
        for pair in pairs:
            self._emit([*enumerate(pair, 1)])
        if pairs:
            self.goals, self.pends = [], ""
            return after
        fragments, end = loose_head.line(self.grid.rows, at, prose=bool(self.goals))
        fields = [loose_head.field(fragment.text) for fragment in fragments]
        if not fields[0] and self._goes_on(fragments, end, labelled=any(fields)):
            fields = [""] * (len(self.rows[-1]) - len(fields)) + fields
        else:
            below, end = loose_head.value_below(self.grid.rows, fragments, end)
            fragments, fields = [*fragments, *below], fields + [""] * len(below)
            blank = [
                k for k, f in enumerate(fragments, 1) if " " in f.text and k > 1 and fields[k - 2] in ONE_LINE
            ]
            self._emit([*enumerate(fragments, 1)], dict.fromkeys(blank, GUESSED))
        if any(fields):
            self.titles = []  # another table
            goals = [k for k, name in enumerate(fields, 1) if name in GOALS]
            own = [k for k, name in enumerate(fields, 1) if name in GOALS[1:]]
            self.goals = (own or goals)[-2:] if goals and fields[-1] in GOALS else goals[-1:]
            self.pends = next((name for name in reversed(fields) if name), "")
            self.has_value = not vocabulary.label(fragments[-1].text)
        return end

    def _goes_on(self, fragments: list[Fragment], end: int, labelled: bool) -> bool:
        """Lay a line that begins without a label where what the lines before it leave open goes on."""
        text = fragments[0].text
        if len(fragments) == 1 and (vocabulary.title(text) or vocabulary.year(text)):
            return False
        if self.goals and not labelled:
            few = min(len(fragments), len(self.goals))
            columns = [
                *self.goals[:few],
                *range(self.goals[-1] + 1, self.goals[-1] + 1 + len(fragments) - few),
            ]
            self._emit([*zip(columns, fragments, strict=True)])
            self.goals = self.goals[few:] or self.goals[-1:]
            return True
        if not self.pends or not self.rows:
            return False
        row = self.rows[-1]
        if not self.has_value:
            column = row[-1].place.column + 1
            row += [self._cell(row, column + k, fragment) for k, fragment in enumerate(fragments)]
            self.has_value, self.line = True, fragments[-1].line
            return True
        last = row[-1]
        short = len(fragments) == 1 and " " not in text and len(last.text + text) <= LONGEST
        goes_on = short and self.pends in ONE_LINE and loose_head.goes_on(self.grid.rows, text, end)
        self.pends = ""
        if goes_on and fragments[0].line == self.line + 1:
            row[-1] = last._replace(text=last.text + text, note=GUESSED)
            return True
        return False

    def _body(self, at: int, titles: list[Fragment]) -> int:
        """Lay the rows of indicators below their titles; gives the line behind them."""
        lines, end = self.grid.rows, at
        while end < len(lines) and not self._ends(lines[end]):
            end += 1
        chunk: list[list[Fragment]] = []
        body = lines[:end]
        while at < end:
            line, at = mended(body, at, is_level)
            chunk.append(line)
        if chunk and len(chunk[-1]) == 1 and chunk[-1][0].text.isdigit() and end < len(lines):
            chunk.pop()  # the number of a page
        place = f"{self.grid.file} › {self.grid.part} › 第{titles[0].line}行"
        if len(chunk) > MOST:
            raise TooLarge(place, f"这张没有格线的表超过 {MOST:,} 行，没有读取")
        if any(loose_head.is_head(line[0].text) for line in chunk):  # the text lost its order, too
            raise LostColumns(place)
        for texts in readings_of([title.text for title in titles]):
            rows = [*rows_of(chunk, texts)]
            if sum(row.is_odd for row in rows) <= ODD * len(rows):
                break
        else:
            raise LostColumns(place)
        for row in rows:
            self._emit(row.cells, {row.guessed: GUESSED})
        return end

    def _ends(self, row: Row) -> bool:
        """Whether a line is no indicator: the next title or name of a project, a remark, the header again."""
        text = row[0].text
        if vocabulary.title(text) or vocabulary.is_note(text) or vocabulary.is_caption(text):
            return True
        words = [fragment.text for fragment in split(row, is_word)]
        return vocabulary.is_name(words[0]) or any(vocabulary.role(word) in _LEVELS for word in words[:3])

    def _emit(self, cells: list[tuple[int, Fragment]], notes: Mapping[int, str] = NOTHING) -> None:
        row: list[Cell] = []
        for column, fragment in cells:
            row.append(self._cell(row, column, fragment, notes.get(column, "")))
        if row:
            self.rows.append(row)
            self.line = cells[-1][1].line

    def _cell(self, row: list[Cell], column: int, fragment: Fragment, note: str = "") -> Cell:
        line = row[0].place.row if row else fragment.line
        place = Place(self.grid.file, self.grid.part, line, column, f"第{fragment.own or fragment.line}行")
        return Cell(fragment.text, place, note=note)
