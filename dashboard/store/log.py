"""The log of what people did, and which of it still stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Literal, TypeVar, get_args

import sqlalchemy as sa

from dashboard.store import candidates, stored
from dashboard.store.candidates import HeldTable
from dashboard.store.derived_schema import candidate, project
from dashboard.store.errors import StoreMissing
from dashboard.store.schema import oplog, upload, version

Kind = Literal[
    "confirm",
    "count",
    "date",
    "discard",
    "withdraw",
    "samples",
    "decide",
    "aside",
    "declare",
    "verdict",
    "undo",
    "rebuild",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Row = sa.Row[*tuple[Any, ...]]  # of any columns
T = TypeVar("T")
CHUNK = 500  # keys in one IN (…): SQLite and others limit the parameters of a statement


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def standing(heads: Iterable[tuple[int, int | None]]) -> dict[int, bool]:
    """Action → does it still stand, from ``(action, undoes)`` in order. Undoing an undo redoes."""
    undoes: dict[int, int | None] = {}
    stands: dict[int, bool] = {}
    for action, target in heads:
        undoes[action] = target
        stands[action] = True
        value = False
        while target is not None and target in stands:
            stands[target] = value
            target, value = undoes[target], not value
    return stands


def heads(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> Sequence[Row]:
    """The first rows of actions, in order: action, kind, upload_id, undoes. Raises StoreNewer for one that
    this program does not know: what it did counts, and cannot be told."""
    columns = (oplog.c.action, oplog.c.kind, oplog.c.upload_id, oplog.c.undoes)
    query = sa.select(*columns).where(oplog.c.key.is_(None), *where).order_by(oplog.c.id)
    found = connection.execute(query).all()
    if strange := next((row for row in found if row.kind not in KINDS), None):
        raise stored.newer("操作记录", strange.action)
    return found


def every(
    connection: sa.Connection, table: sa.Table, keys: Iterable[str] | None = None
) -> list[tuple[Row, bool]]:
    """The rows of a table of what people decided (about these projects), the oldest first, each with
    ``made``, and whether it still stands."""
    stands = standing((row.action, row.undoes) for row in heads(connection))
    query = (
        sa.select(table, oplog.c.made)
        .join_from(table, oplog, sa.and_(oplog.c.action == table.c.action, oplog.c.key.is_(None)))
        .order_by(table.c.id)
    )
    parts = [query] if keys is None else (query.where(table.c.key.in_(part)) for part in chunks(keys))
    return [(row, stands[row.action]) for part in parts for row in connection.execute(part).all()]


_STATES = {"confirm": "counted", "date": "counted", "discard": "discarded"}


def upload_state(rows: Iterable[Row]) -> tuple[str, int | None]:
    """``staged``, ``counted``, ``discarded`` or ``undone``, and the action that made it so,
    from the heads of one upload."""
    rows = [row for row in rows if row.kind in (*_STATES, "undo")]
    stands = standing((row.action, row.undoes) for row in rows)
    for row in reversed(rows):
        if row.kind != "undo" and stands[row.action]:
            return _STATES[row.kind], row.action
    if any(row.kind == "date" for row in rows):
        return "discarded", None  # it says no more than what counts again
    return ("undone" if any(row.kind == "confirm" for row in rows) else "staged"), None


def state_of(connection: sa.Connection, upload_id: int) -> tuple[str, int | None]:
    """``upload_state`` of one upload. Raises StoreMissing."""
    if connection.scalar(sa.select(upload.c.id).where(upload.c.id == upload_id)) is None:
        raise StoreMissing("没有找到这份文件")
    return upload_state(heads(connection, oplog.c.upload_id == upload_id))


def later(connection: sa.Connection, head: Row, keys: Iterable[str]) -> set[int]:
    """Later actions, undos apart, on the same keys or the same upload."""
    query = sa.select(oplog.c.action).where(oplog.c.action > head.action, oplog.c.kind != "undo").distinct()
    same = query.where(oplog.c.key.is_(None), oplog.c.upload_id == head.upload_id)
    found = set(connection.scalars(same)) if head.upload_id else set()
    for part in chunks(keys):
        found |= set(connection.scalars(query.where(oplog.c.key.in_(part))))
    return found


DECIDED = sa.select(oplog.c.version_id).where(  # but for what came back as its year was taken away again
    oplog.c.kind == "decide",
    oplog.c.version_id.is_not(None),
    sa.or_(oplog.c.prev_id.is_(None), oplog.c.version_id > oplog.c.prev_id),
)
ORIGINAL = candidate.c.version_id.not_in(DECIDED)  # as a file said it


def said(connection: sa.Connection, upload_id: int) -> dict[str, int]:
    """Key → version of an upload, as its file said it; of several tables with one key, the best."""
    found = candidates.best(candidates.fetch(connection, candidate.c.upload_id == upload_id, ORIGINAL))
    return {key: one.version_id for key, one in found.items()}


def coming(connection: sa.Connection, upload_id: int, whole: bool = False) -> dict[str, int]:
    """Key → version of what an upload brings into the sums: what counts may be better (see
    ``parsing.counting``). ``whole``: only tables that were read whole."""
    new = candidates.fetch(connection, candidate.c.upload_id == upload_id, ORIGINAL)
    new = [one for one in new if not (whole and one.partial)]
    last = candidates.best([*counting(connection, {one.decides.key for one in new}), *new])
    return {key: one.version_id for key, one in last.items() if one.upload_id == upload_id}


def counting(connection: sa.Connection, keys: Iterable[str]) -> list[HeldTable]:
    """What counts now under these keys."""
    numbers = sorted(number for number, _ in current(connection, keys).values())
    parts = (candidate.c.version_id.in_(part) for part in chunks(numbers))
    return [one for part in parts for one in candidates.fetch(connection, part)]


def real(connection: sa.Connection, numbers: Iterable[int | None]) -> bool:
    """Whether one of these versions is no sample's."""
    columns = sa.select(version.c.id).join(upload, upload.c.id == version.c.upload_id)
    chosen = columns.where(upload.c.sample == 0).limit(1)
    parts = chunks(number for number in numbers if number is not None)
    return any(connection.scalar(chosen.where(version.c.id.in_(part))) is not None for part in parts)


