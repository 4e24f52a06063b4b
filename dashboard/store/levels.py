"""Which projects are in no sum because their parts are (see ``parsing.levels``): of what counts, marked on
``project``; and of tables that wait, were they to count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from dashboard.store import candidates, log
from dashboard.store.derived_schema import DOUBLED, candidate, project
from dashboard.store.exact_sum import LARGEST
from dashboard.store.left_out import LeftOut, summed, total
from parsing import Standing, budget_gap, doubled, groups
from parsing.counting import Candidate, why
from parsing.levels import Levelled

_STANDING = [project.c[field] for field in Standing._fields]
Placed = tuple[str, Levelled]  # key and what decides


@dataclass(frozen=True)
class StagedTotals:
    """What uploads that wait come to: projects, and money (None: of none it was read); of the 一级项目 that
    they say, or that count already and would then be in no sum, how many and their money. ``repeated``:
    whether several of them say the same project; ``left``: their other tables that would be in no sum;
    ``years``: those of the projects, None where one names none; ``partial``: of the projects that were read
    in part, why (as in the store), a text for each; ``unread``: the uploads that say no other ones."""

    projects: int
    budget_fen: int | None
    doubled: int
    doubled_fen: int | None
    repeated: bool
    left: tuple[LeftOut, ...] = ()
    years: tuple[int | None, ...] = ()
    partial: tuple[str, ...] = ()
    unread: frozenset[int] = frozenset()


def mark(connection: sa.Connection, years: Iterable[int | None]) -> None:
    """Bring ``project.doubled`` of these years up to date."""
    for year in years:
        if year is not None:  # of tables that name no year nobody can say
            marked = sa.select(project.c.key).where(project.c.year == year, DOUBLED)
            counted = _counted(connection, [year])
            together = [
                ([counted[n][0] for n in group.programmes], [counted[n][0] for n in group.items])
                for group in groups([said for _, said in counted])
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
    keys = [key for whole, parts in together for key in (*whole, *parts)]
    query = sa.select(project.c.key, project.c.budget_fen)
    fens = {
        key: fen
        for part in log.chunks(keys)
        for key, fen in connection.execute(query.where(project.c.key.in_(part)))
    }
    none = sa.update(project).where(project.c.year == year, DOUBLED, project.c.apart_fen != 0)
    connection.execute(none.values(apart_fen=0))
    for whole, parts in together:
        if gap := budget_gap([fens[key] for key in whole], [fens[key] for key in parts]):
            first = sa.update(project).where(project.c.key == whole[0])
            connection.execute(first.values(apart_fen=max(-LARGEST, min(gap, LARGEST))))


def now(connection: sa.Connection, keys: Iterable[str]) -> set[str]:
    """Those of these keys that are in no sum."""
    marked = sa.select(project.c.key).where(DOUBLED)
    parts = (marked.where(project.c.key.in_(part)) for part in log.chunks(keys))
    return {key for part in parts for key in connection.scalars(part)}


def would(connection: sa.Connection, new: Mapping[str, Candidate]) -> set[str]:
    """The keys that were in no sum if these (by key) counted beside what counts now."""
    years = {one.year for one in new.values() if one.level}
    beside = (one for one in _counted(connection, years) if one[0] not in new)
    return _doubled([*new.items(), *beside])


def together(connection: sa.Connection, uploads: Iterable[int]) -> StagedTotals:
    """Of these uploads, each project once: what counts when all of them are confirmed in the order in which
    they came."""
    waiting = [
        one
        for part in log.chunks(sorted(uploads))
        for one in candidates.fetch(connection, candidate.c.upload_id.in_(part), log.ORIGINAL)
    ]
    last = candidates.best([*log.counting(connection, {one.decides.key for one in waiting}), *waiting])
    new = {one.decides.key: one for one in waiting if one is last[one.decides.key]}
    left = would(connection, {key: one.decides for key, one in new.items()})
    money = sa.select(project.c.budget_fen).where(project.c.doubled == 0)  # the others were left out before
    moved = [
        fen
        for part in log.chunks(left - new.keys())
        for fen in connection.scalars(money.where(project.c.key.in_(part)))
    ]
    counts = [one.budget_fen for key, one in new.items() if key not in left]
    doubles = [*(new[key].budget_fen for key in left & new.keys()), *moved]
    own: dict[int, list[bool]] = {}
    for one in waiting:
        own.setdefault(one.upload_id, []).append(bool(one.partial))
    others = [(one, last[one.decides.key]) for one in waiting if one is not last[one.decides.key]]
    return StagedTotals(
        len(counts),
        total(counts),
        len(doubles),
        total(doubles),
        any(one.upload_id != other.upload_id for one, other in others if new.get(other.decides.key) is other),
        summed((why(one.decides, other.decides), one.budget_fen) for one, other in others),
        tuple({one.decides.year for key, one in new.items() if key not in left}),
        tuple(one.partial for one in new.values() if one.partial),
        frozenset(number for number, partial in own.items() if all(partial)),
    )


def _counted(connection: sa.Connection, years: Iterable[int | None]) -> list[Placed]:
    named = project.c.year.in_(sorted(year for year in years if year)), project.c.level.is_not(None)
    rows = connection.execute(sa.select(project.c.key, *_STANDING).where(*named))
    return [(key, Standing(*said)) for key, *said in rows]


def _doubled(many: list[Placed]) -> set[str]:
    return {many[number][0] for number in doubled([said for _, said in many])}
