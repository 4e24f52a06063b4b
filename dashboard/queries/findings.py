"""The list of findings that is taken away, and those that conditions are tied to."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from dashboard.queries.review import OPEN, FindingFilter, order, ranked
from dashboard.queries.scope import Scope
from dashboard.queries.states import DEFAULT
from dashboard.store import Select, finding, indicator


def findings(
    scope: Scope,
    standard: str = DEFAULT,
    sought: FindingFilter = OPEN,
    limit: int = 5_000,
    sort: str = "money",
) -> Select:
    """The rows of ``review.ranked`` in its order, each with ``indicator``: the name of the one it is about,
    or none, and ``n``: its number in that order."""
    number = sa.func.row_number().over(order_by=order(sort)).label("n")
    numbered = ranked(scope, standard, sought, limit, sort=sort).add_columns(number).subquery()
    named = sa.literal("indicators[") + sa.cast(indicator.c.seq, sa.String) + "]%"
    both = numbered.outerjoin(
        indicator, sa.and_(indicator.c.key == numbered.c.key, numbered.c.path.like(named))
    )
    select = sa.select(numbered, indicator.c.name.label("indicator"))
    return select.select_from(both).order_by(numbered.c.n)


def tied(idents: Sequence[str], standard: str = DEFAULT) -> Select:
    """The open findings with these idents, which conditions are tied to: key, ident, rule, path, place."""
    columns = (finding.c[name] for name in ("key", "ident", "rule", "path", "place"))
    which = finding.c.ident.in_(idents), finding.c.standard.in_(("", standard)), finding.c.aside == 0
    return sa.select(*columns).where(*which).order_by(finding.c.key, finding.c.seq)
