"""Files on their way in: each read and stored on its own by threads of the app's own, whoever looks on or
leaves, and by the next app what this one did not come to."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from itertools import chain, repeat
from queue import SimpleQueue
from threading import Condition, Event, Thread
from typing import NamedTuple

from dashboard.ingest import upload_limit
from dashboard.ingest.refusal import NotReceived, refusal
from dashboard.ingest.spool import Spool, SpoolEntry
from dashboard.store import StoreBusy
from parsing import Reading, Unread
from parsing.errors import TooLarge

LATEST = 8
READERS = 2
AHEAD = 4  # files read, and in memory, before those that came first are stored
LOOK_SECONDS = 60.0  # between two looks whether another program ended and left something
PAUSES = (1, 2, 4, 8, 15, 30)  # seconds between two tries at a store that is busy
Files = Iterable[tuple[str, bytes]]
Read = Callable[[str, bytes], Reading]
Answer = Future[tuple[bytes, Reading]]
Keep = Callable[[str, bytes, Reading, str], Reading]
logger = logging.getLogger(__name__)


class Arrived(NamedTuple):
    """A file that was just read: its projects, and the first trouble or the kind of another table."""

    file: str
    projects: int
    trouble: str

    @classmethod
    def of(cls, file: str, reading: Reading) -> Arrived:
        troubles = (
            *(unread_item.reason for unread_item in reading.unread),
            *(other.kind for other in reading.others),
        )
        return cls(file, len(reading.projects), next(iter(troubles), ""))


class IngestQueue:
    """``read`` says what is in a file; ``keep(file, data, reading, ident)`` stores it, and gives what it
    stored; an ident that was stored before it does not store again. Both may raise anything.

    ``done`` of ``all`` files, since nobody waited; ``latest``: the newest of them first; ``waits``: the store
    is busy, and will be asked again; ``unheld``: why files are neither stored nor in the spool.
    """

    def __init__(self, read: Read, keep: Keep, spool: Spool) -> None:
        self.all = self.done = 0
        self.latest: deque[Arrived] = deque(maxlen=LATEST)
        self.waits = False
        self.unheld: list[Unread] = []
        self.spool = spool
        self._read, self._keep = read, keep
        self._queue: deque[SpoolEntry] = deque()
        self._changed = Condition()
        self._to_read: SimpleQueue[tuple[SpoolEntry, Answer]] = SimpleQueue()
        self._ends = Event()
        self._wait(spool.left())
        for work in (self._work, *[self._read_on] * READERS):
            Thread(target=work, daemon=True, name="incoming").start()

    @property
    def busy(self) -> bool:
        return self.done < self.all

    def add(self, files: Files) -> None:
        """Take files in: when this returns, each is on the disk, or in ``unheld``."""
        entries: list[SpoolEntry] = []
        try:
            for name, data in files:
                try:
                    upload_limit.check(name, len(data))
                    entries.append(self.spool.put(name, data))
                except (NotReceived, TooLarge) as error:
                    self.unheld.append(refusal(name, error))
        finally:
            self._wait(entries)

    def again(self, idents: Iterable[str]) -> None:
        """Try once more to store files that were rejected."""
        self._wait([entry for ident in idents if (entry := self.spool.again(ident))])

    def close(self) -> None:
        """Take no more; what waits is left for the next program."""
        self._ends.set()
        with self._changed:
            self._changed.notify()

    def _wait(self, entries: list[SpoolEntry]) -> None:
        with self._changed:
            if not self.busy:
                self.all = self.done = 0
                self.latest.clear()
            self.all += len(entries)
            self._queue.extend(entries)
            self._changed.notify()

    def _work(self) -> None:
        ahead: deque[tuple[SpoolEntry, Answer]] = deque()
        while not self._ends.is_set():
            for entry in self._next([entry for entry, _ in ahead]):
                ahead.append((entry, Future()))
                self._to_read.put(ahead[-1])
            if ahead:
                self._take(*ahead.popleft())
            elif not self._ends.is_set():
                self._wait(self.spool.left())

    def _next(self, ahead: list[SpoolEntry]) -> list[SpoolEntry]:
        """What to read now; none after a long time. With a file that may have ended a program no other is
        read, so that nobody suspects that one next time."""
        with self._changed:
            if not ahead:
                self._changed.wait_for(lambda: self._queue or self._ends.is_set(), LOOK_SECONDS)
            now = list(ahead)
            while self._queue and len(now) < AHEAD:
                if now and (now[-1].suspect or self._queue[0].suspect):
                    break
                now.append(self._queue.popleft())
            return now[len(ahead) :]

    def _read_on(self) -> None:
        while True:
            entry, answer = self._to_read.get()
            try:
                self.spool.mark(entry, reads=1)
                data = self.spool.content(entry)
                answer.set_result((data, self._read(entry.name, data)))
            except Exception as error:
                answer.set_exception(error)

    def _take(self, entry: SpoolEntry, answer: Answer) -> None:
        """Store a file, or put it aside with the reason; when the program ends, leave it as it is."""
        try:
            reading = self._stored(entry, *answer.result())
            if reading is None:
                return
            self.spool.drop(entry)
        except Exception as error:
            if self._ends.is_set():  # the trouble is the program's
                return
            logger.exception("没有存下来：%s", entry.name)
            reading = Reading(unread=(why := refusal(entry.name, error),))
            try:
                self.spool.reject(entry, why)
            except OSError:  # it stays where it is, and the next program takes it
                self.unheld.append(why)
        with self._changed:
            self.latest.appendleft(Arrived.of(entry.name, reading))
            self.done += 1

    def _stored(self, entry: SpoolEntry, data: bytes, reading: Reading) -> Reading | None:
        """What was stored, which may be a refusal; None when the program ends first. Raises what ``keep``
        does, but waits for a store that is busy."""
        pauses = chain(PAUSES, repeat(PAUSES[-1]))
        try:
            while not self._ends.is_set():
                self.spool.mark(entry, keeps=1)
                try:
                    return self._keep(entry.name, data, reading, entry.ident)
                except StoreBusy:
                    self.spool.mark(entry)
                    self.waits = True
                    self._ends.wait(next(pauses))
            return None
        finally:
            self.waits = False
