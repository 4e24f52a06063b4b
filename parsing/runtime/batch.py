"""Many files with all cores, in their order, each in a process apart: one that kills its process is said
to have done so, and the others still come. What was read before may be taken from ``ReadingCache``."""

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
from parsing.runtime.cache import ReadingCache
from parsing.runtime.reader_pool import ReaderPool

FEW = 8  # files that are read sooner than processes start
AHEAD = 16  # files a core that may be on their way at once


class FileReading(NamedTuple):
    """A file and what it says; ``known``: it was read before and has not changed since."""

    path: Path
    reading: Reading
    known: bool = False


def read_all(paths: Iterable[Path | str], taught: Sequence[str] = ()) -> Iterator[tuple[Path, Reading]]:
    """Read every file; trouble with one is in its ``unread`` and stops nothing. Many are read by all
    cores, in processes that live as long as the iterator. ``taught``: as ``read`` takes it."""
    for item in read_many(paths, taught=taught):
        yield item.path, item.reading


def read_many(
    paths: Iterable[Path | str],
    cache: ReadingCache | None = None,
    cores: int | None = None,
    taught: Sequence[str] = (),
) -> Iterator[FileReading]:
    """The same; what is in ``cache`` is not read again, and what is read goes there as soon as it is."""
    taught = tuple(taught)
    rest = files(paths)
    few = list(islice(rest, FEW))
    if len(few) < FEW or cores == 1:
        for path, name in (*few, *rest):
            yield _one(path, name, cache, None, taught)
        return
    cores = cores or os.cpu_count() or 1
    readers, threads = ReaderPool(cores, taught=lambda: taught), ThreadPoolExecutor(cores)
    under_way: deque[Future[FileReading]] = deque()
    try:
        for path, name in (*few, *rest):
            under_way.append(threads.submit(_one, path, name, cache, readers, taught))
            if len(under_way) >= AHEAD * cores:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:  # also where nobody wants the rest: Ctrl-C, a loop that breaks off
        threads.shutdown(wait=False, cancel_futures=True)
        readers.close()
        threads.shutdown()


def _one(
    path: Path, name: str, cache: ReadingCache | None, readers: ReaderPool | None, taught: tuple[str, ...]
) -> FileReading:
    """Whatever the file raises is its own unread line."""
    try:
        data = content(path, name)
        known = cache.get(name, data, taught) if cache else None
        if known is not None:
            return FileReading(path, known, known=True)
        try:
            reading = readers.read(name, data) if readers else read(data, name, None, taught)
        except ReadError as error:
            reading = Reading(unread=(Unread.of(error),))
        if cache:
            cache.put(name, data, reading, taught)
        return FileReading(path, reading)
    except ReadError as error:
        trouble = error
    except MemoryError:
        trouble = TooLarge(name, "读这个文件用完了内存，没有读取")
    except Exception as error:  # a fault of ours, or of a library
        trouble = ReadError(name, f"{ReadError.reason}（程序内部出错：{type(error).__name__}）")
    return FileReading(path, Reading(unread=(Unread.of(trouble),)))
