"""Whether a store is what it should be: the database sound, the record readable, and what was derived from it
what would be derived again. Nothing in the folder is changed: copies are looked at."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from dashboard.store import data_folder, log, projection, stored, verdicts
from dashboard.store.backups import STANDARDS, snapshot
from dashboard.store.derive import unpack
from dashboard.store.derived_schema import DERIVED
from dashboard.store.engine import connect, meaning, writing
from dashboard.store.errors import StoreDamaged, StoreError, StoreNewer
from dashboard.store.record import Store
from dashboard.store.schema import blob, upload, version
from dashboard.store.standards import copied

MOST = 5  # examples of each kind of trouble


def verify(folder: Path) -> list[str]:
    """What is wrong with the store of a folder, a sentence each; nothing where all is well. Raises StoreError
    where it cannot be looked at: nothing is there, or a newer program wrote it, or it is in use."""
    with TemporaryDirectory(prefix="jilan-verify-") as name:
        here, anew = Path(name) / "here", Path(name) / "anew"
        here.mkdir()
        try:
            snapshot(folder, data_folder.database(here))
        except StoreError as error:
            if type(error) is not StoreDamaged:
                raise
            return [error.reason]
        except sqlite3.Error as error:
            known = meaning(error)
            if not isinstance(known, StoreDamaged):
                raise known or StoreError(f"没有查成：{error}") from error
            return [known.reason]
        (here / STANDARDS).mkdir()
        for file in copied(folder / STANDARDS):
            with suppress(OSError):  # what cannot be read is no standard here either
                shutil.copy(file, here / STANDARDS)
        shutil.copytree(here, anew)
        troubles = list(_references(here))
        try:
            for trouble in _record(here):
                troubles.append(trouble)  # one by one: what comes before a newer one is kept
        except StoreNewer:
            if not troubles:
                raise
        if troubles:  # what cannot be read cannot be derived again
            return [*troubles, "因为原始记录有问题，没有核对各页所用的数据表"]
        try:
            _settled(here, rebuilt=False)
            _settled(anew, rebuilt=True)
        except StoreDamaged as error:
            if isinstance(error, StoreNewer):
                raise
            return [error.reason]
        return [*_differences(here, anew)]


def _references(folder: Path) -> Iterator[str]:
    with closing(data_folder.raw(folder)) as raw:
        lost = raw.execute("PRAGMA foreign_key_check").fetchall()
    if lost:
        tables = "、".join(sorted({row[0] for row in lost}))
        yield f"有 {len(lost):,} 行指向已不存在的记录（{tables}）"


def _record(folder: Path) -> Iterator[str]:
    """Files that are not what came in, and what cannot be read of what was read in them and said of it.
    Raises StoreNewer, after all else, where a newer program wrote some of that."""
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(data_folder.database(folder))))
    checks: tuple[tuple[str, sa.Select[Any], Callable[[Any, Any], object]], ...] = (
        ("原文件与导入时不同", sa.select(blob.c.sha, blob.c.data), _same),
        ("读出的项目打不开", sa.select(version.c.id, version.c.payload), _project),
        ("读出的内容打不开", sa.select(upload.c.id, upload.c.reading), _reading),
    )
    newer: list[StoreNewer] = []
    try:
        with engine.connect() as connection:
            for words, select, read in checks:
                wrong = []
                for ident, value in connection.execution_options(stream_results=True).execute(select):
                    try:
                        read(ident, value)
                    except StoreNewer as error:
                        newer.append(error)
                    except StoreDamaged:
                        wrong.append(str(ident))
                if wrong:
                    which = "、".join(text[:12] for text in wrong[:MOST])
                    yield f"{words}：{len(wrong):,} 份（编号 {which}{' 等' if len(wrong) > MOST else ''}）"
            try:
                _said(connection)
            except StoreNewer as error:
                newer.append(error)
            except StoreDamaged as error:
                yield error.reason
    finally:
        engine.dispose()
    if newer:
        raise newer[0]


def _same(sha: str, data: bytes) -> None:
    if hashlib.sha256(data).hexdigest() != sha:
        raise StoreDamaged()


def _project(number: int, payload: bytes) -> None:
    unpack(payload, number)


def _reading(number: int, text: str) -> None:
    stored.reading(text, number)


def _said(connection: sa.Connection) -> None:
    """What people did and decided."""
    log.heads(connection)
    verdicts.every(connection)


def _settled(folder: Path, rebuilt: bool) -> None:
    with closing(Store(connect(folder), folder / STANDARDS)) as store:
        if rebuilt:
            with writing(store.engine) as connection:
                projection.restart(connection)
        store.settle()


def _differences(path: Path, anew: Path) -> Iterator[str]:
    with closing(data_folder.raw(path)) as raw:
        raw.execute("ATTACH ? AS anew", (str(data_folder.database(anew)),))
        for table in DERIVED:
            columns = ", ".join(column.name for column in table.c if not _is_number(column))
            mine, again = (f"SELECT {columns} FROM {which}.{table.name}" for which in ("main", "anew"))
            sides = (f"{mine} EXCEPT {again}", f"{again} EXCEPT {mine}")
            more, less = (_count(raw, f"SELECT count(*) FROM ({side})") for side in sides)
            both = [_count(raw, f"SELECT count(*) FROM {which}.{table.name}") for which in ("main", "anew")]
            if more or less or both[0] != both[1]:
                rows_of = f"现有 {both[0]:,} 行，应有 {both[1]:,} 行，{max(more, less):,} 行内容不同"
                yield f"数据表 {table.name} 与按原始记录重新整理的不同：{rows_of}"


def _is_number(column: sa.Column[object]) -> bool:
    """Whether the database itself numbers the rows there, in the order in which they happened to come."""
    return bool(column.primary_key and column.name == "id" and len(column.table.primary_key) == 1)


def _count(raw: sqlite3.Connection, question: str) -> int:
    return int(raw.execute(question).fetchone()[0])
