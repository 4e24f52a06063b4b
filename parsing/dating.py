"""The year of a table that names none, taken from another table of the same project: one rule for the command
line, the frames and a store. Taken as a repair, which says from where, asks for a look and can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parsing.levels import bare
from parsing.model import Project, Reading, Repair
from parsing.repairs import FIELDS, REASONS

CODE = "dated"
SURE = 0.6  # the same project may well be budgeted in another year
TITLE = FIELDS["year"]


def undated(project: Project) -> bool:
    """Whether the year may be taken from elsewhere: the table names none, and nobody undid that."""
    named = bool(bare(project.unit) and bare(project.name))
    return project.year is None and named and all(one.code != CODE for one in project.repairs)


def dated(projects: Sequence[Project], beside: Iterable[Project] = ()) -> tuple[Project, ...]:
    """The projects, each without a year with that of the other tables of its unit and name, of these and
    ``beside``, where they agree on one. Not where one of them stands on the same sheet: in a list, the year
    of a row is never that of another."""
    if not any(map(undated, projects)):
        return tuple(projects)
    known: dict[tuple[str, str], list[Project]] = {}
    for one in (*projects, *beside):
        if one.year is not None:
            known.setdefault(_same(one), []).append(one)
    sheets = {(*_same(one), *one.place[:2]) for one in projects if one.year is not None}
    return tuple(
        _taken(one, known.get(_same(one), ()))
        if undated(one) and (*_same(one), *one.place[:2]) not in sheets
        else one
        for one in projects
    )


def told(readings: Sequence[Reading]) -> list[Reading]:
    """The same of several readings together."""
    projects = iter(dated([project for one in readings for project in one.projects]))
    return [
        one.model_copy(update={"projects": tuple(next(projects) for _ in one.projects)}) for one in readings
    ]


def decided(project: Project) -> Project:
    """With the year that what was decided about it leaves."""
    for repair in project.repairs:
        if repair.code == CODE:
            return project.model_copy(update={"year": int(repair.after[TITLE]) if repair.holds else None})
    return project


def _same(one: Project) -> tuple[str, str]:
    return bare(one.unit), bare(one.name)


def _taken(project: Project, known: Sequence[Project]) -> Project:
    if len({one.year for one in known}) != 1:
        return project
    source = known[0]
    before = next((one for one in source.repairs if one.code == CODE and one.holds), None)
    repair = before or Repair(
        code=CODE,
        place=project.place,
        before=(),
        after={TITLE: str(source.year)},
        reason=REASONS[CODE].format(source.place, source.year),
        confidence=SURE,
        path="year",
        stands={TITLE: ""},
    )
    fresh = repair.model_copy(update={"place": project.place, "decision": ""})
    return project.model_copy(update={"year": source.year, "repairs": (*project.repairs, fresh)})
