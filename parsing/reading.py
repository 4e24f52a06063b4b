"""Bytes → Reading: formats, forms and assembly in one line, for one file or for many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from parsing import formats, forms, return_manifest, vocabulary
from parsing.assemble import assemble, other, total
from parsing.errors import BlankForm, EmptyFile, NotATable, ReadError
from parsing.formats.containers import archive
from parsing.gc_pause import collecting_paused
from parsing.grid import Grid
from parsing.inputs import content
from parsing.model import ListTotal, Other, Project, Reading, Unread
from parsing.partial import Missed
from parsing.printable import readable

PARSER = "45"  # raised whenever the same bytes may read differently


PART = 200  # projects


def read(
    source: Path | str | bytes,
    name: str | None = None,
    password: str | None = None,
    taught: Sequence[str] = (),
) -> Reading:
    """Read one file, or its bytes under the ``name`` it goes by; ``password`` opens a locked one; ``taught``:
    the texts of forms that somebody showed (see ``parsing.teaching``).

    Trouble with the file as a whole raises a ReadError; trouble with a sheet or a table is in
    ``unread``, beside what could be read; a zip is read file by file, and trouble with any of them is there.
    Raises FormError where a text of ``taught`` is no form.
    """
    if isinstance(source, bytes):
        data, name = source, name or "粘贴的文本"
    else:
        path = Path(source)
        name = readable(name or path.name)
        data = content(path, name)
    with collecting_paused():
        return joined(parts(data, name, password, taught))


def parts(
    data: bytes, name: str, password: str | None = None, taught: Sequence[str] = ()
) -> Iterator[Reading]:
    """What ``read`` says of the bytes, a few hundred projects at a time: nothing keeps those that came.
    Raises as ``read`` does, before the first part or after it."""
    name = readable(name)
    shown = tuple(map(forms.taught.form, taught))
    yield from (_read_many if archive.is_archive(data) else _read_one)(name, data, password, shown)


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


def _read_many(
    name: str, data: bytes, password: str | None, shown: tuple[forms.Form, ...]
) -> Iterator[Reading]:
    nothing = True
    for member, inside in archive.members(name, data, password):
        nothing = False
        try:
            if isinstance(inside, ReadError):
                raise inside
            yield from _read_one(member, inside, password, shown)
        except ReadError as error:
            yield Reading(unread=(Unread.of(error),))
    if nothing:
        raise EmptyFile(name, "压缩包里没有文件")


def _read_one(
    name: str, data: bytes, password: str | None, shown: tuple[forms.Form, ...]
) -> Iterator[Reading]:
    return of_grids(name, formats.grids(name, data, password), shown)


def of_grids(
    name: str, grids: Iterable[Grid | ReadError], shown: tuple[forms.Form, ...] = ()
) -> Iterator[Reading]:
    """What the sheets of the file ``name`` say, as ``parts`` gives it. Raises ReadError of nothing read."""
    projects: list[Project] = []
    others: list[Other] = []
    troubles: list[ReadError] = []
    totals: list[ListTotal] = []
    manifests: list[str] = []
    nothing, over = True, forms.NO_PREFACE
    for grid in grids:
        if isinstance(grid, ReadError):
            troubles.append(grid)
            continue
        if grid.part == return_manifest.PART:
            manifests.append(return_manifest.text(grid))
            continue
        for found, cut in _with_gaps(forms.recognise(return_manifest.without(grid), shown, over), grid):
            if isinstance(found, ReadError):
                troubles.append(found)
            elif isinstance(found, forms.Stated):
                totals.append(total(found))
            elif isinstance(found, forms.Found):
                missed, told = _missed(found)
                project, trouble = assemble(found, {*missed, *cut})
                if not project.name and not project.indicators:
                    troubles.append(BlankForm(str(project.place)))
                    continue
                projects.append(project)
                nothing = False
                troubles += [*trouble, *told]
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
            elif found.title and forms.is_unread(found):
                reason = "有表名，下面有几栏内容，但没有找到“项目名称”和指标表头，没有读取"
                troubles.append(NotATable(str(found.title.place), reason))
            if projects and isinstance(found, forms.Table) and _goes_on(projects[-1], found):
                projects[-1] = _with_cut(projects[-1])
            if len(projects) >= PART:
                yield Reading(projects=tuple(projects))
                projects = []
        over = over.over(forms.cover(grid)) if nothing else over
    if nothing and not others:
        raise troubles[0] if troubles else NotATable(name)
    yield Reading(
        projects=tuple(projects),
        others=tuple(others),
        unread=tuple(Unread.of(t) for t in troubles),
        totals=tuple(totals),
        slips=tuple(manifests),
    )


def _missed(found: forms.Found) -> tuple[list[Missed], list[ReadError]]:
    """What of a project's table was seen and not read."""
    table = found.table
    if table.header is None:
        named = found.head.cells["name"][1] if "name" in found.head.cells else []
        where = str(named[0].place if named else table.first.place)
        return [], [NotATable(where, "只有表头，没有找到指标表")]
    if lone := forms.unheaded(table):
        reason = "从这里起像是指标，但在指标表头上方，没有读取"
        return ["unheaded"], [NotATable(str(lone.place), reason)]
    if not found.valued:
        where = str(table.rows[table.header][0].place)
        missed: list[Missed] = ["valueless"] if found.lines else []
        return missed, [NotATable(where, "指标表头里没有找到“指标值”一栏，指标值没有读到")]
    return [], []


Recognised = forms.Found | forms.Table | forms.Stated | ReadError


def _with_gaps(many: Iterable[Recognised], grid: Grid) -> Iterator[tuple[Recognised, list[Missed]]]:
    """Each table of a grid, and whether something after one of its rows was not read."""
    if not grid.gaps:
        yield from ((one, []) for one in many)
        return
    every = [*many]
    starts = [one.first.place.row if (one := _table(each)) else None for each in every]
    for at, (each, start) in enumerate(zip(every, starts, strict=True)):
        end = next((row for row in starts[at + 1 :] if row is not None), max(grid.gaps) + 1)
        yield each, ["cut"] if start and any(start <= gap < end for gap in grid.gaps) else []


def _table(one: Recognised) -> forms.Table | None:
    return one.table if isinstance(one, forms.Found) else one if isinstance(one, forms.Table) else None


def _goes_on(project: Project, table: forms.Table) -> bool:
    """Whether a table without a project is the rest of the one before it: on the same sheet it has titles of
    columns, and on the next page maybe none."""
    if table.kind not in ("", vocabulary.PROJECT_TABLE) or table.named:
        return False
    first = table.first
    if first.place.part == project.place.part:
        return table.header is not None
    return first.box is not None and (table.header is not None or forms.unheaded(table) is not None)


def _with_cut(project: Project) -> Project:
    return project.model_copy(update={"missed": tuple(sorted({*project.missed, "cut"}))})
