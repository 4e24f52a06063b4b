"""The app's side of the processes that mark files."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.exports.marked.changes import JSON, ChangeList
from dashboard.exports.marked.marking import TOO_MUCH, Marked
from parsing import ReadError
from parsing.runtime.worker_pool import Request, WorkerPool, python

Mark = Callable[[bytes, str, ChangeList], Marked]


class MarkerPool(WorkerPool):
    """A ``WorkerPool`` that marks: ``size`` files at a time."""

    def __init__(self, size: int = 2, wall_seconds: float | None = None) -> None:
        super().__init__(size, python("dashboard.exports.marked"), wall_seconds)

    def mark(self, data: bytes, name: str, changes: ChangeList) -> Marked:
        """As ``marking.mark``. A file that takes more than is allowed costs its own marks, not the list; what
        was read in it is left out where even that is too much. Raises ReadError where nothing could be made.
        """
        try:
            return self._mark(data, name, changes, "")
        except ReadError:
            pass
        try:
            return self._mark(b"", name, changes, TOO_MUCH)
        except ReadError:
            return self._mark(b"", name, changes._replace(tables=[]), TOO_MUCH)

    def _mark(self, data: bytes, name: str, changes: ChangeList, why: str) -> Marked:
        said: dict[str, object] = {"changes": JSON.dump_json(changes).decode(), "why": why}
        return self.ask(Request("mark", name, data, said), Marked.unpacked)[0]
