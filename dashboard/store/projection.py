"""The derived tables: what counts now, rewritten in the transaction that changes it. What takes longer, the
reviews, is done afterwards (see ``review_sync``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from dashboard.store import candidates, dismissals, left_out, log, stored
from dashboard.store.derive import indicator_rows, project_row, repair_rows, unpack
from dashboard.store.derived_schema import DERIVED, OF_PROJECT, indicator, mark, project, repair, trouble
from dashboard.store.schema import judgement, oplog, upload, version
from parsing import Reading

SETTLED = "settled"


def recount(connection: sa.Connection, changes: Mapping[str, int | None], uploads: Iterable[int]) -> None:
    """Bring the derived tables to ``changes`` (key → version now, None: no longer counted) and the
    troubles of ``uploads`` up to date."""
    for keys in log.chunks(changes):
        for table in OF_PROJECT:
            connection.execute(sa.delete(table).where(table.c.key.in_(keys)))
        _insert(connection, [number for key in keys if (number := changes[key]) is not None])
        dismissals.apply(connection, keys)
    for part in log.chunks(uploads):
        _retrouble(connection, part)


def restart(connection: sa.Connection) -> None:
    """Throw the derived tables away and make them again from the record."""
    for table in DERIVED:
        connection.execute(sa.delete(table))
    connection.execute(sa.delete(mark).where(mark.c.name == SETTLED))
    _candidates(connection)
    last = sa.select(sa.func.max(oplog.c.id)).where(oplog.c.key.is_not(None)).group_by(oplog.c.key)
    numbers = connection.scalars(
        sa.select(oplog.c.version_id).where(oplog.c.id.in_(last), oplog.c.version_id.is_not(None))
    ).all()
    for part in log.chunks(numbers):
        _insert(connection, part)
    for part in log.chunks(connection.scalars(sa.select(judgement.c.key).distinct()).all()):
        dismissals.apply(connection, part)
    for part in log.chunks(connection.scalars(sa.select(upload.c.id)).all()):
        _retrouble(connection, part)
    left_out.mark_all(connection)


def _candidates(connection: sa.Connection) -> None:
    """Of every version that ever came, which is what is chosen from."""
    query = sa.select(version.c.id, version.c.upload_id, version.c.key, version.c.payload)
    for part in log.chunks(connection.scalars(sa.select(version.c.id)).all()):
        rows = connection.execute(query.where(version.c.id.in_(part)).order_by(version.c.id))
        candidates.put(connection, ((*row[:3], unpack(row.payload, row.id)) for row in rows))


def _insert(connection: sa.Connection, numbers: list[int]) -> None:
    query = (
        sa.select(version.c.id, version.c.key, version.c.payload, upload.c.id, upload.c.file, upload.c.sample)
        .join_from(version, upload, upload.c.id == version.c.upload_id)
        .where(version.c.id.in_(numbers))
        .order_by(version.c.id)
    )
    rows: dict[sa.Table, list[dict[str, Any]]] = {project: [], indicator: [], repair: []}
    for number, key, payload, upload_id, file, sample in connection.execute(query):
        said = unpack(payload, number)
        known = {"version_id": number, "upload_id": upload_id, "file": file, "sample": sample}
        rows[project].append(project_row(key, said) | known)
        rows[indicator] += indicator_rows(key, said)
        rows[repair] += repair_rows(key, said)
    for table, row in rows.items():
        if row:
            connection.execute(sa.insert(table), row)


def _retrouble(connection: sa.Connection, uploads: list[int]) -> None:
    """An upload's troubles stand while it counts: confirmed, and not all of its projects replaced."""
    connection.execute(sa.delete(trouble).where(trouble.c.upload_id.in_(uploads)))
    query = sa.select(upload.c.id, upload.c.file, upload.c.reading, upload.c.projects).where(
        upload.c.id.in_(uploads),
        sa.or_(
            upload.c.unread + upload.c.others > 0,
            upload.c.reading.contains('"agrees":false', autoescape=True),
        ),
    )
    found = connection.execute(query.order_by(upload.c.id)).all()
    if not found:
        return
    heads = defaultdict(list)
    for row in log.heads(connection, oplog.c.upload_id.in_([one.id for one in found])):
        heads[row.upload_id].append(row)
    counting = set(connection.scalars(sa.select(project.c.upload_id).where(project.c.upload_id.in_(uploads))))
    rows: list[dict[str, Any]] = []
    for one in found:
        counted = log.upload_state(heads[one.id])[0] == "counted"
        if counted and (one.projects == 0 or one.id in counting):
            rows += _trouble_rows(one.id, one.file, stored.reading(one.reading, one.id))
    if rows:
        connection.execute(sa.insert(trouble), rows)


def _trouble_rows(upload_id: int, file: str, reading: Reading) -> list[dict[str, Any]]:
    common = {"upload_id": upload_id, "file": file}
    unread = [
        {
            "kind": "unread",
            "code": unread_item.code,
            "place": unread_item.place,
            "reason": unread_item.reason,
            "remedy": unread_item.remedy,
        }
        for unread_item in reading.unread
    ]
    others = [
        {"kind": "other", "code": other.kind, "place": str(other.place), "reason": other.title, "remedy": ""}
        for other in reading.others
    ]
    totals = [
        {
            "kind": "total",
            "code": one.label,
            "place": str(one.place),
            "reason": one.message,
            "remedy": one.remedy,
        }
        for one in reading.totals
        if not one.agrees
    ]
    return [common | {"seq": seq} | row for seq, row in enumerate(unread + others + totals)]
