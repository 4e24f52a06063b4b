"""Many files with all cores, in their order, each in a process apart: one that kills its process is said
to have done so, and the others still come. What was read before may be taken from ``Kept``."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from parsing.errors import ReadError, TooLarge
from parsing.inputs import content, files
from parsing.model import Reading, Unread
from parsing.reading import read
from parsing.runtime.kept import Kept
from parsing.runtime.readers import Readers

FEW = 8  # files that are read sooner than processes start
AHEAD = 16  # files a core that may be on their way at once


class Read(NamedTuple):
    """A file and what it says; ``known``: it was read before and has not changed since."""

    path: Path
    reading: Reading
    known: bool = False


def read_all(paths: Iterable[Path | str], taught: Sequence[str] = ()) -> Iterator[tuple[Path, Reading]]:
    """Read every file; trouble with one is in its ``unread`` and stops nothing. Many are read by all
    cores, in processes that live as long as the iterator. ``taught``: as ``read`` takes it."""
    for one in read_many(paths, taught=taught):
        yield one.path, one.reading


def read_many(
    paths: Iterable[Path | str],
    kept: Kept | None = None,
    cores: int | None = None,
    taught: Sequence[str] = (),
) -> Iterator[Read]:
    """The same, with what is ``kept`` not read again and what is read kept as soon as it is."""
    taught = tuple(taught)
    rest = files(paths)
    few = list(islice(rest, FEW))
    if len(few) < FEW or cores == 1:
        for path, name in (*few, *rest):
            yield _one(path, name, kept, None, taught)
        return
    cores = cores or os.cpu_count() or 1
    readers, pool = Readers(cores, taught=lambda: taught), ThreadPoolExecutor(cores)
    under_way: deque[Future[Read]] = deque()
    try:
        for path, name in (*few, *rest):
            under_way.append(pool.submit(_one, path, name, kept, readers, taught))
            if len(under_way) >= AHEAD * cores:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:  # also where nobody wants the rest: Ctrl-C, a loop that breaks off
        pool.shutdown(wait=False, cancel_futures=True)
        readers.close()
        pool.shutdown()


def _one(path: Path, name: str, kept: Kept | None, readers: Readers | None, taught: tuple[str, ...]) -> Read:
    """Whatever the file raises is its own unread line."""
    try:
        data = content(path, name)
        known = kept.get(name, data, taught) if kept else None
        if known is not None:
            return Read(path, known, known=True)
        try:
            reading = readers.read(name, data) if readers else read(data, name, None, taught)
        except ReadError as error:
            reading = Reading(unread=(Unread.of(error),))
        if kept:
            kept.put(name, data, reading, taught)
        return Read(path, reading)
    except ReadError as error:
        trouble = error
    except MemoryError:
        trouble = TooLarge(name, "读这个文件用完了内存，没有读取")
    except Exception as error:  # a fault of ours, or of a library
        trouble = ReadError(name, f"{ReadError.reason}（程序内部出错：{type(error).__name__}）")
    return Read(path, Reading(unread=(Unread.of(trouble),)))
