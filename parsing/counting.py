"""Which of many tables are in the sums, and why the others are not: one rule for the command line, the frames
and a store. A project that is there more than once counts once, as its best and latest table says it; a
一级项目 beside its 二级项目 does not (see ``parsing.levels``)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

from parsing import levels
from parsing.model import Project

Reason = Literal["programme", "conflict", "replaced", "identical", "hidden", "partial"]
REASONS: tuple[Reason, ...] = get_args(Reason)
WORDS: dict[Reason, str] = {  # of one table
    "programme": "一级项目，由二级项目计入，不重复计",
    "conflict": "同一文件里这个项目有内容不同的表，以后一张为准，请核对",
    "replaced": "由同一项目后来的表取代，不重复计",
    "identical": "与另一张表内容相同，不重复计",
    "hidden": "在隐藏的工作表里，由看得见的表计入，不重复计",
    "partial": "没有读全，由读全的表计入，不重复计",
}
_MANY: dict[Reason, str] = {  # of so many tables, and their money
    "programme": "{} 个一级项目（{}）由二级项目计入，不重复计",
    "conflict": "{} 张表（{}）与同一文件里同一项目的另一张表内容不同，以后一张为准，请核对",
    "replaced": "{} 张表（{}）由同一项目后来的表取代，不重复计",
    "identical": "{} 张表（{}）与另一张表内容相同，不重复计",
    "hidden": "{} 张隐藏的表（{}）由看得见的表计入，不重复计",
    "partial": "{} 张没有读全的表（{}）由读全的表计入，不重复计",
}
_PLACES = {
    "places",
    "blanks",
    "excerpt",
    "aside",
    "boxes",
    "repairs",
    "form",
    "hidden",
    "missed",
    "as_read",
}  # where it stands, and how

_HEAD = {
    *("department", "project_type", "level", "start", "end", "year", "budget_yuan", "total_yuan"),
    *("sources", "total_sources", "period_goal", "annual_goal"),
}


class Candidate(NamedTuple):
    """What is asked of a table. ``content``: the same for tables that say the same; ``file``: where it is;
    ``hidden``: nobody sees it in the office program; ``partial``: it was not read whole."""

    key: str
    content: str
    file: str
    hidden: bool
    partial: bool
    level: str | None
    year: int | None
    department: str | None
    unit: str | None

    @classmethod
    def of(cls, project: Project) -> Candidate:
        return cls(
            key(project),
            content(project),
            project.place.file,
            project.hidden,
            bool(project.partial),
            *levels.Standing.of(project),
        )


class Exclusion(NamedTuple):
    """Why a table is in no sum. ``instead``: the number of the table of the same project that counts."""

    reason: Reason
    instead: int | None = None


def key(project: Project) -> str:
    """12 hexadecimal characters that stand for a unit's project of a year, whichever file it is in. White
    space, width and codes before names do not matter. Of a table that names no unit, or no project, nobody
    can say which other one is of the same project, but where their heads say the same: what its head says is
    in the key."""
    named = project.unit and levels.bare(project.name)
    return key_of(project.unit or "", project.name, project.year) if named else _headed(project)


def key_of(unit: str, name: str, year: int | None) -> str:
    """The ``key`` of a project whose unit is known."""
    return _short(levels.bare(unit), levels.bare(name), str(year or ""))


def _headed(project: Project) -> str:
    return _short(
        levels.bare(project.unit or ""), levels.bare(project.name), project.model_dump_json(include=_HEAD)
    )


def _short(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def content(project: Project) -> str:
    """The same for two tables that say the same, whatever the file, the place and the repairs."""
    without: Any = {
        **dict.fromkeys(_PLACES, True),
        "indicators": {"__all__": {"places"}},
        "empty": {"__all__": {"place"}},
    }
    return hashlib.sha256(project.model_dump_json(exclude=without).encode()).hexdigest()


def candidates(files: Iterable[Iterable[Project]]) -> list[Candidate]:
    """Of the tables of several files, in order; two files of the same name are two."""
    return [
        (one := Candidate.of(project))._replace(file=f"{number} {one.file}")
        for number, projects in enumerate(files)
        for project in projects
    ]


def left_out(tables: Sequence[Candidate]) -> dict[int, Exclusion]:
    """Number → why, of those tables, in their order, that are in no sum."""
    counting: dict[str, int] = {}
    for number, one in enumerate(tables):
        before = counting.get(one.key)
        if before is None or supersedes(one, tables[before]):
            counting[one.key] = number
    left = {
        number: Exclusion(why(one, tables[counting[one.key]]), counting[one.key])
        for number, one in enumerate(tables)
        if counting[one.key] != number
    }
    once = sorted(counting.values())
    for at in levels.doubled([tables[number] for number in once]):
        left[once[at]] = Exclusion("programme")
    return left


def doubled(number: int, left: Mapping[int, Exclusion]) -> bool:
    """Whether the table of this number is of a 一级项目 that ``left`` says is in no sum: that one itself, or
    one that another table of it stands for."""
    one = left.get(number)
    if one is not None and one.instead is not None:
        one = left.get(one.instead)
    return one is not None and one.reason == "programme"


def supersedes(later: Candidate, earlier: Candidate) -> bool:
    """Whether a later table of a project takes the place of an earlier one: not a hidden one of one that is
    seen, nor one that was read in part of one that was read whole."""
    return (earlier.hidden, earlier.partial) >= (later.hidden, later.partial)


def why(one: Candidate, counting: Candidate) -> Reason:
    """Why a table is in no sum beside one of the same project that is."""
    if one.content == counting.content:
        return "identical"
    if one.hidden and not counting.hidden:
        return "hidden"
    if one.partial and not counting.partial:
        return "partial"
    return "conflict" if one.file == counting.file else "replaced"


def many(reason: Reason, tables: int, money: str) -> str:
    """That so many tables, and their ``money`` as said, are left out."""
    return _MANY[reason].format(f"{tables:,}", money)
