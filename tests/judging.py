"""What became of each fact of a file: held against what a person reads in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import parsing
from parsing.errors import ReadError
from parsing.model import Indicator, Project, Reading
from tests.golds import Table, Values

# Of a project; what is doubted of one of these excuses no indicator.
FIELDS = frozenset(Project.model_fields) - {"indicators", "empty"}


class Outcome(NamedTuple):
    """``fact``: ``fields`` or ``indicators``; ``end``: one of ``parsing.accuracy.OUTCOMES``."""

    fact: str
    end: str


def judged(
    tables: tuple[Table, ...], data: bytes, name: str, others: int = 0, is_whole: bool = True
) -> tuple[Reading | None, list[Outcome]]:
    """The reading, None where the file was refused, and what became of each fact; that a table is of another
    kind is one, as is each that nobody wrote. ``is_whole``: there are no tables beside these."""
    try:
        reading = parsing.read(data, name=name)
    except ReadError:
        return None, [
            *(one for table in tables for one in _all(table, "refused")),
            *_fields("refused", others),
        ]
    return reading, [*_tables(tables, reading, is_whole), *_others(others, reading)]


def _tables(tables: tuple[Table, ...], reading: Reading, is_whole: bool) -> Iterator[Outcome]:
    left = [*reading.projects]
    says_lost = "said" if reading.unread else "silent"
    by_order = len(left) == len(tables)
    for number, table in enumerate(tables):
        project = next((one for one in left if same(one.name, table.fields.get("name"))), None)
        if project is None and by_order and reading.projects[number] in left:
            project = reading.projects[number]
        if project is None:
            yield from _all(table, says_lost)
            continue
        left.remove(project)
        yield from _facts(table, project, says_all=len(tables) == 1 and bool(reading.unread))
    for project in left if is_whole else ():
        wrong = "said" if doubts(project) or reading.unread else "silent"
        yield from _fields(wrong, 1)
        yield from [Outcome("indicators", wrong)] * len(project.indicators)


def _facts(table: Table, project: Project, says_all: bool) -> Iterator[Outcome]:
    """``says_all``: the file says that something of it was not read."""
    says_all = says_all or bool(project.partial)
    paths = {repair.path for repair in project.repairs if repair.doubtful}
    for field, true in table.fields.items():
        value = getattr(project, field)
        # a label that nobody knows is named with one of the fields whose it may be
        says = says_all or not paths.isdisjoint((field, "")) or (not value and not paths.isdisjoint(FIELDS))
        yield Outcome("fields", "right" if same(value, true) else "said" if says else "silent")
    wrong = "said" if says_all or paths - FIELDS else "silent"
    left = [*project.indicators]
    for row in table.indicators:
        indicator = next((one for one in left if _same_indicator(one, row)), None)
        yield Outcome("indicators", "right" if indicator else wrong)
        if indicator:
            left.remove(indicator)
    yield from [Outcome("indicators", wrong)] * len(left)  # invented


def _others(others: int, reading: Reading) -> Iterator[Outcome]:
    known = len(reading.others) if not reading.projects else 0
    wrong = "said" if reading.unread else "silent"
    for number in range(others):
        yield Outcome("fields", "right" if number < known else wrong)


def _all(table: Table, end: str) -> Iterator[Outcome]:
    yield from _fields(end, len(table.fields))
    yield from [Outcome("indicators", end)] * len(table.indicators)


def _fields(end: str, count: int) -> list[Outcome]:
    return [Outcome("fields", end)] * count


def doubts(project: Project) -> bool:
    """Whether a project asks for a look, or names something of it that was not read."""
    return project.partial or any(repair.doubtful for repair in project.repairs)


def _same_indicator(found: Indicator, true: Values) -> bool:
    says: dict[str, Any] = {"target": found.annual or found.period}
    for key, value in true.items():
        if key == "slot":
            slots = value if isinstance(value, list) else [value]
            if [*found.slots] != [slot for slot in slots if slot]:
                return False
        elif not same(says[key] if key in says else getattr(found, key), value):
            return False
    return True


def same(value: Any, true: Any) -> bool:
    """Whether both are the same amount, or the same text when printed."""
    if isinstance(true, int | float) and not isinstance(value, str):
        return value is not None and Decimal(value) == Decimal(str(true))
    return bare(value) == bare(true)


def bare(value: Any) -> str:
    """A text without white space and differences of width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", "" if value is None else str(value)))
