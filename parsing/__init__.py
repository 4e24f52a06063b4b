"""绩览的读表库：把项目绩效目标表读成带出处的项目，并按规则审核。

The front door: ``read`` (one file → Reading), ``read_all`` (files and folders), ``review`` (a project →
Review), ``reviews`` (by several standards), ``review_all`` (many, with what shows only among many), ``load``
(→ one tidy DataFrame), ``tabulate`` (→ normalised DataFrames), ``doubled`` (which of many projects to leave
out of a sum). Nothing here imports pandas or the rules until they are needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from parsing.errors import ReadError, StandardError
from parsing.finding import (
    GRADES,
    SEVERITIES,
    Equation,
    Finding,
    Mention,
    Promise,
    Question,
    Review,
    Severity,
    Unchecked,
)
from parsing.inputs import files
from parsing.levels import Standing, budget_gap, doubled, groups
from parsing.model import (
    SLOTS,
    Decision,
    Empty,
    Indicator,
    ListTotal,
    Other,
    Project,
    Reading,
    Repair,
    Slot,
    Unread,
)
from parsing.originals import Original, original
from parsing.pictures import Picture, picture
from parsing.printable import printable, readable
from parsing.reading import PARSER, read
from parsing.repair_decisions import decide_repair
from parsing.rules_version import rules_version
from parsing.runtime.batch import read_all, read_many
from parsing.values import fen

if TYPE_CHECKING:
    from parsing.frames import load, tabulate
    from parsing.rules import BOOK, compare, review, review_all, reviews
    from parsing.rules.cells import asked, unread
    from parsing.rules.copying import copying
    from parsing.rules.measured import Measured, measured
    from parsing.rules.outline import Outline, OutlineLine, outline, packed, unpacked
    from parsing.rules.path_text import named, text_at
    from parsing.rules.questions import questions
    from parsing.rules.rule import Ground, Rule
    from parsing.rules.standard import DEFAULT, Asked, Standard, standard, standards

__all__ = [
    "BOOK",
    "DEFAULT",
    "GRADES",
    "PARSER",
    "SEVERITIES",
    "SLOTS",
    "Asked",
    "Decision",
    "Empty",
    "Equation",
    "Finding",
    "Ground",
    "Indicator",
    "ListTotal",
    "Measured",
    "Mention",
    "Original",
    "Other",
    "Outline",
    "OutlineLine",
    "Picture",
    "Project",
    "Promise",
    "Question",
    "ReadError",
    "Reading",
    "Repair",
    "Review",
    "Rule",
    "Severity",
    "Slot",
    "Standard",
    "StandardError",
    "Standing",
    "Unchecked",
    "Unread",
    "asked",
    "budget_gap",
    "compare",
    "copying",
    "decide_repair",
    "doubled",
    "fen",
    "files",
    "groups",
    "load",
    "measured",
    "named",
    "original",
    "outline",
    "packed",
    "picture",
    "printable",
    "questions",
    "read",
    "read_all",
    "read_many",
    "readable",
    "review",
    "review_all",
    "reviews",
    "rules_version",
    "standard",
    "standards",
    "tabulate",
    "text_at",
    "unpacked",
    "unread",
]
_LATE = {  # name → the module it is fetched from when somebody asks for it
    **dict.fromkeys(("load", "tabulate"), "parsing.frames"),
    **dict.fromkeys(("BOOK", "compare", "review", "review_all", "reviews"), "parsing.rules"),
    **dict.fromkeys(("asked", "unread"), "parsing.rules.cells"),
    **dict.fromkeys(("OutlineLine", "Outline", "outline", "packed", "unpacked"), "parsing.rules.outline"),
    "copying": "parsing.rules.copying",
    "questions": "parsing.rules.questions",
    **dict.fromkeys(("Measured", "measured"), "parsing.rules.measured"),
    **dict.fromkeys(("Ground", "Rule"), "parsing.rules.rule"),
    **dict.fromkeys(("named", "text_at"), "parsing.rules.path_text"),
    **dict.fromkeys(("DEFAULT", "Asked", "Standard", "standard", "standards"), "parsing.rules.standard"),
}


def __getattr__(name: str) -> object:
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(name)
