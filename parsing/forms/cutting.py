"""Cutting a grid into tables: where one begins and ends, and which of its rows name columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from parsing import vocabulary
from parsing.forms.form import UNDECLARED, Form
from parsing.forms.header import roles
from parsing.forms.siblings import over
from parsing.forms.tables import Table, is_indicator
from parsing.forms.titles import beneath, is_category, is_copy, is_figure
from parsing.grid import Grid, Row

_COLON = re.compile("[:：]")


def cut(grid: Grid, forms: tuple[Form, ...], opening: frozenset[str] = frozenset()) -> Iterator[Table]:
    """Tables in reading order. Blank rows are not trusted: a table starts at its title or at the
    label of the project's name, and ends where the next one starts. A region that is neither
    (a cover sheet, remarks) comes as kind ``""``. ``opening``: words of a label with which tables begin."""
    cutter = _Cutter(grid, _words(forms), Table(grid, None, ""), opening)
    for number, row in enumerate(grid.rows):
        if done := cutter.take(number, row):
            yield _told(done)
    if cutter.table.rows or cutter.table.title:
        yield _told(cutter.table)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that open tables and name columns: those of single forms, and what asks for all of them.
    ``naming``: whether a text may be the label of a project's name; ``telling``: or name a column."""

    forms: tuple[Form, ...]
    names: frozenset[str]
    heads: frozenset[str]
    naming: Callable[[str], bool]
    telling: Callable[[str], bool]


@lru_cache(8)
def _words(forms: tuple[Form, ...]) -> _Words:
    names = frozenset(word for form in forms for word, field in form.means.items() if field == "name")
    heads = frozenset(word for form in forms for word in form.heads)

    @lru_cache(1 << 14)  # few texts are such words, and that is remembered
    def naming(text: str) -> bool:
        own = vocabulary.is_name(text) or vocabulary.words(text) in names
        return own or vocabulary.names(text, names)

    @lru_cache(1 << 14)
    def telling(text: str) -> bool:
        return naming(text) or bool(vocabulary.role(text)) or vocabulary.words(text) in heads

    own = (UNDECLARED, *(form for form in forms if form.heads))
    return _Words(own, names, heads, naming, telling)


@dataclass(slots=True)
class _Cutter:
    grid: Grid
    words: _Words
    table: Table  # the one whose rows are being taken
    opening: frozenset[str]
    start: int = 0  # its first row
    top: int = 0  # of a list: how many rows are over its body
    past: int = 0  # rows up to here were taken together
    printed: list[list[str]] = field(default_factory=list)  # a list's header of two rows, on each page

    def take(self, number: int, row: Row) -> Table | None:
        """Take a row; the table that it ends, if it does."""
        texts, table, words = [cell.text for cell in row], self.table, self.words
        kind = vocabulary.title(texts[0]) if _alone(texts) or _is_led(texts) else None
        if kind and self._is_block(number, texts[0]):
            kind = None
        if number < self.past or (self.printed and table.headers and texts in self.printed):
            return None
        if kind and self._goes_on(number, texts[0], kind):
            return None
        if len(row) > 1 and self.opening and vocabulary.words(texts[0]) in self.opening:
            done = self._open(number, row, None)
            self.table.rows.append(row)
            return done
        told = any(map(words.naming if len(row) > 2 and is_figure(texts[-1]) else words.telling, texts))
        told = told and not (table.headers and is_category(texts[0]) and not any(map(vocabulary.role, texts)))
        if not (kind or told):
            table.rows.append(row)
            return None
        at, done = self._name(texts) if told else None, None
        starts = at is not None and (at < 2 or (not table.kind and _opens(texts[0])))
        if starts and table.headers and _again(row, table):
            return None  # the header of a list, at the top of a new page
        if starts and table.rows and is_copy(row[at or 0], table.rows[-1]):
            starts = False  # the label again, in each cell of a merged range
        inline = not kind and at is None and any(vocabulary.names(text, words.names) for text in texts[:2])
        if kind or (starts and (table.named or not table.kind)) or (inline and table.headers and table.named):
            done = self._open(number, row, kind)
        if not kind:
            self._keep(number, row, texts, at, inline)
        return done

    def _is_block(self, number: int, title: str) -> bool:
        """Whether a title only stands over indicators of the table: no other project is named below it."""
        below = self.grid.rows[number + 1] if number + 1 < len(self.grid.rows) else ()
        naming = any(self.words.naming(cell.text) for cell in below)
        return self.table.named and vocabulary.is_block(title) and not naming

    def _goes_on(self, number: int, title: str, kind: str) -> bool:
        """Whether a title only says again what stands over the table, at the top of a new page."""
        table, rows, top = self.table, self.grid.rows, self.top
        if kind == table.kind and table.named and vocabulary.goes_on(title):
            return True
        if top and _said(rows[self.start : self.start + top]) == _said(rows[number : number + top]):
            self.past = number + top
            return True
        return False

    def _open(self, number: int, row: Row, kind: str | None) -> Table | None:
        """Begin a table at a row, under its title where it has a ``kind``; the one that is complete then."""
        last = self.table
        cover = not last.kind and not last.headers
        above = last.rows if cover else _leads(last, bool(kind))
        done = last if (last.rows or last.title) and not (cover and above) else None
        title = row[0] if kind else None
        if kind and row[-1].text != row[0].text:
            above = [*above, row[1:]]  # who filled in the form, beside its title
        self.table = Table(self.grid, title, kind or vocabulary.PROJECT_TABLE, above=above)
        self.start, self.top = number, 0
        return done

    def _keep(self, number: int, row: Row, texts: list[str], at: int | None, inline: bool) -> None:
        """Keep a row with the label of the name (``at``; ``inline``: and the name), or titles."""
        table = self.table
        table.inline = table.inline or inline
        if at is not None:
            table.named = True
            if texts.count(texts[at]) > 1:
                table.beside = row[texts.index(texts[at], at + 1)].place.column
        found = self._roles(row, texts)
        if found and table.inline and not table.named:
            table.named, table.kind = True, table.kind or vocabulary.PROJECT_TABLE
        if "done" in found.values() and table.kind in ("", vocabulary.PROJECT_TABLE):
            table.kind = "项目支出绩效自评表"
        if found and table.rows and (whole := beneath(table.rows[-1], row)):
            self.printed = [[cell.text for cell in table.rows.pop()], texts]
            row = whole
        if found:
            if table.headers and _again(row, table):
                del table.rows[_signed(table) :]
                return  # the header again at the top of a new page
            if any(vocabulary.is_name(cell.text) for cell in row):
                self.top = number - self.start + 1
            table.headers.append(len(table.rows))
        table.rows.append(row)

    def _roles(self, row: Row, texts: list[str]) -> Mapping[int, str]:
        if len(row) < 3 or not _names_columns(texts, self.words.heads):
            return {}
        return next(filter(None, (roles(row, form) for form in self.words.forms)), {})

    def _name(self, texts: list[str]) -> int | None:
        """The index in a row of the label of the project's name."""
        named = (vocabulary.is_name(one) or vocabulary.words(one) in self.words.names for one in texts)
        return next((k for k, one in enumerate(named) if one), None)


