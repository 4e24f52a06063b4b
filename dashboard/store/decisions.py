"""What a decision about a repair changes."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.store import candidates, log
from dashboard.store.derive import unpack, version_row
from dashboard.store.derived_schema import project
from dashboard.store.errors import StoreConflict, StoreMissing
from dashboard.store.schema import version
from parsing import Decision, decide_repair
from parsing.counting import key as project_key


def changes(
    connection: sa.Connection, version_id: int, number: int, decision: Decision
) -> dict[str, int | None]:
    """Key → version from now on: a new one of the version that counts, with this decision; none where that
    was decided before. Where it takes a year away or gives it back, the project has another key, and what
    counted before it under the old one counts again. Raises StoreConflict when another version counts."""
    query = sa.select(version).join(project, project.c.version_id == version.c.id)
    old = connection.execute(query.where(version.c.id == version_id)).one_or_none()
    if old is None:
        raise StoreConflict("这个项目刚刚有了新的版本，请看过之后再决定")
    said = unpack(old.payload, old.id)
    try:
        if said.repairs[number].decision == decision:
            return {}
        new = decide_repair(said, number, decision)
    except (IndexError, ValueError):
        raise StoreMissing("没有找到可以这样处理的修复") from None
    key = old.key if new.year == said.year else project_key(new)
    row = version_row(new) | {"key": key, "upload_id": old.upload_id}
    made: int = connection.execute(sa.insert(version).values(row)).inserted_primary_key.id  # type: ignore[union-attr]
    candidates.put(connection, [(made, old.upload_id, key, new)])
    left = {} if key == old.key else {old.key: log.before(connection, old.key, old.upload_id)}
    return {**left, key: made}
