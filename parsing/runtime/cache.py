"""What was read before, so that files that did not change are not read again."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

from pydantic import ValidationError

from parsing.errors import ReaderDied, Unsupported
from parsing.model import Reading
from parsing.reading import PARSER

FLEETING = {ReaderDied.code, Unsupported.code}  # may read another day: a free machine, an extra installed
BROKEN = (sqlite3.Error, zlib.error, ValidationError, TypeError)


def home() -> Path:
    """Where programs of this user keep what they can make again."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "jilan"


def parser() -> str:
    """The version of the parser; one that somebody is working on is another after each change."""
    files = sorted(Path(__file__).parents[1].rglob("*.[pt]*"))
    stamps = "".join(f"{file}{file.stat().st_mtime_ns}" for file in files if file.suffix in (".py", ".toml"))
    return f"{PARSER} {hashlib.sha256(stamps.encode()).hexdigest()[:16]}"


class ReadingCache:
    """Readings by content, name (it is in every place), taught forms and version of the parser, in one
    small SQLite file in ``folder``; those of another version go. A reading is safe once ``put`` returns;
    threads may share it. Whatever is wrong with the file is no trouble: what cannot be had is read anew.
    ``fresh``: nothing is taken from it, only put.
    """

    def __init__(self, folder: Path, fresh: bool = False) -> None:
        self._lock, self._fresh = Lock(), fresh
        file, version = folder / "readings.sqlite", parser()
        try:
            self._base = _opened(file, version)
        except (*BROKEN, OSError):
            with suppress(OSError):
                file.unlink()
            try:
                self._base = _opened(file, version)
            except (*BROKEN, OSError):  # a disk that is full or not ours
                self._base = sqlite3.connect(":memory:", check_same_thread=False)

    def get(self, name: str, data: bytes, taught: Sequence[str] = ()) -> Reading | None:
        if self._fresh:
            return None
        try:
            with self._lock:
                asked = self._base.execute(
                    "SELECT said FROM reading WHERE key = ?", (_key(name, data, taught),)
                )
                row = asked.fetchone()
            return Reading.model_validate_json(zlib.decompress(row[0])) if row else None
        except BROKEN:
            return None

    def put(self, name: str, data: bytes, reading: Reading, taught: Sequence[str] = ()) -> None:
        if any(unread.code in FLEETING for unread in reading.unread):
            return
        packed = zlib.compress(reading.model_dump_json().encode(), 1)
        with suppress(sqlite3.Error), self._lock:
            self._base.execute(
                "INSERT OR REPLACE INTO reading VALUES (?, ?)", (_key(name, data, taught), packed)
            )

    def close(self) -> None:
        with self._lock:
            self._base.close()


def _opened(file: Path, version: str) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    base = sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = OFF")  # what a power cut takes is read again
    base.execute("CREATE TABLE IF NOT EXISTS reading (key BLOB PRIMARY KEY, said BLOB) WITHOUT ROWID")
    base.execute("CREATE TABLE IF NOT EXISTS parser (version TEXT)")
    if base.execute("SELECT version FROM parser").fetchall() != [(version,)]:
        for change in ("BEGIN", "DELETE FROM reading", "DELETE FROM parser"):
            base.execute(change)
        base.execute("INSERT INTO parser VALUES (?)", (version,))
        base.execute("COMMIT")
    return base


def _key(name: str, data: bytes, taught: Sequence[str]) -> bytes:
    digests = (hashlib.sha256(content).digest() for content in (data, *(text.encode() for text in taught)))
    return hashlib.sha256(f"{name}\0".encode() + b"".join(digests)).digest()
