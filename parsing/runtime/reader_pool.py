"""Reading in processes apart, for the app and for many files at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from parsing.model import Reading
from parsing.pictures import Picture
from parsing.reading import joined
from parsing.runtime.worker_pool import Request, WorkerPool, python
from parsing.teaching import Lesson
from parsing.teaching.senses import CellSense
from parsing.teaching.sheets import Replica


class ReaderPool(WorkerPool):
    """A ``WorkerPool`` that reads: ``size`` files at a time. ``taught`` gives the texts of the forms that
    somebody showed; it is asked for each file, so that a new one counts at once."""

    def __init__(
        self,
        size: int = 2,
        command: Sequence[str] | None = None,
        wall_seconds: float | None = None,
        taught: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        super().__init__(size, command or python("parsing.runtime.worker"), wall_seconds)
        self._taught = taught

    def read(self, name: str, data: bytes, password: str | None = None) -> Reading:
        """What ``parsing.read`` says of the bytes. Raises the ReadError it raised, or ReaderDied when the
        file took more memory or time than allowed, or ended the process that read it."""
        request = Request("read", name, data, {"password": password, "taught": [*self._taught()]})
        return joined(self.ask(request, Reading.model_validate_json))

    def picture(self, name: str, data: bytes, page: int, password: str | None = None) -> Picture:
        """What ``parsing.picture`` makes of page ``page`` (from 1). Raises as ``read`` does."""
        request = Request("picture", name, data, {"page": page, "password": password})
        return self.ask(request, Picture.model_validate_json)[0]

    def sheets(self, name: str, data: bytes, password: str | None = None) -> list[Replica]:
        """The tables of a file as they stand, see ``parsing.teaching``. Raises as ``read`` does."""
        return self.ask(Request("sheets", name, data, {"password": password}), Replica.model_validate_json)

    def teach(
        self,
        name: str,
        data: bytes,
        sheet: tuple[str, str],
        answers: Sequence[CellSense],
        made: str,
        password: str | None = None,
    ) -> Lesson:
        """What ``parsing.teaching.teach`` makes of what was said of cells. Raises as ``read`` does, and
        FormError where it cannot be learned."""
        about = {"sheet": sheet, "answers": [*answers], "taught": [*self._taught()], "made": made}
        request = Request("teach", name, data, {"password": password, **about})
        return self.ask(request, Lesson.model_validate_json)[0]
