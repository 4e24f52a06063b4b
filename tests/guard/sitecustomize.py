"""Loaded by the Python of a server under test and of its workers: writes down every address outside this
machine that they look up or try to reach, and refuses it.

An audit hook hears of it wherever it is done in Python, in a socket of any class. The file is there from the
first process on, so that its absence tells that nobody watched.
"""

import os
import sys
from pathlib import Path

LOG = os.environ.get("JILAN_GUARD")
REACHED = ("socket.connect", "socket.sendto", "socket.sendmsg")  # (socket, address)
LOOKED_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
INSIDE = ("localhost", "", "0.0.0.0", "::", "::1")


def _host(event, arguments):  # type: ignore[no-untyped-def]
    """The host of an event; None when it has none, as a socket of the file system."""
    address = arguments[1] if event in REACHED else arguments[0]
    host = address[0] if isinstance(address, tuple) else None if event in REACHED else address
    return host.decode("ascii", "replace") if isinstance(host, bytes) else host


def _watch(event, arguments):  # type: ignore[no-untyped-def]
    if event in REACHED or event in LOOKED_UP:
        host = _host(event, arguments)
        if isinstance(host, str) and host not in INSIDE and not host.startswith("127."):
            with Path(LOG).open("a", encoding="utf-8") as log:
                log.write(f"{event}:{host}\n")
            raise OSError("refused by the test")


if LOG:
    Path(LOG).touch()
    sys.addaudithook(_watch)
