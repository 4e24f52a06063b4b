"""No garbage collection while thousands of small objects are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock, _paused, _was_on = Lock(), 0, False


@contextmanager
def collecting_paused() -> Iterator[None]:
    """Looking at new objects again and again takes as long as making them. Any number of threads may be
    in such a block; collection goes on when the last of them leaves, if it was on."""
    global _paused, _was_on
    with _lock:
        if not _paused:
            _was_on = gc.isenabled()
        _paused += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _paused -= 1
            if not _paused and _was_on:
                if not gc.get_freeze_count():  # nothing of the app's is frozen, so nothing of its is freed
                    gc.freeze()
                    gc.unfreeze()  # what was made counts as old now: looking at it would take as long again
                gc.enable()
