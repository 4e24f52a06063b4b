"""What the rules found: ranked, counted, and beside the money it touches (分, each project's once).

Findings about how a table was read (dimension 读取质量) are kept apart from faults of content.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from dashboard.queries.scope import Scope
from dashboard.queries.states import DEFAULT
from dashboard.queries.totals import fens, many, total
from dashboard.store import PROBLEM_RANK, RANK_SEVERITIES, READING, SEVERITY_RANKS, Select, finding, project

STATES = {"open": finding.c.aside == 0, "aside": finding.c.aside == 1}
WEIGHT = sa.case({rank: 3 ** (rank - 1) for rank in RANK_SEVERITIES}, value=finding.c.rank, else_=0)
MONEY = sa.func.coalesce(project.c.budget_fen, 0)
_ABOUT = ("name", "unit", "department", "year", "budget_fen", "file", "upload_id", "version_id")


@dataclass(frozen=True)
class FindingFilter:
    """Which findings; None stands for all. ``key``: a project's; ``state``: open, aside or all; ``of``:
    content, reading (how the table was read) or all; ``least``: the rank from which on."""

    rule: str | None = None
    severity: str | None = None
    dimension: str | None = None
    key: str | None = None
    slot: str | None = None
    state: str = "open"
    of: str = "content"
    least: int = 0

    def conditions(self, standard: str) -> list[sa.ColumnElement[bool]]:
        """Conditions on ``finding``."""
        fields = ("rule", "dimension", "key", "slot")
        chosen = [(finding.c[field], getattr(self, field)) for field in fields]
        found: list[sa.ColumnElement[bool]] = [finding.c.standard.in_(("", standard))]
        found += [column == value for column, value in chosen if value is not None]
        if self.severity is not None:
            found.append(finding.c.rank == SEVERITY_RANKS.get(self.severity, 0))
        if self.least:
            found.append(finding.c.rank >= self.least)
        found += [STATES[self.state]] if self.state in STATES else []
        if self.of == "reading":
            found.append(finding.c.dimension == READING)
        elif self.of == "content":
            found.append(finding.c.dimension != READING)
        return found


OPEN = FindingFilter()
PROBLEMS = FindingFilter(least=PROBLEM_RANK)
SORTS = {
    "money": ((MONEY * WEIGHT).desc(), finding.c.rank.desc(), MONEY.desc()),
    "severity": (finding.c.rank.desc(), MONEY.desc()),
}


def ranked(
    scope: Scope,
    standard: str = DEFAULT,
    sought: FindingFilter = OPEN,
    limit: int = 200,
    offset: int = 0,
    sort: str = "money",
) -> Select:
    """The findings, what matters most first (``sort``, a key of SORTS; money: money × severity, where a step
    of severity counts three times): every column of ``finding``, and name, unit, department, year,
    budget_fen, file, upload_id, version_id of the project."""
    both = finding.join(project, project.c.key == finding.c.key)
    which = scope.where(sa.select(finding.c.key, finding.c.seq).select_from(both))
    which = which.where(*sought.conditions(standard)).order_by(*order(sort)).limit(limit).offset(offset)
    first = which.subquery()  # their long texts are looked up only for these
    same = sa.and_(finding.c.key == first.c.key, finding.c.seq == first.c.seq)
    chosen = first.join(finding, same).join(project, project.c.key == first.c.key)
    return _whole().select_from(chosen).order_by(*order(sort))


def order(sort: str) -> tuple[sa.ColumnElement[int | str], ...]:
    """By what findings are sorted (a key of SORTS), to the last tie."""
    return (*SORTS[sort], finding.c.key, finding.c.rule, finding.c.seq)


def tally(scope: Scope, standard: str = DEFAULT, sought: FindingFilter = OPEN) -> Select:
    """One row: findings, projects and budget_fen they touch, high, middle, low, hint (findings of 高, 中, 低,
    提示), and the numbers of ``terms``: problems (高 and 中), advice (低 and 提示), projects_high and
    fen_high (touched by those of 高), projects_due and fen_due (by problems)."""
    each = _each(scope, standard, sought)
    high, due = each.c.n4 > 0, each.c.rank >= PROBLEM_RANK
    return sa.select(
        *(total(each.c[name]).label(label) for name, label in _NAMED.items()),
        total(each.c.n4 + each.c.n3).label("problems"),
        total(each.c.n2 + each.c.n1).label("advice"),
        many(each.c.findings > 0).label("projects"),
        fens(each.c.budget_fen).label("budget_fen"),
        many(high).label("projects_high"),
        fens(sa.case((high, each.c.budget_fen), else_=0)).label("fen_high"),
        many(due).label("projects_due"),
        fens(sa.case((due, each.c.budget_fen), else_=0)).label("fen_due"),
    )


def severities(scope: Scope, standard: str = DEFAULT, sought: FindingFilter = OPEN) -> Select:
    """Four rows from 高 to 提示: rank (4…1), severity, findings, projects and budget_fen they touch."""
    each = _each(scope, standard, sought)
    rows = []
    for rank, severity in RANK_SEVERITIES.items():
        count = each.c[f"n{rank}"]
        rows.append(
            sa.select(
                sa.literal(rank).label("rank"),
                sa.literal(severity).label("severity"),
                total(count).label("findings"),
                many(count > 0).label("projects"),
                fens(sa.case((count > 0, each.c.budget_fen), else_=0)).label("budget_fen"),
            )
        )
    both = sa.union_all(*rows).subquery()
    return sa.select(both).order_by(both.c.rank.desc())


def rules(scope: Scope, standard: str = DEFAULT, sought: FindingFilter = OPEN) -> Select:
    """A row for each rule that found something: rule, dimension, rank (its highest), findings, high (those of
    高), projects and budget_fen they touch; the most severe first, then by money. Its title is in parsing's
    BOOK."""
    each = _each(scope, standard, sought, finding.c.rule, finding.c.dimension)
    by = (each.c.rule, each.c.dimension)
    rank = sa.func.max(each.c.rank)
    money = fens(each.c.budget_fen)
    select = sa.select(
        *by,
        rank.label("rank"),
        total(each.c.findings).label("findings"),
        total(each.c.n4).label("high"),
        sa.func.count().label("projects"),
        money.label("budget_fen"),
    )
    return select.group_by(*by).order_by(rank.desc(), money.desc(), each.c.rule)


def units(scope: Scope, standard: str = DEFAULT, sought: FindingFilter = OPEN, limit: int = 200) -> Select:
    """A row for each unit with findings: unit (or none), findings, high, projects and budget_fen touched;
    most money first."""
    each = _each(scope, standard, sought)
    money = fens(each.c.budget_fen)
    select = sa.select(
        each.c.unit,
        total(each.c.findings).label("findings"),
        total(each.c.n4).label("high"),
        sa.func.count().label("projects"),
        money.label("budget_fen"),
    )
    return select.group_by(each.c.unit).order_by(money.desc(), each.c.unit).limit(limit)


def quadrant(
    scope: Scope, standard: str = DEFAULT, sought: FindingFilter = OPEN, limit: int = 1000
) -> Select:
    """Every project, those without findings too: key, name, unit, year, budget_fen, findings, high, middle,
    low, hint, rank (the highest, 0 for none), problems and advice as of ``tally``; most money first."""
    each = _counted(scope, standard, sought)
    counts = {label: sa.func.coalesce(each.c[name], 0).label(label) for name, label in _NAMED.items()}
    select = sa.select(
        *(project.c[name] for name in ("key", "name", "unit", "year", "budget_fen")),
        *counts.values(),
        sa.func.coalesce(each.c.rank, 0).label("rank"),
        (counts["high"] + counts["middle"]).label("problems"),
        (counts["low"] + counts["hint"]).label("advice"),
    ).select_from(project.outerjoin(each, each.c.key == project.c.key))
    order = (sa.func.coalesce(project.c.budget_fen, -1).desc(), project.c.key)
    return scope.where(select).order_by(*order).limit(limit)


def of_project(key: str, standard: str = DEFAULT) -> Select:
    """Every finding of one project, those set aside and those about its reading too, the most severe first:
    the columns of ``ranked``."""
    sought = FindingFilter(key=key, state="all", of="all")
    both = finding.join(project, project.c.key == finding.c.key)
    order = (finding.c.aside, finding.c.rank.desc(), finding.c.seq)
    return _whole().select_from(both).where(*sought.conditions(standard)).order_by(*order)


_NAMED = {"findings": "findings", "n4": "high", "n3": "middle", "n2": "low", "n1": "hint"}


def _whole() -> Select:
    return sa.select(finding, *(project.c[name] for name in _ABOUT))


def _counted(scope: Scope, standard: str, sought: FindingFilter, *by: sa.ColumnElement[str]) -> sa.Subquery:
    """A row for each project with findings, or more finely: key, ``by``, rank (the highest), findings,
    n4…n1."""
    select = sa.select(
        finding.c.key,
        *by,
        sa.func.max(finding.c.rank).label("rank"),
        sa.func.count().label("findings"),
        *(many(finding.c.rank == rank).label(f"n{rank}") for rank in RANK_SEVERITIES),
    ).where(*sought.conditions(standard))
    if scope.chosen():
        select = select.where(finding.c.key.in_(scope.where(sa.select(project.c.key))))
    return select.group_by(finding.c.key, *by).subquery()


def _each(scope: Scope, standard: str, sought: FindingFilter, *by: sa.ColumnElement[str]) -> sa.CTE:
    """The same with unit and budget_fen: counted first, since there are many findings to a project."""
    rows = _counted(scope, standard, sought, *by)
    both = rows.join(project, project.c.key == rows.c.key)
    query = sa.select(*rows.c, project.c.unit, project.c.budget_fen).select_from(both)
    return query.where(project.c.doubled == 0).cte()
