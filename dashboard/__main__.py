"""``python -m dashboard``: start 绩览 and open it in the browser."""

from __future__ import annotations  # only the standard library up here: the start must survive a bare Python

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from dashboard.server.bootstrap import ensure_libraries
from dashboard.server.origins import public

ROOT = Path(__file__).resolve().parent.parent
NEEDS = ("streamlit", "plotly", "sqlalchemy", "openpyxl", "pydantic")
COMMANDS = ("backup", "restore", "verify")


def data() -> Path:
    """The data folder where the command line names none."""
    return Path(os.environ.get("JILAN_DATA") or ROOT / "data" / "store")


def options(argv: list[str] | None = None) -> argparse.Namespace:
    """The command line: ``data`` (absolute Path), ``port`` (int or None), ``host``, ``behind`` (origins),
    ``path`` (what those have before ours, or empty), ``no_browser``."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboard",
        description="绩览：项目绩效目标总览",
        epilog=f"另有命令 {'、'.join(COMMANDS)}（备份、恢复、检查数据），各有 --help",
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=data(),
        help="数据存放的文件夹（默认 data/store，也可用环境变量 JILAN_DATA 指定）",
    )
    parser.add_argument("--port", type=int, help="端口（默认 8501，被占用时自动换下一个）")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认 127.0.0.1，只有本机能打开）")
    parser.add_argument(
        "--behind",
        action="append",
        default=[],
        metavar="URL",
        help="经反向代理打开时的公开地址，如 https://名称 或 https://名称/路径，可写多次（路径须相同）",
    )
    parser.add_argument("--no-browser", action="store_true", help="启动后不打开浏览器")
    arguments = parser.parse_args(argv)
    arguments.data = arguments.data.expanduser().absolute()
    if arguments.port is not None and not 0 < arguments.port < 65536:
        parser.error("端口应在 1 到 65535 之间")
    try:
        named = [public(address) for address in arguments.behind]
    except ValueError as error:
        parser.error(str(error))
    paths = {path for _, path in named} or {""}
    if len(paths) > 1:
        parser.error("各个 --behind 的路径必须相同")
    arguments.behind, arguments.path = tuple(origin for origin, _ in named), paths.pop()
    return arguments


def main(argv: list[str] | None = None) -> int:
    """Serve until interrupted, or keep the data. Returns the exit code: 0 stopped by the user or done, 1 not
    started or not done."""
    given = sys.argv[1:] if argv is None else argv
    try:
        with terminating():
            return keep(given) if given[:1] and given[0] in COMMANDS else run(options(given))
    except KeyboardInterrupt:
        return 0


def run(chosen: argparse.Namespace) -> int:
    ensure_libraries("dashboard", NEEDS, "requirements.lock")
    try:
        chosen.data.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=chosen.data):
            pass
    except OSError as error:
        reason = error.strerror or error
        print(f"数据文件夹“{chosen.data}”不能写入（{reason}），请用 --data 指定别的文件夹。", file=sys.stderr)
        return 1
    os.environ["JILAN_DATA"] = str(chosen.data)
    from dashboard.server.serve import serve

    return serve(chosen.host, chosen.port, not chosen.no_browser, chosen.behind, chosen.path)


def keep(argv: list[str]) -> int:
    """``backup``, ``restore`` and ``verify``; returns the exit code."""
    ensure_libraries("dashboard", NEEDS, "requirements.lock")
    from dashboard.server.maintenance import main as upkeep

    return upkeep(argv, data())


@contextmanager
def terminating() -> Iterator[None]:
    """To be ended by the system is to be stopped as by Ctrl+C."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    raise SystemExit(main())
