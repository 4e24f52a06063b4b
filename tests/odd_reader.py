"""A reading process for the tests that does what the name of the file says."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from conftest import make_project

from parsing.errors import Locked
from parsing.model import Reading
from parsing.runtime.worker import reading, serve


def read(data: bytes, name: str, password: str | None = None, taught: Sequence[str] = ()) -> list[Reading]:
    if name == "memory":
        hoard = [bytes(1_000_000) for _ in range(100_000)]
        return [Reading(projects=(make_project(str(len(hoard))),))]
    if name == "cpu":
        while True:
            pass
    if name == "sleep":
        time.sleep(3600)
    if name == "abort":
        os.abort()
    if name == "fault":
        raise IndexError(name)
    if name == "locked":
        raise Locked(name)
    if name == "print":
        print("a library says something", flush=True)
    made = Reading(projects=(make_project(f"{name} {len(data)} {os.getpid()}"),))
    return [made] * (3 if name == "parts" else 1)


if __name__ == "__main__":
    serve(reading(read))
