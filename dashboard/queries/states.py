"""The four states of a cell of the matrix, 已填, 空缺, 不适用, 读不出, as conditions on ``project``; and
which gaps a standard asks to be filled, as conditions on ``requirement`` beside it (see ``under``).

Each list has one for each of parsing's SLOTS, in that order; of one cell exactly one state holds.
"""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.store import Select, project, requirement
from parsing import SLOTS

Condition = sa.ColumnElement[bool]
DEFAULT = "default"  # the standard that holds where nobody chose one
PARTIAL = project.c.partial != ""  # of its table only a part was read (see ``parsing.partial``)
_NUMBERS = range(1, len(SLOTS) + 1)
COUNTS = [project.c[f"s{k}"] for k in _NUMBERS]  # indicators in each slot
FILLED: list[Condition] = [count > 0 for count in COUNTS]
INAPPLICABLE: list[Condition] = [project.c[f"a{k}"] == 1 for k in _NUMBERS]
UNREAD: list[Condition] = [sa.and_(project.c[f"u{k}"] == 1, project.c[f"a{k}"] == 0) for k in _NUMBERS]
GAP: list[Condition] = [sa.and_(*(project.c[f"{of}{k}"] == 0 for of in "sau")) for k in _NUMBERS]
REQUIRED: list[Condition] = [
    sa.and_(gap, requirement.c[f"r{k}"] == 2) for k, gap in enumerate(GAP, 1)
]  # with ``under``
ADVISED: list[Condition] = [sa.and_(gap, requirement.c[f"r{k}"] == 1) for k, gap in enumerate(GAP, 1)]


def under(select: Select, standard: str) -> Select:
    """The select of ``project`` with what the standard asks beside each project."""
    same = sa.and_(requirement.c.key == project.c.key, requirement.c.standard == standard)
    return select.select_from(project.outerjoin(requirement, same))


def number(conditions: list[Condition]) -> sa.ColumnElement[int]:
    """How many of the conditions hold."""
    return sum(
        (sa.case((condition, 1), else_=0) for condition in conditions[1:]),
        sa.case((conditions[0], 1), else_=0),
    )
