"""A few processes that do what a hostile file could turn against the app, and the app's side of talking to
them. What runs there is ``parsing.runtime.worker.serve``, which sets the limits."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import IO, NamedTuple, TypeVar

from pydantic import ValidationError

from parsing.errors import ReaderDied, ReadError
from parsing.gc_pause import collecting_paused
from parsing.runtime.allowance import allowance
from parsing.runtime.pipes import PipeClosed, receive, send

PATIENCE = 20  # times as long for pictures, whose text must be recognised
START_SECONDS = 30.0
ANSWER_BYTES = 1 << 30
T = TypeVar("T")


def _kinds(kind: type[ReadError]) -> dict[str, type[ReadError]]:
    kinds = {kind.code: kind}
    for below in kind.__subclasses__():
        kinds |= _kinds(below)
    return kinds


KINDS = _kinds(ReadError)


class Request(NamedTuple):
    """``task``: its name among those that the process serves; ``name``: what the trouble is with, if any;
    ``arguments``: of the task beside the name, as JSON has them."""

    task: str
    name: str
    data: bytes
    arguments: dict[str, object]


class WorkerPool:
    """Has requests answered by processes apart, started by ``command`` as ``python -m MODULE``; any number of
    threads may call ``ask`` at once, ``size`` requests are answered at a time. Processes start when needed,
    are replaced when they die, and end with the app.
    """

    def __init__(self, size: int, command: Sequence[str], wall_seconds: float | None = None) -> None:
        """``wall_seconds``: for each request; by default what ``allowance`` gives it."""
        self.wall_seconds = wall_seconds
        self._command = command
        self._seats = [_Seat() for _ in range(size)]
        self._free: queue.LifoQueue[_Seat] = queue.LifoQueue()  # the last used is warm
        for seat in self._seats:
            self._free.put(seat)

    def ask(self, request: Request, decode: Callable[[bytes], T]) -> list[T]:
        """What ``decode`` makes of each part of the answer. Raises the ReadError that the task raised, or
        ReaderDied when it took more memory or time than allowed, ended its process, or said what ``decode``
        cannot take (ValueError)."""
        seat = self._free.get()
        try:
            return seat.ask(self._command, request, decode, self.wall_seconds)
        finally:
            self._free.put(seat)

    def close(self) -> None:
        """End the processes; a request on its way ends as ReaderDied."""
        for seat in self._seats:
            seat.leave()


class _Seat:
    """Room for one process, which may be empty."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def ask(
        self, command: Sequence[str], request: Request, decode: Callable[[bytes], T], seconds: float | None
    ) -> list[T]:
        arguments = json.dumps({"name": request.name, **request.arguments}).encode()
        allowed = allowance(len(arguments) + len(request.data))
        seconds = allowed.wall if seconds is None else seconds
        parts: list[T] = []
        try:
            process = self.process or self._start(command)
            with _deadline(process, seconds):
                send(_pipe(process.stdin), request.task.encode(), arguments, request.data)
                answer = _parts(process, decode, parts)
            if answer == b"~":
                with _deadline(process, seconds * PATIENCE):
                    answer = _parts(process, decode, parts)
            if answer[:1] == b"-":
                self.leave()
            if answer[1:2] == b"R":
                return [*parts, _made(decode, answer[2:])]
            fields = json.loads(answer[2:])
            trouble = KINDS.get(fields["code"], ReadError)
            error = trouble(fields["place"], fields["reason"], fields["remedy"])
        except (OSError, PipeClosed, ValidationError, ValueError, KeyError, TypeError) as fault:
            self.leave()
            raise ReaderDied(request.name, f"{ReaderDied.reason}（上限：{allowed.text}）") from fault
        except BaseException:  # the page was left meanwhile: the answer on its way is nobody's
            self.leave()
            raise
        raise error

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).parents[2])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1"},
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


def _parts(process: subprocess.Popen[bytes], decode: Callable[[bytes], T], parts: list[T]) -> bytes:
    """The message that ends an answer, or says that it takes its time; parts before it go to ``parts``."""
    while (answer := receive(_pipe(process.stdout), ANSWER_BYTES))[:1] == b"*":
        parts.append(_made(decode, answer[1:]))
    return answer


def _made(decode: Callable[[bytes], T], message: bytes) -> T:
    with collecting_paused():
        return decode(message)


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


def python(module: str) -> tuple[str, ...]:
    """The command that runs a module as a process of its own."""
    return sys.executable, "-m", module
