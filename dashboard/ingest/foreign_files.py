"""What others put into the spool's folder (thumbnails of a disk station, a stray table): left alone, told
once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

NOTED = "dismissed.json"  # which of them were told, and somebody has seen it


class ForeignFiles:
    """Their names below ``folder``, with why they were passed over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found: dict[str, str] = {}
        self._dismissed = {*self._noted()}

    def found(self, paths: Iterable[tuple[Path, str]]) -> None:
        """Take these, with why, for all there are."""
        self._found = {self._name(path): why for path, why in paths}

    def all(self) -> dict[str, str]:
        """Name → why, of those that nobody dismissed; names are fit to be shown."""
        return {name: why for name, why in self._found.items() if name not in self._dismissed}

    def dismiss(self) -> None:
        """Speak no more of those of ``all``, the next program neither."""
        self._dismissed |= self._found.keys()
        with suppress(OSError):
            text = json.dumps(sorted({*self._noted(), *self._found}))
            (self._folder / NOTED).write_text(text, "utf-8")

    def _noted(self) -> list[str]:
        try:
            return [str(name) for name in json.loads((self._folder / NOTED).read_text("utf-8"))]
        except (OSError, ValueError, TypeError):
            return []

    def _name(self, path: Path) -> str:
        name = path.relative_to(self._folder.parent).as_posix()
        return name.encode("utf-8", "replace").decode()
