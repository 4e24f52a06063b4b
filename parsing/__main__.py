"""The command line: ``python -m parsing PATH… [--format …] [-o OUT] [--standard …] [--cache DIR] [--fresh]``.

Exit 0 when all was read, 1 when some file or table could not be read (the rest is still printed),
2 for wrong usage, 130 when broken off: what was read by then is kept and not read again.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NoReturn

from parsing import ReadError, Reading, StandardError, files, read, read_many
from parsing.command_line.output import FORMATS, WRITES_BYTES, as_raw_csv
from parsing.command_line.target import Refused, Target, Unwritten
from parsing.errors import FormError, why
from parsing.inputs import STDIN, standard_input
from parsing.model import Unread
from parsing.rules.standard import standard
from parsing.runtime.cache import ReadingCache, home
from parsing.teaching.form_files import form_files
from parsing.teaching.form_files import home as home_of_forms

TERMINAL = "/dev/stdin"  # the file that standard input comes from, if it is one


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        _say(f"参数不对。{self.description}\n{self.format_usage()}")
        raise SystemExit(2)


class _ChineseHelp(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "用法：")


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(
        prog="python -m parsing",
        usage="python -m parsing 路径… [--format table|json|csv|xlsx|parquet] [-o 文件]"
        " [--standard default|strict|文件.toml] [--forms 文件夹] [--fresh] [--raw]"
        "\n      python -m parsing teach 文件 [格=栏目…] [-o 表样.toml]",
        description="读取项目绩效目标表。路径可以是文件、文件夹，或 -（从标准输入读）。"
        "读过而没有变化的文件不再重读。",
        formatter_class=_ChineseHelp,
        add_help=False,
    )
    parser.add_argument("paths", nargs="+", metavar="路径", help="文件、文件夹，或 -")
    parser.add_argument("--format", choices=sorted(FORMATS), default="table", help="输出格式，默认 table")
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="写到这个文件，默认写到屏幕")
    parser.add_argument("--standard", default="default", metavar="标准", help="审核标准的名字或 .toml 文件")
    parser.add_argument("--cache", type=Path, metavar="文件夹", help="读过的内容存在哪里，默认在用户缓存目录")
    parser.add_argument("--fresh", action="store_true", help="全部重读，不用存下的内容")
    parser.add_argument(
        "--forms", type=Path, metavar="文件夹", help="指认过的表样在哪里，默认在数据文件夹的 forms"
    )
    parser.add_argument(
        "--raw", action="store_true", help="csv 里的文字原样写出；默认在会被表格软件当公式运行的文字前加 '"
    )
    parser.add_argument("-h", "--help", action="help", help="显示这段说明")
    parser._positionals.title, parser._optionals.title = "要读的", "选项"
    arguments = parser.parse_args(argv)
    if arguments.format in WRITES_BYTES and not arguments.output and sys.stdout.isatty():
        parser.error("")
    return arguments


def _readings(paths: Sequence[str], cache: ReadingCache, taught: Sequence[str]) -> Iterator[Reading]:
    many = [path for path in paths if path != "-"]
    if "-" in paths:
        try:
            yield read(standard_input(), name=STDIN, taught=taught)
        except ReadError as error:
            yield Reading(unread=(Unread.of(error),))
    total, begun, told, known = sum(1 for _ in files(many)), time.monotonic(), 0.0, 0
    try:
        for number, one in enumerate(read_many(many, cache, taught=taught), 1):
            yield one.reading
            known += one.known
            spent = time.monotonic() - begun
            if spent > 1 and (spent - told > 0.5 or number == total):
                told = spent
                _tell(number, total, known, spent)
    finally:
        if told:
            _say("")


def _taught(folder: Path) -> tuple[str, ...]:
    """The forms that were shown here; what is wrong with one is said, and it is not used."""
    files = form_files(folder)
    for file in files:
        if file.trouble:
            _say(f"表样没有用上：{file.trouble}")
    return tuple(file.text for file in files if file.form)


def _tell(number: int, total: int, known: int, spent: float) -> None:
    """A line that is written over itself."""
    same = f"，其中 {known} 个没有变化" if known else ""
    left = f"，约还需 {spent / number * (total - number):.0f} 秒" if number < total else ""
    _say(f"\r已读 {number}/{total} 个文件{same}{left}\033[K", end="")


def _say(text: str, end: str = "\n") -> None:
    with suppress(OSError, ValueError):  # nobody listens
        if sys.stderr:
            print(text, end=end, file=sys.stderr, flush=True)


def _print(data: bytes) -> bool:
    """Whether all of it went out."""
    left = memoryview(data)
    try:
        while left:  # without a buffer (python -u), a write may take only a part
            left = left[sys.stdout.buffer.write(left) :]
        sys.stdout.buffer.flush()
        return True
    except BrokenPipeError:  # as with | head: who reads has enough
        pass
    except (OSError, AttributeError) as error:
        _say(f"结果没有写完（{why(error) if isinstance(error, OSError) else '没有输出的地方'}）。")
    with suppress(OSError, ValueError, AttributeError):  # what is left in it would be tried again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return False


def main(argv: Sequence[str] | None = None) -> int:
    words = [*(sys.argv[1:] if argv is None else argv)]
    teaches = words[:1] == ["teach"]
    arguments = None if teaches else _arguments(words)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a Windows console is GBK
    try:
        return _run(arguments) if arguments else _teach(words[1:])
    except (Refused, StandardError, FormError) as error:
        _say(str(error))
        return 2
    except (Unwritten, ReadError) as error:
        _say(str(error))
    except KeyboardInterrupt:
        _say("已中断。读过的文件已经存下，再次运行时从断开处接着读。")
        return 130
    except MemoryError:
        _say("内存不够，没有写出结果。请少读一些文件，分几次进行。")
    except Exception as error:  # a fault of ours: no file of the user's makes a traceback
        *_, last = traceback.extract_tb(error.__traceback__)
        where = f"{type(error).__name__}，{Path(last.filename).name} 第 {last.lineno} 行"
        _say(f"程序内部出错，没有写出结果（{where}）。请把这一行告诉维护的人。")
    return 1


def _run(arguments: argparse.Namespace) -> int:
    """Raises Refused, StandardError, Unwritten."""
    asked = standard(arguments.standard)
    sources = [TERMINAL if path == "-" else path for path in (*arguments.paths, arguments.standard)]
    target = Target(arguments.output, sources) if arguments.output else None
    cache = ReadingCache(arguments.cache or home(), fresh=arguments.fresh)
    try:
        readings = list(_readings(arguments.paths, cache, _taught(arguments.forms or home_of_forms())))
    finally:
        cache.close()
    raw = arguments.raw and arguments.format == "csv"
    written = (as_raw_csv if raw else FORMATS[arguments.format])(readings, asked)
    if target:
        target.write(written)
    elif not _print(written):
        return 1
    return 1 if any(reading.unread for reading in readings) else 0


def _teach(words: Sequence[str]) -> int:
    from parsing.command_line.teach_command import run

    written, code = run(words, partial(_Parser, formatter_class=_ChineseHelp))
    return code if _print(written.encode()) else 1


if __name__ == "__main__":
    sys.exit(main())
