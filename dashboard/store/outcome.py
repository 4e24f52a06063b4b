"""What one upload said, table by table, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from dashboard.store import candidates, levels, log
from dashboard.store.derived_schema import candidate
from dashboard.store.exact_sum import within
from dashboard.store.schema import oplog, upload, version
from parsing.counting import Candidate, Reason, supersedes, why

FIGURES = ("key", "name", "unit", "year", "place", "budget_fen", "indicators", "repairs", "doubtful")


@dataclass(frozen=True)
class KnownVersion:
    """The version of a project that an upload supersedes, or did."""

    version_id: int
    file: str
    made: str
    budget_fen: int | None
    indicators: int


@dataclass(frozen=True)
class Outcome:
    """One table of an upload. ``repeated``: another table of the file has the same key and counts instead;
    ``reason``: why it is in no sum, or would be, None where it is in them."""

    key: str
    version_id: int
    name: str
    unit: str | None
    year: int | None
    place: str
    budget_fen: int | None
    indicators: int
    repairs: int
    doubtful: int
    repeated: bool
    known: KnownVersion | None
    identical: bool  # it says the same as the known one
    reason: Reason | None
    partial: str  # why it was not read whole, as in the store

    @property
    def doubled(self) -> bool:
        """A 一级项目 that is, or would be, in no sum (see ``levels``)."""
        return self.reason == "programme"


def outcome(connection: sa.Connection, upload_id: int, state: str, action: int | None) -> list[Outcome]:
    """The tables of one upload in their order; ``state``, ``action`` as ``log.state_of`` gives them."""
    figures = (candidate.c.budget_fen if name == "budget_fen" else version.c[name] for name in FIGURES)
    query = sa.select(version.c.id, candidate.c.reason, candidate.c.partial, *figures)
    both = query.join_from(version, candidate, candidate.c.version_id == version.c.id)
    rows = connection.execute(
        both.where(version.c.upload_id == upload_id, log.ORIGINAL).order_by(version.c.id)
    ).all()
    own = candidates.fetch(connection, candidate.c.upload_id == upload_id, log.ORIGINAL)
    said, best = {one.version_id: one.decides for one in own}, candidates.best(own)
    if state == "counted":
        programmes = levels.now(connection, best)
        done = sa.select(oplog.c.key, oplog.c.prev_id).where(oplog.c.action == action)
        before = {key: number for key, number in connection.execute(done) if number is not None}
    else:
        programmes = levels.would(connection, {key: one.decides for key, one in best.items()})
        before = {key: number for key, (number, _) in log.current(connection, best).items()}
    known, decided = _known(connection, before.values()), _decided(connection, before.values())
    found = []
    for row in rows:
        number = before.get(row.key, 0)  # 0 is no version
        old, new, picked = decided.get(number), said[row.id], best[row.key]
        reason: Reason | None = row.reason or None
        if state != "counted":
            reason = _reason(new, picked.decides, old)
        if reason is None and row.key in programmes:
            reason = "programme"
        more = {name: getattr(row, name) for name in FIGURES} | {"version_id": row.id, "reason": reason}
        more["partial"] = row.partial
        more |= {"repeated": picked.version_id != row.id, "known": known.get(number)}
        found.append(Outcome(**more, identical=old is not None and old.content == new.content))
    return found


def _reason(new: Candidate, picked: Candidate, old: Candidate | None) -> Reason | None:
    """Why a table of a file that waits would be in no sum: ``picked`` counts of those in it, unless ``old``,
    which counts now, is better."""
    counts = picked if old is None or supersedes(picked, old) else old
    return None if new is counts else why(new, counts)


def _known(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, KnownVersion]:
    columns = (version.c.id, upload.c.file, upload.c.made, within(version.c.budget_fen), version.c.indicators)
    query = sa.select(*columns).join_from(version, upload, upload.c.id == version.c.upload_id)
    return {
        row.id: KnownVersion(*row)
        for part in log.chunks(numbers)
        for row in connection.execute(query.where(version.c.id.in_(part)))
    }


def _decided(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, Candidate]:
    """What decides of versions, by their numbers."""
    return {
        one.version_id: one.decides
        for part in log.chunks(numbers)
        for one in candidates.fetch(connection, candidate.c.version_id.in_(part))
    }
