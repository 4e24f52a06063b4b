"""How much there is: the numbers of the tiles, and what the filters can be set to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from dashboard.queries.left_out import repeated
from dashboard.queries.scope import FIELDS, UNNAMED, YEARS, Scope
from dashboard.queries.states import (
    ADVISED,
    COUNTS,
    DEFAULT,
    FILLED,
    GAP,
    INAPPLICABLE,
    PARTIAL,
    REQUIRED,
    UNREAD,
    number,
    under,
)
from dashboard.store import DOUBLED, Select, added, project

Ask = Callable[..., list[dict[str, Any]]]  # a question and what it is about → rows
OWNERS = {"years": "year", "departments": "department", "units": "unit"}


def many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """How many rows meet the condition."""
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def total(amount: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """The sum, unknown amounts left out; 0 of nothing."""
    return sa.func.coalesce(sa.func.sum(amount), 0)


def fens(amount: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The sum of amounts in 分, unknown ones left out; 0 of nothing. Of any size: see ``store.exact_sum``."""
    return sa.func.coalesce(added(amount), 0)


def totals(scope: Scope, standard: str = DEFAULT) -> Select:
    """One row: projects, budget_fen, unpriced (projects whose budget was not read), indicators; of the cells
    of the coverage matrix (cells) those filled, gaps, inapplicable, unread, and of the gaps those required
    and advised by the standard; complete (projects without a gap, whose tables were read whole), full (those
    that lack nothing that is required and were read whole), in_part (those read in part), lacking,
    lacking_fen (projects with a required gap and their money); repairs, doubtful, repaired (projects with
    repairs), samples; and of the projects left out of all these, since they would be summed twice: doubled,
    doubled_fen (none where no budget of theirs was read), and by how much what stands for them in the sums is
    less (short_fen) or more (over_fen), where it is by more than 1 %; of tables that others stand for, what
    ``left_out.repeated`` says."""
    lacks = sa.or_(*REQUIRED)
    left = scope.listed(sa.select(sa.func.count())).where(DOUBLED).correlate(None)
    left_fen = scope.listed(sa.select(added(project.c.budget_fen))).where(DOUBLED).correlate(None)
    apart = scope.listed(sa.select(fens(project.c.apart_fen))).where(DOUBLED).correlate(None)
    select = sa.select(
        sa.func.count().label("projects"),
        fens(project.c.budget_fen).label("budget_fen"),
        many(project.c.budget_fen.is_(None)).label("unpriced"),
        total(project.c.indicators).label("indicators"),
        total(number(FILLED)).label("filled"),
        total(number(GAP)).label("gaps"),
        total(number(INAPPLICABLE)).label("inapplicable"),
        total(number(UNREAD)).label("unread"),
        total(number(REQUIRED)).label("required"),
        total(number(ADVISED)).label("advised"),
        (sa.func.count() * len(COUNTS)).label("cells"),
        many(sa.and_(~PARTIAL, *map(sa.or_, FILLED, INAPPLICABLE))).label("complete"),
        total(sa.case((sa.or_(lacks, PARTIAL), 0), else_=1)).label("full"),
        many(PARTIAL).label("in_part"),
        many(lacks).label("lacking"),
        fens(sa.case((lacks, project.c.budget_fen), else_=0)).label("lacking_fen"),
        total(project.c.repairs).label("repairs"),
        total(project.c.doubtful).label("doubtful"),
        many(project.c.repairs > 0).label("repaired"),
        total(project.c.sample).label("samples"),
        left.scalar_subquery().label("doubled"),
        left_fen.scalar_subquery().label("doubled_fen"),
        apart.where(project.c.apart_fen > 0).scalar_subquery().label("short_fen"),
        (-apart.where(project.c.apart_fen < 0).scalar_subquery()).label("over_fen"),
        *repeated(scope),
    )
    return scope.where(under(select, standard))


def options(scope: Scope, field: str) -> Select:
    """What a filter (a field of Scope) can be set to while the others stay: value (none for those that leave
    it blank), projects, budget_fen; years from the newest, others from the most money."""
    column = FIELDS[field][1]
    fen = fens(project.c.budget_fen)
    select = sa.select(column.label("value"), sa.func.count().label("projects"), fen.label("budget_fen"))
    order = (column.desc(),) if field in YEARS else (fen.desc(), column)
    return scope.without(field).where(select).group_by(column).order_by(*order)


def whole(ask: Ask, scope: Scope, standard: str) -> dict[str, Any]:
    """The row of ``totals``, and whose that is: years, departments and units (the values that there
    are, None for projects that name none), undated (projects that name no year)."""
    found = ask(totals, scope, standard)[0] | {"undated": 0}
    for owners, field in OWNERS.items():
        chosen = getattr(scope, field)
        if chosen is not None:
            rows = [{"value": None if chosen == UNNAMED else chosen, "projects": found["projects"]}]
        else:
            rows = ask(options, scope, field)
        found[owners] = [row["value"] for row in rows]
        if field == "year":
            found["undated"] = sum(row["projects"] for row in rows if row["value"] is None)
    return found
