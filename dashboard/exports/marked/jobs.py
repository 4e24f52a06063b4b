"""Files being given back: made by threads of the app's own, whoever looks on, clicks twice or leaves."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import NamedTuple

from dashboard.exports.marked.give_back import MarkedFiles, OnProgress
from dashboard.store import StoreError
from parsing import ReadError, Standard

KEPT_BYTES = 64 << 20  # of files that were made: asked for once more, they are there at once
FAILED = "没有生成退回修改单，请稍后再点一次；仍不行时，请把程序窗口里的提示发给维护人员"
logger = logging.getLogger("dashboard")


class MarkingOrder(NamedTuple):
    """What somebody asked for; ``version``: of what the store held then."""

    upload_id: int
    keys: tuple[str, ...]
    standard: Standard
    made: date
    version: int

    @property
    def same(self) -> tuple[object, ...]:
        """Orders that are one to us have the same."""
        return (*self[:2], self.standard.name, *self[3:])


class MarkingJob:
    """An order on its way. ``done`` of ``all`` steps (0 while it waits); at its end either ``returned``, or
    ``trouble``, a sentence."""

    def __init__(self, order: MarkingOrder) -> None:
        self.order, self.begun = order, monotonic()
        self.done = self.all = 0
        self.returned: MarkedFiles | None = None
        self.trouble = ""

    @property
    def finished(self) -> bool:
        return self.returned is not None or bool(self.trouble)

    def on_progress(self, done: int, every: int) -> None:
        self.done, self.all = done, every


class MarkingQueue:
    """``give`` makes what was ordered, for ``size`` orders at a time."""

    def __init__(self, give: Callable[[MarkingOrder, OnProgress], MarkedFiles], size: int = 2) -> None:
        self._give, self._lock = give, Lock()
        self._jobs: dict[tuple[object, ...], MarkingJob] = {}  # the oldest first
        self._waiting: SimpleQueue[MarkingJob] = SimpleQueue()
        for _ in range(size):
            Thread(target=self._work, daemon=True, name="returns").start()

    def ask(self, order: MarkingOrder) -> MarkingJob:
        """The job of this order: of a second click, the same, under way or finished; of one that failed, a
        new one."""
        with self._lock:
            known = self._jobs.pop(order.same, None)
            job = known if known and not known.trouble else MarkingJob(order)
            self._jobs[order.same] = job
        if job is not known:
            self._waiting.put(job)
        return job

    def _work(self) -> None:
        while True:
            job = self._waiting.get()
            try:
                job.returned = self._give(job.order, job.on_progress)
            except (StoreError, ReadError) as error:
                job.trouble = str(error) if isinstance(error, StoreError) else error.reason
            except Exception:
                logger.exception("没有生成退回修改单")
                job.trouble = FAILED
            self._forget()

    def _forget(self) -> None:
        """Let go of the oldest files."""
        with self._lock:
            room = KEPT_BYTES
            for key, job in reversed([*self._jobs.items()]):
                room -= len(job.returned.data) if job.returned else 0
                if job.finished and room < 0:
                    del self._jobs[key]
