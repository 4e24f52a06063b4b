"""The shell around Streamlit: who may ask, security headers, closed doors, our document, packed scripts."""

from __future__ import annotations

import gzip
from functools import cache
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.server.index_html import ASSETS, OURS, SCRIPTS, index_html
from dashboard.server.origins import ForeignOrigin, Site, checked

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

CLOSED = ("/_stcore/metrics", "/_stcore/agent")  # open to everyone by default, and of no use here
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}
PACKED = {"content-encoding": "gzip", "vary": "accept-encoding", **FOREVER}
WHOLE = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
NOT_OURS = ("/media/", "/component/", "/static/")  # files of users and components, never the document


class SiteMiddleware:
    """ASGI middleware around every request and every HTTP answer."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        try:
            origin = self.site.admit(scope)
        except ForeignOrigin as refused:
            if scope["type"] == "websocket":  # before it was accepted, this is a 403
                return await send({"type": "websocket.close", "code": 1008})
            return await PlainTextResponse(str(refused), 403, headers=HEADERS)(scope, receive, send)
        scope = checked(scope, origin)
        if scope["type"] == "websocket":
            return await self.app(scope, receive, send)
        path: str = scope["path"].removeprefix(self.site.path)
        asked = Headers(scope=scope)
        far = origin in self.site.behind or is_far(scope)
        if any(door in path for door in CLOSED):
            return await PlainTextResponse("Not Found", 404, headers=HEADERS)(scope, receive, send)
        if path.startswith("/static/js/") and "gzip" in asked.get("accept-encoding", "") and far:
            packed = await run_in_threadpool(pack, path.removeprefix("/static/js/"))
            if packed is not None:
                answer = Response(packed, media_type="text/javascript", headers=HEADERS | PACKED)
                return await answer(scope, receive, send)
        if "text/html" not in asked.get("accept", "") or path.startswith(NOT_OURS):
            return await self.app(scope, receive, with_headers(send))
        asked_whole = [pair for pair in scope["headers"] if pair[0] not in WHOLE]  # or it cannot be changed
        await self.app({**scope, "headers": asked_whole}, receive, with_headers(dressed(send)))


def with_headers(send: Send) -> Send:
    """Put our headers on an answer."""

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(raw=message["headers"]).update(HEADERS)
        await send(message)

    return wrapped


def dressed(send: Send) -> Send:
    """Send our document in place of Streamlit's index page."""
    start: Message | None = None
    body = b""

    async def wrapped(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            if message["status"] == 200 and kind.startswith("text/html"):
                start = message
                return
        elif start is not None:
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            page, policy = index_html(body)
            headers = MutableHeaders(raw=start["headers"])
            headers.update({"content-security-policy": policy, "content-length": str(len(page))})
            for stale in ("etag", "last-modified", "accept-ranges"):
                del headers[stale]
            await send(start)
            message = {"type": "http.response.body", "body": page}
        await send(message)

    return wrapped


def is_far(scope: Scope) -> bool:
    """Whether the reader sits at another machine, where packing saves more than it costs."""
    client = scope.get("client")
    return client is not None and client[0] not in ("127.0.0.1", "::1")


@cache
def pack(name: str) -> bytes | None:
    """One of Streamlit's scripts, packed once; None when there is none of that name."""
    file = SCRIPTS / name
    if "/" in name or "\\" in name or not file.is_file():
        return None
    return gzip.compress(file.read_bytes(), 6)


async def script(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    return FileResponse(ASSETS / name, media_type="text/javascript", headers=FOREVER)


async def icon(_: Request) -> Response:
    return FileResponse(ASSETS / "favicon.png", headers={"cache-control": "public, max-age=86400"})


def routes(site: Site) -> list[Route]:
    """What we serve beside Streamlit, under the path of the site; its root leads there."""
    ours = [*(Route(f"{site.path}/{name}", script) for name in OURS), Route(f"{site.path}/favicon.png", icon)]

    async def enter(_: Request) -> Response:
        return RedirectResponse(f"{site.path}/")

    return [*ours, *(Route(start, enter) for start in ("/", site.path) if site.path)]


def middleware(site: Site) -> list[Middleware]:
    return [Middleware(SiteMiddleware, site=site)]
