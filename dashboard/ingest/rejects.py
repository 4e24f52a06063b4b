"""Files that could not be stored: kept with the reason until somebody dismisses them, by any program on the
same data."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from pathlib import Path

from dashboard.ingest import envelope
from dashboard.store.data_folder import settle_names
from parsing import ReadError, Unread

KEPT = "kept"
_IDENT = re.compile(r"[0-9a-f]{32}")
logger = logging.getLogger(__name__)


class Rejects:
    """Below the spool, for each file its envelope, as it is, and a note with the reason."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, path: Path, ident: str, why: Unread) -> None:
        """Move a file here. Raises OSError, the file then being where it was; a reason that cannot be written
        is not worth losing the file."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path.replace(self._folder / ident)
        try:
            self._note(ident).write_text(why.model_dump_json(), "utf-8")
        except OSError:
            logger.warning("没有记下原因：%s", why.place, exc_info=True)
        settle_names(self._folder)

    def all(self) -> dict[str, Unread]:
        """Ident → why, in the order of their coming. Never raises."""
        try:
            paths = [path for path in self._folder.iterdir() if _IDENT.fullmatch(path.name)]
            paths.sort(key=lambda path: (path.stat().st_mtime_ns, path.name))
        except OSError:  # not made yet; or dismissed meanwhile by another program
            return {}
        return {path.name: self._why(path) for path in paths}

    def path(self, ident: str) -> Path:
        return self._folder / ident

    def dismiss(self, ident: str) -> None:
        """Delete a file and its note."""
        for path in (self._folder / ident, self._note(ident)):
            with suppress(OSError):
                path.unlink()

    def _why(self, path: Path) -> Unread:
        try:
            return Unread.model_validate_json(self._note(path.name).read_text("utf-8"))
        except (OSError, ValueError):
            with suppress(OSError, ReadError):
                return _unknown(envelope.head(path).name)
            return _unknown(path.name)

    def _note(self, ident: str) -> Path:
        return self._folder / f"{ident}.json"


def _unknown(name: str) -> Unread:
    remedy = "请检查磁盘空间，再点“再试一次”"
    return Unread(code="not-stored", place=name, reason="没有存下来，原因没有记下", remedy=remedy)
