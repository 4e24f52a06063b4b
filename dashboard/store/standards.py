"""The standards that are known here, and which version of them and of the rules holds now."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from parsing import ReadError, StandardError, readable, rules_version
from parsing.inputs import STANDARD_BYTES, content
from parsing.teaching.form_files import tomls

if TYPE_CHECKING:
    from parsing import Standard

logger = logging.getLogger("dashboard")


def own(folder: Path | None) -> list[Path]:
    """The files of a folder that are to be standards, whatever is in them."""
    return tomls(folder) if folder else []


def copied(folder: Path) -> list[Path]:
    """Those of them that go along with a copy of the store: not what is no file, or has a name of no text."""
    return [file for file in own(folder) if file.is_file() and readable(file.name) == file.name]


class StandardsFolder:
    """Our standards and those of ``folder`` (TOML files; one with a name of ours takes its place). The folder
    is looked at each time, so that a file put there counts at once."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._lock = Lock()
        self._kept: tuple[str, Standards] | None = None

    def rules_version(self) -> str:
        """Another one after any change to rules or standards."""
        digest = hashlib.sha256()
        for file in own(self.folder):
            digest.update(os.fsencode(file.name) + b"\0" + _bytes(file) + b"\0")
        return f"{rules_version()}{digest.hexdigest()[:8]}"

    def now(self) -> Standards:
        """All standards of this moment."""
        stamp = self.rules_version()
        with self._lock:
            if self._kept is None or self._kept[0] != stamp:
                self._kept = stamp, self._read(stamp)
            return self._kept[1]

    def _read(self, stamp: str) -> Standards:
        from parsing import standard, standards  # late: rules take a moment that tiles need not wait for

        known, wrong = dict(standards()), {}
        for file in own(self.folder):
            try:
                said = standard(file)
                _apart(said, known.values())
                known[said.name] = said
            except ReadError as error:
                logger.warning("审核标准读不出来：%s", error)
                wrong[readable(file.stem)] = f"{readable(file.name)}：{error.reason}。{error.remedy}"
        return Standards(stamp, known, wrong)


class Standards(NamedTuple):
    """``known``: by name, the default one first; ``wrong``: name of each file that is none → a sentence."""

    rules_version: str
    known: dict[str, Standard]
    wrong: dict[str, str]


def _apart(said: Standard, others: Iterable[Standard]) -> None:
    """Raises StandardError where another one has the same title: by that, pages say whose rules hold."""
    same = [other.name for other in others if other.title == said.title and other.name != said.name]
    if same:
        reason = f"名称“{said.title}”与审核标准 {same[0]} 相同，分不清是哪一个"
        raise StandardError(said.name, reason, "请在文件里改 title，再试")


def _bytes(file: Path) -> bytes:
    try:
        return content(file, file.name, STANDARD_BYTES)
    except ReadError:
        return b""
