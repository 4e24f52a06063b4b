"""Opening the database, the two kinds of transaction, and what an error of the database means."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dashboard.store import data_folder
from dashboard.store.errors import (
    StoreBusy,
    StoreChanged,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreGone,
    StoreUnwritable,
)
from dashboard.store.hold import Hold
from dashboard.store.upgrade import is_current, upgrade

BUSY_SECONDS = 5.0  # another program is waited for, before StoreBusy says that it takes long
LOOK_SECONDS = 0.05  # between two tries meanwhile: SQLite's own grow rare, and many writers starve one
ERRORS: dict[int | str, type[StoreError]] = {  # SQLite's result codes and SQLSTATEs → what they mean
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    "55P03": StoreBusy,
    "40001": StoreBusy,
    "53100": StoreFull,
    "25006": StoreUnwritable,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreUnwritable,
    sqlite3.SQLITE_IOERR: StoreUnwritable,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_NOTADB: StoreDamaged,
    sqlite3.SQLITE_IOERR_SHORT_READ: StoreDamaged,
    sqlite3.SQLITE_CANTOPEN: StoreGone,
    "XX001": StoreDamaged,
    "XX002": StoreDamaged,
}
LACKS = ("no such table", "no such column")
PRAGMAS = (
    f"busy_timeout={BUSY_SECONDS * 1000:.0f}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
)


def connect(where: str | Path) -> sa.Engine:
    """The engine of a folder (``jilan.db`` in it; the ``Hold`` is among its execution options) or of an
    SQLAlchemy URL, its tables made.

    Raises StoreError when the folder cannot be written, StoreDamaged or StoreNewer when what is there cannot
    be opened: it is then left as it is; StoreBusy when there is something to make and another program does
    not let us.
    """
    text = str(where)
    try:
        engine = sa.create_engine(text) if "://" in text else _of_folder(Path(text))
        sa.event.listen(engine, "handle_error", _meaning, retval=True)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _prepare)
            sa.event.listen(engine, "begin", _begin)
        try:
            with reading(engine) as connection:
                current = is_current(connection)
            if not current:
                with writing(engine) as connection:  # under the write lock: two programs may start at once
                    upgrade(connection)
        except BaseException:
            engine.dispose()
            raise
    except (OSError, sqlite3.Error, sa.exc.DBAPIError) as error:
        if known := meaning(error):
            raise known from error
        raise StoreError(f"打不开数据文件夹“{text}”：请确认文件夹可以写入，且没有被其他程序损坏") from error
    return engine


def _of_folder(folder: Path) -> sa.Engine:
    folder.mkdir(parents=True, exist_ok=True)
    data_folder.make(folder)
    hold, file = Hold(folder), data_folder.database(folder)
    with hold:
        data_folder.look(folder)
    url = sa.URL.create("sqlite", database=file.as_uri(), query={"mode": "rw", "uri": "true"})
    engine = sa.create_engine(
        url,  # that makes no file where somebody took it away
        connect_args={"timeout": BUSY_SECONDS},
        pool_size=8,
        max_overflow=32,
        execution_options={"hold": hold},
    )
    hold.attend(engine)
    return engine


def close(engine: sa.Engine, seconds: float) -> None:
    """Close all connections, as soon as those that are in use are not, at the latest after ``seconds``; of a
    folder, let nobody in again and empty the write-ahead log into the database."""
    hold: Hold | None = engine.get_execution_options().get("hold")
    if hold is None:
        return engine.dispose()
    hold.close(engine, seconds)
    with suppress(StoreError, sqlite3.Error), hold, closing(data_folder.raw(hold.folder)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


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
    if str(error).startswith(LACKS):  # SQLite has no code of its own for it
        return StoreChanged()
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
