"""What was not read, what is no project table, and what was read only after repair."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.queries.scope import Scope
from dashboard.queries.totals import many
from dashboard.store import Select, project, repair, trouble


def counts() -> Select:
    """One row: unread, others, files (with something unread). Not of any scope: what could not be read has
    no year and no unit."""
    unread = trouble.c.kind == "unread"
    files = sa.func.count(sa.distinct(sa.case((unread, trouble.c.upload_id))))
    return sa.select(
        many(unread).label("unread"), many(trouble.c.kind == "other").label("others"), files.label("files")
    )


def unread(limit: int = 200) -> Select:
    """upload_id, kind (unread, other), code, file, place, reason (of an other: its title), remedy; what was
    not read first, the newest upload first."""
    columns = ("upload_id", "kind", "code", "file", "place", "reason", "remedy")
    order = (trouble.c.kind.desc(), trouble.c.upload_id.desc(), trouble.c.seq)
    query = sa.select(*(trouble.c[name] for name in columns)).where(trouble.c.kind != "total")
    return query.order_by(*order).limit(limit)


def differing(limit: int = 200) -> Select:
    """upload_id, file, place, reason: where a list's own sum or number of projects is not what was read, the
    newest upload first."""
    columns = ("upload_id", "file", "place", "reason")
    query = sa.select(*(trouble.c[name] for name in columns)).where(trouble.c.kind == "total")
    return query.order_by(trouble.c.upload_id.desc(), trouble.c.seq).limit(limit)


def repaired(scope: Scope, limit: int = 200) -> Select:
    """key, name, unit, budget_fen, seq, code, place, before (JSON list), after (JSON object), reason,
    confidence, doubtful; the doubtful first, then by confidence."""
    columns = ("key", "seq", "code", "place", "before", "after", "reason", "confidence", "doubtful")
    select = sa.select(
        *(repair.c[name] for name in columns), project.c.name, project.c.unit, project.c.budget_fen
    ).join_from(repair, project, project.c.key == repair.c.key)
    order = (repair.c.doubtful.desc(), repair.c.confidence, repair.c.key, repair.c.seq)
    return scope.where(select).order_by(*order).limit(limit)
