"""Finding projects."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.queries.review import FindingFilter
from dashboard.queries.scope import Scope
from dashboard.queries.states import DEFAULT, PARTIAL, REQUIRED, under
from dashboard.queries.totals import fens, many
from dashboard.store import DOUBLED, PROBLEM_RANK, Select, added, finding, indicator, project, requirement
from parsing import SLOTS

_WIDE, _NARROW = "（）：，", "():,"


LEVELS = {4: "high", 3: "middle", 2: "low", 1: "hint"}  # rank of a finding → its name
LOOKS = {
    "repaired": project.c.repairs > 0,
    "doubtful": project.c.doubtful > 0,
    "doubled": DOUBLED,  # in no sum
    "counted": project.c.doubled == 0,
    "partial": PARTIAL,
}


def listed(
    scope: Scope,
    words: str = "",
    limit: int = 200,
    look: str | None = None,
    standard: str = DEFAULT,
    sort: str = "money",
) -> Select:
    """Every column of ``project`` for the projects, those in no sum too, that have all the words, and of
    these those that ``look`` (a key of LOOKS) keeps, with r1…r9 (2 where the standard requires an indicator
    that is not there, 1 where it advises one), and how many open findings there are, but for those about its
    reading: high, middle, low, hint, and problems (high and middle); the most money first, or with ``sort``
    number the most problems."""
    counts = [many(finding.c.rank == rank).label(name) for rank, name in LEVELS.items()]
    problems = many(finding.c.rank >= PROBLEM_RANK).label("problems")
    open_ = sa.select(finding.c.key, *counts, problems).where(*FindingFilter().conditions(standard))
    found = open_.group_by(finding.c.key).subquery()
    figures = [sa.func.coalesce(found.c[name], 0).label(name) for name in ("problems", *LEVELS.values())]
    asked = [sa.func.coalesce(requirement.c[f"r{k}"], 0).label(f"r{k}") for k in range(1, len(SLOTS) + 1)]
    same = sa.and_(requirement.c.key == project.c.key, requirement.c.standard == standard)
    both = project.outerjoin(requirement, same).outerjoin(found, found.c.key == project.c.key)
    money = sa.func.coalesce(project.c.budget_fen, -1).desc()
    order = [money] if sort == "money" else [*(figure.desc() for figure in figures), money]
    kept = [LOOKS[look]] if look in LOOKS else []
    return (
        scope.listed(sa.select(project, *asked, *figures).select_from(both))
        .where(*about(words), *kept)
        .order_by(*order, project.c.key)
        .limit(limit)
    )


def counted(scope: Scope, words: str = "", look: str | None = None, standard: str = DEFAULT) -> Select:
    """One row about the projects that ``listed`` would give without a limit: of those that are in the sums,
    how many (projects) and how many lack what the standard requires (lacking); of the others, how many
    (doubled), their money (doubled_fen, none where it was not read), short_fen and over_fen as of
    ``totals.totals``."""
    once = project.c.doubled == 0
    select = sa.select(
        many(once).label("projects"),
        many(sa.and_(once, sa.or_(*REQUIRED))).label("lacking"),
        many(DOUBLED).label("doubled"),
        added(sa.case((DOUBLED, project.c.budget_fen))).label("doubled_fen"),
        fens(sa.case((project.c.apart_fen > 0, project.c.apart_fen))).label("short_fen"),
        fens(sa.case((project.c.apart_fen < 0, -project.c.apart_fen))).label("over_fen"),
    )
    kept = [LOOKS[look]] if look in LOOKS else []
    return scope.listed(under(select, standard)).where(*about(words), *kept)


def doubled(key: str) -> Select:
    """The key, if the project is in no sum; else no row."""
    return sa.select(project.c.key).where(project.c.key == key, DOUBLED)


def about(words: str) -> list[sa.ColumnElement[bool]]:
    """Each word, however its brackets are typed, in the project's name, its unit or an indicator's name."""
    return [_has(word) for word in words.split()]


def _has(word: str) -> sa.ColumnElement[bool]:
    spellings = {
        word.translate(str.maketrans(_NARROW, _WIDE)),
        word.translate(str.maketrans(_WIDE, _NARROW)),
        word,
    }
    texts = (project.c.name, project.c.unit)
    named = [indicator.c.name.contains(one, autoescape=True) for one in sorted(spellings)]
    return sa.or_(
        *(text.contains(one, autoescape=True) for text in texts for one in sorted(spellings)),
        project.c.key.in_(sa.select(indicator.c.key).where(sa.or_(*named))),
    )
