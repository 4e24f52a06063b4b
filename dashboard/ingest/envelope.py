"""A file as it waits on disk: with its name, its length and a checksum before it, so that half of one is
never taken for the whole."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from dashboard.store.data_folder import settle_names
from parsing import ReadError

MAGIC = b"JILAN1 "
HEAD_BYTES = 64 * 1024  # no name is longer
PART = ".part"  # ends the name of what is being written


class Torn(ReadError):
    code = "torn"
    reason = "没有完整地收下，内容缺了一部分或被改动（可能是断电、磁盘已满或程序中断）"
    remedy = "请重新导入这个文件"


class EnvelopeHead(NamedTuple):
    """``name``: as the user called it; ``size``: bytes of the content, which begins at ``start``; ``check``:
    the SHA-256, in hex, of name and content."""

    name: str
    size: int
    check: str
    start: int


def seal(path: Path, name: str, data: bytes) -> None:
    """Write a file under its name; it is on the disk, whole, when this returns. Raises OSError, and leaves
    nothing then."""
    text = json.dumps({"name": name, "size": len(data)}).encode()
    head = MAGIC + _check(text, data).encode() + b" " + text + b"\n"
    part = path.with_name(path.name + PART)
    try:
        with part.open("xb") as file:
            file.write(head)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        settle_names(path.parent)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise


def head(path: Path) -> EnvelopeHead:
    """What an envelope says of itself. Raises OSError, and Torn when it is none, without a place, or as long
    as it should not be."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):  # a folder, a pipe that never ends, a way elsewhere
        raise Torn
    with path.open("rb") as file:
        line = file.readline(HEAD_BYTES)
    magic, _, rest = line.partition(b" ")
    check, _, text = rest.partition(b" ")
    try:
        payload = json.loads(text)
        found = EnvelopeHead(str(payload["name"]), int(payload["size"]), check.decode(), len(line))
    except (ValueError, LookupError, TypeError, RecursionError):
        raise Torn from None
    if magic + b" " != MAGIC:
        raise Torn
    if status.st_size != found.start + found.size:
        raise Torn(found.name)
    return found


def content(path: Path) -> bytes:
    """The content of an envelope. Raises Torn, also when a single byte is another, and OSError."""
    about = head(path)
    with path.open("rb") as file:
        line = file.read(about.start)
        data = file.read()
    text = line.split(b" ", 2)[2].rstrip(b"\n")
    if _check(text, data) != about.check:
        raise Torn(about.name)
    return data


def _check(text: bytes, data: bytes) -> str:
    digest = hashlib.sha256(text)
    digest.update(data)
    return digest.hexdigest()
