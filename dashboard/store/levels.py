"""Which projects are in no sum because their parts are (see ``parsing.levels``): of what counts, marked on
``project``; and of versions that wait, were they to count."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from dashboard.store import log
from dashboard.store.schema import DOUBLED, project, version
from parsing import Standing, apart, doubled, groups

_STANDING = [project.c[field] for field in Standing._fields]
Placed = tuple[str, Standing]  # key and what decides


@dataclass(frozen=True)
class Together:
    """What uploads that wait come to: projects, and money (None: of none it was read); of the 一级项目 that
    they say, or that count already and would then be in no sum, how many and their money. ``repeated``:
    whether several of them say the same project."""

    projects: int
    budget_fen: int | None
    doubled: int
    doubled_fen: int | None
    repeated: bool


def mark(connection: sa.Connection, years: Iterable[int | None]) -> None:
    """Bring ``project.doubled`` of these years up to date."""
    for year in years:
        if year is not None:  # of tables that name no year nobody can say
            marked = sa.select(project.c.key).where(project.c.year == year, DOUBLED)
            counted = _counted(connection, [year])
            together = [
                ([counted[n][0] for n in one.programmes], [counted[n][0] for n in one.items])
                for one in groups([said for _, said in counted])
            ]
            before, found = set(connection.scalars(marked)), {key for keys, _ in together for key in keys}
            for value, keys in ((0, before - found), (1, found - before)):
                for part in log.chunks(sorted(keys)):
                    change = (
                        sa.update(project).where(project.c.key.in_(part)).values(doubled=value, apart_fen=0)
                    )
                    connection.execute(change)
            _compare(connection, year, together)


def _compare(connection: sa.Connection, year: int, together: list[tuple[list[str], list[str]]]) -> None:
    """How far the 一级项目 of a year, of each group the first, are from their 二级项目."""
    asked = [key for whole, parts in together for key in (*whole, *parts)]
    chosen = sa.select(project.c.key, project.c.budget_fen)
    fens = {
        key: fen
        for part in log.chunks(asked)
        for key, fen in connection.execute(chosen.where(project.c.key.in_(part)))
    }
    none = sa.update(project).where(project.c.year == year, DOUBLED, project.c.apart_fen != 0)
    connection.execute(none.values(apart_fen=0))
    for whole, parts in together:
        if gap := apart([fens[key] for key in whole], [fens[key] for key in parts]):
            first = sa.update(project).where(project.c.key == whole[0])
            connection.execute(first.values(apart_fen=gap))


def now(connection: sa.Connection, keys: Iterable[str]) -> set[str]:
    """Those of these keys that are in no sum."""
    marked = sa.select(project.c.key).where(DOUBLED)
    parts = (marked.where(project.c.key.in_(part)) for part in log.chunks(keys))
    return {key for part in parts for key in connection.scalars(part)}


def would(connection: sa.Connection, numbers: Mapping[str, int]) -> set[str]:
    """The keys that were in no sum if these versions (key → number) counted beside what counts now."""
    chosen = sa.select(version.c.key, version.c.payload)
    new = {
        key: _said(payload)
        for part in log.chunks(sorted(numbers.values()))
        for key, payload in connection.execute(chosen.where(version.c.id.in_(part)))
    }
    years = {one.year for one in new.values() if one.level}
    beside = (one for one in _counted(connection, years) if one[0] not in new)
    return _doubled([*new.items(), *beside])


def together(connection: sa.Connection, uploads: Iterable[int]) -> Together:
    """Of these uploads, each project once, as the last of them says it: what counts when all of them are
    confirmed in the order in which they came."""
    columns = (version.c.key, version.c.upload_id, version.c.id, version.c.budget_fen)
    parts = (version.c.upload_id.in_(part) for part in log.chunks(sorted(uploads)))
    order = (version.c.upload_id, version.c.id)
    rows = [
        row for part in parts for row in connection.execute(sa.select(*columns).where(part).order_by(*order))
    ]
    last = {row.key: row for row in rows}
    left = would(connection, {key: row.id for key, row in last.items()})
    money = sa.select(project.c.budget_fen).where(project.c.doubled == 0)  # the others were left out before
    moved = [
        fen
        for part in log.chunks(left - last.keys())
        for fen in connection.scalars(money.where(project.c.key.in_(part)))
    ]
    counts = [row.budget_fen for key, row in last.items() if key not in left]
    doubles = [*(last[key].budget_fen for key in left & last.keys()), *moved]
    repeated = any(last[row.key].upload_id != row.upload_id for row in rows)
    return Together(len(counts), _sum(counts), len(doubles), _sum(doubles), repeated)


def _sum(fens: Iterable[int | None]) -> int | None:
    """Of those that are known, None where none is."""
    known = [fen for fen in fens if fen is not None]
    return sum(known) if known else None


def _said(payload: bytes) -> Standing:
    """Of a version, without making a Project of it: there may be thousands."""
    known = json.loads(zlib.decompress(payload))
    return Standing(*(known[field] for field in Standing._fields))


def _counted(connection: sa.Connection, years: Iterable[int | None]) -> list[Placed]:
    named = project.c.year.in_(sorted(year for year in years if year)), project.c.level.is_not(None)
    rows = connection.execute(sa.select(project.c.key, *_STANDING).where(*named))
    return [(key, Standing(*said)) for key, *said in rows]


def _doubled(many: list[Placed]) -> set[str]:
    return {many[number][0] for number in doubled([said for _, said in many])}
