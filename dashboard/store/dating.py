"""Years that one table tells of another (see ``parsing.dating``), across what was kept: when a file comes or
is counted, from what counts; then, as an action of its own, of what counted without a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import starmap
from typing import NamedTuple

import sqlalchemy as sa

from dashboard.store import candidates, log, stored
from dashboard.store.derive import unpack
from dashboard.store.derived_schema import candidate, project
from dashboard.store.errors import StoreConflict, StoreMissing
from dashboard.store.schema import blob, upload, version
from parsing import Project, Reading
from parsing.counting import key_of
from parsing.dating import dated, undated

_COUNTS = sa.select(version.c.payload, version.c.id).join(project, project.c.version_id == version.c.id)


class RedatedFile(NamedTuple):
    """A file that is kept once more, with what it says now."""

    file: str
    data: bytes
    found: Reading


def told(connection: sa.Connection, reading: Reading) -> Reading:
    """What a file says, with the years that it and what counts tell."""
    projects = dated(reading.projects, _kin(connection, reading.projects))
    return reading if projects == reading.projects else reading.model_copy(update={"projects": projects})


def anew(connection: sa.Connection, upload_id: int) -> RedatedFile | None:
    """An upload that waits, where what counts by now tells the year of one of its tables."""
    own = sa.select(version.c.payload, version.c.id).join(candidate, candidate.c.version_id == version.c.id)
    own = own.where(version.c.upload_id == upload_id, log.ORIGINAL).order_by(version.c.id)
    if connection.execute(own.where(candidate.c.year.is_(None)).limit(1)).first() is None:
        return None
    row = _file(connection, upload_id)
    said = stored.reading(row.reading, upload_id)
    found = said.model_copy(update={"projects": tuple(starmap(unpack, connection.execute(own)))})
    now = told(connection, found)
    return None if now is found or row.sample else RedatedFile(row.file, row.data, now)


def behind(connection: sa.Connection, upload_id: int) -> Iterator[tuple[list[str], RedatedFile]]:
    """Of the tables that count without a year which this upload tells, the keys, and their file once more
    with nothing but them."""
    query = sa.select(version.c.unit, version.c.name).where(
        version.c.upload_id == upload_id, version.c.year.is_not(None), version.c.unit.is_not(None)
    )
    keys = {key_of(unit, name, None) for unit, name in connection.execute(query.distinct())}
    chosen = _COUNTS.add_columns(project.c.key, project.c.upload_id).where(project.c.sample == 0)
    found: dict[int, list[tuple[str, Project]]] = defaultdict(list)
    for part in log.chunks(sorted(keys)):
        for payload, number, key, owner in connection.execute(chosen.where(project.c.key.in_(part))).all():
            if owner != upload_id and (now := _alone(connection, owner, unpack(payload, number))):
                found[owner].append((key, now))
    for owner, many in found.items():
        row = _file(connection, owner)
        again = Reading(projects=tuple(now for _, now in many))
        yield [key for key, _ in many], RedatedFile(row.file, row.data, again)


def best(connection: sa.Connection, upload_id: int) -> dict[str, int]:
    """Key → version that counts of what an upload says and of what counts, which came later."""
    own = candidates.fetch(connection, candidate.c.upload_id == upload_id)
    now = log.counting(connection, {one.decides.key for one in own})
    return {key: one.version_id for key, one in candidates.best([*own, *now]).items()}


def alone(connection: sa.Connection, version_id: int) -> tuple[int, dict[str, int]]:
    """The upload of a version and the change that counts it alone. Raises StoreMissing, StoreConflict."""
    for one in candidates.fetch(connection, candidate.c.version_id == version_id, log.ORIGINAL):
        if log.state_of(connection, one.upload_id)[0] != "counted":
            raise StoreConflict("这张表所在的文件还没有计入，请先计入文件")
        now = log.counting(connection, [one.decides.key])
        if candidates.best([*now, one])[one.decides.key] is not one:
            raise StoreConflict("这个项目已有读得更全的表计入，这张表不再计入")
        if not stands(connection, version_id):
            raise StoreConflict("这张表没有写年度，同一单位同名项目的另一张表已经计入，不再另计")
        return one.upload_id, {one.decides.key: version_id}
    raise StoreMissing("没有找到这张表")


def stands(connection: sa.Connection, version_id: int) -> bool:
    """Whether no other table tells the year of this one, which names none."""
    row = connection.execute(sa.select(version).where(version.c.id == version_id)).one()
    return row.year is not None or _alone(connection, row.upload_id, unpack(row.payload, row.id)) is None


def _alone(connection: sa.Connection, upload_id: int, one: Project) -> Project | None:
    """One table of an upload with its year, where what counts tells it. Beside another of its project in the
    same upload it was told apart when the file came."""
    known = _kin(connection, [one])
    keys = {key_of(each.unit or "", each.name, each.year) for each in known}
    beside = sa.select(version.c.id).where(version.c.upload_id == upload_id, version.c.key.in_(keys)).limit(1)
    if not known or connection.execute(beside).first():
        return None
    (now,) = dated((one,), known)
    return None if now is one else now


def _kin(connection: sa.Connection, projects: Iterable[Project]) -> list[Project]:
    """What counts, samples apart, of the units and names of those projects that name no year."""
    asked = [one for one in projects if undated(one)]
    if not asked:
        return []
    years = sa.select(project.c.year).where(project.c.year.is_not(None), project.c.sample == 0)
    every = connection.scalars(years.distinct()).all()
    keys = {key_of(one.unit or "", one.name, year) for one in asked for year in every}
    real = _COUNTS.where(project.c.sample == 0).order_by(project.c.version_id)
    parts = (real.where(project.c.key.in_(part)) for part in log.chunks(sorted(keys)))
    return [unpack(*row) for part in parts for row in connection.execute(part)]


def _file(connection: sa.Connection, upload_id: int) -> log.Row:
    columns = (upload.c.file, upload.c.sample, upload.c.reading, blob.c.data)
    query = sa.select(*columns).join_from(upload, blob, blob.c.sha == upload.c.sha)
    return connection.execute(query.where(upload.c.id == upload_id)).one()
