"""The command line: ``python -m parsing PATH… [--format …] [-o OUT]``.

Exit 0 when all was read, 1 when some file or table could not be read (the rest is still printed),
2 for wrong usage.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from parsing import ReadError, Reading, files, read, read_all
from parsing.model import Unread
from parsing.output import FORMATS, WRITES_BYTES


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
        usage="python -m parsing 路径… [--format table|json|csv|xlsx|parquet] [-o 文件]",
        description="读取项目绩效目标表。路径可以是文件、文件夹，或 -（从标准输入读）。",
        formatter_class=_Words,
        add_help=False,
    )
    parser.add_argument("paths", nargs="+", metavar="路径", help="文件、文件夹，或 -")
    parser.add_argument("--format", choices=sorted(FORMATS), default="table", help="输出格式，默认 table")
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="写到这个文件，默认写到屏幕")
    parser.add_argument("-h", "--help", action="help", help="显示这段说明")
    parser._positionals.title, parser._optionals.title = "要读的", "选项"
    arguments = parser.parse_args(argv)
    if arguments.format in WRITES_BYTES and not arguments.output and sys.stdout.isatty():
        parser.error("")
    return arguments


def _readings(paths: Sequence[str]) -> Iterator[Reading]:
    many = [path for path in paths if path != "-"]
    total, begun, told = len(list(files(many))), time.monotonic(), 0.0
    if "-" in paths:
        try:
            yield read(sys.stdin.buffer.read(), name="标准输入")
        except ReadError as error:
            yield Reading(unread=(Unread.of(error),))
    for number, (_, reading) in enumerate(read_all(many), 1):
        yield reading
        spent = time.monotonic() - begun
        if spent > 1 and (spent - told > 0.5 or number == total):
            told = spent
            print(f"\r已读 {number}/{total} 个文件", end="", file=sys.stderr, flush=True)
    if told:
        print(file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _arguments(argv)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a Windows console is GBK
    readings = list(_readings(arguments.paths))
    written = FORMATS[arguments.format](readings)
    if arguments.output:
        arguments.output.write_bytes(written)
    else:
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
    return 1 if any(reading.unread for reading in readings) else 0


if __name__ == "__main__":
    sys.exit(main())
