"""Deadlines and lengths of time in indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from parsing.rules.subject import Row, Subject, once
from parsing.rules.words import canon, pattern
from parsing.values import Value

_SERVICE, _LENGTH, _LASTING = (pattern("times", name) for name in ("service", "length", "lasting"))
_LASTS = pattern("times", "lasts")
_BY = re.compile(
    r"(20\d\d)[年.\-/](?:(\d{1,2})月?(?:[.\-/]?(\d{1,2})日?)?)?\s*(?:年?底|月底|末)?(?:之前|以前|前|完成|完工|竣工|底)"
)


class Deadline(NamedTuple):
    """``day``: YYYY, YYYY-MM or YYYY-MM-DD; ``path``: where it stands; ``said``: its text as printed."""

    day: str
    path: str
    said: str
    row: Row


@once
def deadlines(subject: Subject) -> list[tuple[Row, list[Deadline]]]:
    """The days by which indicators are to be reached, in their values or names, for those that have any.
    How long a thing lasts (质保期至2030年) is none."""
    return [(row, found) for row in subject.rows if (found := list(_deadlines(row)))]


def _deadlines(row: Row) -> Iterator[Deadline]:
    annual, period = row.indicator.annual or "", row.indicator.period or ""
    dated = "date" in (row.annual.kind, row.period.kind)
    if not (dated or "20" in annual or "20" in period or "20" in row.name) or _LASTS.search(row.name):
        return
    texts: tuple[tuple[str, str, Value | None], ...] = (
        ("annual", annual.strip(), row.annual),
        ("period", period.strip(), row.period),
        ("name", row.name.strip(), None),
    )
    for field, text, value in texts:
        if value and value.kind == "date" and (row.slot == "时效" or not text.isdigit()):
            yield Deadline(value.until or value.day or "", row.path(field), text, row)
        elif found := _BY.search(text):
            day = "-".join([found[1], *(f"{int(part):02d}" for part in found.groups()[1:] if part)])
            yield Deadline(day, row.path(field), found[0], row)


def after(one: str, other: str) -> bool:
    """Whether a day is later than another, as far as both are exact: 2024-06 is not after 2024."""
    exact = min(len(one), len(other))
    return one[:exact] > other[:exact]


def years_served(row: Row) -> Decimal | None:
    """How many years of service the annual value of an indicator asks for; None where it is about something
    else, such as how long a thing lasts."""
    value = row.annual
    if value.kind != "number" or value.number is None or value.per:
        return None
    if not _SERVICE.search(row.name) or not _LENGTH.search(row.name) or _LASTING.search(row.name):
        return None
    years = {"年": Decimal(1), "月": Decimal(12), "天": Decimal(366)}.get(canon(value.unit))
    return value.number / years if years else None
