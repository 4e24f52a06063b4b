"""What stands in a data folder before it is opened: nothing yet, a store, or what is left of one.

A store is made beside its place and put there whole: a ``jilan.db`` without tables was a store once, and
what was in it is lost or elsewhere. It is said, and never taken for a first start.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from dashboard.store.derived_schema import mark
from dashboard.store.errors import StoreDamaged, StoreInUse
from dashboard.store.hold import WAIT, alone
from dashboard.store.schema import blob, oplog, upload, version
from dashboard.store.upgrade import FORMAT_MARK, allow, upgrade

DATABASE = "jilan.db"
MAGIC = b"SQLite format 3\0"
ALWAYS = {table.name for table in (blob, upload, version, oplog)}  # in a store of whatever age
LOST = (
    "请把原来文件夹里的 jilan.db-wal 与 jilan.db 一起复制过来，或用备份恢复"
    "（python -m dashboard restore 备份文件）；确实没有旧数据的，把 jilan.db 改名移走后重新启动"
)


def database(folder: Path) -> Path:
    """The database of a folder."""
    return folder / DATABASE


def make(folder: Path) -> None:
    """Put an empty store where there is none. Raises StoreDamaged where there was one."""
    file, until = database(folder), time.monotonic() + WAIT
    while not file.exists():
        if _size(wal(file)):
            raise StoreDamaged("数据文件夹里只有 jilan.db-wal，没有 jilan.db，数据不完整", LOST)
        try:
            with alone(folder):
                if not file.exists():
                    _make(file)
        except StoreInUse:  # by somebody who makes it just now, and then opens it
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _make(file: Path) -> None:
    part = file.with_name(f".{uuid4().hex}.db")
    try:
        engine = sa.create_engine(sa.URL.create("sqlite", database=str(part)), poolclass=sa.NullPool)
        with engine.begin() as connection:
            connection.exec_driver_sql("BEGIN")  # else the driver commits, and waits for the disk, a table
            upgrade(connection)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    settle_names(file.parent)


def raw(folder: Path) -> sqlite3.Connection:
    """A connection to the database of a folder that changes nothing by itself. Raises sqlite3.Error where
    there is none."""
    return sqlite3.connect(
        f"{database(folder).as_uri()}?mode=rw", uri=True, timeout=WAIT, isolation_level=None
    )


def look(folder: Path) -> None:
    """Look at the database of a folder without changing it. Raises StoreDamaged where it is empty, cut off or
    no store of ours, StoreNewer where a newer program wrote it."""
    _header(database(folder))
    with closing(raw(folder)) as connection:
        connection.execute("BEGIN")
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = {name for (name,) in rows}
        if not tables:
            raise StoreDamaged(
                "数据库文件 jilan.db 里什么也没有，多半是程序运行时只复制了它，"
                "没有复制同时存在的 jilan.db-wal",
                LOST,
            )
        if missing := ALWAYS - tables:
            lacks = "、".join(sorted(missing))
            raise StoreDamaged(f"jilan.db 不是绩览的数据库，或已损坏：缺少数据表 {lacks}")
        if mark.name in tables:
            asked = f"SELECT value FROM {mark.name} WHERE name = ?"
            row = connection.execute(asked, (FORMAT_MARK,)).fetchone()
            allow(row[0] if row else None)


def _header(file: Path) -> None:
    """Before SQLite opens it: beside an empty file it would throw the write-ahead log away."""
    size = _size(file)
    if not size:
        raise StoreDamaged("数据库文件 jilan.db 是空的（0 字节），原来的数据不在里面", LOST)
    with file.open("rb") as opened:
        head = opened.read(100)
    if head[:16] != MAGIC:
        raise StoreDamaged()
    page = int.from_bytes(head[16:18], "big")
    whole = int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page)
    told = head[24:28] == head[92:96]  # else an old program wrote it, and the number of pages says nothing
    if told and size < whole and not _size(wal(file)):
        raise StoreDamaged(
            f"数据库文件 jilan.db 不完整：应有 {whole:,} 字节，现在只有 {size:,} 字节，可能没有复制完", LOST
        )


def wal(file: Path) -> Path:
    """The write-ahead log beside a database."""
    return file.with_name(f"{file.name}-wal")


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def settle_names(folder: Path) -> None:
    """Have what was renamed in a folder on the disk, where the system can be asked for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
