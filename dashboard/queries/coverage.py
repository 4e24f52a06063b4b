"""What is missing: which projects have no indicator of a slot, by number and by money (分).

A gap is an empty cell that is neither declared not applicable nor unread (see ``states``).
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from dashboard.queries.budget import GROUPS
from dashboard.queries.projects import about
from dashboard.queries.scope import UNNAMED, Scope
from dashboard.queries.states import (
    ADVISED,
    COUNTS,
    DEFAULT,
    FILLED,
    GAP,
    INAPPLICABLE,
    REQUIRED,
    UNREAD,
    Condition,
    number,
    under,
)
from dashboard.queries.totals import fens, many
from dashboard.store import Select, project, requirement
from parsing import SLOTS

MONEY = sa.func.coalesce(project.c.budget_fen, -1).desc()
SORTS = {
    "money": (MONEY,),
    "gaps": (number(GAP).desc(), MONEY),
    "required": (number(REQUIRED).desc(), number(GAP).desc(), MONEY),
    "name": (project.c.name,),
    "unit": (project.c.unit, MONEY),
}
COUNTED = {
    "gap": GAP,
    "filled": FILLED,
    "inapplicable": INAPPLICABLE,
    "unread": UNREAD,
    "required": REQUIRED,
    "advised": ADVISED,
}


def lacking(scope: Scope, standard: str = DEFAULT) -> Select:
    """Nine rows in the order of SLOTS: k (1…9), slot, projects and budget_fen that have a gap there; and
    filled, inapplicable, unread, required, advised (gaps that the standard requires, advises to fill), with
    the money of each as filled_fen and so on."""
    figures = [
        figure for state, holds in COUNTED.items() for figure in _figures(holds, state, f"{state}_fen")
    ]
    one = scope.where(under(sa.select(*figures), standard)).cte()
    rows = []
    for k, slot in enumerate(SLOTS, 1):
        said: list[sa.ColumnElement[Any]] = [sa.literal(k).label("k"), sa.literal(slot).label("slot")]
        for state in COUNTED:
            names = ("projects", "budget_fen") if state == "gap" else (state, f"{state}_fen")
            said += [one.c[f"{state}{k}"].label(names[0]), one.c[f"{state}_fen{k}"].label(names[1])]
        rows.append(sa.select(*said))
    both = sa.union_all(*rows).subquery()
    return sa.select(both).order_by(both.c.k)


def matrix(
    scope: Scope,
    sort: str = "money",
    words: str = "",
    slot: str | None = None,
    limit: int = 200,
    standard: str = DEFAULT,
    skip: int = 0,
) -> Select:
    """key, name, unit, year, budget_fen, partial (as of ``project``), filled, gaps, required (0…9 each),
    s1…s9, a1…a9 and u1…u9 (1: not applicable, unread), r1…r9 (of gaps, 2 where the standard requires an
    indicator, 1 where it advises one, else 0) of the projects that ``words`` find and, with ``slot``, that
    have a gap there; ``sort``: a key of SORTS, ``skip``: how many of the first to leave out. What an address
    misspells is as if it were not there."""
    columns = [project.c[name] for name in ("key", "name", "unit", "year", "budget_fen", "partial")]
    flags = [
        sa.case((condition, 1), else_=0).label(f"{of}{k}")
        for of, conditions in (("a", INAPPLICABLE), ("u", UNREAD))
        for k, condition in enumerate(conditions, 1)
    ]
    asked = [
        sa.case((gap, sa.func.coalesce(requirement.c[f"r{k}"], 0)), else_=0).label(f"r{k}")
        for k, gap in enumerate(GAP, 1)
    ]
    figures = ((FILLED, "filled"), (GAP, "gaps"), (REQUIRED, "required"))
    numbers = [number(conditions).label(label) for conditions, label in figures]
    select = under(sa.select(*columns, *numbers, *COUNTS, *flags, *asked), standard)
    select = scope.where(select).where(*about(words))
    if slot in SLOTS:
        select = select.where(GAP[SLOTS.index(slot)])
    return select.order_by(*SORTS.get(sort, SORTS["money"]), project.c.key).limit(limit).offset(skip)


def groups(scope: Scope, by: str, standard: str = DEFAULT) -> Select:
    """A row for each group (``by``: a key of budget.GROUPS): key and name (as of ``grouped``), projects,
    budget_fen, lack1…lack9 (projects with a gap there), fen1…fen9 (their money), required1…required9 and
    required_fen1…required_fen9 (of those gaps, the required); most money first."""
    column = GROUPS[by]
    text, whole = sa.cast(column, sa.String), fens(project.c.budget_fen)
    select = sa.select(
        sa.func.coalesce(text, UNNAMED).label("key"),
        text.label("name"),
        sa.func.count().label("projects"),
        whole.label("budget_fen"),
        *_figures(GAP, "lack", "fen"),
        *_figures(REQUIRED, "required", "required_fen"),
    )
    return scope.where(under(select, standard)).group_by(column).order_by(whole.desc(), column)


def _figures(conditions: list[Condition], named: str, money: str) -> list[sa.ColumnElement[int]]:
    """Of each slot, the projects where the condition holds, and their money, under these names."""
    numbers = [many(condition).label(f"{named}{k}") for k, condition in enumerate(conditions, 1)]
    amounts = [
        fens(sa.case((one, project.c.budget_fen), else_=0)).label(f"{money}{k}")
        for k, one in enumerate(conditions, 1)
    ]
    return [*numbers, *amounts]
