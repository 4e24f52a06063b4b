"""Messages on a pipe: eight bytes of length, then that many bytes."""

from __future__ import annotations

from typing import IO

HEAD = 8


class PipeClosed(Exception):
    """The other side is gone, or what it sends is no message."""


def send(pipe: IO[bytes], *messages: bytes) -> None:
    for message in messages:
        pipe.write(len(message).to_bytes(HEAD, "big"))
        pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes], most: int) -> bytes:
    """The next message, of at most ``most`` bytes. Raises PipeClosed."""
    size = int.from_bytes(_exactly(pipe, HEAD), "big")
    if size > most:
        raise PipeClosed(f"a message of {size} bytes")
    return _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise PipeClosed("end of pipe")
    return data
