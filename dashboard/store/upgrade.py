"""A store of an older version of ours: its record stays, its derived tables are made anew."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from dashboard.store import counted
from dashboard.store.schema import DERIVED, mark, metadata

SCHEMA = "schema"


def is_current(connection: sa.Connection) -> bool:
    """Whether ``upgrade`` would have nothing to do."""
    there = sa.inspect(connection).get_table_names()
    return {*metadata.tables} <= {*there} and _marked(connection) == _shape()


def upgrade(connection: sa.Connection) -> None:
    """Make the tables that are not there, and the derived ones anew when they have other columns."""
    metadata.create_all(connection)
    shape = _shape()
    if _marked(connection) == shape:
        return
    metadata.drop_all(connection, DERIVED)
    metadata.create_all(connection)
    counted.restart(connection)
    connection.execute(sa.delete(mark).where(mark.c.name == SCHEMA))
    connection.execute(sa.insert(mark).values(name=SCHEMA, value=shape))


def _marked(connection: sa.Connection) -> str | None:
    return connection.scalar(sa.select(mark.c.value).where(mark.c.name == SCHEMA))


def _shape() -> str:
    """The same for the same columns."""
    columns = [f"{table.name}.{column.name} {column.type!r}" for table in DERIVED for column in table.c]
    indices = sorted(index.name or "" for table in DERIVED for index in table.indexes)
    return hashlib.sha256("\n".join(columns + indices).encode()).hexdigest()
