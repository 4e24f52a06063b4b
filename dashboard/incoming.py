"""Files on their way in: read by a thread of the app's own, whoever looks on, leaves or comes back."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Lock, Thread
from typing import NamedTuple

from dashboard.intake import Told
from parsing import Reading

LATEST = 8
Files = Sequence[tuple[str, bytes]]
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

    def __init__(self, take: Take) -> None:
        self.all = self.done = 0
        self.latest: deque[Arrived] = deque(maxlen=LATEST)
        self.lost: list[str] = []
        self._take = take
        self._waiting: SimpleQueue[Files] = SimpleQueue()
        self._lock = Lock()
        Thread(target=self._work, daemon=True, name="incoming").start()

    @property
    def busy(self) -> bool:
        return self.done < self.all

    def add(self, files: Files) -> None:
        with self._lock:
            if not self.busy:
                self.all = self.done = 0
                self.latest.clear()
            self.all += len(files)
        self._waiting.put(files)

    def _work(self) -> None:
        while True:
            files = self._waiting.get()
            before = self.done

            def told(done: int, every: int, file: str, said: Reading, before: int = before) -> None:
                self.latest.appendleft(Arrived.of(file, said))
                self.done = before + done

            try:
                self._take(files, told)
            except Exception:  # the disk is full, say: the page tells which files are missing
                logger.exception("有文件没有存下来")
                self.lost += [file for file, _ in files[self.done - before :]]
            with self._lock:
                self.done = before + len(files)
