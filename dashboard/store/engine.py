"""Opening the database, the two kinds of transaction, and what an error of the database means."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dashboard.store.errors import StoreBusy, StoreDamaged, StoreError
from dashboard.store.upgrade import is_current, upgrade

BUSY_SECONDS = 5.0  # another program is waited for, before StoreBusy says that it takes long
LOOK_SECONDS = 0.05  # between two tries meanwhile: SQLite's own grow rare, and many writers starve one
ERRORS: dict[int | str, type[StoreError]] = {  # SQLite's result codes and SQLSTATEs → what they mean
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    "55P03": StoreBusy,
    "40001": StoreBusy,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_NOTADB: StoreDamaged,
    sqlite3.SQLITE_IOERR_SHORT_READ: StoreDamaged,
    "XX001": StoreDamaged,
    "XX002": StoreDamaged,
}
PRAGMAS = (
    f"busy_timeout={BUSY_SECONDS * 1000:.0f}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
)


def connect(where: str | Path) -> sa.Engine:
    """The engine of a folder (``jilan.db`` in it) or of an SQLAlchemy URL, its tables made.

    Raises StoreError when the folder cannot be written, StoreDamaged when the file is no database, StoreBusy
    when there is something to make and another program does not let us.
    """
    text = str(where)
    try:
        if "://" in text:
            engine = sa.create_engine(text)
        else:
            Path(text).mkdir(parents=True, exist_ok=True)
            url = sa.URL.create("sqlite", database=str(Path(text) / "jilan.db"))
            engine = sa.create_engine(
                url, connect_args={"timeout": BUSY_SECONDS}, pool_size=8, max_overflow=32
            )
        sa.event.listen(engine, "handle_error", _meaning, retval=True)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _prepare)
            sa.event.listen(engine, "begin", _begin)
        with reading(engine) as connection:
            current = is_current(connection)
        if not current:
            with writing(engine) as connection:  # under the write lock: two programs may start at once
                upgrade(connection)
    except (OSError, sa.exc.DBAPIError) as error:
        raise StoreError(f"打不开数据文件夹“{text}”：请确认文件夹可以写入，且没有被其他程序损坏") from error
    return engine


@contextmanager
def writing(engine: sa.Engine, patience: float | None = None) -> Iterator[sa.Connection]:
    """A transaction that holds the write lock from its start: what it reads stays true until it commits.
    Raises StoreBusy when another program holds that lock for longer than ``patience`` seconds."""
    seconds = BUSY_SECONDS if patience is None else patience
    with engine.connect().execution_options(patience=seconds) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that sees one moment of the store."""
    with engine.connect() as connection, connection.begin():
        yield connection


def meaning(error: BaseException) -> StoreError | None:
    """What an error of the database driver means to the person who asked; None when it is none of ERRORS."""
    code = getattr(error, "sqlite_errorcode", None)
    codes = (code, code & 0xFF) if isinstance(code, int) else (getattr(error, "sqlstate", None),)
    known = next((ERRORS[one] for one in codes if one in ERRORS), None)
    return known() if known else None


def _meaning(context: sa.engine.ExceptionContext) -> BaseException | None:
    return meaning(context.original_exception)


def _prepare(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # else the driver begins late, and two writers lose each other's work
    for attempt in range(50):
        try:
            for pragma in PRAGMAS:
                raw.execute(f"PRAGMA {pragma}")
            return
        except raw.OperationalError:  # the change to WAL does not wait for a busy file by itself
            if attempt == 49:
                raise
            time.sleep(0.1)


def _begin(connection: sa.Connection) -> None:
    patience = connection.get_execution_options().get("patience")
    if patience is None:
        connection.exec_driver_sql("BEGIN")
        return
    until = time.monotonic() + patience
    connection.exec_driver_sql(f"PRAGMA busy_timeout={LOOK_SECONDS * 1000:.0f}")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except StoreBusy:
                if time.monotonic() > until:
                    raise
    finally:
        connection.exec_driver_sql(f"PRAGMA {PRAGMAS[0]}")
