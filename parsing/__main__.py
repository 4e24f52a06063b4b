"""The command line: ``python -m parsing PATH… [--format …] [-o OUT] [--standard …] [--cache DIR] [--fresh]``.

Exit 0 when all was read, 1 when some file or table could not be read (the rest is still printed),
2 for wrong usage, 130 when broken off: what was read by then is kept and not read again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from parsing import ReadError, Reading, StandardError, files, read, read_many
from parsing.kept import Kept, home
from parsing.model import Unread
from parsing.output import FORMATS, WRITES_BYTES
from parsing.rules.standard import standard


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        print(f"参数不对。{self.description}\n{self.format_usage()}", file=sys.stderr)
        raise SystemExit(2)


class _Words(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "用法：")


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(
        prog="python -m parsing",
        usage="python -m parsing 路径… [--format table|json|csv|xlsx|parquet] [-o 文件]"
        " [--standard default|strict|文件.toml] [--fresh]",
        description="读取项目绩效目标表。路径可以是文件、文件夹，或 -（从标准输入读）。"
        "读过而没有变化的文件不再重读。",
        formatter_class=_Words,
        add_help=False,
    )
    parser.add_argument("paths", nargs="+", metavar="路径", help="文件、文件夹，或 -")
    parser.add_argument("--format", choices=sorted(FORMATS), default="table", help="输出格式，默认 table")
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="写到这个文件，默认写到屏幕")
    parser.add_argument("--standard", default="default", metavar="标准", help="审核标准的名字或 .toml 文件")
    parser.add_argument("--cache", type=Path, metavar="文件夹", help="读过的内容存在哪里，默认在用户缓存目录")
    parser.add_argument("--fresh", action="store_true", help="全部重读，不用存下的内容")
    parser.add_argument("-h", "--help", action="help", help="显示这段说明")
    parser._positionals.title, parser._optionals.title = "要读的", "选项"
    arguments = parser.parse_args(argv)
    if arguments.format in WRITES_BYTES and not arguments.output and sys.stdout.isatty():
        parser.error("")
    return arguments


def _readings(paths: Sequence[str], kept: Kept) -> Iterator[Reading]:
    many = [path for path in paths if path != "-"]
    if "-" in paths:
        try:
            yield read(sys.stdin.buffer.read(), name="标准输入")
        except ReadError as error:
            yield Reading(unread=(Unread.of(error),))
    total, begun, told, known = len(list(files(many))), time.monotonic(), 0.0, 0
    try:
        for number, one in enumerate(read_many(many, kept), 1):
            yield one.reading
            known += one.known
            spent = time.monotonic() - begun
            if spent > 1 and (spent - told > 0.5 or number == total):
                told = spent
                _tell(number, total, known, spent)
    finally:
        if told:
            print(file=sys.stderr)


def _tell(number: int, total: int, known: int, spent: float) -> None:
    """A line that is written over itself."""
    same = f"，其中 {known} 个没有变化" if known else ""
    left = f"，约还需 {spent / number * (total - number):.0f} 秒" if number < total else ""
    print(f"\r已读 {number}/{total} 个文件{same}{left}\033[K", end="", file=sys.stderr, flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _arguments(argv)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a Windows console is GBK
    try:
        asked = standard(arguments.standard)
    except StandardError as error:
        print(f"{error.reason}（{error.place}）。{error.remedy}。", file=sys.stderr)
        return 2
    kept = Kept(arguments.cache or home(), fresh=arguments.fresh)
    try:
        readings = list(_readings(arguments.paths, kept))
    except KeyboardInterrupt:
        print("已中断。读过的文件已经存下，再次运行时从断开处接着读。", file=sys.stderr)
        return 130
    finally:
        kept.close()
    written = FORMATS[arguments.format](readings, asked)
    if arguments.output:
        arguments.output.write_bytes(written)
    else:
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
    return 1 if any(reading.unread for reading in readings) else 0


if __name__ == "__main__":
    sys.exit(main())
