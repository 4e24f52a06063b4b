"""No garbage collection while thousands of small objects are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock, _paused, _was_on = Lock(), 0, False
_frozen = False  # the app has frozen objects: looked up till it has, for they are counted one by one


@contextmanager
def collecting_paused() -> Iterator[None]:
    """Looking at new objects again and again takes as long as making them. Any number of threads may be
    in such a block; collection goes on when the last of them leaves, if it was on."""
    global _paused, _was_on, _frozen
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
                _frozen = _frozen or gc.get_freeze_count() > 0
                if not _frozen:  # so nothing of the app's is freed
                    gc.freeze()
                    gc.unfreeze()  # what was made counts as old now: looking at it would take as long again
                gc.enable()
