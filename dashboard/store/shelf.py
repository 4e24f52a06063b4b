"""The standards that are known here, and which edition of them and of the rules holds now."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from parsing import ReadError, edition

if TYPE_CHECKING:
    from parsing import Standard

logger = logging.getLogger("dashboard")


class Shelf:
    """Our standards and those of ``folder`` (TOML files; one with a name of ours takes its place). The folder
    is looked at each time, so that a file put there counts at once."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._lock = Lock()
        self._kept: tuple[str, Standards] | None = None

    def edition(self) -> str:
        """Another one after any change to rules or standards."""
        files = sorted(self.folder.glob("*.toml")) if self.folder else []
        own = hashlib.sha256(
            "".join(f"{file.name}\0{_text(file)}\0" for file in files).encode("utf-8", "replace")
        )
        return f"{edition()}{own.hexdigest()[:8]}"

    def now(self) -> Standards:
        """All standards of this moment."""
        stamp = self.edition()
        with self._lock:
            if self._kept is None or self._kept[0] != stamp:
                self._kept = stamp, self._read(stamp)
            return self._kept[1]

    def _read(self, stamp: str) -> Standards:
        from parsing import standard, standards  # late: rules take a moment that tiles need not wait for

        known, wrong = dict(standards()), []
        for file in sorted(self.folder.glob("*.toml")) if self.folder else []:
            try:
                known[file.stem] = standard(file)
            except ReadError as error:
                logger.warning("审核标准读不出来：%s", error)
                wrong.append(f"{file.name}：{error.reason}")
        return Standards(stamp, known, tuple(wrong))


class Standards(NamedTuple):
    """``known``: by name, the default one first; ``wrong``: a sentence for each file that is none."""

    edition: str
    known: dict[str, Standard]
    wrong: tuple[str, ...]


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""
