"""A process that does what a hostile file could turn against the app, so that it hurts nobody else.

It is started by ``worker_pool`` and speaks with it over its standard input and output; the one that reads is
``python -m parsing.runtime.worker``. The limits on memory and CPU are the operating system's, where it has
them.
"""

from __future__ import annotations

import gc
import json
import math
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from parsing import formats
from parsing.errors import ReadError
from parsing.model import Reading
from parsing.pictures import picture
from parsing.runtime.allowance import MEMORY_BYTES, allowance
from parsing.runtime.pipes import PipeClosed, receive, send
from parsing.teaching import teach
from parsing.teaching.senses import CellSense
from parsing.teaching.sheets import sheets

FAT_BYTES = 250 * 1024 * 1024  # above this peak the process makes room for a fresh one
FILES = 500  # and after so many files
SLOW_MEMORY_BYTES = 4 << 30  # of addresses: what recognises pictures reserves much, and uses 700 MB
SLOW_CPU_SECONDS = 600  # and takes seconds a page
READY, STAYS, LEAVES, SLOW, PART = b"ready", b"+", b"-", b"~", b"*"
DONE, FAILED = b"R", b"E"
INPUT_BYTES = 1 << 30

ReadFunction = Callable[[bytes, str, str | None, Sequence[str]], Iterable[Reading]]


class Task(NamedTuple):
    """``run(data, **arguments)`` makes the parts of the answer, or raises ReadError; ``slow``, of the same:
    whether it may take more memory and time than others."""

    run: Callable[..., Iterable[bytes]]
    slow: Callable[..., bool] = lambda data, **arguments: False


def serve(tasks: Mapping[str, Task]) -> None:
    """Answer one request (name of a task, its arguments as JSON, bytes) after another until the parent is
    gone.

    An answer is ``+`` or ``-`` (this process leaves now), then ``R`` and what the task made, or ``E`` and the
    error as JSON. ``~`` comes before it where it will take its time; each part of an answer but the last,
    after ``*``.
    """
    pipe_in, pipe_out = _take_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the app; we end when its pipe does
    _limit_memory(MEMORY_BYTES)
    gc.freeze()
    gc.disable()  # what is made for an answer stays until it is out
    send(pipe_out, READY)
    with suppress(PipeClosed, OSError):
        for served in range(1, FILES + 1):
            task = tasks[receive(pipe_in, INPUT_BYTES).decode()]
            request = receive(pipe_in, INPUT_BYTES)
            data = receive(pipe_in, INPUT_BYTES)
            allowed = allowance(len(request) + len(data))
            _limit_memory(allowed.memory)
            _limit_cpu(allowed.cpu)
            arguments = json.loads(request)
            if slow := task.slow(data, **arguments):
                _limit_memory(SLOW_MEMORY_BYTES)
                _limit_cpu(SLOW_CPU_SECONDS)
                send(pipe_out, SLOW)
            answer = _answer(task, pipe_out, data, arguments)
            leaves = slow or served == FILES or _peak_bytes() > FAT_BYTES
            send(pipe_out, (LEAVES if leaves else STAYS) + answer)
            if leaves:
                return
            del data, request, arguments, answer
            gc.collect()


def _answer(task: Task, pipe_out: IO[bytes], data: bytes, arguments: dict[str, object]) -> bytes:
    """The last message of the answer; what comes before it is sent, and kept no longer."""
    try:
        last = b""
        for part in task.run(data, **arguments):
            if last:
                send(pipe_out, PART + last)
            last = part
        return DONE + last
    except ReadError as trouble:
        error = trouble
    except BrokenPipeError:  # nobody waits any more
        raise
    except MemoryError:
        os._exit(1)  # nothing in here can be trusted any more
    except Exception:  # a fault of ours: told as a file that could not be read, and logged
        traceback.print_exc()
        error = ReadError(str(arguments.get("name", "")))
    fields = {"code": error.code, "place": error.place, "reason": error.reason, "remedy": error.remedy}
    return FAILED + json.dumps(fields).encode()


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Our ends of the pipes; whatever a library prints goes to the error stream instead."""
    pipe_out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, pipe_out


def _limit_memory(most: int) -> None:
    if sys.platform == "linux":  # macOS does not enforce it, Windows does not have it
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)  # stays: LibreOffice, which may convert, needs more
        most = most if hard == resource.RLIM_INFINITY else min(hard, most)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: int) -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, hard))


def _peak_bytes() -> int:
    """The most memory this process ever held; 0 where nobody says."""
    try:  # not getrusage: its maximum is handed down from the app, which is fat itself
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) * 1024
    except (OSError, IndexError, ValueError):
        return 0


def reading(read: ReadFunction) -> dict[str, Task]:
    """The tasks of a process that reads with ``read``."""

    def run(data: bytes, name: str, password: str | None, taught: Sequence[str]) -> Iterator[bytes]:
        return (part.model_dump_json().encode() for part in read(data, name, password, taught))

    return {
        "read": Task(run, _is_slow),
        "picture": Task(_picture),
        "sheets": Task(_sheets, _is_slow),
        "teach": Task(_teach, _is_slow),
    }


def _picture(data: bytes, name: str, page: int, password: str | None) -> list[bytes]:
    return [picture(data, page, name, password).model_dump_json().encode()]


def _sheets(data: bytes, name: str, password: str | None) -> Iterator[bytes]:
    return (sheet.model_dump_json().encode() for sheet in sheets(data, name, password))


def _teach(
    data: bytes,
    name: str,
    password: str | None,
    sheet: list[str],
    answers: list[list[Any]],
    taught: Sequence[str],
    made: str,
) -> Iterator[bytes]:
    file, part = sheet
    shown = [CellSense(*answer) for answer in answers]
    yield teach(data, name, (file, part), shown, password, taught, made).model_dump_json().encode()


def _is_slow(data: bytes, name: str, password: str | None, **_: object) -> bool:
    try:
        return formats.is_slow(data, password)
    except MemoryError:
        os._exit(1)
    except Exception:  # reading it will say what is wrong
        return False


if __name__ == "__main__":
    from parsing.reading import parts

    serve(reading(parts))
