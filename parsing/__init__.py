"""绩览的读表库：把项目绩效目标表读成带出处的项目。

The front door: ``read`` (one file → Reading), ``read_all`` (files and folders), ``load`` (→ one tidy
DataFrame), ``tabulate`` (→ normalised DataFrames). Nothing here imports pandas until it is needed.
"""

from __future__ import annotations

from parsing.errors import ReadError
from parsing.model import SLOTS, Empty, Indicator, Other, Project, Reading, Repair, Unread
from parsing.reading import PARSER, files, read, read_all

__all__ = [
    "PARSER",
    "SLOTS",
    "Empty",
    "Indicator",
    "Other",
    "Project",
    "ReadError",
    "Reading",
    "Repair",
    "Unread",
    "files",
    "load",
    "read",
    "read_all",
    "tabulate",
]


def __getattr__(name: str) -> object:
    if name in ("load", "tabulate"):
        from parsing import frames

        return getattr(frames, name)
    raise AttributeError(name)
