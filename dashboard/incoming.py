"""Files on their way in: read by a thread of the app's own, whoever looks on or leaves, and by the next
app what this one did not come to."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import NamedTuple

from dashboard.intake import Told
from dashboard.spool import Spool
from parsing import Reading

LATEST = 8
Files = Sequence[tuple[str, bytes]]
Paths = Sequence[Path | None]  # where each of them waits on disk
Take = Callable[[Files, Told], object]
logger = logging.getLogger(__name__)


class Arrived(NamedTuple):
    """A file that was just read: its projects, and the first trouble or the kind of another table."""

    file: str
    projects: int
    trouble: str

    @classmethod
    def of(cls, file: str, said: Reading) -> Arrived:
        troubles = (*(one.reason for one in said.unread), *(one.kind for one in said.others))
        return cls(file, len(said.projects), next(iter(troubles), ""))


class Incoming:
    """``take`` has files read and kept, and tells of each. ``done`` of ``all`` files, since nobody waited;
    ``latest``: the newest of them first; ``lost``: names of files that could not even be kept."""

    def __init__(self, take: Take, spool: Spool) -> None:
        self.all = self.done = 0
        self.latest: deque[Arrived] = deque(maxlen=LATEST)
        self.lost: list[str] = []
        self._take = take
        self._spool = spool
        self._waiting: SimpleQueue[tuple[Files, Paths]] = SimpleQueue()
        self._lock = Lock()
        left = [*spool.left()]
        self.lost += [name for _, name, data in left if data is None]
        spool.drop([path for path, _, data in left if data is None])
        whole = [(path, name, data) for path, name, data in left if data is not None]
        self._wait([(name, data) for _, name, data in whole], [path for path, _, _ in whole])
        Thread(target=self._work, daemon=True, name="incoming").start()

    @property
    def busy(self) -> bool:
        return self.done < self.all

    def add(self, files: Files) -> None:
        self._wait(files, [self._spool.put(name, data) for name, data in files])

    def _wait(self, files: Files, paths: Paths) -> None:
        with self._lock:
            if not self.busy:
                self.all = self.done = 0
                self.latest.clear()
            self.all += len(files)
        self._waiting.put((files, paths))

    def _work(self) -> None:
        while True:
            files, paths = self._waiting.get()
            before = self.done

            def told(
                done: int, every: int, file: str, said: Reading, before: int = before, paths: Paths = paths
            ) -> None:
                self._spool.drop(paths[done - 1 : done])
                self.latest.appendleft(Arrived.of(file, said))
                self.done = before + done

            try:
                self._take(files, told)
            except Exception:  # the disk is full, say: the page tells which files are missing
                logger.exception("有文件没有存下来")
                self.lost += [file for file, _ in files[self.done - before :]]
                self._spool.drop(paths)
            with self._lock:
                self.done = before + len(files)
