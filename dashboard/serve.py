"""Start the server: a free port, the settings of the root, and the browser once it listens."""

from __future__ import annotations

import logging
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.ports import is_free, is_loopback, is_wildcard
from dashboard.shell import MIDDLEWARE, ROUTES

ROOT = Path(__file__).resolve().parent.parent
PORTS = range(8501, 8601)


def serve(host: str, port: int | None, browser: bool) -> int:
    """Run until interrupted; ``port`` None takes the next free one. Returns the exit code."""
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
    url = f"http://{shown}:{free}"

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[None]:
        print(f"绩览已启动：{url}　　按 Ctrl+C 结束", flush=True)
        threading.Thread(target=warm, daemon=True).start()
        if browser:
            threading.Timer(0.2, webbrowser.open, [url]).start()
        yield

    # Streamlit takes the folder of argv[0] for import path and settings: let that be the root, because
    # a file in dashboard/ would shadow a library of the same name.
    sys.argv = [str(ROOT / "jilan")]
    app = st.App(ROOT / "dashboard" / "app.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
    settings: dict[str, Any] = {"server.address": host, "server.port": free, "browser.serverAddress": shown}
    if is_loopback(host):
        settings["server.allowedHosts"] = ["127.0.0.1", "localhost", "::1"]  # against DNS rebinding
    try:
        app.run(config=settings)
    finally:
        stop()
    return 0


def stop() -> None:
    """Close the store, so that its one file is whole. Not the readers: a file that one of them reads waits on
    the disk, and is no file that could not be read."""
    from dashboard import state

    state.store.clear()


def warm() -> None:
    """Import and open what the tiles need while the browser is still fetching its scripts."""
    try:
        from dashboard import state
        from dashboard.views import overview

        state.store().settle()
        _ = overview
    except Exception:  # the page will meet it again, and say so
        logging.getLogger("dashboard").debug("预热未完成", exc_info=True)
