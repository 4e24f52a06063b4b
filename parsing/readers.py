"""Reading in processes apart, for the app and for many files at once."""

from __future__ import annotations

from collections.abc import Sequence

from parsing.model import Reading
from parsing.pictures import Picture
from parsing.reading import joined
from parsing.worker_pool import Request, WorkerPool, python


class Readers(WorkerPool):
    """A ``WorkerPool`` that reads: ``size`` files at a time."""

    def __init__(
        self, size: int = 2, command: Sequence[str] | None = None, wall_seconds: float | None = None
    ) -> None:
        super().__init__(size, command or python("parsing.worker"), wall_seconds)

    def read(self, name: str, data: bytes, password: str | None = None) -> Reading:
        """What ``parsing.read`` says of the bytes. Raises the ReadError it raised, or ReaderDied when the
        file took more memory or time than allowed, or ended the process that read it."""
        request = Request("read", name, data, {"password": password})
        return joined(self.ask(request, Reading.model_validate_json))

    def picture(self, name: str, data: bytes, page: int, password: str | None = None) -> Picture:
        """What ``parsing.picture`` makes of page ``page`` (from 1). Raises as ``read`` does."""
        request = Request("picture", name, data, {"page": page, "password": password})
        return self.ask(request, Picture.model_validate_json)[0]
