"""Which program has a data folder: several may share one, and who changes its files has it alone.

The lock ends with the program, however it ends and whatever the system. It is a transaction on a database
of its own, ``lock.db``; nothing is ever written to it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import sqlalchemy as sa

from dashboard.store.errors import StoreBusy, StoreInUse

NAME = "lock.db"
WAIT = 5.0  # seconds in which who has a folder alone is done with it


class Hold:
    """A program's share of a folder, taken when it opens the first connection to the store in it and given
    back when it has closed all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shut = False  # nobody gets a connection any more
        self._lock = Lock()
        self._share: sqlite3.Connection | None = None

    def share(self) -> None:
        """Raises StoreBusy while another has the folder alone."""
        with self._lock:
            if self._share is None:
                self._share = take(self.folder, "BEGIN", WAIT)
            if self._share is None:
                raise StoreBusy

    def release(self) -> None:
        with self._lock:
            if self._share is not None:
                self._share.close()
                self._share = None

    def __enter__(self) -> None:
        self.share()

    def __exit__(self, *_: object) -> None:
        self.release()

    def attend(self, engine: sa.Engine) -> None:
        """Share the folder as long as the engine has connections."""

        def checked_out(*_: object) -> None:
            if self.shut:
                raise StoreBusy

        sa.event.listen(engine, "do_connect", lambda *_: self.share())
        sa.event.listen(engine, "checkout", checked_out)
        sa.event.listen(engine, "engine_disposed", lambda _: self.release())

    def close(self, engine: sa.Engine, seconds: float) -> bool:
        """Let nobody in any more (StoreBusy), wait until those inside are done, and close all connections;
        whether they were done in time."""
        self.shut = True
        until = time.monotonic() + seconds
        while (inside := _inside(engine)) and time.monotonic() < until:
            time.sleep(0.01)
        engine.dispose()
        return not inside


def _inside(engine: sa.Engine) -> int:
    pool = engine.pool
    return pool.checkedout() if isinstance(pool, sa.QueuePool) else 0


@contextmanager
def alone(folder: Path, seconds: float = 0) -> Iterator[None]:
    """Have a folder for oneself. Raises StoreInUse when another has it, or a share of it, for longer."""
    lock = take(folder, "BEGIN EXCLUSIVE", seconds)
    if lock is None:
        raise StoreInUse("这个数据文件夹正由运行中的绩览使用，请先关闭它")
    try:
        yield
    finally:
        lock.close()


def take(folder: Path, how: str, seconds: float = 0) -> sqlite3.Connection | None:
    """A lock on a folder that ends when it is closed or with the program; None where another has it. Raises
    sqlite3.Error where there can be none, as in a folder that cannot be written."""
    lock = sqlite3.connect(folder / NAME, timeout=seconds, check_same_thread=False, isolation_level=None)
    try:
        lock.execute(how)
        lock.execute("SELECT name FROM sqlite_master").fetchall()  # only now is a share taken
    except sqlite3.OperationalError as error:
        lock.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return None
    return lock
