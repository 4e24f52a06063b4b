"""绩览的读表库：把项目绩效目标表读成带出处的项目。

The front door: ``read`` (one file → Reading), ``read_all`` (files and folders), ``load`` (→ one tidy
DataFrame), ``tabulate`` (→ normalised DataFrames). Nothing here imports pandas until it is needed.
"""

from __future__ import annotations

from parsing.bulk import read_all, read_many
from parsing.decide import decide
from parsing.errors import ReadError
from parsing.model import SLOTS, Decision, Empty, Indicator, Other, Project, Reading, Repair, Unread
from parsing.pictures import Picture, picture
from parsing.reading import PARSER, files, read

__all__ = [
    "PARSER",
    "SLOTS",
    "Decision",
    "Empty",
    "Indicator",
    "Other",
    "Picture",
    "Project",
    "ReadError",
    "Reading",
    "Repair",
    "Unread",
    "decide",
    "files",
    "load",
    "picture",
    "read",
    "read_all",
    "read_many",
    "tabulate",
]


def __getattr__(name: str) -> object:
    if name in ("load", "tabulate"):
        from parsing import frames

        return getattr(frames, name)
    raise AttributeError(name)
