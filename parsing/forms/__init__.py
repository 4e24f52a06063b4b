"""Grid → tables with their form, head and lines.

Adding a form variant is a declaration in a module here, its name in ``FORMS``, and a sample with its
golden file in ``tests/cases/forms``; CONTRIBUTING.md shows one from end to end.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from parsing import values, vocabulary
from parsing.errors import AmbiguousForm, LostColumns, ReadError, TooLarge
from parsing.forms import (
    central,
    cost_level,
    dongguan,
    guangdong,
    inferred,
    ledger,
    listed,
    local,
    taught,
    times,
    wide,
)
from parsing.forms.aligned import gathered
from parsing.forms.blocks import Block, blocks
from parsing.forms.broken import mended
from parsing.forms.cutting import cut
from parsing.forms.doubt import Doubt
from parsing.forms.folded import parted, unfolded
from parsing.forms.form import UNDECLARED, Form
from parsing.forms.halves import join, settled
from parsing.forms.head import head
from parsing.forms.header import dated
from parsing.forms.heading import Head
from parsing.forms.line import Line
from parsing.forms.lines import lines
from parsing.forms.loose import has_titles_below, is_loose
from parsing.forms.match import matched
from parsing.forms.money import unit_over
from parsing.forms.preface import NO_PREFACE, Preface, cover
from parsing.forms.siblings import repeated
from parsing.forms.stated import Stated
from parsing.forms.stream import laid
from parsing.forms.tables import Table, abreast, is_unread, unheaded
from parsing.forms.titles import titled
from parsing.grid import Grid, Row

__all__ = [
    "FORMS",
    "NO_PREFACE",
    "Form",
    "Found",
    "Stated",
    "Table",
    "cover",
    "is_unread",
    "recognise",
    "taught",
    "unheaded",
]

LEVELS = 3  # titles, one of which is that of a level
TARGETED = 0.6  # of the names that end with a target, at least, where a form has no column for it
FORMS: tuple[Form, ...] = (guangdong.FORM, *dongguan.FORMS, *central.FORMS, *local.FORMS)


@dataclass(slots=True)
class Found:
    """A project's table: its form, its head, its lines, and the rows that made no sense.
    ``columns``: its roles in order; ``width``: its last column."""

    form: Form
    table: Table
    head: Head
    columns: tuple[str, ...]
    width: int
    lines: list[Line]
    strays: list[Row]

    @property
    def valued(self) -> bool:
        """Whether some column of targets was found."""
        return not {"period", "annual"}.isdisjoint(self.columns)


_Ready = tuple[Form, Table, Head, list[Block]]


def recognise(
    grid: Grid, shown: tuple[Form, ...] = (), over: Preface = NO_PREFACE
) -> Iterator[Found | Table | Stated | ReadError]:
    """Project tables as ``Found``; tables of another kind, or broken ones, as bare ``Table``; what a list
    says of itself as ``Stated``, behind its projects; a table that two forms claim as the error that names
    both. Each is made when it is asked for, and kept no longer: a list may have ten thousand. ``shown``:
    taught forms, which are tried first; ``over``: what the sheets before say (see ``cover``)."""
    forms = (*taught.printed(shown, grid), *FORMS)
    ready: deque[_Ready | Table | Stated | AmbiguousForm] = deque()
    try:
        tables = _tables(grid, forms)
    except (LostColumns, TooLarge) as error:
        yield error
        return
    preface = heading = over
    for table in tables:
        heading = table.heading() if table.title else heading
        table.preface, preface = preface if table.title else heading.over(preface), table.beneath(preface)
        ready += _ready(table, forms)
        if len(ready) > 1 and _is_cover(ready[-2], ready[-1]):
            del ready[-2]
    votes = [cost_level.votes(one[3], grid.spans) if isinstance(one, tuple) else [] for one in ready]
    everyone = Counter(vote for vote in chain.from_iterable(votes) if vote != cost_level.LEAN)
    for own in votes:
        one = ready.popleft()
        if isinstance(one, tuple):
            form, table, top, parts = one
            yield _read(form, table, top, parts, *cost_level.level(own, everyone, form))
        else:
            yield one


def _tables(grid: Grid, forms: tuple[Form, ...]) -> list[Table]:
    """The tables of a sheet, those that stand side by side one by one. Raises LostColumns, TooLarge."""
    if grid.aligned:
        return [*cut(laid(gathered(grid)), forms)]
    grid = listed.with_names(mended(grid))
    found = [*cut(grid, forms)]
    if word := repeated(grid, found):
        found = [*cut(grid, forms, frozenset([word]))]
    if is_loose(grid, found):
        found = [*cut(laid(grid), forms)]
        if lost := next((table for table in found if table.headers and has_titles_below(table)), None):
            raise LostColumns(str(lost.rows[lost.headers[0]][0].place))
        return found
    halves = [[*cut(half, forms)] for half in abreast(grid, found)]
    if halves and all(any(one.named and one.headers for one in half) for half in halves):
        return [one for half in halves for one in half]
    if halves and not grid.columns:
        raise LostColumns(f"{grid.file} › {grid.part}")
    return found


def _ready(table: Table, forms: tuple[Form, ...]) -> list[_Ready | Table | Stated | AmbiguousForm]:
    """The table with its form, its head and its blocks; a list of projects as many tables."""
    if table.kind not in ("", vocabulary.PROJECT_TABLE):
        return [table]
    if table.header is None and (at := inferred.begins(table)) is not None:
        table.headers.append(at)
    if not (table.kind and table.named) and not _is_unnamed(table):
        return [table]
    table.kind = vocabulary.PROJECT_TABLE
    if table.header is None:
        top = head(table.top)
        name = top.first("name") or ""
        listed_only = vocabulary.is_subtotal(name) or vocabulary.label(name)  # 项目名称 | 合计, of columns
        # fewer than three labels are a mention of 项目名称, not a table
        return [table] if len(top.cells) < 3 or listed_only else [(UNDECLARED, table, top, [])]
    try:
        form, top = matched(table, forms)
    except AmbiguousForm as error:
        return [type(error)(str(table.first.place), error.reason)]
    top.unit = top.unit or unit_over(table)
    year = times.year(top, table)
    parts = list(blocks(table.rows, table.headers, form, year))
    if listed.is_list(parts):
        parts[0] = inferred.levelled(parts[0], titled(table.rows, table.header, form)[0])
        lost: list[Row] = []
        said: list[Stated] = []
        ready = [
            (form, part, its, [listed.indicators(part, form, parts[0].roles)])
            for part, its in ledger.split(table, form, parts[0].roles, lost, said)
        ]
        rest = [Table(table.grid, None, "", lost)] if lost and ready else []
        return [*ready, *rest, *said] or [table]
    if year is None and (titles := dated(table.rows[table.header])):
        latest = max(titles, key=lambda cell: values.years(cell.text))
        top.doubts.append(Doubt("which-year", latest, "", f"“{latest.text}”", confidence=0.5))
    if len(parts) == len(table.headers):  # no halves
        settled = [
            inferred.settle(part, table, at, form) for part, at in zip(parts, table.headers, strict=True)
        ]
        parts = [part for part, _ in settled]
        top.doubts += [doubt for _, doubts in settled for doubt in doubts]
    return [(form, table, top, parts)]


def _is_cover(
    before: _Ready | Table | Stated | AmbiguousForm, one: _Ready | Table | Stated | AmbiguousForm
) -> bool:
    """Whether a table without indicators only says again, on a cover, what the next one says."""
    if not (isinstance(before, tuple) and isinstance(one, tuple)) or before[3] or not one[3]:
        return False
    name = before[2].first("name")
    return name is not None and name == one[2].first("name")


def _is_unnamed(table: Table) -> bool:
    """Whether a table is one of a project by its head and its indicators, though nobody knows the label of
    the project's name; more has to be known of one without a title. Columns beside those of the indicators
    would be those of a list."""
    if table.header is None or (table.named and not table.kind):
        return False
    titles = [cell.text for cell in table.rows[table.header]]
    first = next((text for text in titles if vocabulary.role(text) != "ignored"), "")
    levelled = any(vocabulary.role(text) in ("level1", "level2") for text in titles[:LEVELS])
    untold = vocabulary.role(first) is None and (table.title is not None or inferred.INDICATOR in first)
    grid = levelled or vocabulary.is_block(first) or untold
    top = head(table.rows[: table.header])
    told = len(top.cells) + len(top.unknown)
    return bool(grid) and (told > 1 if table.title else told > 2 and len(table.headers) == 1)


def _read(form: Form, table: Table, top: Head, parts: list[Block], cost: str, evidence: str) -> Found:
    strays: list[Row] = []
    sides: dict[str, list[Line]] = {"period": [], "annual": []}
    for part in parts:
        read = list(wide.lines(part) if wide.is_wide(part) else lines(part, table.grid, cost, evidence))
        top.doubts += wide.doubts(part)
        strays += [*part.strays, *(row for row in read if not isinstance(row, Line))]
        sides[part.side] += settled([line for line in read if isinstance(line, Line)])
    one = not (sides["period"] and sides["annual"])
    every = sides["annual"] or sides["period"] if one else join(sides["period"], sides["annual"])
    is_wide = any(map(wide.is_wide, parts))
    columns = tuple(
        dict.fromkeys(r for one in parts for r in (wide.columns(one) if wide.is_wide(one) else one.columns))
    )
    valued = not {"period", "annual"}.isdisjoint(columns)
    every = [each for line in every for each in unfolded(line, valued)]
    if not valued:
        every = [parted(line, told=not is_wide) for line in every]
        targets = [line.texts.get("annual") for line in every if line.texts.get("name")]
        columns += ("annual",) * (sum(map(bool, targets)) > TARGETED * len(targets))
    width = max((column for part in parts for column in part.roles), default=1)
    return Found(form, table, top, columns, width, every, strays)
