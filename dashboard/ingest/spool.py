"""Files on disk until they are stored: what a program that ended had not come to, the next takes.

Below the folder stands one of each running program, ``kept`` (see ``rejects``), and whatever others put
there, which is left alone and told.
"""

from __future__ import annotations

import errno
import logging
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from dashboard.ingest import envelope
from dashboard.ingest.envelope import PART, Torn
from dashboard.ingest.folder_lock import LOCK, FolderLock, guard, hold
from dashboard.ingest.foreign_files import NOTED, ForeignFiles
from dashboard.ingest.refusal import EndedTwice, not_received, refusal
from dashboard.ingest.rejects import KEPT, Rejects
from parsing import Unread

FOLDER = "incoming"  # of the data
PROGRAM = re.compile(r"[0-9a-f]{32}")
ENTRY = re.compile(r"\d{20}-([0-9a-f]{32})\.(\d)(\d)")
READS, KEEPS = 3, 1  # programs that may end while they read, or store, a file, before it is put aside
OURS = (LOCK, f"{LOCK}-journal", KEPT, NOTED)
NOT_OURS = "不是本程序放的"
BEFORE = re.compile(r"\d{6}(\.again)?")  # entries of the program before they could be checked
OLD = "旧版程序没有存完的文件，请重新导入"
Strange = list[tuple[Path, str]]  # with why it was passed over
logger = logging.getLogger(__name__)


@dataclass
class SpoolEntry:
    """A file that waits. ``ident`` stays the same as long as it waits; ``reads``, ``keeps``: how often a
    program ended while it read, or stored, it; ``path`` says so to the next."""

    path: Path
    ident: str
    name: str
    reads: int = 0
    keeps: int = 0

    @property
    def suspect(self) -> bool:
        return bool(self.reads or self.keeps)


def waiting(folder: Path) -> int:
    """How many files wait in a folder, of whatever programs."""
    return sum(bool(ENTRY.fullmatch(path.name)) for path in folder.glob("*/*"))


class Spool:
    """Nothing in the folder makes it raise, but for what its methods say. For one thread that takes files
    and any that put them."""

    def __init__(self, folder: Path) -> None:
        self.strangers = ForeignFiles(folder)
        self.rejects = Rejects(folder / KEPT)
        self._all = folder
        self._own = folder / uuid4().hex
        self._lock: FolderLock | None = None

    def put(self, name: str, data: bytes) -> SpoolEntry:
        """Keep a file: it is on the disk when this returns. Raises NotReceived where it cannot be."""
        name = name.encode("utf-8", "replace").decode()
        try:
            entry = _entry(self._home(), uuid4().hex, name)
            envelope.seal(entry.path, name, data)
        except OSError as error:
            logger.warning("没有暂存：%s", name, exc_info=True)
            raise not_received(name, error) from error
        return entry

    def content(self, entry: SpoolEntry) -> bytes:
        """Raises Torn when the disk gives back something else, and OSError."""
        return envelope.content(entry.path)

    def mark(self, entry: SpoolEntry, reads: int = 0, keeps: int = 0) -> None:
        """Say that the entry is being read, or stored, or neither: should the program end now, the next
        knows."""
        stem = entry.path.name.rpartition(".")[0]
        with suppress(OSError):
            name = f"{stem}.{entry.reads + reads}{entry.keeps + keeps}"
            entry.path = entry.path.replace(entry.path.with_name(name))

    def drop(self, entry: SpoolEntry) -> None:
        """It is stored."""
        with suppress(OSError):
            entry.path.unlink()

    def reject(self, entry: SpoolEntry, why: Unread) -> None:
        """It cannot be stored: keep it apart until somebody dismisses it. Raises OSError."""
        self.rejects.put(entry.path, entry.ident, why)

    def again(self, ident: str) -> SpoolEntry | None:
        """Take back what was rejected; None where that is not possible."""
        path = self.rejects.path(ident)
        try:
            entry = _entry(self._home(), ident, envelope.head(path).name)
            path.replace(entry.path)
        except (OSError, Torn):
            return None
        self.rejects.dismiss(ident)  # its note
        return entry

    def left(self) -> list[SpoolEntry]:
        """What programs left when they ended, in order, now ours; what cannot be used of it is rejected, and
        what is not from us told as strange."""
        found: list[SpoolEntry] = []
        strange: Strange = []
        with suppress(OSError):
            self._home()
        with guard(self._all) as alone:
            if not alone:
                return []
            for path in _names(self._all, strange):
                try:
                    if path != self._own and path.name not in OURS:
                        found += self._left_in(path, strange)
                except OSError as error:
                    strange.append((path, _why(error)))
            self.strangers.found(strange)
        return sorted(found, key=lambda entry: entry.path.name)

    def _left_in(self, folder: Path, strange: Strange) -> list[SpoolEntry]:
        """Those in one folder, which goes when nothing else is in it. Raises OSError."""
        if not PROGRAM.fullmatch(folder.name) or not folder.is_dir():
            strange.append((folder, NOT_OURS))
            return []
        if (lock := hold(folder)) is None:
            return []  # of a program that runs
        found = []
        for path in _names(folder, strange):
            try:
                match = ENTRY.fullmatch(path.name.removesuffix(PART))
                if match and (entry := self._taken(path, match)):
                    found.append(entry)
                elif not match and path.name not in OURS:
                    strange.append((path, OLD if BEFORE.fullmatch(path.name) else NOT_OURS))
            except OSError as error:
                strange.append((path, _why(error)))
        lock.close()
        with suppress(OSError):
            (folder / LOCK).unlink()
            folder.rmdir()
        return found

    def _taken(self, path: Path, said: re.Match[str]) -> SpoolEntry | None:
        """A file of a program that ended, now ours; None where it is rejected. Raises OSError."""
        ident, reads, keeps = said[1], int(said[2]), int(said[3])
        try:
            name = envelope.head(path).name
            if path.suffix == PART:
                raise Torn(name)
            if reads > READS or keeps > KEEPS:
                raise EndedTwice(name)
        except (Torn, EndedTwice) as trouble:
            self.rejects.put(path, ident, refusal("名字读不出的文件", trouble))
            return None
        return SpoolEntry(path.replace(self._own / path.name), ident, name, reads, keeps)

    def _home(self) -> Path:
        """The folder of this program, made and locked when it is first needed, or gone. Raises OSError."""
        if self._lock is None or not self._own.is_dir():
            with guard(self._all):
                self._own.mkdir(parents=True, exist_ok=True)
                self._lock = hold(self._own)
        return self._own


def _entry(folder: Path, ident: str, name: str) -> SpoolEntry:
    return SpoolEntry(folder / f"{time.time_ns():020}-{ident}.00", ident, name)


def _names(folder: Path, strange: Strange) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        strange.append((folder, _why(error)))
        return []


def _why(error: OSError) -> str:
    return {errno.EACCES: "没有权限读取", errno.EPERM: "没有权限读取"}.get(error.errno or 0, "读不了")
