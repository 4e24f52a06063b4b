"""The rows that name the columns of an indicator grid.

A column's role is a word of the vocabulary (level1, level2, name, period, annual, sign, measure, standard,
weight); where several columns may have the same, its title follows (``sign:指标性质``), a column whose title
nobody knows is ``extra:TITLE``, one that is a category of a list ``slot:TITLE``, its targets where they
stand apart ``target:TITLE`` (see wide). Roles of a
right half end with a prime: ``name'``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from parsing import values, vocabulary
from parsing.forms.form import Form
from parsing.forms.titles import MOST_ROWS, is_category
from parsing.grid import Cell, Row

PROJECT = "project."
SLOT, TARGET = "slot:", "target:"
_TWICE = ("level1", "level2", "name")  # printed again, they begin the right half
_VALUES = ("period", "annual")
_TARGETS = re.compile("值|目标|实现|完成")
_TITLED = ("sign", "measure", "standard", "before", "extra", f"{PROJECT}source", f"{PROJECT}other")
_UNTOLD = ("extra", "ignored", f"{PROJECT}source", f"{PROJECT}other")  # tell no forms apart


def base(role: str) -> str:
    """The role without title and half."""
    return role.partition(":")[0].rstrip("'")


Title = tuple[str, int, int]  # text, first column, number of columns


def roles(row: Row, form: Form, year: int | None = None) -> Mapping[int, str]:
    """Column → role where a row names at least three columns of an indicator grid, else empty. ``year``: of
    the table, where several columns have targets of a year each."""
    return _roles(_titles(row), form, year) if len(row) > 2 else {}


def dated(row: Row) -> list[Cell]:
    """The titles of the columns that have the targets of a year each, where these are several."""
    titles = [cell for cell in row if _TARGETS.search(cell.text) and len(values.years(cell.text)) == 1]
    return titles if len({values.years(cell.text) for cell in titles}) > 1 else []


def _titles(row: Row) -> tuple[Title, ...]:
    beside = len(row) > 1 and row[0].height > MOST_ROWS  # a word down the side of the whole grid
    return tuple([(cell.text, cell.place.column, cell.width) for cell in row[beside:]])


@lru_cache(1 << 10)  # tables of a file print the same header, and each is looked at several times
def _roles(row: tuple[Title, ...], form: Form, year: int | None = None) -> Mapping[int, str]:
    known = [_known(text, form) for text, _, _ in row]
    listed = any(not role and _names(form, title[0], "name") for role, title in zip(known, row, strict=True))
    if "name" not in known:
        _lend_name(row, known, form, listed)
    _settle_values(row, known, form, listed, year)
    names = set(known) - {None}
    halved = {
        text.rpartition("\n")[0] for (text, _, _), role in zip(row, known, strict=True) if role in _VALUES
    }
    fields = [None if role else form.label(title[0]) for role, title in zip(known, row, strict=True)]
    wide = listed and "name" not in names and sum(is_category(text) for text, _, _ in row) > 1
    if not wide and (len(names) < 3 or "name" not in names):
        return {}
    result: dict[int, str] = {}
    seen: dict[str, Title] = {}
    half = ""
    targets = [k for k, role in enumerate(known) if role in _VALUES]
    for k, (title, found, label) in enumerate(zip(row, known, fields, strict=True)):
        text, first, width = title
        beside = vocabulary.is_block(text) and not (listed and (label or (k and "name" in names)))
        if found is None and beside:
            continue
        role = found or (f"{PROJECT}{label.field}" if listed and label else "extra")
        if role == "extra" and label and label.field == "period_goal" and names >= {"name", "annual"}:
            role = "extra" if "period" in names else "period"  # 实施期目标 beside 2025年
        if wide and (is_category(text) or (not found and text in halved)):
            role = SLOT + text
        elif wide and found in _VALUES and "\n" in text:
            role = TARGET + text.rpartition("\n")[0]
        before = seen.get(role)
        if before and role in _TWICE and not half and not _copied(before, title):
            if targets and k < targets[-1]:
                half = "'"
            else:  # a half has values of its own; this only says more of the indicator (指标内容)
                role = "extra"
        seen[role] = title
        if role in _TITLED:
            role = f"{role}:{vocabulary.plain(text)}"
        for column in range(first, first + width):
            own = f"（{column - first + 1}）" if column > first and role.startswith("extra") else ""
            result.setdefault(column, role + own + half)  # each of them may have a text of its own
    return result


def _known(text: str, form: Form) -> str | None:
    """The role of a title; that of targets is told by the title below a category, however long that is."""
    over, _, below = text.rpartition("\n")
    role = form.role(text)
    targets = form.role(below) if over and not role else None
    return targets if targets in _VALUES else role


def _lend_name(row: tuple[Title, ...], known: list[str | None], form: Form, listed: bool) -> None:
    """Between level 2 (in a list, what tells of its projects) and the values, even a column that is only
    called 绩效指标 holds the names."""
    labels = [k for k, title in enumerate(row) if listed and not known[k] and form.label(title[0])]
    if "level2" not in known and not labels:
        return
    first = 1 + (known.index("level2") if "level2" in known else labels[-1])
    last = next((k for k, role in enumerate(known) if role in ("sign", "period", "annual")), first)
    for k in range(first, last):
        if vocabulary.is_block(row[k][0]):
            known[k] = "name"
            return


def _names(form: Form, text: str, field: str) -> bool:
    """Whether a text is the label of a field."""
    label = form.label(text)
    return label is not None and label.field == field


def _settle_values(
    row: tuple[Title, ...], known: list[str | None], form: Form, listed: bool, year: int | None
) -> None:
    """Each value has one column beside its name: what else bears such a title is no value. 年度 is the year
    of the row where it stands among the columns of the projects of a list."""
    names = [k for k, role in enumerate(known) if role == "name"]
    grid = [k for k, role in enumerate(known) if role in _TWICE or (listed and is_category(row[k][0]))]
    for role in _VALUES:
        columns = [k for k, other in enumerate(known) if other == role]
        columns = [k for k in columns if not (k and known[k - 1] == role and _copied(row[k - 1], row[k]))]
        halves: dict[int, list[int]] = {}
        for k in columns:
            halves.setdefault(sum(name < k for name in names), []).append(k)
        beside = [min(some, key=lambda k: _vague(row[k][0], year)) for half, some in halves.items() if half]
        later = [k for k in columns if beside and k not in beside and _is_end(row[k][0], row[beside[0]][0])]
        for k in columns:
            early = listed and k < min(grid, default=len(row)) and _names(form, row[k][0], "year")
            if early or (beside and k not in beside):
                known[k] = "period" if [k] == later and "period" not in known else None


def _is_end(title: str, annual: str) -> bool:
    """Whether a title has the target of a later year than the next: that of the end of the project."""
    year, end = max(values.years(annual), default=0), max(values.years(title), default=0)
    return 0 < year < end - 1


def _vague(title: str, year: int | None) -> tuple[bool, bool, int]:
    """How little a title says of holding targets: one that only names a year less than others, another year
    less than that of the table, an earlier year less than a later one."""
    years = values.years(title)
    return not _TARGETS.search(title), year not in years, -max(years, default=0)


def _copied(left: Title, right: Title) -> bool:
    """Whether a program wrote the text of a merged range into each of its cells."""
    return left[0] == right[0] and right[1] == left[1] + left[2]


def signature(row: Row, form: Form) -> tuple[str, ...]:
    """The roles that tell forms apart, in order; a second column of signs (the direction) does not."""
    return _signature(_titles(row), form)


@lru_cache(1 << 10)
def _signature(row: tuple[Title, ...], form: Form) -> tuple[str, ...]:
    order = dict.fromkeys(role for _, role in sorted(_roles(row, form).items()))
    told = [base(role) for role in order if base(role) not in _UNTOLD]
    return tuple(role for k, role in enumerate(told) if role != "sign" or role not in told[:k])