def samples(connection: sa.Connection) -> dict[str, int]:
    """Key → version of the sample projects that do not count, as each counted last; of a key under which
    something else counts none."""
    last = (
        sa.select(version.c.key, sa.func.max(version.c.id))
        .join(upload, upload.c.id == version.c.upload_id)
        .join(oplog, oplog.c.version_id == version.c.id)
        .where(upload.c.sample == 1, version.c.key.not_in(sa.select(project.c.key)))
    )
    return dict(connection.execute(last.group_by(version.c.key)).all())


def handover(connection: sa.Connection, old: int, new: int) -> dict[str, int | None]:
    """The changes that put upload ``new`` (the same file read again) in the place of ``old``: what others
    superseded or people withdrew stays so."""
    before, after = said(connection, old), said(connection, new)
    now = {key: owner for key, (_, owner) in current(connection, before | after).items()}
    held = {key for key, owner in now.items() if owner == old}
    fresh = {key: number for key, number in after.items() if key in held or key not in before | now}
    return dict.fromkeys(held - set(after)) | fresh


def current(connection: sa.Connection, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Key → (version_id, upload_id) of what counts now; keys that do not count are left out."""
    columns = (project.c.key, project.c.version_id, project.c.upload_id)
    return {
        row.key: (row.version_id, row.upload_id)
        for part in chunks(keys)
        for row in connection.execute(sa.select(*columns).where(project.c.key.in_(part)))
    }


def before(connection: sa.Connection, key: str, upload_id: int) -> int | None:
    """The version that counted under a key before those of an upload did, if its own upload still stands."""
    query = sa.select(oplog.c.prev_id, version.c.upload_id).join(version, version.c.id == oplog.c.prev_id)
    earlier = query.where(oplog.c.key == key, version.c.upload_id != upload_id)
    row = connection.execute(earlier.order_by(oplog.c.id.desc()).limit(1)).one_or_none()
    stands = row is not None and state_of(connection, row.upload_id)[0] == "counted"
    return row.prev_id if row is not None and stands else None


def write(
    connection: sa.Connection,
    kind: Kind,
    who: str,
    changes: Mapping[str, int | None],
    upload_id: int | None = None,
    undoes: int | None = None,
) -> tuple[int, set[int]]:
    """Append an action that sets each key's version; returns its number and the uploads it touches."""
    action = 1 + (connection.scalar(sa.select(sa.func.max(oplog.c.action))) or 0)
    before = current(connection, changes)
    uploads = {found for _, found in before.values()}
    owners: dict[int, int] = {}
    for part in chunks(number for number in changes.values() if number is not None):
        query = sa.select(version.c.id, version.c.upload_id).where(version.c.id.in_(part))
        owners |= {row.id: row.upload_id for row in connection.execute(query)}
    common = {"action": action, "kind": kind, "made": now(), "who": who, "undoes": undoes}
    head = {"key": None, "upload_id": upload_id, "version_id": None, "prev_id": None}
    rows = [common | head]
    for key, number in changes.items():
        prev, owner = before.get(key, (None, None))
        about = owner if number is None else owners[number]
        rows.append(common | {"key": key, "upload_id": about, "version_id": number, "prev_id": prev})
    connection.execute(sa.insert(oplog), rows)
    return action, uploads | set(owners.values()) | ({upload_id} if upload_id else set())
