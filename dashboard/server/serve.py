"""Start the server: a free port, where it can be asked for, Streamlit's settings, and the browser."""

from __future__ import annotations

import logging
import os
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import net_util

from dashboard.server import machine
from dashboard.server.middleware import middleware, routes
from dashboard.server.origins import LOOPBACK, Origin, Site
from dashboard.server.ports import is_free, is_loopback, is_wildcard

ROOT = Path(__file__).resolve().parents[2]
PORTS = range(8501, 8601)
OPEN = "注意：打开不用登录，能连到这个地址的人都能查看、修改和删除这里的数据。请只在可信的网络里使用。"


def serve(host: str, port: int | None, browser: bool, behind: tuple[Origin, ...] = (), path: str = "") -> int:
    """Run until interrupted; ``port`` None takes the next free one. ``behind`` are the origins of proxies in
    front, ``path`` what all of them put before ours (``/jilan``). Returns the exit code."""
    try:
        free = next(number for number in ([port] if port else PORTS) if is_free(host, number))
    except StopIteration:
        wanted = f"端口 {port}" if port else f"端口 {PORTS[0]}–{PORTS[-1]} "
        print(f"{wanted}已被占用，请用 --port 指定另一个端口。", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"无法在 {host} 上启动（{error.strerror}），请检查 --host。", file=sys.stderr)
        return 1
    shown = "127.0.0.1" if is_wildcard(host) else host
    site = Site(free, names_of(host), behind, path)
    url = site.url(shown)

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[None]:
        print(f"绩览已启动：{url}　　按 Ctrl+C 结束")
        print(*announced(host, site), sep="\n", end="", flush=True)
        threading.Thread(target=warm, daemon=True).start()
        if browser:
            threading.Timer(0.2, webbrowser.open, [url]).start()
        yield

    # Streamlit takes the folder of argv[0] for import path and settings: let that be the root, because
    # a file in dashboard/ would shadow a library of the same name.
    sys.argv = [str(ROOT / "jilan")]
    app = st.App(
        ROOT / "dashboard" / "app.py", routes=routes(site), middleware=middleware(site), lifespan=lifespan
    )
    stay_inside()
    settings: dict[str, Any] = {
        "server.address": host,
        "server.port": free,
        "server.baseUrlPath": path,
        "browser.serverAddress": shown,
    }
    try:
        app.run(config=settings)
    finally:
        stop()
    return 0


def stop() -> None:
    """Close the store, so that its one file is whole. Not the readers: a file that one of them reads waits on
    the disk, and is no file that could not be read."""
    from dashboard.session import cache

    cache.ingest_queue.clear()
    cache.store.clear()


def names_of(host: str) -> tuple[str, ...]:
    """The names by which a server on ``host`` is asked for, besides the address of the connection itself."""
    if is_loopback(host):
        return (*LOOPBACK, host)
    return (*(LOOPBACK if is_wildcard(host) else (host.lower(),)), *machine.names())


def announced(host: str, site: Site) -> list[str]:
    """Lines that say what others type to come here, and that nobody asks them who they are."""
    lines = []
    if is_wildcard(host):
        known = [*machine.addresses(host), *machine.names()[:1]]
        lines.append("其他电脑请打开：" + "　或　".join(site.url(name) for name in known))
    if site.behind:
        lines.append("经代理打开：" + "　或　".join(f"{origin}{site.path}/" for origin in site.behind))
    return [*lines, OPEN, ""] if lines or not is_loopback(host) else []


def stay_inside() -> None:
    """Streamlit compares a foreign Origin with this machine's address, and asks the internet for that. The
    shell refuses such a request first; should one come through, the answer is that there is no address."""
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None
    os.environ["FORWARDED_ALLOW_IPS"] = ""  # nor does what a proxy says change who asks


def warm() -> None:
    """Import and open what the tiles need while the browser is still fetching its scripts."""
    try:
        from dashboard.session import cache
        from dashboard.views import overview

        cache.ingest_queue()  # goes on with what the last server had not come to
        cache.store().settle()
        _ = overview
    except Exception:  # the page will meet it again, and say so
        logging.getLogger("dashboard").debug("预热未完成", exc_info=True)
