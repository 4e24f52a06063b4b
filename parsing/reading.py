"""Bytes → Reading: formats, forms and assembly in one line, for one file or for many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from parsing import formats, forms, slip
from parsing.assemble import assemble, other, total
from parsing.errors import BlankForm, EmptyFile, NotATable, ReadError
from parsing.formats import archive
from parsing.forms import vocabulary
from parsing.inputs import content
from parsing.model import ListTotal, Other, Project, Reading, Unread
from parsing.pausing import collecting_paused
from parsing.printable import readable

PARSER = "24"  # raised whenever the same bytes may read differently


PART = 200  # projects


def read(source: Path | str | bytes, name: str | None = None, password: str | None = None) -> Reading:
    """Read one file, or its bytes under the ``name`` it goes by; ``password`` opens a locked one.

    Trouble with the file as a whole raises a ReadError; trouble with a sheet or a table is in
    ``unread``, beside what could be read; a zip is read file by file, and trouble with any of them is there.
    """
    if isinstance(source, bytes):
        data, name = source, name or "粘贴的文本"
    else:
        path = Path(source)
        name = readable(name or path.name)
        data = content(path, name)
    with collecting_paused():
        return joined(parts(data, name, password))


def parts(data: bytes, name: str, password: str | None = None) -> Iterator[Reading]:
    """What ``read`` says of the bytes, a few hundred projects at a time: nothing keeps those that came.
    Raises as ``read`` does, before the first part or after it."""
    name = readable(name)
    yield from (_read_many if archive.is_archive(data) else _read_one)(name, data, password)


def joined(readings: Iterable[Reading]) -> Reading:
    """Several readings as one, in order."""
    every = [*readings]
    if len(every) == 1:
        return every[0]
    return Reading(
        projects=tuple(project for reading in every for project in reading.projects),
        others=tuple(other for reading in every for other in reading.others),
        unread=tuple(unread for reading in every for unread in reading.unread),
        totals=tuple(total for reading in every for total in reading.totals),
        slips=tuple(one for reading in every for one in reading.slips),
    )


def _read_many(name: str, data: bytes, password: str | None) -> Iterator[Reading]:
    nothing = True
    for member, inside in archive.members(name, data, password):
        nothing = False
        try:
            if isinstance(inside, ReadError):
                raise inside
            yield from _read_one(member, inside, password)
        except ReadError as error:
            yield Reading(unread=(Unread.of(error),))
    if nothing:
        raise EmptyFile(name, "压缩包里没有文件")


def _read_one(name: str, data: bytes, password: str | None) -> Iterator[Reading]:
    projects: list[Project] = []
    others: list[Other] = []
    troubles: list[ReadError] = []
    totals: list[ListTotal] = []
    slips: list[str] = []
    nothing = True
    for grid in formats.grids(name, data, password):
        if isinstance(grid, ReadError):
            troubles.append(grid)
            continue
        if grid.part == slip.PART:
            slips.append(slip.text(grid))
            continue
        for found in forms.recognise(slip.without(grid)):
            if isinstance(found, ReadError):
                troubles.append(found)
            elif isinstance(found, forms.Stated):
                totals.append(total(found))
            elif isinstance(found, forms.Found):
                project, trouble = assemble(found)
                if not project.name and not project.indicators:
                    troubles.append(BlankForm(str(project.place)))
                    continue
                projects.append(project)
                nothing = False
                troubles += trouble
                if found.table.header is None:
                    troubles.append(NotATable(str(project.place), "只有表头，没有找到指标表"))
                elif lone := forms.unheaded(found.table):
                    reason = "从这里起像是指标，但在指标表头上方，没有读取"
                    troubles.append(NotATable(str(lone.place), reason))
                elif not found.valued:
                    where = str(found.table.rows[found.table.header][0].place)
                    troubles.append(NotATable(where, "指标表头里没有找到“指标值”一栏，指标值没有读到"))
            elif found.kind not in ("", vocabulary.PROJECT_TABLE):
                others.append(other(found))
            elif found.header is not None:
                where = str(found.rows[found.header][0].place)
                troubles.append(NotATable(where, "有指标表头，但上方没有找到“项目名称”"))
            elif found.title and found.named:
                reason = "有表名和“项目名称”，但其余栏目和指标表头都没有找到，没有读取"
                troubles.append(NotATable(str(found.title.place), reason))
            elif lone := forms.unheaded(found):
                reason = "这里像是指标，但上方没有找到“项目名称”和指标表头，没有读取"
                troubles.append(NotATable(str(lone.place), reason))
            if len(projects) >= PART:
                yield Reading(projects=tuple(projects))
                projects = []
    if nothing and not others:
        raise troubles[0] if troubles else NotATable(name)
    yield Reading(
        projects=tuple(projects),
        others=tuple(others),
        unread=tuple(Unread.of(t) for t in troubles),
        totals=tuple(totals),
        slips=tuple(slips),
    )
