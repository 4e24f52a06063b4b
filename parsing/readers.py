"""A few processes that read files for the app, and the app's side of talking to them."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import IO, TypeVar

from pydantic import ValidationError

from parsing.allowance import allowance
from parsing.errors import ReaderDied, ReadError
from parsing.model import Frozen, Reading
from parsing.pausing import collecting_paused
from parsing.pictures import Picture
from parsing.pipes import Closed, receive, send
from parsing.reading import joined

PATIENCE = 20  # times as long for pictures, whose text must be recognised
START_SECONDS = 30.0
ANSWER_BYTES = 1 << 30
Request = tuple[int, str, str | None, bytes]  # page to draw or 0, name, password, content
T = TypeVar("T", bound=Frozen)


def _kinds(kind: type[ReadError]) -> dict[str, type[ReadError]]:
    found = {kind.code: kind}
    for below in kind.__subclasses__():
        found |= _kinds(below)
    return found


KINDS = _kinds(ReadError)


class Readers:
    """Reads files in processes apart; any number of threads may call ``read`` at once, ``size`` files
    are read at a time. Processes start when needed, are replaced when they die, and end with the app.
    """

    def __init__(
        self, size: int = 2, command: Sequence[str] | None = None, wall_seconds: float | None = None
    ) -> None:
        """``wall_seconds``: for each file; by default what ``allowance`` gives it."""
        self.wall_seconds = wall_seconds
        self._command = command or (sys.executable, "-m", "parsing.worker")
        self._seats = [_Seat() for _ in range(size)]
        self._free: queue.LifoQueue[_Seat] = queue.LifoQueue()  # the last used is warm
        for seat in self._seats:
            self._free.put(seat)

    def read(self, name: str, data: bytes, password: str | None = None) -> Reading:
        """What ``parsing.read`` says of the bytes. Raises the ReadError it raised, or ReaderDied when the
        file took more memory or time than allowed, or ended the process that read it."""
        return joined(self._ask(Reading, (0, name, password, data)))

    def picture(self, name: str, data: bytes, page: int, password: str | None = None) -> Picture:
        """What ``parsing.picture`` makes of page ``page`` (from 1). Raises as ``read`` does."""
        return self._ask(Picture, (page, name, password, data))[0]

    def _ask(self, kind: type[T], request: Request) -> list[T]:
        seat = self._free.get()
        try:
            return seat.ask(self._command, kind, request, self.wall_seconds)
        finally:
            self._free.put(seat)

    def close(self) -> None:
        """End the processes; a file being read ends as ReaderDied."""
        for seat in self._seats:
            seat.leave()


class _Seat:
    """Room for one process, which may be empty."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, command: Sequence[str], kind: type[T], request: Request, seconds: float | None) -> list[T]:
        page, name, password, data = request
        allowed = allowance(len(data))
        seconds = seconds or allowed.wall
        found: list[T] = []
        try:
            process = self.process or self._start(command)
            with _deadline(process, seconds):
                head = (str(page or "").encode(), name.encode(), (password or "").encode())
                send(_pipe(process.stdin), *head, data)
                answer = _parts(process, kind, found)
            if answer == b"~":
                with _deadline(process, seconds * PATIENCE):
                    answer = _parts(process, kind, found)
            if answer[:1] == b"-":
                self.leave()
            if answer[1:2] == b"R":
                return [*found, _made(kind, answer[2:])]
            said = json.loads(answer[2:])
            trouble = KINDS.get(said["code"], ReadError)
            error = trouble(said["place"], said["reason"], said["remedy"])
        except (OSError, Closed, ValidationError, ValueError, KeyError, TypeError) as fault:
            self.leave()
            raise ReaderDied(name, f"{ReaderDied.reason}（上限：{allowed.text}）") from fault
        except BaseException:  # the page was left meanwhile: the answer on its way is nobody's
            self.leave()
            raise
        raise error

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).parent.parent)
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.process = process
        with _deadline(process, START_SECONDS):
            receive(_pipe(process.stdout), ANSWER_BYTES)
        return process

    def leave(self) -> None:
        process, self.process = self.process, None
        if process:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    _pipe(pipe).close()
            process.wait()


def _parts(process: subprocess.Popen[bytes], kind: type[T], found: list[T]) -> bytes:
    """The message that ends an answer, or says that it takes its time; parts before it go to ``found``."""
    while (answer := receive(_pipe(process.stdout), ANSWER_BYTES))[:1] == b"*":
        found.append(_made(kind, answer[1:]))
    return answer


def _made(kind: type[T], said: bytes) -> T:
    with collecting_paused():
        return kind.model_validate_json(said)


@contextmanager
def _deadline(process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """Kill the process when the block takes longer: its pipes end, and whoever waits on them wakes."""
    timer = Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
