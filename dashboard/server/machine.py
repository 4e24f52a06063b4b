"""The names and addresses by which others on the network know this machine. Nobody is asked for them."""

from __future__ import annotations

import ipaddress
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

INNER = ("lo", "docker", "br-", "veth", "virbr")  # interfaces that nobody else reaches
GET_ADDRESS = {"linux": 0x8915, "darwin": 0xC0206921}  # SIOCGIFADDR
VERSION_6 = Path("/proc/net/if_inet6")


def names() -> list[str]:
    """What this machine calls itself, in lower case: its name, the name without its domain, and as .local."""
    own = socket.gethostname().rstrip(".").lower()
    if not own.isascii():
        with suppress(UnicodeError):
            own = own.encode("idna").decode()
    short = own.partition(".")[0]
    return list(dict.fromkeys((own, short, f"{short}.local"))) if short else []


def addresses(host: str) -> list[str]:
    """The addresses that others reach this machine by when a server listens on ``host``, a wildcard: IPv4,
    and IPv6 for ``::``. Empty where the system does not tell."""
    found = [*_version4(), *(_version6() if host == "::" else ())]
    return [text for text in dict.fromkeys(found) if not _is_inner(text)]


def _version4() -> Iterator[str]:
    if sys.platform not in GET_ADDRESS:
        with suppress(OSError):  # Windows answers for its own name itself
            answers = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
            yield from (str(answer[4][0]) for answer in answers)
        return
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            with suppress(OSError):  # an interface without an address
                if not name.startswith(INNER):
                    answer = fcntl.ioctl(asked.fileno(), GET_ADDRESS[sys.platform], request)
                    yield socket.inet_ntoa(answer[20:24])


def _version6() -> Iterator[str]:
    with suppress(OSError):  # Linux only
        for line in VERSION_6.read_text("ascii").splitlines():
            digits, *_, name = line.split()
            if not name.startswith(INNER):
                yield str(ipaddress.IPv6Address(bytes.fromhex(digits)))


def _is_inner(text: str) -> bool:
    address = ipaddress.ip_address(text)
    return address.is_loopback or address.is_link_local or address.is_unspecified