def _opens(text: str) -> bool:
    """Whether a text may stand first in a table that has no title: a label, or the title of a column."""
    return bool(vocabulary.label(text) or vocabulary.role(text))


def _names_columns(texts: list[str], heads: frozenset[str]) -> bool:
    """Whether a word of the row may name a column; ``heads``: such words of single forms."""
    if any(map(vocabulary.role, texts)) or sum(map(is_category, texts)) > 1:
        return True
    return not heads.isdisjoint(map(vocabulary.words, texts))


def _alone(texts: list[str]) -> bool:
    return texts[-1] == texts[0] and texts.count(texts[0]) == len(texts)


def _is_led(texts: list[str]) -> bool:
    """Whether beside a title stands only what might stand above it: 填报单位：某局."""
    if len(texts) < 2 or not _COLON.search(texts[1]):  # as in nearly every row
        return False
    return all(vocabulary.is_lead(text) and _COLON.search(text) for text in texts[1:])


def _said(rows: Sequence[Row]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def _signed(table: Table) -> int:
    """Where the signatures begin that end the rows of a page; the number of rows if there are none."""
    for k in range(len(table.rows) - 1, table.headers[-1], -1):
        if is_indicator(table.rows[k]):
            break
        if vocabulary.is_note(table.rows[k][0].text):
            return k
    return len(table.rows)


def _leads(table: Table, titled: bool) -> list[Row]:
    """The lines between a table, from whose rows they are taken, and the next one, over which they stand;
    none over one that is ``titled``. Who filled in a form may well be said below it."""
    end = len(table.rows)
    while table.headers and end - 1 > table.headers[-1] and _is_lead(table.rows[end - 1]):
        end -= 1
    leads, table.rows = table.rows[end:], table.rows[:end]
    if any(map(_is_lead, table.above)):  # as over the one before
        return leads if not titled else []
    return [row for row in leads if not (titled or vocabulary.is_note(row[0].text))]


def _is_lead(row: Row) -> bool:
    first, *rest = (cell.text for cell in row)
    return vocabulary.is_lead(first) and all(
        vocabulary.is_lead(one) or vocabulary.is_note(one) for one in rest
    )


def _again(row: Row, table: Table) -> bool:
    """Whether a header repeats the one before, and no row over it opens another block, or another table."""
    last = table.rows[-1]
    if len(last) == 1 and vocabulary.is_block(last[0].text):
        return False
    before, texts = ([cell.text for cell in one] for one in (table.rows[table.headers[-1]], row))
    # a later page may not have the word down the side of its table
    same = texts == before or texts == [text for text in before if not vocabulary.is_block(text)]
    head = [
        [cell.text for cell in one] for one in table.rows[: table.headers[0]]
    ]  # a later page may repeat it
    return same and all([cell.text for cell in one] in head for one in over(table, len(table.rows)))


def _told(table: Table) -> Table:
    """A table without project is known by the labels that only its kind prints; by more than one of them
    where its title says that it is of a project, or where a project could be named so, too (专项名称)."""
    if table.kind in ("", vocabulary.PROJECT_TABLE) and table.headers:
        labels = [cell.text for row in table.rows[: table.header] for cell in row]
        kinds = [kind for kind in map(vocabulary.kind, labels) if kind]
        vague = any(vocabulary.is_name(text) and vocabulary.kind(text) for text in labels)
        if (vague or not table.named) and len(kinds) > (table.title is not None) + table.named:
            table.kind = kinds[0]
    return table
