"""The file that is written: never one that is read, and the old one stays until the new one is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from parsing.errors import why
from parsing.inputs import files
from parsing.printable import readable


class Refused(Exception):
    """Nothing can, or may, be written there; says why, in Chinese."""


class Unwritten(Exception):
    """It could not be written after all; says why, in Chinese."""


class Target:
    """Where ``-o`` says. Raises Refused, before anything is read, where that is a folder or in none, where
    nothing can be written, or where one of the files to be read is, by whatever name and link."""

    def __init__(self, path: Path, sources: Iterable[Path | str]) -> None:
        self._name = readable(str(path))
        try:
            self._check(path, sources)
        except (OSError, ValueError, RuntimeError) as error:  # Python before 3.13 on a link to itself
            raise Refused(f"“{self._name}”写不了（{_why(error)}），没有读取任何文件。") from error

    def _check(self, path: Path, sources: Iterable[Path | str]) -> None:
        if path.is_dir():
            raise Refused(f"“{self._name}”是一个文件夹，请在后面加上文件名。")
        if not path.parent.is_dir():
            raise Refused(f"“{readable(str(path.parent))}”这个文件夹不存在，请先建立它，或换一个位置。")
        self._path, self._whole = path, path.exists() and not path.is_file()  # a device, a pipe
        if self._whole:
            return
        self._path = path.resolve()
        if path.exists():
            if any(_same(path, source) for source, _ in files(sources)):
                raise Refused(f"“{self._name}”正是要读的文件，写出会毁掉它。请给结果换一个名字。")
            with path.open("r+b"):  # may it be changed at all?
                pass
        self._fresh.open("xb").close()
        self._fresh.unlink()

    @property
    def _fresh(self) -> Path:
        """Beside the file, so that it can take its place in one step; passed over where folders are read."""
        return self._path.with_name(f".jilan-{os.getpid()}.tmp")

    def write(self, data: bytes) -> None:
        """All of ``data``, or nothing. Raises Unwritten."""
        try:
            if self._whole:
                self._path.write_bytes(data)
            else:
                self._replace(data)
        except OSError as error:
            kept = "" if self._whole else "，原来的文件没有改动"
            raise Unwritten(f"“{self._name}”没有写成（{why(error)}）{kept}。") from error

    def _replace(self, data: bytes) -> None:
        try:
            with self._fresh.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            with suppress(OSError):  # there was none, or it is not ours
                shutil.copymode(self._path, self._fresh)
            self._fresh.replace(self._path)
        finally:
            self._fresh.unlink(missing_ok=True)


def _same(path: Path, source: Path) -> bool:
    try:
        return path.samefile(source)
    except (OSError, ValueError):
        return False


def _why(error: Exception) -> str:
    return "链接绕成了一圈" if isinstance(error, RuntimeError) else why(error)
