"""Files on disk until they are read and kept: what a program that ended had not come to, the next takes."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from uuid import uuid4

AGAIN = ".again"  # ends the name of a file that was already taken over once
logger = logging.getLogger(__name__)


class Spool:
    """A folder for each running program, below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._all, self._own = folder, folder / uuid4().hex
        self._own.mkdir(parents=True)
        self._lock = _hold(self._own)
        self._numbers = count()

    def put(self, name: str, data: bytes) -> Path | None:
        """Keep a file; None where it cannot be: it is read all the same."""
        path = self._own / f"{next(self._numbers):06}"
        try:
            part = path.with_suffix(".part")
            part.write_bytes(name.encode("utf-8", "replace") + b"\0" + data)
            return part.replace(path)
        except OSError:
            logger.warning("没有暂存：%s", name, exc_info=True)
            return None

    def left(self) -> Iterator[tuple[Path, str, bytes | None]]:
        """(path, name, content) of files that programs left when they ended, in order, now ours; no content
        where they were left twice: reading them may be what ends a program."""
        for folder in sorted(self._all.iterdir()):
            if folder == self._own or not folder.is_dir() or not (lock := _hold(folder)):
                continue
            for old in sorted(one for one in folder.iterdir() if one.suffix in ("", AGAIN)):
                path = self._own / f"{next(self._numbers):06}{AGAIN}"
                name, _, data = old.replace(path).read_bytes().partition(b"\0")
                yield path, name.decode(), None if old.suffix == AGAIN else data
            lock.close()
            shutil.rmtree(folder, ignore_errors=True)

    @staticmethod
    def drop(paths: Sequence[Path | None]) -> None:
        for path in paths:
            if path:
                with suppress(OSError):
                    path.unlink()


def _hold(folder: Path) -> sqlite3.Connection | None:
    """A lock on the folder that ends with the program, whatever the system; None where another has it."""
    lock = sqlite3.connect(folder / "lock.db", timeout=0, check_same_thread=False, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        return None
    return lock
