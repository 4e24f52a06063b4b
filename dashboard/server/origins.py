"""The origins that this server answers for, and the check of every request's Host and Origin against them.

Two attacks come by way of a browser on the same network: a page of another origin that opens a WebSocket
here, and a name of somebody else that is made to point at this machine (DNS rebinding). The first shows in
Origin, the second in Host; both are refused before Streamlit hears of the request.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, NamedTuple

PORTS = {"http": 80, "https": 443}
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_AUTHORITY = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?")
_PATH = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")
_PROXY = re.compile(rb"forwarded|x-forwarded-.*|x-real-ip")
NOT_HERE = "这里只接受启动时指定的地址。要经其他名称或反向代理打开，请在启动时加上 --behind，例如 --behind https://名称/路径。"
NOT_OURS = "不接受其他网页发来的请求。请直接打开绩览的地址。"
USAGE = "--behind 应写成 https://名称 或 https://名称/路径，路径只用字母、数字和 - _ ."


class ForeignOrigin(Exception):
    """A request for another server, or from a page of another origin; the text is for whoever asked."""


class Origin(NamedTuple):
    """Scheme ``http`` or ``https``, host in lower case (IPv6 without brackets), port: always a number."""

    scheme: str
    host: str
    port: int

    @property
    def authority(self) -> str:
        """As browsers write it in Host: brackets where they belong, the default port left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}"


def origin(scheme: str, authority: str) -> Origin | None:
    """The origin of a scheme and ``host[:port]``; None when that is no host."""
    match = _AUTHORITY.fullmatch(authority)
    if match is None or scheme not in PORTS:
        return None
    port = int(match[3] or PORTS[scheme])
    try:
        host = str(ipaddress.IPv6Address(match[1])) if match[1] else match[2].lower().removesuffix(".")
    except ValueError:
        return None
    return Origin(scheme, host, port) if host and 0 < port < 65536 else None


def public(address: str) -> tuple[Origin, str]:
    """What ``--behind`` names: an origin, and a path such as ``/jilan`` (empty at the root). Raises
    ValueError, which says what is wanted."""
    scheme, colon, rest = address.strip().partition("://")
    authority, slash, path = rest.partition("/")
    if not authority.isascii():
        name, mark, port = authority.partition(":")
        try:
            authority = name.encode("idna").decode() + mark + port
        except UnicodeError:
            raise ValueError(USAGE) from None
    path = (slash + path).rstrip("/")
    named = origin(scheme.lower(), authority) if colon else None
    if named is None or not _PATH.fullmatch(path):
        raise ValueError(USAGE)
    return named, path


@dataclass(frozen=True)
class Site:
    """Where this server can be asked for: by ``names`` and the address of the connection itself on ``port``,
    as ``behind`` says through a proxy, and always under ``path`` (empty at the root)."""

    port: int
    names: tuple[str, ...] = LOOPBACK
    behind: tuple[Origin, ...] = ()
    path: str = ""

    def url(self, name: str) -> str:
        """What to type to come here without a proxy, ``name`` being a name or an address."""
        host = f"[{name}]" if ":" in name else name
        return f"http://{host}:{self.port}{self.path}" + ("/" if self.path else "")

    def admit(self, scope: Mapping[str, Any]) -> Origin:
        """The origin that a request (an ASGI scope, HTTP or WebSocket) asks for. Raises ForeignOrigin when it
        is none of ours, or when a page of another one sent it."""
        headers = [(name.lower(), value.decode("latin-1")) for name, value in scope["headers"]]
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or not scope["path"].startswith("/"):  # a whole address as target is for proxies
            raise ForeignOrigin(NOT_HERE)
        asked = [ours for ours in self._origins(scope) if origin(ours.scheme, hosts[0]) == ours]
        if not asked:
            raise ForeignOrigin(NOT_HERE)
        senders = [value for name, value in headers if name == b"origin"]
        if senders:
            scheme, _, authority = senders[0].partition("://")
            sender = origin(scheme, authority)
            if len(senders) > 1 or sender not in asked:  # "null" is no origin
                raise ForeignOrigin(NOT_OURS)
            return sender
        if _is_foreign(dict(headers), scope.get("method")):
            raise ForeignOrigin(NOT_OURS)
        return asked[0]

    def _origins(self, scope: Mapping[str, Any]) -> Iterable[Origin]:
        yield from self.behind
        for name in self.names:
            yield Origin("http", name, self.port)
        server = scope.get("server")
        if server and (address := _address(server[0])):  # no name, so nobody can point it elsewhere
            yield Origin("http", address, self.port)


def checked(scope: MutableMapping[str, Any], asked: Origin) -> MutableMapping[str, Any]:
    """The request as Streamlit is to hear it: its host and origin are those that were checked, the scheme is
    the one that the reader sees, and what a proxy or anybody else said about it is left out."""
    secure = asked.scheme == "https"
    scheme = {"http": "https" if secure else "http", "websocket": "wss" if secure else "ws"}[scope["type"]]
    values = {b"host": asked.authority.encode(), b"origin": str(asked).encode()}
    headers = [
        (name, values.get(name.lower(), value))
        for name, value in scope["headers"]
        if not _PROXY.fullmatch(name.lower())
    ]
    return {**scope, "scheme": scheme, "headers": headers}


def _is_foreign(headers: Mapping[bytes, str], method: str | None) -> bool:
    """Whether a browser says that another site's page embeds us or asks in secret. A link is no such thing.
    Browsers that say nothing are held by Origin alone."""
    if headers.get(b"sec-fetch-site", "none") in ("none", "same-origin"):
        return False
    opened = (headers.get(b"sec-fetch-mode"), headers.get(b"sec-fetch-dest"))
    return method not in ("GET", "HEAD") or opened != ("navigate", "document")


def _address(text: str) -> str | None:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)
