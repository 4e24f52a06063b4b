"""A store of an older version of ours: its record stays, its derived tables are made anew."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from dashboard.store import projection
from dashboard.store.derived_schema import DERIVED, mark
from dashboard.store.errors import StoreNewer
from dashboard.store.schema import FORMAT, judgement, metadata, oplog, verdict, version
from parsing.counting import key_of

SCHEMA = "schema"
DERIVING = "amounts within range"  # changed when the same record is to give other rows in the same columns
FORMAT_MARK = "format"


def allow(written: str | None) -> None:
    """``written``: the format that a store says it has, None for one of before formats were numbered. Raises
    StoreNewer where it is none of ours."""
    if written is not None and written not in map(str, range(FORMAT + 1)):
        raise StoreNewer()


def is_current(connection: sa.Connection) -> bool:
    """Whether ``upgrade`` would have nothing to do."""
    there = sa.inspect(connection).get_table_names()
    if not {*metadata.tables} <= {*there}:
        return False
    allow(written := _marked(connection, FORMAT_MARK))
    return written == str(FORMAT) and _marked(connection, SCHEMA) == _shape()


def upgrade(connection: sa.Connection) -> None:
    """Make the tables that are not there, and the derived ones anew when they have other columns. Raises
    StoreNewer, and changes nothing, where a newer program wrote it."""
    shape, known = _shape(), sa.inspect(connection).has_table(mark.name)
    if known:
        allow(_marked(connection, FORMAT_MARK))
    fits = known and _marked(connection, SCHEMA) == shape
    if not fits:
        metadata.drop_all(connection, DERIVED)
    metadata.create_all(connection)
    _mark(connection, FORMAT_MARK, str(FORMAT))
    if fits:
        return
    _rekey(connection)
    projection.restart(connection)
    _mark(connection, SCHEMA, shape)


def _rekey(connection: sa.Connection) -> None:
    """Give what came before the keys that it would have now. Tables that name no unit keep theirs: which of
    them were taken for one project is history."""
    columns = (version.c.key, version.c.unit, version.c.name, version.c.year)
    query = sa.select(*columns).where(version.c.unit.is_not(None), version.c.unit != "").distinct()
    for old, *said in connection.execute(query).all():
        if (new := key_of(*said)) != old:
            for table in (version, oplog, judgement, verdict):
                connection.execute(sa.update(table).where(table.c.key == old).values(key=new))


def _marked(connection: sa.Connection, name: str) -> str | None:
    return connection.scalar(sa.select(mark.c.value).where(mark.c.name == name))


def _mark(connection: sa.Connection, name: str, value: str) -> None:
    if _marked(connection, name) != value:
        connection.execute(sa.delete(mark).where(mark.c.name == name))
        connection.execute(sa.insert(mark).values(name=name, value=value))


def _shape() -> str:
    """The same for the same columns."""
    columns = [f"{table.name}.{column.name} {column.type!r}" for table in DERIVED for column in table.c]
    indices = sorted(index.name or "" for table in DERIVED for index in table.indexes)
    return hashlib.sha256("\n".join([*columns, *indices, DERIVING]).encode()).hexdigest()
