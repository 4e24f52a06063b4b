"""Locks on folders that end with the program that holds them, whatever the system."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK = "lock.db"
GUARD_SECONDS = 10.0
FolderLock = sqlite3.Connection  # until it is closed


def hold(folder: Path, seconds: float = 0) -> FolderLock | None:
    """A lock on the folder that ends with the program, whatever the system; None where another has it.
    Raises OSError where none can be had."""
    path = folder / LOCK
    for last in (False, True):
        lock = None
        try:
            lock = sqlite3.connect(path, timeout=seconds, check_same_thread=False, isolation_level=None)
            lock.execute("BEGIN EXCLUSIVE")
            return lock
        except sqlite3.Error as error:
            if lock:
                lock.close()
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_BUSY:
                return None
            if last or code != sqlite3.SQLITE_NOTADB:
                raise OSError(str(error)) from error
        path.unlink()  # something else of that name: it locks nothing
    return None


@contextmanager
def guard(folder: Path) -> Iterator[bool]:
    """While nobody else is in a guard of this folder, which is made; False where somebody is for long."""
    lock, alone = None, True
    with suppress(OSError):  # no lock is to be had here: two programs are seldom in it at one moment
        folder.mkdir(parents=True, exist_ok=True)
        lock = hold(folder, GUARD_SECONDS)
        alone = lock is not None
    try:
        yield alone
    finally:
        if lock:
            lock.close()
