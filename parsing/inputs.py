"""What somebody names to be read: files, folders, standard input; each is looked at before it is opened."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from parsing.errors import Damaged, ReadError, TooLarge, Unsupported, why
from parsing.formats.containers.archive import LITTER
from parsing.printable import readable

MOST = 512 << 20  # bytes of a file
STANDARD_BYTES = 16 << 10  # of a standard; ours are 1 KB, and reading TOML can take the square of its length
STDIN = "标准输入"


def files(paths: Iterable[Path | str]) -> Iterator[tuple[Path, str]]:
    """The files that paths name, each with the name it is shown under (inside a folder, its path from
    there); folders walked in order of name, lock files and litter left out. What is no file, and a folder
    that cannot be opened or is only linked to, comes too: ``content`` says what is wrong with it."""
    for path in map(Path, paths):
        for file in _inside(path) if _is_folder(path) else (path,):
            yield (
                file,
                readable(file.relative_to(path).as_posix() if file != path else path.name or str(path)),
            )


def _inside(top: Path) -> Iterator[Path]:
    stack = [top]
    while stack:
        path = stack.pop()
        try:
            folder = path == top or (_is_folder(path) and not path.is_symlink())
            found = sorted(path.iterdir(), reverse=True) if folder else []
        except OSError:
            folder = False
        if folder:
            stack += [one for one in found if not one.name.startswith(LITTER)]
        else:
            yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def content(path: Path, name: str, most: int | None = None) -> bytes:
    """The bytes of a file, ``most`` (MOST) at most. Raises ReadError: Damaged, TooLarge, Unsupported (it is
    none)."""
    most = MOST if most is None else most
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _closed(path, name)
        if not stat.S_ISREG(status.st_mode):
            remedy = "请先存成文件再读；管道里的内容可以用 - 从标准输入读"
            raise Unsupported(name, "这不是文件，而是设备、管道或套接字，没有读取", remedy)
        if status.st_size > most:
            raise _large(name, most, f"（{_size(status.st_size)}）")
        with path.open("rb") as file:
            return _read(file, name, most)
    except (OSError, ValueError) as error:
        said = "它指向的文件不存在" if path.is_symlink() and not path.exists() else why(error)
        raise Damaged(name, f"打不开这个文件（{said}）", "请确认文件存在、没有被其他程序占用") from error


def standard_input() -> bytes:
    """All of it. Raises ReadError."""
    try:
        return _read(sys.stdin.buffer, STDIN, MOST) if sys.stdin else b""
    except OSError as error:
        raise Damaged(STDIN, f"标准输入读不了（{why(error)}）", "请给出文件或文件夹的路径") from error


def _read(file: IO[bytes], name: str, most: int) -> bytes:
    data = file.read(most + 1)
    if len(data) > most:
        raise _large(name, most)
    return data


def _large(name: str, most: int, size: str = "") -> TooLarge:
    reason = f"这个文件{size}超过一个文件 {_size(most)} 的上限，没有读取"
    return TooLarge(name, reason, "请按部门或年度拆成几个文件，每个不超过这个大小，再分别读取")


def _size(many: int) -> str:
    return f"{many / (1 << 20):,.0f} 兆" if many >= 1 << 20 else f"{many / (1 << 10):,.0f} 千字节"


def _closed(path: Path, name: str) -> ReadError:
    """Why a folder is not read."""
    if path.is_symlink():
        return Unsupported(name, "这是指向文件夹的链接，没有读取", "请直接给出它指向的文件夹")
    try:
        next(path.iterdir(), None)
        reason = "这是文件夹，不是文件"
    except OSError as error:
        reason = f"打不开这个文件夹（{why(error)}）"
    return Damaged(name, reason, "请确认有权限打开这个文件夹，再重新读取")
