"""The shell around Streamlit's page: Chinese document, security headers, preloads, closed doors, gzip."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import FileResponse, PlainTextResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TITLE = "绩览"
ASSETS = Path(__file__).parent / "assets"
STATIC = Path(streamlit.__file__).parent / "static"
PRELOADS = ("PlotlyChart", "Html", "ButtonGroup", "BidiComponent", "FileUploader")
CLOSED = ("/_stcore/metrics", "/_stcore/agent")  # open to everyone by default, and of no use here
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
POLICY = (
    "default-src 'self'; script-src 'self' blob: {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-src 'self' blob:; frame-ancestors 'self'; form-action 'self'; base-uri 'self'; object-src 'none'"
)


class Shell:
    """ASGI middleware around every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        path: str = scope["path"]
        if any(door in path for door in CLOSED):
            return await PlainTextResponse("Not Found", 404, headers=HEADERS)(scope, receive, send)
        start: Message | None = None
        body = b""

        async def dress(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers.update(HEADERS)
                if headers.get("content-type", "").startswith("text/html") and message["status"] == 200:
                    start = message
                    return
            elif start is not None:
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                page, policy = document(body)
                headers = MutableHeaders(raw=start["headers"])
                headers["content-security-policy"] = policy
                headers["content-length"] = str(len(page))
                for stale in ("etag", "last-modified", "content-encoding"):
                    del headers[stale]
                await send(start)
                await send({"type": "http.response.body", "body": page})
                return
            await send(message)

        headers = Headers(scope=scope)
        if path.startswith("/static/js/") and "gzip" in headers.get("accept-encoding", "") and far(scope):
            packed = compressed(path.removeprefix("/static/js/"))
            if packed is not None:
                answer = PlainTextResponse(packed, media_type="text/javascript", headers=HEADERS)
                answer.headers.update(
                    {
                        "content-encoding": "gzip",
                        "vary": "accept-encoding",
                        "cache-control": "public, immutable, max-age=31536000",
                    }
                )
                return await answer(scope, receive, send)
        if "text/html" in headers.get("accept", ""):  # whole and unpacked, or it cannot be dressed
            keep = [pair for pair in scope["headers"] if pair[0] not in UNPACKED]
            scope = {**scope, "headers": keep}
        await self.app(scope, receive, dress)


UNPACKED = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")


@cache
def document(body: bytes) -> tuple[bytes, str]:
    """Streamlit's index page in Chinese, with our scripts; and the policy that lets its scripts run."""
    js = STATIC / "static" / "js"
    links = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{found.name}">'
        for name in PRELOADS
        for found in js.glob(f"{name}.*.js")
    )
    page = body.decode()
    page = page.replace('<html lang="en">', '<html lang="zh-CN">')
    page = re.sub(r"<title>.*?</title>", f"<title>{TITLE}</title>", page)
    page = re.sub(r"<!--.*?-->|<link rel=\"service-desc\"[^>]*>", "", page, flags=re.S)
    page = re.sub(
        r"<noscript>.*?</noscript>", "<noscript>请在浏览器中启用 JavaScript 后刷新页面。</noscript>", page, flags=re.S
    )
    page = re.sub(r"<link\s+rel=\"preload\"[^>]*as=\"font\"[^>]*>", "", page)  # a Latin font we do not use
    page = page.replace("</title>", f'</title><script src="./zh.js?{stamp("zh.js")}"></script>{links}', 1)
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.S)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
    return page.encode(), POLICY.format(scripts=" ".join(f"'sha256-{value}'" for value in hashes))


@cache
def stamp(name: str) -> str:
    return hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]


def far(scope: Scope) -> bool:
    """Whether the reader sits at another machine, where packing saves more than it costs."""
    client = scope.get("client")
    return client is not None and client[0] not in ("127.0.0.1", "::1")


@cache
def compressed(name: str) -> bytes | None:
    """A script of Streamlit's, packed once; None when there is none of that name."""
    file = STATIC / "static" / "js" / name
    if "/" in name or "\\" in name or not file.is_file():
        return None
    return gzip.compress(file.read_bytes(), 6)


async def script(_: Request) -> Response:
    cached = {"cache-control": "public, max-age=31536000, immutable"}
    return FileResponse(ASSETS / "zh.js", media_type="text/javascript", headers=cached)


async def icon(_: Request) -> Response:
    return FileResponse(ASSETS / "favicon.png", headers={"cache-control": "public, max-age=86400"})


ROUTES = [Route("/zh.js", script), Route("/favicon.png", icon)]
MIDDLEWARE = [Middleware(Shell)]
