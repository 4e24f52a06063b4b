"""Finding projects."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.analysis.scope import Scope
from dashboard.store import Select, indicator, project

_WIDE, _NARROW = "（）：，", "():,"


LOOKS = {"repaired": project.c.repairs > 0, "doubtful": project.c.doubtful > 0}


def listed(scope: Scope, words: str = "", limit: int = 200, look: str | None = None) -> Select:
    """Every column of ``project`` for the projects that have all the words, and of these those that
    ``look`` (a key of LOOKS) keeps; most money first."""
    money = sa.func.coalesce(project.c.budget_fen, -1).desc()
    kept = [LOOKS[look]] if look in LOOKS else []
    return (
        scope.where(sa.select(project))
        .where(*about(words), *kept)
        .order_by(money, project.c.key)
        .limit(limit)
    )


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
