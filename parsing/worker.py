"""The process that reads files for the app, so that a hostile one hurts nobody else.

``python -m parsing.worker`` is started by ``parsing.readers`` and speaks with it over its standard input
and output. The limits on memory and CPU are the operating system's, where it has them.
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
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from parsing import formats
from parsing.allowance import MEMORY_BYTES, allowance
from parsing.errors import ReadError
from parsing.model import Reading
from parsing.pictures import picture
from parsing.pipes import Closed, receive, send

FAT_BYTES = 250 * 1024 * 1024  # above this peak the process makes room for a fresh one
FILES = 500  # and after so many files
SLOW_MEMORY_BYTES = 4 << 30  # of addresses: what recognises pictures reserves much, and uses 700 MB
SLOW_CPU_SECONDS = 600  # and takes seconds a page
READY, STAYS, LEAVES, SLOW, PART = b"ready", b"+", b"-", b"~", b"*"
READ, FAILED = b"R", b"E"
INPUT_BYTES = 1 << 30

Read = Callable[[bytes, str, str | None], Iterable[Reading]]


def serve(read: Read) -> None:
    """Answer one request (page, name, password, bytes) after another until the parent is gone.

    An answer is ``+`` or ``-`` (this process leaves now), then ``R`` and the Reading, of a request with a
    page the Picture, or ``E`` and the error, all as JSON. ``~`` comes before it where a picture will take
    its time to read; each part of a Reading but the last, after ``*``.
    """
    pipe_in, pipe_out = _take_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the app; we end when its pipe does
    _limit_memory(MEMORY_BYTES)
    gc.freeze()
    gc.disable()  # what is made while reading stays until the answer is out
    send(pipe_out, READY)
    with suppress(Closed, OSError):
        for served in range(1, FILES + 1):
            page = int(receive(pipe_in, INPUT_BYTES) or 0)
            name = receive(pipe_in, INPUT_BYTES).decode()
            password = receive(pipe_in, INPUT_BYTES).decode() or None
            data = receive(pipe_in, INPUT_BYTES)
            allowed = allowance(len(data))
            _limit_memory(allowed.memory)
            _limit_cpu(allowed.cpu)
            if slow := not page and _is_slow(data, password):
                _limit_memory(SLOW_MEMORY_BYTES)
                _limit_cpu(SLOW_CPU_SECONDS)
                send(pipe_out, SLOW)
            answer = _answer(read, pipe_out, page, data, name, password)
            leaves = slow or served == FILES or _peak_bytes() > FAT_BYTES
            send(pipe_out, (LEAVES if leaves else STAYS) + answer)
            if leaves:
                return
            del data, password, answer
            gc.collect()


def _answer(
    read: Read, pipe_out: IO[bytes], page: int, data: bytes, name: str, password: str | None
) -> bytes:
    """The last message of the answer; what comes before it is sent, and kept no longer."""
    try:
        if page:
            return READ + picture(data, page, name, password).model_dump_json().encode()
        last = b""
        for part in read(data, name, password):
            if last:
                send(pipe_out, PART + last)
            last = part.model_dump_json().encode()
        return READ + last
    except ReadError as trouble:
        error = trouble
    except BrokenPipeError:  # nobody waits any more
        raise
    except MemoryError:
        os._exit(1)  # nothing in here can be trusted any more
    except Exception:  # a fault of ours: told as a file that could not be read, and logged
        traceback.print_exc()
        error = ReadError(name)
    said = {"code": error.code, "place": error.place, "reason": error.reason, "remedy": error.remedy}
    return FAILED + json.dumps(said).encode()


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Our ends of the pipes; whatever a library prints goes to the error stream instead."""
    pipe_out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, pipe_out


def _is_slow(data: bytes, password: str | None) -> bool:
    try:
        return formats.is_slow(data, password)
    except MemoryError:
        os._exit(1)
    except Exception:  # reading it will say what is wrong
        return False


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


if __name__ == "__main__":
    from parsing.reading import parts

    serve(parts)
