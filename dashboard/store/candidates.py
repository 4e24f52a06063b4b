"""Which version of a project counts, where there are several (see ``parsing.counting``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from dashboard.store.derive import candidate_row
from dashboard.store.derived_schema import candidate
from dashboard.store.schema import version
from parsing import Project
from parsing.counting import Candidate, supersedes

_FIELDS = [candidate.c[name] for name in Candidate._fields]


class HeldTable(NamedTuple):
    """A version with what decides whether it counts. Files of one name in two uploads are two. ``partial``:
    why it was not read whole, as in the store."""

    version_id: int
    upload_id: int
    budget_fen: int | None
    partial: str
    decides: Candidate


def fetch(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[HeldTable]:
    """In the order in which they came."""
    own = (candidate.c[name] for name in ("version_id", "upload_id", "budget_fen", "partial"))
    columns = (*own, *(field.label(f"decides_{field.name}") for field in _FIELDS))
    rows = connection.execute(sa.select(*columns).where(*where).order_by(candidate.c.version_id))
    return [_held(*row) for row in rows]


def _held(
    version_id: int, upload_id: int, budget_fen: int | None, partial: str, *decides: object
) -> HeldTable:
    one = Candidate(*decides)  # type: ignore[arg-type]
    one = one._replace(file=f"{upload_id} {one.file}", hidden=bool(one.hidden), partial=bool(partial))
    return HeldTable(version_id, upload_id, budget_fen, partial, one)


def best(many: Iterable[HeldTable]) -> dict[str, HeldTable]:
    """Key → the one that counts of them, which are in the order in which they came."""
    found: dict[str, HeldTable] = {}
    for one in many:
        before = found.get(one.decides.key)
        if before is None or supersedes(one.decides, before.decides):
            found[one.decides.key] = one
    return found


def insert(connection: sa.Connection, upload_id: int, projects: Sequence[Project]) -> None:
    """Of versions that were just staged, in their order."""
    query = sa.select(version.c.id, version.c.key).where(version.c.upload_id == upload_id)
    rows = connection.execute(query.order_by(version.c.id)).all()
    put(connection, [(row.id, upload_id, row.key, one) for row, one in zip(rows, projects, strict=True)])


def put(connection: sa.Connection, many: Iterable[tuple[int, int, str, Project]]) -> None:
    """``many``: version, upload, key and what the version says."""
    if rows := [
        candidate_row(key, one) | {"version_id": number, "upload_id": upload_id}
        for number, upload_id, key, one in many
    ]:
        connection.execute(sa.insert(candidate), rows)
