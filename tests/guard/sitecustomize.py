"""Loaded by the Python of a server under test: writes down every address outside this machine that the
server tries to reach, and refuses it."""

import os
import socket
from pathlib import Path

LOG = os.environ.get("JILAN_GUARD")


def _refuse(address: object) -> None:
    host = address[0] if isinstance(address, tuple) else address
    if LOG and isinstance(address, tuple) and str(host) not in ("127.0.0.1", "::1", "localhost", ""):
        with Path(LOG).open("a", encoding="utf-8") as log:
            log.write(f"{host}\n")
        raise OSError("refused by the test")


class Guarded(socket.socket):
    def connect(self, address):  # type: ignore[no-untyped-def]
        _refuse(address)
        return super().connect(address)

    def connect_ex(self, address):  # type: ignore[no-untyped-def]
        _refuse(address)
        return super().connect_ex(address)


if LOG:
    socket.socket = Guarded  # type: ignore[misc]
