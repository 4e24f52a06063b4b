"""Why tables that were confirmed do not count: another one of the same project does (see
``parsing.counting``). Kept beside each, for the sentences that say what is in no sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from dashboard.store import candidates, log
from dashboard.store.candidates import HeldTable
from dashboard.store.derived_schema import LEFT, candidate, project
from dashboard.store.schema import oplog, upload, version
from parsing.counting import REASONS, Reason, why


class LeftOut(NamedTuple):
    """So many tables that are in no sum, and their money (None: of none it was read)."""

    reason: Reason
    tables: int
    budget_fen: int | None


def summed(left: Iterable[tuple[Reason, int | None]]) -> tuple[LeftOut, ...]:
    """By reason, from the reason and the money of each."""
    found: dict[Reason, list[int | None]] = {}
    for reason, fen in left:
        found.setdefault(reason, []).append(fen)
    return tuple(LeftOut(one, len(found[one]), total(found[one])) for one in REASONS if one in found)


def total(fens: Iterable[int | None]) -> int | None:
    """Of those that are known, None where none is."""
    known = [fen for fen in fens if fen is not None]
    return sum(known) if known else None


def mark(connection: sa.Connection, keys: Iterable[str]) -> None:
    """Bring ``candidate.reason`` of these keys up to date."""
    for part in log.chunks(sorted(keys)):
        several = sa.select(candidate.c.key).where(candidate.c.key.in_(part)).group_by(candidate.c.key)
        asked = connection.scalars(several.having(sa.func.count() > 1)).all()
        if asked:
            _mark(connection, asked)


def mark_all(connection: sa.Connection) -> None:
    several = sa.select(candidate.c.key).group_by(candidate.c.key).having(sa.func.count() > 1)
    mark(connection, connection.scalars(several).all())


def _mark(connection: sa.Connection, keys: Sequence[str]) -> None:
    groups: dict[str, list[HeldTable]] = defaultdict(list)
    same = sa.and_(project.c.upload_id == version.c.upload_id, project.c.place == version.c.place)
    moved = (
        sa.select(version.c.id)
        .join(project, same)
        .where(project.c.name == version.c.name, project.c.year.is_(None), version.c.year.is_not(None))
    )
    still = candidate.c.version_id.not_in(moved.where(version.c.key.in_(keys)))  # not of another year by now
    for one in candidates.fetch(connection, candidate.c.key.in_(keys), log.ORIGINAL, still):
        groups[one.decides.key].append(one)
    now = {key: owner for key, (_, owner) in log.current(connection, keys).items()}
    files = _files(connection, {one.upload_id for many in groups.values() for one in many})
    found: dict[Reason, list[int]] = defaultdict(list)
    for key, group in groups.items():
        own = candidates.best(one for one in group if one.upload_id == now.get(key)).get(key)
        for one in group if own else ():
            told = one.upload_id in files and files[one.upload_id] != files.get(now[key])
            if own and one is not own and (told or one.upload_id == own.upload_id):
                found[why(one.decides, own.decides)].append(one.version_id)
    connection.execute(sa.update(candidate).where(candidate.c.key.in_(keys), LEFT).values(reason=""))
    for reason, numbers in found.items():
        for part in log.chunks(numbers):
            statement = sa.update(candidate).where(candidate.c.version_id.in_(part))
            connection.execute(statement.values(reason=reason))


def _files(connection: sa.Connection, uploads: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Upload → content and name, of those that were confirmed and are no samples. A file that was read again
    by a newer parser is another upload of the same."""
    found: dict[int, tuple[str, str]] = {}
    for part in log.chunks(sorted(uploads)):
        heads = defaultdict(list)
        for head in log.heads(connection, oplog.c.upload_id.in_(part)):
            heads[head.upload_id].append(head)
        query = sa.select(upload.c.id, upload.c.sha, upload.c.file).where(upload.c.id.in_(part))
        for row in connection.execute(query.where(upload.c.sample == 0)):
            if log.upload_state(heads[row.id])[0] == "counted":
                found[row.id] = row.sha, row.file
    return found
